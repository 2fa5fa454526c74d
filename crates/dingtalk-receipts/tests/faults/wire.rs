//! Bytes on the wire that are HTTP only nearly, or not at all.

use std::error::Error as _;
use std::time::Duration;

use dingtalk_receipts::{Error, Page, Phase, Sent};
use proptest::prelude::*;

use crate::support::quick_retries;
use crate::support::raw::{PAGE, Raw, Turn, http, query};

/// What one attempt comes to when these bytes are the answer, after which the connection is closed.
async fn ask(bytes: impl Into<Vec<u8>>) -> Result<Page, Error> {
    let raw = Raw::saying(bytes).await;
    let client = raw.builder().build().unwrap();
    let result = query(&client).send().await;
    assert_eq!(raw.requests().len(), 1, "one attempt, one request");
    if let Err(error) = &result {
        assert_eq!(error.attempts(), 1, "{error:?}");
        assert!(error.resume_cursor().is_some(), "{error:?}");
        assert!(!error.to_string().contains('\n'), "{error}");
        assert!(
            !format!("{error} {error:?}").contains("raw-token"),
            "{error:?}"
        );
    }
    result
}

fn page() -> Vec<u8> {
    http("200 OK", "", PAGE)
}

fn after(head: &str) -> Vec<u8> {
    [head.as_bytes(), &page()].concat()
}

fn chunked(chunks: &str) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{chunks}").into_bytes()
}

#[tokio::test]
async fn what_http_allows_is_a_page() {
    let size = PAGE.len();
    let storm = "HTTP/1.1 102 Processing\r\n\r\n".repeat(1_000);
    let long = "y".repeat(100_000);
    for (name, bytes) in [
        ("100 before", after("HTTP/1.1 100 Continue\r\n\r\n")),
        ("103 before", after("HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n")),
        ("a thousand 1xx before", after(&storm)),
        ("empty lines before", after("\r\n\r\n")),
        ("another 2xx", http("203 Non-Authoritative Information", "", PAGE)),
        ("no length, then closed", format!("HTTP/1.1 200 OK\r\n\r\n{PAGE}").into_bytes()),
        ("HTTP/1.0", format!("HTTP/1.0 200 OK\r\n\r\n{PAGE}").into_bytes()),
        ("no reason", http("200", "", PAGE)),
        ("a reason in Chinese", http("200 好", "", PAGE)),
        ("line feeds only", format!("HTTP/1.1 200 OK\ncontent-length: {size}\n\n{PAGE}").into_bytes()),
        ("the length twice", http("200 OK", &format!("content-length: {size}\r\n"), PAGE)),
        ("chunks win over a length", format!(
            "HTTP/1.1 200 OK\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n{size:x}\r\n{PAGE}\r\n0\r\n\r\n"
        ).into_bytes()),
        ("chunks with a trailer", chunked(&format!("{size:x}\r\n{PAGE}\r\n0\r\nx: y\r\n\r\n"))),
        ("chunks with an extension", chunked(&format!("{size:x};a=b\r\n{PAGE}\r\n0\r\n\r\n"))),
        ("a header of 100 kB", http("200 OK", &format!("x: {long}\r\n"), PAGE)),
        ("a request id that is no text", http("200 OK", "x-acs-request-id: \u{4e0d}\r\n", PAGE)),
        ("blanks around", http("200 OK", "", format!("\r\n \t{PAGE}\n"))),
        ("more than the length", [page(), b"garbage".to_vec()].concat()),
    ] {
        let page = ask(bytes).await.unwrap_or_else(|error| panic!("{name}: {error:?}"));
        assert_eq!(page.readers.len(), 1, "{name}");
    }
}

