//! What references lead to, and which members named `$ref` are references at all.

mod position;

use serde_json::Value;

use crate::pointer;
pub(crate) use position::Position;

/// How many references to references are followed: more than anybody writes.
const MAX_HOPS: usize = 64;

/// What a reference leads to.
#[derive(Debug, Clone, PartialEq)]
pub struct Resolved<'v> {
    /// The JSON pointer of the value.
    pub pointer: String,
    /// The value.
    pub value: &'v Value,
}

/// Resolves a reference of a document to itself: `#/components/schemas/Pet`, with percent
/// encoding or without, or `#Pet` where a schema has `$anchor: Pet`. `None` if it leads to nothing
/// in the document, or to another one.
///
/// ```
/// let document = serde_json::json!({"paths": {"/pets/{id}": {"summary": "A pet"}}});
/// let found = openapi_document::resolve(&document, "#/paths/~1pets~1%7Bid%7D").unwrap();
/// assert_eq!(found.pointer, "/paths/~1pets~1{id}");
/// assert_eq!(found.value["summary"], "A pet");
/// ```
///
/// An anchor is looked for in the whole document; [`Source::resolve`](crate::Source::resolve)
/// remembers all of them.
pub fn resolve<'v>(document: &'v Value, reference: &str) -> Option<Resolved<'v>> {
    resolve_with(document, reference, |anchor| {
        let mut found = None;
        anchors(document, &mut |name, at| {
            if name == anchor && found.is_none() {
                found = Some(at);
            }
        });
        found
    })
}

/// Follows `$ref` from a value of a document until something that has none. `None` if a reference
/// leads nowhere or in a circle.
pub fn follow<'v>(document: &'v Value, value: &'v Value) -> Option<&'v Value> {
    match reference(value) {
        None => Some(value),
        Some(text) => follow_with(text, |text| resolve(document, text)).map(|found| found.value),
    }
}

/// Follows a reference until something that has none.
pub(crate) fn follow_with<'v>(
    text: &str,
    resolve: impl Fn(&str) -> Option<Resolved<'v>>,
) -> Option<Resolved<'v>> {
    let mut at = resolve(text)?;
    for _ in 0..MAX_HOPS {
        match reference(at.value) {
            None => return Some(at),
            Some(next) => at = resolve(next)?,
        }
    }
    None
}

/// The text of the reference that a value is.
fn reference(value: &Value) -> Option<&str> {
    value.get("$ref")?.as_str()
}

/// [`resolve`], with the pointers of anchors from elsewhere.
pub(crate) fn resolve_with<'v>(
    document: &'v Value,
    reference: &str,
    anchor: impl FnOnce(&str) -> Option<String>,
) -> Option<Resolved<'v>> {
    let fragment = pointer::decode(reference.strip_prefix('#')?);
    let pointer = if fragment.is_empty() || fragment.starts_with('/') {
        fragment.into_owned()
    } else {
        anchor(&fragment)?
    };
    let value = document.pointer(&pointer)?;
    Some(Resolved { pointer, value })
}

/// Calls `found` with the name and the pointer of each schema that has an anchor.
pub(crate) fn anchors(document: &Value, found: &mut dyn FnMut(&str, String)) {
    walk(document, &mut |entries, path, position| {
        if position.is_extension() {
            return;
        }
        for keyword in ["$anchor", "$dynamicAnchor"] {
            if let Some(Value::String(name)) = entries.get(keyword) {
                found(name, path.pointer());
            }
        }
    });
}

/// Calls `visit` with every object of a document that is no data, where it is, and its position.
pub(crate) fn walk<'v>(document: &'v Value, visit: &mut Visit<'_, 'v>) {
    walk_from(document, Position::DOCUMENT, &mut Path(Vec::new()), visit);
}

type Visit<'f, 'v> = dyn FnMut(&'v serde_json::Map<String, Value>, &Path<'v>, Position<'v>) + 'f;

fn walk_from<'v>(
    value: &'v Value,
    position: Position<'v>,
    path: &mut Path<'v>,
    visit: &mut Visit<'_, 'v>,
) {
    match value {
        Value::Object(entries) if !position.is_data() => {
            visit(entries, path, position);
            for (key, value) in entries {
                path.0.push(Step::Key(key));
                walk_from(value, position.member(key, value), path, visit);
                path.0.pop();
            }
        }
        Value::Array(items) if !position.is_data() => {
            for (index, value) in items.iter().enumerate() {
                path.0.push(Step::Index(index));
                walk_from(value, position, path, visit);
                path.0.pop();
            }
        }
        _ => {}
    }
}

/// Where a walk is. Pointers are written only for what somebody asks about.
#[derive(Debug)]
pub(crate) struct Path<'v>(Vec<Step<'v>>);

#[derive(Debug)]
enum Step<'v> {
    Key(&'v str),
    Index(usize),
}

impl Path<'_> {
    pub(crate) fn pointer(&self) -> String {
        self.0.iter().fold(String::new(), |at, step| match step {
            Step::Key(key) => pointer::join(&at, key),
            Step::Index(index) => pointer::join(&at, &index.to_string()),
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn data_and_names_are_no_references() {
        let document = json!({
            "example": {"$ref": "data.yaml"},
            "x-other": {"$ref": "data.yaml"},
            "paths": {"x-more": {"$ref": "data.yaml"}, "/a": {"$ref": "a.yaml"}},
            "headers": {"x-rate": {"$ref": "header.yaml"}},
            "properties": {"$ref": {"type": "string"}, "example": {"$ref": "schema.yaml"}},
            "allOf": [{"$ref": "#/properties/example"}],
            "examples": {"value": {"value": {"$ref": "data.yaml"}}, "one": {"$ref": "one.yaml"}},
        });
        let mut found = Vec::new();
        walk(&document, &mut |entries, path, position| {
            if !position.is_extension() && entries.get("$ref").is_some_and(Value::is_string) {
                found.push(path.pointer());
            }
        });
        found.sort();
        assert_eq!(
            found,
            [
                "/allOf/0",
                "/examples/one",
                "/headers/x-rate",
                "/paths/~1a",
                "/properties/example"
            ]
        );
    }

    #[test]
    fn references_are_decoded_once() {
        let document = json!({
            "paths": {"/a b/{x}": 1, "/100%25": 2, "/~": 3},
            "components": {"schemas": {"Pet": {"$anchor": "pet", "type": "object"}}},
        });
        let value = |reference: &str| resolve(&document, reference).map(|found| found.value);
        assert_eq!(value("#/paths/~1a%20b~1%7Bx%7D"), Some(&json!(1)));
        assert_eq!(value("#/paths/~1a b~1{x}"), Some(&json!(1)));
        assert_eq!(value("#/paths/~1100%2525"), Some(&json!(2)));
        assert_eq!(value("#/paths/~1~0"), Some(&json!(3)));
        assert_eq!(value("#"), Some(&document));
        assert_eq!(value("#pet"), document.pointer("/components/schemas/Pet"));
        for nothing in ["#/nothing", "#nothing", "other.yaml", "", "#/paths/%7E1a"] {
            assert_eq!(value(nothing), None, "{nothing}");
        }
    }

    #[test]
    fn circles_of_references_lead_nowhere() {
        let document = json!({
            "a": {"$ref": "#/b"}, "b": {"$ref": "#/c"}, "c": {"type": "object"},
            "x": {"$ref": "#/y"}, "y": {"$ref": "#/x"},
        });
        assert_eq!(follow(&document, &document["a"]), Some(&document["c"]));
        assert_eq!(follow(&document, &document["x"]), None);
    }
}
