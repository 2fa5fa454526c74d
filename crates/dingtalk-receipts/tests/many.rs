//! Many messages.

use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use dingtalk_receipts::testing::{Reply, Script};
use dingtalk_receipts::{
    Answer, Client, FileJournal, Journal, MessageKey, Quota, ReadMany, ReadStatus, Receipts, Record,
};

use futures_core::FusedStream as _;
use futures_util::StreamExt as _;

use crate::scripted::ask;

/// A directory that is gone when the test is over.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::SeqCst);
        let name = format!("dingtalk-receipts-{}-{number}-{name}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn journal(&self) -> PathBuf {
        self.0.join("journal.ndjson")
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

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

#[tokio::test(start_paused = true)]
async fn answers_come_as_they_are_complete() {
    let script = Script::new().otherwise(|call| {
        let slow = if call.process_query_key == "key0" {
            9
        } else {
            1
        };
        Reply::page(["a"]).delay(Duration::from_secs(slow))
    });
    let client = script.client().unwrap();
    let indices: Vec<u64> = all(client.read_many_iter(queries(&client, 4)))
        .await
        .iter()
        .map(|answer| answer.index)
        .collect();
    assert_eq!(indices.last(), Some(&0));
    assert_eq!(indices.len(), 4);
}

#[tokio::test(start_paused = true)]
async fn answers_come_in_order_on_request() {
    let script = Script::new().otherwise(|call| {
        let number: u64 = call.process_query_key[3..].parse().unwrap();
        Reply::page(["a"]).delay(Duration::from_millis(number * 7_919 % 1_000))
    });
    let client = script.client().unwrap();
    let answers = all(client
        .read_many_iter(queries(&client, 200))
        .in_order()
        .concurrency(8))
    .await;
    let indices: Vec<u64> = answers.iter().map(|answer| answer.index).collect();
    assert_eq!(indices, (0..200).collect::<Vec<_>>());
    assert!(
        answers
            .iter()
            .all(|answer| answer.process_query_key == key(answer.index as usize))
    );
}

#[tokio::test(start_paused = true)]
async fn one_failure_does_not_stop_the_others() {
    let script = one_reader_each()
        .message("key1", [Reply::error("invalid.processQueryKey")])
        .message(
            "key3",
            [Reply::page(["a"]).next("x"), Reply::error("bot.stopped")],
        );
    let client = script.client().unwrap();
    let mut many = client.read_many_iter(queries(&client, 5)).in_order();
    let mut results = Vec::new();
    while let Some(answer) = many.next().await {
        results.push(answer.result.map(|receipts| receipts.readers.len()));
    }
    let good: Vec<bool> = results.iter().map(Result::is_ok).collect();
    assert_eq!(good, [true, false, true, false, true]);
    let error = results[3].as_ref().unwrap_err();
    assert_eq!(error.partial().unwrap().readers.len(), 1);
    assert_eq!(error.resume_cursor().unwrap().process_query_key(), "key3");
    let progress = many.progress();
    assert_eq!(
        (progress.taken, progress.answered, progress.failed),
        (5, 5, 2)
    );
    assert_eq!(progress.calls, script.calls().len() as u64);
}

#[tokio::test(start_paused = true)]
async fn no_more_messages_are_under_way_than_allowed_and_queries_are_taken_as_needed() {
    let script = Script::new().otherwise(|_| Reply::page(["a"]).delay(Duration::from_secs(1)));
    let client = script.client().unwrap();
    let taken = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&taken);
    let lazy = queries(&client, 100).into_iter().inspect(move |_| {
        count.fetch_add(1, Ordering::SeqCst);
    });
    let mut many = client.read_many_iter(lazy).concurrency(4);
    assert_eq!(taken.load(Ordering::SeqCst), 0, "it is lazy");
    many.next().await.unwrap();
    assert_eq!(taken.load(Ordering::SeqCst), 4);
    assert_eq!(script.calls().len(), 4);
    many.next().await.unwrap();
    assert!(taken.load(Ordering::SeqCst) <= 5);
}

#[tokio::test(start_paused = true)]
async fn dropped_half_way_it_makes_no_more_calls() {
    let script =
        Script::new().otherwise(|_| Reply::page(["a"]).next("x").delay(Duration::from_secs(1)));
    let client = script.client().unwrap();
    let mut many = client.read_many_iter(queries(&client, 100)).concurrency(4);
    assert!(
        tokio::time::timeout(Duration::from_millis(500), many.next())
            .await
            .is_err()
    );
    drop(many);
    tokio::time::sleep(Duration::from_secs(100)).await;
    assert_eq!(script.calls().len(), 4);
}

