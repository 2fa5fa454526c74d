//! The blocking client.

use std::sync::Arc;

use super::many::ReadMany;
use super::query::ReadStatus;
use super::runtime::Runtime;
use crate::auth::TokenInfo;
use crate::cursor::Cursor;
use crate::error::Result;

/// Asks DingTalk who has read a message, and waits for the answer. The twin of [`crate::Client`].
///
/// Cheap to clone; clones may be used from several threads at once.
#[derive(Debug, Clone)]
pub struct Client {
    pub(super) inner: crate::Client,
    pub(super) runtime: Arc<Runtime>,
}

impl Client {
    /// A blocking client that shares everything with an async one: rate limit, tokens, retry budget.
    ///
    /// # Errors
    ///
    /// The operating system gives no runtime.
    pub fn new(client: crate::Client) -> Result<Self> {
        Ok(Self {
            inner: client,
            runtime: Arc::new(Runtime::new()?),
        })
    }

    /// As [`crate::Client::read_status`].
    pub fn read_status(&self, process_query_key: impl Into<String>) -> ReadStatus {
        ReadStatus::new(
            self.inner.read_status(process_query_key),
            Arc::clone(&self.runtime),
        )
    }

    /// As [`crate::Client::resume`].
    pub fn resume(&self, cursor: &Cursor) -> ReadStatus {
        ReadStatus::new(self.inner.resume(cursor), Arc::clone(&self.runtime))
    }

    /// As [`crate::Client::for_corp`].
    ///
    /// # Errors
    ///
    /// As there.
    pub fn for_corp(&self, corp_id: impl AsRef<str>) -> Result<Self> {
        Ok(Self {
            inner: self.inner.for_corp(corp_id)?,
            runtime: Arc::clone(&self.runtime),
        })
    }

    /// As [`crate::Client::token_info`].
    ///
    /// # Errors
    ///
    /// As there; and within an async runtime.
    pub fn token_info(&self) -> Result<TokenInfo> {
        self.runtime.wait(self.inner.token_info())?
    }

    /// As [`crate::Client::read_many`]. Messages that are under way get on while an answer is waited for.
    pub fn read_many<'q, I>(&self, queries: I) -> ReadMany<'q>
    where
        I: IntoIterator<Item = ReadStatus, IntoIter: Send + Unpin + 'q>,
    {
        let queries = queries.into_iter().map(ReadStatus::into_inner);
        ReadMany::new(
            self.inner.read_many_iter(queries),
            Arc::clone(&self.runtime),
        )
    }
}
