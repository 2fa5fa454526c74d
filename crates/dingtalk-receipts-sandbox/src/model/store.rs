//! Everything that exists in one sandbox: apps, robots, conversations, messages, tokens, quotas.

use std::collections::HashMap;
use std::sync::Arc;

use crate::model::app::{App, DEFAULT_CORP};
use crate::model::message::Message;
use crate::model::quota::QuotaCounters;
use crate::model::robot::{Conversation, Robot};
use crate::model::token::Tokens;

/// The state that calls read and change.
#[derive(Default)]
pub(crate) struct Store {
    pub(crate) apps: Vec<App>,
    pub(crate) robots: HashMap<String, Robot>,
    pub(crate) conversations: HashMap<String, Conversation>,
    pub(crate) messages: HashMap<String, Arc<Message>>,
    pub(crate) tokens: Tokens,
    pub(crate) quotas: QuotaCounters,
}

impl Store {
    pub(crate) fn add_robot(&mut self, robot: Robot) {
        self.robots.insert(robot.code.clone(), robot);
    }

    pub(crate) fn add_conversation(&mut self, conversation: Conversation) {
        for code in &conversation.robots {
            self.robots
                .entry(code.clone())
                .or_insert_with(|| Robot::new(code.clone()));
        }
        self.conversations
            .insert(conversation.id.clone(), conversation);
    }

    /// Adds a message. What it names and nobody described is made up: a message in a conversation means that there
    /// is the conversation, and that the robot is in it.
    pub(crate) fn add_message(&mut self, message: Message) {
        if let Some(code) = &message.robot {
            self.robots
                .entry(code.clone())
                .or_insert_with(|| Robot::new(code.clone()));
        }
        if let Some(id) = &message.conversation {
            let conversation = self
                .conversations
                .entry(id.clone())
                .or_insert_with(|| Conversation::new(id.clone()));
            if let Some(code) = message
                .robot
                .as_ref()
                .filter(|code| !conversation.robots.contains(code))
            {
                conversation.robots.push(code.clone());
            }
        }
        self.messages.insert(message.key.clone(), Arc::new(message));
    }
}

impl Conversation {
    pub(crate) fn belongs_to(&self, corp: &str) -> bool {
        self.corp.as_deref().unwrap_or(DEFAULT_CORP) == corp
    }
}
