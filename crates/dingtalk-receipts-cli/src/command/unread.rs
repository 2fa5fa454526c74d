//! `unread`: who of a list of people has not read the message.

use std::io::Write;

use crate::args::Unread;
use crate::connect::connect;
use crate::failure::Failure;
use crate::format::Format;
use crate::interrupt::Interrupt;
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
    let column = args.expect.expect_column.as_deref();
    let people = people(&args.expect.expect, column, context)?;
    let connected = connect(&args.connection).await?;
    interrupt.hold();
    let question = question(&args.message, &args.asking, None, &connected)?.deduplicate(false);
    let mut unread = print::Unread::new(people, Format::or_default(args.output.format), out);
    pump(question, &mut unread, false, &mut interrupt, context).await?;
    match unread.count() {
        (expected, unread @ 1..) if args.expect.fail_if_unread => {
            Err(Failure::Unread { unread, expected })
        }
        _ => Ok(()),
    }
}
