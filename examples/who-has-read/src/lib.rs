//! An HTTP service that answers who has read a message, and who of a list of people has not.
//!
//! | request | response |
//! |---|---|
//! | `GET /readers?key=…&conversation=…&robot=…` | the readers, as [`Receipts`] |
//! | `POST /unread` with key, conversation, robot and people | who has and has not, as [`Expected`] |
//! | `GET /healthz` | `ok`; DingTalk is not called |
//!
//! One client serves all requests: its clones share the access token, the rate limit and the connections.

mod failure;

use std::time::Duration;

use axum::Router;
use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::extract::{Json, Query, State};
use axum::routing::{get, post};
use dingtalk_receipts::{Client, Expected, ReadStatus, Receipts};
use serde::Deserialize;

pub use failure::Failure;

/// How long a response may take; DingTalk's pages, retries and the wait for the rate limit included.
const DEADLINE: Duration = Duration::from_secs(30);

/// The names of a message.
#[derive(Debug, Deserialize)]
struct Message {
    key: String,
    conversation: String,
    robot: String,
}

impl Message {
    fn query(self, client: &Client) -> ReadStatus {
        client
            .read_status(self.key)
            .conversation(self.conversation)
            .robot(self.robot)
            .total_timeout(DEADLINE)
    }
}

/// The body of `POST /unread`.
#[derive(Debug, Deserialize)]
struct Checklist {
    #[serde(flatten)]
    message: Message,
    people: Vec<String>,
}

/// The service's routes. Put your own authentication in front: the service names people to everyone who can reach it.
pub fn service(client: Client) -> Router {
    Router::new()
        .route("/readers", get(readers))
        .route("/unread", post(unread))
        .route("/healthz", get(async || "ok"))
        .with_state(client)
}

async fn readers(
    State(client): State<Client>,
    message: Result<Query<Message>, QueryRejection>,
) -> Result<Json<Receipts>, Failure> {
    let Query(message) = message?;
    Ok(Json(message.query(&client).collect().await?))
}

async fn unread(
    State(client): State<Client>,
    checklist: Result<Json<Checklist>, JsonRejection>,
) -> Result<Json<Expected>, Failure> {
    let Json(Checklist { message, people }) = checklist?;
    Ok(Json(message.query(&client).expect(people).await?))
}
