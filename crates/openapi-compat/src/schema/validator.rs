//! The independent judge: a schema in the words of JSON Schema, and the `jsonschema` crate.
//!
//! Nothing of the engine's own reasoning goes in here but two facts of OpenAPI 3.0: what its
//! keywords are called in JSON Schema, and who sends a property that is `readOnly` or `writeOnly`.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jsonschema::{Draft, Keyword, ValidationError, Validator};
use serde_json::{Map, Value, json};

use super::inclusion::Direction;
use super::numbers::{fits, limits, rational, significant_bits};
use super::pool::{NodeId, Pool};
use super::shape::OPAQUE;
use super::types::Types;
use super::weight::weight;
use crate::document::{Side, Spot};
use crate::sameness::references_in;

/// For whom a schema is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Role {
    pub(crate) direction: Direction,
    /// The side that makes the values (the other one must understand them).
    pub(crate) sends: bool,
}

/// How many verdicts are kept.
const MAX_KEPT: usize = 50_000;

/// What the validator said, by set of values, role and value.
#[derive(Default)]
pub(crate) struct Validators {
    said: HashMap<(NodeId, Role, String), Option<bool>>,
    /// How many schemas were tried so far.
    pub(crate) cost: u64,
}

impl Validators {
    /// Whether a set has a value; `None` if the validator cannot read its schema.
    ///
    /// The schema is cut down to what the value reaches: of a large document, whose schemas all
    /// lead to each other, only that is translated and compiled.
    pub(crate) fn accepts(
        &mut self,
        pool: &mut Pool<'_>,
        node: NodeId,
        role: Role,
        value: &Value,
    ) -> Option<bool> {
        let key = (node, role, value.to_string());
        if let Some(&said) = self.said.get(&key) {
            return said;
        }
        let schema = Translation {
            pool,
            role,
            todo: Vec::new(),
            done: BTreeSet::new(),
        }
        .node(node, value);
        let weight = weight(&schema);
        self.cost += weight.unwrap_or(0);
        let said = weight
            .and_then(|_| build(&schema))
            .map(|validator| validator.is_valid(value));
        if self.said.len() >= MAX_KEPT {
            self.said.clear();
        }
        self.said.insert(key, said);
        said
    }
}

fn build(schema: &Value) -> Option<Validator> {
    jsonschema::options()
        .with_draft(Draft::Draft202012)
        .should_validate_formats(true)
        .should_ignore_unknown_formats(true)
        .with_format("byte", is_base64)
        .with_keyword("x-significant-bits", |_, value, _| {
            let bits = value
                .as_u64()
                .and_then(|bits| u32::try_from(bits).ok())
                .unwrap_or(u32::MAX);
            Ok(Box::new(SignificantBits(bits)))
        })
        .build(schema)
        .ok()
}

fn is_base64(text: &str) -> bool {
    let digits = text.trim_end_matches('=');
    text.len().is_multiple_of(4)
        && text.len() - digits.len() <= 2
        && digits
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'))
}

/// Whether a floating point number of some width holds the value.
struct SignificantBits(u32);

impl<'i> Keyword<'i> for SignificantBits {
    fn validate(&self, instance: &'i Value) -> Result<(), ValidationError<'i>> {
        if Keyword::is_valid(self, instance) {
            Ok(())
        } else {
            Err(ValidationError::custom("needs a wider number"))
        }
    }

    fn is_valid(&self, instance: &'i Value) -> bool {
        rational(instance).is_none_or(|value| fits(&value, self.0))
    }
}

/// Parts of a value, and the way to them: all those that one schema is about.
#[derive(Clone)]
struct Parts<'v> {
    /// The steps from the whole value, as a name for a definition.
    way: String,
    values: Vec<&'v Value>,
}

impl<'v> Parts<'v> {
    fn of(value: &'v Value) -> Self {
        Self {
            way: String::new(),
            values: vec![value],
        }
    }

