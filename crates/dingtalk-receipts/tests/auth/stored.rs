//! Tokens that processes share through files.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use dingtalk_receipts::{
    Client, Clock, FileTokenStore, InternalApp, RetryPolicy, Sleep, TokenOrigin, TokioClock,
};
use dingtalk_receipts_sandbox::{Answer, Operation, Sandbox};
use futures_util::future::join_all;
use tempfile::TempDir;

use super::{HOURS, Shifted, ask, builder, demo_app};
use crate::support::sandbox;

fn directory() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// A client as a new process would make it.
fn process(sandbox: &Sandbox, directory: &Path, clock: &(impl Clock + Clone)) -> Client {
    builder(sandbox, demo_app(sandbox))
        .token_store(FileTokenStore::new(directory))
        .clock(clock.clone())
        .build()
        .unwrap()
}

/// The one file with a token in it.
fn token_file(directory: &Path) -> PathBuf {
    let files = fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut tokens = files.filter(|path| path.extension().is_some_and(|kind| kind == "json"));
    let token = tokens.next().unwrap();
    assert_eq!(tokens.next(), None);
    token
}

#[tokio::test]
async fn a_command_that_starts_every_minute_asks_once_in_two_hours() {
    let (sandbox, directory, clock) = (sandbox(1).await, directory(), Shifted::default());
    for minute in 0..109 {
        let client = process(&sandbox, directory.path(), &clock);
        ask(&client, &sandbox).await.unwrap();
        let origin = client.token_info().await.unwrap().origin();
        let issued = if minute == 0 {
            TokenOrigin::Issued
        } else {
            TokenOrigin::Stored
        };
        assert_eq!(origin, issued);
        clock.pass(Duration::from_secs(60), &sandbox);
    }
    assert_eq!(sandbox.token_count(), 1);
    // Ten minutes before the end one of them renews it for the next two hours.
    for _ in 109..218 {
        ask(&process(&sandbox, directory.path(), &clock), &sandbox)
            .await
            .unwrap();
        clock.pass(Duration::from_secs(60), &sandbox);
    }
    assert_eq!(sandbox.token_count(), 2);
}

#[tokio::test]
async fn clients_that_start_together_ask_once() {
    let (sandbox, directory, clock) = (sandbox(1).await, directory(), Shifted::default());
    sandbox
        .script(Operation::AppToken)
        .then(Answer::genuine().delayed(Duration::from_millis(200)));
    let clients: Vec<_> = (0..8)
        .map(|_| process(&sandbox, directory.path(), &clock))
        .collect();
    let pages = join_all(clients.iter().map(|client| ask(client, &sandbox))).await;
    assert!(pages.into_iter().all(|page| page.is_ok()));
    assert_eq!(sandbox.token_count(), 1);
}

#[tokio::test]
async fn a_rejected_token_is_renewed_once_for_all() {
    let (sandbox, directory, clock) = (sandbox(1).await, directory(), Shifted::default());
    let clients = [(); 3].map(|()| process(&sandbox, directory.path(), &clock));
    for client in &clients {
        ask(client, &sandbox).await.unwrap();
    }
    sandbox.revoke_all();
    sandbox.forget_calls();
    for client in &clients {
        ask(client, &sandbox).await.unwrap();
    }
    assert_eq!(sandbox.token_count(), 1);
}

#[tokio::test]
async fn a_changed_secret_finds_no_token_of_the_old_one() {
    let (sandbox, directory, clock) = (sandbox(1).await, directory(), Shifted::default());
    ask(&process(&sandbox, directory.path(), &clock), &sandbox)
        .await
        .unwrap();
    let app = InternalApp::new(&sandbox.demo_values().unwrap().app_key, "another-secret");
    let client = builder(&sandbox, app)
        .token_store(FileTokenStore::new(directory.path()))
        .build()
        .unwrap();
    let error = ask(&client, &sandbox).await.unwrap_err();
    assert_eq!(error.raw_code(), Some("invalidClientIdOrSecret"));
}

#[tokio::test]
async fn what_is_in_the_file_makes_no_sense_and_is_replaced() {
    let (sandbox, directory, clock) = (sandbox(1).await, directory(), Shifted::default());
    ask(&process(&sandbox, directory.path(), &clock), &sandbox)
        .await
        .unwrap();
    let file = token_file(directory.path());
    let good = fs::read(&file).unwrap();
    let contents: [&[u8]; 8] = [
        b"",
        b"\0\0\0\0",
        b"\xff\xfe not UTF-8",
        b"null",
        b"{}",
        br#"{"version":1,"token":"x","issued_ms":0,"expires_ms":18446744073709551615,"proof":""}"#,
        &good[..good.len() / 2],
        &[b'['; 100_000],
    ];
    for content in contents {
        fs::write(&file, content).unwrap();
        sandbox.forget_calls();
        ask(&process(&sandbox, directory.path(), &clock), &sandbox)
            .await
            .unwrap();
        assert_eq!(sandbox.token_count(), 1);
        ask(&process(&sandbox, directory.path(), &clock), &sandbox)
            .await
            .unwrap();
        assert_eq!(sandbox.token_count(), 1, "it was replaced by a good one");
    }
}

