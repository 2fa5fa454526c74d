//! Recalling: in chunks, with partial failures as data.

use dingtalk_receipts_sandbox::{Answer, Operation};
use serde_json::json;

use super::{GROUP, ROBOT, group, hello};
use crate::support::client;

#[tokio::test]
async fn messages_are_recalled_20_a_call_and_each_once() {
    let sandbox = group(1).start().await.unwrap();
    let client = client(&sandbox);
    let mut keys = Vec::new();
    for _ in 0..25 {
        keys.push(hello(&client).await.unwrap().process_query_key().to_owned());
    }
    let twice = keys.iter().chain(&keys);
    let recalled = client
        .recall(twice)
        .conversation(GROUP)
        .robot(ROBOT)
        .await
        .unwrap();
    assert_eq!(recalled.recalled, keys);
    assert!(recalled.is_complete());
    assert_eq!(sandbox.count(Operation::Recall), 2);
}

#[tokio::test]
async fn a_partial_failure_is_data() {
    let sandbox = group(1).start().await.unwrap();
    let body = json!({ "successResult": ["a"], "failedResult": { "b": "SYSTEM_ERROR" } });
    sandbox
        .script(Operation::Recall)
        .then(Answer::json(200, &body));
    let recalled = client(&sandbox)
        .recall(["a", "b", "c"])
        .conversation(GROUP)
        .robot(ROBOT)
        .await
        .unwrap();
    assert_eq!(recalled.recalled, ["a"]);
    assert_eq!(recalled.failed["b"], "SYSTEM_ERROR");
    assert_eq!(recalled.unanswered, ["c"]);
    assert!(!recalled.is_complete());
}

#[tokio::test]
async fn trying_again_is_safe_and_done() {
    let sandbox = group(1).start().await.unwrap();
    let client = client(&sandbox);
    let sent = hello(&client).await.unwrap();
    sandbox
        .script(Operation::Recall)
        .then(Answer::gateway_page(504).executed());
    let recalled = client
        .recall([sent.process_query_key()])
        .conversation(GROUP)
        .robot(ROBOT)
        .await
        .unwrap();
    assert!(recalled.is_complete(), "{recalled:?}");
    assert_eq!(sandbox.count(Operation::Recall), 2);
}

#[tokio::test]
async fn what_is_missing_is_told_before_anything_is_sent() {
    let sandbox = group(1).start().await.unwrap();
    let client = client(&sandbox);
    for (recall, said) in [
        (client.recall(["a"]).robot(ROBOT), "the group is not named"),
        (
            client.recall(["a"]).conversation(GROUP),
            "the robot is not named",
        ),
        (
            client.recall([""]).conversation(GROUP).robot(ROBOT),
            "a process query key is empty",
        ),
        (
            client
                .recall(Vec::<String>::new())
                .conversation(GROUP)
                .robot(ROBOT),
            "no process query key",
        ),
    ] {
        let error = recall.await.unwrap_err();
        assert!(
            error.is_invalid_input() && error.to_string().contains(said),
            "{error}"
        );
    }
    assert_eq!(sandbox.count(Operation::Recall), 0);
}
