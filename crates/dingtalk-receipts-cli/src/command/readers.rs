//! `readers`: who has read the message.

use std::io::{BufWriter, Write};

use crate::args::{Paging, Readers};
use crate::connect::connect;
use crate::failure::Failure;
use crate::format::Format;
use crate::interrupt::Interrupt;
use crate::output::{Files, Target, close};
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
    let target = Target::of(args.output.output.as_deref())?;
    let format = Format::or_default(args.output.format, &target)?;
    let mut files = Files::of(&args.connection);
    files.reads(
        "the file of the webhook token",
        args.message.webhook_token_file.as_ref(),
    );
    files.writes_to(&target)?;
    if let (Some(_), Some(path)) = (&args.paging.resume, target.file())
        && path.exists()
    {
        return Err(Failure::usage(format!(
            "with --resume, {} would be replaced by the readers that follow; name another file, or append to it by \
             `>>` instead of --output",
            path.display()
        )));
    }
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
    let goes_on = args.paging.resume.is_some() && target.is_appended_to();
    let output = target.open()?;
    let mut file = output.writer().map(BufWriter::new);
    let out: &mut dyn Write = match &mut file {
        Some(file) => file,
        None => out,
    };
    let mut printer = printer(format, goes_on, out);
    let result = pump(
        question,
        &mut *printer,
        format.streams(),
        &mut interrupt,
        context,
    )
    .await;
    drop(printer);
    drop(file);
    close(output, result, context)
}
