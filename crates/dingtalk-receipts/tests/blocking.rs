//! The twin without `async`, over HTTP.

use std::time::Duration;

use dingtalk_receipts::blocking::{Client, Pages, ReadMany, ReadStatus, Readers, Watch};
use dingtalk_receipts::testing::{Reply, Script};
use dingtalk_receipts::{AccessToken, Change, End, FileJournal, RateLimit, Reader};
use dingtalk_receipts_sandbox::{Answer, Operation, Sandbox};
use tokio::runtime::Runtime;

/// A sandbox that works on a thread of its own.
struct Running {
    sandbox: Sandbox,
    _runtime: Runtime,
}

impl Running {
    fn start(readers: u64) -> Self {
        let mut runtime = tokio::runtime::Builder::new_multi_thread();
        let runtime = runtime.worker_threads(1).enable_all().build().unwrap();
        let sandbox = runtime.block_on(Sandbox::demo(readers).start()).unwrap();
        Self {
            sandbox,
            _runtime: runtime,
        }
    }

    fn client(&self) -> Client {
        Client::builder()
            .base_url(self.sandbox.url())
            .credentials(AccessToken::new(self.sandbox.static_token()).unwrap())
            .rate_limit(RateLimit::unlimited())
            .build()
            .unwrap()
    }

    fn demo(&self, client: &Client) -> ReadStatus {
        let demo = self.sandbox.demo_values().unwrap();
        client
            .read_status(&demo.process_query_key)
            .conversation(&demo.open_conversation_id)
            .robot(&demo.robot_code)
            .max_results(10)
    }

    fn calls(&self) -> u64 {
        self.sandbox.count(Operation::Query)
    }
}

#[test]
fn it_gives_what_the_async_client_gives() {
    let running = Running::start(35);
    let client = running.client();
    let query = || running.demo(&client);
    assert_eq!(query().send().unwrap().readers.len(), 10);
    assert_eq!(
        query()
            .pages()
            .map(|page| page.unwrap().readers.len())
            .collect::<Vec<_>>(),
        [10, 10, 10, 5]
    );
    let readers: Vec<Reader> = query().readers().map(Result::unwrap).collect();
    assert_eq!(readers.len(), 35);
    assert_eq!(query().collect().unwrap().readers, readers);
    assert_eq!(
        query().expect(["user000001", "nobody"]).unwrap().unread,
        ["nobody"]
    );
}

#[test]
fn iterators_are_lazy_and_a_page_at_a_time() {
    let running = Running::start(35);
    let client = running.client();
    let mut readers = running.demo(&client).readers();
    assert_eq!(running.calls(), 0);
    assert_eq!(readers.by_ref().take(10).count(), 10);
    assert_eq!(running.calls(), 1);
    readers.next().unwrap().unwrap();
    assert_eq!(running.calls(), 2);
    let cursor = readers.cursor().unwrap().clone();
    let seen: Vec<Reader> = (0..11)
        .map(|place| Reader::from(format!("user{place:06}")))
        .collect();
    drop(readers);
    let rest = client
        .resume(&cursor)
        .max_results(10)
        .readers()
        .already_seen(&seen);
    assert_eq!(rest.map(Result::unwrap).count(), 24);
}

#[test]
fn an_error_comes_once_and_ends_the_iterator() {
    let running = Running::start(35);
    running
        .sandbox
        .script(Operation::Query)
        .then(Answer::genuine())
        .then(Answer::error("bot.stopped"));
    let mut readers = running.demo(&running.client()).readers();
    assert_eq!(readers.by_ref().take_while(Result::is_ok).count(), 10);
    assert!(readers.next().is_none());
    assert_eq!(readers.cursor().unwrap().pages_done(), 1);
}

#[test]
fn a_watch_and_many_messages_are_iterators_too() {
    let running = Running::start(3);
    let client = running.client();
    let mut watch = running
        .demo(&client)
        .watch(Duration::from_millis(5))
        .target(4);
    for _ in 0..4 {
        watch.next().unwrap().unwrap();
    }
    let key = &running.sandbox.demo_values().unwrap().process_query_key;
    running
        .sandbox
        .add_reader(key, dingtalk_receipts_sandbox::Reader::of_corp("late"));
    assert_eq!(
        watch.next().unwrap().unwrap(),
        Change::Reader(Reader::from("late"))
    );
    assert_eq!(watch.next().unwrap().unwrap(), Change::End(End::Target));
    assert!(watch.next().is_none());

    let queries: Vec<_> = (0..20).map(|_| running.demo(&client)).collect();
    let answers: Vec<_> = client
        .read_many(queries)
        .in_order()
        .concurrency(3)
        .collect();
    assert_eq!(answers.len(), 20);
    assert!(
        answers
            .iter()
            .all(|answer| answer.result.as_ref().unwrap().readers.len() == 4)
    );
}

