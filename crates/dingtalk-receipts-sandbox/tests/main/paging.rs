//! Pages, and all the shapes that they may come in.

use std::collections::BTreeSet;

use dingtalk_receipts_sandbox::{LastCursor, Reader, ReaderLists, Sandbox};
use serde_json::{Value, json};

use crate::support::{message, page, pages, refusal, user_ids, with};

#[tokio::test]
async fn every_reader_comes_exactly_once_in_as_few_pages_as_can_be() {
    for (readers, size, calls) in [
        (0, 200, 1),
        (1, 200, 1),
        (199, 200, 1),
        (200, 200, 1),
        (201, 200, 2),
        (1_000, 200, 5),
        (7, 3, 3),
    ] {
        let sandbox = with(message().readers(readers)).await;
        let pages = pages(&sandbox, Some(size)).await;
        assert_eq!(pages.len(), calls, "{readers} readers by {size}");
        let expected: Vec<_> = (0..readers)
            .map(|i| Reader::generated(i).user_id().unwrap().to_owned())
            .collect();
        assert_eq!(user_ids(&pages), expected);
        assert_eq!(sandbox.complaints(), Vec::<String>::new());
    }
}

#[tokio::test]
async fn a_hundred_thousand_readers_come_at_once() {
    let sandbox = with(message().readers(100_000)).await;
    let pages = pages(&sandbox, Some(200)).await;
    assert_eq!(pages.len(), 500);
    assert_eq!(
        user_ids(&pages).into_iter().collect::<BTreeSet<_>>().len(),
        100_000
    );
}

