//! The bot as a program for cron: `DINGTALK_APP_KEY=… DINGTALK_APP_SECRET=… reminder KEY CONVERSATION ROBOT`.
//!
//! `REMINDED` is the file that it remembers in (`reminded.json` if not set), `DINGTALK_BASE_URL` another server than
//! DingTalk's international platform: `https://api.dingtalk.com` in mainland China, or a sandbox.

use std::env;
use std::error::Error;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use dingtalk_receipts::{Client, InternalApp};
use reminder::{Memory, Outcome, Reminder};

/// A person is reminded of a message once a day.
const AGAIN_AFTER: Duration = Duration::from_secs(24 * 3_600);

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let required = |name: &str| env::var(name).map_err(|_| format!("{name} is not set"));
    let mut arguments = env::args().skip(1);
    let (Some(key), Some(conversation), Some(robot)) =
        (arguments.next(), arguments.next(), arguments.next())
    else {
        return Err("usage: reminder KEY CONVERSATION ROBOT".into());
    };
    let app = InternalApp::new(
        required("DINGTALK_APP_KEY")?,
        required("DINGTALK_APP_SECRET")?,
    );
    let mut builder = Client::builder().credentials(app);
    if let Ok(url) = env::var("DINGTALK_BASE_URL") {
        builder = builder.base_url(url);
    }
    let reminder = Reminder {
        client: builder.build()?,
        conversation,
        robot,
        again_after: AGAIN_AFTER,
    };
    let path = env::var_os("REMINDED").map_or_else(|| "reminded.json".into(), PathBuf::from);
    let mut memory = Memory::open(&path)?;
    match reminder
        .remind(&key, &mut memory, SystemTime::now())
        .await?
    {
        Outcome::AllHaveRead => println!("all members have read it"),
        Outcome::AlreadyReminded => println!("those who have not read it were reminded already"),
        Outcome::Reminded(people) => println!("reminded {}", people.join(", ")),
    }
    Ok(())
}
