//! `watch`: readers of a message as they come.

use std::io::{IsTerminal as _, Write};
use std::time::Duration;

use dingtalk_receipts::Watch as Stream;
use dingtalk_receipts_sandbox::Message as DemoMessage;

use crate::args::{Until, Watch, WatchFormat};
use crate::connect::{Connected, connect};
use crate::failure::Failure;
use crate::interrupt::Interrupt;
use crate::news::News;
use crate::people::people;
use crate::print::count;
use crate::question::question;
use crate::run::Context;

/// The pause between two looks at first.
const INTERVAL: Duration = Duration::from_secs(30);

/// In the sandbox people read faster, so that there is something to see.
const DEMO_INTERVAL: Duration = Duration::from_secs(1);

/// How many people read the sandbox's message, unless said otherwise.
const DEMO_READERS: u64 = 10;

/// Runs the command. Whatever ends it, the last line says how things stand.
pub(crate) async fn run(
    args: &Watch,
    context: &Context,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let mut interrupt = Interrupt::install()?;
    let column = args.until.expect_column.as_deref();
    let people = match &args.until.expect {
        Some(list) => Some(people(list, column, context)?),
        None => None,
    };
    // Within the organisation DingTalk names a reader by user id, and only from outside by union id alone.
    let people: Option<Vec<String>> =
        people.map(|people| people.ids().map(str::to_owned).collect());
    let connected = connect(&args.connection).await?;
    interrupt.hold();
    let demo = connected.demo.is_some();
    let question = question(&args.message, &args.asking, None, &connected)?;
    let mut until = Limits::of(&args.until, demo);
    if demo {
        let readers = args
            .connection
            .place
            .sandbox_readers
            .unwrap_or(DEMO_READERS);
        grow(&connected, readers);
        until.target = until.target.or(Some(readers).filter(|_| people.is_none()));
    }
    let mut watch = until.apply(question.watch(until.interval));
    if let Some(people) = people.clone() {
        watch = watch.expect(people);
    }
    context.note(&format!(
        "Watching with {} at most; Ctrl-C ends it.",
        count(watch.calls_at_most(), "call")
    ));
    let format = args
        .format
        .unwrap_or(match std::io::stdout().is_terminal() {
            true => WatchFormat::Text,
            false => WatchFormat::Ndjson,
        });
    let mut news = News::new(format, people.as_deref(), out);
    let result = follow(&mut watch, &mut news, &mut interrupt).await;
    match &result {
        Ok(()) | Err(Failure::ClosedPipe) => {}
        Err(Failure::Interrupted(_)) => news.end("interrupted", &watch).map_err(Failure::output)?,
        Err(_) => news.end("failed", &watch).map_err(Failure::output)?,
    }
    result
}

/// Prints what is new until the end.
async fn follow(
    watch: &mut Stream,
    news: &mut News<'_>,
    interrupt: &mut Interrupt,
) -> Result<(), Failure> {
    loop {
        let change = tokio::select! {
            biased;
            () = interrupt.wait() => return Err(Failure::Interrupted(None)),
            change = watch.try_next() => change?,
        };
        let Some(change) = change else { return Ok(()) };
        news.change(&change, watch).map_err(Failure::output)?;
    }
}

/// When to end and how often to look.
struct Limits {
    interval: Duration,
    longest: Option<Duration>,
    until: Option<Duration>,
    target: Option<u64>,
    calls: Option<u64>,
}

impl Limits {
    fn of(args: &Until, demo: bool) -> Self {
        let interval = if demo { DEMO_INTERVAL } else { INTERVAL };
        Self {
            interval: args.interval.unwrap_or(interval),
            longest: args.longest_interval,
            until: args.until,
            target: args.target,
            calls: args.max_calls,
        }
    }

    fn apply(&self, mut watch: Stream) -> Stream {
        if let Some(limit) = self.until {
            watch = watch.total_timeout(limit);
        }
        if let Some(readers) = self.target {
            watch = watch.target(readers);
        }
        if let Some(longest) = self.longest {
            watch = watch.ease_to(longest);
        }
        if let Some(calls) = self.calls {
            watch = watch.max_calls(calls);
        }
        watch
    }
}

/// Lets one person a second read the demo's message.
fn grow(connected: &Connected, readers: u64) {
    if let Some(demo) = &connected.demo {
        let message = DemoMessage::new(&demo.values.process_query_key)
            .conversation(&demo.values.open_conversation_id)
            .robot(&demo.values.robot_code)
            .growing(Duration::from_secs(1), readers);
        demo.sandbox.put_message(message);
    }
}
