//! One look at a message, and the reminder that follows from it.

use std::error::Error;
use std::time::{Duration, SystemTime};

use dingtalk_receipts::{Checklist, Client, Message};

use crate::memory::Memory;

/// Reminds the members of one group, in the name of one robot.
#[derive(Debug)]
pub struct Reminder {
    /// The client of the app that the robot belongs to.
    pub client: Client,
    /// The group, by its open conversation id. Its members can be listed if it is one of the app's own.
    pub conversation: String,
    /// The robot code.
    pub robot: String,
    /// How long a person is not reminded of the same message again.
    pub again_after: Duration,
}

/// What became of one look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Every member has read the message.
    AllHaveRead,
    /// Some have not, and all of them were reminded already.
    AlreadyReminded,
    /// These people were named in a message, or may have been if its outcome is unknown.
    Reminded(Vec<String>),
}

impl Reminder {
    /// Looks who has not read the message with this process query key, and reminds them.
    ///
    /// # Errors
    /// If a call fails, or the memory cannot be written. Nobody is reminded twice by calling again.
    pub async fn remind(
        &self,
        key: &str,
        memory: &mut Memory,
        now: SystemTime,
    ) -> Result<Outcome, Box<dyn Error>> {
        let members = self.client.members(&self.conversation).collect().await?;
        let query = self.client.read_status(key);
        let query = query.conversation(&self.conversation).robot(&self.robot);
        let receipts = query.collect().await?;

        let mut checklist = Checklist::new(members.iter().map(|member| member.id()));
        for reader in &receipts.readers {
            checklist.meet(reader);
        }
        if checklist.is_complete() {
            return Ok(Outcome::AllHaveRead);
        }
        let unread: Vec<&str> = checklist
            .unread()
            .filter(|id| !memory.holds(key, id, now, self.again_after))
            .collect();
        if unread.is_empty() {
            return Ok(Outcome::AlreadyReminded);
        }

        let name = |id: &str| {
            let member = members.iter().find(|member| member.id() == id);
            let name = member.and_then(|member| member.name.clone());
            name.unwrap_or_else(|| id.to_owned())
        };
        let names: Vec<String> = unread.iter().map(|id| name(id)).collect();
        let text = format!("Please read the message above: {}", names.join(", "));
        let message = self.client.send(Message::text(text));
        match message.to(&self.conversation).robot(&self.robot).await {
            Ok(_) => {}
            Err(error) if error.is_outcome_unknown() => eprintln!("{error}"),
            Err(error) => return Err(error.into()),
        }
        memory.note(key, unread.iter().copied(), now)?;
        Ok(Outcome::Reminded(
            unread.into_iter().map(str::to_owned).collect(),
        ))
    }
}
