//! What is measured, as an exporter shows it.

use std::future::Future;
use std::time::Duration;

use dingtalk_receipts::testing::Script;
use dingtalk_receipts::{
    AccessToken, Client, ClientBuilder, InternalApp, MemoryTokenStore, RateLimit, RetryPolicy,
};
use dingtalk_receipts_sandbox::{Answer, Operation, Sandbox};
use metrics_exporter_prometheus::PrometheusBuilder;

use crate::scripted::{ask, users};
use crate::support::{builder, demo, quick_retries, sandbox};

/// What is measured while `run` runs. A recorder is for a thread, and all of it is on this one.
fn measured<F: Future<Output = ()>>(run: impl FnOnce() -> F) -> String {
    let recorder = PrometheusBuilder::new().build_recorder();
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_all().build().unwrap();
    ::metrics::with_local_recorder(&recorder, || runtime.block_on(run()));
    recorder.handle().render()
}

/// The value of the series of this name whose labels hold all of these.
fn value(shown: &str, name: &str, labels: &[&str]) -> Option<f64> {
    let series = |line: &&str| {
        line.strip_prefix(name)
            .is_some_and(|rest| rest.starts_with(['{', ' ']))
            && labels.iter().all(|label| line.contains(label))
    };
    let mut values = shown.lines().filter(series);
    let value = values.next()?.rsplit(' ').next()?.parse().unwrap();
    assert_eq!(values.next(), None, "one series of {name} with {labels:?}");
    Some(value)
}

const QUERY: &str = r#"url_template="/v1.0/robot/groupMessages/query""#;

