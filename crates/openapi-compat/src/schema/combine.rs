//! Reads schemas into shapes, and merges shapes.

use std::collections::{BTreeMap, HashSet};
use std::rc::Rc;

use num_traits::Signed;
use serde_json::Value;

use super::numbers::{rational, same_value};
use super::pool::{Meaning, NodeId, Pool, SchemaId};
use super::shape::{Beyond, Bound, Exclusion, OPAQUE, ObjectPart, Opaque, Shape, Union};
use super::strings::is_of_strings;
use super::types::Types;
use crate::document::Spot;

/// How deep `allOf` and references may lead: deeper than anybody writes, shallower than a stack.
const MAX_DEPTH: usize = 48;

/// The schemas that a shape is merged of so far, and how deep the merging is.
#[derive(Debug, Default)]
struct Merged {
    schemas: HashSet<SchemaId>,
    depth: usize,
}

impl<'d> Pool<'d> {
    /// What a set of values looks like.
    pub(crate) fn shape(&mut self, node: NodeId) -> Rc<Shape<'d>> {
        if let Some(shape) = self.shapes.get(&node) {
            return Rc::clone(shape);
        }
        let meaning = self.meaning(node);
        let mut merged = Merged::default();
        let mut shape = Shape::everything();
        for &schema in &meaning.schemas {
            shape.and(self.compile(schema, &meaning, &mut merged));
        }
        shape.types = shape.types & meaning.kinds;
        if let Some(value) = meaning.only.as_deref().and_then(read_back) {
            shape.and(Shape {
                enums: Some(vec![value]),
                ..Shape::everything()
            });
        }
        for (name, value) in &meaning.tags {
            shape.object.tag(name, value.as_deref().and_then(read_back));
        }
        let shape = Rc::new(shape);
        self.shapes.insert(node, Rc::clone(&shape));
        shape
    }

    fn compile(&mut self, id: SchemaId, meaning: &Meaning, merged: &mut Merged) -> Shape<'d> {
        // What was said already says nothing more; nor does a schema that is all of itself.
        if !merged.schemas.insert(id) {
            return Shape::everything();
        }
        if merged.depth >= MAX_DEPTH {
            let mut shape = Shape::everything();
            shape.unreadable.push(id);
            return shape;
        }
        merged.depth += 1;
        let shape = self.read(id, meaning, merged);
        merged.depth -= 1;
        shape
    }

    fn read(&mut self, id: SchemaId, meaning: &Meaning, merged: &mut Merged) -> Shape<'d> {
        self.reads += 1;
        let mut shape = Shape::everything();
        shape.members.push(id);
        let mut id = id;
        let mut spot = self.spot(id).clone();
        while let Some(reference) = self.reference(&spot) {
            let Some(target) = self.document(spot.side).target(reference) else {
                shape.unreadable.push(id);
                return shape;
            };
            id = self.schema(target);
            if !merged.schemas.insert(id) {
                return shape;
            }
            shape.members.push(id);
            spot = self.spot(id).clone();
        }
        let spot = &spot;
        if !spot.value.is_object() {
            match spot.value {
                Value::Bool(true) | Value::Null => {}
                Value::Bool(false) => shape.types = Types::NONE,
                _ => shape.unreadable.push(id),
            }
            return shape;
        }
        // Of a nullable schema whose alternative is settled, null is a part of its own.
        let nullable = spot.flag("nullable") == Some(true) && !self.is_settled(spot, meaning);
        read_type(&mut shape, id, spot);
        read_values(&mut shape, id, spot);
        read_number(&mut shape, id, spot);
        read_string(&mut shape, id, spot);
        self.read_array(&mut shape, id, spot);
        self.read_object(&mut shape, id, spot);
        shape.contradicted = limited(&shape) & !shape.types;
        if shape.types.has(Types::NUMBER) {
            shape.contradicted = shape.contradicted & !Types::NUMBER;
        }
        let before = nullable.then(|| merged.schemas.clone());
        self.read_combinations(&mut shape, id, spot, meaning, merged);
        shape.flags.read_only |= spot.flag("readOnly") == Some(true);
        shape.flags.write_only |= spot.flag("writeOnly") == Some(true);
        if let Some(before) = before {
            // What the parts say does not hold for null, so it may have to be said again.
            merged.schemas = before;
            allow_null(&mut shape);
        }
        shape
    }

    /// Whether one of a schema's own alternatives was picked.
    fn is_settled(&self, spot: &Spot<'d>, meaning: &Meaning) -> bool {
        meaning.picks.iter().any(|&(list, branch)| {
            let list = self.spot(list);
            let around = list.pointer.rsplit_once('/').map(|(around, _)| around);
            branch != usize::MAX && list.side == spot.side && around == Some(&spot.pointer)
        })
    }

    fn read_array(&mut self, shape: &mut Shape<'d>, id: SchemaId, spot: &Spot<'d>) {
        if let Some(items) = spot.get("items") {
            shape.array.items.push(self.schema(items));
            shape.stated.insert("items", id);
        }
        if let Some(min) = count(shape, id, spot, "minItems") {
            shape.array.min = min;
        }
        shape.array.max = count(shape, id, spot, "maxItems");
        if spot.flag("uniqueItems") == Some(true) {
            shape.array.unique = true;
            shape.stated.insert("uniqueItems", id);
        }
    }

    fn read_object(&mut self, shape: &mut Shape<'d>, id: SchemaId, spot: &Spot<'d>) {
        let properties: BTreeMap<_, _> = spot
            .get("properties")
            .map(|properties| {
                properties
                    .entries()
                    .map(|(name, spot)| (name, self.schema(spot)))
                    .collect()
            })
            .unwrap_or_default();
        let beyond = match spot.get("additionalProperties") {
            None => Beyond::Open,
            Some(spot) => match spot.value {
                Value::Bool(false) => Beyond::Closed(id),
                Value::Bool(true) => Beyond::Open,
                Value::Object(keywords) if keywords.is_empty() => Beyond::Open,
                _ => Beyond::Schema(self.schema(spot)),
            },
        };
        if beyond != Beyond::Open {
            shape.stated.insert("additionalProperties", id);
        }
        if beyond != Beyond::Open || !properties.is_empty() {
            shape.object.parts.push(ObjectPart { properties, beyond });
        }
        // `required: true` on a property is how Swagger 1 wrote it; it has no meaning here.
        if let Some(Value::Array(names)) = spot.value.get("required") {
            // An empty name is a slip, unless there is such a property.
            let names = names.iter().filter_map(Value::as_str);
            for name in names.filter(|name| !name.is_empty() || properties_have(spot, name)) {
                shape.object.required.insert(name, id);
            }
        }
        if let Some(min) = count(shape, id, spot, "minProperties") {
            shape.object.min = min;
        }
        shape.object.max = count(shape, id, spot, "maxProperties");
    }

    fn read_combinations(
        &mut self,
        shape: &mut Shape<'d>,
        id: SchemaId,
        spot: &Spot<'d>,
        meaning: &Meaning,
        merged: &mut Merged,
    ) {
        // Beside other keywords, a reference is one of several parts.
        if let Some(reference) = spot.text("$ref") {
            match self.document(spot.side).target(reference) {
                Some(target) => {
                    let target = self.schema(target);
                    shape.and(self.compile(target, meaning, merged));
                }
                None => shape.unreadable.push(id),
            }
        }
        for part in spot.get("allOf").iter().flat_map(Spot::items) {
            let part = self.schema(part);
            shape.and(self.compile(part, meaning, merged));
        }
        for (keyword, exclusive) in [("anyOf", false), ("oneOf", true)] {
            let Some(list) = spot.get(keyword) else {
                continue;
            };
            let branches: Vec<_> = list.items().map(|branch| self.schema(branch)).collect();
            let at = self.schema(list);
            let picked = meaning.picks.iter().find(|(union, _)| *union == at);
            let only = match (branches.as_slice(), picked) {
                ([], _) => continue,
                ([only], _) => Some(*only),
                (_, Some(&(_, branch))) => match branches.get(branch) {
                    Some(&branch) => Some(branch),
                    // No branch at all: what a nullable schema allows beside its alternatives.
                    None => continue,
                },
                (_, None) => None,
            };
            if let Some(only) = only {
                shape.and(self.compile(only, meaning, merged));
            } else if let Some(values) = self.listed_values(&branches, exclusive) {
                shape.and(Shape {
                    enums: Some(values),
                    ..Shape::everything()
                });
                shape.stated.entry("enum").or_insert(id);
            } else {
                shape.unions.push(Union {
                    at,
                    exclusive,
                    branches,
                    spares_null: false,
                });
            }
            shape.stated.insert(keyword, id);
        }
        for keyword in OPAQUE {
            if let Some(stated) = spot.get(keyword) {
                let class = self.sameness.class(&stated);
                shape.opaque.push(Opaque { keyword, class });
                shape.stated.insert(keyword, id);
            }
        }
        let not = spot.get("not");
        // What is not not so, is so.
        let twice = not.as_ref().and_then(|not| {
            let alone = not.value.as_object().is_some_and(|keys| keys.len() == 1);
            not.get("not").filter(|_| alone)
        });
        if let Some(inner) = twice {
            let inner = self.schema(inner);
            shape.and(self.compile(inner, meaning, merged));
        } else if let Some(not) = not {
            let schema = self.schema(not);
            shape.nots.push(Exclusion {
                schema,
                spares_null: false,
            });
            shape.stated.insert("not", id);
        }
        if spot.get("discriminator").is_some() {
            shape.stated.insert("discriminator", id);
        }
    }

    /// The values of branches that are nothing but lists of values: such a union is an `enum`.
    fn listed_values(&mut self, branches: &[SchemaId], exclusive: bool) -> Option<Vec<Value>> {
        let mut all: Vec<Value> = Vec::new();
        for &branch in branches {
            let spot = self.spot(branch).clone();
            let spot = self.document(spot.side).resolve(spot).ok()?;
            let known = [
                "enum",
                "type",
                "title",
                "description",
                "nullable",
                "example",
                "default",
            ];
            let keywords = spot.value.as_object()?;
            if !keywords
                .keys()
                .all(|key| known.contains(&key.as_str()) || key.starts_with("x-"))
            {
                return None;
            }
            let mut shape = Shape::everything();
            read_type(&mut shape, branch, &spot);
            read_values(&mut shape, branch, &spot);
            if spot.flag("nullable") == Some(true) {
                allow_null(&mut shape);
            }
            let values = shape
                .enums
                .or_else(|| (shape.types == Types::NULL).then(|| vec![Value::Null]))?;
            for value in values
                .into_iter()
                .filter(|value| shape.types.has(Types::of(value)))
            {
                match all.iter().any(|other| same_value(other, &value)) {
                    true if exclusive => return None,
                    true => {}
                    false => all.push(value),
                }
            }
        }
        Some(all)
    }
}

