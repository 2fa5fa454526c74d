//! What an operator sees: spans by OpenTelemetry's names, and nobody's data in them.

use std::io;
use std::sync::{Arc, Mutex};

use dingtalk_receipts_sandbox::{Answer, Operation};
use tracing::Level;
use tracing::instrument::WithSubscriber as _;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::format::FmtSpan;

use crate::support::{client, demo, sandbox, second_subscriber};

/// Collects what is logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn calls_and_attempts_are_spans_without_anybodys_data() {
    let sandbox = sandbox(300).await;
    sandbox
        .script(Operation::Query)
        .then(Answer::error("system.error"));
    let client = client(&sandbox);
    let _second = second_subscriber();
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(Level::DEBUG)
        .with_span_events(FmtSpan::CLOSE)
        .with_ansi(false)
        .with_writer(log.clone())
        .finish();
    demo(&client, &sandbox)
        .collect()
        .with_subscriber(subscriber)
        .await
        .unwrap();
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();

    let attempts: Vec<&str> = log
        .lines()
        .filter(|line| line.contains("dingtalk_receipts.attempt{") && line.contains("close"))
        .filter(|line| line.contains("dingtalk_receipts::trace"))
        .collect();
    assert_eq!(attempts.len(), 3, "{log}");
    for field in [
        "otel.kind=\"client\"",
        "http.request.method=\"POST\"",
        "http.request.resend_count=0",
        "url.template=\"/v1.0/robot/groupMessages/query\"",
        "server.address=\"127.0.0.1\"",
        "server.port=",
        "http.response.status_code=500",
        "error.type=\"system.error\"",
    ] {
        assert!(attempts[0].contains(field), "{field}: {}", attempts[0]);
    }
    assert!(
        attempts[1].contains("http.request.resend_count=1"),
        "{}",
        attempts[1]
    );
    assert!(
        attempts[1].contains("http.response.status_code=200"),
        "{}",
        attempts[1]
    );
    assert!(log.contains("otel.name=\"queryReadStatus\""));

    let values = sandbox.demo_values().unwrap();
    for private in [
        "user0000",
        "union0000",
        &values.process_query_key,
        &values.open_conversation_id,
        &values.robot_code,
        &values.access_token,
    ] {
        let ours: Vec<&str> = log
            .lines()
            .filter(|line| line.contains("dingtalk_receipts::") && line.contains(private))
            .collect();
        assert!(ours.is_empty(), "{private}: {ours:?}");
    }
}
