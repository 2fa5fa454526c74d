//! Faults on demand, down to the bytes on the wire.

use std::time::Duration;

use dingtalk_receipts_sandbox::{Answer, Chaos, ConnectionFault, Gate, Operation, Sandbox};
use reqwest::Client;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::Instant;

use crate::support::{QUERY, TOKEN_HEADER, body, message, page, refusal, send, with};

async fn scripted(answer: Answer) -> Sandbox {
    let sandbox = with(message().readers(2)).await;
    sandbox.script(Operation::Query).then(answer);
    sandbox
}

/// Sends a query by hand and gives the socket.
pub(crate) async fn asked(sandbox: &Sandbox) -> TcpStream {
    let body = body(json!({})).to_string();
    let request = format!(
        "POST {QUERY} HTTP/1.1\r\nhost: sandbox\r\n{TOKEN_HEADER}: {}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        sandbox.static_token(),
        body.len()
    );
    let mut socket = TcpStream::connect(sandbox.address()).await.unwrap();
    socket.write_all(request.as_bytes()).await.unwrap();
    socket
}

/// All that comes back until the connection ends, and how it ends.
async fn bytes(sandbox: &Sandbox) -> (String, std::io::Result<()>) {
    let mut socket = asked(sandbox).await;
    let mut bytes = Vec::new();
    let end = socket.read_to_end(&mut bytes).await.map(|_| ());
    (String::from_utf8(bytes).unwrap(), end)
}

fn was_reset(end: &std::io::Result<()>) -> bool {
    end.as_ref()
        .is_err_and(|error| error.kind() == std::io::ErrorKind::ConnectionReset)
}

fn body_of(text: &str) -> &str {
    text.split_once("\r\n\r\n").unwrap().1
}

#[tokio::test]
async fn answers_come_in_the_order_of_the_script_and_then_the_truth() {
    let sandbox = with(message().readers(1)).await;
    let script = sandbox.script(Operation::Query);
    script
        .then(Answer::error("system.error"))
        .times(2, Answer::json(429, &json!({"code": "x"})));
    assert_eq!(script.left(), 3);
    assert_eq!(
        refusal(&sandbox, json!({})).await,
        (500, "system.error".to_owned())
    );
    assert_eq!(refusal(&sandbox, json!({})).await, (429, "x".to_owned()));
    assert_eq!(refusal(&sandbox, json!({})).await, (429, "x".to_owned()));
    page(&sandbox, json!({})).await;
    script.always(Answer::status(204));
    assert_eq!(send(&sandbox, json!({})).await.status(), 204);
    assert_eq!(send(&sandbox, json!({})).await.status(), 204);
    script.clear();
    page(&sandbox, json!({})).await;
}

#[tokio::test]
async fn status_headers_and_body_are_what_the_script_says() {
    let sandbox = with(message()).await;
    let script = sandbox.script(Operation::Query);
    script
        .then(
            Answer::status(503)
                .header("retry-after", "5")
                .header("Retry-After", "7"),
        )
        .then(Answer::redirect(307, "http://127.0.0.1:1/elsewhere"))
        .then(Answer::gateway_page(502))
        .then(Answer::address_ban(200))
        .then(Answer::address_ban_page(200))
        .then(Answer::bytes(
            200,
            "application/json; charset=gbk",
            &b"\xd6\xd0"[..],
        ))
        .then(Answer::status(304));
    let no_redirects = Client::builder()
        .tls_certs_only([])
        .redirect(reqwest::redirect::Policy::none());
    let client = no_redirects.build().unwrap();
    let send = || {
        let url = format!("{}{QUERY}", sandbox.url());
        client
            .post(url)
            .header(TOKEN_HEADER, "-")
            .json(&json!({}))
            .send()
    };
    let busy = send().await.unwrap();
    let hints: Vec<_> = busy.headers().get_all("retry-after").iter().collect();
    assert_eq!(busy.status(), 503);
    assert_eq!(hints, ["5", "7"]);
    let redirect = send().await.unwrap();
    assert_eq!(
        redirect.headers()["location"],
        "http://127.0.0.1:1/elsewhere"
    );
    let gateway = send().await.unwrap();
    assert_eq!(
        gateway.headers()["content-type"],
        "text/html; charset=utf-8"
    );
    assert!(gateway.text().await.unwrap().starts_with("<html>"));
    let ban = send().await.unwrap().text().await.unwrap();
    assert_eq!(
        serde_json::from_str::<Value>(&ban).unwrap()["punish"],
        "deny"
    );
    assert!(
        send()
            .await
            .unwrap()
            .text()
            .await
            .unwrap()
            .starts_with("<!DOCTYPE html>")
    );
    assert_eq!(
        &send().await.unwrap().bytes().await.unwrap()[..],
        b"\xd6\xd0"
    );
    assert_eq!(send().await.unwrap().status(), 304);
    assert_eq!(sandbox.connections(), 1, "none of them ends the connection");
}

