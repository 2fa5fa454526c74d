//! Errors, as the gateway and the service behind it write them.

use dingtalk_receipts_sandbox::{
    Answer, App, Conversation, Language, Message, Operation, Robot, Sandbox,
};
use reqwest::Response;
use serde_json::{Value, json};

use crate::support::{
    QUERY, TOKEN_HEADER, body, code, message, page, query_as, refusal, request, send, with,
};

/// The text of an error with its request id taken out, after that has been checked.
async fn text(response: Response) -> String {
    let id = response.headers()["x-acs-request-id"]
        .to_str()
        .unwrap()
        .to_owned();
    assert_eq!(
        response.headers()["content-type"],
        "application/json;charset=utf-8"
    );
    let shape = |c: char| {
        if c.is_ascii_digit() || ('A'..='F').contains(&c) {
            'X'
        } else {
            c
        }
    };
    assert_eq!(
        id.chars().map(shape).collect::<String>(),
        "XXXXXXXX-XXXX-XXXX-XXXX-XXXXXXXXXXXX"
    );
    let text = response.text().await.unwrap();
    assert!(text.contains(&id), "{text}");
    text.replace(&id, "ID")
}

#[tokio::test]
async fn a_bad_token_is_a_400_with_the_gateway_s_keys() {
    let sandbox = with(message()).await;
    let response = query_as(&sandbox, "no such token", json!({})).await;
    assert_eq!(response.status(), 400);
    let expected =
        r#"{"code":"InvalidAuthentication","requestid":"ID","message":"不合法的access_token"}"#;
    assert_eq!(text(response).await, expected);
}

#[tokio::test]
async fn no_token_at_all_is_told_apart() {
    let sandbox = with(message()).await;
    let missing = (400, "AuthenticationFailed.MissingParameter".to_owned());
    let response = request(&sandbox, QUERY, &body(json!({})))
        .send()
        .await
        .unwrap();
    assert_eq!(code(response).await, missing);
    assert_eq!(code(query_as(&sandbox, "", json!({})).await).await, missing);
}

#[tokio::test]
async fn the_service_writes_its_keys_in_another_order_and_explains() {
    let sandbox = with(message()).await;
    let response = send(&sandbox, json!({ "robotCode": "nobody" })).await;
    assert_eq!(response.status(), 400);
    let expected = "{\"requestid\":\"ID\",\"code\":\"invalidParameter.robotCode.notExsit\",\
        \"message\":\"错误描述: 机器人不存在；解决方案:请检查机器人是否在群内；\"}";
    assert_eq!(text(response).await, expected);
}

#[tokio::test]
async fn messages_can_be_english() {
    let sandbox = Sandbox::builder()
        .message(message())
        .language(Language::English);
    let sandbox = sandbox.start().await.unwrap();
    let error: Value = send(&sandbox, json!({ "nextToken": "50" }))
        .await
        .json()
        .await
        .unwrap();
    assert_eq!(
        error["message"],
        "The cursor is invalid. Start again from the first page."
    );
}

#[tokio::test]
async fn the_gateway_misses_the_body() {
    let sandbox = with(message()).await;
    let post = || {
        let url = format!("{}{QUERY}", sandbox.url());
        crate::support::client()
            .post(url)
            .header(TOKEN_HEADER, sandbox.static_token())
    };
    let expected =
        r#"{"code":"Missingbody","requestid":"ID","message":"body is mandatory for this action."}"#;
    let empty = post()
        .header("content-type", "application/json")
        .send()
        .await
        .unwrap();
    assert_eq!(
        (empty.status().as_u16(), text(empty).await.as_str()),
        (400, expected)
    );
    let other_type = post()
        .header("content-type", "text/plain")
        .body("{}")
        .send()
        .await
        .unwrap();
    assert_eq!(text(other_type).await, expected);
    let no_type = post().body("{}").send().await.unwrap();
    assert_eq!(text(no_type).await, expected);
}

#[tokio::test]
async fn the_gateway_cannot_read_the_body() {
    let sandbox = with(message()).await;
    for broken in [
        "{",
        "nonsense",
        "[]",
        "null",
        "\"text\"",
        "{\"processQueryKey\":}",
    ] {
        let response = crate::support::client()
            .post(format!("{}{QUERY}", sandbox.url()))
            .header(TOKEN_HEADER, sandbox.static_token())
            .header("content-type", "application/json; charset=utf-8")
            .body(broken)
            .send()
            .await
            .unwrap();
        assert_eq!(response.status(), 400);
        let expected = r#"{"code":"Invalidbody","requestid":"ID","message":"Specified parameter body is not valid. JSON parsing error"}"#;
        assert_eq!(text(response).await, expected, "{broken}");
    }
}