    fn into(&self, step: &str, values: Vec<&'v Value>) -> Self {
        Self {
            way: format!("{}_{}", self.way, escaped(step)),
            values,
        }
    }

    /// The property `name` of those that have it.
    fn property(&self, name: &str) -> Self {
        let values = self.values.iter().filter_map(|value| value.get(name));
        self.into(&format!("p{name}"), values.collect())
    }

    fn all_properties(&self) -> Self {
        let objects = self.values.iter().filter_map(|value| value.as_object());
        self.into("a", objects.flat_map(Map::values).collect())
    }

    fn items(&self) -> Self {
        let lists = self.values.iter().filter_map(|value| value.as_array());
        self.into("i", lists.flatten().collect())
    }
}

/// A schema and all that it refers to, on the way to JSON Schema.
struct Translation<'p, 'd, 'v> {
    pool: &'p mut Pool<'d>,
    role: Role,
    todo: Vec<(Spot<'d>, Parts<'v>)>,
    done: BTreeSet<String>,
}

impl<'d, 'v> Translation<'_, 'd, 'v> {
    fn node(&mut self, node: NodeId, value: &'v Value) -> Value {
        let meaning = self.pool.meaning(node);
        let mut spots: Vec<_> = meaning
            .schemas
            .iter()
            .map(|&id| self.pool.spot(id).clone())
            .collect();
        // The chosen branch of a list of alternatives counts beside the list.
        for &(list, branch) in &meaning.picks {
            spots.extend(self.pool.spot(list).items().nth(branch));
        }
        let parts = Parts::of(value);
        let mut all: Vec<Value> = spots.iter().map(|spot| self.schema(spot, &parts)).collect();
        if all.is_empty() {
            all.push(Value::Bool(true));
        }
        let mut definitions = Map::new();
        while let Some((spot, parts)) = self.todo.pop() {
            let schema = self.schema(&spot, &parts);
            definitions.insert(name(&spot, &parts), schema);
        }
        json!({"allOf": all, "$defs": definitions})
    }

    fn schema(&mut self, spot: &Spot<'d>, parts: &Parts<'v>) -> Value {
        // No part of the value comes here.
        if parts.values.is_empty() {
            return Value::Bool(true);
        }
        let Value::Object(keywords) = spot.value else {
            return Value::Bool(spot.value != &Value::Bool(false));
        };
        let mut schema = Map::new();
        if let Some(Value::String(reference)) = keywords.get("$ref") {
            let target = self.pool.document(spot.side).target(reference);
            if let Some(target) = target {
                let name = name(&target, parts);
                if self.done.insert(name.clone()) {
                    self.todo.push((target, parts.clone()));
                }
                schema.insert("$ref".to_owned(), json!(format!("#/$defs/{name}")));
            }
            if self.pool.reference(spot).is_some() {
                return Value::Object(schema);
            }
        }
        for (key, inner) in spot.entries() {
            self.keyword(spot, key, &inner, parts, &mut schema);
        }
        self.format(spot, &mut schema);
        if spot.flag("nullable") == Some(true) {
            json!({"anyOf": [{"type": "null"}, schema]})
        } else {
            Value::Object(schema)
        }
    }

    fn keyword(
        &mut self,
        spot: &Spot<'d>,
        key: &str,
        inner: &Spot<'d>,
        parts: &Parts<'v>,
        schema: &mut Map<String, Value>,
    ) {
        let value = inner.value;
        let keep = match key {
            "type" => match value.as_str().map(Types::named) {
                Some(Some((_, name))) => json!(name),
                Some(None) => return,
                None => value.clone(),
            },
            "minLength" | "maxLength" | "pattern" | "minItems" | "maxItems" | "uniqueItems"
            | "minProperties" | "maxProperties" | "multipleOf" => value.clone(),
            "const" => value.clone(),
            "enum" if spot.get("x-extensible-enum").is_some() && !self.role.sends => return,
            "enum" => value.clone(),
            "minimum" | "maximum" => {
                let exclusive = format!("exclusiveM{}", &key[1..]);
                let key = if spot.flag(&exclusive) == Some(true) {
                    &exclusive
                } else {
                    key
                };
                schema.insert(key.to_owned(), value.clone());
                return;
            }
            "exclusiveMinimum" | "exclusiveMaximum" if value.is_number() => value.clone(),
            "not" => self.schema(inner, parts),
            "items" => self.schema(inner, &parts.items()),
            "additionalProperties" => self.schema(inner, &parts.all_properties()),
            "allOf" | "anyOf" | "oneOf" => {
                let all = inner.items().map(|inner| self.schema(&inner, parts));
                let all: Vec<Value> = all.collect();
                if all.is_empty() {
                    return;
                }
                Value::Array(all)
            }
            "properties" => {
                let mut all = Map::new();
                for (name, inner) in inner.entries() {
                    let parts = parts.property(name);
                    if parts.values.is_empty() {
                        continue;
                    }
                    let schema = match self.crosses(&inner) {
                        true => self.schema(&inner, &parts),
                        // What the sender never sends, the other side ignores.
                        false => Value::Bool(!self.role.sends),
                    };
                    all.insert(name.to_owned(), schema);
                }
                Value::Object(all)
            }
            "required" if value.is_array() => {
                let properties: BTreeMap<_, _> = spot
                    .get("properties")
                    .iter()
                    .flat_map(Spot::entries)
                    .collect();
                let names = value.as_array().into_iter().flatten().filter(|name| {
                    let property = name.as_str().and_then(|name| properties.get(name));
                    match property {
                        Some(property) => self.crosses(property),
                        None => name.as_str() != Some(""),
                    }
                });
                Value::Array(names.cloned().collect())
            }
            opaque if OPAQUE.contains(&opaque) => {
                let mut refers = false;
                references_in(value, &mut |_| refers = true);
                // With references inside it has no meaning here: no validator can be built.
                match refers || opaque == "$dynamicRef" {
                    true => Value::from("not translated"),
                    false => value.clone(),
                }
            }
            _ => return,
        };
        schema.insert(key.to_owned(), keep);
    }

    /// Whether a property is sent at all in the direction that is judged.
    fn crosses(&mut self, property: &Spot<'d>) -> bool {
        let node = self.pool.node_at(property.clone());
        let flags = self.pool.shape(node).flags;
        match self.role.direction {
            Direction::Request => !flags.read_only,
            Direction::Response => !flags.write_only,
        }
    }

    fn format(&self, spot: &Spot<'_>, schema: &mut Map<String, Value>) {
        let Some(format) = spot.text("format") else {
            return;
        };
        if let Some((min, max)) = limits(format) {
            // Both bounds are whole numbers of at most 64 bits.
            let bound = |value: &num_rational::BigRational| super::numbers::json(value);
            schema.insert(
                "allOf".to_owned(),
                json!([
                    {"minimum": bound(&min.value), "maximum": bound(&max.value)},
                    {"allOf": schema.get("allOf").cloned().unwrap_or_else(|| json!([true]))}
                ]),
            );
        } else if let Some(bits) = significant_bits(format) {
            schema.insert("x-significant-bits".to_owned(), json!(bits));
        } else {
            schema.insert("format".to_owned(), json!(format));
        }
    }
}

/// The name of a definition: one for each place in either document and each place in the value,
/// without signs that a pointer or a URI would have to escape.
fn name(spot: &Spot<'_>, parts: &Parts<'_>) -> String {
    let side = match spot.side {
        Side::Base => 'b',
        Side::Revision => 'r',
    };
    format!("{side}{}.{}", escaped(&spot.pointer), parts.way)
}

fn escaped(text: &str) -> String {
    let mut name = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            name.push(char::from(byte));
        } else {
            name.push_str(&format!("-{byte:02x}"));
        }
    }
    name
}
