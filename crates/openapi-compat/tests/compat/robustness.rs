//! Documents as people write them, and documents that nobody writes.

use openapi_compat::compare;
use openapi_document::Source;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::documents::{cases, diff, document, request, shown, verdict, with_schemas};

/// A document with something of everything.
fn rich() -> Value {
    let mut rich = document(json!({
        "operationId": "do",
        "parameters": [{"name": "q", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}}],
        "requestBody": {"content": {
            "application/json": {"schema": {"$ref": "#/components/schemas/Pet"}},
            "multipart/form-data": {"schema": {"type": "object", "properties": {"f": {"type": "string"}}},
                "encoding": {"f": {"contentType": "image/png"}}},
        }},
        "responses": {"200": {"description": "ok", "headers": {"X-A": {"schema": {"type": "integer"}}},
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}}},
        "callbacks": {"done": {"{$request.query.u}": {"post": {"requestBody": {"content": {
            "application/json": {"schema": {"type": "string"}}}}}}}},
        "security": [{"key": ["a"]}],
    }));
    rich["components"] = json!({
        "schemas": {
            "Pet": {"oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}],
                "discriminator": {"propertyName": "kind", "mapping": {"cat": "#/components/schemas/Cat"}}},
            "Cat": {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"},
                "friend": {"$ref": "#/components/schemas/Pet"}, "lives": {"type": "integer", "maximum": 9}}},
            "Dog": {"allOf": [{"$ref": "#/components/schemas/Cat"}, {"properties": {"tail": {"not": {"type": "null"}}}}]},
        },
        "securitySchemes": {"key": {"type": "oauth2", "flows": {}}},
    });
    rich["servers"] =
        json!([{"url": "https://{h}", "variables": {"h": {"default": "a", "enum": ["a", "b"]}}}]);
    rich
}

fn pointers(value: &Value, at: &str, out: &mut Vec<String>) {
    out.push(at.to_owned());
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                pointers(value, &openapi_document::pointer::join(at, key), out);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                pointers(item, &format!("{at}/{index}"), out);
            }
        }
        _ => {}
    }
}

fn odd_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        Just(json!(true)),
        Just(json!(false)),
        Just(json!(-1)),
        Just(json!(1e300)),
        Just(json!("")),
        Just(json!("(")),
        Just(json!([])),
        Just(json!([[null]])),
        Just(json!({})),
        Just(json!({"$ref": "#"})),
        Just(json!({"$ref": "#/components/schemas/Pet"})),
        Just(json!({"$ref": "other.yaml#/x"})),
        Just(
            json!({"allOf": [{"$ref": "#/components/schemas/Dog"}, {"type": ["string", "null"]}]})
        ),
        Just(
            json!({"type": "object", "minProperties": 1e18, "additionalProperties": {"$ref": "#/components/schemas/Cat"}})
        ),
        Just(json!({"type": "array", "minItems": 18446744073709551615_u64})),
        Just(json!({"type": "string", "pattern": "(?<=a)b", "minLength": 100000})),
        Just(json!({"type": "number", "multipleOf": 0, "minimum": 1e308, "exclusiveMinimum": 5})),
    ]
}

proptest! {
    #![proptest_config(cases(48))]

    /// Whatever stands where, the comparison ends with an answer or an error.
    #[test]
    fn mutated_documents_do_not_panic(
        edits in prop::collection::vec((any::<prop::sample::Index>(), odd_value()), 1..5),
    ) {
        let base = rich();
        let mut revision = rich();
        for (index, value) in edits {
            let mut all = Vec::new();
            pointers(&revision, "", &mut all);
            let at = &all[index.index(all.len())];
            if !at.is_empty() {
                *revision.pointer_mut(at).unwrap() = value;
            }
        }
        for (one, other) in [(&base, &revision), (&revision, &base), (&revision, &revision)] {
            let read = |value: &Value| Source::parse("any.json", value.to_string()).unwrap();
            let _ = compare(&read(one), &read(other));
        }
    }
}

