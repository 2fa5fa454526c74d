//! Pages of readers: one page, waiting for a message that has no data yet, and the pager over all of them.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::operation::QueryPage;
use super::request::ReadStatusRequest;
use crate::client::Client;
use crate::cursor::Cursor;
use crate::error::{Error, Result};
use crate::executor::CallOptions;
use crate::pager::{Paged, Pager, Place};
use crate::receipts::Page;
use crate::task::Task;

/// The delay before a message without data is asked about again doubles from the first of these to the second.
const NOT_READY_DELAY: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(4));

/// All pages of a query. The query's deadline counts from the first page.
pub(crate) fn pager(client: Client, request: ReadStatusRequest) -> Pager<Page> {
    let (start, options) = (request.check(), request.pager_options());
    let shared = Arc::new((client, request));
    let mut deadline = None;
    Pager::new(start, options, move |cursor: &Cursor| {
        let (client, request) = &*shared;
        let deadline = *deadline.get_or_insert_with(|| client.deadline(request.deadline));
        let (shared, cursor) = (Arc::clone(&shared), cursor.clone());
        Task::start(async move { page(&shared.0, &shared.1, &cursor, deadline).await })
    })
}

/// The page at `cursor`; if the query wants to wait for a message that has no data yet, again and again.
pub(crate) async fn page(
    client: &Client,
    request: &ReadStatusRequest,
    cursor: &Cursor,
    deadline: Option<Instant>,
) -> Result<Page> {
    let clock = client.clock();
    let ready_until = client.deadline(request.ready_within);
    let mut delay = NOT_READY_DELAY.0;
    loop {
        let error = match page_once(client, request, cursor, deadline).await {
            Ok(page) => return Ok(page),
            Err(error) => cursor.attach(error),
        };
        let next = clock.now().checked_add(delay);
        let in_time =
            |until: Option<Instant>| next.zip(until).is_some_and(|(next, until)| next <= until);
        if !error.is_not_ready()
            || !in_time(ready_until)
            || (deadline.is_some() && !in_time(deadline))
        {
            return Err(error);
        }
        clock.sleep(delay).await;
        delay = (delay * 2).min(NOT_READY_DELAY.1);
    }
}

async fn page_once(
    client: &Client,
    request: &ReadStatusRequest,
    cursor: &Cursor,
    deadline: Option<Instant>,
) -> Result<Page> {
    let operation = QueryPage {
        api: &client.shared.api,
        body: request.body(cursor)?,
        cursor,
    };
    let options = CallOptions {
        tokens: Some(&client.auth),
        limits: request.limits,
        retry: &request.retry,
        deadline,
        call_budget: request.call_budget.as_deref(),
    };
    client.shared.executor.execute(&operation, &options).await
}

impl Paged for Page {
    type Cursor = Cursor;

    fn cursor(&self) -> &Cursor {
        &self.cursor
    }

    fn next(&self) -> Option<&Cursor> {
        self.next.as_ref()
    }

    fn has_more(&self) -> bool {
        self.has_more
    }

    fn is_empty(&self) -> bool {
        self.readers.is_empty()
    }

    fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }
}

impl Place for Cursor {
    fn token(&self) -> Option<&str> {
        self.next.as_deref()
    }

    fn first(&self) -> Self {
        self.from_first_page()
    }

    fn attach(&self, error: Error) -> Error {
        error.with(|details| {
            details.cursor.get_or_insert_with(|| self.clone());
        })
    }
}