fn read_back(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok()
}

fn allow_null(shape: &mut Shape<'_>) {
    shape.types = shape.types | Types::NULL;
    if let Some(values) = shape
        .enums
        .as_mut()
        .filter(|values| !values.contains(&Value::Null))
    {
        values.push(Value::Null);
    }
    shape
        .unions
        .iter_mut()
        .for_each(|union| union.spares_null = true);
    shape.nots.iter_mut().for_each(|not| not.spares_null = true);
}

fn read_type(shape: &mut Shape<'_>, id: SchemaId, spot: &Spot<'_>) {
    let names: Vec<&str> = match spot.value.get("type") {
        None | Some(Value::Null) => return,
        Some(Value::String(name)) => vec![name],
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
        Some(_) => vec![""],
    };
    shape.stated.insert("type", id);
    let named: Option<Vec<Types>> = names
        .iter()
        .map(|name| Types::named(name).map(|(types, _)| types))
        .collect();
    match named {
        Some(types) => shape.types = types.into_iter().fold(Types::NONE, |all, one| all | one),
        None => shape.unreadable.push(id),
    }
}

fn read_values(shape: &mut Shape<'_>, id: SchemaId, spot: &Spot<'_>) {
    if let Some(Value::Array(values)) = spot.value.get("enum") {
        shape.enums = Some(values.clone());
        shape.stated.insert("enum", id);
    } else if let Some(value) = spot.value.get("const") {
        shape.enums = Some(vec![value.clone()]);
        shape.stated.insert("enum", id);
    }
    match spot.value.get("x-extensible-enum") {
        None | Some(Value::Null | Value::Bool(false)) => {}
        Some(_) => {
            shape.flags.extensible = true;
            shape.stated.insert("x-extensible-enum", id);
        }
    }
}

