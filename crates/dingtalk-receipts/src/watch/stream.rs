//! The watch itself.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

use futures_core::{FusedStream, Stream};

use super::change::{Change, End};
use super::plan::Plan;
use crate::call_budget::CallBudget;
use crate::client::Client;
use crate::clock::Sleep;
use crate::cursor::Cursor;
use crate::dedup::FingerprintSet;
use crate::error::{Error, Result};
use crate::expected::{Checklist, Expected};
use crate::pager::Pager;
use crate::read_status::{ReadStatusRequest, pager};
use crate::receipts::{Page, Reader, SendStatus};

/// What is new about one message, from [`ReadStatus::watch`](crate::ReadStatus::watch): readers, changes of the send
/// status, and in the end why it ended. Lazy, cancel-safe and fused like [`Pages`](crate::Pages).
///
/// It ends when the message is recalled, and at the first of what is asked for: a
/// [total timeout](Self::total_timeout), a [number of readers](Self::target), [certain readers](Self::expect), or a
/// [number of calls](Self::max_calls), of which there is always one.
///
/// **Failures.** Each call is tried again as the query's [retry policy](crate::ReadStatus::retry) says. A poll that
/// failed for a passing reason even so, or because the message has no data yet, goes on at the next turn where it
/// stopped, until as many polls in a row have failed as the policy has attempts. Then, and on any other failure at
/// once, the error ends the watch.
///
/// ```no_run
/// # use std::time::Duration;
/// # use dingtalk_receipts::{Change, ReadStatus, Result};
/// # async fn run(query: ReadStatus) -> Result<()> {
/// let mut watch = query
///     .watch(Duration::from_secs(30))
///     .expect(["manager1234", "manager5678"])
///     .total_timeout(Duration::from_secs(3600));
/// println!("at most {} calls", watch.calls_at_most());
/// while let Some(change) = watch.try_next().await? {
///     match change {
///         Change::Reader(reader) => println!("{} has read it", reader.id()),
///         Change::End(why) => println!("{why:?}; unread: {:?}", watch.expected().unwrap_or_default().unread),
///         _ => {}
///     }
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a stream does nothing unless polled"]
pub struct Watch {
    client: Client,
    request: ReadStatusRequest,
    plan: Plan,
    target: Option<u64>,
    checklist: Option<Checklist>,
    state: WatchState,
    call_budget: Arc<CallBudget>,
    /// When the last poll begins.
    deadline: Option<Instant>,
    events: VecDeque<Change>,
    seen: FingerprintSet,
    readers: u64,
    send_status: Option<SendStatus>,
    pages: u64,
    /// Whether this poll showed something new.
    changed: bool,
    /// So many polls in a row showed nothing new.
    quiet: u32,
    /// So many polls in a row failed.
    failures: u32,
}

enum WatchState {
    New,
    Polling(Box<Pager<Page>>),
    /// Until the next poll, which begins at the cursor, or else at the first page.
    Pausing(Sleep, Option<Cursor>),
    /// What is new is still given, then this.
    Ending(Option<Error>),
    Done,
}

impl Watch {
    pub(crate) fn new(client: Client, mut request: ReadStatusRequest, interval: Duration) -> Self {
        let plan = Plan {
            deadline: request.deadline.take(),
            ..Plan::new(interval)
        };
        // A cursor is kept from one poll to the next only after a failure; the server may have forgotten it by then.
        request.restart_on_invalid_cursor = true;
        Self {
            client,
            request,
            plan,
            target: None,
            checklist: None,
            state: WatchState::New,
            call_budget: Arc::new(CallBudget::of(plan.calls)),
            deadline: None,
            events: VecDeque::new(),
            seen: FingerprintSet::default(),
            readers: 0,
            send_status: None,
            pages: 0,
            changed: false,
            quiet: 0,
            failures: 0,
        }
    }

    /// Ends it after this time, counted from the first poll. The last poll begins then.
    pub fn total_timeout(mut self, limit: Duration) -> Self {
        self.plan.deadline = Some(limit);
        self
    }

