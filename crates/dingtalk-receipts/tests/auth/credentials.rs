//! Each kind of credentials: what it sends to which operation, and what is said of its token.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use dingtalk_receipts::{
    AccessToken, BoxFuture, Client, CorpApp, InternalApp, ProviderError, StaticToken,
    ThirdPartyApp, TicketSource, TokenOrigin,
};
use dingtalk_receipts_sandbox::{App, Operation, Sandbox};
use serde_json::json;

use super::{ask, builder, demo_app, tokens_sent};
use crate::support::sandbox;

async fn with_app(app: App) -> Sandbox {
    Sandbox::builder().app(app).strict().start().await.unwrap()
}

#[tokio::test]
async fn an_internal_app_gets_its_token_and_uses_it() {
    let sandbox = sandbox(3).await;
    let client = builder(&sandbox, demo_app(&sandbox)).build().unwrap();
    for _ in 0..3 {
        assert_eq!(ask(&client, &sandbox).await.unwrap().readers.len(), 3);
    }
    let values = sandbox.demo_values().unwrap();
    let calls = sandbox.calls_of(Operation::AppToken);
    assert_eq!(calls.len(), 1);
    assert_eq!(calls[0].path(), "/v1.0/oauth2/accessToken");
    assert_eq!(
        calls[0].json(),
        json!({ "appKey": values.app_key, "appSecret": values.app_secret })
    );
    assert_eq!(calls[0].header("x-acs-dingtalk-access-token"), None);

    let info = client.token_info().await.unwrap();
    assert_eq!(tokens_sent(&sandbox), vec![info.token().expose(); 3]);
    assert_eq!(
        (info.kind(), info.origin()),
        ("internal app", TokenOrigin::Issued)
    );
    assert_eq!(info.app_key(), Some(values.app_key.as_str()));
    assert_eq!(
        (info.corp_id(), info.base_url()),
        (None, sandbox.url().as_str())
    );
    let left = info.expires_in().unwrap();
    assert!(left <= Duration::from_secs(7_200) && left > Duration::from_secs(7_100));
    let wall = info
        .expires_at()
        .unwrap()
        .duration_since(std::time::SystemTime::now());
    assert!(wall.unwrap() > Duration::from_secs(7_100));
}

#[tokio::test]
async fn a_third_party_app_shows_the_newest_ticket_each_time() {
    let app = App::third_party("suite", "suite-secret")
        .corp("corp")
        .ticket("ticket-2");
    let sandbox = with_app(app).await;
    let newest = Arc::new(Mutex::new(String::from("ticket-1")));
    let tickets = {
        let newest = Arc::clone(&newest);
        move || newest.lock().unwrap().clone()
    };
    let app = ThirdPartyApp::new("suite", "suite-secret", tickets, "corp");
    let client = builder(&sandbox, app.clone()).build().unwrap();
    let error = client.token_info().await.unwrap_err();
    assert_eq!(error.raw_code(), Some("invalidSuiteTicket"));
    assert!(error.is_auth(), "{error}");

    // DingTalk pushes the next.
    *newest.lock().unwrap() = "ticket-2".to_owned();
    let client = builder(&sandbox, app).build().unwrap();
    let info = client.token_info().await.unwrap();
    assert_eq!(
        (info.kind(), info.corp_id()),
        ("third-party app", Some("corp"))
    );
    assert_eq!(
        sandbox.calls_of(Operation::CorpToken)[1].json(),
        json!({
            "suiteKey": "suite", "suiteSecret": "suite-secret",
            "authCorpId": "corp", "suiteTicket": "ticket-2",
        })
    );
}

