//! DingTalk's three token operations as sources of tokens.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use dingtalk_receipts_api as api;
use dingtalk_receipts_api::operations;
use dingtalk_receipts_api::{Operation, RequestError, Secret, types};
use serde_json::value::RawValue;

use super::BoxFuture;
use super::apps::App;
use super::cache::Source;
use super::grant::Grant;
use super::lifetime::announced;
use super::owner::Owner;
use super::ticket;
use super::token::AccessToken;
use crate::call::{Answer, Call, Caller, Limits, RetryPolicy, Unreadable, misread, refused};
use crate::error::{Error, Redactor, Result, without_byte_order_mark};

/// How the contract spells the fields of an answer: two of the operations so, the third otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Spelling {
    token: &'static str,
    lifetime: &'static str,
}

const CAMEL: Spelling = Spelling {
    token: "accessToken",
    lifetime: "expireIn",
};

const SNAKE: Spelling = Spelling {
    token: "access_token",
    lifetime: "expires_in",
};

/// An app's token operation.
#[derive(Debug)]
pub(crate) struct Endpoint {
    pub(crate) app: App,
    pub(crate) owner: Owner,
    pub(crate) api: api::Client,
    /// Without quota and permits: token calls are free (KB 1432), and the call that waits for one holds a permit.
    pub(crate) caller: Caller,
    pub(crate) limits: Limits,
    pub(crate) retry: RetryPolicy,
    /// The last suite ticket that was shown, for texts that must not show it.
    pub(crate) ticket: Mutex<Option<Secret>>,
}

impl Endpoint {
    async fn grant(&self) -> Result<Grant> {
        let api = &self.api;
        let app = self.app.fields();
        let corp = app.corp.unwrap_or_default();
        match &self.app {
            App::Internal(_) => {
                let body = types::AppAccessTokenRequest {
                    app_key: app.key.to_owned(),
                    app_secret: app.secret.clone(),
                };
                let build = || api.create_app_access_token_request(&body);
                let secrets = [app.secret];
                self.ask(&operations::CREATE_APP_ACCESS_TOKEN, CAMEL, &secrets, build)
                    .await
            }
            App::ThirdParty(_) => {
                let ticket = match app.tickets {
                    Some(tickets) => ticket::newest(tickets).await?,
                    None => Secret::from(""),
                };
                *self.last_ticket() = Some(ticket.clone());
                let body = types::CorpAccessTokenRequest {
                    suite_key: app.key.to_owned(),
                    suite_secret: app.secret.clone(),
                    auth_corp_id: corp.to_owned(),
                    suite_ticket: ticket.clone(),
                };
                let build = || api.create_corp_access_token_request(&body);
                let secrets = [app.secret, &ticket];
                self.ask(
                    &operations::CREATE_CORP_ACCESS_TOKEN,
                    CAMEL,
                    &secrets,
                    build,
                )
                .await
            }
            App::Corp(_) => {
                let body = types::TokenRequest {
                    client_id: app.key.to_owned(),
                    client_secret: app.secret.clone(),
                    grant_type: types::GrantType::ClientCredentials,
                };
                let build = || api.create_token_request(corp, &body);
                self.ask(&operations::CREATE_TOKEN, SNAKE, &[app.secret], build)
                    .await
            }
        }
    }

    fn last_ticket(&self) -> MutexGuard<'_, Option<Secret>> {
        self.ticket.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn ask(
        &self,
        operation: &'static Operation,
        spelling: Spelling,
        secrets: &[&Secret],
        build: impl Fn() -> Result<reqwest::Request, RequestError>,
    ) -> Result<Grant> {
        let call = Call {
            operation,
            auth: None,
            limits: self.limits,
            retry: &self.retry,
            deadline: None,
        };
        let redactor = || {
            secrets
                .iter()
                .fold(Redactor::default().withhold_bodies(), |redactor, secret| {
                    redactor.hide(secret.expose())
                })
        };
        self.caller
            .run(
                &call,
                |_| {
                    build().map_err(|error| {
                        Error::argument("the request for a token could not be made")
                            .caused_by(error)
                    })
                },
                |answer, _| {
                    let wall = || self.caller.clock.wall();
                    if !(200..300).contains(&answer.status) {
                        return Err(refused(answer, &redactor(), wall()));
                    }
                    read(answer, spelling).map_err(|why| misread(answer, why, &redactor(), wall()))
                },
            )
            .await
    }
}

