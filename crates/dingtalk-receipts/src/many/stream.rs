//! The run itself.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::SystemTime;

use futures_core::{FusedStream, Stream};
use tokio::runtime::Handle;
use tokio::task::JoinSet;
use tracing::Instrument as _;
use tracing::instrument::WithSubscriber as _;

use super::answer::{Answer, Progress};
use super::journal::{Journal, MessageKey, Outcome, Record};
use super::refusal::Refusal;
use super::scope::JournalScope;
use crate::call_budget::CallBudget;
use crate::error::{Error, Result};
use crate::query::ReadStatus;
use crate::receipts::Receipts;

/// How many messages are asked for at once, unless said otherwise: enough for 20 calls a second that take 1.5 s each.
const AT_ONCE: usize = 32;

/// In order, answers wait for those before them: so many times the number that is under way.
const WAITING: usize = 16;

/// The journal, until the run is over: what is under way must not write to it afterwards.
type Shared = Arc<Mutex<Option<Box<dyn Journal>>>>;

/// Tells failures of one message that are those of all.
type Hopeless = Box<dyn Fn(&Error) -> bool + Send>;

/// The answers to many queries, from [`Client::read_many`](crate::Client::read_many): one for each query, as they
/// complete, or [in order](Self::in_order).
///
/// Lazy: nothing is asked for before it is polled. The messages that are under way go on while it is not polled, and
/// are given up when it is dropped; no new one is begun by itself. It needs a tokio runtime.
#[must_use = "a stream does nothing unless polled"]
pub struct ReadMany<'q> {
    queries: Option<Pin<Box<dyn Stream<Item = ReadStatus> + Send + 'q>>>,
    at_once: usize,
    in_order: bool,
    journal: Option<Shared>,
    /// Whose answers the journal holds, once it has begun.
    scope: Option<JournalScope>,
    /// Which failures of one message are those of all.
    is_hopeless: Option<Hopeless>,
    allowance: Arc<CallBudget>,
    under_way: JoinSet<(Answer, bool)>,
    /// Answers that can be given.
    ready: VecDeque<Answer>,
    /// Answers that wait for those before them.
    waiting: BTreeMap<u64, Answer>,
    next: u64,
    progress: Progress,
}

impl<'q> ReadMany<'q> {
    pub(crate) fn new(queries: Pin<Box<dyn Stream<Item = ReadStatus> + Send + 'q>>) -> Self {
        Self {
            queries: Some(queries),
            at_once: AT_ONCE,
            in_order: false,
            journal: None,
            scope: None,
            is_hopeless: None,
            allowance: Arc::new(CallBudget::of(u64::MAX)),
            under_way: JoinSet::new(),
            ready: VecDeque::new(),
            waiting: BTreeMap::new(),
            next: 0,
            progress: Progress::default(),
        }
    }

    /// How many messages are asked for at once, from 1; 32 if not said. More than the client's own
    /// [limit of requests](crate::ClientBuilder::concurrency) brings nothing.
    pub fn concurrency(mut self, messages: usize) -> Self {
        self.at_once = messages.max(1);
        self
    }

    /// Gives the answers in the order of the queries. An answer then waits for those before it.
    pub fn in_order(mut self) -> Self {
        self.in_order = true;
        self
    }

    /// Keeps answers in this journal, and asks for nothing that it knows: it gives the kept answer instead. Refusals
    /// [for good](Refusal::for_good) are answers; other failures are not kept, so a later run asks again. If the journal
    /// itself fails, or is of another server or app, that is the message's error, and no further message is begun.
    pub fn journal(mut self, journal: impl Journal) -> Self {
        self.journal = Some(Arc::new(Mutex::new(Some(Box::new(journal)))));
        self
    }

    /// Begins no further message after a failure that `is_hopeless`: one that every other message would meet, such as
    /// wrong credentials or a banned address. What is under way is still answered.
    pub fn stop_if(mut self, is_hopeless: impl Fn(&Error) -> bool + Send + 'static) -> Self {
        self.is_hopeless = Some(Box::new(is_hopeless));
        self
    }

