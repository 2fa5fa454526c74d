//! Recalling messages.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use serde_json::{Map, Value, json};

use crate::contract::definition::Contract;
use crate::contract::refusal::Refusal;
use crate::model::message::RecallOutcome;
use crate::model::sender::{self, SenderCodes};
use crate::model::store::Store;
use crate::model::token::IssuedToken;

/// The only documented reason why a message is not recalled.
const SYSTEM_ERROR: &str = "SYSTEM_ERROR";

const CODES: SenderCodes = SenderCodes {
    no_conversation: "miss.openConversationId",
    unknown_conversation: "invalid.openConversationId",
    other_corp: "invalid.openConversationId",
    unknown_token: None,
    missing_robot: "miss.chatbotId",
    empty_robot: "miss.chatbotId",
    malformed_robot: "invalidParameter.robotCode",
    absent_robot: "invalidParameter.robotCode.notExsit",
    other_app: "not.allowed.robotCode",
};

/// Recalls messages. The body has passed the contract's schema.
pub(crate) fn recall(
    store: &mut Store,
    contract: &Contract,
    caller: &IssuedToken,
    body: &Value,
    now: Duration,
) -> Result<Bytes, Refusal> {
    let refused = |code: &str| Refusal::new(contract, code);
    let keys = body["processQueryKeys"].as_array().into_iter().flatten();
    let keys: Vec<&str> = keys.filter_map(Value::as_str).collect();
    if keys.is_empty() {
        return Err(refused("invalidParameter.processQueryKey.missing"));
    }
    if keys.contains(&"") {
        return Err(refused("invalidParameter.param.invalid"));
    }
    let sender = sender::find(store, caller, body, &CODES).map_err(refused)?;
    let robot = Some(sender.robot.code.clone());
    let conversation = sender
        .conversation
        .map(|conversation| conversation.id.clone());
    let messages = &mut store.messages;
    if !keys.iter().any(|key| messages.contains_key(*key)) {
        return Err(refused("invalid.processQueryKey"));
    }
    let mut recalled = Vec::new();
    let mut failed = Map::new();
    for key in keys {
        let message = messages.get_mut(key);
        let own = message.filter(|it| it.robot == robot && it.conversation == conversation);
        match own {
            Some(message) => match message.recall_outcome.clone() {
                RecallOutcome::Recalled => {
                    Arc::make_mut(message).recall(now);
                    recalled.push(key);
                }
                RecallOutcome::Failed(reason) => drop(failed.insert(key.to_owned(), reason.into())),
                RecallOutcome::Unanswered => {}
            },
            None => drop(failed.insert(key.to_owned(), SYSTEM_ERROR.into())),
        }
    }
    Ok(json!({ "successResult": recalled, "failedResult": failed })
        .to_string()
        .into())
}
