//! How long a validator may take over a schema: alternatives of alternatives of alternatives are
//! tried one by one, and a schema that is all of itself without end.

use std::collections::HashMap;

use serde_json::{Map, Value};

/// More than a validator should try for one value.
const MAX_WEIGHT: u64 = 20_000;

/// How many schemas are tried for a value of a schema, whose references are all to its own `$defs`.
/// Nothing if that is too much.
pub(crate) fn weight(schema: &Value) -> Option<u64> {
    let none = Map::new();
    let definitions = schema.get("$defs").and_then(Value::as_object);
    let mut scale = Scale {
        definitions: definitions.unwrap_or(&none),
        known: HashMap::new(),
        depth: 0,
    };
    // What lies deeper in a value is tried there, as often as the value has such places.
    let parts = definitions.into_iter().flat_map(Map::values);
    for part in parts {
        scale.weigh_all(part)?;
    }
    scale.weigh_all(schema)?;
    scale.weigh(schema)
}

struct Scale<'s> {
    definitions: &'s Map<String, Value>,
    /// The weights of definitions; of one that is being weighed, nothing.
    known: HashMap<&'s str, Option<u64>>,
    depth: usize,
}

/// Deeper than a validator's stack should be asked to go.
const MAX_DEPTH: usize = 2_000;

impl<'s> Scale<'s> {
    /// The weight of a schema at one place of a value. Nothing if that is too much.
    fn weigh(&mut self, schema: &'s Value) -> Option<u64> {
        let Value::Object(keywords) = schema else {
            return Some(1);
        };
        let mut weight: u64 = 1;
        if let Some(Value::String(reference)) = keywords.get("$ref") {
            weight += self.weigh_definition(reference.strip_prefix("#/$defs/")?)?;
        }
        for key in ["allOf", "anyOf", "oneOf"] {
            for part in keywords
                .get(key)
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
            {
                weight += self.weigh(part)?;
            }
        }
        if let Some(not) = keywords.get("not") {
            weight += self.weigh(not)?;
        }
        (weight <= MAX_WEIGHT).then_some(weight)
    }

    fn weigh_definition(&mut self, name: &'s str) -> Option<u64> {
        if let Some(&known) = self.known.get(name) {
            return known;
        }
        let Some((name, schema)) = self.definitions.get_key_value(name) else {
            return Some(1);
        };
        if self.depth >= MAX_DEPTH {
            return None;
        }
        self.depth += 1;
        self.known.insert(name, None);
        let weight = self.weigh(schema);
        self.known.insert(name, weight);
        self.depth -= 1;
        weight
    }

    /// Weighs a schema and those for parts of its values.
    fn weigh_all(&mut self, schema: &'s Value) -> Option<()> {
        self.weigh(schema)?;
        let Value::Object(keywords) = schema else {
            return Some(());
        };
        for (key, inner) in keywords {
            match (key.as_str(), inner) {
                ("properties", Value::Object(all)) => {
                    all.values().try_for_each(|one| self.weigh_all(one))?;
                }
                ("items" | "additionalProperties" | "not", one) => self.weigh_all(one)?,
                ("allOf" | "anyOf" | "oneOf", Value::Array(all)) => {
                    all.iter().try_for_each(|one| self.weigh_all(one))?;
                }
                _ => {}
            }
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_grows_without_bound_is_not_borne() {
        let twice = |count: usize| {
            let next = |index: usize| json!({"$ref": format!("#/$defs/a{}", index + 1)});
            let pair = |index: usize| {
                let schema = json!({"oneOf": [next(index), next(index)]});
                (format!("a{index}"), schema)
            };
            let definitions: Map<_, _> = (0..count).map(pair).collect();
            json!({"$ref": "#/$defs/a0", "$defs": definitions})
        };
        assert!(weight(&twice(10)).is_some());
        assert!(weight(&twice(40)).is_none());
        let itself = json!({"$ref": "#/$defs/a"});
        assert_eq!(
            weight(&json!({"allOf": [itself], "$defs": {"a": {"allOf": [itself]}}})),
            None
        );
        // Recursion into a value ends where the value does.
        let list = json!({"$ref": "#/$defs/a", "$defs": {"a": {"properties": {"next": itself}}}});
        assert!(weight(&list).is_some());
    }
}
