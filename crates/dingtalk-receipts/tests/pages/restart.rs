//! A cursor that DingTalk no longer accepts.

use dingtalk_receipts::testing::{Reply, Script};
use dingtalk_receipts::{Cursor, Reader};

use crate::scripted::{ask, ids, users};

/// A run that stopped after 20 of 30 readers, and whose cursor the server forgets.
async fn stopped() -> (Script, Cursor, Vec<Reader>) {
    let script = Script::new().message_read_by("key", users(30));
    let client = script.client().unwrap();
    let first = ask(&client, "key")
        .max_results(10)
        .max_pages(2)
        .collect()
        .await
        .unwrap();
    (script, first.cursor.unwrap(), first.readers)
}

fn forgotten(script: Script) -> Script {
    script.message("key", [Reply::error("invalidParameter.cursor.invalid")])
}

#[tokio::test]
async fn it_is_an_error_that_offers_the_first_page() {
    let (script, cursor, _) = stopped().await;
    let client = forgotten(script.clone()).client().unwrap();
    let error = client.resume(&cursor).collect().await.unwrap_err();
    assert!(error.is_invalid_cursor());
    assert_eq!(error.attempts(), 1, "asking again does not make it valid");
    let first = error.resume_cursor().unwrap().from_first_page();
    assert_eq!(first.pages_done(), 0);
    assert_eq!(
        client.resume(&first).collect().await.unwrap().readers.len(),
        30
    );
    assert_eq!(script.calls().last().unwrap().cursor, None);
}

#[tokio::test]
async fn on_request_the_run_begins_again_and_gives_only_the_rest() {
    let (script, cursor, seen) = stopped().await;
    let client = forgotten(script.clone()).client().unwrap();
    let query = client
        .resume(&cursor)
        .max_results(10)
        .restart_on_invalid_cursor(true);
    let mut readers = query.readers().already_seen(&seen);
    let mut rest = Vec::new();
    while let Some(reader) = readers.try_next().await.unwrap() {
        rest.push(reader);
    }
    assert_eq!(ids(&rest), users(30)[20..]);
    assert!(readers.is_complete());
    assert_eq!(script.calls().len(), 2 + 1 + 3);
}

#[tokio::test]
async fn it_begins_again_once_only() {
    let (script, cursor, _) = stopped().await;
    let lost = || Reply::error("invalidParameter.cursor.invalid");
    let script = script.message("key", [lost(), Reply::page(["a"]).next("x"), lost()]);
    let query = script
        .client()
        .unwrap()
        .resume(&cursor)
        .restart_on_invalid_cursor(true);
    let error = query.collect().await.unwrap_err();
    assert!(error.is_invalid_cursor());
    assert_eq!(ids(&error.partial().unwrap().readers), ["a"]);
}

/// On the first page there is no cursor that could be wrong: beginning again would be the same call.
#[tokio::test]
async fn the_first_page_is_not_begun_again() {
    let script = forgotten(Script::new());
    let query = ask(&script.client().unwrap(), "key").restart_on_invalid_cursor(true);
    assert!(query.collect().await.unwrap_err().is_invalid_cursor());
    assert_eq!(script.calls().len(), 1);
}

/// Beginning again does not get past a limit of pages.
#[tokio::test]
async fn limits_hold_over_the_new_beginning() {
    let (script, cursor, _) = stopped().await;
    let script = script.message(
        "key",
        [
            Reply::page(["x"]).next("25"),
            Reply::error("invalidParameter.cursor.invalid"),
        ],
    );
    let client = script.client().unwrap();
    let query = client
        .resume(&cursor)
        .max_results(10)
        .max_pages(3)
        .restart_on_invalid_cursor(true);
    assert_eq!(query.collect().await.unwrap().pages, 3);
    assert_eq!(script.calls().len(), 2 + 4);
}
