//! Where a third-party app's newest ticket comes from.

use dingtalk_receipts_api::Secret;

use super::provider::ProviderError;
use crate::error::{Advice, Error, Kind, Result};
use crate::future::BoxFuture;

/// Knows the newest suite ticket. DingTalk pushes a new one to the app about every five hours (KB 0034), so it is
/// asked for before each token.
///
/// A function that returns a text is one, and so is a text, which does for custom apps: they may use any. Where the
/// ticket is in a database or needs waiting for, implement this.
///
/// ```
/// use dingtalk_receipts::ThirdPartyApp;
/// use std::sync::{Arc, RwLock};
///
/// // Filled by what receives DingTalk's pushes.
/// let newest = Arc::new(RwLock::new(String::new()));
/// let tickets = move || newest.read().map(|ticket| ticket.clone()).unwrap_or_default();
/// let app = ThirdPartyApp::new("suite key", "suite secret", tickets, "corp id");
/// ```
pub trait TicketSource: Send + Sync + 'static {
    /// The newest ticket. An empty text means that none has come yet.
    fn ticket(&self) -> BoxFuture<'_, Result<String, ProviderError>>;
}

impl<F, T> TicketSource for F
where
    F: Fn() -> T + Send + Sync + 'static,
    T: Into<String>,
{
    fn ticket(&self) -> BoxFuture<'_, Result<String, ProviderError>> {
        let ticket = self().into();
        Box::pin(async move { Ok(ticket) })
    }
}

impl TicketSource for String {
    fn ticket(&self) -> BoxFuture<'_, Result<String, ProviderError>> {
        Box::pin(async move { Ok(self.clone()) })
    }
}

impl TicketSource for &'static str {
    fn ticket(&self) -> BoxFuture<'_, Result<String, ProviderError>> {
        Box::pin(async move { Ok((*self).to_owned()) })
    }
}

/// The newest ticket, or why there is none.
pub(crate) async fn newest(source: &dyn TicketSource) -> Result<Secret> {
    let ticket = source
        .ticket()
        .await
        .map_err(|error| error.into_error("the source of suite tickets"))?;
    let ticket = Secret::from(ticket);
    if ticket.is_empty() {
        let text = "the source of suite tickets has none yet; DingTalk pushes one to the app about every five hours";
        return Err(
            Error::new(Kind::Credentials, text).with(|details| details.advice = Advice::Backoff)
        );
    }
    Ok(ticket)
}
