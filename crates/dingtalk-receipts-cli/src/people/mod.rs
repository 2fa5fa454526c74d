//! Checklists: the people who should read a message, from the forms in which people have such lists.

mod checklist;
mod id;
mod members;
mod read;

use crate::failure::Failure;
use crate::input::Input;
use crate::run::Context;

pub(crate) use checklist::Checklist;
pub(crate) use members::of_members;

/// A million people with long ids.
const MOST_BYTES: u64 = 128 * 1024 * 1024;

/// The people whom the list names, each once, in order. `column` is the title of the column of ids, if the user named it.
pub(crate) fn people(
    list: &Input,
    column: Option<&str>,
    context: &Context,
) -> Result<Checklist, Failure> {
    let bytes = list.bytes(MOST_BYTES, "the people to expect")?;
    let (people, note) = read::people(bytes, column)
        .map_err(|why| Failure::usage(format!("{list} is not a list of people: {why}")))?;
    if people.is_empty() {
        return Err(Failure::usage(format!(
            "nobody is expected: {list} names no one; it should have an id a line, or a column userId or unionId"
        )));
    }
    if let Some(note) = note {
        context.note(&format!("{list}: {note}."));
    }
    Ok(people)
}
