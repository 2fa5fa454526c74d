//! `readers`: who has read the message.

use std::io::Write;

use crate::args::{Paging, Readers};
use crate::connect::connect;
use crate::failure::Failure;
use crate::format::Format;
use crate::interrupt::Interrupt;
use crate::print::printer;
use crate::pump::pump;
use crate::question::question;
use crate::run::Context;

/// Runs the command. Whatever ends it, the readers that were received are printed.
pub(crate) async fn run(
    args: &Readers,
    context: &Context,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let mut interrupt = Interrupt::install()?;
    let connected = connect(&args.connection).await?;
    interrupt.hold();
    let Paging {
        resume,
        max_pages,
        limit,
        no_deduplicate,
    } = &args.paging;
    let mut question = question(&args.message, &args.asking, resume.as_ref(), &connected)?;
    if let Some(pages) = *max_pages {
        question = question.max_pages(pages);
    }
    if let Some(readers) = *limit {
        question = question.max_readers(readers);
    }
    question = question.deduplicate(!no_deduplicate);
    let format = Format::or_default(args.output.format);
    let mut printer = printer(format, out);
    pump(
        question,
        &mut *printer,
        format.streams(),
        &mut interrupt,
        context,
    )
    .await
}
