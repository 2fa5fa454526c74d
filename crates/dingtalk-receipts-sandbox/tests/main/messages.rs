//! Messages over time: not ready, read by more and more people, recalled, expired.

use std::time::Duration;

use dingtalk_receipts_sandbox::Reader;
use serde_json::json;

use crate::support::{message, page, pages, refusal, with};

const MINUTE: Duration = Duration::from_secs(60);

#[tokio::test]
async fn data_comes_after_a_while_and_goes_again() {
    let sandbox = with(
        message()
            .readers(1)
            .ready_after(MINUTE)
            .expires_after(3 * MINUTE),
    )
    .await;
    let unavailable = (400, "processQueryKey.expireTime".to_owned());
    assert_eq!(refusal(&sandbox, json!({})).await, unavailable);
    sandbox.clock().advance(MINUTE);
    assert_eq!(
        page(&sandbox, json!({})).await["readUserIds"],
        json!(["user000000"])
    );
    sandbox.clock().advance(2 * MINUTE);
    assert_eq!(refusal(&sandbox, json!({})).await, unavailable);
}

#[tokio::test]
async fn people_keep_reading() {
    let sandbox = with(message().readers(1).growing(MINUTE, 3)).await;
    assert_eq!(
        page(&sandbox, json!({})).await["readUserIds"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    sandbox.clock().advance(MINUTE);
    assert_eq!(
        page(&sandbox, json!({})).await["readUserIds"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    sandbox.clock().advance(10 * MINUTE);
    assert_eq!(
        page(&sandbox, json!({})).await["readUserIds"]
            .as_array()
            .unwrap()
            .len(),
        3
    );
}

#[tokio::test]
async fn readers_can_be_listed_and_added() {
    let listed = [Reader::of_corp("manager1234"), Reader::outside("union1")];
    let sandbox = with(message().reader_list(listed)).await;
    assert!(sandbox.add_reader("key", Reader::new("late", "union2")));
    assert!(!sandbox.add_reader("no such message", Reader::outside("union3")));
    let page = page(&sandbox, json!({})).await;
    assert_eq!(page["readUserIds"], json!(["manager1234", "late"]));
    let users = json!([
        { "userId": "manager1234" },
        { "unionId": "union1" },
        { "unionId": "union2", "userId": "late" },
    ]);
    assert_eq!(page["readUsers"], users);
}

#[tokio::test]
async fn a_message_is_recalled_by_time_by_hand_or_in_the_middle_of_its_pages() {
    let sandbox = with(message().readers(1).recalled_after(MINUTE)).await;
    assert_eq!(page(&sandbox, json!({})).await["sendStatus"], "SUCCESS");
    sandbox.clock().advance(MINUTE);
    assert_eq!(page(&sandbox, json!({})).await["sendStatus"], "RECALLED");

    let sandbox = with(message().readers(1).send_status("PROCESSING")).await;
    assert_eq!(page(&sandbox, json!({})).await["sendStatus"], "PROCESSING");
    assert!(sandbox.recall("key"));
    assert_eq!(page(&sandbox, json!({})).await["sendStatus"], "RECALLED");

    let sandbox = with(message().readers(6).send_status_from_page(2, "RECALLED")).await;
    let pages = pages(&sandbox, Some(2)).await;
    let statuses: Vec<_> = pages
        .iter()
        .map(|page| page["sendStatus"].as_str().unwrap())
        .collect();
    assert_eq!(statuses, ["SUCCESS", "RECALLED", "RECALLED"]);
}

#[tokio::test]
async fn a_status_that_nobody_knows_is_passed_on() {
    let sandbox = with(message().send_status("SUCESS")).await;
    assert_eq!(page(&sandbox, json!({})).await["sendStatus"], "SUCESS");
}