/// At 20 calls a second, a run takes no more than 2 % longer than its calls divided by the quota, and no second sees
/// more calls than the quota.
#[tokio::test(start_paused = true)]
async fn a_run_takes_as_long_as_the_quota_asks_for() {
    let script = Script::new().otherwise(|_| Reply::page(["a"]).delay(Duration::from_millis(80)));
    let client = script
        .builder()
        .unwrap()
        .quota(Quota::per_second(20.0))
        .build()
        .unwrap();
    let start = tokio::time::Instant::now();
    let answers = all(client.read_many_iter(queries(&client, 10_000))).await;
    assert!(answers.iter().all(|answer| answer.result.is_ok()));
    let least = 10_000.0 / 20.0;
    let took = start.elapsed().as_secs_f64();
    assert!(took <= least * 1.02, "{took} s instead of {least} s");
    let calls = script.calls();
    let least_gap = calls
        .windows(21)
        .map(|window| window[20].at - window[0].at)
        .min()
        .unwrap();
    assert!(
        least_gap >= Duration::from_secs(1),
        "21 calls within {least_gap:?}"
    );
}

/// Without a quota and with 50 ms a call, it takes no more than 5 % longer than the concurrency allows.
#[tokio::test(start_paused = true)]
async fn a_run_takes_as_long_as_the_concurrency_allows() {
    for (count, at_once) in [(2_000, 32), (2_000, 7), (10, 1)] {
        for in_order in [false, true] {
            let script =
                Script::new().otherwise(|_| Reply::page(["a"]).delay(Duration::from_millis(50)));
            let client = script.client().unwrap();
            let many = client
                .read_many_iter(queries(&client, count))
                .concurrency(at_once);
            let start = tokio::time::Instant::now();
            all(if in_order { many.in_order() } else { many }).await;
            let least = Duration::from_millis(50) * u32::try_from(count.div_ceil(at_once)).unwrap();
            assert!(
                start.elapsed() <= least.mul_f64(1.05),
                "{:?} instead of {least:?}",
                start.elapsed()
            );
        }
    }
}

/// Handling answers slowly, and asking other things meanwhile, does not hold up what is under way.
#[tokio::test(start_paused = true)]
async fn the_loop_around_it_may_use_the_client() {
    let script = one_reader_each();
    let client = script
        .builder()
        .unwrap()
        .quota(Quota::per_second(2.0))
        .concurrency(2)
        .build()
        .unwrap();
    let mut many = client.read_many_iter(queries(&client, 10)).concurrency(8);
    let mut count = 0;
    while let Some(answer) = many.next().await {
        answer.result.unwrap();
        ask(&client, "something else").send().await.unwrap();
        count += 1;
    }
    assert_eq!(count, 10);
}

/// The same where somebody runs the calls by other means, and polls them only between two of their own.
#[tokio::test(start_paused = true)]
async fn calls_that_are_not_polled_hold_up_nobody() {
    let script = one_reader_each();
    let client = script
        .builder()
        .unwrap()
        .quota(Quota::per_second(2.0))
        .concurrency(2)
        .build()
        .unwrap();
    let start = tokio::time::Instant::now();
    let calls = queries(&client, 10).into_iter().map(ReadStatus::send);
    let mut pages = futures_util::stream::iter(calls).buffer_unordered(4);
    while let Some(page) = pages.next().await {
        page.unwrap();
        ask(&client, "something else").send().await.unwrap();
    }
    assert!(
        start.elapsed() <= Duration::from_secs(11),
        "{:?}",
        start.elapsed()
    );
}

/// Queries may come slowly, from anywhere; those that are there do not wait for those that are not.
#[tokio::test(start_paused = true)]
async fn queries_may_come_one_at_a_time() {
    let script = one_reader_each();
    let client = script.client().unwrap();
    let queries =
        futures_util::stream::unfold(queries(&client, 5).into_iter(), async |mut rest| {
            tokio::time::sleep(Duration::from_secs(1)).await;
            rest.next().map(|query| (query, rest))
        });
    let mut many = client.read_many(queries);
    let start = tokio::time::Instant::now();
    for number in 1..=5 {
        many.next().await.unwrap().result.unwrap();
        assert_eq!(start.elapsed().as_secs(), number);
    }
    assert!(many.next().await.is_none());
    assert!(many.is_terminated());
}

