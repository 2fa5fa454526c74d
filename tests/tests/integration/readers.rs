//! The main promise: every reader exactly once, with as few calls as there are pages.

use std::collections::HashSet;

use dingtalk_receipts::{AccessToken, Client, RateLimit, SendStatus};
use dingtalk_receipts_sandbox::{Answer, Message, Operation, Reader, ReaderLists, Sandbox};
use serde_json::json;

fn client(sandbox: &Sandbox) -> Client {
    Client::builder()
        .base_url(sandbox.url())
        .credentials(AccessToken::new(sandbox.static_token()).unwrap())
        .rate_limit(RateLimit::unlimited())
        .build()
        .unwrap()
}

#[tokio::test]
async fn each_reader_comes_once_in_as_many_calls_as_there_are_pages() {
    for (readers, page) in [
        (0, 200),
        (1, 200),
        (199, 200),
        (200, 200),
        (201, 200),
        (1_000, 200),
        (1_000, 1),
        (1_000, 7),
        (100_000, 200),
    ] {
        let sandbox = Sandbox::demo(readers).start().await.unwrap();
        let demo = sandbox.demo_values().unwrap();
        let receipts = client(&sandbox)
            .read_status(&demo.process_query_key)
            .conversation(&demo.open_conversation_id)
            .robot(&demo.robot_code)
            .max_results(page)
            .collect()
            .await
            .unwrap();
        let ids: HashSet<&str> = receipts.readers.iter().map(|reader| reader.id()).collect();
        assert_eq!(ids.len() as u64, readers);
        assert_eq!(receipts.readers.len() as u64, readers);
        assert_eq!(receipts.send_status, Some(SendStatus::Success));
        assert!(receipts.complete);
        let pages = readers.div_ceil(u64::from(page)).max(1);
        assert_eq!(
            sandbox.count(Operation::Query),
            pages,
            "{readers} readers at {page} a page"
        );
        assert_eq!(receipts.pages, pages);
    }
}

#[tokio::test]
async fn the_documents_own_response_decodes() {
    let sandbox = Sandbox::demo(0).start().await.unwrap();
    let body = "{\n\"sendStatus\" : \"SUCCESS\",\n\"readUserIds\" : [ \"manager1234\" ],\n\
                \"nextToken\" : \"Kna29Ra5pdJ****mkQKwDzgfxZLapw55G7x0Q=\",\n\"hasMore\" : true\n}";
    sandbox
        .script(Operation::Query)
        .then(Answer::bytes(200, "application/json", body));
    let demo = sandbox.demo_values().unwrap();
    let page = client(&sandbox)
        .read_status(&demo.process_query_key)
        .conversation(&demo.open_conversation_id)
        .robot(&demo.robot_code)
        .send()
        .await
        .unwrap();
    assert_eq!(page.send_status, Some(SendStatus::Success));
    assert_eq!(page.readers[0].user_id.as_deref(), Some("manager1234"));
    assert!(page.has_more);
    assert_eq!(page.next_cursor().unwrap().pages_done(), 1);
}

#[tokio::test]
async fn readers_who_are_known_by_one_id_only_are_readers() {
    for lists in [ReaderLists::Both, ReaderLists::Users] {
        let people = [
            Reader::new("u1", "x1"),
            Reader::outside("x2"),
            Reader::of_corp("u3"),
        ];
        let message = Message::new("k")
            .conversation("c")
            .robot("r")
            .lists(lists)
            .reader_list(people);
        let sandbox = Sandbox::builder().message(message).start().await.unwrap();
        let receipts = client(&sandbox)
            .read_status("k")
            .conversation("c")
            .robot("r")
            .collect()
            .await
            .unwrap();
        let ids: HashSet<&str> = receipts.readers.iter().map(|reader| reader.id()).collect();
        assert_eq!(ids, HashSet::from(["u1", "x2", "u3"]), "{lists:?}");
        assert_eq!(receipts.readers.len(), 3, "{lists:?}");
    }
}

#[tokio::test]
async fn null_missing_and_unknown_fields_are_no_error() {
    let sandbox = Sandbox::demo(0).start().await.unwrap();
    let demo = sandbox.demo_values().unwrap();
    for (body, status) in [
        (
            json!({ "sendStatus": null, "readUserIds": null, "nextToken": null, "hasMore": null }),
            None,
        ),
        (
            json!({ "sendStatus": "ARCHIVED", "new": [1] }),
            Some(SendStatus::Unknown("ARCHIVED".to_owned())),
        ),
    ] {
        sandbox
            .script(Operation::Query)
            .then(Answer::json(200, &body));
        let receipts = client(&sandbox)
            .read_status(&demo.process_query_key)
            .conversation(&demo.open_conversation_id)
            .robot(&demo.robot_code)
            .collect()
            .await
            .unwrap();
        assert!(receipts.complete && receipts.readers.is_empty());
        assert_eq!(receipts.send_status, status);
    }
}
