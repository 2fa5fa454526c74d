//! What goes wrong with HTTP/2: streams that are refused, connections that are given up, frames that make no sense.

use std::time::Duration;

use dingtalk_receipts::{AccessToken, Client, ClientBuilder, Phase, RateLimit, RetryPolicy, Sent};

use crate::support::http2::{Frame, Http2};
use crate::support::quick_retries;
use crate::support::raw::{PAGE, query};
use crate::support::tls::Authority;

const REFUSED_STREAM: u32 = 7;
const ENHANCE_YOUR_CALM: u32 = 11;

async fn server(
    script: impl Fn(usize, u32) -> Vec<Frame> + Send + Sync + 'static,
) -> (Http2, ClientBuilder) {
    let authority = Authority::new();
    let server = Http2::start(&authority.issue("localhost", false), script).await;
    let builder = Client::builder()
        .base_url(format!("https://localhost:{}", server.address.port()))
        .credentials(AccessToken::new("h2-token").unwrap())
        .ca_certificates(authority.pem())
        .rate_limit(RateLimit::unlimited())
        .retry(RetryPolicy::never());
    (server, builder)
}

#[tokio::test]
async fn frames_by_hand_are_a_page() {
    let (server, builder) = server(|_, stream| Frame::answer(stream, PAGE)).await;
    let client = builder.build().unwrap();
    for _ in 0..3 {
        assert_eq!(query(&client).send().await.unwrap().readers.len(), 1);
    }
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn streams_and_connections_that_break_are_asked_again() {
    type Broken = fn(u32) -> Vec<Frame>;
    let cases: [(&str, Broken, Sent); 8] = [
        (
            "a refused stream",
            |stream| vec![Frame::reset(stream, REFUSED_STREAM)],
            Sent::Maybe,
        ),
        (
            "a stream reset for too many",
            |stream| vec![Frame::reset(stream, ENHANCE_YOUR_CALM)],
            Sent::Maybe,
        ),
        (
            "a connection given up before the request",
            |_| vec![Frame::go_away(0, 0)],
            Sent::Maybe,
        ),
        (
            "a connection given up for too many",
            |_| vec![Frame::go_away(0, ENHANCE_YOUR_CALM)],
            Sent::Maybe,
        ),
        (
            "a frame that is none",
            |_| vec![Frame(4, 0, 0, vec![1, 2, 3])],
            Sent::Maybe,
        ),
        (
            "a head that is no HPACK",
            |stream| vec![Frame(1, 4, stream, vec![0xff; 64])],
            Sent::Maybe,
        ),
        (
            "an answer on a stream that nobody opened",
            |_| Frame::answer(99, PAGE),
            Sent::Maybe,
        ),
        (
            "a body broken off",
            |stream| {
                let mut frames = Frame::answer(stream, &PAGE[..20]);
                frames[1].1 = 0;
                frames.push(Frame::reset(stream, 2));
                frames
            },
            Sent::Yes,
        ),
    ];
    for (name, broken, sent) in cases {
        let (_server, builder) = server(move |_, stream| broken(stream)).await;
        let client = builder
            .attempt_timeout(Duration::from_secs(5))
            .build()
            .unwrap();
        let error = query(&client).send().await.expect_err(name);
        assert!(
            error.is_retryable() && !error.is_protocol(),
            "{name}: {error:?}"
        );
        assert!(
            !error.is_connect() && !error.is_timeout(),
            "{name}: {error:?}"
        );
        assert_eq!(
            (error.was_sent(), error.attempts()),
            (sent, 1),
            "{name}: {error:?}"
        );
        assert!(!error.to_string().contains("conduct"), "{error}");

        // The first stream of the first connection only, then all is well.
        let (_server, builder) = server(move |connection, stream| match (connection, stream) {
            (0, 1) => broken(stream),
            _ => Frame::answer(stream, PAGE),
        })
        .await;
        let client = builder.retry(quick_retries()).build().unwrap();
        assert_eq!(
            query(&client).send().await.unwrap().readers.len(),
            1,
            "{name}"
        );
    }
}

#[tokio::test]
async fn a_connection_that_is_given_up_after_an_answer_costs_nothing() {
    let (server, builder) = server(|_, stream| {
        let mut frames = Frame::answer(stream, PAGE);
        frames.push(Frame::go_away(stream, 0));
        frames
    })
    .await;
    let client = builder.retry(quick_retries()).build().unwrap();
    for _ in 0..3 {
        assert_eq!(query(&client).send().await.unwrap().readers.len(), 1);
    }
    assert!(server.connections() >= 3);
}

#[tokio::test]
async fn a_stream_that_is_never_answered_ends_in_time_and_hinders_no_other() {
    let (server, builder) = server(|connection, stream| match connection {
        0 => Vec::new(),
        // A head without a body.
        1 => Frame::answer(stream, "").into_iter().take(1).collect(),
        _ => Frame::answer(stream, PAGE),
    })
    .await;
    let client = builder
        .attempt_timeout(Duration::from_millis(200))
        .build()
        .unwrap();
    for phase in [Phase::Head, Phase::Body] {
        let error = query(&client).send().await.unwrap_err();
        assert_eq!(error.timeout_phase(), Some(phase), "{error:?}");
    }
    assert_eq!(query(&client).send().await.unwrap().readers.len(), 1);
    assert_eq!(server.connections(), 3, "each timeout costs its connection");
}

#[tokio::test]
async fn a_connection_that_has_gone_silent_is_left_after_one_timeout() {
    // The first connection answers once, and then nothing at all, as behind a NAT that forgot it.
    let (server, builder) = server(|connection, stream| match (connection, stream) {
        (0, 3..) => Vec::new(),
        _ => Frame::answer(stream, PAGE),
    })
    .await;
    let client = builder
        .attempt_timeout(Duration::from_millis(300))
        .retry(quick_retries().attempts(2))
        .build()
        .unwrap();
    for _ in 0..4 {
        assert_eq!(query(&client).send().await.unwrap().readers.len(), 1);
    }
    assert_eq!(server.connections(), 2, "one is left, one is kept");
}

#[tokio::test]
async fn many_requests_that_time_out_on_one_connection_share_the_next() {
    let (server, builder) = server(|connection, stream| match (connection, stream) {
        (0, 3..) => Vec::new(),
        _ => Frame::answer(stream, PAGE),
    })
    .await;
    let client = builder
        .attempt_timeout(Duration::from_millis(300))
        .retry(quick_retries().attempts(2))
        .build()
        .unwrap();
    query(&client).send().await.unwrap();
    let all = futures_util::future::join_all((0..16).map(|_| query(&client).send())).await;
    assert!(all.iter().all(Result::is_ok), "{all:?}");
    // The connections of requests that found the new pool empty at the same time are all new ones.
    query(&client).send().await.unwrap();
    assert!(server.connections() <= 17, "{}", server.connections());
}

/// Takes as long as the client waits for the answer to a ping.
#[tokio::test]
async fn a_silent_connection_is_found_by_pings_before_a_long_timeout() {
    let (server, builder) = server(|connection, stream| match (connection, stream) {
        (0, 3..) => Vec::new(),
        _ => Frame::answer(stream, PAGE),
    })
    .await;
    let client = builder
        .attempt_timeout(Duration::from_secs(3600))
        .call_timeout(Duration::from_secs(7200))
        .retry(quick_retries().attempts(2))
        .build()
        .unwrap();
    for _ in 0..2 {
        assert_eq!(query(&client).send().await.unwrap().readers.len(), 1);
    }
    assert_eq!(server.connections(), 2);
}

#[tokio::test]
async fn a_server_that_sends_more_than_it_may_is_stopped() {
    // Ten megabytes without asking: which bound it meets first is a matter of time.
    let (_server, builder) = server(|_, stream| {
        let mut frames = vec![Frame(1, 4, stream, vec![0x88])];
        frames.extend((0..600).map(|_| Frame(0, 0, stream, vec![b' '; 16_384])));
        frames
    })
    .await;
    let error = query(&builder.build().unwrap()).send().await.unwrap_err();
    assert!(error.is_retryable() != error.is_protocol(), "{error:?}");
    assert_eq!(
        (error.status(), error.was_sent()),
        (Some(200), Sent::Yes),
        "{error:?}"
    );
}
