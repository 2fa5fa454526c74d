//! Single changes: which finding they are, where it is, and what it shows.

use openapi_compat::{Class, Direction};
use serde_json::{Value, json};

use crate::documents::{diff, document, request, response, shown, verdict, with_schemas};

/// The id, class and witness of the one finding that breaks or is unknown.
fn only(base: &Value, revision: &Value) -> (String, Class, Option<Value>) {
    let comparison = diff(base, revision);
    let mut serious: Vec<_> = comparison
        .findings
        .iter()
        .filter(|one| one.class <= Class::Unknown)
        .cloned()
        .collect();
    assert_eq!(serious.len(), 1, "{}", shown(&comparison.findings));
    let finding = serious.remove(0);
    (finding.id, finding.class, finding.witness)
}

#[test]
fn schema_changes_have_the_smallest_witness() {
    let object = |property: Value| json!({"type": "object", "properties": {"p": property}});
    for (old, new, id, witness) in [
        (
            json!({"type": "string"}),
            json!({"type": "string", "maxLength": 2}),
            "request-property-max-length-set",
            json!("aaa"),
        ),
        (
            json!({"type": "integer"}),
            json!({"type": "integer", "multipleOf": 2}),
            "request-property-multiple-of-added",
            json!(1),
        ),
        (
            json!({"type": "string"}),
            json!({"type": "string", "pattern": "^[0-9]+$"}),
            "request-property-pattern-added",
            json!(""),
        ),
        (
            json!({"type": "string", "pattern": "^[ab]$"}),
            json!({"type": "string", "pattern": "^a$"}),
            "request-property-pattern-changed",
            json!("b"),
        ),
        (
            json!({"type": "integer", "format": "int64"}),
            json!({"type": "integer", "format": "int32"}),
            "request-property-type-changed",
            json!(2_147_483_648_u64),
        ),
        (
            json!({"enum": ["a", "b"]}),
            json!({"enum": ["a"]}),
            "request-property-enum-value-removed",
            json!("b"),
        ),
        (
            json!({"type": "array", "items": {"type": "string"}}),
            json!({"type": "array", "items": {"type": "string"}, "uniqueItems": true}),
            "request-property-unique-items-added",
            json!(["2024", "2024"]),
        ),
        (
            json!({"type": "string", "nullable": true}),
            json!({"type": "string"}),
            "request-property-became-not-nullable",
            json!(null),
        ),
        (
            json!({"oneOf": [{"type": "string"}, {"type": "boolean"}]}),
            json!({"oneOf": [{"type": "string"}, {"type": "integer"}]}),
            "request-property-one-of-removed",
            json!(true),
        ),
    ] {
        let (found, class, seen) = only(&request(&object(old)), &request(&object(new)));
        assert_eq!((found.as_str(), class), (id, Class::Breaking));
        let twins = witness.is_array();
        if !twins {
            assert_eq!(seen, Some(witness), "{id}");
        }
    }
}

#[test]
fn a_shared_schema_is_one_finding_with_all_operations() {
    let schema = json!({"$ref": "#/components/schemas/Pet"});
    let make = |kinds: Value| {
        let pet = json!({"Pet": {"type": "object", "properties": {"kind": {"enum": kinds}}}});
        let mut both = with_schemas(request(&schema), pet);
        both["paths"]["/others"] = both["paths"]["/things"].clone();
        both
    };
    let comparison = diff(&make(json!(["cat", "dog"])), &make(json!(["cat"])));
    assert_eq!(
        comparison.findings.len(),
        1,
        "{}",
        shown(&comparison.findings)
    );
    let finding = &comparison.findings[0];
    assert_eq!(finding.operations, ["POST /others", "POST /things"]);
    assert_eq!(finding.direction, Direction::Request);
    assert_eq!(
        finding.base.pointer,
        "/components/schemas/Pet/properties/kind/enum"
    );
}

