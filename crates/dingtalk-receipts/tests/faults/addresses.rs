//! Base URLs of all shapes, and what is asked of them.

use dingtalk_receipts::{Client, Sent};

use crate::support::raw::{PAGE, Raw, Turn, http, query};

const PATH: &str = "/v1.0/robot/groupMessages/query";

async fn server() -> Raw {
    Raw::start(|_, _| Turn::Say(http("200 OK", "", PAGE))).await
}

#[tokio::test]
async fn a_path_before_the_operations_is_kept_with_or_without_a_slash() {
    for (prefix, asked) in [
        ("", PATH.to_owned()),
        ("/", PATH.to_owned()),
        ("/gateway/ding", format!("/gateway/ding{PATH}")),
        ("/gateway/ding/", format!("/gateway/ding{PATH}")),
        ("/%E9%92%89", format!("/%E9%92%89{PATH}")),
        ("/钉", format!("/%E9%92%89{PATH}")),
    ] {
        let raw = server().await;
        let client = raw
            .builder()
            .base_url(format!("http://{}{prefix}", raw.address))
            .build()
            .unwrap();
        query(&client).send().await.unwrap();
        let request = &raw.requests()[0];
        assert!(
            request.starts_with(&format!("POST {asked} HTTP/1.1\r\n")),
            "{prefix}: {request}"
        );
    }
}

#[tokio::test]
async fn addresses_of_ipv6_stand_in_brackets() {
    // Not every machine that runs tests has IPv6; where there is none, the connection is refused like any other.
    let say = |_, _| Turn::Say(http("200 OK", "", PAGE));
    let raw = Raw::on("[::1]:0", say).await;
    let port = raw.as_ref().map_or(9, |raw| raw.address.port());
    let client = server()
        .await
        .builder()
        .base_url(format!("http://[::1]:{port}"))
        .build()
        .unwrap();
    match (raw, query(&client).send().await) {
        (Ok(raw), page) => {
            assert_eq!(page.unwrap().readers.len(), 1);
            assert!(
                raw.requests()[0]
                    .to_ascii_lowercase()
                    .contains(&format!("host: [::1]:{port}\r\n"))
            );
        }
        (Err(_), error) => assert!(error.unwrap_err().is_connect()),
    }
}

#[tokio::test]
async fn a_base_url_that_cannot_be_right_is_refused_before_anything_is_sent() {
    let raw = server().await;
    let address = raw.address;
    for url in [
        format!("http://{address}/?tenant=1"),
        format!("http://{address}/#top"),
        format!("http://user:hunter2@{address}"),
        format!("http://user@{address}"),
        format!("//{address}"),
        address.to_string(),
        "http://".to_owned(),
        "https://".to_owned(),
        "http://[::1".to_owned(),
        "http://127.0.0.1:99999".to_owned(),
        "https://xn--invalid-.example".to_owned(),
        "http://[::ffff:10.0.0.1]".to_owned(),
        "http://127.0.0.1.example".to_owned(),
        "http://0.0.0.0".to_owned(),
        "file:///etc/passwd".to_owned(),
        "unix:/run/x".to_owned(),
        "data:,x".to_owned(),
    ] {
        let error = raw.builder().base_url(&url).build().unwrap_err();
        assert!(
            error.is_invalid_input() && error.was_sent() == Sent::No,
            "{url}: {error:?}"
        );
        assert!(error.to_string().contains("base URL"), "{url}: {error}");
        assert!(
            !format!("{error} {error:#?}").contains("hunter2"),
            "{error:?}"
        );
    }
    assert!(raw.requests().is_empty());
}

#[tokio::test]
async fn a_host_that_does_not_answer_to_its_name_or_port_is_a_connection_error() {
    let raw = server().await;
    for url in [
        "https://no-such-host.invalid/prefix",
        "https://127.0.0.1:1",
        "http://localhost:1",
    ] {
        let client: Client = raw.builder().base_url(url).build().unwrap();
        let error = query(&client).send().await.unwrap_err();
        assert!(
            error.is_connect() && error.is_retryable() && !error.is_protocol(),
            "{url}: {error:?}"
        );
        assert_eq!(
            (error.was_sent(), error.attempts(), error.status()),
            (Sent::No, 1, None),
            "{url}"
        );
        assert!(!error.to_string().contains("/v1.0"), "{error}");
    }
}
