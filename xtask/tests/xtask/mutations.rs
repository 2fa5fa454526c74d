//! Nobody changes the contract unnoticed: each of these changes is seen by somebody who was not told of it.
//!
//! That the canonical JSON is stale after a change proves nothing, so everything is regenerated first. What counts then
//! is a finding of `lint`, a change that `diff` reports as more than prose, or another public surface of the generated
//! code.

use std::thread;

use super::repository::{CONTRACT, Repository};

/// What is changed: a name for it, a text of the contract, and what stands there then.
const MUTATIONS: &[(&str, &str, &str)] = &[
    (
        "a required field is no longer required",
        "      required: [processQueryKey]\n",
        "",
    ),
    (
        "an optional field is required",
        "required: [processQueryKey]",
        "required: [processQueryKey, robotCode]",
    ),
    (
        "an upper bound is lowered",
        "      maximum: 200\n",
        "      maximum: 199\n",
    ),
    (
        "an upper bound is raised",
        "      maximum: 200\n",
        "      maximum: 500\n",
    ),
    ("an upper bound is gone", "      maximum: 200\n", ""),
    (
        "a lower bound is raised",
        "      minimum: 1\n",
        "      minimum: 10\n",
    ),
    ("a lower bound is gone", "      minimum: 1\n", ""),
    (
        "an integer is narrower",
        "format: int64\n      minimum: 1",
        "format: int32\n      minimum: 1",
    ),
    (
        "an integer is a string",
        "      type: integer\n      format: int64\n      minimum: 1\n      maximum: 200\n",
        "      type: string\n",
    ),
    (
        "a value of an open set is gone",
        "[SUCCESS, RECALLED, PROCESSING]",
        "[SUCCESS, RECALLED]",
    ),
    (
        "a value of an open set is new",
        "[SUCCESS, RECALLED, PROCESSING]",
        "[SUCCESS, RECALLED, PROCESSING, FAILED]",
    ),
    (
        "a value of an open set is renamed",
        "[SUCCESS, RECALLED, PROCESSING]",
        "[SUCESS, RECALLED, PROCESSING]",
    ),
    (
        "an open set is closed",
        "x-extensible-enum: [SUCCESS",
        "enum: [SUCCESS",
    ),
    (
        "a value of a closed set is new",
        "enum: [client_credentials]",
        "enum: [client_credentials, password]",
    ),
    (
        "a value of a closed set is another",
        "enum: [client_credentials]",
        "enum: [client-credentials]",
    ),
    (
        "a closed set is any text",
        "      enum: [client_credentials]\n",
        "",
    ),
    (
        "a property of a request is renamed",
        "        robotCode:\n          type: string",
        "        robotcode:\n          type: string",
    ),
    (
        "a property of a response is renamed",
        "        readUserIds:\n",
        "        readUserIDs:\n",
    ),
    (
        "a property of a response is gone",
        "        hasMore:\n          type: boolean\n          nullable: true\n          description: Whether there are more readers to query.\n",
        "",
    ),
    (
        "a property of a request is new and required",
        "required: [appKey, appSecret]\n      properties:\n",
        "required: [appKey, appSecret, region]\n      properties:\n        region:\n          type: string\n",
    ),
    (
        "a secret is not marked any more",
        "        appSecret:\n          type: string\n          format: password\n",
        "        appSecret:\n          type: string\n",
    ),
    (
        "a text is marked as a secret",
        "        robotCode:\n          type: string\n",
        "        robotCode:\n          type: string\n          format: password\n",
    ),
    (
        "null is no longer allowed",
        "        hasMore:\n          type: boolean\n          nullable: true\n",
        "        hasMore:\n          type: boolean\n          nullable: false\n",
    ),
    (
        "nothing is said about null",
        "        hasMore:\n          type: boolean\n          nullable: true\n",
        "        hasMore:\n          type: boolean\n",
    ),
    (
        "a flag is a text",
        "        hasMore:\n          type: boolean\n",
        "        hasMore:\n          type: string\n",
    ),
    (
        "the entries of an array are another type",
        "          items:\n            $ref: '#/components/schemas/ReadUser'",
        "          items:\n            $ref: '#/components/schemas/AccessDeniedDetail'",
    ),
    (
        "a path is another",
        "  /v1.0/robot/groupMessages/query:",
        "  /v1.0/robot/groupMessages/queries:",
    ),
    (
        "a method is another",
        "  /v1.0/oauth2/accessToken:\n    post:",
        "  /v1.0/oauth2/accessToken:\n    put:",
    ),
    (
        "an operation has another id",
        "operationId: createToken",
        "operationId: fetchToken",
    ),
    (
        "an operation has no id",
        "      operationId: createToken\n",
        "",
    ),
    (
        "an operation has no summary",
        "      summary: Get the access token of an internal app\n",
        "",
    ),
    (
        "a tag is misspelled",
        "tags: [read-status]",
        "tags: [read-statuses]",
    ),
    (
        "a path parameter is renamed",
        "        - name: corpId\n",
        "        - name: corp\n",
    ),
    (
        "an operation needs no token any more",
        "      operationId: queryReadStatus\n",
        "      operationId: queryReadStatus\n      security: []\n",
    ),
    (
        "an operation needs a token",
        "      security: []\n      requestBody:\n        required: true\n        content:\n          application/json:\n            schema:\n              $ref: '#/components/schemas/AppAccessTokenRequest'",
        "      requestBody:\n        required: true\n        content:\n          application/json:\n            schema:\n              $ref: '#/components/schemas/AppAccessTokenRequest'",
    ),
    (
        "the token's header has another name",
        "      name: x-acs-dingtalk-access-token",
        "      name: x-dingtalk-access-token",
    ),
    (
        "the token is sent in the query",
        "      in: header\n      name: x-acs",
        "      in: query\n      name: x-acs",
    ),
    (
        "a server is another",
        "  - url: https://api.dingtalk.io\n",
        "  - url: https://api.dingtalk.net\n",
    ),
    (
        "a server is reached in clear",
        "  - url: https://api.dingtalk.com\n",
        "  - url: http://api.dingtalk.com\n",
    ),
    (
        "the first server is the second",
        "    x-name: international\n",
        "    x-name: overseas\n",
    ),
    (
        "a body is optional",
        "      requestBody:\n        required: true\n",
        "      requestBody:\n        required: false\n",
    ),
    (
        "a response has another status",
        "        '200':\n          description: One page of readers.",
        "        '201':\n          description: One page of readers.",
    ),
    (
        "a response is of another type",
        "                $ref: '#/components/schemas/ReadStatusPage'",
        "                $ref: '#/components/schemas/ReadUser'",
    ),
    (
        "an example does not fit",
        "                    hasMore: true\n",
        "                    hasMore: 'yes'\n",
    ),
    (
        "a reference leads nowhere",
        "$ref: '#/components/schemas/ReadUser'",
        "$ref: '#/components/schemas/Reader'",
    ),
    (
        "a keyword is misspelled",
        "      required: [processQueryKey]\n",
        "      requird: [processQueryKey]\n",
    ),
    (
        "an error code is misspelled",
        "  - code: bot.stopped\n",
        "  - code: bot.stoped\n",
    ),
    (
        "an error code is there twice",
        "  - code: bot.stopped\n",
        "  - code: invalid.processQueryKey\n",
    ),
    (
        "an error code has another advice",
        "advice: refresh-token\n    origin",
        "advice: never\n    origin",
    ),
    (
        "an error code has another status",
        "  - code: system.error\n    statuses: [400, 500]\n",
        "  - code: system.error\n    statuses: [500]\n",
    ),
    (
        "an advice is misspelled",
        "advice: refresh-token\n    origin",
        "advice: refresh-tokens\n    origin",
    ),
    (
        "a meaning has no Chinese",
        "    zh: 群机器人已经停用\n",
        "    zh: The group's robot has been stopped.\n",
    ),
    (
        "a component is of no use any more",
        "  schemas:\n    ReadStatusQuery:\n",
        "  schemas:\n    Forgotten:\n      type: string\n    ReadStatusQuery:\n",
    ),
];