#[test]
fn clones_work_on_several_threads() {
    let running = Running::start(35);
    let client = running.client();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            let (client, running) = (client.clone(), &running);
            scope.spawn(move || {
                for _ in 0..5 {
                    assert_eq!(running.demo(&client).collect().unwrap().readers.len(), 35);
                }
            });
        }
    });
    assert_eq!(running.calls(), 4 * 5 * 4);
}

/// Whatever is asked for within a runtime is an error that says so; nothing is sent, and nothing panics or hangs.
fn refuses(script: &Script, client: &Client) {
    let query = || client.read_status("key").conversation("cid").robot("robot");
    let mut errors = vec![
        query().send().unwrap_err(),
        query().collect().unwrap_err(),
        query().expect(["a"]).unwrap_err(),
        client.token_info().unwrap_err(),
    ];
    let (mut pages, mut readers): (Pages, Readers) = (query().pages(), query().readers());
    let mut watch: Watch = query().watch(Duration::from_secs(1));
    let mut many: ReadMany<'_> = client.read_many([query()]);
    errors.extend(pages.next().unwrap().err());
    errors.extend(readers.next().unwrap().err());
    errors.extend(watch.next().unwrap().err());
    errors.extend(many.next().unwrap().result.err());
    assert_eq!(errors.len(), 8);
    for error in errors {
        assert!(error.is_invalid_input());
        assert!(
            error.to_string().contains("within an async runtime"),
            "{error}"
        );
    }
    // A loop over what fails ends.
    assert!(pages.next().is_none() && readers.next().is_none());
    assert!(watch.next().is_none() && many.next().is_none());
    assert!(script.calls().is_empty());
}

#[test]
fn within_an_async_runtime_it_is_an_error_that_says_so() {
    for threads in [false, true] {
        let mut builder = match threads {
            true => tokio::runtime::Builder::new_multi_thread(),
            false => tokio::runtime::Builder::new_current_thread(),
        };
        let runtime = builder.enable_all().build().unwrap();
        let script = Script::new();
        runtime.block_on(async {
            // Made and dropped within, too.
            let client = Client::new(script.client().unwrap()).unwrap();
            refuses(&script, &client);
            let script = script.clone();
            tokio::spawn(async move { refuses(&script, &client) })
                .await
                .unwrap();
        });
    }
}

/// A thread of `spawn_blocking` belongs to the runtime: as documented, it is refused there, too.
#[test]
fn in_spawn_blocking_it_is_the_same_error() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    let script = Script::new();
    let client = Client::new(script.client().unwrap()).unwrap();
    let task = runtime.spawn_blocking(move || refuses(&script, &client));
    runtime.block_on(task).unwrap();
}

/// What was refused within a runtime works outside of it.
#[test]
fn a_client_made_within_a_runtime_works_on_a_thread_of_its_own() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let script = Script::new().reply(Reply::page(["a"]));
    runtime.block_on(async {
        let client = Client::new(script.client().unwrap()).unwrap();
        let query = client.read_status("key").conversation("cid").robot("robot");
        let receipts = std::thread::spawn(move || query.collect())
            .join()
            .unwrap()
            .unwrap();
        assert_eq!(receipts.readers.len(), 1);
    });
}

#[test]
fn a_journal_serves_both_twins() {
    let path = std::env::temp_dir().join(format!("dingtalk-receipts-{}-twins", std::process::id()));
    let script = Script::new().reply(Reply::page(["a"]));
    let client = Client::new(script.client().unwrap()).unwrap();
    for calls in [1, 1] {
        let query = client.read_status("key").conversation("cid").robot("robot");
        let journal = FileJournal::open(&path).unwrap();
        let mut many = client.read_many([query]).journal(journal);
        assert!(many.next().unwrap().result.is_ok());
        assert_eq!(script.calls().len(), calls);
    }
    std::fs::remove_file(path).unwrap();
}
