//! The types of the wire.

use dingtalk_receipts_api::Secret;
use dingtalk_receipts_api::types::{
    AppAccessTokenRequest, MaxResults, ReadStatusPage, ReadStatusQuery, SendStatus,
};
use serde_json::json;

#[test]
fn an_unknown_send_status_is_kept_and_written_as_it_came() {
    let page: ReadStatusPage = serde_json::from_value(json!({ "sendStatus": "SUCESS" })).unwrap();
    let status = page.send_status.clone().unwrap();
    assert_eq!(status, SendStatus::from("SUCESS"));
    assert!(matches!(&status, SendStatus::Unknown(text) if text == "SUCESS"));
    assert_eq!(status.to_string(), "SUCESS");
    assert_eq!(
        serde_json::to_value(&page).unwrap(),
        json!({ "sendStatus": "SUCESS" })
    );
}

#[test]
fn known_values_are_variants_and_equal_however_they_were_made() {
    for known in SendStatus::KNOWN {
        let read: SendStatus = serde_json::from_value(json!(known.as_str())).unwrap();
        assert_eq!(read, *known);
        assert!(!matches!(read, SendStatus::Unknown(_)));
        assert_eq!(SendStatus::Unknown(known.to_string()), *known);
    }
    assert_eq!(
        "RECALLED".parse::<SendStatus>().unwrap(),
        SendStatus::Recalled
    );
}

#[test]
fn null_and_missing_are_the_same_in_every_field_of_a_page() {
    let nulls = json!({
        "sendStatus": null, "readUserIds": null, "readUsers": null, "nextToken": null, "hasMore": null
    });
    let page: ReadStatusPage = serde_json::from_value(nulls).unwrap();
    assert_eq!(page, ReadStatusPage::default());
}

#[test]
fn a_page_size_outside_its_bounds_cannot_be_made_or_read() {
    assert_eq!((MaxResults::MIN, MaxResults::MAX), (1, 200));
    assert_eq!(MaxResults::new(200).unwrap().get(), 200);
    for wrong in [0, 201, -1, i64::MAX] {
        let error = MaxResults::new(wrong).unwrap_err().to_string();
        assert_eq!(
            error,
            format!("MaxResults takes a whole number from 1 to 200, not {wrong}")
        );
        let query = json!({ "processQueryKey": "k", "maxResults": wrong });
        let error = serde_json::from_value::<ReadStatusQuery>(query)
            .unwrap_err()
            .to_string();
        assert!(error.contains("from 1 to 200"), "{error}");
    }
    assert!(
        "ten"
            .parse::<MaxResults>()
            .unwrap_err()
            .to_string()
            .contains("from 1 to 200")
    );
}

#[test]
fn a_secret_is_written_to_the_wire_and_printed_nowhere() {
    let request = AppAccessTokenRequest {
        app_key: "key".to_owned(),
        app_secret: Secret::from("canary-密钥".to_owned()),
    };
    let printed = format!("{request:?} {request:#?}");
    assert!(
        printed.contains("key") && !printed.contains("canary"),
        "{printed}"
    );
    assert_eq!(
        serde_json::to_value(&request).unwrap(),
        json!({ "appKey": "key", "appSecret": "canary-密钥" })
    );
    let back: AppAccessTokenRequest =
        serde_json::from_str(r#"{"appKey":"key","appSecret":"canary-\u5bc6\u94a5"}"#).unwrap();
    assert_eq!(back, request);
    assert_ne!(Secret::from("a"), Secret::from("b"));
    assert_ne!(Secret::from("a"), Secret::from("aa"));
}

#[test]
fn the_documents_own_response_decodes() {
    let page: ReadStatusPage = serde_json::from_str(
        r#"{ "sendStatus" : "SUCCESS", "readUserIds" : [ "manager1234" ],
             "nextToken" : "Kna29Ra5pdJ****mkQKwDzgfxZLapw55G7x0Q=", "hasMore" : true }"#,
    )
    .unwrap();
    assert_eq!(page.send_status, Some(SendStatus::Success));
    assert_eq!(page.read_user_ids.unwrap(), ["manager1234"]);
    assert_eq!(page.has_more, Some(true));
}