#[test]
fn every_change_of_the_contract_is_noticed() {
    let all: Vec<_> = MUTATIONS
        .iter()
        .filter(|(_, from, to)| from != to)
        .collect();
    assert!(all.len() >= 34);
    let unnoticed: Vec<String> = thread::scope(|scope| {
        let workers: Vec<_> = all
            .chunks(all.len().div_ceil(2))
            .map(|chunk| {
                scope.spawn(move || {
                    let repository = Repository::of(CONTRACT);
                    let original = repository.read(CONTRACT);
                    let mut unnoticed = Vec::new();
                    for (name, from, to) in chunk {
                        repository.edit(CONTRACT, from, to);
                        if !is_noticed(&repository) {
                            unnoticed.push((*name).to_owned());
                        }
                        repository.write(CONTRACT, &original);
                    }
                    unnoticed
                })
            })
            .collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap())
            .collect()
    });
    assert_eq!(unnoticed, Vec::<String>::new());
}

fn is_noticed(repository: &Repository) -> bool {
    // What cannot be generated from is noticed by regen.
    if repository.run(&["regen", "--no-round-trip"]).code != 0 {
        return true;
    }
    let reviewed = [
        "openapi/bindings.rs",
        "crates/dingtalk-receipts/src/error/reference.md",
    ];
    if repository
        .changed()
        .iter()
        .any(|file| reviewed.contains(&file.as_str()))
    {
        return true;
    }
    if repository.run(&["lint"]).code != 0 {
        return true;
    }
    let diff = repository.run(&["diff", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&diff.stdout).unwrap();
    ["breaking", "unknown", "sdk", "compatible"].contains(&report["verdict"].as_str().unwrap())
}
