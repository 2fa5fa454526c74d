//! What the tests with the test double share.

use dingtalk_receipts::testing::Script;
use dingtalk_receipts::{Client, ReadStatus, Reader};

/// A client of the script that makes no second attempt.
pub(crate) fn strict(script: &Script) -> Client {
    script
        .builder()
        .unwrap()
        .retry(dingtalk_receipts::RetryPolicy::never())
        .build()
        .unwrap()
}

/// A question about the message `key`.
pub(crate) fn ask(client: &Client, key: &str) -> ReadStatus {
    client.read_status(key).conversation("cid").robot("robot")
}

pub(crate) fn ids(readers: &[Reader]) -> Vec<&str> {
    readers.iter().map(Reader::id).collect()
}

/// `user0`, `user1` and so on.
pub(crate) fn users(count: usize) -> Vec<String> {
    (0..count).map(|number| format!("user{number}")).collect()
}
