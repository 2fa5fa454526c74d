//! Pages that were written and checked before, so that a benchmark measures its client and not the sandbox.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;

use crate::model::cursor::Position;
use crate::model::message::Message;

/// How many pages are kept: a few megabytes of the largest ones.
const KEPT: usize = 512;

/// What a page is asked for by.
type Key = (String, Position, u64);

/// The pages of one sandbox that were asked for last.
#[derive(Default)]
pub(crate) struct PageCache {
    pages: HashMap<Key, Kept>,
    order: VecDeque<Key>,
}

struct Kept {
    /// Held so that a changed message is another one.
    message: Arc<Message>,
    readers: u64,
    status: Option<String>,
    body: Bytes,
}

impl Kept {
    fn still_holds(&self, message: &Arc<Message>, page: u32, now: Duration) -> bool {
        Arc::ptr_eq(&self.message, message)
            && self.readers == message.count(now)
            && self.status.as_deref() == message.status_on(page, now)
    }
}

impl PageCache {
    pub(crate) fn get(
        &self,
        message: &Arc<Message>,
        position: Position,
        size: u64,
        now: Duration,
    ) -> Option<Bytes> {
        let kept = self.pages.get(&(message.key.clone(), position, size))?;
        kept.still_holds(message, position.page, now)
            .then(|| kept.body.clone())
    }

    pub(crate) fn put(
        &mut self,
        message: &Arc<Message>,
        position: Position,
        size: u64,
        now: Duration,
        body: Bytes,
    ) {
        let key = (message.key.clone(), position, size);
        let kept = Kept {
            message: Arc::clone(message),
            readers: message.count(now),
            status: message.status_on(position.page, now).map(str::to_owned),
            body,
        };
        if self.pages.insert(key.clone(), kept).is_none() {
            self.order.push_back(key);
        }
        if self.order.len() > KEPT
            && let Some(oldest) = self.order.pop_front()
        {
            self.pages.remove(&oldest);
        }
    }
}
