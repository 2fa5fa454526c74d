//! What becomes of the async client where there is no runtime, or no longer one.

use dingtalk_receipts::{AccessToken, Client, InternalApp};
use futures_util::FutureExt as _;

use crate::support::{client, demo, sandbox};

/// More than one call, so that the rate limit would have to wait.
#[test]
fn without_a_runtime_a_call_is_an_error_that_says_so() {
    let token = AccessToken::new("token").unwrap();
    let app = InternalApp::new("key", "secret");
    for builder in [
        Client::builder().credentials(token),
        Client::builder().credentials(app),
    ] {
        let client = builder.base_url("http://127.0.0.1:1").build().unwrap();
        for _ in 0..5 {
            let query = client.read_status("key").conversation("cid").robot("robot");
            let error = query.collect().now_or_never().unwrap().unwrap_err();
            assert!(error.to_string().contains("tokio runtime"), "{error}");
            assert!(error.is_invalid_input());
        }
    }
}

/// A page that was under way when its runtime ended is an error, not a wait for ever; the client itself goes on.
#[test]
fn a_runtime_that_ends_takes_its_calls_along_and_nothing_else() {
    let new = || {
        let mut builder = tokio::runtime::Builder::new_multi_thread();
        builder.worker_threads(1).enable_all().build().unwrap()
    };
    let server = new();
    let sandbox = server.block_on(sandbox(300));
    let client = client(&sandbox);
    let gate = dingtalk_receipts_sandbox::Gate::closed();
    let query = dingtalk_receipts_sandbox::Operation::Query;
    let held = dingtalk_receipts_sandbox::Answer::genuine().held_by(&gate);
    sandbox.script(query).then(held);

    let first = new();
    let mut pages = demo(&client, &sandbox).pages();
    first.block_on(async {
        tokio::select! {
            biased;
            () = sandbox.called(query, 1) => {}
            _ = pages.next() => panic!("the answer is held back"),
        }
    });
    first.shutdown_background();
    gate.open();
    let second = new();
    let error = second.block_on(pages.try_next()).unwrap_err();
    assert!(error.to_string().contains("runtime stopped"), "{error}");
    let rest = client.resume(error.resume_cursor().unwrap());
    let again = second.block_on(rest.collect()).unwrap();
    assert_eq!(again.readers.len(), 300);
}
