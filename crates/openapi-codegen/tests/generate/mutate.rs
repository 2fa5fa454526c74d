//! Changes of a document at random: something is taken out, or something else stands there.

use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Map, Value};

/// Every place in a value.
fn pointers(value: &Value, pointer: String, found: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                let step = key.replace('~', "~0").replace('/', "~1");
                pointers(value, format!("{pointer}/{step}"), found);
            }
        }
        Value::Array(entries) => {
            for (index, value) in entries.iter().enumerate() {
                pointers(value, format!("{pointer}/{index}"), found);
            }
        }
        _ => {}
    }
    found.push(pointer);
}

fn any_value() -> impl Strategy<Value = Value> {
    let texts = [
        "",
        "string",
        "integer",
        "object",
        "#/components/schemas/Pet",
        "#/nowhere",
        "消息",
        "{",
        "4XX",
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        proptest::sample::select(texts.to_vec()).prop_map(Value::from),
    ];
    let keys = [
        "type",
        "$ref",
        "allOf",
        "anyOf",
        "not",
        "enum",
        "items",
        "default",
        "properties",
        "x-extensible-enum",
    ];
    leaf.prop_recursive(3, 12, 3, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            proptest::collection::btree_map(proptest::sample::select(keys.to_vec()), inner, 0..3)
                .prop_map(|entries| Value::Object(
                    entries
                        .into_iter()
                        .map(|(key, value)| (key.to_owned(), value))
                        .collect::<Map<_, _>>()
                )),
        ]
    })
}

/// One change of a document.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    place: Index,
    /// What stands there then; `None`: nothing.
    value: Option<Value>,
}

pub(crate) fn any_change() -> impl Strategy<Value = Change> {
    (any::<Index>(), proptest::option::of(any_value()))
        .prop_map(|(place, value)| Change { place, value })
}

impl Change {
    pub(crate) fn apply(self, document: &mut Value) {
        let mut places = Vec::new();
        pointers(document, String::new(), &mut places);
        let place = self.place.get(&places);
        match (self.value, place.rsplit_once('/')) {
            (None, Some((parent, key))) => {
                let key = key.replace("~1", "/").replace("~0", "~");
                match document.pointer_mut(parent) {
                    Some(Value::Object(object)) => drop(object.remove(&key)),
                    Some(Value::Array(entries)) => drop(entries.remove(key.parse().unwrap())),
                    _ => unreachable!("a parent is an object or an array"),
                }
            }
            (value, _) => *document.pointer_mut(place).unwrap() = value.unwrap_or_default(),
        }
    }
}