#[test]
fn directions_matter() {
    let (narrow, wide) = (json!({"enum": ["a"]}), json!({"enum": ["a", "b"]}));
    for (old, new, said) in [
        (request(&narrow), request(&wide), "compatible"),
        (request(&wide), request(&narrow), "breaking"),
        (response(&narrow), response(&wide), "breaking"),
        (response(&wide), response(&narrow), "compatible"),
    ] {
        assert_eq!(verdict(&diff(&old, &new)), said);
    }
    // An open list may grow.
    let open = |values: Value| response(&json!({"type": "string", "x-extensible-enum": values}));
    assert_ne!(
        verdict(&diff(&open(json!(["a"])), &open(json!(["a", "b"])))),
        "breaking"
    );
}

#[test]
fn who_does_not_send_a_property_is_not_asked_about_it() {
    let make = |mark: &str, max: u64| json!({"type": "object", "required": ["p"], "properties": {"p": {"type": "string", "maxLength": max, mark: true}}});
    assert_ne!(
        verdict(&diff(
            &request(&make("readOnly", 9)),
            &request(&make("readOnly", 5))
        )),
        "breaking"
    );
    assert_eq!(
        verdict(&diff(
            &response(&make("readOnly", 5)),
            &response(&make("readOnly", 9))
        )),
        "breaking"
    );
    assert_ne!(
        verdict(&diff(
            &response(&make("writeOnly", 5)),
            &response(&make("writeOnly", 9))
        )),
        "breaking"
    );
    assert_eq!(
        verdict(&diff(
            &request(&make("writeOnly", 9)),
            &request(&make("writeOnly", 5))
        )),
        "breaking"
    );
}

#[test]
fn new_properties_break_nobody_who_did_not_promise_to_refuse_them() {
    let make = |names: &[&str]| {
        let properties: serde_json::Map<_, _> = names
            .iter()
            .map(|name| ((*name).to_owned(), json!({"type": "string"})))
            .collect();
        json!({"type": "object", "properties": properties})
    };
    for wrap in [request, response] {
        let comparison = diff(&wrap(&make(&["a"])), &wrap(&make(&["a", "b"])));
        assert_eq!(
            verdict(&comparison),
            "compatible",
            "{}",
            shown(&comparison.findings)
        );
    }
}

#[test]
fn messages_around_schemas_are_judged() {
    let operation = |change: Value| {
        let mut operation = json!({"responses": {"200": {"description": "ok"}}});
        for (key, value) in change.as_object().unwrap() {
            operation[key] = value.clone();
        }
        document(operation)
    };
    let parameter = |extra: Value| {
        let mut parameter = json!({"name": "q", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}});
        for (key, value) in extra.as_object().unwrap() {
            parameter[key] = value.clone();
        }
        operation(json!({"parameters": [parameter]}))
    };
    let plain = operation(json!({}));
    for (old, new, id) in [
        (
            plain.clone(),
            parameter(json!({"required": true})),
            "new-required-request-parameter",
        ),
        (
            parameter(json!({})),
            parameter(json!({"required": true})),
            "request-parameter-became-required",
        ),
        (
            parameter(json!({})),
            parameter(json!({"style": "pipeDelimited"})),
            "request-parameter-style-changed",
        ),
        (
            parameter(json!({"allowReserved": true})),
            parameter(json!({})),
            "request-parameter-allow-reserved-changed",
        ),
        (
            operation(
                json!({"responses": {"200": {"description": "ok"}, "201": {"description": "ok"}}}),
            ),
            plain.clone(),
            "response-success-status-removed",
        ),
        (
            operation(json!({"requestBody": {"content": {}}})),
            operation(json!({"requestBody": {"content": {}, "required": true}})),
            "request-body-became-required",
        ),
        (
            operation(json!({"callbacks": {"c": {"u": {"post": {}}}}})),
            plain.clone(),
            "callback-removed",
        ),
    ] {
        assert_eq!(only(&old, &new).0, id);
    }
}

