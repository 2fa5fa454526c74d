//! What the sandbox says when no script tells it otherwise.

use std::time::Duration;

use bytes::Bytes;
use serde_json::Value;

use crate::admission::{Incoming, Trouble, admit, read};
use crate::contract::Endpoint;
use crate::gateway::Target;
use crate::grant;
use crate::inner::Inner;
use crate::lock::lock;
use crate::operation::Operation;
use crate::query;
use crate::refusal::Refusal;
use crate::reply::Reply;
use crate::token::AnnouncedExpiry;

/// The sandbox's own reply, checked against the contract where that is on.
pub(crate) fn genuine(
    inner: &Inner,
    target: Target,
    incoming: &Incoming<'_>,
    request_id: &str,
) -> Reply {
    let Some((operation, corp)) = target else {
        let refusal = Refusal::new(inner.contract, "InvalidAction.NotFound");
        return strictly(inner, "the path or the method is none of the contract's")
            .unwrap_or_else(|| Reply::refused(inner, &refusal, request_id));
    };
    let Some(endpoint) = inner.contract.operations.get(&operation) else {
        return Reply::refused(
            inner,
            &Refusal::new(inner.contract, "InvalidAction.NotFound"),
            request_id,
        );
    };
    let outcome = match handle(inner, operation, endpoint, corp.as_deref(), incoming) {
        Ok(outcome) => outcome,
        Err(Trouble::Refused(refusal)) => {
            let reply = Reply::refused(inner, &refusal, request_id);
            return checked(inner, operation, endpoint, reply);
        }
        Err(Trouble::Unexpected(what)) => {
            return strictly(inner, &format!("{operation}: {what}")).unwrap_or_else(|| {
                let refusal = Refusal::new(inner.contract, "system.error");
                Reply::refused(inner, &refusal, request_id)
            });
        }
    };
    match outcome {
        Outcome::Token { body, told_truly } => {
            let reply = Reply::json(200, body);
            if told_truly {
                checked(inner, operation, endpoint, reply)
            } else {
                reply
            }
        }
        Outcome::Page(found) => page(inner, operation, endpoint, &found, incoming.now),
    }
}

/// A page of readers: checked against the contract, and then bent where its message wants that.
fn page(
    inner: &Inner,
    operation: Operation,
    endpoint: &Endpoint,
    found: &query::Found,
    now: Duration,
) -> Reply {
    let known = found.known(&lock(&inner.pages), now);
    let reply = match known {
        Some(page) => Reply::json(200, page),
        None => {
            let reply = Reply::json(200, found.page(&inner.cursors, now));
            let reply = checked(inner, operation, endpoint, reply);
            if reply.status == 200 {
                found.keep(&mut lock(&inner.pages), now, reply.body.clone());
            }
            reply
        }
    };
    Reply {
        body: found.bent(reply.body),
        ..reply
    }
}

/// In strict mode, the loud reply to a request that should not have been made.
fn strictly(inner: &Inner, what: &str) -> Option<Reply> {
    inner.strict.then(|| {
        inner.complain(what.to_owned());
        Reply::loud(format!("the sandbox did not expect this request: {what}\n"))
    })
}

/// Checks our own reply against the contract before anything bends it on purpose.
fn checked(inner: &Inner, operation: Operation, endpoint: &Endpoint, reply: Reply) -> Reply {
    if inner.checks_answers {
        let body = serde_json::from_slice(&reply.body).unwrap_or_default();
        let fault = endpoint.fault_of_response(reply.status, &body);
        if let Some(fault) = fault.or_else(|| undocumented(inner, &body)) {
            let what =
                format!("the sandbox's own answer to {operation} breaks the contract: {fault}");
            inner.complain(what.clone());
            return Reply::loud(what);
        }
    }
    reply
}

/// A code of ours that the catalogue lacks. The family of missing fields has too many members to be listed.
fn undocumented(inner: &Inner, body: &Value) -> Option<String> {
    let code = body.get("code")?.as_str()?;
    let known = code.starts_with("Missing") || inner.contract.documented(code).is_some();
    (!known).then(|| format!("`{code}` is not in the error catalogue"))
}

enum Outcome {
    Page(query::Found),
    Token {
        body: Bytes,
        /// Whether it says how long the token lives.
        told_truly: bool,
    },
}

/// Handles a call: who calls, what the body says, and then the operation itself.
fn handle(
    inner: &Inner,
    operation: Operation,
    endpoint: &Endpoint,
    corp_in_path: Option<&str>,
    incoming: &Incoming<'_>,
) -> Result<Outcome, Trouble> {
    let caller = if endpoint.secured {
        Some(admit(inner, operation, incoming)?)
    } else {
        None
    };
    let body = read(inner, endpoint, incoming)?;
    let mut world = lock(&inner.world);
    match caller {
        Some(caller) => {
            let found = query::find(
                &world,
                inner.contract,
                &inner.cursors,
                &caller,
                &body,
                incoming.now,
            )?;
            Ok(Outcome::Page(found))
        }
        None => {
            let body = grant::grant(
                &mut world,
                inner.contract,
                operation,
                corp_in_path,
                &body,
                incoming.now,
            )?;
            let told_truly = world.tokens.announced == AnnouncedExpiry::True;
            Ok(Outcome::Token { body, told_truly })
        }
    }
}
