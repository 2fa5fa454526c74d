//! The three token operations: who gets a token, and who is refused.

use std::time::Duration;

use bytes::Bytes;
use serde::Serialize;
use serde_json::Value;

use crate::contract::definition::Contract;
use crate::contract::operation::Operation;
use crate::contract::refusal::Refusal;
use crate::model::app::{App, AppKind};
use crate::model::store::Store;
use crate::model::token::AnnouncedExpiry;

/// Answers a token operation whose body has passed the contract's schema.
pub(crate) fn issue_token(
    store: &mut Store,
    contract: &Contract,
    operation: Operation,
    corp_in_path: Option<&str>,
    body: &Value,
    now: Duration,
) -> Result<Bytes, Refusal> {
    let (place, corp) = match operation {
        Operation::AppToken => internal_app(store, contract, body)?,
        Operation::CorpToken => third_party_app(store, contract, body)?,
        _ => any_app(store, contract, body, corp_in_path.unwrap_or_default())?,
    };
    let Store {
        apps,
        tokens,
        quotas,
        ..
    } = store;
    let Some(app) = apps.get(place) else {
        return Err(Refusal::new(contract, "system.error"));
    };
    quotas
        .count(operation, (place, app.kind), &corp, now)
        .map_err(|code| Refusal::new(contract, code))?;
    let token = tokens.issue((place, app), &corp, operation, now);
    let lifetime = Value::from(app.lifetime.as_secs());
    let expiry = match &tokens.announced {
        AnnouncedExpiry::True => Some(&lifetime),
        AnnouncedExpiry::Missing => None,
        AnnouncedExpiry::Value(value) => Some(value),
    };
    // Text and a JSON value always serialize.
    let body = if operation == Operation::Token {
        serde_json::to_vec(&SnakeToken {
            access_token: &token,
            expires_in: expiry,
        })
    } else {
        serde_json::to_vec(&CamelToken {
            expire_in: expiry,
            access_token: &token,
        })
    };
    Ok(Bytes::from(body.unwrap_or_default()))
}

type AppAndCorp = Result<(usize, String), Refusal>;

fn internal_app(store: &Store, contract: &Contract, body: &Value) -> AppAndCorp {
    let refused = || Refusal::new(contract, "invalidClientIdOrSecret");
    let (place, app) = find(store, body, "appKey").ok_or_else(refused)?;
    if app.kind != AppKind::Internal || body["appSecret"] != app.secret.as_str() {
        return Err(refused());
    }
    Ok((place, app.home().to_owned()))
}

fn third_party_app(store: &Store, contract: &Contract, body: &Value) -> AppAndCorp {
    let refused = |code| Refusal::new(contract, code);
    let (place, app) = find(store, body, "suiteKey")
        .filter(|(_, app)| app.kind == AppKind::ThirdParty)
        .ok_or_else(|| refused("invalidSuiteKey"))?;
    if body["suiteSecret"] != app.secret.as_str() {
        return Err(refused("invalidAuthInfo"));
    }
    if app
        .ticket
        .as_deref()
        .is_some_and(|ticket| body["suiteTicket"] != ticket)
    {
        return Err(refused("invalidSuiteTicket"));
    }
    let corp = body["authCorpId"].as_str().unwrap_or_default();
    let corp = app
        .corp_for(corp)
        .ok_or_else(|| refused("invalidAuthInfo"))?;
    Ok((place, corp.to_owned()))
}

fn any_app(store: &Store, contract: &Contract, body: &Value, corp: &str) -> AppAndCorp {
    let refused = || Refusal::new(contract, "invalid.client");
    let (place, app) = find(store, body, "client_id").ok_or_else(refused)?;
    if body["client_secret"] != app.secret.as_str() {
        return Err(refused());
    }
    let corp = app.corp_for(corp).ok_or_else(|| {
        Refusal::new(contract, "unauthorized.client").with_status(app.unauthorized_status)
    })?;
    Ok((place, corp.to_owned()))
}

fn find<'a>(store: &'a Store, body: &Value, field: &str) -> Option<(usize, &'a App)> {
    let key = body[field].as_str()?;
    store
        .apps
        .iter()
        .enumerate()
        .find(|(_, app)| app.key == key)
}

/// As seen on the wire, the lifetime comes first.
#[derive(Serialize)]
struct CamelToken<'a> {
    #[serde(rename = "expireIn", skip_serializing_if = "Option::is_none")]
    expire_in: Option<&'a Value>,
    #[serde(rename = "accessToken")]
    access_token: &'a str,
}

#[derive(Serialize)]
struct SnakeToken<'a> {
    access_token: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_in: Option<&'a Value>,
}
