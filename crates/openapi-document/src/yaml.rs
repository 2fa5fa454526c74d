//! YAML: the parser's events become JSON data, and the place of each value is remembered.

mod anchors;
mod builder;
mod hints;
mod indentation;
mod places;

use saphyr_parser::{Event, Marker, Parser, Tag};
use serde_json::Value;

use crate::scalar;
use crate::source::Problem;
use builder::Builder;
use indentation::Indentation;
pub(crate) use places::Places;

/// How deep a document may nest: as deep as serde_json lets JSON nest.
const MAX_DEPTH: usize = 128;

/// The data of the one document in `text`, and the places of its values.
pub(crate) fn parse(text: &str) -> Result<(Value, Places), Problem> {
    let mut lines = Indentation::of(text);
    // What a repair does not mend is said of the text as it is, not of what the repair made of it.
    let mut first = None;
    loop {
        let place = |offset| lines.original(offset);
        let failed = match build(&lines.padded(), &place) {
            Ok(document) => return Ok(document),
            Err(failed) => failed,
        };
        let offset = failed.problem.offset;
        let problem = first.take().unwrap_or(failed.problem);
        let is_repaired = failed
            .complaint
            .is_some_and(|complaint| lines.repair(&complaint, offset));
        if !is_repaired {
            return Err(problem);
        }
        first = Some(problem);
    }
}

/// A problem, and what the parser itself says if it is its.
struct Failed {
    problem: Problem,
    complaint: Option<String>,
}

impl From<Problem> for Failed {
    fn from(problem: Problem) -> Self {
        Self {
            problem,
            complaint: None,
        }
    }
}

/// Builds a document from the parser's events; `place` says where a byte of `text` really is.
fn build(text: &str, place: &dyn Fn(usize) -> usize) -> Result<(Value, Places), Failed> {
    let mut cursor = Cursor {
        text,
        byte: 0,
        character: 0,
    };
    let mut builder = Builder::default();
    let mut documents = 0;
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        let (event, span) = event.map_err(|error| {
            let offset = place(cursor.offset(*error.marker()));
            not_yaml(offset, error.info())
        })?;
        let offset = place(cursor.offset(span.start));
        let done = match event {
            Event::DocumentStart(_) => {
                documents += 1;
                if documents > 1 {
                    return Err(second_document(offset).into());
                }
                Ok(())
            }
            Event::Scalar(text, style, anchor, tag) => {
                builder.scalar(offset, text.into_owned(), style, tag.as_deref(), anchor)
            }
            Event::SequenceStart(anchor, tag) => {
                check_tag(offset, tag.as_deref())?;
                builder.start_sequence(offset, anchor)
            }
            Event::MappingStart(anchor, tag) => {
                check_tag(offset, tag.as_deref())?;
                builder.start_mapping(offset, anchor)
            }
            Event::SequenceEnd | Event::MappingEnd => builder.end(),
            Event::Alias(anchor) => builder.alias(offset, anchor),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Ok(()),
        };
        done.map_err(|message| Problem {
            offset,
            help: hints::own(&message),
            message,
        })?;
    }
    let empty = || Problem {
        offset: 0,
        message: "the document is empty".into(),
        help: Some("an OpenAPI document begins with `openapi: 3.0.3`"),
    };
    Ok(builder.finish().ok_or_else(empty)?)
}

fn not_yaml(offset: usize, said: &str) -> Failed {
    Failed {
        problem: Problem {
            offset,
            message: format!("not YAML: {said}"),
            help: hints::hint(said),
        },
        complaint: Some(said.to_owned()),
    }
}

fn second_document(offset: usize) -> Problem {
    Problem {
        offset,
        message: "a second YAML document begins here; only one can be read".to_owned(),
        help: Some("take the `---` out, or put each document into a file of its own"),
    }
}

/// A tag of an application changes what a collection means in ways that are not known here.
fn check_tag(offset: usize, tag: Option<&Tag>) -> Result<(), Problem> {
    let unknown = tag.filter(|tag| !tag.is_yaml_core_schema() && !is_unspecific(tag));
    unknown.map_or(Ok(()), |tag| {
        let message = scalar::unknown_tag(&tag.to_string());
        Err(Problem {
            offset,
            help: hints::own(&message),
            message,
        })
    })
}

/// Whether a tag is `!` alone, which says only that the style of a scalar decides.
fn is_unspecific(tag: &Tag) -> bool {
    let (handle, suffix) = (tag.handle.as_str(), tag.suffix.as_str());
    matches!((handle, suffix), ("", "!") | ("!", ""))
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
    #[test]
    fn brackets_and_quotes_may_be_indented_less_than_the_block_around_them() {
        let text = "a:\n  b: {\n  c: [1,\n 2], # }\n    d: \"x\n y\"\n }\n  e: 'f\n g'\nh: [\n{i: 1},\n]\n";
        let (value, places) = parse(text).map_err(|problem| problem.message).unwrap();
        assert_eq!(
            value,
            json!({"a": {"b": {"c": [1, 2], "d": "x y"}, "e": "f g"}, "h": [{"i": 1}]})
        );
        for (pointer, from) in [
            ("/a/b/c/1", "2]"),
            ("/a/b/d", "d:"),
            ("/a/e", "e:"),
            ("/h/0/i", "i:"),
        ] {
            let at = places.offset(pointer).unwrap();
            assert!(text[at..].starts_with(from), "{pointer}: {}", &text[at..]);
        }
    }

    #[test]
    fn a_block_that_is_indented_wrongly_stays_an_error() {
        for text in [
            "a:\n  b: 1\n c: 2\n",
            "a: [\n  b\nc: 1\n",
            "a: {b: 1\nc: }}\n",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn tags_of_applications_are_refused() {
        for text in ["a: !include b.yaml", "a: !Ref {b: 1}", "a: !x [1]"] {
            let said = problem(text);
            assert!(
                said.starts_with("the tag `!") && said.ends_with("is not known here"),
                "{said}"
            );
        }
        assert_eq!(
            value("a: !!timestamp 2024-01-01\nb: !!binary aGk=\nc: !!set {x}\nd: ! 5"),
            json!({"a": "2024-01-01", "b": "aGk=", "c": {"x": null}, "d": "5"})
        );
    }
}
