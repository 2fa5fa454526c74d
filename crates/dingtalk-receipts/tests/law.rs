//! The law of the pager: for any split of any readers into pages, with empty pages, readers that come again, and
//! failures at any point, the readers delivered are all the readers, each once; and a run that goes on from where one
//! failed delivers exactly the rest.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex};

use dingtalk_receipts::testing::{Reply, Script};
use dingtalk_receipts::{Reader, RetryPolicy};
use proptest::prelude::*;

use crate::scripted::{ask, ids};

/// A message as the server has it.
#[derive(Debug, Clone)]
struct Message {
    pages: Vec<Vec<Reader>>,
    /// How often each page fails before it comes.
    failures: Vec<Vec<Failure>>,
}

#[derive(Debug, Clone, Copy)]
enum Failure {
    ServerError,
    Throttled,
    Broken,
    Gateway,
    CutOff,
}

impl Failure {
    fn reply(self) -> Reply {
        match self {
            Self::ServerError => Reply::error("system.error"),
            Self::Throttled => Reply::error("Forbidden.AccessDenied.QpsLimitForApi"),
            Self::Broken => Reply::broken_connection(),
            Self::Gateway => Reply::body(502, "text/html", "<html>bad gateway</html>"),
            Self::CutOff => Reply::body(
                200,
                "application/json",
                r#"{"sendStatus":"SUCCESS","readUs"#,
            ),
        }
    }
}

impl Message {
    fn cursor(page: usize) -> String {
        format!("页{page}+/=")
    }

    fn script(&self) -> Script {
        let places: HashMap<_, _> = (1..self.pages.len())
            .map(|page| (Some(Self::cursor(page)), page))
            .chain([(None, 0)])
            .collect();
        let failures = Arc::new(Mutex::new(self.failures.clone()));
        let pages = self.pages.clone();
        Script::new().otherwise(move |call| {
            let Some(&page) = places.get(&call.cursor) else {
                return Reply::error("invalidParameter.cursor.invalid");
            };
            if let Some(failure) = failures.lock().unwrap()[page].pop() {
                return failure.reply();
            }
            let reply = Reply::page(pages[page].clone());
            if page + 1 < pages.len() {
                reply.next(Self::cursor(page + 1))
            } else {
                reply
            }
        })
    }

    /// Everybody, each once, in the order of their first coming.
    fn readers(&self) -> Vec<Reader> {
        let mut seen = HashSet::new();
        let everybody = self.pages.iter().flatten();
        everybody
            .filter(|reader| seen.insert(reader.id().to_owned()))
            .cloned()
            .collect()
    }

    fn failed(&self) -> usize {
        self.failures.iter().map(Vec::len).sum()
    }
}

/// Persons are few, so that they come again; each always with the same ids.
fn person(number: u8) -> Reader {
    let (user, union) = (format!("user{number}"), format!("union{number}"));
    match number % 3 {
        0 => Reader::new(Some(user), None),
        1 => Reader::new(Some(user), Some(union)),
        _ => Reader::new(None, Some(union)),
    }
}

fn message() -> impl Strategy<Value = Message> {
    let failure = prop_oneof![
        Just(Failure::ServerError),
        Just(Failure::Throttled),
        Just(Failure::Broken),
        Just(Failure::Gateway),
        Just(Failure::CutOff),
    ];
    let page = prop_oneof![
        1 => Just(Vec::new()),
        4 => prop::collection::vec((0_u8..40).prop_map(person), 0..12),
    ];
    let pages = prop::collection::vec((page, prop::collection::vec(failure, 0..3)), 1..12);
    pages.prop_map(|pages| {
        let (pages, failures) = pages.into_iter().unzip();
        Message { pages, failures }
    })
}

fn run<T>(future: impl Future<Output = T>) -> T {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime
        .enable_time()
        .start_paused(true)
        .build()
        .unwrap()
        .block_on(future)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn everybody_is_delivered_once_whatever_fails_on_the_way(message in message(), prefetch: bool) {
        let script = message.script();
        let receipts = run(async {
            ask(&script.client().unwrap(), "key").prefetch(prefetch).collect().await.unwrap()
        });
        prop_assert_eq!(&receipts.readers, &message.readers());
        prop_assert!(receipts.complete && receipts.cursor.is_none());
        prop_assert_eq!(receipts.pages, message.pages.len() as u64);
        prop_assert_eq!(script.calls().len(), message.pages.len() + message.failed());
    }

    #[test]
    fn a_run_goes_on_at_the_cursor_of_its_failure_and_delivers_exactly_the_rest(
        message in message(),
        prefetch: bool,
        by_text: bool,
    ) {
        let script = message.script();
        let client = script.builder().unwrap().retry(RetryPolicy::never()).build().unwrap();
        let mut delivered = Vec::new();
        let mut interruptions = 0;
        run(async {
            let mut query = ask(&client, "key");
            loop {
                let mut readers = query.prefetch(prefetch).readers().already_seen(&delivered);
                let mut fresh = Vec::new();
                let failure = loop {
                    match readers.try_next().await {
                        Ok(Some(reader)) => fresh.push(reader),
                        Ok(None) => break None,
                        Err(error) => break Some(error),
                    }
                };
                drop(readers);
                delivered.extend(fresh);
                let Some(error) = failure else { break };
                interruptions += 1;
                let mut cursor = error.resume_cursor().expect("a failed run says where it stands").clone();
                if by_text {
                    cursor = cursor.to_string().parse().unwrap();
                }
                query = client.resume(&cursor);
            }
        });
        prop_assert_eq!(&delivered, &message.readers());
        prop_assert_eq!(interruptions, message.failed());
        // No page that had come was asked for again.
        prop_assert_eq!(script.calls().len(), message.pages.len() + message.failed());
    }

    #[test]
    fn a_run_that_stops_anywhere_goes_on_without_losing_or_repeating_anybody(
        message in message(),
        stop in 0_u64..40,
    ) {
        let script = message.script();
        let client = script.client().unwrap();
        run(async {
            let first = ask(&client, "key").max_readers(stop).collect().await.unwrap();
            prop_assert!(first.readers.len() as u64 <= stop);
            let mut all = first.readers.clone();
            if let Some(cursor) = &first.cursor {
                let mut rest = client.resume(cursor).readers().already_seen(&first.readers);
                while let Some(reader) = rest.try_next().await.unwrap() {
                    all.push(reader);
                }
            } else {
                prop_assert!(first.complete);
            }
            let everybody = message.readers();
            prop_assert_eq!(ids(&all), ids(&everybody));
            // At most the page in which it stopped was asked for again.
            prop_assert!(script.calls().len() <= message.pages.len() + message.failed() + 1);
            Ok(())
        })?;
    }
}
