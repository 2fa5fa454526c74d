//! Makes up values of a set: small ones, the kind a person would write down.
//!
//! What is made here is a proposal. Only what the validator accepts is used.

use serde_json::{Map, Value, json};

use super::decision::EXAMPLE_COST;
use super::inclusion::{Direction, Engine};
use super::pool::NodeId;
use super::shape::Shape;
use super::types::Types;
use super::{numbers, strings};

/// How deep made-up values nest.
const MAX_DEPTH: usize = 12;
/// How many values are made up of one set.
const ENOUGH: usize = 16;
/// How many sets are looked into for one example: sets that lead to each other could go on for
/// longer than anybody waits.
const FUEL: usize = 2_000;
/// For how many sets made-up values are kept.
const MAX_KEPT: usize = 20_000;
/// How many properties or items a made-up value has at most.
const MAX_SIZE: u64 = 1_024;

impl<'d> Engine<'d> {
    /// A few values of a set, the smallest of each kind first. None while deciding, which needs no
    /// proof.
    pub(crate) fn examples(&mut self, node: NodeId, direction: Direction) -> Vec<Value> {
        match self.deciding {
            true => Vec::new(),
            false => self.made_examples(node, direction),
        }
    }

    /// [`Engine::examples`], while deciding too.
    pub(crate) fn made_examples(&mut self, node: NodeId, direction: Direction) -> Vec<Value> {
        self.fuel = FUEL;
        self.make(node, direction, MAX_DEPTH)
    }

    /// A small object without a property, with at least `count` others.
    pub(crate) fn example_object(
        &mut self,
        shape: &Shape<'d>,
        direction: Direction,
        without: &[&str],
        count: u64,
    ) -> Option<Value> {
        if self.deciding {
            return None;
        }
        self.fuel = FUEL;
        self.object_with(shape, direction, MAX_DEPTH, without, count)
    }

    /// A list of so many items; with `twins`, equal ones.
    pub(crate) fn example_array(
        &mut self,
        shape: &Shape<'d>,
        direction: Direction,
        length: u64,
        twins: bool,
    ) -> Option<Value> {
        if self.deciding {
            return None;
        }
        self.fuel = FUEL;
        self.array(shape, direction, MAX_DEPTH, length, twins)
    }

    fn make(&mut self, node: NodeId, direction: Direction, depth: usize) -> Vec<Value> {
        let (Some(depth), Some(fuel)) = (depth.checked_sub(1), self.fuel.checked_sub(1)) else {
            return Vec::new();
        };
        let key = (node, direction, depth);
        if let Some((values, cost)) = self.examples.get(&key) {
            self.fuel = fuel.saturating_sub(*cost);
            return values.clone();
        }
        self.fuel = fuel;
        self.cost += EXAMPLE_COST;
        let values = self.make_new(node, direction, depth);
        // What was made in a hurry may be worse than what can be made.
        if self.fuel > 0 {
            if self.examples.len() >= MAX_KEPT {
                self.examples.clear();
            }
            let cost = fuel - self.fuel;
            self.examples.insert(key, (values.clone(), cost));
        }
        values
    }

    fn make_new(&mut self, node: NodeId, direction: Direction, depth: usize) -> Vec<Value> {
        let before = self.pool.reads;
        let shape = self.pool.shape(node);
        self.fuel = self.fuel.saturating_sub(self.pool.reads - before);
        let mut values = Vec::new();
        if let Some(listed) = &shape.enums {
            let fitting = listed
                .iter()
                .filter(|value| shape.types.has(Types::of(value)));
            return fitting.take(ENOUGH).cloned().collect();
        }
        if let Some(union) = shape.unions.first() {
            for branch in 0..union.branches.len().min(ENOUGH) {
                let part = self.pool.pick(node, union.at, branch);
                values.extend(self.make(part, direction, depth).into_iter().take(3));
            }
            return values;
        }
        for kind in shape.types.each() {
            match kind {
                Types::STRING => values.extend(strings::examples(&shape)),
                Types::INTEGER | Types::FRACTION => values.extend(
                    numbers::examples(&shape)
                        .into_iter()
                        .filter(|value| Types::of(value) == kind)
                        .take(4),
                ),
                Types::BOOLEAN => values.extend([json!(true), json!(false)]),
                Types::OBJECT => values.extend(self.object(&shape, direction, depth)),
                Types::ARRAY => {
                    let length = shape.array.min;
                    values.extend(self.array(&shape, direction, depth, length, false));
                    if length == 0 {
                        values.extend(self.array(&shape, direction, depth, 1, false));
                    }
                }
                _ => values.push(Value::Null),
            }
        }
        values
    }