#[tokio::test]
async fn a_missing_field_and_an_empty_one_are_not_the_same() {
    let sandbox = with(message()).await;
    let response = send(&sandbox, json!({ "processQueryKey": null })).await;
    assert_eq!(response.status(), 400);
    let expected = r#"{"code":"MissingprocessQueryKey","requestid":"ID","message":"processQueryKey is mandatory for this action."}"#;
    assert_eq!(text(response).await, expected);
    let empty = refusal(&sandbox, json!({ "processQueryKey": "" })).await;
    assert_eq!(
        empty,
        (400, "invalidParameter.processQueryKey.missing".to_owned())
    );
}

#[tokio::test]
async fn wrong_paths_and_methods_are_no_actions() {
    let sandbox = with(message()).await;
    let expected = r#"{"code":"InvalidAction.NotFound","requestid":"ID","message":"Specified api is not found, please check your url and method."}"#;
    let client = crate::support::client();
    let query = format!("{}{QUERY}", sandbox.url());
    for request in [
        client.get(&query),
        client.put(&query),
        client.post(format!("{query}/")),
        client.post(format!("{}/v1.0/robot/groupmessages/query", sandbox.url())),
        client.post(sandbox.url()),
        client.post(format!("{}/v1.0/oauth2//token", sandbox.url())),
    ] {
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 404);
        assert_eq!(text(response).await, expected);
    }
    assert_eq!(sandbox.stray_count(), 6);
}

#[tokio::test]
async fn arguments_are_checked_as_documented() {
    let sandbox = Sandbox::builder()
        .message(message().readers(1))
        .robot(Robot::new("elsewhere"))
        .robot(Robot::new("webhook robot").webhook_token("webhook-token"))
        .message(Message::new("by webhook").robot("webhook robot").readers(3))
        .message(
            Message::new("of another group")
                .conversation("cid2")
                .robot("robot"),
        )
        .conversation(
            Conversation::new("foreign")
                .corp("another corp")
                .robot("robot"),
        )
        .start()
        .await
        .unwrap();
    for (changes, code) in [
        (
            json!({ "maxResults": 0 }),
            "invalidParameter.pageSize.invalid",
        ),
        (
            json!({ "maxResults": 201 }),
            "invalidParameter.pageSize.invalid",
        ),
        (
            json!({ "maxResults": -1 }),
            "invalidParameter.pageSize.invalid",
        ),
        (
            json!({ "maxResults": "50" }),
            "invalidParameter.param.invalid",
        ),
        (
            json!({ "maxResults": 1.5 }),
            "invalidParameter.param.invalid",
        ),
        (
            json!({ "processQueryKey": 5 }),
            "invalidParameter.param.invalid",
        ),
        (json!({ "nextToken": 50 }), "invalidParameter.param.invalid"),
        (
            json!({ "nextToken": "50" }),
            "invalidParameter.cursor.invalid",
        ),
        (
            json!({ "processQueryKey": "unknown" }),
            "invalid.processQueryKey",
        ),
        (
            json!({ "processQueryKey": "of another group" }),
            "invalid.processQueryKey",
        ),
        (
            json!({ "openConversationId": null }),
            "openConversationId.notExisted",
        ),
        (
            json!({ "openConversationId": "", "token": "" }),
            "openConversationId.notExisted",
        ),
        (
            json!({ "openConversationId": "unknown" }),
            "invalid.openConversationId",
        ),
        (
            json!({ "openConversationId": "foreign" }),
            "conversation.org.dismatch",
        ),
        (
            json!({ "robotCode": null }),
            "invalidParameter.robotCode.missing",
        ),
        (
            json!({ "robotCode": "" }),
            "invalidParameter.robotCode.missing",
        ),
        (
            json!({ "robotCode": "not a code" }),
            "invalidParameter.robotCode.invalid",
        ),
        (
            json!({ "robotCode": "elsewhere" }),
            "invalidParameter.robotCode.notExsit",
        ),
        (
            json!({ "robotCode": "nobody" }),
            "invalidParameter.robotCode.notExsit",
        ),
        (
            json!({ "openConversationId": null, "robotCode": null, "token": "unknown" }),
            "invalidParameter.invalid",
        ),
    ] {
        assert_eq!(
            refusal(&sandbox, changes.clone()).await,
            (400, code.to_owned()),
            "{changes}"
        );
    }
    for size in [1, 200] {
        page(&sandbox, json!({ "maxResults": size })).await;
    }
    let by_webhook = json!({ "openConversationId": null, "robotCode": null,
        "token": "webhook-token", "processQueryKey": "by webhook" });
    let by_webhook = page(&sandbox, by_webhook).await;
    assert_eq!(by_webhook["readUserIds"].as_array().unwrap().len(), 3);
    assert_eq!(sandbox.complaints(), Vec::<String>::new());
}

