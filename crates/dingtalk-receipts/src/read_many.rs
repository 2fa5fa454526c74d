//! The methods of a client that begin a run over many messages.

use futures_core::Stream;

use crate::client::Client;
use crate::many::{FromIter, ReadMany};
use crate::query::ReadStatus;

impl Client {
    /// Asks for the readers of many messages, several at a time, and gives each message's answer when it is complete.
    /// Each query goes through its own client, as a rule clones of this one.
    ///
    /// ```no_run
    /// # async fn run(client: dingtalk_receipts::Client, keys: Vec<String>) {
    /// let queries = keys.into_iter().map(|key| client.read_status(key).conversation("cid").robot("robot"));
    /// let mut answers = client.read_many_iter(queries.collect::<Vec<_>>());
    /// while let Some(answer) = answers.next().await {
    ///     match answer.result {
    ///         Ok(receipts) => println!("{}: {} readers", answer.process_query_key, receipts.readers.len()),
    ///         Err(error) => println!("{}: {error}", answer.process_query_key),
    ///     }
    /// }
    /// # }
    /// ```
    pub fn read_many<'q>(
        &self,
        queries: impl Stream<Item = ReadStatus> + Send + 'q,
    ) -> ReadMany<'q> {
        ReadMany::new(Box::pin(queries))
    }

    /// The same for queries that are at hand.
    pub fn read_many_iter<'q, I>(&self, queries: I) -> ReadMany<'q>
    where
        I: IntoIterator<Item = ReadStatus, IntoIter: Send + Unpin + 'q>,
    {
        self.read_many(FromIter(queries.into_iter()))
    }
}
