//! `recall`: takes messages back.

use std::io::{self, Write};

use dingtalk_receipts::Recalled;
use serde_json::json;

use crate::args::{PlainFormat, Recall};
use crate::connect::connect;
use crate::failure::Failure;
use crate::group::GroupAndRobot;
use crate::interrupt::Interrupt;
use crate::print::printable;

/// Runs the command. That a message was not recalled is printed, and is a failure.
pub(crate) async fn run(args: &Recall, out: &mut dyn Write) -> Result<(), Failure> {
    let mut interrupt = Interrupt::install()?;
    let connected = connect(&args.connection).await?;
    let of = GroupAndRobot::of(&args.group, &connected)?;
    let mut keys = args.keys.clone();
    if let Some(demo) = connected.demo.as_ref().filter(|_| keys.is_empty()) {
        keys.push(demo.values.process_query_key.clone());
    }
    interrupt.hold();
    let recall = connected.client.recall(keys);
    let recall = recall
        .conversation(&of.conversation)
        .robot(&of.robot)
        .send();
    let recalled = tokio::select! {
        biased;
        () = interrupt.wait() => return Err(Failure::Interrupted(None)),
        recalled = recall => recalled?,
    };
    match args.format {
        PlainFormat::Text => text(&recalled, out),
        PlainFormat::Json => writeln!(
            out,
            "{}",
            json!({
                "recalled": recalled.recalled,
                "failed": recalled.failed,
                "unanswered": recalled.unanswered,
            })
        ),
    }
    .map_err(Failure::output)?;
    match recalled.failed.len() + recalled.unanswered.len() {
        0 => Ok(()),
        failed => Err(Failure::NotRecalled {
            failed,
            all: failed + recalled.recalled.len(),
        }),
    }
}

/// A line for each message.
fn text(recalled: &Recalled, out: &mut dyn Write) -> io::Result<()> {
    for key in &recalled.recalled {
        writeln!(out, "{} recalled", printable(key))?;
    }
    for (key, reason) in &recalled.failed {
        writeln!(
            out,
            "{} not recalled: {}",
            printable(key),
            printable(reason)
        )?;
    }
    for key in &recalled.unanswered {
        writeln!(
            out,
            "{} not recalled: the response does not mention it",
            printable(key)
        )?;
    }
    Ok(())
}