#[tokio::test]
async fn a_true_answer_can_be_bent() {
    let sandbox = scripted(
        Answer::genuine()
            .set("hasMore", json!(1))
            .omit("sendStatus")
            .header("x-y", "z"),
    )
    .await;
    let response = send(&sandbox, json!({})).await;
    assert_eq!(response.headers()["x-y"], "z");
    let page: Value = response.json().await.unwrap();
    assert_eq!(
        (&page["hasMore"], page.get("sendStatus")),
        (&json!(1), None)
    );
}

#[tokio::test]
async fn headers_can_be_left_out() {
    let answer = Answer::html(502, "<html>")
        .omit_header("X-Acs-Request-Id")
        .omit_header("server");
    let sandbox = scripted(answer).await;
    let response = send(&sandbox, json!({})).await;
    assert_eq!(response.headers().get("x-acs-request-id"), None);
    assert_eq!(response.headers().get("server"), None);
    assert!(response.headers().contains_key("x-acs-trace-id"));
}

#[tokio::test(start_paused = true)]
async fn a_late_answer_is_the_one_of_its_time() {
    let sandbox = scripted(Answer::genuine().delayed(Duration::from_secs(30))).await;
    let start = Instant::now();
    page(&sandbox, json!({})).await;
    assert_eq!(start.elapsed().as_secs(), 30);
    assert_eq!(sandbox.calls()[0].at().as_secs(), 0);
}

#[tokio::test]
async fn answers_can_be_held_at_a_gate() {
    let gate = Gate::closed();
    let sandbox = with(message()).await;
    sandbox
        .script(Operation::Query)
        .times(3, Answer::genuine().held_by(&gate));
    let held = async { tokio::join!(send(&sandbox, json!({})), send(&sandbox, json!({}))) };
    let meanwhile = async {
        sandbox.called(Operation::Query, 2).await;
        gate.reached(2).await;
        assert!(sandbox.recall("key"));
        gate.open();
    };
    let ((first, second), ()) = tokio::join!(held, meanwhile);
    for response in [first, second] {
        let page: Value = response.json().await.unwrap();
        assert_eq!(page["sendStatus"], "SUCCESS", "executed before the recall");
    }
    assert_eq!(gate.waiting(), 0);
    assert_eq!(page(&sandbox, json!({})).await["sendStatus"], "RECALLED");

    gate.close();
    sandbox
        .script(Operation::Query)
        .then(Answer::genuine().held_by(&gate));
    tokio::select! {
        _ = send(&sandbox, json!({})) => unreachable!("it is held"),
        () = gate.reached(1) => {}
    }
}

#[cfg(target_os = "linux")]
#[tokio::test(start_paused = true)]
async fn an_address_can_be_out_of_reach() {
    let nowhere = dingtalk_receipts_sandbox::Unreachable::start()
        .await
        .unwrap();
    let connecting = TcpStream::connect(nowhere.address());
    assert!(
        tokio::time::timeout(Duration::from_secs(60), connecting)
            .await
            .is_err()
    );
}

#[tokio::test]
async fn a_connection_can_be_reset_before_the_request_is_read() {
    let sandbox = scripted(Answer::genuine().reset_before_request()).await;
    let (text, end) = bytes(&sandbox).await;
    assert!(text.is_empty() && was_reset(&end), "{text} {end:?}");
    assert_eq!(sandbox.calls()[0].body(), b"");
    assert_eq!(
        sandbox.usage(Operation::Query).used,
        0,
        "it was not executed"
    );
    page(&sandbox, json!({})).await;
}

#[tokio::test]
async fn a_connection_can_be_reset_or_closed_after_the_request() {
    let sandbox = scripted(Answer::genuine().reset_after_request()).await;
    let (text, end) = bytes(&sandbox).await;
    assert!(text.is_empty() && was_reset(&end), "{text} {end:?}");
    assert_eq!(sandbox.usage(Operation::Query).used, 1, "it was executed");

    let sandbox = scripted(Answer::genuine().closed_without_answer()).await;
    let (text, end) = bytes(&sandbox).await;
    assert!(text.is_empty() && end.is_ok(), "{text} {end:?}");
}

