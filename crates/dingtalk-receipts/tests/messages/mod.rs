//! The life of a message: sent, read, recalled; and the members of its group.

mod members;
mod recall;
mod send;

use dingtalk_receipts::{Client, Message, SendMessage};
use dingtalk_receipts_sandbox::{Conversation, Robot, Sandbox, SandboxBuilder};

const GROUP: &str = "cid-team";
const ROBOT: &str = "robot-team";

/// A sandbox with a group of this many members and a robot in it.
fn group(members: u64) -> SandboxBuilder {
    Sandbox::builder()
        .robot(Robot::new(ROBOT))
        .conversation(Conversation::new(GROUP).robot(ROBOT).members(members))
}

/// A message to the group.
fn hello(client: &Client) -> SendMessage {
    client.send(Message::text("hello")).to(GROUP).robot(ROBOT)
}