#[tokio::test]
async fn a_ticket_may_be_a_text_or_come_from_somewhere_slow() {
    struct Database(bool);

    impl TicketSource for Database {
        fn ticket(&self) -> BoxFuture<'_, Result<String, ProviderError>> {
            Box::pin(async move {
                tokio::task::yield_now().await;
                if self.0 {
                    Ok("any".to_owned())
                } else {
                    Err(std::io::Error::other("the database is down").into())
                }
            })
        }
    }

    let sandbox = with_app(App::third_party("suite", "suite-secret").corp("corp")).await;
    let app = |tickets| ThirdPartyApp::new("suite", "suite-secret", tickets, "corp");
    let works = builder(&sandbox, app(Database(true))).build().unwrap();
    works.token_info().await.unwrap();
    let texts = ThirdPartyApp::new("suite", "suite-secret", "a text", "corp");
    let texts = builder(&sandbox, texts).build().unwrap();
    texts.token_info().await.unwrap();

    sandbox.forget_calls();
    let broken = builder(&sandbox, app(Database(false))).build().unwrap();
    let error = broken.token_info().await.unwrap_err();
    assert!(error.is_auth() && error.is_retryable(), "{error}");
    assert!(
        error
            .to_string()
            .contains("the source of suite tickets failed"),
        "{error}"
    );
    let cause = std::error::Error::source(&error).unwrap();
    assert_eq!(cause.to_string(), "the database is down");
    let none = ThirdPartyApp::new("suite", "suite-secret", String::new, "corp");
    let none = builder(&sandbox, none).build().unwrap();
    let error = none.token_info().await.unwrap_err();
    assert!(error.to_string().contains("has none yet"), "{error}");
    assert_eq!(
        sandbox.token_count(),
        0,
        "nothing was asked without a ticket"
    );
}

#[tokio::test]
async fn a_corp_app_names_its_corp_in_the_path_percent_encoded() {
    let corp = "ding/1 %?#é";
    let sandbox = with_app(App::internal("id", "the-secret").corp(corp)).await;
    let client = builder(&sandbox, CorpApp::new("id", "the-secret", corp))
        .build()
        .unwrap();
    let info = client.token_info().await.unwrap();
    assert_eq!(
        (info.kind(), info.app_key(), info.corp_id()),
        ("app", Some("id"), Some(corp))
    );
    let calls = sandbox.calls_of(Operation::Token);
    assert_eq!(
        calls[0].path(),
        "/v1.0/oauth2/ding%2F1%20%25%3F%23%C3%A9/token"
    );
    assert_eq!(
        calls[0].json(),
        json!({
            "client_id": "id", "client_secret": "the-secret", "grant_type": "client_credentials",
        })
    );
}

#[tokio::test]
async fn a_static_token_is_used_as_it_is() {
    let sandbox = sandbox(1).await;
    let client = builder(&sandbox, StaticToken::new(sandbox.static_token()))
        .build()
        .unwrap();
    ask(&client, &sandbox).await.unwrap();
    assert_eq!(tokens_sent(&sandbox), [sandbox.static_token()]);
    let info = client.token_info().await.unwrap();
    assert_eq!(
        (info.kind(), info.origin()),
        ("static token", TokenOrigin::Given)
    );
    assert_eq!((info.expires_in(), info.expires_at()), (None, None));
    assert_eq!(sandbox.token_count(), 0);
}

#[test]
fn what_cannot_be_right_is_found_when_the_client_is_built() {
    let credentials: [(dingtalk_receipts::Credentials, &str); 6] = [
        (StaticToken::new("").into(), "the access token is empty"),
        (StaticToken::new("s3cret\n").into(), "line break"),
        (
            InternalApp::new("", "s3cret").into(),
            "the app key is empty",
        ),
        (
            InternalApp::new("key", "s3cret\n").into(),
            "app secret holds a control character",
        ),
        (
            ThirdPartyApp::new("k", "", "t", "c").into(),
            "the suite secret is empty",
        ),
        (
            CorpApp::new("id", "s3cret", "").into(),
            "the corp id is empty",
        ),
    ];
    for (credentials, said) in credentials {
        let error = Client::builder()
            .credentials(credentials)
            .build()
            .unwrap_err();
        assert!(error.is_invalid_input());
        assert!(error.to_string().contains(said), "{error}");
        assert!(!format!("{error} {error:#?}").contains("s3cret"));
    }
    AccessToken::new("fine").unwrap();
}

#[tokio::test]
async fn hosts_never_share_a_token() {
    let [one, other] = [sandbox(1).await, sandbox(1).await];
    let app = demo_app(&one);
    let store = dingtalk_receipts::MemoryTokenStore::new();
    for sandbox in [&one, &other] {
        let client = builder(sandbox, app.clone())
            .token_store(store.clone())
            .build()
            .unwrap();
        ask(&client, sandbox).await.unwrap();
        assert_eq!(sandbox.token_count(), 1);
    }
}
