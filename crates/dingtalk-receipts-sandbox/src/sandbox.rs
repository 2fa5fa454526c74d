//! A running sandbox.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;

use tokio::task::JoinHandle;

use crate::calls::Call;
use crate::contract::operation::Operation;
use crate::faults::chaos::Chaos;
use crate::faults::connection::ConnectionFault;
use crate::faults::script::Script;
use crate::lock::lock;
use crate::model::clock::Clock;
use crate::model::demo::Demo;
use crate::model::message::Message;
use crate::model::quota::{Quota, Usage};
use crate::model::reader::Reader;
use crate::model::robot::Robot;
use crate::model::token::AnnouncedExpiry;
use crate::state::State;

/// A running sandbox. Dropping it closes its connections and ends its tasks.
pub struct Sandbox {
    state: Arc<State>,
    address: SocketAddr,
    url: String,
    static_token: String,
    demo: Option<Demo>,
    server: JoinHandle<()>,
}

/// Stopping.
impl Sandbox {
    pub(crate) fn new(
        state: Arc<State>,
        (address, url): (SocketAddr, String),
        static_token: String,
        demo: Option<Demo>,
        server: JoinHandle<()>,
    ) -> Self {
        Self {
            state,
            address,
            url,
            static_token,
            demo,
            server,
        }
    }

    /// Stops accepting, closes all connections, and waits until every task has ended.
    pub async fn shutdown(mut self) {
        self.server.abort();
        // The only error is the cancellation just asked for.
        let _ = (&mut self.server).await;
    }
}

/// Where it is, and what to ask.
impl Sandbox {
    /// The base URL for clients on this machine, without a slash at its end. If it listens on all addresses, this is the
    /// loopback one.
    #[must_use]
    pub fn url(&self) -> String {
        self.url.clone()
    }

    /// The address that it listens on.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// A token of the first app that never expires.
    #[must_use]
    pub fn static_token(&self) -> &str {
        &self.static_token
    }

    /// The values of the demo, if it was started with [`demo`](Self::demo).
    #[must_use]
    pub const fn demo_values(&self) -> Option<&Demo> {
        self.demo.as_ref()
    }
}

/// What it was asked.
impl Sandbox {
    /// The newest calls, oldest first: as many as [`SandboxBuilder::keep_calls`](crate::SandboxBuilder::keep_calls) says.
    #[must_use]
    pub fn calls(&self) -> Vec<Call> {
        lock(&self.state.calls).kept()
    }

    /// The newest calls of one operation, oldest first.
    #[must_use]
    pub fn calls_of(&self, operation: Operation) -> Vec<Call> {
        let mut calls = self.calls();
        calls.retain(|call| call.operation() == Some(operation));
        calls
    }

    /// How many calls of an operation there were in all.
    #[must_use]
    pub fn count(&self, operation: Operation) -> u64 {
        lock(&self.state.calls).count(Some(operation))
    }

    /// Waits until an operation has been called so many times in all.
    pub async fn called(&self, operation: Operation, calls: u64) {
        let mut arrivals = self.state.arrivals.subscribe();
        while self.count(operation) < calls {
            // The sender lives as long as this sandbox does.
            let _ = arrivals.changed().await;
        }
    }

    /// How many calls asked for tokens, of any kind.
    #[must_use]
    pub fn token_count(&self) -> u64 {
        let tokens = Operation::ALL
            .into_iter()
            .filter(|operation| operation.is_token());
        tokens.map(|operation| self.count(operation)).sum()
    }

    /// How many calls were of no operation of the contract.
    #[must_use]
    pub fn stray_count(&self) -> u64 {
        lock(&self.state.calls).count(None)
    }

    /// Forgets all calls and counts.
    pub fn forget_calls(&self) {
        lock(&self.state.calls).clear();
    }

    /// How many connections were served.
    #[must_use]
    pub fn connections(&self) -> u64 {
        self.state
            .connections
            .load(std::sync::atomic::Ordering::Relaxed)
    }

    /// What strict mode and the check of the sandbox's own answers found wrong.
    #[must_use]
    pub fn complaints(&self) -> Vec<String> {
        lock(&self.state.complaints).clone()
    }

    /// How the calls of an operation fared against its quota.
    #[must_use]
    pub fn usage(&self, operation: Operation) -> Usage {
        lock(&self.state.store).quotas.usage(operation)
    }
}

/// Changing what is there.
impl Sandbox {
    /// The sandbox's time.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.state.clock
    }

    /// Adds or replaces a message.
    pub fn put_message(&self, message: Message) {
        lock(&self.state.store).add_message(message);
    }

    /// Adds or replaces a robot: to stop one, for instance.
    pub fn put_robot(&self, robot: Robot) {
        lock(&self.state.store).add_robot(robot);
    }

    /// Somebody reads a message. Whether there is such a message.
    pub fn add_reader(&self, process_query_key: &str, reader: Reader) -> bool {
        self.change(process_query_key, |message| message.add_reader(reader))
    }

    /// A message is recalled. Whether there is such a message.
    pub fn recall(&self, process_query_key: &str) -> bool {
        let now = self.state.clock.now();
        self.change(process_query_key, |message| message.recall(now))
    }

    fn change(&self, key: &str, change: impl FnOnce(&mut Message)) -> bool {
        let mut store = lock(&self.state.store);
        store
            .messages
            .get_mut(key)
            .map(|message| change(Arc::make_mut(message)))
            .is_some()
    }

    /// Changes the limits of an operation.
    pub fn set_quota(&self, operation: Operation, quota: Quota) {
        lock(&self.state.store).quotas.limit(operation, quota);
    }

    /// Ends a token before its time. Whether it was one.
    pub fn revoke(&self, token: &str) -> bool {
        lock(&self.state.store).tokens.revoke(token)
    }

    /// Ends every token but the static one.
    pub fn revoke_all(&self) {
        lock(&self.state.store).tokens.revoke_all();
    }

    /// What the token operations say from now on about how long their tokens live.
    pub fn announce_expiry(&self, expiry: AnnouncedExpiry) {
        lock(&self.state.store).tokens.announced = expiry;
    }
}

/// Faults on demand.
impl Sandbox {
    /// The script of an operation.
    #[must_use]
    pub fn script(&self, operation: Operation) -> Script<'_> {
        self.state.scripts.script(operation)
    }

    /// Random faults for the calls of an operation that no script answers; `None` ends them.
    pub fn set_chaos(&self, operation: Operation, chaos: impl Into<Option<Chaos>>) {
        self.state.scripts.set_chaos(operation, chaos.into());
    }

    /// What happens to the next connections, in order, before any request on them.
    pub fn fail_connections(&self, faults: impl IntoIterator<Item = ConnectionFault>) {
        lock(&self.state.connection_faults).extend(faults);
    }

    /// Closes every connection: idle ones at once, others after the call that they are at.
    pub fn close_connections(&self) {
        self.state.close_idle.notify_waiters();
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}
