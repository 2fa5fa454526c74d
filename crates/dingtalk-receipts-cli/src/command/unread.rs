//! `unread`: who of a list of people has not read the message.

use std::io::{BufWriter, Write};

use crate::args::Unread;
use crate::connect::connect;
use crate::failure::Failure;
use crate::format::Format;
use crate::interrupt::Interrupt;
use crate::output::{Files, Target, close};
use crate::people::people;
use crate::print;
use crate::pump::pump;
use crate::question::question;
use crate::run::Context;

/// Runs the command. No page is asked for once everybody was met.
pub(crate) async fn run(
    args: &Unread,
    context: &Context,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let mut interrupt = Interrupt::install()?;
    let target = Target::of(args.output.output.as_deref())?;
    let format = Format::or_default(args.output.format, &target)?;
    let mut files = Files::of(&args.connection);
    files.reads("the list of people", Some(&args.expect.expect));
    files.writes_to(&target)?;
    let column = args.expect.expect_column.as_deref();
    let people = people(&args.expect.expect, column, context)?;
    let connected = connect(&args.connection).await?;
    interrupt.hold();
    let question = question(&args.message, &args.asking, None, &connected)?.deduplicate(false);
    let output = target.open()?;
    let mut file = output.writer().map(BufWriter::new);
    let out: &mut dyn Write = match &mut file {
        Some(file) => file,
        None => out,
    };
    let mut unread = print::Unread::new(people, format, out);
    let result = pump(question, &mut unread, false, &mut interrupt, context).await;
    let (expected, unread) = unread.count();
    drop(file);
    close(output, result, context)?;
    match unread {
        1.. if args.expect.fail_if_unread => Err(Failure::Unread { unread, expected }),
        _ => Ok(()),
    }
}