    /// How far it is.
    pub fn progress(&self) -> Progress {
        Progress {
            calls: self.allowance.made(),
            ..self.progress
        }
    }

    /// The next answer; `None` after the last. Cancel-safe.
    pub async fn next(&mut self) -> Option<Answer> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Takes queries as long as there is room.
    fn fill(&mut self, context: &mut Context<'_>) {
        while self.has_room() {
            let Some(queries) = &mut self.queries else {
                return;
            };
            match queries.as_mut().poll_next(context) {
                Poll::Ready(Some(query)) => self.begin(query),
                Poll::Ready(None) => self.queries = None,
                Poll::Pending => return,
            }
        }
    }

    fn has_room(&self) -> bool {
        self.ready.is_empty()
            && self.under_way.len() < self.at_once
            && self.waiting.len() < self.at_once.saturating_mul(WAITING)
    }

    fn begin(&mut self, mut query: ReadStatus) {
        let index = self.progress.taken;
        self.progress.taken += 1;
        let message = MessageKey::of(&query.request);
        let process_query_key = message.process_query_key.clone();
        let known = match self.journal.clone() {
            Some(journal) => self.known(&journal, &query, &message).transpose(),
            None => None,
        };
        if let Some(known) = known {
            let from_journal = known.is_ok();
            self.progress.from_journal += u64::from(from_journal);
            if !from_journal {
                self.queries = None;
            }
            let (at, result) = match known {
                Ok(record) => (record.at, answered(record.outcome)),
                Err(error) => (SystemTime::now(), Err(error)),
            };
            return self.give(Answer {
                index,
                process_query_key,
                from_journal,
                at,
                result,
            });
        }
        let Ok(runtime) = Handle::try_current() else {
            let text = "reading many messages needs a tokio runtime, and there is none here";
            let result = Err(Error::configuration(text));
            return self.give(Answer {
                index,
                process_query_key,
                result,
                at: SystemTime::now(),
                from_journal: false,
            });
        };
        query.request.call_budget = Some(Arc::clone(&self.allowance));
        let journal = self.journal.clone();
        let work = async move {
            let result = query.collect().await;
            let at = SystemTime::now();
            let (result, kept) = match journal {
                Some(journal) => keep(&journal, message, at, result),
                None => (result, true),
            };
            (
                Answer {
                    index,
                    process_query_key,
                    result,
                    at,
                    from_journal: false,
                },
                kept,
            )
        };
        self.under_way
            .spawn_on(work.in_current_span().with_current_subscriber(), &runtime);
    }

    /// What the journal knows of a message. The first time it is told whose answers it is asked for.
    fn known(
        &mut self,
        journal: &Shared,
        query: &ReadStatus,
        message: &MessageKey,
    ) -> Result<Option<Record>> {
        let scope = JournalScope::of(&query.client);
        match &self.scope {
            Some(own) if *own == scope => {}
            Some(_) => {
                return Err(Error::journal(
                    "queries of two servers or two apps cannot share a journal; the run ends here",
                ));
            }
            None => {
                begin(journal, &scope)?;
                self.scope = Some(scope);
            }
        }
        find(journal, message)
    }

    /// Puts an answer where it is given from when its turn comes.
    fn give(&mut self, answer: Answer) {
        if !self.in_order {
            return self.ready.push_back(answer);
        }
        self.waiting.insert(answer.index, answer);
        while let Some(answer) = self.waiting.remove(&self.next) {
            self.next += 1;
            self.ready.push_back(answer);
        }
    }
}