/// 10,000 messages, interrupted again and again: each is asked about once, and each answer comes in each run.
#[tokio::test(start_paused = true)]
async fn an_interrupted_run_goes_on_without_asking_again() {
    const MESSAGES: usize = 10_000;
    let scratch = Scratch::new("interrupted");
    let script = one_reader_each();
    let client = script.client().unwrap();
    let mut under_way = 0;
    for stop in [0, 1, 999, 5_000, 9_990, MESSAGES] {
        let journal = FileJournal::open(scratch.journal()).unwrap();
        let before = journal.len();
        let mut many = client
            .read_many_iter(queries(&client, MESSAGES))
            .journal(journal)
            .concurrency(8);
        let mut answered = BTreeSet::new();
        for _ in 0..stop {
            let answer = many.next().await.unwrap();
            assert_eq!(
                answer.result.unwrap().readers[0].id(),
                format!("reader of {}", answer.process_query_key)
            );
            answered.insert(answer.index);
        }
        assert_eq!(answered.len(), stop);
        assert_eq!(many.progress().from_journal, before.min(stop) as u64);
        drop(many);
        under_way += 8;
    }
    let asked = asked(&script);
    let once: BTreeSet<_> = asked.iter().collect();
    assert_eq!(once.len(), MESSAGES);
    // What was under way at an interruption, and not answered, is asked again; nothing else is.
    assert!(asked.len() <= MESSAGES + under_way, "{} calls", asked.len());

    let journal = FileJournal::open(scratch.journal()).unwrap();
    assert_eq!(journal.len(), MESSAGES);
    let calls = asked.len();
    let answers = all(client
        .read_many_iter(queries(&client, MESSAGES))
        .journal(journal))
    .await;
    assert!(answers.iter().all(|answer| answer.from_journal));
    assert_eq!(script.calls().len(), calls, "everything is known");
}

#[tokio::test(start_paused = true)]
async fn an_answer_is_in_the_journal_before_it_is_given_even_if_nobody_polls() {
    let scratch = Scratch::new("before");
    let script = one_reader_each();
    let client = script.client().unwrap();
    let journal = FileJournal::open(scratch.journal()).unwrap();
    let mut many = client
        .read_many_iter(queries(&client, 4))
        .journal(journal)
        .concurrency(4);
    many.next().await.unwrap();
    tokio::time::sleep(Duration::from_secs(1)).await;
    let text = std::fs::read_to_string(scratch.journal()).unwrap();
    assert_eq!(text.lines().count(), 1 + 4);
}

#[tokio::test(start_paused = true)]
async fn failures_are_asked_about_again() {
    let scratch = Scratch::new("failures");
    let script = one_reader_each().message("key1", [Reply::error("system.error").status(400)]);
    let script = script.message("key1", (0..9).map(|_| Reply::error("system.error")));
    let client = script.client().unwrap();
    for failed in [1, 1, 0] {
        let journal = FileJournal::open(scratch.journal()).unwrap();
        let answers = all(client.read_many_iter(queries(&client, 3)).journal(journal)).await;
        assert_eq!(
            answers
                .iter()
                .filter(|answer| answer.result.is_err())
                .count(),
            failed
        );
    }
    assert_eq!(
        asked(&script).iter().filter(|key| *key != "key1").count(),
        2
    );
}

/// Whatever part of the last line reached the file, the journal opens and the message is asked about again.
#[tokio::test(start_paused = true)]
async fn a_last_line_that_was_cut_off_is_tolerated() {
    let scratch = Scratch::new("torn");
    let script = one_reader_each();
    let client = script.client().unwrap();
    let journal = FileJournal::open(scratch.journal()).unwrap();
    all(client.read_many_iter(queries(&client, 2)).journal(journal)).await;
    let whole = std::fs::read(scratch.journal()).unwrap();
    let lines: Vec<usize> = whole
        .iter()
        .enumerate()
        .filter(|(_, byte)| **byte == b'\n')
        .map(|(place, _)| place + 1)
        .collect();
    for cut in 0..whole.len() {
        std::fs::write(scratch.journal(), &whole[..cut]).unwrap();
        let journal = FileJournal::open(scratch.journal())
            .unwrap()
            .sync_every(Duration::MAX);
        let kept = lines
            .iter()
            .filter(|end| **end <= cut)
            .count()
            .saturating_sub(1);
        assert_eq!(journal.len(), kept, "cut at {cut}");
        let answers = all(client.read_many_iter(queries(&client, 2)).journal(journal)).await;
        assert_eq!(
            answers.iter().filter(|answer| answer.from_journal).count(),
            kept
        );
        assert_eq!(FileJournal::open(scratch.journal()).unwrap().len(), 2);
    }
}