#[tokio::test]
async fn a_store_that_cannot_be_used_costs_nothing_but_token_calls() {
    let (sandbox, directory, clock) = (sandbox(1).await, directory(), Shifted::default());
    // A file where the directory should be.
    let file = directory.path().join("file");
    fs::write(&file, "").unwrap();
    for place in [file.clone(), file.join("below")] {
        let client = process(&sandbox, &place, &clock);
        ask(&client, &sandbox).await.unwrap();
        ask(&client, &sandbox).await.unwrap();
    }
    assert_eq!(sandbox.token_count(), 2);
    // A directory where the file should be.
    let place = directory.path().join("store");
    ask(&process(&sandbox, &place, &clock), &sandbox)
        .await
        .unwrap();
    let file = token_file(&place);
    fs::remove_file(&file).unwrap();
    fs::create_dir(&file).unwrap();
    ask(&process(&sandbox, &place, &clock), &sandbox)
        .await
        .unwrap();
    assert_eq!(sandbox.token_count(), 4);
}

#[tokio::test]
async fn the_wall_clock_may_jump() {
    let (sandbox, directory) = (sandbox(1).await, directory());
    let late = Shifted::default();
    late.pass(24 * Duration::from_secs(3_600), &sandbox);
    // Written by a clock that is a day ahead: of no use to one that is right.
    ask(&process(&sandbox, directory.path(), &late), &sandbox)
        .await
        .unwrap();
    let right = Shifted::default();
    ask(&process(&sandbox, directory.path(), &right), &sandbox)
        .await
        .unwrap();
    assert_eq!(sandbox.token_count(), 2);
    // And the other way round: ended, as far as that one knows.
    ask(&process(&sandbox, directory.path(), &late), &sandbox)
        .await
        .unwrap();
    assert_eq!(sandbox.token_count(), 3);
}

/// The runtime's time, and a wall clock that stands still somewhere else.
#[derive(Debug, Clone)]
struct Wrong(SystemTime);

impl Clock for Wrong {
    fn now(&self) -> Instant {
        TokioClock.now()
    }

    fn sleep(&self, duration: Duration) -> Sleep {
        TokioClock.sleep(duration)
    }

    fn wall(&self) -> SystemTime {
        self.0
    }
}

#[tokio::test]
async fn a_wall_clock_before_1970_or_in_the_year_9999_costs_no_call() {
    const YEAR: Duration = Duration::from_secs(366 * 24 * 3_600);
    for wall in [
        SystemTime::UNIX_EPOCH.checked_sub(YEAR * 70),
        SystemTime::UNIX_EPOCH.checked_sub(Duration::from_nanos(1)),
        SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(253_402_300_799)),
    ] {
        let (sandbox, directory) = (sandbox(1).await, directory());
        let clock = Wrong(wall.unwrap());
        let answer =
            Answer::gateway_page(503).header("retry-after", "Fri, 31 Dec 9999 23:59:59 GMT");
        for _ in 0..2 {
            let client = process(&sandbox, directory.path(), &clock);
            ask(&client, &sandbox).await.unwrap();
            let info = client.token_info().await.unwrap();
            assert!(info.expires_at().is_some_and(|end| end > clock.wall()));
        }
        sandbox.script(Operation::Query).then(answer);
        let client = process(&sandbox, directory.path(), &clock);
        let query = crate::support::demo(&client, &sandbox);
        let error = query.retry(RetryPolicy::never()).send().await;
        assert_eq!(error.unwrap_err().status(), Some(503));
    }
}

#[cfg(unix)]
mod modes {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[tokio::test]
    async fn only_the_owner_may_read_and_nothing_but_the_token_is_told() {
        let (sandbox, directory, clock) = (sandbox(1).await, directory(), Shifted::default());
        let place = directory.path().join("new/store");
        ask(&process(&sandbox, &place, &clock), &sandbox)
            .await
            .unwrap();
        assert_eq!(mode(&place), 0o700);
        let values = sandbox.demo_values().unwrap();
        let mut files = 0;
        for entry in fs::read_dir(&place).unwrap() {
            let path = entry.unwrap().path();
            assert_eq!(mode(&path), 0o600, "{path:?}");
            let content = fs::read_to_string(&path).unwrap();
            let name = path.file_name().unwrap().to_str().unwrap();
            for told in [&values.app_secret, &values.app_key] {
                assert!(!content.contains(told) && !name.contains(told));
            }
            files += 1;
        }
        assert_eq!(
            files, 2,
            "the token and its lock; no half-written file is left"
        );
    }

