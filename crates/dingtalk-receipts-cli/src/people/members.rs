//! The members of a group as a checklist.

use dingtalk_receipts::Member;

use super::checklist::{Checklist, Person};
use crate::failure::Failure;
use crate::list::Place;

/// The members, each once.
pub(crate) fn of_members(members: Vec<Member>) -> Result<Checklist, Failure> {
    let mut people = Checklist::default();
    for (number, member) in (1..).zip(members) {
        let person = Person {
            user_id: member.user_id,
            union_id: member.union_id,
        };
        people.add(Place::Line(number), person).map_err(|why| {
            Failure::usage(format!(
                "the members of the group are no list of people: {why}; give one with --expect"
            ))
        })?;
    }
    match people.is_empty() {
        true => Err(Failure::usage(
            "DingTalk lists no members of the group; give a list of people with --expect",
        )),
        false => Ok(people),
    }
}
