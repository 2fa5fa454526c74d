//! The law of the pager, over HTTP.

use dingtalk_receipts::{Reader, RetryPolicy};
use dingtalk_receipts_sandbox::{Answer, LastCursor, Message, Operation, Sandbox};
use proptest::prelude::*;

use crate::scripted::ids;
use crate::support::{builder, quick_retries};

/// What a run is like: how many readers in what pages, and what fails.
#[derive(Debug, Clone)]
struct Run {
    readers: u64,
    page: u32,
    overlap: u64,
    outside: u64,
    empty: Vec<u32>,
    last: LastCursor,
    nulls: bool,
    faults: Vec<u8>,
}

fn run() -> impl Strategy<Value = Run> {
    let last = prop_oneof![
        Just(LastCursor::Absent),
        Just(LastCursor::Empty),
        Just(LastCursor::Null),
        Just(LastCursor::Cursor),
    ];
    let empty = prop::collection::vec(1_u32..12, 0..4);
    let faults = prop::collection::vec(0_u8..10, 0..30);
    (
        0_u64..90,
        1_u32..25,
        0_u64..5,
        0_u64..4,
        empty,
        last,
        any::<bool>(),
        faults,
    )
        .prop_map(
            |(readers, page, overlap, outside, empty, last, nulls, faults)| Run {
                readers,
                page,
                overlap,
                outside,
                empty,
                last,
                nulls,
                faults,
            },
        )
}

impl Run {
    fn message(&self) -> Message {
        let message = Message::new("key")
            .conversation("cid")
            .robot("robot")
            .readers(self.readers)
            .overlap(self.overlap)
            .outside_every(self.outside)
            .empty_pages(self.empty.clone())
            .last_cursor(self.last);
        if self.nulls {
            message.null_fields()
        } else {
            message
        }
    }

    fn answers(&self) -> impl Iterator<Item = Answer> {
        self.faults.iter().map(|fault| match fault {
            0 => Answer::error("system.error"),
            1 => Answer::gateway_page(502),
            2 => Answer::genuine().reset_after_request(),
            3 => Answer::genuine().truncated_after(40),
            _ => Answer::genuine(),
        })
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Each run fails where it may, goes on from there, and all runs together give
    /// everybody once.
    #[test]
    fn all_runs_together_give_everybody_once(run in run(), prefetch: bool) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let (got, calls) = runtime.block_on(async {
            let sandbox = Sandbox::builder().message(run.message()).start().await.unwrap();
            for answer in run.answers() {
                sandbox.script(Operation::Query).then(answer);
            }
            let policy = if prefetch { quick_retries() } else { RetryPolicy::never() };
            let client = builder(&sandbox).retry(policy).build().unwrap();
            let mut query = client.read_status("key").conversation("cid").robot("robot");
            let mut got: Vec<Reader> = Vec::new();
            loop {
                let mut readers =
                    query.max_results(run.page).prefetch(prefetch).readers().already_seen(&got);
                let mut fresh = Vec::new();
                let failure = loop {
                    match readers.try_next().await {
                        Ok(Some(reader)) => fresh.push(reader),
                        Ok(None) => break None,
                        Err(error) => break Some(error),
                    }
                };
                got.append(&mut fresh);
                let Some(error) = failure else { break };
                query = client.resume(error.resume_cursor().unwrap());
            }
            (got, sandbox.count(Operation::Query))
        });
        let expected: Vec<String> = (0..run.readers)
            .map(|place| match run.outside > 0 && (place + 1) % run.outside == 0 {
                true => format!("union{place:06}iEiE"),
                false => format!("user{place:06}"),
            })
            .collect();
        prop_assert_eq!(ids(&got), expected);
        prop_assert!(calls as usize <= 90 + run.empty.len() + run.faults.len() + 1);
    }
}
