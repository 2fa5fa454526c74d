//! Laws of reading: nothing panics, and what is located is really there.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests may fail a test"
)]

use openapi_document::{Source, pointer};
use proptest::prelude::*;
use serde_json::{Value, json};

/// Values with keys and strings that need quoting, in either language.
fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 40, 6, |inside| {
        prop_oneof![
            prop::collection::vec(inside.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map("[a-z/~\"\\\\é一 0-9]{0,6}", inside, 0..6)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// Every pointer of a value, with the value.
fn pointers(value: &Value, at: &str, out: &mut Vec<(String, Value)>) {
    out.push((at.to_owned(), value.clone()));
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                pointers(item, &pointer::join(at, &index.to_string()), out);
            }
        }
        Value::Object(entries) => {
            for (key, item) in entries {
                pointers(item, &pointer::join(at, key), out);
            }
        }
        _ => {}
    }
}

/// A plain writer of block-style YAML, so that the reader is tested on more than flow style.
/// Strings and keys are written as JSON writes them, which is YAML too.
fn block_yaml(value: &Value, indent: usize, out: &mut String) {
    let pad = " ".repeat(indent);
    match value {
        Value::Array(items) if !items.is_empty() => {
            for item in items {
                out.push_str(&format!("\n{pad}-"));
                block_yaml(item, indent + 2, out);
            }
        }
        Value::Object(entries) if !entries.is_empty() => {
            for (key, item) in entries {
                out.push_str(&format!("\n{pad}{}:", Value::from(key.as_str())));
                block_yaml(item, indent + 2, out);
            }
        }
        leaf => out.push_str(&format!(" {leaf}")),
    }
}

/// The text from the place of `pointer` on.
fn text_at<'a>(source: &'a Source, pointer: &str) -> &'a str {
    let place = source
        .locate(pointer)
        .unwrap_or_else(|| panic!("{pointer} has a place"));
    let line = source.line(place.line).unwrap();
    let byte = line
        .char_indices()
        .nth(place.column - 1)
        .map_or(line.len(), |(byte, _)| byte);
    &line[byte..]
}

fn places_are_right(source: &Source, value: &Value) {
    let mut all = Vec::new();
    pointers(value, "", &mut all);
    for (pointer, value) in all {
        let text = text_at(source, &pointer);
        let parent = pointer::parent(&pointer).and_then(|parent| source.value().pointer(parent));
        if let Some(Value::Object(_)) = parent {
            let key = Value::from(&*pointer::last(&pointer).unwrap()).to_string();
            assert!(text.starts_with(&key), "{pointer}: {text} is not {key}");
        } else if !value.is_object() && !value.is_array() {
            assert!(
                text.starts_with(&value.to_string()),
                "{pointer}: {text} is not {value}"
            );
        }
    }
}

proptest! {
    #[test]
    fn no_text_panics(text in "\\PC{0,200}") {
        let _ = Source::parse("any", text);
    }

    #[test]
    fn no_text_of_yaml_signs_panics(text in "[\\[\\]{}:,&*!|>'\"%@`#<?a0~ \t\r\n-]{0,120}") {
        if let Ok(source) = Source::parse("any", text) {
            let mut all = Vec::new();
            pointers(source.value(), "", &mut all);
            for (pointer, _) in all {
                prop_assert!(source.locate(&pointer).is_some(), "{} has no place", pointer);
            }
        }
    }

    #[test]
    fn json_reads_back_with_its_places(value in any_value(), pretty in any::<bool>()) {
        let value = json!({"document": value});
        let text = if pretty { format!("{value:#}") } else { value.to_string() };
        let source = Source::parse("any.json", text).unwrap();
        prop_assert_eq!(source.value(), &value);
        places_are_right(&source, &value);
    }

    #[test]
    fn yaml_reads_back_with_its_places(value in any_value()) {
        let value = json!({"document": value});
        let mut text = String::from("# a comment");
        block_yaml(&value, 0, &mut text);
        let source = Source::parse("any.yaml", text).unwrap();
        prop_assert_eq!(source.value(), &value);
        places_are_right(&source, &value);
    }
}

#[test]
fn what_cannot_be_read_says_where() {
    for (name, text, said) in [
        (
            "a.yaml",
            "openapi: 3.0.3\npaths:\n  /a: {}\n  /a: {}\n",
            "a.yaml:4:3: the key `/a`",
        ),
        ("a.yaml", "a:\n\tb: 2\n", "a.yaml:2:2: not YAML: tabs"),
        (
            "a.json",
            "{\"a\": 1,\n \"b\" 2}",
            "a.json:2:6: not JSON: expected `:`",
        ),
        (
            "a.json",
            "{\"a\": 1,}",
            "a.json:1:9: not JSON: trailing comma",
        ),
        ("a", "", "a:1:1: the document is empty"),
    ] {
        let error = Source::parse(name, text).unwrap_err().to_string();
        assert!(error.starts_with(said), "{error}");
        assert!(!error.contains('\n'), "{error}");
    }
    let deep = "[".repeat(200_000);
    assert!(
        Source::parse("a.json", deep)
            .unwrap_err()
            .to_string()
            .contains("nested more than 128 levels")
    );
}

#[test]
fn a_file_that_is_missing_or_not_text_says_so() {
    let missing = Source::read("no/such/file.yaml".as_ref()).unwrap_err();
    assert_eq!(missing.location(), None);
    assert!(
        missing
            .to_string()
            .starts_with("no/such/file.yaml: cannot read: "),
        "{missing}"
    );

    let path = std::env::temp_dir().join(format!("openapi-document-{}.yaml", std::process::id()));
    std::fs::write(&path, b"a: b\nc: \xff\n").unwrap();
    let error = Source::read(&path).unwrap_err();
    std::fs::remove_file(&path).unwrap();
    assert!(
        error.to_string().ends_with(":2:4: not UTF-8 text"),
        "{error}"
    );
}

#[test]
fn a_byte_order_mark_is_ignored() {
    for text in ["\u{feff}{\"a\": 1}", "\u{feff}a: 1"] {
        let source = Source::parse("a", text).unwrap();
        assert_eq!(source.value(), &json!({"a": 1}));
        assert_eq!(source.locate_nearest("/nothing/here").line, 1);
    }
}

#[test]
fn the_nearest_place_is_the_innermost_that_exists() {
    let source = Source::parse("a", "a:\n  b:\n    c: 1\n").unwrap();
    assert_eq!(source.locate("/a/b/x"), None);
    assert_eq!(source.locate_nearest("/a/b/x/y").line, 2);
}

#[test]
fn flow_style_yaml_that_looks_like_json_is_read() {
    let source = Source::parse("a.yaml", "{a: 1, b: [x, y]}").unwrap();
    assert_eq!(source.value(), &json!({"a": 1, "b": ["x", "y"]}));
}
