//! What the parts of a document are called in Rust.
//!
//! The rules are those of the generator underneath, so that a type this crate makes and a type progenitor makes for
//! the same schema have the same name.

use std::collections::BTreeSet;

use heck::{ToPascalCase, ToShoutySnakeCase, ToSnakeCase};
use serde_json::Value;

/// The name of a type: `send-status` becomes `SendStatus`.
#[must_use]
pub fn type_name(text: &str) -> String {
    identifier(&clean(text).to_pascal_case(), "X")
}

/// The name of a type that [`type_name`] leaves as it is: `PointX-y` becomes `PointXy`, not `PointXY`.
///
/// progenitor converts the names of components, and what it calls schemas within others, once more.
pub(crate) fn stable_type_name(text: &str) -> String {
    let mut name = type_name(text);
    // Each step turns a run of capitals into one; four are more than a name was ever seen to take.
    for _ in 0..4 {
        let next = type_name(&name);
        if next == name {
            break;
        }
        name = next;
    }
    name
}

/// The name of a value: `accessToken` becomes `access_token`.
#[must_use]
pub fn value_name(text: &str) -> String {
    identifier(&clean(text).to_snake_case(), "x_")
}

/// The name of a constant: `queryReadStatus` becomes `QUERY_READ_STATUS`.
#[must_use]
pub fn constant_name(text: &str) -> String {
    identifier(&clean(text).to_shouty_snake_case(), "X_")
}

/// A name nobody in `taken` has yet: the wish itself, or the wish with a number.
pub(crate) fn unique(wish: &str, taken: &mut BTreeSet<String>) -> String {
    let mut name = wish.to_owned();
    let mut number = 2;
    while !taken.insert(name.clone()) {
        name = format!("{wish}{number}");
        number += 1;
    }
    name
}

/// The section and the name of a component, from the pointer or the reference to it; `None` for what is inside one.
pub(crate) fn component(pointer: &str) -> Option<(&str, String)> {
    let pointer = pointer.strip_prefix('#').unwrap_or(pointer);
    let (section, name) = pointer.strip_prefix("/components/")?.split_once('/')?;
    (!name.contains('/')).then(|| (section, name.replace("~1", "/").replace("~0", "~")))
}

/// A name for the schema at `pointer`, from the component, operation, property or parameter that it stands in.
pub(crate) fn for_schema(document: &Value, pointer: &str) -> String {
    let steps: Vec<String> = pointer
        .split('/')
        .skip(1)
        .map(|step| step.replace("~1", "/").replace("~0", "~"))
        .collect();
    let mut words = Vec::new();
    let mut at = document;
    let mut index = 0;
    while let Some(step) = steps.get(index) {
        let next = steps.get(index + 1);
        let take = |value: &mut &Value, count: usize| {
            for step in steps.iter().skip(index).take(count) {
                *value = child(value, step);
            }
            count
        };
        index += match (step.as_str(), next) {
            ("components", Some(_)) => {
                words.extend(steps.get(2).cloned());
                take(&mut at, 3)
            }
            ("paths", Some(path)) => {
                let count = take(&mut at, 2);
                let method = steps.get(2).map(String::as_str).unwrap_or_default();
                if method == "parameters" {
                    words.push(path.clone());
                    count
                } else {
                    let operation = child(at, method);
                    let id = operation.get("operationId").and_then(Value::as_str);
                    words.push(id.map_or_else(|| format!("{method} {path}"), str::to_owned));
                    at = operation;
                    count + 1
                }
            }
            ("parameters", Some(_)) => {
                let count = take(&mut at, 2);
                words.extend(at.get("name").and_then(Value::as_str).map(str::to_owned));
                count
            }
            ("properties" | "headers", Some(name)) => {
                words.push(name.clone());
                take(&mut at, 2)
            }
            ("responses", Some(_)) => {
                words.push("response".to_owned());
                take(&mut at, 2)
            }
            // What is combined is one type.
            ("allOf", Some(_)) => take(&mut at, 2),
            ("oneOf" | "anyOf", Some(position)) => {
                words.push(format!("variant {position}"));
                take(&mut at, 2)
            }
            ("content", Some(_)) => take(&mut at, 2),
            (step, _) => {
                match step {
                    "requestBody" => words.push("body".to_owned()),
                    "items" => words.push("item".to_owned()),
                    "additionalProperties" => words.push("value".to_owned()),
                    _ => {}
                }
                take(&mut at, 1)
            }
        };
    }
    stable_type_name(&words.join("-"))
}

