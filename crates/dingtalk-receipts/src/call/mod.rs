//! One call: the attempt loop around the generated request, and the policies that it asks.
//!
//! A call has one time limit over all. Within it, each attempt waits for a permit and for quota, takes the access
//! token anew, is sent with its own time limit, and is judged by its error *code*, then by its status. What may help
//! is tried again after a pause with full jitter, as long as the policy, the retry budget and the time allow.

mod answer;
mod attempt;
mod backoff;
mod budget;
mod classify;
mod quota;
mod retry;
mod retry_after;

pub use backoff::{Backoff, Jitter};
pub use quota::Quota;
pub use retry::RetryPolicy;

pub(crate) use answer::Answer;
pub(crate) use attempt::{Call, Caller, Limits, within};
pub(crate) use budget::Budget;
pub(crate) use classify::{PROXY_WANTS_PASSWORD, Unreadable, misread, refused};
pub(crate) use quota::Limiter;

#[cfg(test)]
mod tests;
