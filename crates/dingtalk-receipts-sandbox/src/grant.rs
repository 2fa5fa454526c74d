//! The three token operations: who gets a token, and who is refused.

use std::time::Duration;

use bytes::Bytes;
use serde::Serialize;
use serde_json::Value;

use crate::app::{App, Kind};
use crate::contract::Contract;
use crate::operation::Operation;
use crate::refusal::Refusal;
use crate::token::AnnouncedExpiry;
use crate::world::World;

/// Answers a token operation whose body has passed the contract's schema.
pub(crate) fn grant(
    world: &mut World,
    contract: &Contract,
    operation: Operation,
    corp_in_path: Option<&str>,
    body: &Value,
    now: Duration,
) -> Result<Bytes, Refusal> {
    let (place, corp) = match operation {
        Operation::AppToken => internal_app(world, contract, body)?,
        Operation::CorpToken => third_party_app(world, contract, body)?,
        _ => any_app(world, contract, body, corp_in_path.unwrap_or_default())?,
    };
    let World {
        apps,
        tokens,
        meters,
        ..
    } = world;
    let Some(app) = apps.get(place) else {
        return Err(Refusal::new(contract, "system.error"));
    };
    meters
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

type Found = Result<(usize, String), Refusal>;

fn internal_app(world: &World, contract: &Contract, body: &Value) -> Found {
    let refused = || Refusal::new(contract, "invalidClientIdOrSecret");
    let (place, app) = find(world, body, "appKey").ok_or_else(refused)?;
    if app.kind != Kind::Internal || body["appSecret"] != app.secret.as_str() {
        return Err(refused());
    }
    Ok((place, app.home().to_owned()))
}

fn third_party_app(world: &World, contract: &Contract, body: &Value) -> Found {
    let refused = |code| Refusal::new(contract, code);
    let (place, app) = find(world, body, "suiteKey")
        .filter(|(_, app)| app.kind == Kind::ThirdParty)
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

fn any_app(world: &World, contract: &Contract, body: &Value, corp: &str) -> Found {
    let refused = || Refusal::new(contract, "invalid.client");
    let (place, app) = find(world, body, "client_id").ok_or_else(refused)?;
    if body["client_secret"] != app.secret.as_str() {
        return Err(refused());
    }
    let corp = app.corp_for(corp).ok_or_else(|| {
        Refusal::new(contract, "unauthorized.client").with_status(app.unauthorized_status)
    })?;
    Ok((place, corp.to_owned()))
}

fn find<'a>(world: &'a World, body: &Value, field: &str) -> Option<(usize, &'a App)> {
    let key = body[field].as_str()?;
    world
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
