//! Servers and networks that misbehave: each fault by name, and what the user sees of it.

mod payload;
mod proxies;
mod requests;
mod retry;
mod tls;
mod traces;
mod transport;
