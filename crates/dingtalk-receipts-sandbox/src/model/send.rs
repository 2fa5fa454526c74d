//! Sending a message to a group.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use fastrand::Rng;
use serde_json::{Value, json};

use crate::contract::definition::Contract;
use crate::contract::refusal::Refusal;
use crate::model::conversation::Conversation;
use crate::model::message::Message;
use crate::model::robot::Robot;
use crate::model::send_limit::SendLimit;
use crate::model::sender::{self, SenderCodes};
use crate::model::sent::SentMessage;
use crate::model::store::Store;
use crate::model::token::IssuedToken;

const CODES: SenderCodes = SenderCodes {
    no_conversation: "miss.openConversationId",
    unknown_conversation: "invalid.openConversationId",
    other_corp: "conversation.org.notMatch",
    unknown_token: Some("token.notExisted"),
    missing_robot: "invalidParameter.robotCode.missing",
    empty_robot: "invalidParameter.robotCode.empty",
    malformed_robot: "invalidParameter.robotCode.invalid",
    absent_robot: "invalidParameter.robotCode.notExsit",
    other_app: "invalidParameter.robotCode.auth",
};

/// Sends a message whose body has passed the contract's schema: stores it, with the members of its conversation as its
/// coming readers. The response is the message's key.
pub(crate) fn send(
    store: &mut Store,
    contract: &Contract,
    rng: &mut Rng,
    caller: &IssuedToken,
    body: &Value,
    now: Duration,
) -> Result<Bytes, Refusal> {
    let refused = |code: &str| Refusal::new(contract, code);
    let msg_key = body["msgKey"].as_str().unwrap_or_default();
    let content = contract
        .message_types
        .content(msg_key, body["msgParam"].as_str().unwrap_or_default())
        .map_err(refused)?;
    let (robot, conversation) = recipient(store, caller, body).map_err(refused)?;
    let by_token = body["openConversationId"]
        .as_str()
        .is_none_or(str::is_empty);
    let (limit, too_fast) = if by_token {
        (Some(SendLimit::WEBHOOK), "send.byToken.tooFast")
    } else {
        (robot.send_limit, "send.too.fast")
    };
    if let Some(limit) = limit
        && !store
            .send_limits
            .allow(limit, &robot.code, &conversation.id, now)
    {
        return Err(refused(too_fast));
    }
    let mut key = [0; 32];
    rng.fill(&mut key);
    let key = STANDARD.encode(key);
    let number = u64::try_from(store.sent.len()).unwrap_or(u64::MAX);
    let message = Message::new(&key)
        .conversation(&conversation.id)
        .robot(&robot.code)
        .sent(&conversation, number, now);
    store.sent.push(SentMessage {
        process_query_key: key.clone(),
        open_conversation_id: conversation.id,
        robot_code: robot.code,
        msg_key: msg_key.to_owned(),
        msg_param: content,
        at: now,
    });
    store.add_message(message);
    Ok(json!({ "processQueryKey": key }).to_string().into())
}

/// The robot that sends, and the conversation that it sends to. A webhook's token stands for the group that its robot
/// is in.
fn recipient<'a>(
    store: &'a Store,
    caller: &IssuedToken,
    body: &Value,
) -> Result<(Robot, Conversation), &'a str> {
    let sender = sender::find(store, caller, body, &CODES)?;
    let of_robot = || {
        let mut conversations = store.conversations.values();
        conversations.find(|it| it.robots.contains(&sender.robot.code))
    };
    let conversation = sender
        .conversation
        .or_else(of_robot)
        .ok_or("token.notExisted")?;
    if conversation.disbanded {
        return Err("group.disbanded");
    }
    if conversation.sending_forbidden {
        return Err("send.forbidden");
    }
    if sender.robot.muted {
        return Err("bot.forbidden.sendMessage");
    }
    Ok((sender.robot.clone(), conversation.clone()))
}
