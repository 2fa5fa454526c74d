//! Makes one type do for both directions where `readOnly` and `writeOnly` tell them apart.
//!
//! A required property that is `readOnly` is required in a response only, and one that is `writeOnly` in a request
//! only. The type of a schema that goes both ways must do without it, so the property is no longer required there.

use std::collections::BTreeSet;

use serde_json::Value;

use super::walk::{Kind, follow, walk, walk_from};

pub(crate) fn normalise(document: &mut Value) {
    let mut sent = Reach::new(document);
    let mut received = Reach::new(document);
    walk(document, &mut |pointer, kind, part| match kind {
        Kind::Parameter | Kind::RequestBody if pointer.starts_with("/paths/") => {
            sent.add(part, pointer, kind);
        }
        Kind::Response if pointer.starts_with("/paths/") => received.add(part, pointer, kind),
        _ => {}
    });
    let (sent, received) = (sent.schemas(), received.schemas());
    let mut changes = Vec::new();
    for (reached, keyword) in [(sent, "readOnly"), (received, "writeOnly")] {
        for pointer in reached {
            let Some(schema) = document.pointer(&pointer) else {
                continue;
            };
            let mut waived = BTreeSet::new();
            collect(document, schema, keyword, &mut waived, 0);
            if !waived.is_empty() {
                changes.push((pointer, waived));
            }
        }
    }
    for (pointer, waived) in changes {
        if let Some(schema) = document.pointer_mut(&pointer) {
            waive(schema, &waived);
        }
    }
}

/// The names of a schema's properties that have a keyword, those of combined schemas included.
fn collect(
    document: &Value,
    schema: &Value,
    keyword: &str,
    names: &mut BTreeSet<String>,
    depth: usize,
) {
    let Some(schema) = follow(document, schema).filter(|_| depth < 32) else {
        return;
    };
    let is_true = |part: &Value| part.get(keyword) == Some(&Value::Bool(true));
    let properties = schema.get("properties").and_then(Value::as_object);
    for (name, property) in properties.into_iter().flatten() {
        if is_true(property) || follow(document, property).is_some_and(is_true) {
            names.insert(name.clone());
        }
    }
    let parts = schema.get("allOf").and_then(Value::as_array);
    for part in parts.into_iter().flatten() {
        collect(document, part, keyword, names, depth + 1);
    }
}

/// Takes names from what a schema and the inline schemas that it combines require.
fn waive(schema: &mut Value, names: &BTreeSet<String>) {
    let Some(object) = schema.as_object_mut() else {
        return;
    };
    if let Some(required) = object.get_mut("required").and_then(Value::as_array_mut) {
        required.retain(|name| !name.as_str().is_some_and(|name| names.contains(name)));
        if required.is_empty() {
            object.remove("required");
        }
    }
    let parts = object.get_mut("allOf").and_then(Value::as_array_mut);
    for part in parts.into_iter().flatten() {
        waive(part, names);
    }
}

/// What a part of a document reaches through references.
struct Reach<'a> {
    document: &'a Value,
    schemas: BTreeSet<String>,
    followed: BTreeSet<&'a str>,
    open: Vec<(&'a str, Kind)>,
}

impl<'a> Reach<'a> {
    fn new(document: &'a Value) -> Self {
        Self {
            document,
            schemas: BTreeSet::new(),
            followed: BTreeSet::new(),
            open: Vec::new(),
        }
    }

    fn add(&mut self, part: &'a Value, pointer: &str, kind: Kind) {
        walk_from(part, pointer, kind, &mut |pointer, kind, value| {
            if kind == Kind::Schema {
                self.schemas.insert(pointer.to_owned());
            }
            if let Some(reference) = value.get("$ref").and_then(Value::as_str)
                && self.followed.insert(reference)
            {
                self.open.push((reference, kind));
            }
        });
    }

    /// The places of all schemas that are reached.
    fn schemas(mut self) -> BTreeSet<String> {
        while let Some((reference, kind)) = self.open.pop() {
            let pointer = reference.trim_start_matches('#');
            if let Some(part) = self.document.pointer(pointer) {
                self.add(part, pointer, kind);
            }
        }
        self.schemas
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_only_one_direction_requires_is_not_required_where_both_go() {
        let schema = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
        let body =
            |name: &str| json!({ "content": { "application/json": { "schema": schema(name) } } });
        let mut document = json!({
            "paths": { "/a": { "post": {
                "requestBody": body("Both"),
                "responses": { "200": body("Both"), "201": body("Received") },
            } } },
            "components": { "schemas": {
                "Both": { "allOf": [schema("Part"), { "required": ["id", "name"] }] },
                "Part": { "required": ["id", "secret"], "properties": {
                    "id": { "readOnly": true }, "secret": { "writeOnly": true }, "name": {},
                } },
                "Received": { "required": ["id"], "properties": { "id": { "readOnly": true } } },
                "Unused": { "required": ["id"], "properties": { "id": { "readOnly": true } } },
            } },
        });
        normalise(&mut document);
        let required =
            |pointer: &str| document.pointer(&format!("/components/schemas/{pointer}/required"));
        assert_eq!(required("Both/allOf/1"), Some(&json!(["name"])));
        assert_eq!(required("Part"), None);
        assert_eq!(required("Received"), Some(&json!(["id"])));
        assert_eq!(required("Unused"), Some(&json!(["id"])));
    }
}