#[test]
fn a_file_that_is_no_journal_is_left_alone() {
    let scratch = Scratch::new("foreign");
    for text in [
        "my notes",
        "my notes\n",
        "{}\n",
        "{\"journal\":\"other\"}\n",
        "\n",
    ] {
        std::fs::write(scratch.journal(), text).unwrap();
        let error = FileJournal::open(scratch.journal()).unwrap_err();
        assert!(error.is_invalid_input(), "{error}");
        assert_eq!(std::fs::read_to_string(scratch.journal()).unwrap(), text);
    }
    let line = "{\"journal\":\"dingtalk-receipts\",\"version\":1}\n{\"x\":1}\n";
    std::fs::write(scratch.journal(), line).unwrap();
    let error = FileJournal::open(scratch.journal()).unwrap_err();
    let cause = std::error::Error::source(&error).unwrap().to_string();
    assert!(cause.contains("line 2"), "{cause}");
}

/// Two runs that write to one journal would spoil it.
#[tokio::test(start_paused = true)]
async fn a_journal_is_open_once_and_free_as_soon_as_the_run_is_dropped() {
    let scratch = Scratch::new("lock");
    let script = Script::new().otherwise(|_| Reply::page(["a"]).delay(Duration::from_secs(1)));
    let client = script.client().unwrap();
    let journal = FileJournal::open(scratch.journal()).unwrap();
    let mut many = client.read_many_iter(queries(&client, 8)).journal(journal);
    assert!(
        tokio::time::timeout(Duration::from_millis(1), many.next())
            .await
            .is_err()
    );
    let error = FileJournal::open(scratch.journal()).unwrap_err();
    assert!(error.to_string().contains("in use"), "{error}");
    drop(many);
    FileJournal::open(scratch.journal()).unwrap();
}

#[tokio::test(start_paused = true)]
async fn the_journal_holds_no_secret() {
    let scratch = Scratch::new("secret");
    let script = one_reader_each();
    let client = script.client().unwrap();
    let query = client
        .read_status("key")
        .webhook_token("very-secret-webhook-token");
    let journal = FileJournal::open(scratch.journal()).unwrap();
    all(client.read_many_iter([query]).journal(journal)).await;
    let text = std::fs::read_to_string(scratch.journal()).unwrap();
    assert!(
        text.contains("\"processQueryKey\":\"key\"") && !text.contains("secret"),
        "{text}"
    );
}

/// A journal of the user's own, which fails from some record on.
struct Failing {
    kept: Arc<Mutex<Vec<Record>>>,
    room: usize,
}

impl Journal for Failing {
    fn find(&mut self, _: &MessageKey) -> io::Result<Option<Receipts>> {
        Ok(None)
    }

    fn keep(&mut self, record: &Record) -> io::Result<()> {
        let mut kept = self.kept.lock().unwrap();
        if kept.len() == self.room {
            return Err(io::ErrorKind::StorageFull.into());
        }
        kept.push(record.clone());
        Ok(())
    }
}

#[tokio::test(start_paused = true)]
async fn a_journal_that_fails_ends_the_run_and_loses_no_answer() {
    let script = one_reader_each();
    let client = script.client().unwrap();
    let kept = Arc::new(Mutex::new(Vec::new()));
    let journal = Failing {
        kept: Arc::clone(&kept),
        room: 3,
    };
    let answers = all(client
        .read_many_iter(queries(&client, 100))
        .journal(journal)
        .concurrency(1))
    .await;
    assert_eq!(answers.len(), 4);
    let error = answers[3].result.as_ref().unwrap_err();
    assert!(error.is_journal() && std::error::Error::source(error).is_some());
    assert_eq!(error.partial().unwrap().readers.len(), 1);
    assert_eq!(kept.lock().unwrap()[2].message.process_query_key, "key2");
    assert_eq!(
        script.calls().len(),
        4,
        "no call is made whose answer cannot be kept"
    );
}

#[test]
fn without_a_runtime_it_is_an_error_that_says_so() {
    let script = Script::new();
    let client = script.client().unwrap();
    let mut many = client.read_many_iter(queries(&client, 1));
    let mut next = std::pin::pin!(many.next());
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(Some(answer)) = next.as_mut().poll(&mut context) else {
        panic!("it waits for nothing");
    };
    assert!(
        answer
            .result
            .unwrap_err()
            .to_string()
            .contains("tokio runtime")
    );
}
