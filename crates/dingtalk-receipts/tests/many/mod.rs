//! Many messages.

mod answers;
mod journal;
mod journal_file;
mod pace;
mod scratch;

use dingtalk_receipts::testing::{Reply, Script};
use dingtalk_receipts::{Answer, Client, ReadMany, ReadStatus};

use crate::scripted::ask;

fn key(number: usize) -> String {
    format!("key{number}")
}

fn queries(client: &Client, count: usize) -> Vec<ReadStatus> {
    (0..count).map(|number| ask(client, &key(number))).collect()
}

/// Each message was read by one person, named after it.
fn one_reader_each() -> Script {
    Script::new().otherwise(|call| Reply::page([format!("reader of {}", call.process_query_key)]))
}

async fn all(mut many: ReadMany<'_>) -> Vec<Answer> {
    let mut answers = Vec::new();
    while let Some(answer) = many.next().await {
        answers.push(answer);
    }
    answers
}

fn asked(script: &Script) -> Vec<String> {
    script
        .calls()
        .into_iter()
        .map(|call| call.process_query_key)
        .collect()
}