fn read_number<'d>(shape: &mut Shape<'d>, id: SchemaId, spot: &Spot<'d>) {
    for (keyword, exclusive) in [
        ("minimum", "exclusiveMinimum"),
        ("maximum", "exclusiveMaximum"),
    ] {
        let inclusive = spot.value.get(keyword).and_then(rational);
        // OpenAPI 3.1 writes the bound itself where 3.0 writes true.
        let stricter = spot.value.get(exclusive);
        let bound = match (inclusive, stricter) {
            (Some(value), Some(Value::Bool(exclusive))) => Some(Bound {
                value,
                exclusive: *exclusive,
            }),
            (None, Some(number)) => rational(number).map(|value| Bound {
                value,
                exclusive: true,
            }),
            (Some(value), _) => Some(Bound {
                value,
                exclusive: false,
            }),
            (None, None) => None,
        };
        if bound.is_none()
            && spot
                .value
                .get(keyword)
                .is_some_and(|value| !value.is_null())
        {
            shape.unreadable.push(id);
        }
        if bound.is_some() {
            shape.stated.insert(keyword, id);
        }
        match keyword {
            "minimum" => shape.number.min = bound,
            _ => shape.number.max = bound,
        }
    }
    if let Some(step) = spot.get("multipleOf") {
        match rational(step.value).filter(Signed::is_positive) {
            Some(step) => {
                shape.number.multiples.push(step);
                shape.stated.insert("multipleOf", id);
            }
            None => shape.unreadable.push(id),
        }
    }
    if let Some(format) = spot.text("format")
        && matches!(format, "int32" | "int64" | "float" | "double")
    {
        shape.number.formats.push(format);
        shape.stated.insert("format", id);
    }
}

