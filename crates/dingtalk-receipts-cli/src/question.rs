//! From options to the question about one message.

use dingtalk_receipts::{Cursor, ReadStatus};

use crate::args::{Asking, Message};
use crate::connect::Connected;
use crate::failure::Failure;
use crate::input::Input;
use crate::secret::{read, variable};

/// The question that the options ask; at a cursor if there is one, which then names the message.
pub(crate) fn question(
    message: &Message,
    asking: &Asking,
    resume: Option<&Cursor>,
    connected: &Connected,
) -> Result<ReadStatus, Failure> {
    let Connected {
        client,
        demo,
        deadline,
    } = connected;
    let demo = demo.as_ref().map(|demo| &demo.values);
    let mut question = match (&message.process_query_key, resume, demo) {
        (Some(key), Some(cursor), _) => client.read_status(key).resume(cursor.clone()),
        (Some(key), None, _) => client.read_status(key),
        (None, Some(cursor), _) => client.resume(cursor),
        (None, None, Some(demo)) => client.read_status(&demo.process_query_key),
        (None, None, None) => {
            return Err(Failure::usage(
                "there is no process query key; the operation that sent the message returned it",
            ));
        }
    };
    let named = message.process_query_key.is_none() && resume.is_some();
    let made_up = demo.filter(|_| !named);
    let conversation = message.conversation.as_ref();
    let conversation = conversation.or(made_up.map(|demo| &demo.open_conversation_id));
    if let Some(id) = conversation {
        question = question.conversation(id);
    }
    if let Some(code) = message
        .robot
        .as_ref()
        .or(made_up.map(|demo| &demo.robot_code))
    {
        question = question.robot(code);
    }
    let file = message.webhook_token_file.as_ref();
    // The environment's is only for a message that nothing else names.
    if (file.is_some() || (conversation.is_none() && !named))
        && let Some(token) = webhook_token(file)?
    {
        question = question.webhook_token(token);
    }
    if let Some(readers) = asking.max_results {
        question = question.max_results(readers);
    }
    if let Some(limit) = asking.wait_until_ready {
        question = question.wait_until_ready(limit);
    }
    if let Some(limit) = *deadline {
        question = question.total_timeout(limit);
    }
    Ok(question)
}

/// The webhook robot's token: from the file, or else from the environment.
pub(crate) fn webhook_token(file: Option<&Input>) -> Result<Option<String>, Failure> {
    match file {
        Some(file) => read(file, "webhook token").map(Some),
        None => variable("DINGTALK_WEBHOOK_TOKEN"),
    }
}
