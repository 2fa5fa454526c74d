//! The command as people and scripts meet it: a process with arguments, pipes, signals and an exit code, against a
//! sandbox over HTTP.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that panics has failed"
)]

mod connection;
mod errors;
mod export;
mod export_files;
mod export_stops;
mod group;
#[cfg(unix)]
mod guide;
mod help;
mod interrupt;
mod output;
mod pages;
mod sandbox;
mod secrets;
mod support;
mod terminal;
mod token;
mod unread;
mod usage;
mod watch;
