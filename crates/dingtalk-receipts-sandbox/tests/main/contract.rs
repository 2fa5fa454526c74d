//! Operations that the contract has and the sandbox does not implement.

use dingtalk_receipts_sandbox::{Answer, Operation, Sandbox, StartError};
use reqwest::{Method, Response};
use serde_json::{Value, json};

use crate::support::{TOKEN_HEADER, client, code};

/// The contract of this crate with more paths, written with the indentation of `paths`.
fn contract_with(paths: &str) -> String {
    include_str!("../../openapi/dingtalk-receipts.yaml").replacen(
        "paths:\n",
        &format!("paths:\n{paths}\n"),
        1,
    )
}

/// An operation with parameters and an optional body.
const GROUPS: &str = "
  /v1.0/test/groups/{corpId}:
    parameters:
      - { name: corpId, in: path, required: true, schema: { type: string } }
    post:
      operationId: listGroups
      parameters:
        - { name: size, in: query, required: true, schema: { type: integer, minimum: 1 } }
      requestBody:
        content:
          application/json:
            schema: { type: object, properties: { name: { type: string } } }
      responses:
        '202':
          description: Not the lowest status of success.
        '200':
          description: Groups.
          content:
            application/json:
              schema: { type: object, required: [groups], properties: { groups: { type: array, items: { type: string } } } }
              examples:
                two: { value: { groups: [a, b] } }
        '400': { $ref: '#/components/responses/BadRequest' }
";

/// What serves no other purpose than to be served.
const DELETED: &str = "
  /v1.0/test/groups:
    delete:
      operationId: deleteGroups
      security: []
      responses:
        '204': { description: Deleted. }
";

async fn started(paths: &str) -> Sandbox {
    let builder = Sandbox::builder().contract(contract_with(paths));
    builder.start().await.unwrap()
}

async fn call(sandbox: &Sandbox, method: Method, path: &str, body: Option<Value>) -> Response {
    let mut request = client()
        .request(method, format!("{}{path}", sandbox.url()))
        .header(TOKEN_HEADER, sandbox.static_token());
    if let Some(body) = body {
        request = request.json(&body);
    }
    request.send().await.unwrap()
}

#[tokio::test]
async fn an_operation_added_to_the_contract_is_answered_with_its_example() {
    let sandbox = started(GROUPS).await;
    let groups = Operation::named("listGroups");
    let path = "/v1.0/test/groups/corp%20one?size=2";
    for body in [None, Some(json!({ "name": "x" }))] {
        let response = call(&sandbox, Method::POST, path, body).await;
        assert_eq!(response.status(), 200);
        assert_eq!(
            response.json::<Value>().await.unwrap(),
            json!({ "groups": ["a", "b"] })
        );
    }
    assert_eq!(sandbox.count(groups), 2);
    sandbox.script(groups).then(Answer::error("system.error"));
    let response = call(&sandbox, Method::POST, path, None).await;
    assert_eq!(code(response).await, (500, "system.error".to_owned()));
}

#[tokio::test]
async fn an_added_operation_without_a_body_is_answered_without_one() {
    let sandbox = started(DELETED).await;
    let response = call(&sandbox, Method::DELETE, "/v1.0/test/groups", None).await;
    assert_eq!(response.status(), 204);
    assert_eq!(response.text().await.unwrap(), "");
    let elsewhere = call(&sandbox, Method::GET, "/v1.0/test/groups", None).await;
    assert_eq!(elsewhere.status(), 404);
}

#[tokio::test]
async fn an_added_operation_checks_token_parameters_and_body() {
    let sandbox = started(GROUPS).await;
    let refused = async |query: &str, body: Option<Value>| {
        let path = format!("/v1.0/test/groups/corp{query}");
        code(call(&sandbox, Method::POST, &path, body).await)
            .await
            .1
    };
    assert_eq!(refused("", None).await, "Missingsize");
    assert_eq!(
        refused("?size=0", None).await,
        "invalidParameter.param.invalid"
    );
    assert_eq!(
        refused("?size=many", None).await,
        "invalidParameter.param.invalid"
    );
    assert_eq!(
        refused("?size=1", Some(json!({ "name": 1 }))).await,
        "invalidParameter.param.invalid"
    );
    let without_token = client()
        .post(format!("{}/v1.0/test/groups/corp?size=1", sandbox.url()))
        .send()
        .await
        .unwrap();
    assert_eq!(
        code(without_token).await.1,
        "AuthenticationFailed.MissingParameter"
    );
}

#[tokio::test]
async fn a_contract_that_cannot_be_served_is_refused_at_the_start_with_its_place() {
    let with = |from: &str, to: &str| {
        assert!(GROUPS.contains(from), "{from}");
        contract_with(&GROUPS.replace(from, to))
    };
    let cases = [
        (
            "an example of another type",
            with("groups: [a, b]", "groups: [1]"),
            "does not fit its schema",
        ),
        (
            "no example",
            with("two: { value: { groups: [a, b] } }", "{}"),
            "no example",
        ),
        (
            "no operation id",
            with("operationId: listGroups", "summary: x"),
            "no `operationId`",
        ),
        (
            "an operation id used twice",
            with("listGroups", "queryReadStatus"),
            "two operations",
        ),
        (
            "no response of success",
            with("'200'", "'302'").replace("'202'", "'303'"),
            "no response of success",
        ),
        (
            "a reference that leads nowhere",
            with("responses/BadRequest", "responses/Absent"),
            "leads nowhere",
        ),
        (
            "a schema that does not compile",
            with("type: integer, minimum: 1", "type: string, pattern: '('"),
            "does not compile",
        ),
        (
            "another kind of body",
            with(
                "application/json:\n            schema: { type: object, properties",
                "text/plain:\n            schema: { type: object, properties",
            ),
            "application/json",
        ),
    ];
    for (case, contract, said) in cases {
        let started = Sandbox::builder().contract(contract).start().await;
        let Err(StartError::Contract(text)) = started else {
            panic!("{case}: {started:?}");
        };
        assert!(text.contains(said), "{case}: {text}");
        assert!(text.starts_with("contract:"), "{case}: {text}");
    }
}

#[tokio::test]
async fn paths_that_cannot_be_told_apart_are_refused_at_the_start() {
    let twin = GROUPS
        .replace("{corpId}", "{name}")
        .replace("name: corpId", "name: name")
        .replace("listGroups", "listOthers");
    let contract = contract_with(&format!("{GROUPS}{twin}"));
    let started = Sandbox::builder().contract(contract).start().await;
    assert!(
        matches!(&started, Err(StartError::Contract(text)) if text.contains("cannot be served")),
        "{started:?}"
    );
}

#[tokio::test]
async fn text_that_is_no_contract_is_refused() {
    for text in ["", "[", "openapi: 3.0.3", "{}", "paths: 7"] {
        let started = Sandbox::builder().contract(text).start().await;
        assert!(
            matches!(started, Err(StartError::Contract(_))),
            "{text}: {started:?}"
        );
    }
}