fn child<'a>(value: &'a Value, step: &str) -> &'a Value {
    match value {
        Value::Array(entries) => step
            .parse::<usize>()
            .ok()
            .and_then(|index| entries.get(index))
            .unwrap_or(&Value::Null),
        value => value.get(step).unwrap_or(&Value::Null),
    }
}

fn clean(text: &str) -> String {
    match text {
        "+1" => "plus1".to_owned(),
        "-1" => "minus1".to_owned(),
        text => text
            .chars()
            .filter(|c| *c != '\'')
            .map(|c| if continues_identifier(c) { c } else { '-' })
            .collect(),
    }
}

/// Whether a character may stand within an identifier: an underscore, letters, digits, and the marks of many scripts.
pub(crate) fn continues_identifier(c: char) -> bool {
    match c {
        '_' => true,
        c if c.is_ascii() => c.is_ascii_alphanumeric(),
        c => syn::parse_str::<syn::Ident>(&format!("a{c}")).is_ok(),
    }
}

fn identifier(text: &str, prefix: &str) -> String {
    let mut name = text.to_owned();
    if !name.starts_with(|c: char| c.is_alphabetic()) {
        name.insert_str(0, prefix);
    }
    if syn::parse_str::<syn::Ident>(&name).is_err() || name == "gen" {
        name.push('_');
    }
    name
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn names_are_identifiers_whatever_the_text() {
        for text in [
            "", "1st", "+1", "-1", "type", "a b", "消息", "x'y", "🙂", "Self", "__", "$ref",
        ] {
            for name in [type_name(text), value_name(text), constant_name(text)] {
                assert!(
                    syn::parse_str::<syn::Ident>(&name).is_ok(),
                    "{text:?} became {name:?}"
                );
            }
        }
    }

    #[test]
    fn digits_that_no_identifier_may_have_are_left_out() {
        assert_eq!(type_name("a²b"), "AB");
    }

    #[test]
    fn a_name_after_a_place_is_not_converted_to_another() {
        let document = json!({});
        let name = for_schema(&document, "/components/schemas/PointX/properties/y");
        assert_eq!(name, "PointXy");
        for text in [
            "PointX-y",
            "a-b-c-d",
            "XYZ-a-b",
            "",
            "1-2-a-b",
            "HTTPServer-x-Y",
        ] {
            let name = stable_type_name(text);
            assert_eq!(type_name(&name), name, "{text}");
        }
    }

    #[test]
    fn a_schema_is_named_after_its_place() {
        let document = json!({
            "paths": { "/a/{b}": { "get": {
                "operationId": "getThing",
                "parameters": [{ "name": "page_size" }],
                "responses": { "200": {} }
            } } }
        });
        let named = |pointer| for_schema(&document, pointer);
        assert_eq!(
            named("/components/schemas/Pet/properties/status"),
            "PetStatus"
        );
        assert_eq!(
            named("/components/schemas/Pet/properties/tags/items"),
            "PetTagsItem"
        );
        assert_eq!(
            named("/paths/~1a~1{b}/get/parameters/0/schema"),
            "GetThingPageSize"
        );
        assert_eq!(
            named(
                "/paths/~1a~1{b}/get/responses/200/content/application~1json/schema/properties/k"
            ),
            "GetThingResponseK"
        );
    }
}
