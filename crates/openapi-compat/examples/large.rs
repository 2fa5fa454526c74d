//! Writes a pair of large documents, to measure speed and memory with:
//!
//! ```text
//! cargo run --release -p openapi-compat --example large -- /tmp/large 765
//! /usr/bin/time -v target/release/openapi-compat diff /tmp/large/base.json /tmp/large/revision.json
//! ```
//!
//! The base has the given number of operations (765 make about 4 MB), whose schemas refer to each
//! other, with cycles. The revision differs by 21 edits.

use std::error::Error;
use std::path::PathBuf;

use serde_json::{Map, Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let directory = PathBuf::from(arguments.next().ok_or("expected a directory")?);
    let operations = arguments.next().map_or(Ok(765), |number| number.parse())?;
    std::fs::create_dir_all(&directory)?;
    let base = document(operations);
    let mut revision = base.clone();
    edit(&mut revision, operations);
    std::fs::write(directory.join("base.json"), base.to_string())?;
    std::fs::write(directory.join("revision.json"), revision.to_string())?;
    Ok(())
}

fn document(operations: usize) -> Value {
    let schemas: Map<String, Value> = (0..operations)
        .map(|index| (format!("Thing{index}"), schema(index, operations)))
        .collect();
    let paths: Map<String, Value> = (0..operations)
        .map(|index| {
            let path = format!("/group{}/things{index}/{{id}}", index % 40);
            (path, json!({"post": operation(index)}))
        })
        .collect();
    json!({
        "openapi": "3.0.3",
        "info": {"title": "Large", "version": "1.0.0"},
        "paths": paths,
        "components": {"schemas": schemas},
    })
}

fn operation(index: usize) -> Value {
    let body = json!({"application/json": {"schema": {"$ref": format!("#/components/schemas/Thing{index}")}}});
    json!({
        "operationId": format!("things/do-{index}"),
        "description": "Does what it says, and says what it does. ".repeat(55),
        "parameters": [
            {"name": "id", "in": "path", "required": true, "schema": {"type": "integer"}},
            {"name": "page", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 100}},
            {"name": "sort", "in": "query", "schema": {"type": "string", "enum": ["asc", "desc"]}},
        ],
        "requestBody": {"content": body},
        "responses": {
            "200": {"description": "ok", "content": body},
            "404": {"description": "gone"},
        },
    })
}

fn schema(index: usize, count: usize) -> Value {
    let reference =
        |other: usize| json!({"$ref": format!("#/components/schemas/Thing{}", other % count)});
    let mut properties: Map<String, Value> = (0..20)
        .map(|field| {
            let description = "What the field holds, in a sentence of usual length.";
            let value = match field % 4 {
                0 => json!({"type": "string", "maxLength": 200, "description": description}),
                1 => json!({"type": "integer", "minimum": 0, "description": description}),
                2 => json!({"type": "array", "items": {"type": "string"}, "description": description}),
                _ => json!({"type": "string", "format": "date-time", "example": "2024-01-31T12:00:00Z"}),
            };
            (format!("field_{field}"), value)
        })
        .collect();
    // Within a group of eight the schemas lead to each other and back again.
    properties.insert(
        "next".to_owned(),
        reference(index - index % 8 + (index + 1) % 8),
    );
    properties.insert(
        "choice".to_owned(),
        json!({"oneOf": [{"type": "string"}, {"type": "integer"}]}),
    );
    json!({"type": "object", "required": ["field_0", "field_1"], "properties": properties})
}

/// Twenty-one edits, of schemas, parameters and operations.
fn edit(document: &mut Value, operations: usize) {
    let at = |part: usize| part * operations / 22;
    for part in 0..21 {
        let index = at(part);
        let schema = format!("/components/schemas/Thing{index}");
        let path = format!("/paths/~1group{}~1things{index}~1{{id}}/post", index % 40);
        let (pointer, value) = match part % 7 {
            0 => (
                format!("{schema}/required"),
                json!(["field_0", "field_1", "field_2"]),
            ),
            1 => (format!("{schema}/properties/field_0/maxLength"), json!(100)),
            2 => (format!("{schema}/properties/field_1/type"), json!("string")),
            3 => (format!("{path}/parameters/1/schema/maximum"), json!(50)),
            4 => (format!("{path}/parameters/2/schema/enum"), json!(["asc"])),
            5 => (format!("{path}/parameters/1/required"), json!(true)),
            _ => (format!("{path}/operationId"), json!("renamed")),
        };
        let (parent, key) = pointer.rsplit_once('/').unwrap_or(("", &pointer));
        if let Some(Value::Object(parent)) = document.pointer_mut(parent) {
            parent.insert(key.to_owned(), value);
        }
    }
}
