//! `unread`: who of a group, or of a list of people, has not read the message.

use std::io::{BufWriter, Write};
use std::time::{Duration, Instant};

use crate::args::Unread;
use crate::connect::{Connected, connect};
use crate::failure::Failure;
use crate::format::Format;
use crate::interrupt::Interrupt;
use crate::output::{Files, Target, close};
use crate::people::{Checklist, of_members, people};
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
    files.reads("the list of people", args.expect.expect.as_ref());
    files.writes_to(&target)?;
    let column = args.expect.expect_column.as_deref();
    let list = args.expect.expect.as_ref();
    let list = list.map(|list| people(list, column, context)).transpose()?;
    let mut connected = connect(&args.connection).await?;
    interrupt.hold();
    let people = match list {
        Some(people) => people,
        None => members(args, &mut connected, &mut interrupt).await?,
    };
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

/// The members of the message's group. The time that they take is the run's.
async fn members(
    args: &Unread,
    connected: &mut Connected,
    interrupt: &mut Interrupt,
) -> Result<Checklist, Failure> {
    let demo = connected.demo.as_ref().map(|demo| &demo.values);
    let group = args.message.conversation.as_ref();
    let group = group.or(demo.map(|demo| &demo.open_conversation_id));
    let group = group.ok_or_else(|| {
        Failure::usage(
            "nobody is expected; give a list of people with --expect, or name the group with --conversation to \
             compare with its members",
        )
    })?;
    let begun = Instant::now();
    let members = tokio::select! {
        biased;
        () = interrupt.wait() => return Err(Failure::Interrupted(None)),
        members = connected.client.members(group).collect() => members?,
    };
    let left = |limit: Duration| limit.saturating_sub(begun.elapsed());
    // No time at all would be no limit that can be set.
    connected.deadline = connected
        .deadline
        .map(|limit| left(limit).max(Duration::from_millis(1)));
    of_members(members)
}