#[tokio::test]
async fn a_page_has_the_fields_of_the_wire_in_their_order() {
    let sandbox = with(message().readers(3).outside_every(2)).await;
    let response = crate::support::send(&sandbox, json!({ "maxResults": 2 })).await;
    let headers = response.headers();
    assert_eq!(headers["content-type"], "application/json;charset=utf-8");
    assert_eq!(headers["x-acs-request-id"].len(), 36);
    assert_eq!(headers["server"], "DingTalk/1.0.0");
    let text = response.text().await.unwrap();
    let start = r#"{"sendStatus":"SUCCESS","readUserIds":["user000000"],"readUsers":[{"unionId":"union000000iEiE","userId":"user000000"},{"unionId":"union000001iEiE"}],"nextToken":""#;
    assert!(text.starts_with(start), "{text}");
    assert!(text.ends_with(r#"","hasMore":true}"#), "{text}");
}

#[tokio::test]
async fn without_a_size_a_page_has_the_contract_s_maximum_or_the_message_s_default() {
    let sandbox = with(message().readers(500)).await;
    assert_eq!(pages(&sandbox, None).await.len(), 3);
    let sandbox = with(message().readers(500).default_page_size(50)).await;
    assert_eq!(pages(&sandbox, None).await.len(), 10);
    let sandbox = with(message().readers(500).page_limit(100)).await;
    assert_eq!(pages(&sandbox, Some(200)).await.len(), 5);
}

#[tokio::test]
async fn a_size_counts_however_it_is_written() {
    let sandbox = with(message().readers(9)).await;
    for size in [json!(2), json!(2.0)] {
        let page = page(&sandbox, json!({ "maxResults": size })).await;
        assert_eq!(user_ids(&[page]).len(), 2, "{size}");
    }
}

#[tokio::test]
async fn an_empty_cursor_means_the_first_page() {
    let sandbox = with(message().readers(5)).await;
    let first = page(&sandbox, json!({ "maxResults": 2 })).await;
    assert_eq!(
        page(&sandbox, json!({ "maxResults": 2, "nextToken": "" })).await,
        first
    );
}

#[tokio::test]
async fn cursors_are_opaque_and_bound_to_their_message() {
    let sandbox = Sandbox::builder()
        .message(message().readers(5))
        .message(
            dingtalk_receipts_sandbox::Message::new("other")
                .conversation("cid")
                .robot("robot")
                .readers(5),
        )
        .start()
        .await
        .unwrap();
    let first = page(&sandbox, json!({ "maxResults": 2 })).await;
    let cursor = first["nextToken"].as_str().unwrap();
    assert!(
        cursor.parse::<u64>().is_err() && cursor.len() > 20,
        "{cursor}"
    );
    let again = page(&sandbox, json!({ "nextToken": cursor })).await;
    assert_eq!(
        again["readUserIds"],
        json!(["user000002", "user000003", "user000004"])
    );
    let invalid = (400, "invalidParameter.cursor.invalid".to_owned());
    let foreign = json!({ "processQueryKey": "other", "nextToken": cursor });
    assert_eq!(refusal(&sandbox, foreign).await, invalid);
    for made_up in [
        "50",
        "2",
        "AAAA",
        &cursor.to_lowercase(),
        &format!("{cursor} "),
    ] {
        assert_eq!(
            refusal(&sandbox, json!({ "nextToken": made_up })).await,
            invalid,
            "{made_up}"
        );
    }
}

#[tokio::test]
async fn the_last_cursor_is_absent_empty_null_or_one_that_leads_to_nobody() {
    for (last, expected) in [
        (LastCursor::Absent, None),
        (LastCursor::Empty, Some(json!(""))),
        (LastCursor::Null, Some(Value::Null)),
    ] {
        let sandbox = with(message().readers(1).last_cursor(last)).await;
        let page = page(&sandbox, json!({})).await;
        assert_eq!(page["hasMore"], false);
        assert_eq!(page.get("nextToken").cloned(), expected);
    }
    let sandbox = with(message().readers(1).last_cursor(LastCursor::Cursor)).await;
    let last = page(&sandbox, json!({})).await;
    assert_eq!(last["hasMore"], false);
    let beyond = page(&sandbox, json!({ "nextToken": last["nextToken"] })).await;
    assert_eq!(beyond["readUserIds"], json!([]));
}

#[tokio::test]
async fn empty_pages_stand_in_the_middle_and_readers_follow() {
    let sandbox = with(message().readers(6).empty_pages([1, 3])).await;
    let pages = pages(&sandbox, Some(2)).await;
    let sizes: Vec<_> = pages
        .iter()
        .map(|page| page["readUserIds"].as_array().unwrap().len())
        .collect();
    assert_eq!(sizes, [0, 2, 0, 2, 2]);
    assert_eq!(
        user_ids(&pages).into_iter().collect::<BTreeSet<_>>().len(),
        6
    );
}

#[tokio::test]
async fn pages_may_overlap() {
    let sandbox = with(message().readers(5).overlap(1)).await;
    let ids = user_ids(&pages(&sandbox, Some(2)).await);
    assert_eq!(ids.len(), 8);
    assert_eq!(ids.into_iter().collect::<BTreeSet<_>>().len(), 5);
}

#[tokio::test]
async fn a_page_may_lack_the_cursor_that_it_should_have() {
    let sandbox = with(message().readers(10).cursor_lost_on(2)).await;
    let first = page(&sandbox, json!({ "maxResults": 2 })).await;
    let second = json!({ "maxResults": 2, "nextToken": first["nextToken"] });
    let second = page(&sandbox, second).await;
    assert_eq!(second["hasMore"], true);
    assert_eq!(second.get("nextToken"), None);
}

#[tokio::test]
async fn cursors_may_go_in_a_circle() {
    for length in [1, 2, 3] {
        let sandbox = with(message().readers(100).cursors_in_circle(2, length)).await;
        let mut cursors = Vec::new();
        let mut cursor = Value::Null;
        for _ in 0..=length {
            let page = page(&sandbox, json!({ "maxResults": 2, "nextToken": cursor })).await;
            assert_eq!(page["hasMore"], true);
            cursor = page["nextToken"].clone();
            cursors.push(cursor.clone());
        }
        assert_eq!(
            cursors[0], cursors[length as usize],
            "back at the start of the circle"
        );
        let different: BTreeSet<_> = cursors.iter().map(ToString::to_string).collect();
        assert_eq!(different.len(), length as usize);
    }
}

#[tokio::test]
async fn either_list_may_be_missing_and_anything_may_be_null() {
    let sandbox = with(message().readers(2).lists(ReaderLists::UserIds)).await;
    let ids = page(&sandbox, json!({})).await;
    assert_eq!(
        (
            ids.get("readUsers"),
            ids["readUserIds"].as_array().unwrap().len()
        ),
        (None, 2)
    );

    let sandbox = with(message().readers(2).lists(ReaderLists::Users)).await;
    let users = page(&sandbox, json!({})).await;
    assert_eq!(
        (
            users.get("readUserIds"),
            users["readUsers"].as_array().unwrap().len()
        ),
        (None, 2)
    );

    let sandbox = with(message().null_fields().without_send_status()).await;
    let nothing = page(&sandbox, json!({})).await;
    let nulls = json!({ "sendStatus": null, "readUserIds": null, "readUsers": null,
        "nextToken": null, "hasMore": false });
    assert_eq!(nothing, nulls);
}

#[tokio::test]
async fn any_field_of_a_page_may_be_bent() {
    let message = message()
        .readers(4)
        .set_on_page(1, "hasMore", json!("true"))
        .set_on_page(1, "somethingNew", json!([1]))
        .omit_on_page(2, "hasMore");
    let sandbox = with(message).await;
    let first = page(&sandbox, json!({ "maxResults": 2 })).await;
    assert_eq!(
        (&first["hasMore"], &first["somethingNew"]),
        (&json!("true"), &json!([1]))
    );
    let second = page(&sandbox, json!({ "nextToken": first["nextToken"] })).await;
    assert_eq!(second.get("hasMore"), None);
    assert_eq!(
        sandbox.complaints(),
        Vec::<String>::new(),
        "bent on purpose"
    );
}

#[tokio::test]
async fn cursors_may_be_long_and_of_any_characters() {
    for prefix in ["游标=+/", &"x".repeat(4096)] {
        let sandbox = with(message().readers(4).cursor_prefix(prefix)).await;
        let pages = pages(&sandbox, Some(2)).await;
        assert!(pages[0]["nextToken"].as_str().unwrap().starts_with(prefix));
        assert_eq!(user_ids(&pages).len(), 4);
    }
}
