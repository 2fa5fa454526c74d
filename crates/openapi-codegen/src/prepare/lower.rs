//! OpenAPI 3.1 in the words of 3.0, where they mean the same.

use serde_json::{Map, Value, json};

use super::Draft;
use crate::document::walk::{Kind, join, walk};

/// Keywords that only narrow down what fits: without them a type takes more, and loses nothing.
const NARROWING: &[&str] = &[
    "if",
    "then",
    "else",
    "dependentSchemas",
    "dependentRequired",
    "dependencies",
    "contains",
    "minContains",
    "maxContains",
    "propertyNames",
    "unevaluatedItems",
];

/// Keywords whose schemas evaluate properties of the same object.
const APPLICATORS: &[&str] = &[
    "$ref",
    "allOf",
    "anyOf",
    "oneOf",
    "if",
    "dependentSchemas",
    "patternProperties",
];

/// Keywords that say something about the schema and nothing about its values.
const SILENT: &[&str] = &[
    "$schema",
    "$id",
    "$comment",
    "$anchor",
    "$dynamicAnchor",
    "$vocabulary",
];

/// Keywords beside a reference that change nothing of what fits.
const ANNOTATIONS: &[&str] = &[
    "$ref",
    "description",
    "summary",
    "title",
    "example",
    "examples",
    "deprecated",
    "readOnly",
    "writeOnly",
    "externalDocs",
    "xml",
    "$comment",
];

/// Rewrites a document of 3.1; any other stays as it is.
pub(super) fn lower(draft: &mut Draft) {
    let version = draft
        .document
        .get("openapi")
        .and_then(Value::as_str)
        .unwrap_or_default();
    if version != "3.1" && !version.starts_with("3.1.") {
        return;
    }
    draft.set("/openapi", json!("3.0.3"));
    if draft.remove("/webhooks").is_some() {
        draft.warn(
            "/webhooks",
            "webhooks are left out: they are requests that the client receives",
            "nothing: code for them must come from elsewhere",
        );
    }
    draft.remove("/jsonSchemaDialect");
    if let Some(root) = draft.document.as_object_mut() {
        root.entry("paths").or_insert_with(|| json!({}));
    }
    // References first: what stands beside them is seen only then.
    for place in places(draft, |schema| schema.contains_key("$ref")) {
        siblings(draft, &place);
    }
    // Children first: what a schema becomes may put them elsewhere.
    for place in places(draft, |schema| !schema.contains_key("$ref"))
        .into_iter()
        .rev()
    {
        schema(draft, &place);
    }
}

/// The places of the schemas that are objects of one kind, parents first.
fn places(draft: &Draft, wanted: impl Fn(&Map<String, Value>) -> bool) -> Vec<String> {
    let mut places = Vec::new();
    walk(&draft.document, &mut |pointer, kind, value| {
        let object = value.as_object().is_some_and(&wanted);
        if kind == Kind::Schema && (object || value.is_boolean()) {
            places.push(pointer.to_owned());
        }
    });
    places
}

/// `{$ref, …}` becomes `{allOf: [{$ref}], …}` where the others say something.
fn siblings(draft: &mut Draft, place: &str) {
    let Some(object) = draft
        .document
        .pointer_mut(place)
        .and_then(Value::as_object_mut)
    else {
        return;
    };
    if object
        .keys()
        .any(|field| !ANNOTATIONS.contains(&field.as_str()) && !field.starts_with("x-"))
    {
        let reference = object.shift_remove("$ref").unwrap_or_default();
        let mut all = vec![json!({ "$ref": reference })];
        if let Some(Value::Array(others)) = object.shift_remove("allOf") {
            all.extend(others);
        }
        object.insert("allOf".to_owned(), Value::Array(all));
    } else {
        object.retain(|field, _| field == "$ref" || field == "description");
    }
}

fn schema(draft: &mut Draft, place: &str) {
    let Some(value) = draft.document.pointer(place).cloned() else {
        return;
    };
    let Value::Object(mut schema) = value else {
        if value == Value::Bool(true) && !place.ends_with("/additionalProperties") {
            draft.set(place, json!({}));
        }
        return;
    };
    for keyword in SILENT.iter().chain(&["examples", "$defs"]) {
        // What refers into `$defs` is moved before they go: see the hoisting of references.
        if *keyword != "$defs" {
            schema.shift_remove(*keyword);
        }
    }
    narrowing(draft, place, &mut schema);
    bounds(&mut schema);
    contents(&mut schema);
    if let Some(constant) = schema.shift_remove("const") {
        schema.entry("enum").or_insert_with(|| json!([constant]));
    }
    let mut is_nullable = null_in_choices(draft, place, &mut schema);
    if let Some(Value::Array(types)) = schema.get("type").cloned() {
        let mut types: Vec<Value> = types;
        let before = types.len();
        types.retain(|kind| kind != "null");
        is_nullable |= types.len() < before;
        match types.as_slice() {
            [] => drop(schema.shift_remove("type")),
            [only] => drop(schema.insert("type".to_owned(), only.clone())),
            several => {
                schema = either(&schema, several);
            }
        }
    }
    if schema.get("type").and_then(Value::as_str) == Some("null") {
        schema.shift_remove("type");
        schema.entry("enum").or_insert_with(|| json!([null]));
        is_nullable = true;
    }
    if schema.get("enum").is_some() && schema.get("type").is_none() {
        infer_type(&mut schema);
    }
    if schema
        .get("enum")
        .and_then(Value::as_array)
        .is_some_and(|values| values.contains(&Value::Null))
    {
        is_nullable = true;
    }
    if is_nullable {
        schema.insert("nullable".to_owned(), json!(true));
    }
    draft.set(place, Value::Object(schema));
}