    fn array(
        &mut self,
        shape: &Shape<'d>,
        direction: Direction,
        depth: usize,
        length: u64,
        twins: bool,
    ) -> Option<Value> {
        let length = usize::try_from(length)
            .ok()
            .filter(|_| length <= MAX_SIZE)?;
        if length == 0 {
            return Some(json!([]));
        }
        let item = self.pool.node(shape.array.items.clone());
        let mut kinds = self.make(item, direction, depth);
        if twins || !shape.array.unique {
            let first = kinds.into_iter().next()?;
            return Some(Value::Array(vec![first; length]));
        }
        kinds.extend(self.many(item, length));
        let mut distinct: Vec<Value> = Vec::new();
        for value in kinds {
            if distinct.len() < length && !distinct.contains(&value) {
                distinct.push(value);
            }
        }
        (distinct.len() == length).then_some(Value::Array(distinct))
    }

    /// Many different values of a simple set.
    fn many(&mut self, node: NodeId, count: usize) -> Vec<Value> {
        let shape = self.pool.shape(node);
        if shape.types.has(Types::STRING) && shape.enums.is_none() {
            (0..count)
                .map(|index| Value::from(format!("a{index}")))
                .collect()
        } else if shape.types.has(Types::INTEGER) && shape.enums.is_none() {
            (0..count).map(Value::from).collect()
        } else {
            Vec::new()
        }
    }

    /// An object with the properties that must be there and no more.
    fn object(&mut self, shape: &Shape<'d>, direction: Direction, depth: usize) -> Option<Value> {
        self.object_with(shape, direction, depth, &[], shape.object.min)
    }

    /// An object that lacks `without` and has at least `count` properties.
    fn object_with(
        &mut self,
        shape: &Shape<'d>,
        direction: Direction,
        depth: usize,
        without: &[&str],
        count: u64,
    ) -> Option<Value> {
        if count > MAX_SIZE {
            return None;
        }
        let mut object = Map::new();
        let mut names: Vec<String> = shape
            .object
            .required
            .keys()
            .filter(|name| !without.contains(name) && self.is_sent(shape, name, direction))
            .map(|name| (*name).to_owned())
            .collect();
        let required = names.len();
        names.extend(shape.object.names().map(str::to_owned));
        names.extend((0..count).map(|index| format!("extra{index}")));
        for (index, name) in names.iter().enumerate() {
            let enough = index >= required && object.len() as u64 >= count;
            if enough || object.contains_key(name) || without.contains(&name.as_str()) {
                continue;
            }
            if self.fuel == 0 {
                return None;
            }
            let property = shape.object.property(name);
            if property.forbidden.is_some() || !self.is_sent(shape, name, direction) {
                continue;
            }
            let node = self.pool.only(property.schemas, property.value.as_ref());
            match self.make(node, direction, depth).into_iter().next() {
                Some(value) => {
                    object.insert(name.clone(), value);
                }
                None if index < required || !property.declared => return None,
                None => {}
            }
        }
        Some(Value::Object(object))
    }

    /// Whether a property is sent in a direction: not if it is read-only in requests, or
    /// write-only in responses.
    pub(crate) fn is_sent(&mut self, shape: &Shape<'d>, name: &str, direction: Direction) -> bool {
        let node = self.pool.node(shape.object.property(name).schemas);
        let flags = self.pool.shape(node).flags;
        match direction {
            Direction::Request => !flags.read_only,
            Direction::Response => !flags.write_only,
        }
    }
}
