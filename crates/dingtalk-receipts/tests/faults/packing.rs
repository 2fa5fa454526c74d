//! Bodies in another packing or another alphabet than their headers say.

use std::io::Write as _;

use dingtalk_receipts::{Error, ErrorCode, Page, Sent};
use dingtalk_receipts_sandbox::{Answer, Operation};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::support::raw::{PAGE, http};
use crate::support::{builder, demo, error_of, sandbox};

fn gzip(body: impl AsRef<[u8]>) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(body.as_ref()).unwrap();
    packed.finish().unwrap()
}

fn encoded(encoding: &str, body: impl AsRef<[u8]>) -> Answer {
    Answer::raw(http(
        "200 OK",
        &format!("content-encoding: {encoding}\r\n"),
        body,
    ))
}

fn ok(body: impl AsRef<[u8]>) -> Answer {
    Answer::raw(http(
        "200 OK",
        "content-type: application/json;charset=gbk\r\n",
        body,
    ))
}

async fn page_of(answer: Answer) -> Page {
    let sandbox = sandbox(1).await;
    sandbox.script(Operation::Query).always(answer);
    let client = builder(&sandbox).build().unwrap();
    demo(&client, &sandbox).send().await.unwrap()
}

fn assert_foreign(name: &str, error: &Error) {
    assert!(
        error.is_protocol() && !error.is_retryable(),
        "{name}: {error:?}"
    );
    assert_eq!(
        (error.status(), error.was_sent(), error.attempts()),
        (Some(200), Sent::Yes, 1),
        "{name}"
    );
    assert!(
        error
            .body_snippet()
            .is_some_and(|snippet| snippet.len() <= 520),
        "{name}"
    );
}

#[tokio::test]
async fn an_encoding_that_changes_nothing_does_no_harm() {
    for encoding in ["identity", "", "zstd", "br", "made-up"] {
        assert_eq!(
            page_of(encoded(encoding, PAGE)).await.readers.len(),
            1,
            "{encoding}"
        );
    }
    let garbage_after = [gzip(PAGE), b"garbage".to_vec()].concat();
    assert_eq!(
        page_of(encoded("gzip", garbage_after)).await.readers.len(),
        1
    );
}

#[tokio::test]
async fn gzip_is_unpacked_in_any_spelling_and_with_several_members() {
    let packed = gzip(PAGE);
    let (first, second) = PAGE.split_at(PAGE.len() / 2);
    for (name, answer) in [
        ("said in capitals", encoded("GZIP", &packed)),
        ("said in both", encoded("GZip", &packed)),
        ("by its old name", encoded("x-gzip", &packed)),
        ("twice, said twice", encoded("gzip, gzip", gzip(&packed))),
        (
            "two members",
            encoded("gzip", [gzip(first), gzip(second)].concat()),
        ),
        (
            "an empty member",
            encoded("gzip", [gzip(PAGE), gzip("")].concat()),
        ),
        (
            "a member for each byte",
            encoded(
                "gzip",
                PAGE.bytes()
                    .flat_map(|byte| gzip([byte]))
                    .collect::<Vec<_>>(),
            ),
        ),
    ] {
        assert_eq!(page_of(answer).await.readers.len(), 1, "{name}");
    }
}

#[tokio::test]
async fn a_body_that_cannot_be_unpacked_is_asked_for_again() {
    let packed = gzip(PAGE);
    let cut = &packed[..packed.len() - 9];
    let mut checksum = packed.clone();
    *checksum.iter_mut().nth_back(5).unwrap() ^= 1;
    for (name, body) in [
        ("plain text", PAGE.as_bytes()),
        ("cut off", cut),
        ("a wrong checksum", &checksum),
        ("the first bytes alone", &packed[..4]),
    ] {
        let error = error_of(encoded("gzip", body)).await;
        assert!(
            error.is_retryable() && !error.is_protocol() && !error.is_timeout(),
            "{name}: {error:?}"
        );
        assert_eq!(
            (error.status(), error.was_sent()),
            (Some(200), Sent::Yes),
            "{name}"
        );
        assert!(
            error.to_string().contains("could not be decompressed"),
            "{name}: {error}"
        );
    }
}

#[tokio::test]
async fn a_body_that_is_still_packed_says_so() {
    let packed = gzip(PAGE);
    for (name, answer) in [
        ("not said", ok(&packed)),
        ("twice, said once", encoded("gzip", gzip(&packed))),
    ] {
        let error = error_of(answer).await;
        assert_foreign(name, &error);
        assert!(
            error.to_string().contains("still packed with gzip"),
            "{name}: {error}"
        );
    }
    let error = error_of(encoded("gzip", "")).await;
    assert_foreign("packed nothing", &error);
    assert!(error.to_string().contains("it is empty"), "{error}");
}

#[tokio::test]
async fn another_alphabet_is_no_page_but_costs_no_error_its_code() {
    let wide = |bytes: fn(u16) -> [u8; 2]| PAGE.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let reader = |id: &[u8]| {
        [
            br#"{"sendStatus":"SUCCESS","readUserIds":[""#,
            id,
            br#""],"hasMore":false}"#,
        ]
        .concat()
    };
    for (name, body) in [
        (
            "UTF-16, low byte first",
            [b"\xff\xfe".to_vec(), wide(u16::to_le_bytes)].concat(),
        ),
        ("UTF-16, high byte first", wide(u16::to_be_bytes)),
        ("an id that is no UTF-8", reader(b"\xb2\xbb\xba\xcf")),
        ("an id with half a surrogate pair", reader(br"\ud800")),
        ("an id with a NUL", reader(b"a\0b")),
        ("NULs after the page", [PAGE.as_bytes(), b"\0\0"].concat()),
    ] {
        let error = error_of(ok(body)).await;
        assert_foreign(name, &error);
        assert!(
            error.to_string().contains("it is not JSON"),
            "{name}: {error}"
        );
    }

    let gbk = |code: &str| {
        [
            br#"{"code":""#,
            code.as_bytes(),
            b"\",\"message\":\"\xb2\xbb\xba\xcf\xb7\xa8\"}",
        ]
        .concat()
    };
    let error = error_of(Answer::raw(http(
        "403 X",
        "",
        gbk("Forbidden.AccessDenied.QpsLimitForApi"),
    )))
    .await;
    assert!(error.is_throttled() && error.is_retryable(), "{error:?}");
    let error = error_of(Answer::raw(http("400 X", "", gbk("bot.stopped")))).await;
    assert_eq!(error.code(), Some(&ErrorCode::BotStopped));
    assert!(error.message().is_some(), "{error:?}");
    // A field that nobody reads may be in any alphabet.
    let unread = [
        br#"{"note":""#,
        &b"\xb2\xbb"[..],
        br#"","sendStatus":"SUCCESS","readUserIds":["a"],"hasMore":false}"#,
    ];
    assert_eq!(page_of(ok(unread.concat())).await.readers.len(), 1);
}

#[tokio::test]
async fn an_error_keeps_its_code_behind_a_byte_order_mark_and_in_a_packing() {
    let body = "\u{feff}{\"code\":\"bot.stopped\",\"message\":\"m\",\"token\":\"s3cret\"}";
    for answer in [
        Answer::raw(http("400 X", "", body)),
        Answer::raw(http("400 X", "content-encoding: gzip\r\n", gzip(body))),
    ] {
        let error = error_of(answer).await;
        assert_eq!(error.code(), Some(&ErrorCode::BotStopped));
        let snippet = error.body_snippet().unwrap();
        assert!(
            snippet.starts_with('{') && !snippet.contains("s3cret"),
            "{snippet}"
        );
    }
}
