//! `export`: the readers of many messages, with a journal that makes a run go on where it was interrupted.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use dingtalk_receipts::{Client, ReadMany};
use dingtalk_receipts_sandbox::Message as DemoMessage;

use crate::args::{Export, ExportFormat, Files};
use crate::connect::{Connected, connect};
use crate::export::{Journal, Run, Writer};
use crate::failure::Failure;
use crate::input::Input;
use crate::interrupt::Interrupt;
use crate::messages::{Row, messages};
use crate::question::webhook_token;
use crate::run::Context;

/// How many messages the sandbox has, if no list is given.
const DEMO_MESSAGES: u64 = 100;

/// Runs the command.
pub(crate) async fn run(
    args: &Export,
    context: &Context,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let mut interrupt = Interrupt::install()?;
    let output = args.files.output.as_deref();
    let output = output.filter(|path| *path != Path::new("-"));
    if let (Some(Input::Path(input)), Some(output)) = (&args.input, output)
        && same_file(input, output)
    {
        return Err(Failure::usage(
            "the output would replace the list of messages",
        ));
    }
    let listed = match &args.input {
        Some(input) => Some(messages(
            input,
            args.conversation.as_ref(),
            args.robot.as_ref(),
            || webhook_token(args.webhook_token_file.as_ref()),
        )?),
        None => None,
    };
    let connected = connect(&args.connection).await?;
    interrupt.hold();
    let rows = listed.unwrap_or_else(|| made_up(&connected));
    let file = output.map(opened).transpose()?;
    let keeps = file.as_ref().is_some_and(is_regular);
    let journal = Journal::of(&args.files, keeps);
    let mut answers = asked(args, &connected.client, &rows);
    if let Some(journal) = &journal {
        // An answer that waits for its turn is safe in the journal; without one, it is written at once.
        answers = answers.in_order().journal(journal.open(context)?);
    }
    // Only now: another run that writes to it has the journal, and keeps what it wrote.
    if let (Some(file), true) = (&file, keeps) {
        file.set_len(0)
            .map_err(|cause| Failure::local("cannot empty the output", cause))?;
    }
    let mut file = file.map(BufWriter::new);
    let out = file.as_mut().map_or(out, |file| file as &mut dyn Write);
    let writer = Writer::begin(format(&args.files), out).map_err(Failure::output)?;
    let run = Run::new(&rows, writer, journal.is_some());
    run.finish(
        &mut answers,
        &mut interrupt,
        context,
        &args.connection.limits,
    )
    .await?;
    // Its lock goes with it.
    drop(answers);
    match journal {
        Some(journal) => journal.finish(),
        None => Ok(()),
    }
}

/// The questions about all messages.
fn asked<'q>(args: &Export, client: &Client, rows: &[Row]) -> ReadMany<'q> {
    let queries: Vec<_> = rows
        .iter()
        .map(|row| {
            let mut query = client.read_status(&row.process_query_key);
            if let Some(id) = &row.open_conversation_id {
                query = query.conversation(id);
            }
            if let Some(code) = &row.robot_code {
                query = query.robot(code);
            }
            if let Some(token) = &row.token {
                query = query.webhook_token(token);
            }
            if let Some(readers) = args.asking.max_results {
                query = query.max_results(readers);
            }
            if let Some(limit) = args.asking.wait_until_ready {
                query = query.wait_until_ready(limit);
            }
            query
        })
        .collect();
    client
        .read_many_iter(queries)
        .concurrency(usize::from(args.concurrency))
}

/// Messages in the sandbox, each with one reader more than the one before.
fn made_up(connected: &Connected) -> Vec<Row> {
    let Some(demo) = &connected.demo else {
        return Vec::new();
    };
    let values = &demo.values;
    (0..DEMO_MESSAGES)
        .map(|number| {
            let key = format!("demo-message-{number:03}");
            let message = DemoMessage::new(&key)
                .conversation(&values.open_conversation_id)
                .robot(&values.robot_code)
                .readers(number);
            demo.sandbox.put_message(message);
            Row {
                process_query_key: key,
                open_conversation_id: Some(values.open_conversation_id.clone()),
                robot_code: Some(values.robot_code.clone()),
                token: None,
            }
        })
        .collect()
}

fn format(files: &Files) -> ExportFormat {
    let name = files.output.as_deref().and_then(Path::extension);
    files.format.unwrap_or(
        match name.is_some_and(|name| name.eq_ignore_ascii_case("csv")) {
            true => ExportFormat::Csv,
            false => ExportFormat::Ndjson,
        },
    )
}

fn same_file(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

/// The output, with what is in it.
fn opened(path: &Path) -> Result<File, Failure> {
    File::options()
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)
        .map_err(|cause| Failure::local(format!("cannot write {}", path.display()), cause))
}

/// Rather than a pipe or a device, which have no length and nothing to come back to.
fn is_regular(file: &File) -> bool {
    file.metadata().is_ok_and(|found| found.is_file())
}