    #[tokio::test]
    async fn what_others_may_read_or_have_put_there_is_replaced() {
        let (sandbox, directory, clock) = (sandbox(1).await, directory(), Shifted::default());
        ask(&process(&sandbox, directory.path(), &clock), &sandbox)
            .await
            .unwrap();
        let file = token_file(directory.path());
        for open in [0o644, 0o640, 0o602] {
            fs::set_permissions(&file, fs::Permissions::from_mode(open)).unwrap();
            sandbox.forget_calls();
            ask(&process(&sandbox, directory.path(), &clock), &sandbox)
                .await
                .unwrap();
            assert_eq!((sandbox.token_count(), mode(&file)), (1, 0o600));
        }
        let elsewhere = directory.path().join("elsewhere");
        fs::rename(&file, &elsewhere).unwrap();
        symlink(&elsewhere, &file).unwrap();
        sandbox.forget_calls();
        ask(&process(&sandbox, directory.path(), &clock), &sandbox)
            .await
            .unwrap();
        assert_eq!(sandbox.token_count(), 1);
        assert!(
            fs::symlink_metadata(&file).unwrap().is_file(),
            "the link was replaced"
        );
    }
}

/// Starts this test again in a process of its own, which asks the sandbox once.
fn spawn(test: &str, sandbox: &Sandbox, directory: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture", "--quiet"])
        .env(CHILD, format!("{}|{}", sandbox.url(), directory.display()))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

const CHILD: &str = "DINGTALK_RECEIPTS_TEST_CHILD";

/// Whether this is such a process; then it has asked.
async fn was_child() -> bool {
    let Ok(place) = std::env::var(CHILD) else {
        return false;
    };
    let (url, directory) = place.split_once('|').unwrap();
    let demo = dingtalk_receipts_sandbox::Sandbox::demo(1)
        .start()
        .await
        .unwrap();
    let client = Client::builder()
        .base_url(url)
        .credentials(demo_app(&demo))
        .token_store(FileTokenStore::new(directory))
        .build()
        .unwrap();
    client.token_info().await.unwrap();
    true
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn processes_that_start_together_ask_once() {
    if was_child().await {
        return;
    }
    let (sandbox, directory) = (sandbox(1).await, directory());
    sandbox
        .script(Operation::AppToken)
        .then(Answer::genuine().delayed(Duration::from_millis(500)));
    let test = "auth::stored::processes_that_start_together_ask_once";
    let children: Vec<_> = (0..3)
        .map(|_| spawn(test, &sandbox, directory.path()))
        .collect();
    for mut child in children {
        let status = tokio::task::spawn_blocking(move || child.wait().unwrap())
            .await
            .unwrap();
        assert!(status.success());
    }
    assert_eq!(sandbox.token_count(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_process_that_is_killed_while_it_renews_leaves_it_to_the_next() {
    if was_child().await {
        return;
    }
    let (sandbox, directory) = (sandbox(1).await, directory());
    sandbox
        .script(Operation::AppToken)
        .then(Answer::genuine().hanging());
    let test = "auth::stored::a_process_that_is_killed_while_it_renews_leaves_it_to_the_next";
    let mut child = spawn(test, &sandbox, directory.path());
    while sandbox.token_count() == 0 {
        assert!(child.try_wait().unwrap().is_none(), "the child ended early");
        tokio::task::yield_now().await;
    }
    let client = process(&sandbox, directory.path(), &Shifted::default());
    let next = tokio::spawn(async move { client.token_info().await });
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(next.await.unwrap().unwrap().origin(), TokenOrigin::Issued);
    assert_eq!(sandbox.token_count(), 2);
}

#[tokio::test]
async fn a_token_that_has_ended_is_not_taken_from_the_store() {
    let (sandbox, directory, clock) = (sandbox(1).await, directory(), Shifted::default());
    ask(&process(&sandbox, directory.path(), &clock), &sandbox)
        .await
        .unwrap();
    clock.pass(HOURS, &sandbox);
    ask(&process(&sandbox, directory.path(), &clock), &sandbox)
        .await
        .unwrap();
    assert_eq!(
        (sandbox.token_count(), sandbox.count(Operation::Query)),
        (2, 2)
    );
}