#[test]
fn sixty_schemas_in_one_cycle_give_one_report() {
    let schemas = |required: bool| -> Value {
        (0..60)
            .map(|index| {
                let next = format!("#/components/schemas/S{}", (index + 1) % 60);
                let mut schema = json!({"type": "object", "properties": {
                    "next": {"$ref": next}, "all": {"type": "array", "items": {"$ref": next}},
                    "name": {"type": "string"},
                }});
                if required && index == 0 {
                    schema["required"] = json!(["name"]);
                }
                (format!("S{index}"), schema)
            })
            .collect::<Map<_, _>>()
            .into()
    };
    let document = |required: bool| -> Value {
        let paths: Map<String, Value> = (0..40)
            .map(|index| {
                let schema = json!({"$ref": format!("#/components/schemas/S{index}")});
                let one = request(&schema)["paths"]["/things"].clone();
                (format!("/things{index}"), one)
            })
            .collect();
        let mut document = with_schemas(request(&json!({})), schemas(required));
        document["paths"] = paths.into();
        document
    };
    let (base, revision) = (document(false), document(true));
    let first = diff(&base, &revision);
    assert_eq!(first.findings.len(), 1, "{}", shown(&first.findings));
    assert_eq!(first.findings[0].operations.len(), 40);
    assert_eq!(first.findings[0].witness, Some(json!({})));
    assert_eq!(
        first.findings[0].revision.pointer,
        "/components/schemas/S0/required"
    );
    for _ in 0..20 {
        assert_eq!(diff(&base, &revision), first);
    }
}

#[test]
fn what_cannot_be_made_up_is_not_tried_forever() {
    let greedy = |name: &str, count: f64| {
        let reference = json!({"$ref": format!("#/components/schemas/{name}")});
        json!({"type": "object", "minProperties": count, "required": ["a", "b"],
            "properties": {"a": reference, "b": reference}, "additionalProperties": reference})
    };
    for count in [1e18, 900.0, 3.0] {
        let make = |other: f64| {
            let schemas = json!({"A": greedy("B", count), "B": greedy("A", other)});
            with_schemas(request(&json!({"$ref": "#/components/schemas/A"})), schemas)
        };
        assert_eq!(verdict(&diff(&make(count), &make(count))), "none");
        assert_ne!(verdict(&diff(&make(count), &make(count + 1000.0))), "none");
    }
}

#[test]
fn sloppy_documents_are_read() {
    let mut sloppy = rich();
    sloppy["paths"]["/things"]["post"]["responses"] = Value::Null;
    sloppy["paths"]["/things"]["post"]["example"] = json!({"$ref": "no reference but data"});
    sloppy["x-anything"] = json!([null, {"$ref": 1}]);
    assert_eq!(verdict(&diff(&sloppy, &sloppy)), "none");
    let comparison = diff(&rich(), &sloppy);
    assert_eq!(
        verdict(&comparison),
        "breaking",
        "{}",
        shown(&comparison.findings)
    );
}

#[test]
fn what_cannot_be_read_is_unknown_with_its_place() {
    let base = request(&json!({"type": "string"}));
    let revision = request(&json!({"$ref": "other.yaml#/Pet"}));
    let comparison = diff(&base, &revision);
    assert_eq!(
        verdict(&comparison),
        "unknown",
        "{}",
        shown(&comparison.findings)
    );
    assert_eq!(
        comparison.findings[0].revision.pointer,
        "/paths/~1things/post/requestBody/content/application~1json/schema"
    );
}