#[tokio::test]
async fn a_body_can_be_cut_off() {
    let sandbox = scripted(Answer::genuine().truncated_after(10)).await;
    let (text, end) = bytes(&sandbox).await;
    assert!(text.starts_with("HTTP/1.1 200 "), "{text}");
    assert!(!text.contains("content-length: 10\r\n"), "{text}");
    assert_eq!(body_of(&text), "{\"sendStat");
    assert!(end.is_ok());

    let sandbox = scripted(Answer::genuine().reset_after(0)).await;
    let (_, end) = bytes(&sandbox).await;
    assert!(was_reset(&end), "{end:?}");
}

#[tokio::test]
async fn a_content_length_can_lie() {
    for claimed in [5, 5_000] {
        let sandbox = scripted(Answer::json(200, &json!({"a": 1})).content_length(claimed)).await;
        let (text, _) = bytes(&sandbox).await;
        assert!(
            text.contains(&format!("content-length: {claimed}\r\n")),
            "{text}"
        );
        assert_eq!(body_of(&text), "{\"a\":1}");
    }
}

#[tokio::test]
async fn chunks_can_be_garbage() {
    let sandbox = scripted(Answer::genuine().chunked_garbage()).await;
    let response = send(&sandbox, json!({})).await;
    assert_eq!(response.status(), 200);
    assert!(response.bytes().await.is_err());
}

#[tokio::test]
async fn any_bytes_can_be_the_answer() {
    let sandbox = scripted(Answer::raw("SMTP ready\r\n")).await;
    let (text, end) = bytes(&sandbox).await;
    assert_eq!(text, "SMTP ready\r\n");
    assert!(end.is_ok());
}

#[tokio::test(start_paused = true)]
async fn a_body_can_drip() {
    let answer = Answer::json(200, &json!({ "a": 1 })).dripping(1, Duration::from_secs(1));
    let sandbox = scripted(answer).await;
    let start = Instant::now();
    let (text, _) = bytes(&sandbox).await;
    assert_eq!(
        (body_of(&text), start.elapsed().as_secs()),
        ("{\"a\":1}", 7)
    );
}

#[tokio::test(start_paused = true)]
async fn an_answer_can_hang_before_its_head_or_stall_in_its_body() {
    let sandbox = scripted(Answer::genuine().hanging()).await;
    let mut socket = asked(&sandbox).await;
    let mut byte = [0; 1];
    let patience = Duration::from_secs(3_600);
    assert!(
        tokio::time::timeout(patience, socket.read(&mut byte))
            .await
            .is_err()
    );

    let sandbox = scripted(Answer::genuine().stalled_after(3)).await;
    let mut socket = asked(&sandbox).await;
    let mut text = String::new();
    while !text.ends_with("\r\n\r\n{\"s") {
        text.push(socket.read_u8().await.unwrap().into());
    }
    assert!(
        tokio::time::timeout(patience, socket.read(&mut byte))
            .await
            .is_err()
    );
}

#[tokio::test]
async fn a_body_can_be_without_end() {
    let sandbox = scripted(Answer::endless()).await;
    let mut response = send(&sandbox, json!({})).await;
    let mut received = 0;
    while received < 20 << 20 {
        received += response.chunk().await.unwrap().unwrap().len();
    }
}

#[tokio::test]
async fn gzip_can_be_whole_corrupt_or_a_bomb() {
    use std::io::Read as _;
    let sandbox = with(message()).await;
    let script = sandbox.script(Operation::Query);
    script
        .then(Answer::gzip(200, &json!({ "a": 1 })))
        .then(Answer::corrupt_gzip())
        .then(Answer::gzip_bomb(1 << 30));
    let unpack = async || {
        let response = send(&sandbox, json!({})).await;
        assert_eq!(response.headers()["content-encoding"], "gzip");
        let packed = response.bytes().await.unwrap();
        (
            packed.len(),
            flate2::read::GzDecoder::new(std::io::Cursor::new(packed)),
        )
    };
    let mut text = String::new();
    unpack().await.1.read_to_string(&mut text).unwrap();
    assert_eq!(text, "{\"a\":1}");
    assert!(unpack().await.1.read_to_string(&mut text).is_err());
    let (size, mut bomb) = unpack().await;
    assert!(size < 2 << 20, "{size} bytes");
    let blanks = std::io::copy(&mut bomb.by_ref().take(64 << 20), &mut std::io::sink()).unwrap();
    assert_eq!(blanks, 64 << 20);
}

