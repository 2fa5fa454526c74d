//! The three token operations, and what becomes of the tokens.

use std::time::Duration;

use dingtalk_receipts_sandbox::{AnnouncedExpiry, Answer, App, Message, Operation, Quota, Sandbox};
use serde_json::{Value, json};

use crate::support::{code, message, query_as, request};

const HOUR: Duration = Duration::from_secs(3_600);
const APP: &str = "/v1.0/oauth2/accessToken";
const CORP: &str = "/v1.0/oauth2/corpAccessToken";

async fn sandbox() -> Sandbox {
    Sandbox::builder()
        .app(App::internal("app", "secret"))
        .app(
            App::third_party("suite", "suite secret")
                .corp("corp1")
                .corp("corp 2/+")
                .ticket("ticket"),
        )
        .message(message().readers(1))
        .start()
        .await
        .unwrap()
}

async fn ask(sandbox: &Sandbox, path: &str, body: Value) -> Value {
    let response = request(sandbox, path, &body).send().await.unwrap();
    let status = response.status();
    let text = response.text().await.unwrap();
    assert_eq!(status, 200, "{text}");
    serde_json::from_str(&text).unwrap()
}

async fn refused(sandbox: &Sandbox, path: &str, body: Value) -> (u16, String) {
    code(request(sandbox, path, &body).send().await.unwrap()).await
}

fn internal() -> Value {
    json!({ "appKey": "app", "appSecret": "secret" })
}

fn suite() -> Value {
    json!({ "suiteKey": "suite", "suiteSecret": "suite secret", "authCorpId": "corp1",
        "suiteTicket": "ticket" })
}

fn client(id: &str, secret: &str) -> Value {
    json!({ "client_id": id, "client_secret": secret, "grant_type": "client_credentials" })
}

async fn status_of(sandbox: &Sandbox, token: &str) -> u16 {
    query_as(sandbox, token, json!({})).await.status().as_u16()
}