#[test]
fn what_is_no_openapi_document_is_an_error_that_says_what_it_is() {
    let source = |text: &str| Source::parse("api.yaml", text).unwrap();
    let old = source("openapi: 3.0.3\npaths: {}\n");
    for (text, said) in [
        (
            "info: {}\nopenapi: 3.1.0\n",
            "api.yaml:2:1: this is OpenAPI 3.1.0",
        ),
        (
            "info: {}\nswagger: '2.0'\npaths: {}\n",
            "api.yaml:2:1: this is Swagger 2.0; convert both documents",
        ),
        ("asyncapi: 2.6.0\n", "api.yaml:1:1: this is AsyncAPI 2.6.0"),
        (
            "info: {}\npaths: {}\n",
            "api.yaml:1:1: `openapi` is missing",
        ),
        (
            "type: object\n",
            "api.yaml:1:1: this looks like a JSON Schema",
        ),
        ("a: 1\n", "api.yaml:1:1: this is no OpenAPI document"),
        ("[]", "api.yaml:1:1: this is a list; an OpenAPI document is"),
        ("hello", "api.yaml:1:1: this is a single value"),
        ("null", "api.yaml:1:1: this is null"),
    ] {
        let error = compare(&old, &source(text)).unwrap_err().to_string();
        assert!(error.starts_with(said), "{error}");
    }
}

/// Components `A0` to `A{count}`: each made of the next by `make`, the last of which is `last`.
fn chain(count: usize, make: impl Fn(Value) -> Value, last: &Value) -> Value {
    let next = |index: usize| json!({"$ref": format!("#/components/schemas/A{index}")});
    let mut all: Map<String, Value> = (0..count)
        .map(|index| (format!("A{index}"), make(next(index + 1))))
        .collect();
    all.insert(format!("A{count}"), last.clone());
    all.into()
}

#[test]
fn what_doubles_with_each_level_ends() {
    let first = json!({"$ref": "#/components/schemas/A0"});
    type Make = fn(Value) -> Value;
    let all_of: Make = |next| json!({"allOf": [next, next]});
    let one_of: Make = |next| json!({"oneOf": [next, {"allOf": [next, {"maxLength": 5}]}]});
    let object: Make = |next| json!({"type": "object", "required": ["l", "r"], "properties": {"l": next, "r": next}});
    for (make, said) in [
        (all_of, "unknown"),
        (one_of, "unknown"),
        (object, "breaking"),
    ] {
        let document = |last: Value| with_schemas(request(&first), chain(24, make, &last));
        let wide = document(json!({"type": "string"}));
        let narrow = document(json!({"type": "string", "maxLength": 3}));
        assert_eq!(verdict(&diff(&wide, &wide)), "none");
        assert_eq!(verdict(&diff(&wide, &narrow)), said);
    }
}

/// Far more references to references than anybody writes: still not taken for equal.
#[test]
fn long_chains_are_followed_or_unknown() {
    let first = json!({"$ref": "#/components/schemas/A0"});
    let document = |kind: &str| {
        let schemas = chain(5_000, |next| next, &json!({"type": kind}));
        with_schemas(request(&first), schemas)
    };
    let comparison = diff(&document("string"), &document("integer"));
    assert_eq!(
        verdict(&comparison),
        "unknown",
        "{}",
        shown(&comparison.findings)
    );
    let document = |kind: &str| {
        let schemas = chain(500, |next| json!({"allOf": [next]}), &json!({"type": kind}));
        with_schemas(request(&first), schemas)
    };
    let comparison = diff(&document("string"), &document("integer"));
    assert_eq!(
        verdict(&comparison),
        "unknown",
        "{}",
        shown(&comparison.findings)
    );
}

/// A validator that cannot be built decides nothing: a list of values is not taken to fit.
#[test]
fn what_no_validator_reads_is_unknown() {
    let listed = json!({"type": "string", "enum": ["a", "b"]});
    let odd = json!({"type": "string", "pattern": "(?<=a)(?>b)", "maxLength": 4});
    let comparison = diff(&request(&listed), &request(&odd));
    assert!(
        matches!(verdict(&comparison), "unknown" | "breaking"),
        "{}",
        shown(&comparison.findings)
    );
}
