//! `sandbox`: a local stand-in for DingTalk, until interrupted.

use std::io::{self, Write};

use dingtalk_receipts_sandbox::{Operation, Quota};
use serde::Serialize;

use crate::args::{PlainFormat, Sandbox};
use crate::demo::{self, RunningDemo};
use crate::failure::Failure;
use crate::interrupt::Interrupt;
use crate::print::count;
use crate::resume::{paste, program};

/// Runs the command. To interrupt it is the way to end it, and so no failure.
pub(crate) async fn run(args: &Sandbox, out: &mut dyn Write) -> Result<(), Failure> {
    let mut interrupt = Interrupt::install()?;
    let mut builder = demo::demo(args.readers);
    if let Some(calls) = args.enforce_quota {
        let calls = usize::try_from(calls).unwrap_or(usize::MAX);
        builder = builder.quota(Operation::Query, Quota::per_second(calls));
    }
    let demo = demo::start(builder, Some(args.listen)).await?;
    if let Some(share) = args.faults {
        demo.sandbox
            .set_chaos(Operation::Query, demo::faults(args.seed, share));
    }
    interrupt.hold();
    match args.format {
        PlainFormat::Text => text(&demo, args.readers, out),
        PlainFormat::Json => json(&demo, out),
    }
    .and_then(|()| out.flush())
    .map_err(Failure::output)?;
    interrupt.wait().await;
    demo.sandbox.shutdown().await;
    Ok(())
}

fn text(demo: &RunningDemo, readers: u64, out: &mut dyn Write) -> io::Result<()> {
    let values = &demo.values;
    let words = |words: &[&str]| {
        words
            .iter()
            .map(|&word| word.to_owned())
            .collect::<Vec<_>>()
    };
    let line = paste(&[
        vec![
            program(),
            "readers".to_owned(),
            values.process_query_key.clone(),
        ],
        words(&["--conversation", &values.open_conversation_id]),
        words(&["--robot", &values.robot_code]),
        words(&["--access-token", &values.access_token]),
        words(&["--base-url", &demo.sandbox.url()]),
        // The client talks to other machines' addresses in clear only if it is told to.
        match demo.sandbox.address().ip() {
            ip if ip.is_loopback() || ip.is_unspecified() => Vec::new(),
            _ => words(&["--allow-plain-http"]),
        },
    ]);
    writeln!(
        out,
        "A sandbox of DingTalk listens on {}; Ctrl-C ends it.",
        demo.sandbox.url()
    )?;
    writeln!(
        out,
        "It has a message with {}. To ask who has read it:\n",
        count(readers, "reader")
    )?;
    writeln!(out, "{line}\n")?;
    writeln!(
        out,
        "Its app has the key {} and the secret {}.",
        values.app_key, values.app_secret
    )
}

/// What a program needs to ask the demo. All of it is made up, and opens nothing but this sandbox.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Listening<'a> {
    url: String,
    process_query_key: &'a str,
    open_conversation_id: &'a str,
    robot_code: &'a str,
    access_token: &'a str,
    app_key: &'a str,
    app_secret: &'a str,
}

fn json(demo: &RunningDemo, out: &mut dyn Write) -> io::Result<()> {
    let values = &demo.values;
    let listening = Listening {
        url: demo.sandbox.url(),
        process_query_key: &values.process_query_key,
        open_conversation_id: &values.open_conversation_id,
        robot_code: &values.robot_code,
        access_token: &values.access_token,
        app_key: &values.app_key,
        app_secret: &values.app_secret,
    };
    serde_json::to_writer(&mut *out, &listening)?;
    writeln!(out)
}