#[tokio::test]
async fn an_answer_can_be_followed_by_a_silent_close() {
    let sandbox = scripted(Answer::genuine().closed_afterwards()).await;
    let (text, end) = bytes(&sandbox).await;
    assert!(end.is_ok());
    assert!(
        !text.to_ascii_lowercase().contains("connection: close"),
        "{text}"
    );
    assert_eq!(
        serde_json::from_str::<Value>(body_of(&text)).unwrap()["hasMore"],
        false
    );
}

#[tokio::test]
async fn idle_connections_can_be_closed() {
    let sandbox = with(message()).await;
    let mut idle = TcpStream::connect(sandbox.address()).await.unwrap();
    idle.write_all(b"GET / HTTP/1.1\r\nhost: sandbox\r\n\r\n")
        .await
        .unwrap();
    let mut first = [0; 12];
    idle.read_exact(&mut first).await.unwrap();
    assert_eq!(&first, b"HTTP/1.1 404");
    sandbox.close_connections();
    idle.read_to_end(&mut Vec::new()).await.unwrap();
}

#[tokio::test]
async fn connections_can_fail_before_any_request() {
    let sandbox = with(message()).await;
    sandbox.fail_connections([ConnectionFault::Close, ConnectionFault::Reset]);
    let (text, end) = bytes(&sandbox).await;
    assert!(
        text.is_empty() && (end.is_ok() || was_reset(&end)),
        "{end:?}"
    );
    let mut socket = TcpStream::connect(sandbox.address()).await.unwrap();
    let end = socket.read_to_end(&mut Vec::new()).await.map(|_| ());
    assert!(was_reset(&end), "{end:?}");
    page(&sandbox, json!({})).await;
    assert_eq!(
        (sandbox.connections(), sandbox.count(Operation::Query)),
        (1, 1)
    );
}

#[tokio::test(start_paused = true)]
async fn connections_can_hang_before_any_request() {
    let sandbox = with(message()).await;
    sandbox.fail_connections([ConnectionFault::Hang]);
    let mut socket = asked(&sandbox).await;
    let patience = Duration::from_secs(3_600);
    assert!(
        tokio::time::timeout(patience, socket.read_u8())
            .await
            .is_err()
    );
}

#[tokio::test]
async fn random_faults_come_at_their_rates_and_again_with_the_same_seed() {
    let statuses = async |seed| {
        let sandbox = with(message()).await;
        let chaos = Chaos::seeded(seed)
            .rate(0.2, Answer::status(503))
            .rate(0.1, Answer::error("system.error"))
            .at_most_in_a_row(2);
        sandbox.set_chaos(Operation::Query, chaos);
        let mut statuses = Vec::new();
        for _ in 0..400 {
            statuses.push(send(&sandbox, json!({})).await.status().as_u16());
        }
        statuses
    };
    let first = statuses(7).await;
    assert_eq!(first, statuses(7).await);
    assert_ne!(first, statuses(8).await);
    let share = |status| first.iter().filter(|it| **it == status).count();
    assert!((50..=110).contains(&share(503)), "{}", share(503));
    assert!((20..=60).contains(&share(500)), "{}", share(500));
    let in_a_row = first.split(|status| *status == 200).map(<[u16]>::len).max();
    assert_eq!(in_a_row, Some(2));
}

/// What the requests of each of `sizes` met, sent in turns.
async fn met_by_turns(sizes: &[u64], turns: usize) -> Vec<Vec<u16>> {
    let sandbox = with(message()).await;
    let chaos = Chaos::seeded(7).rate(0.5, Answer::status(503));
    sandbox.set_chaos(Operation::Query, chaos.at_most_in_a_row(2));
    let mut met = vec![Vec::new(); sizes.len()];
    for _ in 0..turns {
        for (size, met) in sizes.iter().zip(&mut met) {
            let answer = send(&sandbox, json!({ "maxResults": size })).await;
            met.push(answer.status().as_u16());
        }
    }
    met
}

#[tokio::test]
async fn a_request_meets_its_own_random_faults_whatever_comes_in_between() {
    let together = met_by_turns(&[1, 2, 3, 4], 50).await;
    let alone = met_by_turns(&[3], 50).await;
    assert_eq!(together[2], alone[0]);
    for met in together {
        let in_a_row = met.split(|status| *status == 200).map(<[u16]>::len).max();
        assert_eq!(in_a_row, Some(2));
    }
}
