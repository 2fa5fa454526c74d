//! Servers and networks that misbehave: each fault by name, and what the user sees of it.

mod addresses;
mod envelopes;
mod http2;
mod memory;
mod packing;
mod payload;
mod pool;
mod proxies;
mod requests;
mod retry;
mod tls;
mod traces;
mod transport;
mod wire;
