//! The requests that the client writes, looked at before anything is sent.

use std::error::Error;

use dingtalk_receipts_api::types::{
    AppAccessTokenRequest, GrantType, MaxResults, ReadStatusQuery, TokenRequest,
};
use dingtalk_receipts_api::{Client, RequestError, Secret, headers, operations, servers};

fn client() -> Client {
    Client::new_with_client(servers::INTERNATIONAL, reqwest::Client::new())
}

fn query() -> ReadStatusQuery {
    ReadStatusQuery {
        process_query_key: "K+/=".to_owned(),
        open_conversation_id: Some("cid".to_owned()),
        robot_code: Some("robot".to_owned()),
        token: None,
        max_results: MaxResults::new(50).ok(),
        next_token: None,
    }
}

#[test]
fn the_query_is_what_the_contract_says_and_no_more() {
    let request = client()
        .query_read_status_request(&Secret::from("token"), &query())
        .unwrap();
    let operation = operations::QUERY_READ_STATUS;
    assert_eq!(request.method().as_str(), operation.method);
    assert_eq!(
        request.url().as_str(),
        format!("{}{}", servers::INTERNATIONAL, operation.path)
    );
    let mut names: Vec<_> = request.headers().keys().map(|name| name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["accept", "content-type", headers::ACCESS_TOKEN]);
    let body = request.body().and_then(|body| body.as_bytes()).unwrap();
    let body: serde_json::Value = serde_json::from_slice(body).unwrap();
    assert_eq!(
        body,
        serde_json::json!({
            "processQueryKey": "K+/=", "openConversationId": "cid", "robotCode": "robot", "maxResults": 50
        })
    );
}

#[test]
fn no_api_version_is_sent() {
    let token = AppAccessTokenRequest {
        app_key: "k".to_owned(),
        app_secret: "s".into(),
    };
    let request = client().create_app_access_token_request(&token).unwrap();
    assert!(request.headers().get("api-version").is_none());
    assert!(
        request.headers().get(headers::ACCESS_TOKEN).is_none(),
        "`security: []` takes no token"
    );
}

#[test]
fn the_access_token_is_raw_and_marked_as_sensitive() {
    let request = client()
        .query_read_status_request(&Secret::from("canary"), &query())
        .unwrap();
    let header = &request.headers()[headers::ACCESS_TOKEN];
    assert_eq!(header.as_bytes(), b"canary");
    assert!(header.is_sensitive());
    assert!(!format!("{request:?}").contains("canary"));
}

#[test]
fn a_token_that_no_header_can_hold_is_an_error_without_the_token() {
    for token in ["two\nlines", "cr\r", "nul\0"] {
        let error = client()
            .query_read_status_request(&Secret::from(token), &query())
            .unwrap_err();
        assert!(matches!(error, RequestError::Header { name } if name == headers::ACCESS_TOKEN));
        assert!(!format!("{error} {error:?}").contains(token));
    }
}

#[test]
fn a_base_url_that_is_none_is_an_error_with_its_cause() {
    let client = Client::new_with_client("no url", reqwest::Client::new());
    let error = client
        .query_read_status_request(&Secret::from("t"), &query())
        .unwrap_err();
    assert!(matches!(error, RequestError::Build(_)));
    assert!(error.source().is_some());
}

fn token_path(corp_id: &str) -> Result<String, RequestError> {
    let body = TokenRequest {
        client_id: "id".to_owned(),
        client_secret: "secret".into(),
        grant_type: GrantType::ClientCredentials,
    };
    client()
        .create_token_request(corp_id, &body)
        .map(|request| request.url().path().to_owned())
}

#[test]
fn a_path_parameter_stays_one_segment() {
    assert_eq!(token_path("ding123").unwrap(), "/v1.0/oauth2/ding123/token");
    assert_eq!(token_path("a/b").unwrap(), "/v1.0/oauth2/a%2Fb/token");
    assert_eq!(token_path(r"a\b").unwrap(), "/v1.0/oauth2/a%5Cb/token");
    assert_eq!(
        token_path("a?b#c%2e").unwrap(),
        "/v1.0/oauth2/a%3Fb%23c%252e/token"
    );
    assert_eq!(
        token_path("企业").unwrap(),
        "/v1.0/oauth2/%E4%BC%81%E4%B8%9A/token"
    );
}

#[test]
fn a_path_parameter_that_would_change_the_path_is_an_error() {
    for corp_id in ["", ".", ".."] {
        let error = token_path(corp_id).unwrap_err();
        assert!(
            matches!(error, RequestError::Path { name: "corpId" }),
            "{corp_id:?}: {error}"
        );
    }
}
