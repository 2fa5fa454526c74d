//! `export`: the readers of many messages, with a journal that makes a run go on where it was interrupted.

use std::io::{BufWriter, IsTerminal as _, Write};

use dingtalk_receipts::{Client, ReadMany};
use dingtalk_receipts_sandbox::Message as DemoMessage;

use crate::args::{Export, ExportFormat, Files};
use crate::connect::{Connected, connect};
use crate::export::{Journal, Listed, Run, Settings, Writer, check_files, is_hopeless};
use crate::failure::Failure;
use crate::interrupt::Interrupt;
use crate::messages::{Messages, Row, messages};
use crate::output::Target;
use crate::print::count;
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
    let target = Target::of(args.files.output.as_deref())?;
    let format = format(&args.files, &target)?;
    let journal = Journal::of(&args.files, &target);
    check_files(args, &target, journal.as_ref())?;
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
    let Messages {
        rows,
        columns,
        note,
    } = listed.unwrap_or_else(|| made_up(&connected));
    if let Some(note) = note {
        context.note(&note);
    }
    let listed = Listed::new(rows);
    if listed.repeated() > 0 {
        context.note(&format!(
            "The list has {} too many: each message is asked for once.",
            count(listed.repeated(), "row")
        ));
    }
    let output = target.open()?;
    let mut answers = asked(args, &connected.client, &listed);
    if let Some(journal) = &journal {
        // An answer that waits for its turn is safe in the journal; without one, it is written at once.
        let journal = match journal.open(&connected.client, context) {
            Ok(journal) => journal,
            Err(failure) => {
                output.leave();
                return Err(failure);
            }
        };
        answers = answers.in_order().journal(journal);
    }
    let mut file = output.writer().map(BufWriter::new);
    let out: &mut dyn Write = match &mut file {
        Some(file) => file,
        None => out,
    };
    let writer = Writer::begin(format, &columns, out).map_err(Failure::output)?;
    let settings = Settings {
        journaled: journal.is_some(),
        keep_going: args.keep_going,
    };
    let run = Run::new(&listed, writer, settings);
    let end = run
        .finish(
            &mut answers,
            &mut interrupt,
            context,
            &args.connection.limits,
        )
        .await;
    // Its lock goes with it.
    drop(answers);
    // What an answer wrote was flushed with it.
    drop(file);
    if !end.is_whole() {
        let partial = output.leave();
        return end.result(partial.as_deref());
    }
    output.finish()?;
    if let Some(journal) = journal {
        journal.finish()?;
    }
    end.result(None)
}

/// The questions about all messages.
fn asked<'q>(args: &Export, client: &Client, listed: &Listed) -> ReadMany<'q> {
    let queries: Vec<_> = listed
        .messages()
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
    let answers = client
        .read_many_iter(queries)
        .concurrency(usize::from(args.concurrency));
    match args.keep_going {
        true => answers,
        false => answers.stop_if(is_hopeless),
    }
}

/// Messages in the sandbox, each with one reader more than the one before.
fn made_up(connected: &Connected) -> Messages {
    let Some(demo) = &connected.demo else {
        return Messages::default();
    };
    let values = &demo.values;
    let rows = (0..DEMO_MESSAGES)
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
                ..Row::default()
            }
        })
        .collect();
    Messages {
        rows,
        ..Messages::default()
    }
}

/// The format that is asked for, or else the one of the output's extension; on a terminal, a table.
fn format(files: &Files, target: &Target) -> Result<ExportFormat, Failure> {
    if let Some(format) = files.format {
        return Ok(format);
    }
    if *target == Target::Stdout && std::io::stdout().is_terminal() {
        return Ok(ExportFormat::Table);
    }
    let by_extension = [
        ("csv", ExportFormat::Csv),
        ("xlsx", ExportFormat::Xlsx),
        ("ndjson", ExportFormat::Ndjson),
        ("jsonl", ExportFormat::Ndjson),
    ];
    let format = target.by_extension(&by_extension)?;
    Ok(format.unwrap_or(ExportFormat::Ndjson))
}
