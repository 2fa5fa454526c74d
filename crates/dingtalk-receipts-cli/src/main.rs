//! The `dingtalk-receipts` command: who has read this message?

mod advice;
mod args;
mod command;
mod connect;
mod demo;
mod failure;
mod format;
mod interrupt;
mod print;
mod progress;
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