#[tokio::test]
async fn what_is_no_http_is_said_to_be_none() {
    let many: String = (0..1_000)
        .map(|number| format!("x{number}: y\r\n"))
        .collect();
    let huge = format!("x: {}\r\n", "y".repeat(1 << 20));
    for (name, bytes) in [
        (
            "the banner of another service",
            b"SSH-2.0-OpenSSH_9.6\r\n".to_vec(),
        ),
        ("a TLS alert", vec![0x15, 3, 3, 0, 2, 2, 40]),
        ("a body alone", PAGE.as_bytes().to_vec()),
        (
            "HTTP/2 in the status line",
            format!("HTTP/2 200 OK\r\n\r\n{PAGE}").into_bytes(),
        ),
        ("a status of two digits", http("99 X", "", PAGE)),
        ("a status of four digits", http("2000 X", "", PAGE)),
        (
            "a header without a colon",
            http("200 OK", "nonsense\r\n", PAGE),
        ),
        (
            "a header with a blank in its name",
            http("200 OK", "x y: a\r\n", PAGE),
        ),
        (
            "a header over two lines",
            http("200 OK", "x: a\r\n b\r\n", PAGE),
        ),
        ("two lengths", http("200 OK", "content-length: 3\r\n", PAGE)),
        (
            "a negative length",
            format!("HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n{PAGE}").into_bytes(),
        ),
        (
            "a length beyond 64 bits",
            http("200 OK", "content-length: 99999999999999999999\r\n", PAGE),
        ),
        ("a thousand headers", http("200 OK", &many, PAGE)),
        ("a header of 1 MB", http("200 OK", &huge, PAGE)),
    ] {
        let error = ask(bytes).await.expect_err(name);
        assert!(
            error.is_protocol() && error.is_retryable(),
            "{name}: {error:?}"
        );
        assert!(
            !error.is_connect() && !error.is_timeout(),
            "{name}: {error:?}"
        );
        assert_eq!(
            (error.status(), error.was_sent()),
            (None, Sent::Maybe),
            "{name}"
        );
        assert!(
            error.to_string().contains("does not speak HTTP"),
            "{name}: {error}"
        );
        assert!(error.source().is_some(), "{name}");
    }
}

#[tokio::test]
async fn a_body_that_breaks_its_own_rules_is_asked_for_again() {
    let size = PAGE.len();
    let long = "x".repeat(100_000);
    let trailers = "x: yyyyyyyyyyyyyyyyyyyyyyyyyyy\r\n".repeat(10_000);
    for (name, bytes) in [
        (
            "less than the length",
            format!("HTTP/1.1 200 OK\r\ncontent-length: 9999\r\n\r\n{PAGE}").into_bytes(),
        ),
        (
            "a length that cuts it off",
            format!("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{PAGE}").into_bytes(),
        ),
        (
            "a chunk's size that is no number",
            chunked("zz\r\n{}\r\n0\r\n\r\n"),
        ),
        (
            "a chunk's size beyond 64 bits",
            chunked("fffffffffffffffff\r\n{}\r\n0\r\n\r\n"),
        ),
        (
            "a chunk's size of exabytes",
            chunked("7fffffffffffffff\r\n{}\r\n0\r\n\r\n"),
        ),
        (
            "an endless chunk extension",
            chunked(&format!("{size:x};{long}\r\n{PAGE}\r\n0\r\n\r\n")),
        ),
        (
            "trailers without measure",
            chunked(&format!("{size:x}\r\n{PAGE}\r\n0\r\n{trailers}\r\n")),
        ),
        ("no last chunk", chunked(&format!("{size:x}\r\n{PAGE}\r\n"))),
    ] {
        let error = ask(bytes.clone()).await.expect_err(name);
        assert!(
            error.is_retryable() && !error.is_protocol(),
            "{name}: {error:?}"
        );
        assert_eq!(
            (error.status(), error.was_sent()),
            (Some(200), Sent::Yes),
            "{name}"
        );

        let raw = Raw::start(move |connection, _| match connection {
            0 => Turn::Last(bytes.clone()),
            _ => Turn::Last(page()),
        })
        .await;
        let client = raw.builder().retry(quick_retries()).build().unwrap();
        assert_eq!(
            query(&client).send().await.unwrap().readers.len(),
            1,
            "{name}"
        );
    }
}

