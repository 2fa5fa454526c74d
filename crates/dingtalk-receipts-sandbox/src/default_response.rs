//! What the sandbox says when no script tells it otherwise.

use std::time::Duration;

use bytes::Bytes;
use serde_json::Value;

use crate::authentication::{IncomingRequest, Rejection, authenticate, read_body};
use crate::contract::endpoint::Endpoint;
use crate::contract::operation::Operation;
use crate::contract::refusal::Refusal;
use crate::http::reply::Reply;
use crate::http::target::Target;
use crate::lock::lock;
use crate::model::issue_token;
use crate::model::query::{self, ResolvedQuery};
use crate::model::token::AnnouncedExpiry;
use crate::state::State;

/// The sandbox's own reply, checked against the contract where that is on.
pub(crate) fn default_response(
    state: &State,
    target: Target,
    incoming: &IncomingRequest<'_>,
    request_id: &str,
) -> Reply {
    let Some((operation, corp)) = target else {
        let refusal = Refusal::new(state.contract, "InvalidAction.NotFound");
        return strictly(state, "the path or the method is none of the contract's")
            .unwrap_or_else(|| Reply::refused(state, &refusal, request_id));
    };
    let Some(endpoint) = state.contract.operations.get(&operation) else {
        return Reply::refused(
            state,
            &Refusal::new(state.contract, "InvalidAction.NotFound"),
            request_id,
        );
    };
    let outcome = match handle(state, operation, endpoint, corp.as_deref(), incoming) {
        Ok(outcome) => outcome,
        Err(Rejection::Refused(refusal)) => {
            let reply = Reply::refused(state, &refusal, request_id);
            return checked(state, operation, endpoint, reply);
        }
        Err(Rejection::Unexpected(what)) => {
            return strictly(state, &format!("{operation}: {what}")).unwrap_or_else(|| {
                let refusal = Refusal::new(state.contract, "system.error");
                Reply::refused(state, &refusal, request_id)
            });
        }
    };
    match outcome {
        Outcome::Token {
            body,
            has_true_expiry,
        } => {
            let reply = Reply::json(200, body);
            if has_true_expiry {
                checked(state, operation, endpoint, reply)
            } else {
                reply
            }
        }
        Outcome::Page(query) => page(state, operation, endpoint, &query, incoming.now),
    }
}

/// A page of readers: checked against the contract, and then bent where its message wants that.
fn page(
    state: &State,
    operation: Operation,
    endpoint: &Endpoint,
    query: &ResolvedQuery,
    now: Duration,
) -> Reply {
    let known = query.cached(&lock(&state.pages), now);
    let reply = match known {
        Some(page) => Reply::json(200, page),
        None => {
            let reply = Reply::json(200, query.page(&state.cursors, now));
            let reply = checked(state, operation, endpoint, reply);
            if reply.status == 200 {
                query.cache(&mut lock(&state.pages), now, reply.body.clone());
            }
            reply
        }
    };
    Reply {
        body: query.edited(reply.body),
        ..reply
    }
}

/// In strict mode, the loud reply to a request that should not have been made.
fn strictly(state: &State, what: &str) -> Option<Reply> {
    state.strict.then(|| {
        state.complain(what.to_owned());
        Reply::loud(format!("the sandbox did not expect this request: {what}\n"))
    })
}

/// Checks our own reply against the contract before anything bends it on purpose.
fn checked(state: &State, operation: Operation, endpoint: &Endpoint, reply: Reply) -> Reply {
    if state.checks_responses {
        let body = serde_json::from_slice(&reply.body).unwrap_or_default();
        let fault = endpoint.fault_of_response(reply.status, &body);
        if let Some(fault) = fault.or_else(|| undocumented(state, &body)) {
            let what =
                format!("the sandbox's own answer to {operation} breaks the contract: {fault}");
            state.complain(what.clone());
            return Reply::loud(what);
        }
    }
    reply
}

/// A code of ours that the catalogue lacks. The family of missing fields has too many members to be listed.
fn undocumented(state: &State, body: &Value) -> Option<String> {
    let code = body.get("code")?.as_str()?;
    let known = code.starts_with("Missing") || state.contract.documented(code).is_some();
    (!known).then(|| format!("`{code}` is not in the error catalogue"))
}

enum Outcome {
    Page(ResolvedQuery),
    Token {
        body: Bytes,
        /// Whether it says how long the token lives.
        has_true_expiry: bool,
    },
}

/// Handles a call: who calls, what the body says, and then the operation itself.
fn handle(
    state: &State,
    operation: Operation,
    endpoint: &Endpoint,
    corp_in_path: Option<&str>,
    incoming: &IncomingRequest<'_>,
) -> Result<Outcome, Rejection> {
    let caller = if endpoint.secured {
        Some(authenticate(state, operation, incoming)?)
    } else {
        None
    };
    let body = read_body(state, endpoint, incoming)?;
    let mut store = lock(&state.store);
    match caller {
        Some(caller) => {
            let query = query::resolve(
                &store,
                state.contract,
                &state.cursors,
                &caller,
                &body,
                incoming.now,
            )?;
            Ok(Outcome::Page(query))
        }
        None => {
            let body = issue_token::issue_token(
                &mut store,
                state.contract,
                operation,
                corp_in_path,
                &body,
                incoming.now,
            )?;
            let has_true_expiry = store.tokens.announced == AnnouncedExpiry::True;
            Ok(Outcome::Token {
                body,
                has_true_expiry,
            })
        }
    }
}
