//! `members`: who is in a group.

use std::io::{BufWriter, Write};

use crate::args::Members;
use crate::connect::{Connected, connect};
use crate::failure::Failure;
use crate::format::Format;
use crate::interrupt::Interrupt;
use crate::output::{Files, Target, close};
use crate::print;
use crate::run::Context;

/// Runs the command. Whatever ends it, the members that were received are printed.
pub(crate) async fn run(
    args: &Members,
    context: &Context,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let mut interrupt = Interrupt::install()?;
    let target = Target::of(args.output.output.as_deref())?;
    let format = Format::or_default(args.output.format, &target)?;
    Files::of(&args.connection).writes_to(&target)?;
    let connected = connect(&args.connection).await?;
    interrupt.hold();
    let group = args.group.as_ref().or(args.conversation.as_ref());
    let group = group.or(connected
        .demo
        .as_ref()
        .map(|demo| &demo.values.open_conversation_id));
    let group = group.map(String::as_str).unwrap_or_default();
    let output = target.open()?;
    let mut file = output.writer().map(BufWriter::new);
    let out: &mut dyn Write = match &mut file {
        Some(file) => file,
        None => out,
    };
    let mut printer = print::Members::new(format, out);
    let result = pages(group, &connected, &mut printer, &mut interrupt).await;
    let printed = printer.finish(result.is_ok()).map_err(Failure::output);
    drop(file);
    close(output, result.and(printed), context)
}

/// Prints the pages as they come, until the last, a failure, or Ctrl-C.
async fn pages(
    group: &str,
    connected: &Connected,
    printer: &mut print::Members<'_>,
    interrupt: &mut Interrupt,
) -> Result<(), Failure> {
    let mut pages = connected.client.members(group).pages();
    loop {
        let page = tokio::select! {
            biased;
            () = interrupt.wait() => return Err(Failure::Interrupted(None)),
            page = pages.try_next() => page?,
        };
        let Some(page) = page else { return Ok(()) };
        printer.page(page.members).map_err(Failure::output)?;
    }
}
