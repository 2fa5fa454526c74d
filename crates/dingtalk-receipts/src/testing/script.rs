//! The script: which reply to which call.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::call::Call;
use super::reply::Reply;
use super::stage::Stage;
use crate::access_token::AccessToken;
use crate::builder::ClientBuilder;
use crate::client::Client;
use crate::error::{ErrorCode, Result};
use crate::executor::RateLimit;
use crate::receipts::Reader;

/// Replies for the clients that it makes, and the calls that they made. Clones are the same script.
///
/// A call gets the next reply that was written for its [message](Self::message); if there is none, the next of those
/// [for any message](Self::reply); if there is none either, what [`otherwise`](Self::otherwise) says; and in the end
/// an error that tells what was asked.
#[derive(Clone, Default)]
pub struct Script {
    lines: Arc<Mutex<Lines>>,
}

type Otherwise = Arc<dyn Fn(&Call) -> Reply + Send + Sync>;

#[derive(Default)]
struct Lines {
    any: VecDeque<Reply>,
    by_message: HashMap<String, VecDeque<Reply>>,
    read_by: HashMap<String, Vec<Reader>>,
    otherwise: Option<Otherwise>,
    calls: Vec<Call>,
    tokens: u64,
}

impl Script {
    /// A script without replies.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The next reply, whichever message is asked about.
    #[must_use]
    pub fn reply(self, reply: Reply) -> Self {
        self.lock().any.push_back(reply);
        self
    }

    /// The next replies to calls about one message, by its process query key.
    #[must_use]
    pub fn message(
        self,
        process_query_key: impl Into<String>,
        replies: impl IntoIterator<Item = Reply>,
    ) -> Self {
        self.lock()
            .by_message
            .entry(process_query_key.into())
            .or_default()
            .extend(replies);
        self
    }

    /// A message that these people have read, as often as it is asked about. Pages are as large as the query wants.
    #[must_use]
    pub fn message_read_by(
        self,
        process_query_key: impl Into<String>,
        readers: impl IntoIterator<Item = impl Into<Reader>>,
    ) -> Self {
        let readers = readers.into_iter().map(Into::into).collect();
        self.lock()
            .read_by
            .insert(process_query_key.into(), readers);
        self
    }

    /// The reply to calls that no other is left for.
    #[must_use]
    pub fn otherwise(self, reply: impl Fn(&Call) -> Reply + Send + Sync + 'static) -> Self {
        self.lock().otherwise = Some(Arc::new(reply));
        self
    }

    /// A client that gets these replies: without a rate limit, and otherwise with what a client has if nothing is said.
    ///
    /// # Errors
    ///
    /// As of [`ClientBuilder::build`].
    pub fn client(&self) -> Result<Client> {
        self.builder()?.build()
    }

    /// The same, to say more: a rate limit, a retry policy, credentials, a clock. Calls for an access token get one.
    ///
    /// # Errors
    ///
    /// None at present.
    pub fn builder(&self) -> Result<ClientBuilder> {
        let token = AccessToken::new("scripted-access-token")?;
        Ok(ClientBuilder::new()
            .base_url("http://127.0.0.1")
            .credentials(token)
            .rate_limit(RateLimit::unlimited())
            .transport(Arc::new(Stage::new(self.clone()))))
    }

    /// The calls for pages that were made so far, in order.
    #[must_use]
    pub fn calls(&self) -> Vec<Call> {
        self.lock().calls.clone()
    }

    /// How many calls for access tokens were made so far.
    #[must_use]
    pub fn token_calls(&self) -> u64 {
        self.lock().tokens
    }

    /// Notes a call and finds its reply. The number is that of the call, from 1.
    pub(super) fn next(&self, call: &Call) -> (usize, Option<Reply>) {
        let mut lines = self.lock();
        lines.calls.push(call.clone());
        let number = lines.calls.len();
        let own = lines
            .by_message
            .get_mut(&call.process_query_key)
            .and_then(VecDeque::pop_front);
        let mut reply = own.or_else(|| {
            let readers = lines.read_by.get(&call.process_query_key)?;
            Some(page(readers, call))
        });
        if reply.is_none() {
            reply = lines.any.pop_front();
        }
        let otherwise = lines.otherwise.clone();
        // The user's function may look at the script.
        drop(lines);
        (number, reply.or_else(|| otherwise.map(|reply| reply(call))))
    }

    pub(super) fn token(&self) -> u64 {
        let mut lines = self.lock();
        lines.tokens += 1;
        lines.tokens
    }

    fn lock(&self) -> MutexGuard<'_, Lines> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The page of `readers` that a call wants. Its cursor is the number of those before it.
fn page(readers: &[Reader], call: &Call) -> Reply {
    let start = match call.cursor.as_deref().unwrap_or("0").parse::<usize>() {
        Ok(start) if start <= readers.len() => start,
        _ => return Reply::error(ErrorCode::InvalidParameterCursorInvalid),
    };
    let size = call
        .max_results
        .and_then(|size| usize::try_from(size).ok())
        .unwrap_or(usize::MAX);
    let end = start.saturating_add(size).min(readers.len());
    let reply = Reply::page(readers[start..end].iter().cloned());
    if end < readers.len() {
        reply.next(end.to_string())
    } else {
        reply
    }
}

impl fmt::Debug for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Script")
            .field("calls", &self.lock().calls.len())
            .finish_non_exhaustive()
    }
}
