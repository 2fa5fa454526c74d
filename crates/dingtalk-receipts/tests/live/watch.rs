//! A message that people read while it is watched.

use std::time::Duration;

use dingtalk_receipts::{Change, End, Reader, SendStatus};
use dingtalk_receipts_sandbox::{Answer, Message, Operation, Reader as Person, Sandbox};

use crate::support::client;

const INTERVAL: Duration = Duration::from_millis(5);

async fn sandbox(readers: u64) -> Sandbox {
    let message = Message::new("key").conversation("cid").robot("robot");
    Sandbox::builder()
        .message(message.readers(readers))
        .start()
        .await
        .unwrap()
}

fn ask(sandbox: &Sandbox) -> dingtalk_receipts::ReadStatus {
    client(sandbox)
        .read_status("key")
        .conversation("cid")
        .robot("robot")
        .max_results(10)
}

#[tokio::test]
async fn readers_are_given_as_they_come_until_the_message_is_recalled() {
    let sandbox = sandbox(25).await;
    let mut watch = ask(&sandbox)
        .watch(INTERVAL)
        .ease_to(INTERVAL)
        .max_calls(10_000);
    assert_eq!(
        watch.try_next().await.unwrap(),
        Some(Change::SendStatus(SendStatus::Success))
    );
    for place in 0..25 {
        let Some(Change::Reader(reader)) = watch.try_next().await.unwrap() else {
            panic!("a reader")
        };
        assert_eq!(reader.id(), format!("user{place:06}"));
    }
    for name in ["a", "b"] {
        sandbox.add_reader("key", Person::of_corp(name));
        assert_eq!(
            watch.try_next().await.unwrap(),
            Some(Change::Reader(Reader::from(name)))
        );
    }
    sandbox.recall("key");
    let status = Change::SendStatus(SendStatus::Recalled);
    assert_eq!(watch.try_next().await.unwrap(), Some(status));
    assert_eq!(
        watch.try_next().await.unwrap(),
        Some(Change::End(End::Recalled))
    );
    assert_eq!(watch.try_next().await.unwrap(), None);
    assert_eq!(
        (watch.readers(), watch.calls_made()),
        (27, sandbox.count(Operation::Query))
    );
}

#[tokio::test]
async fn whom_it_waits_for_may_come_late_and_failures_do_not_matter() {
    let sandbox = sandbox(3).await;
    let mut watch = ask(&sandbox).watch(INTERVAL).expect(["user000001", "late"]);
    for _ in 0..4 {
        watch.try_next().await.unwrap().unwrap();
    }
    assert_eq!(watch.expected().unwrap().unread, ["late"]);
    sandbox
        .script(Operation::Query)
        .times(6, Answer::error("system.error"))
        .then(Answer::gateway_page(502))
        .then(Answer::genuine().reset_after_request());
    sandbox.add_reader("key", Person::outside("late"));
    let late = Reader::new(None, Some("late".to_owned()));
    assert_eq!(watch.try_next().await.unwrap(), Some(Change::Reader(late)));
    assert_eq!(
        watch.try_next().await.unwrap(),
        Some(Change::End(End::AllRead))
    );
    assert!(watch.expected().unwrap().unread.is_empty());
}

#[tokio::test]
async fn it_makes_no_more_calls_than_it_said() {
    let sandbox = sandbox(25).await;
    sandbox
        .script(Operation::Query)
        .times(3, Answer::genuine())
        .times(2, Answer::error("system.error"));
    let mut watch = ask(&sandbox).watch(INTERVAL).max_calls(11);
    assert_eq!(watch.calls_at_most(), 11);
    let mut last = None;
    while let Some(change) = watch.try_next().await.unwrap() {
        last = Some(change);
    }
    assert_eq!(last, Some(Change::End(End::Calls)));
    assert_eq!(sandbox.count(Operation::Query), 11);
}
