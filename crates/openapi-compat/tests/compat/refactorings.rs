//! Rewritings that mean the same are not changes.

use serde_json::{Value, json};

use crate::documents::{diff, document, request, response, shown, verdict, with_schemas};

fn pet() -> Value {
    json!({
        "type": "object",
        "required": ["name"],
        "properties": {
            "name": {"type": "string", "minLength": 1},
            "age": {"type": "integer", "minimum": 0, "nullable": true},
            "kind": {"type": "string", "enum": ["cat", "dog"]},
        },
    })
}

/// Both directions, for requests and responses: nothing changed on the wire.
fn same(name: &str, one: &Value, other: &Value, schemas: &Value) {
    for wrap in [request, response] {
        for (base, revision) in [(one, other), (other, one)] {
            let document = |schema| with_schemas(wrap(schema), schemas.clone());
            let comparison = diff(&document(base), &document(revision));
            let wire = comparison
                .findings
                .iter()
                .filter(|one| one.class.as_str() != "sdk");
            let wire: Vec<_> = wire.cloned().collect();
            assert!(wire.is_empty(), "{name}: {}", shown(&wire));
        }
    }
}

#[test]
fn schemas_can_be_written_in_many_ways() {
    let reference = json!({"$ref": "#/components/schemas/Pet"});
    let schemas = json!({
        "Pet": pet(),
        "Alias": {"$ref": "#/components/schemas/Pet"},
        "Named": {"type": "object", "required": ["name"], "properties": {"name": pet()["properties"]["name"]}},
        "Loop": {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/Loop"}}},
        "Unrolled": {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/Loop"}}},
    });
    let rest = json!({"type": "object", "properties": {"age": pet()["properties"]["age"], "kind": pet()["properties"]["kind"]}});
    for (name, one, other) in [
        ("inline", reference.clone(), pet()),
        (
            "alias",
            reference.clone(),
            json!({"$ref": "#/components/schemas/Alias"}),
        ),
        (
            "single allOf",
            reference.clone(),
            json!({"allOf": [reference]}),
        ),
        (
            "split allOf",
            pet(),
            json!({"allOf": [{"$ref": "#/components/schemas/Named"}, rest]}),
        ),
        (
            "unrolled cycle",
            json!({"$ref": "#/components/schemas/Loop"}),
            json!({"$ref": "#/components/schemas/Unrolled"}),
        ),
        (
            "enum as oneOf",
            json!({"type": "string", "enum": ["a", "b"]}),
            json!({"oneOf": [{"type": "string", "enum": ["b"]}, {"enum": ["a"], "title": "A"}]}),
        ),
        (
            "nullable as anyOf",
            json!({"type": "string", "nullable": true}),
            json!({"anyOf": [{"type": "string"}, {"type": "string", "nullable": true, "enum": [null]}]}),
        ),
        (
            "nullable reference",
            json!({"allOf": [reference], "nullable": true}),
            json!({"nullable": true, "oneOf": [reference]}),
        ),
        (
            "reordered oneOf",
            json!({"oneOf": [{"type": "string"}, {"type": "integer"}]}),
            json!({"oneOf": [{"type": "integer"}, {"type": "string"}]}),
        ),
        (
            "exclusive bound",
            json!({"type": "integer", "minimum": 0, "exclusiveMinimum": true}),
            json!({"type": "integer", "minimum": 1}),
        ),
        (
            "written defaults",
            json!({"type": "array", "items": {}}),
            json!({"type": "array", "items": {}, "minItems": 0, "uniqueItems": false}),
        ),
        (
            "equal patterns",
            json!({"type": "string", "pattern": "^[0-9]+$"}),
            json!({"type": "string", "pattern": "^\\d{1,}$"}),
        ),
        (
            "order of values",
            json!({"enum": ["a", "b"]}),
            json!({"enum": ["b", "a"]}),
        ),
    ] {
        same(name, &one, &other, &schemas);
    }
}

#[test]
fn parameters_can_stand_at_the_path_or_in_components() {
    let parameter = json!({"name": "X-Page", "in": "header", "schema": {"type": "integer"}});
    let responses = json!({"200": {"description": "ok"}});
    let own = document(json!({"parameters": [parameter], "responses": responses}));
    let mut hoisted = document(json!({"responses": responses}));
    hoisted["paths"]["/things"]["parameters"] = json!([
        {"name": "x-page", "in": "header", "style": "simple", "required": false, "schema": {"type": "integer"}},
    ]);
    let mut named = document(json!({
        "parameters": [{"$ref": "#/components/parameters/Page"}],
        "responses": responses,
    }));
    named["components"] = json!({"parameters": {"Page": parameter}});
    for (one, other) in [(&own, &hoisted), (&hoisted, &named), (&named, &own)] {
        let comparison = diff(one, other);
        assert_eq!(
            verdict(&comparison),
            "none",
            "{}",
            shown(&comparison.findings)
        );
    }
}

#[test]
fn security_and_servers_apply_wherever_they_are_written() {
    let scheme = json!({"key": {"type": "apiKey", "in": "header", "name": "X-Key"}});
    let mut global = document(json!({"responses": {}}));
    global["components"] = json!({"securitySchemes": scheme});
    let mut own = global.clone();
    global["security"] = json!([{"key": []}]);
    global["servers"] = json!([{"url": "https://Example.com/v1/"}]);
    own["paths"]["/things"]["post"]["security"] = json!([{"key": []}]);
    own["paths"]["/things"]["servers"] =
        json!([{"url": "https://example.com/{v}", "variables": {"v": {"default": "v1"}}}]);
    assert_eq!(verdict(&diff(&global, &own)), "none");
}
