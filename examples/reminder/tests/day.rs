//! A simulated day: members read by and by, and each is reminded once of a message in the time that was set.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::time::{Duration, SystemTime};

use dingtalk_receipts::{AccessToken, Client, Message, RetryPolicy};
use dingtalk_receipts_sandbox::{Answer, Conversation, Operation, ReadingCurve, Robot, Sandbox};
use reminder::{Memory, Outcome, Reminder};

const HOUR: Duration = Duration::from_secs(3_600);

async fn start() -> (Sandbox, Reminder) {
    let curve = ReadingCurve::seeded(7).median(HOUR).never(0.3);
    let group = Conversation::new("cid").robot("robot").members(20);
    let sandbox = Sandbox::builder()
        .robot(Robot::new("robot"))
        .conversation(group.reading(curve))
        .start()
        .await
        .unwrap();
    let client = Client::builder()
        .base_url(sandbox.url())
        .credentials(AccessToken::new(sandbox.static_token()).unwrap())
        .retry(RetryPolicy::never())
        .build()
        .unwrap();
    let reminder = Reminder {
        client,
        conversation: "cid".to_owned(),
        robot: "robot".to_owned(),
        again_after: 12 * HOUR,
    };
    (sandbox, reminder)
}

async fn send(reminder: &Reminder) -> String {
    let message = reminder.client.send(Message::text("Deploy at noon"));
    let sent = message.to("cid").robot("robot").await.unwrap();
    sent.process_query_key().to_owned()
}

#[tokio::test]
async fn each_member_is_reminded_once_in_twelve_hours() {
    let (sandbox, reminder) = start().await;
    let key = send(&reminder).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("reminded.json");
    let mut now = SystemTime::now();
    let mut reminders = Vec::new();
    for _ in 0..24 {
        sandbox.clock().advance(HOUR);
        now += HOUR;
        // Each look is a run of the program, which knows only the file.
        let mut memory = Memory::open(&file).unwrap();
        match reminder.remind(&key, &mut memory, now).await.unwrap() {
            Outcome::Reminded(people) => reminders.push(people),
            Outcome::AlreadyReminded | Outcome::AllHaveRead => {}
        }
    }
    // The first hour's unread, and half a day later those of them who still have not.
    assert_eq!(reminders.len(), 2, "{reminders:?}");
    assert!(reminders[1].len() < reminders[0].len());
    assert!(reminders[1].iter().all(|id| reminders[0].contains(id)));
    assert_eq!(sandbox.sent().len(), 3);
    let text = sandbox.sent()[1].msg_param["content"].to_string();
    assert!(text.contains("Please read"), "{text}");
}

#[tokio::test]
async fn a_reminder_that_may_have_been_delivered_is_not_repeated() {
    let (sandbox, reminder) = start().await;
    let key = send(&reminder).await;
    sandbox.clock().advance(HOUR);
    let lost = Answer::gateway_page(504).executed();
    sandbox.script(Operation::Send).then(lost);
    let folder = tempfile::tempdir().unwrap();
    let mut memory = Memory::open(&folder.path().join("reminded.json")).unwrap();
    let now = SystemTime::now();
    let first = reminder.remind(&key, &mut memory, now).await.unwrap();
    assert!(matches!(first, Outcome::Reminded(_)), "{first:?}");
    let second = reminder.remind(&key, &mut memory, now).await.unwrap();
    assert_eq!(second, Outcome::AlreadyReminded);
    assert_eq!(sandbox.sent().len(), 2);
}

#[tokio::test]
async fn a_refusal_reminds_nobody_and_is_an_error() {
    let (sandbox, reminder) = start().await;
    let key = send(&reminder).await;
    sandbox.clock().advance(HOUR);
    sandbox
        .script(Operation::Send)
        .then(Answer::error("bot.stopped"));
    let folder = tempfile::tempdir().unwrap();
    let mut memory = Memory::open(&folder.path().join("reminded.json")).unwrap();
    let now = SystemTime::now();
    assert!(reminder.remind(&key, &mut memory, now).await.is_err());
    let after = reminder.remind(&key, &mut memory, now).await.unwrap();
    assert!(matches!(after, Outcome::Reminded(_)), "{after:?}");
}