#[tokio::test]
async fn robots_may_be_stopped_lose_their_template_or_belong_to_another_app() {
    let sandbox = with(message()).await;
    for (robot, code) in [
        (Robot::new("robot").stopped(), "bot.stopped"),
        (Robot::new("robot").template_stopped(), "template.stopped"),
        (Robot::new("robot").template_gone(), "template.not.existed"),
        (
            Robot::new("robot").refused("resource.not.found"),
            "resource.not.found",
        ),
        (Robot::new("robot").refused("unauthorized"), "unauthorized"),
        (Robot::new("robot").app("another app"), "auth.error"),
    ] {
        sandbox.put_robot(robot);
        assert_eq!(refusal(&sandbox, json!({})).await, (400, code.to_owned()));
    }
}

#[tokio::test]
async fn an_app_without_the_permission_is_told_which_one_it_lacks() {
    let app = App::internal("app", "secret").scopes(["Contact.User.Read"]);
    let sandbox = Sandbox::builder()
        .app(app)
        .message(message())
        .start()
        .await
        .unwrap();
    let response = send(&sandbox, json!({})).await;
    assert_eq!(response.status(), 403);
    let text = text(response).await;
    let start = r#"{"code":"Forbidden.AccessDenied.AccessTokenPermissionDenied","requestid":"ID","message":"没有调用该接口的权限"#;
    assert!(text.starts_with(start), "{text}");
    let end = r#""accessdenieddetail":{"requiredScopes":["qyapi_robot_sendmsg"]}}"#;
    assert!(text.ends_with(end), "{text}");
}

#[tokio::test]
async fn an_app_may_be_called_from_its_addresses_only() {
    let app = || App::internal("app", "secret");
    let elsewhere = app().addresses(["203.0.113.1".parse().unwrap()]);
    let sandbox = Sandbox::builder()
        .app(elsewhere)
        .message(message())
        .start()
        .await
        .unwrap();
    let refused = (403, "Forbidden.AccessDenied.IpNotInWhiteList".to_owned());
    assert_eq!(refusal(&sandbox, json!({})).await, refused);
    let here = app().addresses(["127.0.0.1".parse().unwrap()]);
    let sandbox = Sandbox::builder()
        .app(here)
        .message(message())
        .start()
        .await
        .unwrap();
    page(&sandbox, json!({})).await;
}

#[tokio::test]
async fn every_documented_code_can_be_asked_for_with_its_status() {
    let sandbox = with(message()).await;
    for (code, status) in [
        ("system.error", 500),
        ("unauthorized", 400),
        ("resource.not.found", 400),
        ("ServiceUnavailable", 503),
        ("Forbidden.AccessDenied.QpsLimitForApi", 403),
        ("Forbidden.AccessDenied.ApiCountLimitForOrg", 403),
        ("processQueryKey.expireTime", 400),
        ("a.code.that.nobody.knows", 400),
    ] {
        sandbox.script(Operation::Query).then(Answer::error(code));
        assert_eq!(
            refusal(&sandbox, json!({})).await,
            (status, code.to_owned())
        );
    }
    sandbox
        .script(Operation::Query)
        .then(Answer::error_with(503, "System.Error", "%s"));
    let response = send(&sandbox, json!({})).await;
    assert_eq!(response.status(), 503);
    let error: Value = response.json().await.unwrap();
    assert_eq!(
        (&error["code"], &error["message"]),
        (&json!("System.Error"), &json!("%s"))
    );
}

#[tokio::test]
async fn strict_mode_is_loud_about_requests_that_the_contract_does_not_allow() {
    let sandbox = Sandbox::builder()
        .message(message())
        .strict()
        .start()
        .await
        .unwrap();
    page(&sandbox, json!({})).await;
    for changes in [
        json!({ "maxResults": 201 }),
        json!({ "processQueryKey": null }),
        json!({ "maxResult": 5 }),
    ] {
        let response = send(&sandbox, changes).await;
        assert_eq!(response.status(), 500);
        let text = response.text().await.unwrap();
        assert!(
            text.starts_with("the sandbox did not expect this request: "),
            "{text}"
        );
    }
    assert_eq!(
        crate::support::client()
            .get(sandbox.url())
            .send()
            .await
            .unwrap()
            .status(),
        500
    );
    assert_eq!(sandbox.complaints().len(), 4, "{:?}", sandbox.complaints());
    let business = refusal(&sandbox, json!({ "processQueryKey": "unknown" })).await;
    assert_eq!(business, (400, "invalid.processQueryKey".to_owned()));
}