#[tokio::test]
async fn a_head_that_never_ends_ends_with_the_attempt_or_before() {
    let storm = "HTTP/1.1 102 Processing\r\n\r\n".repeat(100);
    for (name, first, more) in [
        ("1xx without end", "", storm.as_str()),
        (
            "a header without end",
            "HTTP/1.1 200 OK\r\nx: ",
            "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy",
        ),
        (
            "headers without end",
            "HTTP/1.1 200 OK\r\n",
            "x: yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\r\n",
        ),
        (
            "a status line without end",
            "HTTP/1.1 200 ",
            "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy",
        ),
    ] {
        let turn = Turn::Forever(first.into(), more.into());
        let raw = Raw::start(move |_, _| turn.clone()).await;
        let client = raw
            .builder()
            .attempt_timeout(Duration::from_millis(300))
            .build()
            .unwrap();
        let error = query(&client).send().await.expect_err(name);
        let late = error.timeout_phase() == Some(Phase::Head);
        assert!(late || error.is_protocol(), "{name}: {error:?}");
        assert_ne!(error.was_sent(), Sent::No, "{name}");
    }
}

#[tokio::test]
async fn a_body_of_crumbs_ends_with_the_attempt_however_fast_they_come() {
    let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    let turn = Turn::Forever(head.into(), "1\r\n \r\n".repeat(4_096).into_bytes());
    let raw = Raw::start(move |_, _| turn.clone()).await;
    let limit = Duration::from_millis(100);
    let client = raw.builder().attempt_timeout(limit).build().unwrap();
    let error = query(&client).send().await.unwrap_err();
    assert_eq!(error.timeout_phase(), Some(Phase::Body), "{error:?}");
    assert_eq!((error.status(), error.was_sent()), (Some(200), Sent::Yes));
}

#[tokio::test]
async fn a_status_that_no_query_has_is_no_refusal() {
    for (status, headers) in [
        (
            "101 Switching Protocols",
            "upgrade: websocket\r\nconnection: upgrade\r\n",
        ),
        ("204 No Content", ""),
        ("300 Multiple Choices", ""),
        ("304 Not Modified", ""),
        ("305 Use Proxy", "location: http://proxy.example/\r\n"),
    ] {
        let error = ask(format!("HTTP/1.1 {status}\r\n{headers}\r\n"))
            .await
            .unwrap_err();
        assert!(
            error.is_protocol() && !error.is_retryable(),
            "{status}: {error:?}"
        );
        assert!(!error.to_string().contains("redirect"), "{status}: {error}");
        assert_eq!(
            error.status().map(|code| code.to_string()).as_deref(),
            status.get(..3)
        );
    }
}

#[tokio::test]
async fn a_redirect_to_nowhere_is_one_all_the_same() {
    for (location, shown) in [
        ("", "is a redirect, which"),
        ("location: /login?token=hunter2\r\n", "is a redirect, which"),
        ("location: ::::\r\n", "is a redirect, which"),
        (
            "location: https://user:hunter2@elsewhere.example/?a=hunter2\r\n",
            "redirect to elsewhere.example, which",
        ),
    ] {
        let error = ask(http("302 Found", location, "")).await.unwrap_err();
        assert!(
            error.is_protocol() && error.to_string().contains(shown),
            "{error}"
        );
        assert!(
            !format!("{error} {error:?}").contains("hunter2"),
            "{error:?}"
        );
    }
}

