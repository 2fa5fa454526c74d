//! The journal's file: whose it is, how old, and what is damaged.

use std::error::Error as _;
use std::fs;
use std::path::Path;
use std::time::Duration;

use dingtalk_receipts::testing::{Reply, Script};
use dingtalk_receipts::{FileJournal, JournalOptions, JournalScope};

use super::scratch::Scratch;
use super::{all, asked, one_reader_each, queries};

/// Keeps the answers about `count` messages, and gives the file's lines.
async fn written(path: &Path, count: usize) -> Vec<String> {
    let client = one_reader_each().client().unwrap();
    let journal = FileJournal::open(path).unwrap();
    all(client
        .read_many_iter(queries(&client, count))
        .journal(journal))
    .await;
    let text = fs::read_to_string(path).unwrap();
    text.lines().map(str::to_owned).collect()
}

/// Why opening fails.
fn refused(options: &JournalOptions, path: &Path) -> String {
    let error = options.open(path).unwrap_err();
    error.source().unwrap().to_string()
}

#[tokio::test(start_paused = true)]
async fn two_webhook_tokens_with_one_key_are_two_messages() {
    let scratch = Scratch::new("tokens");
    let script = Script::new().otherwise(|_| Reply::page(["a"]));
    let client = script.client().unwrap();
    let query = |token: &str| client.read_status("key").webhook_token(token);
    for calls in [2, 2] {
        let journal = FileJournal::open(scratch.journal()).unwrap();
        let queries = [query("one"), query("two"), query("one")];
        let many = client.read_many_iter(queries).journal(journal);
        assert_eq!(all(many.concurrency(1)).await.len(), 3);
        assert_eq!(asked(&script).len(), calls);
    }
}

#[tokio::test(start_paused = true)]
async fn another_server_s_or_app_s_journal_is_refused_with_the_reason() {
    let scratch = Scratch::new("scope");
    let path = scratch.journal();
    let lines = written(&path, 2).await;
    let client = one_reader_each().client().unwrap();
    let scope = JournalScope::of(&client);
    let options = JournalOptions::new().scope(scope.clone());
    assert_eq!(options.open(&path).unwrap().len(), 2);
    let mut other = scope.clone();
    other.server = "https://other.example".to_owned();
    let why = refused(&JournalOptions::new().scope(other), &path);
    assert!(
        why.contains(&scope.server) && why.contains("other.example"),
        "{why}"
    );
    let mut other = scope;
    other.app = Some("0".repeat(64));
    assert!(refused(&JournalOptions::new().scope(other), &path).contains("app"));
    // Without a scope it opens, and the run itself finds out.
    let foreign = lines
        .join("\n")
        .replacen("\"server\":\"", "\"server\":\"https://other", 1)
        + "\n";
    fs::write(&path, &foreign).unwrap();
    let script = one_reader_each();
    let client = script.client().unwrap();
    let journal = FileJournal::open(&path).unwrap();
    let answers = all(client.read_many_iter(queries(&client, 2)).journal(journal)).await;
    let error = answers[0].result.as_ref().unwrap_err();
    assert!(error.is_journal(), "{error}");
    assert_eq!((answers.len(), asked(&script).len()), (1, 0));
    assert_eq!(fs::read_to_string(&path).unwrap(), foreign);
}

#[tokio::test(start_paused = true)]
async fn a_refusal_for_good_is_an_answer_and_others_are_not() {
    let scratch = Scratch::new("refusals");
    let script = Script::new().otherwise(|call| match call.process_query_key.as_str() {
        "key0" => Reply::error("invalid.processQueryKey"),
        "key1" => Reply::error("unauthorized"),
        _ => Reply::page(["a"]),
    });
    let client = script.client().unwrap();
    let mut texts = Vec::new();
    for calls in [3, 4] {
        let journal = FileJournal::open(scratch.journal()).unwrap();
        let many = client.read_many_iter(queries(&client, 3)).journal(journal);
        let answers = all(many.in_order()).await;
        let error = answers[0].result.as_ref().unwrap_err();
        texts.push((error.to_string(), error.status(), error.is_retryable()));
        assert!(answers[1].result.is_err() && answers[2].result.is_ok());
        assert_eq!(asked(&script).len(), calls);
    }
    assert_eq!(texts[0], texts[1], "it reads as it did");
}