    /// Ends it when so many people have read the message, those of [`already_seen`](Self::already_seen) included.
    pub fn target(mut self, readers: u64) -> Self {
        self.target = Some(readers);
        self
    }

    /// Ends it when all these people have read the message. They are named by user id, or from outside the corp by
    /// union id. [`expected`](Self::expected) says at any time who has and who has not.
    pub fn expect(mut self, people: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let mut checklist = Checklist::new(people);
        checklist.meet_all(|name| self.seen.has_reader(name));
        self.checklist = Some(checklist);
        self
    }

    /// The longest pause between two polls when nothing changes. Defaults to 16 intervals. A pause begins at the
    /// interval and doubles after each poll that showed nothing new; after one that did, it is the interval again.
    pub fn ease_to(mut self, longest: Duration) -> Self {
        self.plan.longest = Some(longest);
        self
    }

    /// Ends it after so many calls, retries included. Defaults to 500, a tenth of what an organisation on the standard
    /// plan has in a month.
    pub fn max_calls(mut self, calls: u64) -> Self {
        self.plan.calls = calls;
        self
    }

    /// Does not give these readers, as an earlier watch has given them.
    pub fn already_seen<'a>(mut self, readers: impl IntoIterator<Item = &'a Reader>) -> Self {
        for reader in readers {
            self.meet(reader);
        }
        self
    }

    /// How many calls it makes at most, retries included: the limit of [calls](Self::max_calls), or what fits before
    /// the [total timeout](Self::total_timeout) if each poll has a limit of [pages](crate::ReadStatus::max_pages),
    /// whichever is less. No call is made beyond it.
    pub fn calls_at_most(&self) -> u64 {
        self.plan
            .calls_at_most(self.request.max_pages, self.request.retry.max_attempts())
    }

    /// How many calls it has made, retries included.
    pub fn calls_made(&self) -> u64 {
        self.call_budget.made()
    }

    /// Who of the expected people has read the message by now; `None` if nobody is [expected](Self::expect).
    pub fn expected(&self) -> Option<Expected> {
        let checklist = self.checklist.as_ref()?;
        let send_status = self.send_status.clone();
        Some(Expected {
            complete: checklist.is_complete(),
            send_status,
            pages: self.pages,
            ..checklist.expected()
        })
    }

    /// How many people have read the message by now.
    pub fn readers(&self) -> u64 {
        self.readers
    }

    /// What became of the message, as the newest page that says so has it.
    pub fn send_status(&self) -> Option<&SendStatus> {
        self.send_status.as_ref()
    }

    /// What is new next; `None` after the end. Cancel-safe.
    pub async fn next(&mut self) -> Option<Result<Change>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// What is new next; `Ok(None)` after the end. Cancel-safe.
    ///
    /// # Errors
    ///
    /// The arguments are wrong, or a poll failed for good.
    pub async fn try_next(&mut self) -> Result<Option<Change>> {
        self.next().await.transpose()
    }

    fn begin(&mut self) -> WatchState {
        if self.plan.interval.is_zero() {
            let text = "the interval is zero; each poll costs at least one call";
            return WatchState::Ending(Some(Error::argument(text)));
        }
        self.call_budget = Arc::new(CallBudget::of(self.calls_at_most()));
        self.request.call_budget = Some(Arc::clone(&self.call_budget));
        self.deadline = self.client.deadline(self.plan.deadline);
        let start = self.request.start.take();
        if let Err(error) = self.request.check() {
            return WatchState::Ending(Some(error));
        }
        match self.reached() {
            Some(end) => self.end(end),
            None => self.poll_from(start),
        }
    }

    /// Begins a poll. What is under way at the deadline may take as long as a call does.
    fn poll_from(&self, start: Option<Cursor>) -> WatchState {
        let now = self.client.clock().now();
        let end = self
            .deadline
            .and_then(|end| end.checked_add(self.request.limits.call));
        let deadline = end.map(|end| end.saturating_duration_since(now));
        let request = ReadStatusRequest {
            start,
            deadline,
            ..self.request.clone()
        };
        WatchState::Polling(Box::new(pager(self.client.clone(), request)))
    }

    fn learn(&mut self, page: Page) -> Option<End> {
        self.failures = 0;
        self.pages += 1;
        if page.send_status.is_some() && page.send_status != self.send_status {
            self.changed = true;
            self.send_status = page.send_status;
            self.events
                .extend(self.send_status.clone().map(Change::SendStatus));
        }
        for reader in page.readers {
            if self.meet(&reader) {
                self.changed = true;
                self.events.push_back(Change::Reader(reader));
            }
        }
        self.reached()
    }

    fn meet(&mut self, reader: &Reader) -> bool {
        let new = self.seen.insert_reader(reader);
        self.readers += u64::from(new);
        if let Some(checklist) = &mut self.checklist {
            checklist.meet(reader);
        }
        new
    }

    /// What it was waiting for, if that has come.
    fn reached(&self) -> Option<End> {
        if self.send_status == Some(SendStatus::Recalled) {
            Some(End::Recalled)
        } else if self.checklist.as_ref().is_some_and(Checklist::is_complete) {
            Some(End::AllRead)
        } else if self.target.is_some_and(|target| self.readers >= target) {
            Some(End::Target)
        } else {
            None
        }
    }

    fn end(&mut self, why: End) -> WatchState {
        self.events.push_back(Change::End(why));
        WatchState::Ending(None)
    }

    /// All pages of a poll were seen.
    fn polled(&mut self) -> WatchState {
        self.quiet = if std::mem::take(&mut self.changed) {
            0
        } else {
            self.quiet.saturating_add(1)
        };
        self.pause(None)
    }

    fn failed(&mut self, error: Error) -> WatchState {
        if !self.call_budget.is_left() && error.is_invalid_input() {
            return self.end(End::Calls);
        }
        self.failures += 1;
        let passing = error.is_retryable() || error.is_not_ready();
        let over = self.is_over();
        if !passing || (!over && self.failures >= self.request.retry.max_attempts()) {
            return WatchState::Ending(Some(error));
        }
        self.quiet = self.quiet.saturating_add(1);
        self.pause(error.resume_cursor().cloned())
    }

    fn is_over(&self) -> bool {
        self.deadline
            .is_some_and(|deadline| self.client.clock().now() >= deadline)
    }

    fn pause(&mut self, resume: Option<Cursor>) -> WatchState {
        if self.is_over() {
            return self.end(End::Deadline);
        }
        if !self.call_budget.is_left() {
            return self.end(End::Calls);
        }
        let clock = self.client.clock();
        let pause = self.plan.pause(self.quiet);
        let left = self
            .deadline
            .map(|deadline| deadline.saturating_duration_since(clock.now()));
        WatchState::Pausing(clock.sleep(left.unwrap_or(pause).min(pause)), resume)
    }
}

impl Stream for Watch {
    type Item = Result<Change>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            if let Some(change) = this.events.pop_front() {
                return Poll::Ready(Some(Ok(change)));
            }
            this.state = match &mut this.state {
                WatchState::New => this.begin(),
                WatchState::Polling(pager) => match ready!(pager.poll_page(context)) {
                    Some(Ok(page)) => match this.learn(page) {
                        Some(end) => this.end(end),
                        None => continue,
                    },
                    Some(Err(error)) => this.failed(error),
                    None => this.polled(),
                },
                WatchState::Pausing(sleep, resume) => {
                    ready!(sleep.as_mut().poll(context));
                    let resume = resume.take();
                    this.poll_from(resume)
                }
                WatchState::Ending(error) => {
                    let error = error.take();
                    this.state = WatchState::Done;
                    return Poll::Ready(error.map(Err));
                }
                WatchState::Done => return Poll::Ready(None),
            };
        }
    }
}

impl FusedStream for Watch {
    fn is_terminated(&self) -> bool {
        matches!(self.state, WatchState::Done)
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch")
            .field("plan", &self.plan)
            .field("readers", &self.readers)
            .field("calls_made", &self.calls_made())
            .finish_non_exhaustive()
    }
}
