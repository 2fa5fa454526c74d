//! `readers`: who has read the message.

use std::io::{IsTerminal as _, Write};

use dingtalk_receipts::{ReadStatus, Reader, Readers as Stream, Receipts};

use crate::args::{Message, Readers};
use crate::connect::{Connected, connect};
use crate::failure::Failure;
use crate::format::Format;
use crate::interrupt::Interrupt;
use crate::print::{Printer, printer};
use crate::progress::Progress;
use crate::run::Context;
use crate::secret::variable;

/// Runs the command. Whatever ends it, the readers that were received are printed.
pub(crate) async fn run(
    args: &Readers,
    context: &Context,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let mut interrupt = Interrupt::install()?;
    let connected = connect(&args.connection).await?;
    let query = query(args, &connected)?;
    let format = Format::or_default(args.output.format);
    // Readers that appear on the terminal as they come are progress enough.
    let quiet = format.streams() && std::io::stdout().is_terminal();
    let progress = Progress::new(context.progress && !quiet);
    let mut printer = printer(format, out);
    let mut readers = query.readers();

    let result = print(&mut readers, &mut *printer, &mut interrupt, &progress).await;
    progress.clear();
    if matches!(result, Err(Failure::ClosedPipe)) {
        return result;
    }
    let mut end = Receipts::default();
    end.send_status = readers.send_status().cloned();
    end.pages = readers.pages_done();
    end.complete = readers.is_complete();
    printer.finish(end).map_err(Failure::output)?;
    drop(printer);
    result?;
    out.flush().map_err(Failure::output)?;
    if let Some(cursor) = readers.cursor().filter(|_| !readers.is_complete())
        && let Some(text) = context.line.resume_text(cursor)
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
    loop {
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
}

/// The next reader, if it is here already.
async fn at_once(readers: &mut Stream) -> Option<dingtalk_receipts::Result<Option<Reader>>> {
    tokio::select! {
        biased;
        next = readers.try_next() => Some(next),
        () = std::future::ready(()) => None,
    }
}

/// The question that the options ask.
fn query(args: &Readers, connected: &Connected) -> Result<ReadStatus, Failure> {
    let Connected { client, demo } = connected;
    let Readers {
        message,
        paging,
        connection,
        ..
    } = args;
    let mut query = match (&message.process_query_key, &paging.resume, demo) {
        (Some(key), Some(cursor), _) => client.read_status(key).resume(cursor.clone()),
        (Some(key), None, _) => client.read_status(key),
        (None, Some(cursor), _) => client.resume(cursor),
        (None, None, Some(demo)) => client.read_status(&demo.values.process_query_key),
        (None, None, None) => return Err(Failure::usage("there is no process query key")),
    };
    let resumes = message.process_query_key.is_none() && paging.resume.is_some();
    let made_up = demo.as_ref().filter(|_| !resumes).map(|demo| &demo.values);
    let conversation = message
        .conversation
        .as_ref()
        .or(made_up.map(|values| &values.open_conversation_id));
    if let Some(id) = conversation {
        query = query.conversation(id);
    }
    if let Some(code) = message
        .robot
        .as_ref()
        .or(made_up.map(|values| &values.robot_code))
    {
        query = query.robot(code);
    }
    if let Some(token) = webhook_token(message, conversation.is_none() && !resumes)? {
        query = query.webhook_token(token);
    }
    if let Some(readers) = paging.max_results {
        query = query.max_results(readers);
    }
    if let Some(pages) = paging.max_pages {
        query = query.max_pages(pages);
    }
    if let Some(readers) = paging.limit {
        query = query.max_readers(readers);
    }
    if let Some(limit) = paging.wait_until_ready {
        query = query.wait_until_ready(limit);
    }
    if let Some(limit) = connection.limits.deadline {
        query = query.deadline(limit);
    }
    Ok(query)
}

/// The webhook robot's token. The environment's is only for a message that nothing else names.
fn webhook_token(message: &Message, needed: bool) -> Result<Option<String>, Failure> {
    match &message.webhook_token_file {
        Some(file) => file.read("webhook token").map(Some),
        None if needed => variable("DINGTALK_WEBHOOK_TOKEN"),
        None => Ok(None),
    }
}