#[tokio::test(start_paused = true)]
async fn what_is_whole_is_used_and_what_is_damaged_is_kept_aside() {
    let scratch = Scratch::new("damage");
    let path = scratch.journal();
    let lines = written(&path, 4).await;
    let aside = path.with_extension("ndjson.damaged");
    for (damaged, known) in [
        ("", 3),
        ("   ", 3),
        ("\0\0\0\0", 3),
        ("{\"processQueryKey\":\"key1\"", 3),
        ("{\"processQueryKey\":\"key1\",\"at\":1}", 3),
        ("[1,2]", 3),
        (&lines[2][..lines[2].len() / 2], 3),
        (&lines[2].replace("\"at\":", "\"at\":-"), 3),
        // A block of NUL bytes, and the line behind it.
        (&format!("\0\0{}", lines[2]), 4),
    ] {
        let mut changed = lines.clone();
        changed[2] = damaged.to_owned();
        fs::write(&path, changed.join("\n") + "\n").unwrap();
        let journal = FileJournal::open(&path).unwrap();
        assert_eq!(journal.len(), known, "{damaged:?}");
        let [damage] = journal.damage() else {
            panic!("{damaged:?}: {:?}", journal.damage());
        };
        assert_eq!(damage.line, 3);
        assert_eq!(journal.damaged_path().file_name(), aside.file_name());
        assert_eq!(fs::read_to_string(&aside).unwrap(), format!("{damaged}\n"));
        fs::remove_file(&aside).unwrap();
        let script = one_reader_each();
        let client = script.client().unwrap();
        let answers = all(client.read_many_iter(queries(&client, 4)).journal(journal)).await;
        assert!(answers.iter().all(|answer| answer.result.is_ok()));
        assert_eq!(asked(&script).len(), 4 - known, "{damaged:?}");
        let journal = FileJournal::open(&path).unwrap();
        assert_eq!((journal.len(), journal.damage().len()), (4, 0));
        assert!(!aside.exists(), "it is told once");
    }
}

#[tokio::test(start_paused = true)]
async fn yesterday_s_answers_are_forgotten() {
    let scratch = Scratch::new("age");
    let path = scratch.journal();
    let lines = written(&path, 2).await;
    let head: serde_json::Value = serde_json::from_str(&lines[0]).unwrap();
    let began = head["began"].as_u64().unwrap();
    let hours = |hours: u64| {
        let changed = began - hours * 3_600_000;
        let text = lines.join("\n") + "\n";
        fs::write(
            &path,
            text.replace(&began.to_string(), &changed.to_string()),
        )
        .unwrap();
    };
    hours(23);
    assert_eq!(FileJournal::open(&path).unwrap().len(), 2);
    let week = JournalOptions::new().max_age(Duration::from_secs(7 * 86_400));
    hours(24);
    assert_eq!(week.open(&path).unwrap().len(), 2);
    let journal = FileJournal::open(&path).unwrap();
    assert!(journal.is_empty() && journal.outdated().is_some());
    drop(journal);
    // A run of the future: the clock was set back.
    let later = lines
        .join("\n")
        .replace(&began.to_string(), &(began + 3_600_000).to_string());
    fs::write(&path, later + "\n").unwrap();
    assert!(FileJournal::open(&path).unwrap().is_empty());
}

#[test]
fn a_fresh_start_reads_no_line_and_needs_no_version() {
    let scratch = Scratch::new("fresh");
    let path = scratch.journal();
    let fresh = JournalOptions::new().fresh(true);
    for (text, said) in [
        (
            "{\"journal\":\"dingtalk-receipts\",\"version\":1}\n{\"processQueryKey\":\"a\"}\n",
            "earlier version",
        ),
        (
            "{\"journal\":\"dingtalk-receipts\",\"version\":3,\"new\":1}\n",
            "later version",
        ),
        (
            "{\"journal\":\"dingtalk-receipts\",\"version\":2}\n",
            "damaged",
        ),
        ("{\"journal\":\"dingtalk-receipts\",\0\n", "damaged"),
        ("\0\0\0\0", "NUL"),
        ("\0\0{\"processQueryKey\":\"a\"}\n", "NUL"),
    ] {
        fs::write(&path, text).unwrap();
        let why = refused(&JournalOptions::new(), &path);
        assert!(why.contains(said) && why.contains("begin afresh"), "{why}");
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
        assert!(fresh.open(&path).unwrap().is_empty());
        assert!(FileJournal::open(&path).unwrap().is_empty());
    }
    // A disk image begins with NUL bytes, too.
    for foreign in [
        "my notes\n".to_owned(),
        "\0".repeat(20_000),
        "\0\0\u{1}icon\n".to_owned(),
    ] {
        fs::write(&path, &foreign).unwrap();
        assert!(refused(&fresh, &path).contains("another kind of file"));
        assert_eq!(fs::read_to_string(&path).unwrap(), foreign);
    }
}

#[tokio::test(start_paused = true)]
async fn nothing_is_begun_after_a_failure_that_all_would_meet() {
    let script =
        Script::new().otherwise(|_| Reply::error("Forbidden.AccessDenied.IpNotInWhiteList"));
    let client = script.client().unwrap();
    let many = client.read_many_iter(queries(&client, 50)).concurrency(3);
    let answers = all(many
        .in_order()
        .stop_if(|error| error.is_permission_denied()))
    .await;
    assert_eq!((answers.len(), asked(&script).len()), (3, 3));
}
