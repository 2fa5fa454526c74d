//! YAML: the parser's events become JSON data, and the place of each value is remembered.

mod anchors;
mod builder;
mod hints;
mod places;

use saphyr_parser::{Event, Marker, Parser, ScanError};
use serde_json::Value;

use crate::source::Problem;
use builder::Builder;
pub(crate) use places::Places;

/// How deep a document may nest: as deep as serde_json lets JSON nest.
const MAX_DEPTH: usize = 128;

/// The data of the one document in `text`, and the places of its values.
pub(crate) fn parse(text: &str) -> Result<(Value, Places), Problem> {
    let mut cursor = Cursor {
        text,
        byte: 0,
        character: 0,
    };
    let mut builder = Builder::default();
    let mut documents = 0;
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        let (event, span) = event.map_err(|error| not_yaml(&mut cursor, &error))?;
        let offset = cursor.offset(span.start);
        let done = match event {
            Event::DocumentStart(_) => {
                documents += 1;
                (documents == 1).then_some(()).ok_or_else(|| {
                    "a second YAML document begins here; only one can be read".to_owned()
                })
            }
            Event::Scalar(text, style, anchor, tag) => {
                builder.scalar(offset, text.into_owned(), style, tag.as_deref(), anchor)
            }
            Event::SequenceStart(anchor, _) => builder.start_sequence(offset, anchor),
            Event::MappingStart(anchor, _) => builder.start_mapping(offset, anchor),
            Event::SequenceEnd | Event::MappingEnd => builder.end(),
            Event::Alias(anchor) => builder.alias(offset, anchor),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Ok(()),
        };
        done.map_err(|message| Problem {
            offset,
            message,
            help: None,
        })?;
    }
    builder.finish().ok_or_else(|| Problem {
        offset: 0,
        message: "the document is empty".into(),
        help: None,
    })
}

fn not_yaml(cursor: &mut Cursor<'_>, error: &ScanError) -> Problem {
    Problem {
        offset: cursor.offset(*error.marker()),
        message: format!("not YAML: {}", error.info()),
        help: hints::hint(error.info()),
    }
}

/// Turns the parser's character counts into byte offsets. Events come in the order of the text, so
/// each step is short.
struct Cursor<'text> {
    text: &'text str,
    byte: usize,
    character: usize,
}

impl Cursor<'_> {
    fn offset(&mut self, marker: Marker) -> usize {
        while self.character < marker.index() {
            let Some(next) = self.text[self.byte..].chars().next() else {
                break;
            };
            self.byte += next.len_utf8();
            self.character += 1;
        }
        while self.character > marker.index() {
            let Some(previous) = self.text[..self.byte].chars().next_back() else {
                break;
            };
            self.byte -= previous.len_utf8();
            self.character -= 1;
        }
        self.byte
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn value(text: &str) -> Value {
        parse(text).map_err(|problem| problem.message).unwrap().0
    }

    fn problem(text: &str) -> String {
        parse(text).unwrap_err().message
    }

    #[test]
    fn keys_become_text() {
        assert_eq!(
            value("200: a\ntrue: b\n~: c\n1.50: d"),
            json!({"200": "a", "true": "b", "~": "c", "1.50": "d"})
        );
        assert!(problem("? [a, b]\n: c").contains("key"));
    }

    #[test]
    fn aliases_repeat_their_anchor() {
        let text = "a: &x {k: [1]}\nb: *x\nc: &y z\n*y : 1";
        assert_eq!(
            value(text),
            json!({"a": {"k": [1]}, "b": {"k": [1]}, "c": "z", "z": 1})
        );
        assert!(
            problem("a: &x [*x]").contains("inside itself"),
            "{}",
            problem("a: &x [*x]")
        );
    }

    #[test]
    fn merge_keys_fill_what_is_missing() {
        let text = "a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc:\n  <<: [*a, *b]\n  x: 3\nd: {<<: *b, z: 0}\n\"<<\": kept";
        let parsed = value(text);
        assert_eq!(parsed["c"], json!({"x": 3, "y": 1, "z": 2}));
        assert_eq!(parsed["d"], json!({"y": 2, "z": 0}));
        assert_eq!(parsed["<<"], "kept");
        assert!(problem("a: {<<: 1}").contains("<<"));
    }

    #[test]
    fn growth_is_bounded() {
        let mut laughs =
            String::from("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for level in 1..10 {
            let below = format!("*a{}", level - 1);
            let items = vec![below; 10].join(", ");
            laughs.push_str(&format!("a{level}: &a{level} [{items}]\n"));
        }
        assert!(problem(&laughs).contains("aliases"));
        assert!(problem(&"- ".repeat(1000)).contains("deep"));
        assert!(parse(&"[".repeat(100_000)).is_err());
        let mut tower = String::from("a0: &a0 [x]\n");
        for level in 1..2000 {
            tower.push_str(&format!("a{level}: &a{level} [*a{}]\n", level - 1));
        }
        assert!(problem(&tower).contains("deep"));
    }

    #[test]
    fn mistakes_are_named() {
        assert!(problem("a: 1\nb: 2\na: 3").contains("`a` is there twice"));
        assert!(problem("a: 1\n---\nb: 2").contains("second YAML document"));
        assert!(problem("").contains("empty"));
        assert_eq!(
            parse("a: 1\nb: [\n").unwrap_err().message.split(':').next(),
            Some("not YAML")
        );
    }
}