#[test]
fn text_has_no_types() {
    let query = |schema: Value| {
        document(json!({"parameters": [{"name": "q", "in": "query", "schema": schema}]}))
    };
    let digits = json!({"type": "string", "pattern": "^-?[0-9]+$"});
    let no_sign = json!({"type": "string", "pattern": "^[0-9]+$"});
    let (integer, string) = (json!({"type": "integer"}), json!({"type": "string"}));
    for (old, new, breaks) in [
        (&integer, &string, false),
        (&integer, &digits, false),
        (&integer, &no_sign, true),
        (&string, &integer, true),
        (
            &json!({"type": "string", "enum": ["1", "2"]}),
            &integer,
            false,
        ),
    ] {
        let comparison = diff(&query(old.clone()), &query(new.clone()));
        assert_eq!(
            verdict(&comparison) == "breaking",
            breaks,
            "{}",
            shown(&comparison.findings)
        );
        assert_ne!(
            verdict(&comparison),
            "unknown",
            "{}",
            shown(&comparison.findings)
        );
    }
}

#[test]
fn an_operation_may_go_when_its_time_has_come() {
    let empty = json!({"openapi": "3.0.3", "paths": {}});
    for (operation, id, said) in [
        (
            json!({}),
            "api-path-removed-without-deprecation",
            "breaking",
        ),
        (
            json!({"deprecated": true}),
            "api-path-removed-with-deprecation",
            "compatible",
        ),
        (
            json!({"deprecated": true, "x-sunset": "2020-01-01"}),
            "api-path-removed-with-deprecation",
            "compatible",
        ),
        (
            json!({"deprecated": true, "x-sunset": "9999-01-01"}),
            "api-path-removed-before-sunset",
            "breaking",
        ),
    ] {
        let comparison = diff(&document(operation), &empty);
        assert_eq!(verdict(&comparison), said);
        assert_eq!(comparison.findings[0].id, id);
    }
}

#[test]
fn generated_code_is_its_own_class() {
    let named = |id: &str| document(json!({"operationId": id, "responses": {}}));
    let comparison = diff(&named("a"), &named("b"));
    assert_eq!(verdict(&comparison), "sdk");
    assert_eq!(comparison.findings[0].base.line, 1);
}

#[test]
fn fields_of_generated_code_change_with_their_schemas() {
    let list = |keyword: &str| json!({"type": "string", keyword: ["a", "b"]});
    let (text, open, closed) = (
        json!({"type": "string"}),
        list("x-extensible-enum"),
        list("enum"),
    );
    let object = |property: &Value| json!({"type": "object", "properties": {"p": property}});
    let demanding = json!({"type": "object", "required": ["p"], "properties": {"p": text}});
    for (old, new) in [
        (
            request(&object(&json!({"type": "integer"}))),
            request(&object(&json!({"type": "number"}))),
        ),
        (request(&object(&closed)), request(&object(&open))),
        (response(&object(&open)), response(&object(&closed))),
        (request(&object(&text)), request(&object(&open))),
        (response(&object(&open)), response(&object(&text))),
        (response(&object(&text)), response(&demanding)),
        (request(&demanding), request(&object(&text))),
    ] {
        let comparison = diff(&old, &new);
        assert_eq!(
            verdict(&comparison),
            "sdk",
            "{}",
            shown(&comparison.findings)
        );
        let of_sdk = comparison
            .findings
            .iter()
            .filter(|one| one.class == Class::Sdk);
        assert_eq!(of_sdk.count(), 1, "{}", shown(&comparison.findings));
    }
    // The same type in other words is the same field.
    let wrapped = json!({"allOf": [text]});
    let query = |schema: &Value| {
        document(json!({"parameters": [{"name": "q", "in": "query", "schema": schema}]}))
    };
    assert_eq!(verdict(&diff(&query(&text), &query(&wrapped))), "none");
    // An argument that must be given is another function, and another request.
    let needed = |required: bool| {
        let parameter = json!({"name": "q", "in": "query", "required": required, "schema": text});
        document(json!({"parameters": [parameter]}))
    };
    assert_eq!(verdict(&diff(&needed(true), &needed(false))), "sdk");
    assert_eq!(verdict(&diff(&needed(false), &needed(true))), "breaking");
}

#[test]
fn remarks_are_documentation() {
    let said = |text: &str| document(json!({"description": text, "responses": {}}));
    let comparison = diff(&said("a"), &said("b"));
    assert_eq!(verdict(&comparison), "docs");
    assert_eq!(
        comparison.findings[0].revision.pointer,
        "/paths/~1things/post/description"
    );
}
