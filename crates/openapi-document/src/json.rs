//! JSON: serde_json reads the data, and refuses keys that are there twice; the places are found
//! afterwards, for the pointers asked for.

mod places;
mod unique;

use serde_json::Value;

use crate::source::Problem;
pub(crate) use places::offsets;
use unique::Unique;

pub(crate) fn parse(text: &str) -> Result<Value, Problem> {
    match serde_json::from_str::<Unique>(text) {
        Ok(Unique(value)) => Ok(value),
        Err(error) => Err(problem(text, &error)),
    }
}

fn problem(text: &str, error: &serde_json::Error) -> Problem {
    let before: usize = text
        .split_inclusive('\n')
        .take(error.line().saturating_sub(1))
        .map(str::len)
        .sum();
    let offset = before + error.column().saturating_sub(1);
    let said = error.to_string();
    // serde_json repeats the place, counted in bytes, at the end of its message.
    let said = said
        .rsplit_once(" at line ")
        .map_or(said.as_str(), |(what, _)| what);
    if said.starts_with(unique::TWICE) {
        return Problem {
            offset: key_before(text, offset),
            message: said.to_owned(),
            help: Some("keep one of the two: readers differ on which one counts"),
        };
    }
    let (message, help) = explain(said, text.get(offset..).unwrap_or_default());
    Problem {
        offset,
        message: format!("not JSON: {message}"),
        help,
    }
}

/// What is wrong, and what to do, in the words of those who write documents.
fn explain(said: &str, rest: &str) -> (String, Option<&'static str>) {
    let comment = rest.starts_with("//") || rest.starts_with("/*") || rest.starts_with('#');
    let (message, help) = match said {
        _ if comment => (
            "comments are not allowed",
            "take the comment out, or write the document in YAML, which has comments",
        ),
        "trailing comma" => (said, "take the comma out"),
        "key must be a string" => (said, "put the key in double quotes"),
        "recursion limit exceeded" => (
            "nested more than 128 levels deep",
            "give inner parts names of their own and refer to them with `$ref`",
        ),
        "number out of range" => (
            said,
            "put it in quotes if it is a text, or write a smaller number",
        ),
        "trailing characters" => (
            "the document ends before this",
            "take out what comes after the last brace",
        ),
        _ => return (said.to_owned(), None),
    };
    (message.to_owned(), Some(help))
}

/// Where the key begins whose last byte is at or just before `offset`.
fn key_before(text: &str, offset: usize) -> usize {
    let bytes = text.as_bytes();
    let is_quote = |at: usize| {
        let escapes = bytes
            .iter()
            .take(at)
            .rev()
            .take_while(|&&byte| byte == b'\\');
        bytes.get(at) == Some(&b'"') && escapes.count() % 2 == 0
    };
    let mut quotes = (0..=offset.min(bytes.len()))
        .rev()
        .filter(|&at| is_quote(at));
    quotes.nth(1).unwrap_or(offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_is_there_twice_is_refused_at_its_second_place() {
        for (text, key, at) in [
            (r#"{"a": 1, "a": 2}"#, "a", 9),
            (r#"{"a": {"b": [{"c\"": 1, "c\"" : 2}]}}"#, "c\"", 24),
            (r#"{"a": 1, "\u0061": {"a": 1}}"#, "a", 9),
        ] {
            let problem = parse(text).unwrap_err();
            assert_eq!(
                problem.message,
                format!("the key `{key}` is there twice in one object")
            );
            assert_eq!(problem.offset, at, "{text}");
        }
        assert!(parse(r#"{"a": {"a": 1}, "b": [{"a": 1}, {"a": 2}]}"#).is_ok());
    }

    #[test]
    fn what_is_no_json_is_said_in_words() {
        for (text, said) in [
            ("{\n  // a\n  \"b\": 1}", "comments are not allowed"),
            ("{\"a\": 1 /* b */}", "comments are not allowed"),
            ("{\"a\": # b\n 1}", "comments are not allowed"),
            ("{\"a\": 1} // b", "comments are not allowed"),
            ("{\"a\": 1,}", "trailing comma"),
            ("{a: 1}", "key must be a string"),
            ("{\"a\": 1} {}", "the document ends before this"),
        ] {
            assert_eq!(
                parse(text).unwrap_err().message,
                format!("not JSON: {said}"),
                "{text}"
            );
        }
    }
}