impl Source for Endpoint {
    fn fetch<'a>(&'a self, _: Option<&'a AccessToken>) -> BoxFuture<'a, Result<Grant>> {
        Box::pin(self.grant())
    }

    fn owner(&self) -> &Owner {
        &self.owner
    }

    fn hide<'a>(&'a self, redactor: Redactor<'a>) -> Redactor<'a> {
        let redactor = redactor.hide(self.app.fields().secret.expose());
        match self.last_ticket().clone() {
            Some(ticket) => redactor.hide_owned(ticket),
            None => redactor,
        }
    }
}

/// Reads a token and its lifetime. The lifetime may be anything; the token may not.
fn read(answer: &Answer, spelling: Spelling) -> Result<Grant, Unreadable> {
    let body = without_byte_order_mark(&answer.body);
    let fields: BTreeMap<String, Box<RawValue>> =
        serde_json::from_slice(body).map_err(|error| {
            if error.is_data() {
                Unreadable::Foreign("it is not a JSON object".to_owned())
            } else if error.is_eof() && !body.is_empty() {
                Unreadable::CutOff
            } else {
                Unreadable::Foreign(format!("it is not JSON ({error})"))
            }
        })?;
    let token = fields
        .get(spelling.token)
        .and_then(|raw| serde_json::from_str::<Secret>(raw.get()).ok())
        .ok_or_else(|| Unreadable::Foreign(format!("it has no text `{}`", spelling.token)))?;
    let token =
        AccessToken::new(token.expose()).map_err(|error| Unreadable::Foreign(error.to_string()))?;
    let lifetime = announced(fields.get(spelling.lifetime).map(|raw| &**raw));
    Ok(Grant::issued(token, lifetime))
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use std::time::Duration;

    use super::*;

    fn read_body(body: &str, spelling: Spelling) -> Result<Grant, Unreadable> {
        let answer = Answer {
            status: 200,
            headers: reqwest::header::HeaderMap::new(),
            body: Bytes::copy_from_slice(body.as_bytes()),
        };
        read(&answer, spelling)
    }

    #[test]
    fn the_fields_are_spelled_as_in_the_contract() {
        let camel = types::AccessToken {
            access_token: Some(Secret::from("a-token")),
            expire_in: Some(60),
        };
        let snake = types::Token {
            access_token: Some(Secret::from("a-token")),
            expires_in: Some(60),
        };
        for (json, spelling) in [
            (serde_json::to_string(&camel).unwrap(), CAMEL),
            (serde_json::to_string(&snake).unwrap(), SNAKE),
        ] {
            let grant = read_body(&json, spelling).unwrap();
            assert_eq!(grant.token.expose(), "a-token");
            assert_eq!(grant.lifetime, Duration::from_secs(60));
        }
    }

    #[test]
    fn an_answer_without_a_token_is_an_error_that_shows_none() {
        for (body, said) in [
            ("", "not JSON"),
            ("null", "not a JSON object"),
            ("[]", "not a JSON object"),
            ("{}", "no text `accessToken`"),
            (r#"{"accessToken":null}"#, "no text `accessToken`"),
            (r#"{"accessToken":7}"#, "no text `accessToken`"),
            (r#"{"accessToken":""}"#, "is empty"),
            (r#"{"accessToken":"s3cret\n"}"#, "cannot be sent"),
            (r#"{"access_token":"s3cret"}"#, "no text `accessToken`"),
            ("<html>", "not JSON"),
        ] {
            let why = format!("{:?}", read_body(body, CAMEL).unwrap_err());
            assert!(why.contains(said), "{body}: {why}");
            assert!(!why.contains("s3cret"), "{why}");
        }
    }

    #[test]
    fn no_lifetime_costs_the_token() {
        for expiry in [
            "",
            r#","expireIn":1e999"#,
            r#","expireIn":{"a":[1]}"#,
            r#","expireIn":"x""#,
        ] {
            let body = format!(r#"{{"accessToken":"a-token"{expiry}}}"#);
            assert_eq!(read_body(&body, CAMEL).unwrap().token.expose(), "a-token");
        }
    }
}
