//! Who asks: from options, files and the environment to credentials, and where their tokens are kept.
//!
//! What stands on the command line counts; only if it names no credentials does the environment. Within the
//! environment, a token counts before an app, and an app before a suite.

use dingtalk_receipts::{
    AccessToken, ClientBuilder, CorpApp, FileTokenStore, InternalApp, ThirdPartyApp,
};
use etcetera::BaseStrategy as _;

use crate::args::Credentials;
use crate::failure::Failure;
use crate::input::Input;
use crate::secret::{read, variable};

const ACCESS_TOKEN: &str = "DINGTALK_ACCESS_TOKEN";
const APP_KEY: &str = "DINGTALK_APP_KEY";
const APP_SECRET: &str = "DINGTALK_APP_SECRET";
const CORP_ID: &str = "DINGTALK_CORP_ID";
const SUITE_KEY: &str = "DINGTALK_SUITE_KEY";
const SUITE_SECRET: &str = "DINGTALK_SUITE_SECRET";
const SUITE_TICKET: &str = "DINGTALK_SUITE_TICKET";

/// Gives `builder` the credentials that are meant.
pub(crate) fn authorised(
    builder: ClientBuilder,
    given: &Credentials,
) -> Result<ClientBuilder, Failure> {
    if let Some(token) = token(given)? {
        return Ok(builder.credentials(AccessToken::new(token)?));
    }
    let builder = cached(builder, given);
    let corp = or_variable(given.corp_id.clone(), CORP_ID)?;
    let suite_is_meant = given.suite_key.is_some() || given.suite_secret_file.is_some();
    if !suite_is_meant && let Some(key) = or_variable(given.app_key.clone(), APP_KEY)? {
        let secret = secret(
            given.app_secret_file.as_ref(),
            APP_SECRET,
            "app secret",
            &key,
        )?;
        return Ok(match corp {
            Some(corp) => builder.credentials(CorpApp::new(key, secret, corp)),
            None => builder.credentials(InternalApp::new(key, secret)),
        });
    }
    if let Some(key) = or_variable(given.suite_key.clone(), SUITE_KEY)? {
        let secret = secret(
            given.suite_secret_file.as_ref(),
            SUITE_SECRET,
            "suite secret",
            &key,
        )?;
        let ticket = given.suite_ticket_file.as_ref();
        let ticket = self::secret(ticket, SUITE_TICKET, "suite ticket", &key)?;
        let Some(corp) = corp else {
            return Err(Failure::usage(format!(
                "the suite {key} serves many corps; say which by --corp-id or {CORP_ID}"
            )));
        };
        return Ok(builder.credentials(ThirdPartyApp::new(key, secret, ticket, corp)));
    }
    Err(Failure::usage(format!(
        "there are no credentials; set {ACCESS_TOKEN}, or {APP_KEY} and {APP_SECRET}, or {SUITE_KEY}, \
         {SUITE_SECRET}, {SUITE_TICKET} and {CORP_ID}; or try --sandbox"
    )))
}

/// The access token that was given as such, if that is what is meant.
fn token(given: &Credentials) -> Result<Option<String>, Failure> {
    if let Some(token) = &given.access_token {
        return Ok(Some(token.clone()));
    }
    if let Some(file) = &given.access_token_file {
        return read(file, "access token").map(Some);
    }
    let Credentials {
        app_key,
        app_secret_file,
        corp_id,
        suite_key,
        suite_secret_file,
        ..
    } = given;
    let named = app_key.is_some() || corp_id.is_some() || suite_key.is_some();
    if named || app_secret_file.is_some() || suite_secret_file.is_some() {
        return Ok(None);
    }
    variable(ACCESS_TOKEN)
}

fn or_variable(given: Option<String>, name: &str) -> Result<Option<String>, Failure> {
    match given {
        Some(value) => Ok(Some(value)),
        None => variable(name),
    }
}

/// The secret that goes with `key`: from the file, or from the environment.
fn secret(file: Option<&Input>, name: &str, what: &str, key: &str) -> Result<String, Failure> {
    if let Some(file) = file {
        return read(file, what);
    }
    variable(name)?.ok_or_else(|| {
        let option = what.replace(' ', "-");
        Failure::usage(format!(
            "there is no {what} for {key}; set {name}, or give --{option}-file"
        ))
    })
}

/// Keeps tokens for later commands, under the user's cache directory. A machine without one does without.
fn cached(builder: ClientBuilder, given: &Credentials) -> ClientBuilder {
    let Ok(directories) = etcetera::choose_base_strategy() else {
        return builder;
    };
    let folder = directories.cache_dir().join("dingtalk-receipts");
    // A relative one, out of a strange HOME, would leave tokens wherever the command happens to run.
    if given.no_token_cache || folder.is_relative() {
        return builder;
    }
    builder.token_store(FileTokenStore::new(folder))
}
