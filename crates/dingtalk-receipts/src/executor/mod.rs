//! Executes one call of an operation within its time limit.
//!
//! The layers, from the outermost:
//!
//! - [`execute`]: the retry loop. What may help is tried again after a delay with full jitter, as long as the policy,
//!   the retry budget and the time allow.
//! - [`authorize`]: an access token for each attempt; one that the server rejects is renewed, once in a call.
//! - [`admit`]: waits for a permit and for the rate limit.
//! - [`attempt`]: sends one request with a time limit of its own, and decodes the response or
//!   [finds out](response_error) what it means instead.
//!
//! They know of an operation what the trait [`Operation`] says, of tokens what [`TokenSource`] says, and of the wire
//! only the transport. [`call`] is what they share.

mod admit;
mod attempt;
mod authorize;
mod backoff;
mod call;
mod execute;
mod operation;
mod rate_limit;
mod response_error;
mod retry_after;
mod retry_budget;
mod retry_policy;
mod token_source;

pub use backoff::{Backoff, Jitter};
pub use rate_limit::RateLimit;
pub use retry_policy::RetryPolicy;

pub(crate) use call::{CallOptions, Executor, Limits};
pub(crate) use operation::{Idempotency, Operation, with_token};
pub(crate) use rate_limit::Limiter;
pub(crate) use response_error::Unreadable;
pub(crate) use retry_budget::RetryBudget;
pub(crate) use token_source::TokenSource;

#[cfg(test)]
mod tests;