/// Takes out what only narrows down, and says so.
fn narrowing(draft: &mut Draft, place: &str, schema: &mut Map<String, Value>) {
    unevaluated(draft, place, schema);
    for keyword in NARROWING {
        if schema.shift_remove(*keyword).is_some() {
            let message =
                format!("`{keyword}` is not checked: what is generated takes more than it allows");
            draft.warn(
                &join(place, keyword),
                message,
                "nothing: the server checks it",
            );
        }
    }
    if let Some(items) = schema.shift_remove("prefixItems") {
        // Each place of the list has a type of its own; one type for all takes them all.
        if items.is_array() {
            schema.insert("items".to_owned(), json!({}));
            draft.warn(
                &join(place, "prefixItems"),
                "the items of this list are any JSON values",
                "use an object",
            );
        }
    }
    if let Some(patterns) = schema.shift_remove("patternProperties") {
        let one = patterns
            .as_object()
            .filter(|it| it.len() == 1)
            .and_then(|it| it.values().next());
        if !schema.contains_key("additionalProperties")
            || schema.get("additionalProperties") == Some(&json!(false))
        {
            let others = one.filter(|_| !schema.contains_key("properties")).cloned();
            schema.insert(
                "additionalProperties".to_owned(),
                others.unwrap_or(json!(true)),
            );
        }
        draft.warn(
            &join(place, "patternProperties"),
            "the names of these properties are not checked",
            "nothing: the server checks them",
        );
    }
    if schema.get("items").is_some_and(Value::is_boolean) {
        schema.insert("items".to_owned(), json!({}));
    }
}

/// Where no other schema evaluates properties, those that are not evaluated are the additional ones.
fn unevaluated(draft: &mut Draft, place: &str, schema: &mut Map<String, Value>) {
    let Some(unevaluated) = schema.shift_remove("unevaluatedProperties") else {
        return;
    };
    let is_alone = !APPLICATORS.iter().any(|it| schema.contains_key(*it));
    let place = join(place, "unevaluatedProperties");
    // `additionalProperties` beside it leaves nothing unevaluated.
    if schema.contains_key("additionalProperties") || unevaluated == Value::Bool(true) {
    } else if unevaluated.is_object() && is_alone {
        schema.insert("additionalProperties".to_owned(), unevaluated);
    } else if unevaluated == Value::Bool(false) {
        draft.warn(
            &place,
            "`unevaluatedProperties` is not checked: what is generated takes more than it allows",
            "nothing: the server checks it",
        );
    } else {
        draft.warn(
            &place,
            "what fits `unevaluatedProperties` has no fields: the schemas beside it say which properties these are",
            "list them under `properties`, or state `additionalProperties`",
        );
    }
}

/// Numbers as exclusive bounds become flags beside the bounds.
fn bounds(schema: &mut Map<String, Value>) {
    for (exclusive, inclusive, is_tighter) in [
        (
            "exclusiveMinimum",
            "minimum",
            (|own, other| own >= other) as fn(f64, f64) -> bool,
        ),
        ("exclusiveMaximum", "maximum", |own, other| own <= other),
    ] {
        let Some(own) = schema
            .get(exclusive)
            .filter(|bound| bound.is_number())
            .cloned()
        else {
            continue;
        };
        schema.shift_remove(exclusive);
        let other = schema.get(inclusive).and_then(Value::as_f64);
        let own_number = own.as_f64();
        if other
            .zip(own_number)
            .is_none_or(|(other, own)| is_tighter(own, other))
        {
            schema.insert(inclusive.to_owned(), own);
            schema.insert(exclusive.to_owned(), json!(true));
        }
    }
}

/// `contentEncoding` and `contentMediaType` of texts become formats.
fn contents(schema: &mut Map<String, Value>) {
    let encoding = schema.shift_remove("contentEncoding");
    let media = schema.shift_remove("contentMediaType");
    schema.shift_remove("contentSchema");
    if schema.contains_key("format") {
        return;
    }
    if encoding.as_ref().and_then(Value::as_str) == Some("base64") {
        schema.insert("format".to_owned(), json!("byte"));
    } else if media.as_ref().and_then(Value::as_str) == Some("application/octet-stream") {
        schema.entry("type").or_insert_with(|| json!("string"));
        schema.insert("format".to_owned(), json!("binary"));
    }
}