fn read_string<'d>(shape: &mut Shape<'d>, id: SchemaId, spot: &Spot<'d>) {
    if let Some(min) = count(shape, id, spot, "minLength") {
        shape.string.min = min;
    }
    shape.string.max = count(shape, id, spot, "maxLength");
    if let Some(pattern) = spot.text("pattern") {
        shape.string.patterns.push(pattern);
        shape.stated.insert("pattern", id);
    }
    if let Some(format) = spot.text("format") {
        shape.string.formats.push(format);
        shape.stated.insert("format", id);
    }
}

/// The kinds of values that a schema's own keywords limit.
fn limited(shape: &Shape<'_>) -> Types {
    let of = |keyword: &&str| match *keyword {
        "minimum" | "maximum" | "multipleOf" => Types::NUMBER,
        "minLength" | "maxLength" | "pattern" => Types::STRING,
        "format" if shape.string.formats.iter().any(|name| is_of_strings(name)) => Types::STRING,
        "minItems" | "maxItems" | "uniqueItems" | "items" => Types::ARRAY,
        "minProperties" | "maxProperties" | "properties" => Types::OBJECT,
        _ => Types::NONE,
    };
    let kinds = shape.stated.keys().map(of);
    let kinds = kinds.fold(Types::NONE, |all, one| all | one);
    match shape.object.parts.is_empty() && shape.object.required.is_empty() {
        true => kinds,
        false => kinds | Types::OBJECT,
    }
}