#[tokio::test]
async fn statuses_mean_what_they_mean_with_and_without_a_page_around_them() {
    for body in ["", "<html>hi</html>"] {
        for (status, again) in [
            (402, false),
            (405, false),
            (406, false),
            (407, false),
            (408, true),
            (409, false),
            (410, false),
            (413, false),
            (415, false),
            (421, false),
            (422, false),
            (425, false),
            (426, false),
            (429, true),
            (431, false),
            (451, false),
            (499, false),
            (505, true),
            (507, true),
            (511, true),
            (521, true),
            (524, true),
            (530, true),
            (599, true),
            (600, true),
            (999, true),
        ] {
            let error = ask(http(&format!("{status} X"), "", body))
                .await
                .unwrap_err();
            assert_eq!(error.is_retryable(), again, "{status}: {error:?}");
            assert_eq!(
                (error.status(), error.was_sent()),
                (Some(status), Sent::Yes)
            );
            assert_eq!(error.is_throttled(), status == 429, "{status}: {error:?}");
            assert!(
                !error.is_auth() && !error.is_permission_denied(),
                "{status}: {error:?}"
            );
            // Only proxies send 407, with or without a page.
            let foreign = !body.is_empty() || status == 407;
            assert_eq!(error.is_protocol(), foreign, "{status}: {error:?}");
        }
    }
}

#[tokio::test]
async fn hints_that_make_no_sense_are_passed_over_and_others_are_kept() {
    for (hint, seconds) in [
        ("retry-after: 2.0\r\n", Some(2)),
        ("retry-after: 1, 3\r\n", Some(1)),
        ("retry-after: -5\r\n", None),
        ("retry-after: +5\r\n", None),
        ("retry-after: 5s\r\n", Some(5)),
        ("retry-after: \u{ff15}\r\n", None),
        ("retry-after:\r\n", None),
        ("retry-after: Sunday, 06-Nov-94 08:49:37 GMT\r\n", Some(0)),
        (
            "retry-after: 7\r\nretry-after: soon\r\nretry-after: 3\r\n",
            Some(7),
        ),
        (
            "retry-after: 99999999999999999999999999\r\n",
            Some(u64::MAX),
        ),
    ] {
        let error = ask(http("503 X", hint, "")).await.unwrap_err();
        assert_eq!(
            error.retry_after(),
            seconds.map(Duration::from_secs),
            "{hint}"
        );
    }
}

/// One change of an answer's bytes.
#[derive(Debug, Clone)]
enum Garble {
    Put(prop::sample::Index, u8),
    Insert(prop::sample::Index, Vec<u8>),
    Cut(prop::sample::Index, prop::sample::Index),
    End(prop::sample::Index),
}

fn garble() -> impl Strategy<Value = Garble> {
    let place = any::<prop::sample::Index>;
    prop_oneof![
        (place(), any::<u8>()).prop_map(|(at, byte)| Garble::Put(at, byte)),
        (place(), prop::collection::vec(any::<u8>(), 1..8))
            .prop_map(|(at, bytes)| Garble::Insert(at, bytes)),
        (place(), place()).prop_map(|(from, to)| Garble::Cut(from, to)),
        place().prop_map(Garble::End),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

    /// Whatever becomes of an answer on its way, it is a page or an error, at once and without a panic.
    #[test]
    fn a_garbled_answer_is_a_page_or_an_error(changes in prop::collection::vec(garble(), 1..4)) {
        let mut bytes = page();
        for change in changes {
            let length = bytes.len().max(1);
            match change {
                Garble::Put(at, byte) if !bytes.is_empty() => bytes[at.index(length)] = byte,
                Garble::Put(..) => {}
                Garble::Insert(at, more) => {
                    let at = at.index(bytes.len() + 1);
                    bytes.splice(at..at, more);
                }
                Garble::Cut(from, to) => {
                    let (from, to) = (from.index(bytes.len() + 1), to.index(bytes.len() + 1));
                    bytes.drain(from.min(to)..from.max(to));
                }
                Garble::End(at) => bytes.truncate(at.index(bytes.len() + 1)),
            }
        }
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        if let Err(error) = runtime.block_on(ask(bytes)) {
            prop_assert!(error.was_sent() != Sent::No, "{error:?}");
            prop_assert!(!error.is_connect() && !error.is_timeout() && !error.is_invalid_input(), "{error:?}");
        }
    }
}