/// Takes null out of the alternatives; whether it was among them.
fn null_in_choices(draft: &mut Draft, place: &str, schema: &mut Map<String, Value>) -> bool {
    let mut found = false;
    for keyword in ["anyOf", "oneOf"] {
        let Some(Value::Array(parts)) = schema.get(keyword).cloned() else {
            continue;
        };
        // The schemas below have been rewritten already.
        let is_null = |part: &Value| {
            part.get("enum") == Some(&json!([null])) && part.get("nullable") == Some(&json!(true))
        };
        let kept: Vec<Value> = parts
            .iter()
            .filter(|part| !is_null(part))
            .cloned()
            .collect();
        if kept.len() == parts.len() || kept.is_empty() {
            continue;
        }
        found = true;
        let list = join(place, keyword);
        for index in (0..parts.len()).rev() {
            if parts.get(index).is_some_and(is_null) {
                draft.remove(&join(&list, &index.to_string()));
            }
        }
        match kept.as_slice() {
            [only] => {
                schema.shift_remove(keyword);
                merge(schema, only);
            }
            _ => drop(schema.insert(keyword.to_owned(), Value::Array(kept))),
        }
    }
    found
}

/// Puts the one alternative that is left into the schema around it.
fn merge(schema: &mut Map<String, Value>, only: &Value) {
    let own = only.as_object().filter(|only| !only.contains_key("$ref"));
    match own {
        Some(own)
            if own
                .keys()
                .all(|field| !schema.contains_key(field) || field == "description") =>
        {
            for (field, value) in own {
                schema.entry(field.clone()).or_insert_with(|| value.clone());
            }
        }
        _ => {
            let all = schema.entry("allOf").or_insert_with(|| json!([]));
            if let Some(all) = all.as_array_mut() {
                all.push(only.clone());
            }
        }
    }
}

/// A schema for each of several types, with the keywords of that type.
fn either(schema: &Map<String, Value>, types: &[Value]) -> Map<String, Value> {
    let of_type = |field: &str| match field {
        "properties" | "required" | "additionalProperties" | "minProperties" | "maxProperties" => {
            Some("object")
        }
        "items" | "minItems" | "maxItems" | "uniqueItems" => Some("array"),
        "minLength" | "maxLength" | "pattern" | "format" => Some("string"),
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" => {
            Some("number")
        }
        _ => None,
    };
    let mut around = Map::new();
    for (field, value) in schema {
        if of_type(field).is_none() && !["type", "enum"].contains(&field.as_str()) {
            around.insert(field.clone(), value.clone());
        }
    }
    let alternatives = types.iter().map(|kind| {
        let mut alternative = Map::new();
        alternative.insert("type".to_owned(), kind.clone());
        for (field, value) in schema {
            let number = kind == "integer" && of_type(field) == Some("number");
            let numeric_format = field == "format" && (kind == "integer" || kind == "number");
            let named = of_type(field).is_some_and(|of| kind == of);
            let text_format = field == "format" && kind == "string";
            let formats_number = value
                .as_str()
                .is_some_and(|format| ["int32", "int64", "float", "double"].contains(&format));
            let fits = match field.as_str() {
                "format" => (numeric_format && formats_number) || (text_format && !formats_number),
                "enum" => {
                    let own = enum_of(value, kind);
                    if !own.is_empty() {
                        alternative.insert(field.clone(), Value::Array(own));
                    }
                    continue;
                }
                _ => number || named,
            };
            if fits {
                alternative.insert(field.clone(), value.clone());
            }
        }
        Value::Object(alternative)
    });
    let alternatives: Vec<Value> = alternatives.collect();
    around.insert("anyOf".to_owned(), Value::Array(alternatives));
    around
}

/// The values of an enumeration that have one type.
fn enum_of(values: &Value, kind: &Value) -> Vec<Value> {
    let fits = |value: &&Value| match kind.as_str() {
        Some("string") => value.is_string(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some("number") => value.is_number(),
        Some("boolean") => value.is_boolean(),
        _ => false,
    };
    values
        .as_array()
        .into_iter()
        .flatten()
        .filter(fits)
        .cloned()
        .collect()
}

/// States the type that all values of an enumeration have.
fn infer_type(schema: &mut Map<String, Value>) {
    let Some(values) = schema.get("enum").and_then(Value::as_array) else {
        return;
    };
    let mut values = values.iter().filter(|value| !value.is_null()).peekable();
    if values.peek().is_none() {
        return;
    }
    let all: Vec<_> = values.collect();
    let kind = if all.iter().all(|value| value.is_string()) {
        "string"
    } else if all.iter().all(|value| value.is_i64() || value.is_u64()) {
        "integer"
    } else if all.iter().all(|value| value.is_number()) {
        "number"
    } else if all.iter().all(|value| value.is_boolean()) {
        "boolean"
    } else {
        return;
    };
    schema.insert("type".to_owned(), json!(kind));
}