fn properties_have(spot: &Spot<'_>, name: &str) -> bool {
    let properties = spot.value.get("properties");
    properties.is_some_and(|properties| properties.get(name).is_some())
}

/// A count such as `minItems`; what is no count is unreadable.
fn count<'d>(
    shape: &mut Shape<'d>,
    id: SchemaId,
    spot: &Spot<'d>,
    keyword: &'static str,
) -> Option<u64> {
    let value = spot.get(keyword)?;
    let whole = |number: f64| (number.fract() == 0.0 && number >= 0.0).then_some(number as u64);
    let count = value
        .value
        .as_u64()
        .or_else(|| value.value.as_f64().and_then(whole));
    match count {
        Some(_) => shape.stated.insert(keyword, id),
        None => {
            shape.unreadable.push(id);
            None
        }
    };
    count
}

impl Shape<'_> {
    /// Keeps the values that `other` allows too.
    pub(crate) fn and(&mut self, other: Self)
    where
        Self: Sized,
    {
        self.members.extend(other.members);
        self.types = self.types & other.types;
        self.enums = match (self.enums.take(), other.enums) {
            (Some(mine), Some(theirs)) => Some(
                mine.into_iter()
                    .filter(|value| theirs.iter().any(|other| same_value(value, other)))
                    .collect(),
            ),
            (mine, theirs) => mine.or(theirs),
        };
        self.number.min = tighter(self.number.min.take(), other.number.min, |one, two| {
            one > two
        });
        self.number.max = tighter(self.number.max.take(), other.number.max, |one, two| {
            one < two
        });
        self.number.multiples.extend(other.number.multiples);
        self.number.formats.extend(other.number.formats);
        self.string.min = self.string.min.max(other.string.min);
        self.string.max = least(self.string.max, other.string.max);
        self.string.patterns.extend(other.string.patterns);
        self.string.formats.extend(other.string.formats);
        self.array.min = self.array.min.max(other.array.min);
        self.array.max = least(self.array.max, other.array.max);
        self.array.unique |= other.array.unique;
        self.array.items.extend(other.array.items);
        self.object.parts.extend(other.object.parts);
        self.object.required.extend(other.object.required);
        self.object.min = self.object.min.max(other.object.min);
        self.object.max = least(self.object.max, other.object.max);
        self.unions.extend(other.unions);
        self.nots.extend(other.nots);
        self.opaque.extend(other.opaque);
        self.stated.extend(other.stated);
        self.unreadable.extend(other.unreadable);
        self.contradicted = self.contradicted | other.contradicted;
        self.flags.read_only |= other.flags.read_only;
        self.flags.write_only |= other.flags.write_only;
        self.flags.extensible |= other.flags.extensible;
    }
}

fn least(one: Option<u64>, other: Option<u64>) -> Option<u64> {
    [one, other].into_iter().flatten().min()
}

fn tighter(
    one: Option<Bound>,
    other: Option<Bound>,
    tighter_than: impl Fn(&Bound, &Bound) -> bool,
) -> Option<Bound> {
    match (one, other) {
        (Some(one), Some(other)) if one.value == other.value => Some(Bound {
            exclusive: one.exclusive || other.exclusive,
            ..one
        }),
        (Some(one), Some(other)) => Some(if tighter_than(&one, &other) {
            one
        } else {
            other
        }),
        (one, other) => one.or(other),
    }
}

impl PartialOrd for Bound {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        (self.value == other.value && self.exclusive == other.exclusive)
            .then_some(std::cmp::Ordering::Equal)
            .or_else(|| self.value.partial_cmp(&other.value))
    }
}