#[tokio::test]
async fn an_internal_app_keeps_its_token_which_lives_longer_with_each_call() {
    let sandbox = sandbox().await;
    let response = request(&sandbox, APP, &internal()).send().await.unwrap();
    let text = response.text().await.unwrap();
    assert!(
        text.starts_with(r#"{"expireIn":7200,"accessToken":""#),
        "{text}"
    );
    let first = ask(&sandbox, APP, internal()).await["accessToken"].clone();
    let token = first.as_str().unwrap();
    assert_eq!(status_of(&sandbox, token).await, 200);
    sandbox.clock().advance(HOUR);
    assert_eq!(ask(&sandbox, APP, internal()).await["accessToken"], first);
    sandbox.clock().advance(HOUR + HOUR / 2);
    assert_eq!(status_of(&sandbox, token).await, 200, "it was extended");
    sandbox.clock().advance(HOUR);
    let late = code(query_as(&sandbox, token, json!({})).await).await;
    assert_eq!(late, (400, "InvalidAuthentication".to_owned()));
    assert_ne!(ask(&sandbox, APP, internal()).await["accessToken"], first);
    assert_eq!(sandbox.token_count(), 4);
}

#[tokio::test]
async fn a_suite_gets_a_new_token_each_time_and_the_old_one_survives_or_not() {
    for survives in [true, false] {
        let suite_app = App::third_party("suite", "suite secret").corp("corp1");
        let sandbox = Sandbox::builder()
            .app(App::internal("app", "secret"))
            .app(suite_app.old_tokens_survive(survives))
            .conversation(
                dingtalk_receipts_sandbox::Conversation::new("cid")
                    .corp("corp1")
                    .robot("robot"),
            )
            .message(message())
            .start()
            .await
            .unwrap();
        let first = ask(&sandbox, CORP, suite()).await["accessToken"].clone();
        let second = ask(&sandbox, CORP, suite()).await["accessToken"].clone();
        assert_ne!(first, second);
        assert_eq!(status_of(&sandbox, second.as_str().unwrap()).await, 200);
        let old = status_of(&sandbox, first.as_str().unwrap()).await;
        assert_eq!(old, if survives { 200 } else { 400 });
    }
}

#[tokio::test]
async fn the_unified_operation_serves_both_kinds_and_speaks_snake_case() {
    let sandbox = sandbox().await;
    let path = "/v1.0/oauth2/dingsandboxcorp/token";
    let internal = ask(&sandbox, path, client("app", "secret")).await;
    assert_eq!(internal["expires_in"], 7200);
    assert_eq!(ask(&sandbox, path, client("app", "secret")).await, internal);
    let encoded = "/v1.0/oauth2/corp%202%2F%2B/token";
    let suite = ask(&sandbox, encoded, client("suite", "suite secret")).await;
    assert_eq!(suite["access_token"].as_str().unwrap().len(), 32);
    let calls = sandbox.calls_of(Operation::Token);
    assert_eq!(calls[2].path(), encoded);
    assert_eq!(
        status_of(&sandbox, internal["access_token"].as_str().unwrap()).await,
        200
    );
}

#[tokio::test]
async fn wrong_credentials_are_refused_as_documented() {
    let sandbox = sandbox().await;
    let with = |mut body: Value, field: &str, value: Value| {
        body[field] = value;
        body
    };
    let without = |mut body: Value, field: &str| {
        body.as_object_mut().unwrap().remove(field);
        body
    };
    let unified = "/v1.0/oauth2/dingsandboxcorp/token";
    for (path, body, status, code) in [
        (
            APP,
            with(internal(), "appKey", json!("other")),
            400,
            "invalidClientIdOrSecret",
        ),
        (
            APP,
            with(internal(), "appSecret", json!("other")),
            400,
            "invalidClientIdOrSecret",
        ),
        (
            APP,
            json!({ "appKey": "suite", "appSecret": "suite secret" }),
            400,
            "invalidClientIdOrSecret",
        ),
        (
            APP,
            without(internal(), "appSecret"),
            400,
            "MissingappSecret",
        ),
        (
            CORP,
            with(suite(), "suiteKey", json!("app")),
            400,
            "invalidSuiteKey",
        ),
        (
            CORP,
            with(suite(), "suiteSecret", json!("other")),
            400,
            "invalidAuthInfo",
        ),
        (
            CORP,
            with(suite(), "suiteTicket", json!("old")),
            400,
            "invalidSuiteTicket",
        ),
        (
            CORP,
            with(suite(), "authCorpId", json!("corp3")),
            400,
            "invalidAuthInfo",
        ),
        (
            CORP,
            without(suite(), "suiteTicket"),
            400,
            "MissingsuiteTicket",
        ),
        (unified, client("other", "secret"), 400, "invalid.client"),
        (unified, client("app", "other"), 400, "invalid.client"),
        (
            unified,
            client("suite", "suite secret"),
            401,
            "unauthorized.client",
        ),
        (
            unified,
            with(client("app", "secret"), "grant_type", json!("password")),
            400,
            "unsupported.grant.type",
        ),
        (
            unified,
            without(client("app", "secret"), "client_id"),
            400,
            "Missingclient_id",
        ),
    ] {
        let answer = refused(&sandbox, path, body.clone()).await;
        assert_eq!(answer, (status, code.to_owned()), "{path} {body}");
    }
    let response = request(&sandbox, APP, &with(internal(), "appSecret", json!("no"))).send();
    let error: Value = response.await.unwrap().json().await.unwrap();
    let undecodable = "/v1.0/oauth2/%FF/token";
    let nobody = refused(&sandbox, undecodable, client("app", "secret")).await;
    assert_eq!(nobody, (401, "unauthorized.client".to_owned()));
    assert_eq!(error["message"], "无效的clientId或者clientSecret");
    assert_eq!(sandbox.complaints(), Vec::<String>::new());
}

#[tokio::test]
async fn the_status_of_an_unauthorized_client_can_be_the_other_one() {
    let app = App::internal("app", "secret").unauthorized_status(400);
    let sandbox = Sandbox::builder().app(app).start().await.unwrap();
    let answer = refused(
        &sandbox,
        "/v1.0/oauth2/elsewhere/token",
        client("app", "secret"),
    )
    .await;
    assert_eq!(answer, (400, "unauthorized.client".to_owned()));
}

#[tokio::test]
async fn a_suite_without_a_ticket_of_its_own_takes_any() {
    let app = App::third_party("suite", "suite secret").corp("corp1");
    let sandbox = Sandbox::builder().app(app).start().await.unwrap();
    ask(&sandbox, CORP, suite()).await;
}

#[tokio::test]
async fn the_lifetime_that_is_told_can_be_anything() {
    let sandbox = sandbox().await;
    for told in [
        json!(0),
        json!(-1),
        json!("7200"),
        json!(null),
        json!(1e18),
        json!(1),
    ] {
        sandbox.announce_expiry(AnnouncedExpiry::Value(told.clone()));
        assert_eq!(
            ask(&sandbox, APP, internal()).await.get("expireIn"),
            Some(&told)
        );
        let unified = "/v1.0/oauth2/dingsandboxcorp/token";
        let answer = ask(&sandbox, unified, client("app", "secret")).await;
        assert_eq!(answer.get("expires_in"), Some(&told));
    }
    sandbox.announce_expiry(AnnouncedExpiry::Missing);
    assert_eq!(ask(&sandbox, APP, internal()).await.get("expireIn"), None);
    sandbox.announce_expiry(AnnouncedExpiry::True);
    let answer = ask(&sandbox, APP, internal()).await;
    assert_eq!(answer["expireIn"], 7200);
    assert_eq!(
        status_of(&sandbox, answer["accessToken"].as_str().unwrap()).await,
        200
    );
}

#[tokio::test]
async fn tokens_can_be_revoked_and_live_as_long_as_the_app_says() {
    let app = App::internal("app", "secret").token_lifetime(Duration::from_secs(10));
    let sandbox = Sandbox::builder()
        .app(app)
        .message(message())
        .start()
        .await
        .unwrap();
    let answer = ask(&sandbox, APP, internal()).await;
    assert_eq!(answer["expireIn"], 10);
    let token = answer["accessToken"].as_str().unwrap();
    assert!(sandbox.revoke(token));
    assert!(!sandbox.revoke(token));
    let refused = code(query_as(&sandbox, token, json!({})).await).await;
    assert_eq!(refused, (400, "InvalidAuthentication".to_owned()));
    let next = ask(&sandbox, APP, internal()).await["accessToken"].clone();
    assert_ne!(
        next, answer["accessToken"],
        "what was revoked does not come again"
    );
    sandbox.revoke_all();
    assert_eq!(status_of(&sandbox, next.as_str().unwrap()).await, 400);
    assert_eq!(status_of(&sandbox, sandbox.static_token()).await, 200);
    let third = ask(&sandbox, APP, internal()).await["accessToken"].clone();
    sandbox.clock().advance(Duration::from_secs(10));
    assert_eq!(status_of(&sandbox, third.as_str().unwrap()).await, 400);
}

#[tokio::test]
async fn tokens_of_two_apps_and_two_corps_are_never_the_same() {
    let sandbox = Sandbox::builder()
        .app(App::internal("a", "secret"))
        .app(App::internal("b", "secret"))
        .app(App::internal("c", "secret").corp("corp1").corp("corp2"))
        .message(Message::new("key").conversation("cid").robot("robot"))
        .start()
        .await
        .unwrap();
    let of_a = ask(
        &sandbox,
        APP,
        json!({ "appKey": "a", "appSecret": "secret" }),
    )
    .await;
    let of_b = ask(
        &sandbox,
        APP,
        json!({ "appKey": "b", "appSecret": "secret" }),
    )
    .await;
    assert_ne!(of_a["accessToken"], of_b["accessToken"]);
    let of_1 = ask(&sandbox, "/v1.0/oauth2/corp1/token", client("c", "secret")).await;
    let of_2 = ask(&sandbox, "/v1.0/oauth2/corp2/token", client("c", "secret")).await;
    assert_ne!(of_1["access_token"], of_2["access_token"]);
    let foreign = query_as(&sandbox, of_1["access_token"].as_str().unwrap(), json!({})).await;
    assert_eq!(
        code(foreign).await,
        (400, "conversation.org.dismatch".to_owned())
    );
}

#[tokio::test]
async fn token_operations_can_be_scripted_and_limited() {
    let sandbox = Sandbox::builder()
        .app(App::internal("app", "secret"))
        .quota(Operation::AppToken, Quota::per_second(1))
        .start()
        .await
        .unwrap();
    sandbox
        .script(Operation::AppToken)
        .then(Answer::error("system.error"));
    assert_eq!(
        refused(&sandbox, APP, internal()).await,
        (500, "system.error".to_owned())
    );
    ask(&sandbox, APP, internal()).await;
    let limited = (
        403,
        "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi".to_owned(),
    );
    assert_eq!(refused(&sandbox, APP, internal()).await, limited);
}

#[tokio::test]
async fn two_apps_with_one_key_cannot_be() {
    let twice = Sandbox::builder()
        .app(App::internal("a", "x"))
        .app(App::internal("a", "y"));
    let error = twice.start().await.unwrap_err();
    let expected = "the sandbox cannot be set up like this: two apps have the key `a`";
    assert_eq!(error.to_string(), expected);
}

#[test]
fn secrets_are_not_printed() {
    let app = format!("{:?}", App::third_party("suite", "canary").ticket("canary"));
    let robot = dingtalk_receipts_sandbox::Robot::new("robot").webhook_token("canary");
    let builder = Sandbox::builder()
        .static_token("canary")
        .app(App::internal("app", "canary"));
    for text in [app, format!("{robot:?}"), format!("{builder:?}")] {
        assert!(!text.contains("canary"), "{text}");
    }
}
