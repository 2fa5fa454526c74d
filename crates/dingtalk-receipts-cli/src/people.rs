//! Lists of people: an id a line.

use std::collections::HashSet;

use crate::failure::Failure;
use crate::input::Input;

/// A million people with long ids.
const MOST_BYTES: u64 = 128 * 1024 * 1024;

/// The people whom the list names, each once, in order.
pub(crate) fn people(list: &Input) -> Result<Vec<String>, Failure> {
    let people = listed(&list.text(MOST_BYTES, "the people to expect")?);
    if people.is_empty() {
        return Err(Failure::usage(format!(
            "nobody is expected: {list} names no one; it should have an id a line"
        )));
    }
    Ok(people)
}

fn listed(text: &str) -> Vec<String> {
    let mut known = HashSet::new();
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .filter(|id| known.insert(*id))
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_person_once() {
        assert_eq!(listed("# team\nb\r\n\n a \nb\n李"), ["b", "a", "李"]);
    }
}
