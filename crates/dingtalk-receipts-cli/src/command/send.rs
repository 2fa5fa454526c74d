//! `send`: a message to a group.

use std::io::{self, BufRead as _, IsTerminal as _, Write};

use dingtalk_receipts::{Message, SentMessage};
use serde::Serialize;

use crate::args::{Content, PlainFormat, Send};
use crate::connect::connect;
use crate::failure::Failure;
use crate::group::{GroupAndRobot, is_this_machine};
use crate::interrupt::Interrupt;
use crate::print::printable;

/// More than any content can have, so that the client says how long it may be.
const MAX_FILE_BYTES: u64 = 1024 * 1024;

/// The JSON object.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Line<'a> {
    process_query_key: &'a str,
    open_conversation_id: &'a str,
    robot_code: &'a str,
    request_id: Option<&'a str>,
}

/// Runs the command. Nothing is sent twice.
pub(crate) async fn run(args: &Send, out: &mut dyn Write) -> Result<(), Failure> {
    let mut interrupt = Interrupt::install()?;
    let message = message(&args.content)?;
    // What cannot be sent is found before anybody is asked.
    let mut body = message.to_json()?;
    let connected = connect(&args.connection).await?;
    let to = GroupAndRobot::of(&args.group, &connected)?;
    if args.dry_run {
        body["openConversationId"] = to.conversation.as_str().into();
        body["robotCode"] = to.robot.as_str().into();
        return writeln!(out, "{body}").map_err(Failure::output);
    }
    if !args.yes && !is_this_machine(&args.connection.place) {
        ask(&body["msgKey"].to_string(), &to)?;
    }
    interrupt.hold();
    let send = connected.client.send(message);
    let send = send.to(&to.conversation).robot(&to.robot).send();
    let sent = tokio::select! {
        biased;
        () = interrupt.wait() => return Err(Failure::InterruptedSending),
        sent = send => sent?,
    };
    print(&sent, &to, args.format, out).map_err(|cause| {
        // The key is all that there is of the message, so it must not be lost with the output.
        let key = sent.process_query_key();
        Failure::local(
            format!("the message was sent, and its process query key {key} cannot be written"),
            cause,
        )
    })
}

/// The message that the options describe.
fn message(content: &Content) -> Result<Message, Failure> {
    match content {
        Content {
            text: Some(text), ..
        } => Ok(Message::text(text)),
        Content {
            markdown: Some(file),
            title: Some(title),
            ..
        } => Ok(Message::markdown(
            title,
            file.text(MAX_FILE_BYTES, "a message")?,
        )),
        Content {
            kind: Some(kind),
            param: Some(param),
            ..
        } => Ok(Message::raw(kind, param.clone())),
        _ => Err(Failure::usage(
            "there is nothing to send; give --text, --markdown with --title, or --type with --param",
        )),
    }
}

/// Asks on the terminal. Where there is none, nothing is sent: a script says `--yes`.
fn ask(kind: &str, to: &GroupAndRobot) -> Result<(), Failure> {
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return Err(Failure::usage(
            "nothing was sent: there is no terminal to ask on; give --yes to send without a question",
        ));
    }
    let question = format!(
        "Send a message of type {kind} to the group {} as the robot {}? (--yes leaves out this question.) [y/N] ",
        to.conversation, to.robot
    );
    let mut answer = String::new();
    let asked = write!(io::stderr(), "{}", printable(&question))
        .and_then(|()| io::stderr().flush())
        .and_then(|()| io::stdin().lock().read_line(&mut answer));
    asked.map_err(|cause| Failure::local("cannot ask on the terminal; nothing was sent", cause))?;
    let answer = answer.trim();
    match ["y", "yes"]
        .iter()
        .any(|yes| answer.eq_ignore_ascii_case(yes))
    {
        true => Ok(()),
        false => Err(Failure::usage(
            "nothing was sent: the question was not answered with y",
        )),
    }
}

fn print(
    sent: &SentMessage,
    to: &GroupAndRobot,
    format: PlainFormat,
    out: &mut dyn Write,
) -> io::Result<()> {
    let key = sent.process_query_key();
    match format {
        PlainFormat::Text => writeln!(out, "{}", printable(key))?,
        PlainFormat::Json => {
            let line = Line {
                process_query_key: key,
                open_conversation_id: &to.conversation,
                robot_code: &to.robot,
                request_id: sent.request_id(),
            };
            serde_json::to_writer(&mut *out, &line)?;
            writeln!(out)?;
        }
    }
    out.flush()
}