#[test]
fn calls_attempts_and_retries_are_counted_by_operation_and_error() {
    let shown = measured(|| async {
        let sandbox = sandbox(500).await;
        let script = sandbox.script(Operation::Query);
        script
            .then(Answer::genuine())
            .times(2, Answer::error("system.error"));
        let client = builder(&sandbox).retry(quick_retries()).build().unwrap();
        demo(&client, &sandbox).collect().await.unwrap();
        sandbox
            .script(Operation::Query)
            .always(Answer::error_with(400, "nobody.knows.this", "m"));
        demo(&client, &sandbox).send().await.unwrap_err();
    });
    let get = |name: &str, labels: &[&str]| {
        value(&shown, name, labels).unwrap_or_else(|| panic!("{name}: {shown}"))
    };
    let (fine, failed) = (r#"error_type="""#, r#"error_type="system.error""#);
    assert_eq!(
        get("dingtalk_receipts_call_duration_count", &[QUERY, fine]),
        3.0
    );
    assert_eq!(
        get(
            "http_client_request_duration_count",
            &[QUERY, fine, r#"http_request_method="POST""#]
        ),
        3.0
    );
    assert_eq!(
        get("http_client_request_duration_count", &[QUERY, failed]),
        2.0
    );
    assert_eq!(get("dingtalk_receipts_retries", &[QUERY, failed]), 2.0);
    // A code that nobody knows makes no series of its own.
    assert_eq!(
        get(
            "dingtalk_receipts_call_duration_count",
            &[QUERY, r#"error_type="other""#]
        ),
        1.0
    );
    assert!(!shown.contains("nobody.knows.this"), "{shown}");
}

/// The names in the first column of the documentation's tables.
fn documented() -> Vec<&'static str> {
    let rows = include_str!("../src/observed.md").lines();
    rows.filter_map(|row| row.strip_prefix("| `")?.split('`').next())
        .collect()
}

#[test]
fn whatever_is_documented_is_measured() {
    let shown = measured(|| async {
        let sandbox = sandbox(1).await;
        sandbox
            .script(Operation::Query)
            .then(Answer::error("system.error"));
        let values = sandbox.demo_values().unwrap();
        let app = InternalApp::new(&values.app_key, &values.app_secret);
        let client = builder(&sandbox).credentials(app).build().unwrap();
        demo(&client, &sandbox).send().await.unwrap();
    });
    let types = shown
        .lines()
        .filter_map(|line| line.strip_prefix("# TYPE ")?.split(' ').next());
    let mut found: Vec<&str> = types.collect();
    let spans = [
        "dingtalk_receipts.call",
        "dingtalk_receipts.attempt",
        "dingtalk_receipts.token",
    ];
    let names = documented()
        .into_iter()
        .filter(|name| !spans.contains(name));
    let mut names: Vec<String> = names.map(|name| name.replace('.', "_")).collect();
    found.sort_unstable();
    names.sort_unstable();
    assert_eq!(found, names);
}

#[test]
fn waiting_for_rate_limit_is_measured_in_seconds() {
    let shown = measured(|| async {
        tokio::time::pause();
        let script = Script::new().message_read_by("key", users(600));
        let twenty = RateLimit::per_second(20.0);
        let client = script
            .builder()
            .unwrap()
            .rate_limit(twenty)
            .build()
            .unwrap();
        ask(&client, "key").collect().await.unwrap();
    });
    let name = "dingtalk_receipts_rate_limit_wait";
    let count = value(&shown, &format!("{name}_count"), &[]);
    assert_eq!(count, Some(3.0), "{shown}");
    // The first call waits for nothing, the others for a twentieth of a second each.
    let waited = value(&shown, &format!("{name}_sum"), &[]).unwrap();
    assert!((0.09..0.12).contains(&waited), "{waited}");
}

#[test]
fn token_refreshes_are_counted_by_outcome() {
    let app = |sandbox: &Sandbox, store: &MemoryTokenStore| -> ClientBuilder {
        let demo = sandbox.demo_values().unwrap();
        Client::builder()
            .base_url(sandbox.url())
            .credentials(InternalApp::new(&demo.app_key, &demo.app_secret))
            .token_store(store.clone())
            .rate_limit(RateLimit::unlimited())
            .retry(RetryPolicy::never())
    };
    let shown = measured(|| async {
        let sandbox = sandbox(1).await;
        let store = MemoryTokenStore::default();
        sandbox
            .script(Operation::AppToken)
            .then(Answer::error("invalidClientIdOrSecret"));
        app(&sandbox, &store)
            .build()
            .unwrap()
            .token_info()
            .await
            .unwrap_err();
        let first = app(&sandbox, &store).build().unwrap();
        for _ in 0..3 {
            demo(&first, &sandbox).send().await.unwrap();
        }
        let second = app(&sandbox, &store).build().unwrap();
        demo(&second, &sandbox).send().await.unwrap();
        // A token that was given is never refreshed.
        let given = AccessToken::new(sandbox.static_token()).unwrap();
        let third = app(&sandbox, &store).credentials(given).build().unwrap();
        demo(&third, &sandbox).send().await.unwrap();
    });
    let refreshes = |outcome: &str| {
        value(
            &shown,
            "dingtalk_receipts_token_refreshes",
            &[&format!("outcome=\"{outcome}\"")],
        )
    };
    assert_eq!(
        (
            refreshes("failed"),
            refreshes("issued"),
            refreshes("stored")
        ),
        (Some(1.0), Some(1.0), Some(1.0)),
        "{shown}"
    );
}

#[test]
fn nothing_that_is_measured_tells_whom_it_is_about() {
    let shown = measured(|| async {
        let sandbox = sandbox(3).await;
        let client = builder(&sandbox)
            .attempt_timeout(Duration::from_secs(5))
            .build()
            .unwrap();
        let page = demo(&client, &sandbox).send().await.unwrap();
        assert_eq!(page.readers.len(), 3);
    });
    let labels: Vec<&str> = shown
        .lines()
        .filter(|line| !line.starts_with('#'))
        .collect();
    assert!(!labels.is_empty());
    for line in labels {
        assert!(
            !line.contains("127.0.0.1") && !line.contains("manager") && !line.contains("sandbox"),
            "{line}"
        );
    }
}
