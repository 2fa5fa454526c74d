//! Which group a command is about, and whether it is one of DingTalk's or of this machine's.

use std::net::IpAddr;

use crate::args::{Group, Place};
use crate::connect::Connected;
use crate::failure::Failure;

/// A group and a robot of it: those of the options, or the sandbox's.
#[derive(Debug)]
pub(crate) struct GroupAndRobot {
    pub(crate) conversation: String,
    pub(crate) robot: String,
}

impl GroupAndRobot {
    pub(crate) fn of(group: &Group, connected: &Connected) -> Result<Self, Failure> {
        let demo = connected.demo.as_ref().map(|demo| &demo.values);
        let conversation = group.conversation.as_ref();
        let conversation = conversation.or(demo.map(|demo| &demo.open_conversation_id));
        let robot = group.robot.as_ref().or(demo.map(|demo| &demo.robot_code));
        match (conversation, robot) {
            (Some(conversation), Some(robot)) => Ok(Self {
                conversation: conversation.clone(),
                robot: robot.clone(),
            }),
            _ => Err(Failure::usage(
                "the group and the robot must be named; give --conversation and --robot",
            )),
        }
    }
}

/// Whether what is sent stays on this machine. An address that is not plainly a loopback one does not.
pub(crate) fn is_this_machine(place: &Place) -> bool {
    place.sandbox || place.base_url.as_deref().is_some_and(is_loopback)
}

fn is_loopback(url: &str) -> bool {
    let Some((_, rest)) = url.split_once("://") else {
        return false;
    };
    let authority = rest.split(['/', '\\', '?', '#']).next().unwrap_or_default();
    let host = match authority.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    };
    // A user name, as in `localhost:x@host`, is refused by the client, too.
    let is_plain = !authority.contains('@');
    let is_loopback = match host.parse::<IpAddr>() {
        Ok(address) => address.is_loopback(),
        Err(_) => host.eq_ignore_ascii_case("localhost"),
    };
    is_plain && is_loopback
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plain_loopback_address_is_this_machine() {
        for url in [
            "http://127.0.0.1:8080",
            "https://127.9.9.9/path",
            "http://[::1]:80",
            "http://LocalHost",
        ] {
            assert!(is_loopback(url), "{url}");
        }
        for url in [
            "https://api.dingtalk.com",
            "http://127.0.0.1.example.org",
            "http://localhost.example.org",
            "http://127.0.0.1:80@example.org",
            "http://example.org/127.0.0.1",
            "http://[2001:db8::1]",
            "http://0.0.0.0",
            "127.0.0.1",
            "",
        ] {
            assert!(!is_loopback(url), "{url}");
        }
    }
}