impl Stream for ReadMany<'_> {
    type Item = Answer;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Answer>> {
        let this = self.get_mut();
        loop {
            this.fill(context);
            if let Some(answer) = this.ready.pop_front() {
                this.progress.answered += 1;
                this.progress.failed += u64::from(answer.result.is_err());
                return Poll::Ready(Some(answer));
            }
            match this.under_way.poll_join_next(context) {
                Poll::Ready(Some(Ok((answer, kept)))) => {
                    let hopeless = this.is_hopeless.as_ref();
                    let failure = answer.result.as_ref().err();
                    if !kept || failure.zip(hopeless).is_some_and(|(error, is)| is(error)) {
                        this.queries = None;
                    }
                    this.give(answer);
                }
                // A panic of the user's own code belongs to whoever polls.
                Poll::Ready(Some(Err(error))) if error.is_panic() => {
                    std::panic::resume_unwind(error.into_panic())
                }
                // The runtime is shutting down: there is nobody left to go on.
                Poll::Ready(Some(Err(_))) => {
                    this.queries = None;
                    this.under_way.abort_all();
                }
                Poll::Ready(None) if this.queries.is_none() => {
                    // Only after a shutdown does an answer still wait for one that will not come.
                    return Poll::Ready(this.waiting.pop_first().map(|(_, answer)| answer));
                }
                Poll::Ready(None) | Poll::Pending => return Poll::Pending,
            }
        }
    }
}

impl FusedStream for ReadMany<'_> {
    fn is_terminated(&self) -> bool {
        let idle = self.under_way.is_empty() && self.ready.is_empty() && self.waiting.is_empty();
        self.queries.is_none() && idle
    }
}

impl fmt::Debug for ReadMany<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReadMany")
            .field("progress", &self.progress())
            .finish_non_exhaustive()
    }
}

impl Drop for ReadMany<'_> {
    fn drop(&mut self) {
        // The tasks end a little later and hold it until then; another run may want to open it now.
        drop(
            self.journal
                .as_ref()
                .and_then(|journal| lock(journal).take()),
        );
    }
}

fn lock(journal: &Shared) -> MutexGuard<'_, Option<Box<dyn Journal>>> {
    journal.lock().unwrap_or_else(PoisonError::into_inner)
}

fn begin(journal: &Shared, scope: &JournalScope) -> Result<()> {
    let begun = lock(journal)
        .as_mut()
        .map_or(Ok(()), |journal| journal.begin(scope));
    begun.map_err(|error| {
        Error::journal("the journal cannot be used; the run ends here").caused_by(error)
    })
}

fn find(journal: &Shared, message: &MessageKey) -> Result<Option<Record>> {
    let found = lock(journal)
        .as_mut()
        .map_or(Ok(None), |journal| journal.find(message));
    found.map_err(|error| {
        Error::journal("the journal cannot be read; the run ends here").caused_by(error)
    })
}

fn answered(outcome: Outcome) -> Result<Receipts> {
    match outcome {
        Outcome::Receipts(receipts) => Ok(receipts),
        Outcome::Refused(refusal) => Err(refusal.into_error()),
    }
}

/// Keeps an answer that asking again would not change; what could not be kept is an error that still has the answer.
fn keep(
    journal: &Shared,
    message: MessageKey,
    at: SystemTime,
    result: Result<Receipts>,
) -> (Result<Receipts>, bool) {
    let (outcome, result) = match result {
        Ok(receipts) => (Outcome::Receipts(receipts), None),
        Err(error) => match Refusal::for_good(&error) {
            Some(refusal) => (Outcome::Refused(refusal), Some(error)),
            None => return (Err(error), true),
        },
    };
    let record = Record::new(message, at, outcome);
    let kept = lock(journal)
        .as_mut()
        .map_or(Ok(()), |journal| journal.keep(&record));
    let receipts = match record.outcome {
        Outcome::Receipts(receipts) => Some(receipts),
        Outcome::Refused(_) => None,
    };
    match (kept, result, receipts) {
        (Ok(()), Some(refused), _) => (Err(refused), true),
        (Ok(()), None, receipts) => (Ok(receipts.unwrap_or_default()), true),
        (Err(error), _, partial) => {
            let text = "the answer came, but the journal cannot be written; the run ends here";
            let error = Error::journal(text).caused_by(error);
            (Err(error.with(|details| details.partial = partial)), false)
        }
    }
}

/// What is at hand, as a stream.
pub(crate) struct FromIter<I>(pub(crate) I);

impl<I: Iterator + Unpin> Stream for FromIter<I> {
    type Item = I::Item;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<I::Item>> {
        Poll::Ready(self.get_mut().0.next())
    }
}
