//! The journal: what was answered is not asked again.

use std::collections::BTreeSet;
use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use dingtalk_receipts::testing::{Reply, Script};
use dingtalk_receipts::{FileJournal, Journal, MessageKey, Record};

use super::scratch::Scratch;
use super::{all, asked, one_reader_each, queries};

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
    for (what, path) in [
        ("a folder", std::env::temp_dir()),
        ("endless", "/dev/zero".into()),
    ] {
        if path.exists() {
            let error = FileJournal::open(path).unwrap_err();
            assert!(error.is_invalid_input(), "{what}: {error}");
        }
    }
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
    fn find(&mut self, _: &MessageKey) -> io::Result<Option<Record>> {
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
