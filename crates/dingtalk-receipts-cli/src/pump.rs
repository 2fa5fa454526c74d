//! From a question to what is printed: readers flow from the stream into a printer.

use std::io::IsTerminal as _;

use dingtalk_receipts::{ReadStatus, Reader, Readers as Stream, Receipts};

use crate::failure::Failure;
use crate::interrupt::Interrupt;
use crate::print::Printer;
use crate::progress::Progress;
use crate::run::Context;

/// Asks `question` and prints the readers. Whatever ends it, what was received is printed before the failure is
/// returned, and a run that stops early says how to go on.
///
/// `streams` says whether the printer prints readers as they come.
pub(crate) async fn pump(
    question: ReadStatus,
    printer: &mut dyn Printer,
    streams: bool,
    interrupt: &mut Interrupt,
    context: &Context,
) -> Result<(), Failure> {
    // Readers that appear on the terminal as they come are progress enough.
    let quiet = streams && std::io::stdout().is_terminal();
    let progress = Progress::new(context.progress && !quiet);
    let mut readers = question.readers();
    let result = print(&mut readers, printer, interrupt, &progress).await;
    progress.clear();
    if matches!(result, Err(Failure::ClosedPipe)) {
        return result;
    }
    let mut end = Receipts::default();
    end.send_status = readers.send_status().cloned();
    end.pages = readers.pages_done();
    end.complete = readers.is_complete();
    printer.finish(end).map_err(Failure::output)?;
    result?;
    if let Some(cursor) = readers
        .cursor()
        .filter(|_| !readers.is_complete() && !printer.has_enough())
        && let Some(text) = context
            .line
            .resume_text(cursor, cursor.pages_done() < readers.pages_done())
    {
        context.note(&format!(
            "\nStopped at a limit; more readers may follow. {text}"
        ));
    }
    Ok(())
}

/// Prints readers as they come, until the last, a failure, or Ctrl-C.
async fn print(
    readers: &mut Stream,
    printer: &mut dyn Printer,
    interrupt: &mut Interrupt,
    progress: &Progress,
) -> Result<(), Failure> {
    let mut printed = 0;
    while !printer.has_enough() {
        let next = match at_once(readers).await {
            Some(next) => next,
            None => {
                // The next page is under way: what is here has to be seen meanwhile.
                printer.pause().map_err(Failure::output)?;
                progress.at(readers.pages_done(), printed);
                tokio::select! {
                    biased;
                    () = interrupt.wait() => return Err(Failure::Interrupted(readers.cursor().cloned())),
                    next = readers.try_next() => next,
                }
            }
        };
        let Some(reader) = next? else { return Ok(()) };
        printer.reader(reader).map_err(Failure::output)?;
        printed += 1;
    }
    Ok(())
}

/// The next reader, if it is here already.
async fn at_once(readers: &mut Stream) -> Option<dingtalk_receipts::Result<Option<Reader>>> {
    tokio::select! {
        biased;
        next = readers.try_next() => Some(next),
        () = std::future::ready(()) => None,
    }
}
