//! What the parts of a running sandbox share.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use fastrand::Rng;
use tokio::sync::{Notify, watch};

use crate::calls::{Call, CallLog};
use crate::contract::definition::Contract;
use crate::contract::refusal::Language;
use crate::faults::connection::ConnectionFault;
use crate::faults::script::Scripts;
use crate::lock::lock;
use crate::model::clock::Clock;
use crate::model::cursor::Cursors;
use crate::model::page_cache::PageCache;
use crate::model::store::Store;

/// The shared state. Locks are held for lookups only, never across an await.
pub(crate) struct State {
    pub(crate) contract: &'static Contract,
    pub(crate) clock: Clock,
    pub(crate) cursors: Cursors,
    pub(crate) language: Language,
    pub(crate) strict: bool,
    pub(crate) checks_responses: bool,
    pub(crate) store: Mutex<Store>,
    pub(crate) pages: Mutex<PageCache>,
    pub(crate) scripts: Scripts,
    pub(crate) calls: Mutex<CallLog>,
    /// Tells of each call that arrives.
    pub(crate) arrivals: watch::Sender<()>,
    /// What was wrong with requests in strict mode, and with our own answers.
    pub(crate) complaints: Mutex<Vec<String>>,
    pub(crate) connections: AtomicU64,
    pub(crate) connection_faults: Mutex<VecDeque<ConnectionFault>>,
    pub(crate) close_idle: Notify,
    pub(crate) rng: Mutex<Rng>,
}

impl State {
    /// A request id as the vendor writes them: a UUID in capitals.
    pub(crate) fn request_id(&self) -> String {
        let bits = format!("{:032X}", lock(&self.rng).u128(..));
        let (a, rest) = bits.split_at(8);
        let (b, rest) = rest.split_at(4);
        let (c, rest) = rest.split_at(4);
        let (d, e) = rest.split_at(4);
        format!("{a}-{b}-{c}-{d}-{e}")
    }

    /// Writes a call down and tells those who wait for it.
    pub(crate) fn remember(&self, call: Call) {
        lock(&self.calls).add(call);
        self.arrivals.send_replace(());
    }

    pub(crate) fn next_connection(&self) -> u64 {
        self.connections.fetch_add(1, Ordering::Relaxed) + 1
    }

    pub(crate) fn complain(&self, what: String) {
        lock(&self.complaints).push(what);
    }
}
