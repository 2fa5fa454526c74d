//! The `dingtalk-receipts` command: who has read this message?

mod advice;
mod args;
mod command;
mod connect;
mod credentials;
mod demo;
mod export;
mod failure;
mod format;
mod group;
mod input;
mod interrupt;
mod list;
mod messages;
mod news;
mod output;
mod people;
mod print;
mod progress;
mod pump;
mod question;
mod report;
mod resume;
mod run;
mod secret;
mod value;
mod verbose;

use std::process::ExitCode;

fn main() -> ExitCode {
    run::run()
}
