//! The same loop over all pages of a message: by the wrapper's pages, with a token that was given and with one that it
//! gets and caches; by its readers and all at once (both de-duplicated); by hand on `reqwest` and `serde_json`; and by
//! the bare generated client. `cargo xtask bench` counts the instructions of each.
//!
//! Usage: `page_loop MODE URL KEY CONVERSATION ROBOT TOKEN APP_KEY APP_SECRET`; prints pages and readers.

use std::error::Error;

use dingtalk_receipts::{AccessToken, Client, Credentials, InternalApp, RateLimit, ReadStatus};
use dingtalk_receipts_api as api;
use serde::{Deserialize, Serialize};

struct Target {
    url: String,
    key: String,
    conversation: String,
    robot: String,
    token: String,
    app: (String, String),
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut next = || {
        arguments
            .next()
            .ok_or("usage: page_loop MODE URL KEY CONVERSATION ROBOT TOKEN APP_KEY APP_SECRET")
    };
    let mode = next()?;
    let target = Target {
        url: next()?,
        key: next()?,
        conversation: next()?,
        robot: next()?,
        token: next()?,
        app: (next()?, next()?),
    };
    let (pages, readers) = match mode.as_str() {
        "wrapper" => pages(given_token(&target)?, target).await?,
        "app" => pages(InternalApp::new(&target.app.0, &target.app.1), target).await?,
        "readers" => readers(target).await?,
        "collect" => collect(target).await?,
        "hand" => hand(target).await?,
        "generated" => generated(target).await?,
        other => return Err(format!("no such mode: {other}").into()),
    };
    println!("{pages} pages, {readers} readers");
    Ok(())
}

fn given_token(target: &Target) -> Result<AccessToken, dingtalk_receipts::Error> {
    AccessToken::new(&target.token)
}

fn query(
    credentials: impl Into<Credentials>,
    target: Target,
) -> Result<ReadStatus, dingtalk_receipts::Error> {
    let client = Client::builder()
        .base_url(target.url)
        .credentials(credentials)
        .rate_limit(RateLimit::unlimited())
        .build()?;
    Ok(client
        .read_status(target.key)
        .conversation(target.conversation)
        .robot(target.robot))
}

async fn pages(
    credentials: impl Into<Credentials>,
    target: Target,
) -> Result<(u64, usize), Box<dyn Error>> {
    let mut pages = query(credentials, target)?.pages();
    let mut readers = 0;
    while let Some(page) = pages.try_next().await? {
        readers += page.readers.len();
    }
    Ok((pages.pages_done(), readers))
}

async fn readers(target: Target) -> Result<(u64, usize), Box<dyn Error>> {
    let mut stream = query(given_token(&target)?, target)?.readers();
    let mut readers = 0;
    while stream.try_next().await?.is_some() {
        readers += 1;
    }
    Ok((stream.pages_done(), readers))
}

async fn collect(target: Target) -> Result<(u64, usize), Box<dyn Error>> {
    let receipts = query(given_token(&target)?, target)?.collect().await?;
    Ok((receipts.pages, receipts.readers.len()))
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Query<'a> {
    process_query_key: &'a str,
    open_conversation_id: &'a str,
    robot_code: &'a str,
    max_results: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_token: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "a hand-written client decodes all fields, too")]
struct Answer {
    send_status: Option<String>,
    read_user_ids: Option<Vec<String>>,
    read_users: Option<Vec<User>>,
    next_token: Option<String>,
    has_more: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "a hand-written client decodes all fields, too")]
struct User {
    user_id: Option<String>,
    union_id: Option<String>,
}

async fn hand(target: Target) -> Result<(u64, usize), Box<dyn Error>> {
    let http = reqwest::Client::builder().no_proxy().build()?;
    let url = format!("{}/v1.0/robot/groupMessages/query", target.url);
    let (mut pages, mut readers, mut next_token) = (0, 0, None);
    loop {
        let query = Query {
            process_query_key: &target.key,
            open_conversation_id: &target.conversation,
            robot_code: &target.robot,
            max_results: 200,
            next_token: next_token.take(),
        };
        let response = http
            .post(&url)
            .header("x-acs-dingtalk-access-token", &target.token)
            .json(&query)
            .send()
            .await?
            .error_for_status()?;
        let answer: Answer = serde_json::from_slice(&response.bytes().await?)?;
        pages += 1;
        readers += answer
            .read_users
            .map_or(0, |users| users.len())
            .max(answer.read_user_ids.map_or(0, |ids| ids.len()));
        next_token = answer.next_token;
        if !answer.has_more.unwrap_or(false) {
            return Ok((pages, readers));
        }
    }
}

async fn generated(target: Target) -> Result<(u64, usize), Box<dyn Error>> {
    let http = reqwest::Client::builder().no_proxy().build()?;
    let client = api::Client::new_with_client(&target.url, http);
    let token = api::Secret::from(target.token);
    let mut query = api::types::ReadStatusQuery {
        process_query_key: target.key,
        open_conversation_id: Some(target.conversation),
        robot_code: Some(target.robot),
        max_results: Some(api::types::MaxResults::try_from(200)?),
        next_token: None,
        token: None,
    };
    let (mut pages, mut readers) = (0, 0);
    loop {
        let answer = client.query_read_status(&token, &query).await?.into_inner();
        pages += 1;
        readers += answer
            .read_users
            .map_or(0, |users| users.len())
            .max(answer.read_user_ids.map_or(0, |ids| ids.len()));
        query.next_token = answer.next_token;
        if !answer.has_more.unwrap_or(false) {
            return Ok((pages, readers));
        }
    }
}
