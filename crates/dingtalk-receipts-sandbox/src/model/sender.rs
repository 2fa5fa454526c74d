//! Which robot in which conversation a request means, and whether the caller may use it.

use serde_json::Value;

use crate::model::conversation::Conversation;
use crate::model::robot::Robot;
use crate::model::store::Store;
use crate::model::token::IssuedToken;

/// The codes by which an operation refuses what a request says of robot and conversation: each operation has its own.
pub(crate) struct SenderCodes {
    /// Neither a conversation nor a webhook's token is named.
    pub(crate) no_conversation: &'static str,
    pub(crate) unknown_conversation: &'static str,
    /// The conversation belongs to another corp.
    pub(crate) other_corp: &'static str,
    /// The webhook's token is unknown; `None` if the operation takes no tokens.
    pub(crate) unknown_token: Option<&'static str>,
    pub(crate) missing_robot: &'static str,
    pub(crate) empty_robot: &'static str,
    pub(crate) malformed_robot: &'static str,
    /// The robot is not in the conversation.
    pub(crate) absent_robot: &'static str,
    /// The robot belongs to another app.
    pub(crate) other_app: &'static str,
}

/// A robot, and the conversation unless the request names the robot by its webhook's token.
pub(crate) struct Sender<'a> {
    pub(crate) robot: &'a Robot,
    pub(crate) conversation: Option<&'a Conversation>,
}

/// Finds what `body` names, or says with which code the request is refused.
pub(crate) fn find<'a>(
    store: &'a Store,
    caller: &IssuedToken,
    body: &Value,
    codes: &'a SenderCodes,
) -> Result<Sender<'a>, &'a str> {
    let sender = named(store, caller, body, codes)?;
    if let Some(code) = &sender.robot.refusal {
        return Err(code);
    }
    let app = store.apps.get(caller.app);
    let owner = sender.robot.app.as_ref();
    if owner.is_some_and(|owner| app.is_none_or(|app| app.key != *owner)) {
        return Err(codes.other_app);
    }
    Ok(sender)
}

fn named<'a>(
    store: &'a Store,
    caller: &IssuedToken,
    body: &Value,
    codes: &'a SenderCodes,
) -> Result<Sender<'a>, &'a str> {
    let text = |field: &str| body[field].as_str().filter(|text| !text.is_empty());
    let Some(id) = text("openConversationId") else {
        let (Some(unknown), Some(token)) = (codes.unknown_token, text("token")) else {
            return Err(codes.no_conversation);
        };
        let mut robots = store.robots.values();
        let robot = robots.find(|robot| robot.webhook_token.as_deref() == Some(token));
        let robot = robot.ok_or(unknown)?;
        return Ok(Sender {
            robot,
            conversation: None,
        });
    };
    let code = match body["robotCode"].as_str() {
        None => return Err(codes.missing_robot),
        Some("") => return Err(codes.empty_robot),
        Some(code) => code,
    };
    if code.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err(codes.malformed_robot);
    }
    let conversation = store
        .conversations
        .get(id)
        .ok_or(codes.unknown_conversation)?;
    if !conversation.belongs_to(&caller.corp) {
        return Err(codes.other_corp);
    }
    let in_group = conversation.robots.iter().any(|robot| robot == code);
    let robot = store.robots.get(code).filter(|_| in_group);
    Ok(Sender {
        robot: robot.ok_or(codes.absent_robot)?,
        conversation: Some(conversation),
    })
}
