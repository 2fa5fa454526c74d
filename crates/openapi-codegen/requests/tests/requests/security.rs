//! Credentials of every kind, each in its place.

use codegen_requests::security::{BasicCredentials, RequestError, Secret};

use super::{client, header, target};

#[test]
fn each_kind_of_credential_is_sent_in_its_place() {
    let secret = Secret::from("s3");
    let client = client!(security);
    // The example of RFC 7617, section 2.
    let basic = client
        .basic_request(&BasicCredentials::new("Aladdin", "open sesame"))
        .unwrap();
    assert_eq!(
        header(&basic, "authorization"),
        Some("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")
    );
    assert!(basic.headers()["authorization"].is_sensitive());
    let of = |request: Result<reqwest::Request, RequestError>, name: &str| {
        header(&request.unwrap(), name).map(str::to_owned)
    };
    assert_eq!(
        of(client.bearer_request(&secret), "authorization").unwrap(),
        "Bearer s3"
    );
    assert_eq!(
        of(client.digest_request(&secret), "authorization").unwrap(),
        "Digest s3"
    );
    assert_eq!(
        of(client.oauth_request(&secret), "authorization").unwrap(),
        "Bearer s3"
    );
    assert_eq!(of(client.header_request(&secret), "x-key").unwrap(), "s3");
    assert_eq!(
        target(&client.query_request(&secret).unwrap()),
        "/query?key=s3"
    );
    let cookie = client.cookie_request(&secret, Some("de")).unwrap();
    assert_eq!(header(&cookie, "cookie"), Some("lang=de; session=s3"));
    assert!(cookie.headers()["cookie"].is_sensitive());
    assert_eq!(
        header(&client.same_request(&secret, "p").unwrap(), "x-key"),
        Some("s3")
    );
    client.mutual_request().unwrap();
}

#[test]
fn base64_has_the_right_end_for_every_length() {
    let client = client!(security);
    for (user, password, expected) in [
        ("a", "", "YTo="),
        ("a", "b", "YTpi"),
        ("a", "bc", "YTpiYw=="),
    ] {
        let request = client
            .basic_request(&BasicCredentials::new(user, password))
            .unwrap();
        assert_eq!(
            header(&request, "authorization"),
            Some(format!("Basic {expected}").as_str())
        );
    }
    assert!(
        client
            .basic_request(&BasicCredentials::new("a:b", "c"))
            .is_err()
    );
}

#[test]
fn one_alternative_must_be_complete() {
    let client = client!(security);
    let (secret, basic) = (Secret::from("k"), BasicCredentials::new("u", "p"));
    for (basic, header, query) in [
        (None, None, None),
        (None, Some(&secret), None),
        (None, None, Some(&secret)),
    ] {
        let wrong = client.either_request(basic, header, query).unwrap_err();
        assert!(matches!(wrong, RequestError::Credentials), "{wrong}");
    }
    let first = client.either_request(Some(&basic), None, None).unwrap();
    assert!(header(&first, "authorization").is_some() && target(&first) == "/either");
    let second = client
        .either_request(None, Some(&secret), Some(&secret))
        .unwrap();
    assert_eq!(
        (header(&second, "x-key"), target(&second).as_str()),
        (Some("k"), "/either?key=k")
    );
}
