//! A large document with everything that real ones have, and with names that no one would choose.

use serde_json::{Map, Value, json};

/// Names that are keywords, or no identifiers, or taken in Rust.
const ODD: [&str; 24] = [
    "type",
    "Self",
    "async",
    "1st",
    "消息",
    "a b",
    "x.y",
    "$ref-like",
    "Option",
    "String",
    "Vec",
    "Box",
    "Result",
    "gen",
    "union",
    "Default",
    "std",
    "Ärger",
    "+1",
    "-1",
    "emoji 🙂",
    "under_score",
    "kebab-case",
    "camelCase",
];

/// A document with `size` schemas and as many operations.
pub(crate) fn document(size: usize) -> Value {
    let mut schemas = Map::new();
    for index in 0..size {
        schemas.insert(name(index), schema(index, size));
    }
    let mut paths = Map::new();
    for index in 0..size {
        let (path, item) = path(index, size);
        paths.insert(path, item);
    }
    json!({
        "openapi": "3.0.3",
        "info": { "title": "synthetic", "version": "1.0.0" },
        "servers": [{ "url": "https://{host}/v1", "variables": { "host": { "default": "example.org" } } }],
        "security": [{ "key": [] }, {}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "parameters": {
                "page size": { "name": "page size", "in": "query", "schema": { "type": "integer", "minimum": 1, "maximum": 50 } },
            },
            "securitySchemes": { "key": { "type": "apiKey", "in": "header", "name": "X-Key" } },
        },
    })
}

fn name(index: usize) -> String {
    let odd = ODD.get(index % ODD.len()).copied().unwrap_or_default();
    match (index / ODD.len(), odd) {
        (0, odd) => odd.to_owned(),
        // Alone the two are told apart; with anything around them they are one name.
        (round, "-1") => format!("minus one {round}"),
        (round, odd) => format!("{odd} {round}"),
    }
}

fn reference(index: usize, size: usize) -> Value {
    let name = name(index % size).replace('~', "~0").replace('/', "~1");
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// Schemas of every form, each referring to the next ones, the last to the first: every schema is in a circle.
fn schema(index: usize, size: usize) -> Value {
    let next = |distance: usize| reference(index + distance, size);
    let properties: Map<String, Value> = ODD
        .iter()
        .map(|name| {
            (
                (*name).to_owned(),
                json!({ "type": "string", "nullable": true }),
            )
        })
        .collect();
    match index % 8 {
        0 => json!({ "type": "object", "required": ["type"], "properties": properties }),
        1 => json!({ "type": "object", "properties": {
            "_id": { "type": "string", "default": "none" },
            "id": { "type": "integer", "format": "int32", "minimum": 1, "maximum": 99 },
            "next": next(7),
            "status": { "type": "string", "enum": ["on", "off", "1", "消"] },
        } }),
        2 => json!({ "allOf": [next(6), { "type": "object", "properties": {
            "own": { "type": "array", "items": next(1), "maxItems": 9 },
            "status": { "type": "object", "properties": { "since": { "type": "string" } } },
        } }] }),
        3 => json!({ "type": "object", "properties": {
            "choice": { "oneOf": [next(6), { "type": "string" }, { "type": "array", "items": { "type": "integer" } }] },
            "any": { "anyOf": [{ "type": "string", "enum": ["a", "b"] }, { "type": "string" }] },
            "map": { "type": "object", "additionalProperties": next(5) },
        } }),
        4 => json!({ "type": "string", "x-extensible-enum": ["a", "A", "", "1", "unknown", "🙂"] }),
        5 => {
            json!({ "type": "array", "items": { "type": "array", "items": next(3) }, "minItems": 1 })
        }
        6 => {
            json!({ "type": "object", "nullable": true, "additionalProperties": false, "properties": {
            "secret": { "type": "string", "format": "password" },
            "number": { "type": "number", "minimum": 0.5, "exclusiveMinimum": true },
            "text": { "type": "string", "minLength": 2, "maxLength": 9, "pattern": "^[a-z]+$" },
        } })
        }
        _ => {
            json!({ "type": "string", "enum": ["only", "these", "self", "Self2"], "default": "only" })
        }
    }
}

fn path(index: usize, size: usize) -> (String, Value) {
    let method = ["get", "put", "post", "delete", "patch"]
        .get(index % 5)
        .copied()
        .unwrap_or("get");
    let id = match index % 3 {
        0 => format!("{} {index}", name(index)),
        1 => format!("doThing{index}"),
        _ => format!("{index}_do"),
    };
    let mut operation = json!({
        "operationId": id,
        "summary": format!("Do thing {index}."),
        "parameters": [
            { "$ref": "#/components/parameters/page size" },
            { "name": "type", "in": "query", "schema": { "type": "array", "items": { "type": "string" } } },
            { "name": "X-Trace", "in": "header", "schema": { "type": "string" } },
        ],
        "responses": {
            "200": { "description": "done", "content": { "application/json": { "schema": reference(index, size) } } },
            "default": { "description": "failed", "content": { "application/json": { "schema": {
                "type": "object", "properties": { "message": { "type": "string" } },
            } } } },
        },
    });
    if method != "get" && method != "delete" {
        operation["requestBody"] = json!({
            "required": index.is_multiple_of(2),
            "content": { "application/json": { "schema": reference(index + 1, size) } },
        });
    }
    let item = json!({
        "parameters": [{ "name": "self", "in": "path", "required": true, "schema": { "type": "string" } }],
        method: operation,
    });
    (format!("/things/{index}/{{self}}"), item)
}
