//! Sets without values: contradictory bounds, and what needs a part that cannot be.

use std::rc::Rc;

use super::inclusion::{Direction, Engine};
use super::pool::{NodeId, SchemaId};
use super::shape::Shape;
use super::types::Types;
use super::{numbers, strings};

/// How deep parts are looked into. Deeper ones are taken to have values.
const MAX_DEPTH: usize = 6;

impl<'d> Engine<'d> {
    /// A shape that does not claim kinds of values of which it has none.
    pub(crate) fn without_empty_kinds(
        &mut self,
        node: NodeId,
        shape: &Rc<Shape<'d>>,
        direction: Direction,
    ) -> Rc<Shape<'d>> {
        let kinds = self.known_kinds(node, shape, direction, MAX_DEPTH);
        if kinds == shape.types {
            return Rc::clone(shape);
        }
        Rc::new(Shape {
            types: kinds,
            ..(**shape).clone()
        })
    }

    fn known_kinds(
        &mut self,
        node: NodeId,
        shape: &Shape<'d>,
        direction: Direction,
        depth: usize,
    ) -> Types {
        let key = (node, direction, depth);
        if let Some(&kinds) = self.kinds.get(&key) {
            return kinds;
        }
        let kinds = self.find_kinds(shape, direction, depth);
        self.kinds.insert(key, kinds);
        kinds
    }

    fn find_kinds(&mut self, shape: &Shape<'d>, direction: Direction, depth: usize) -> Types {
        let mut kinds = shape.types;
        if let Some(listed) = &shape.enums {
            let of = listed.iter().map(Types::of);
            return kinds & of.fold(Types::NONE, |all, one| all | one);
        }
        if kinds.has(Types::NUMBER) && numbers::is_empty(shape) {
            kinds = kinds & !Types::NUMBER;
        }
        if kinds.has(Types::STRING) && strings::is_empty(shape) {
            kinds = kinds & !Types::STRING;
        }
        if kinds.has(Types::ARRAY) && self.has_no_array(shape, direction, depth) {
            kinds = kinds & !Types::ARRAY;
        }
        if kinds.has(Types::OBJECT) && self.has_no_object(shape, direction, depth) {
            kinds = kinds & !Types::OBJECT;
        }
        for union in &shape.unions {
            let mut some = if union.spares_null {
                Types::NULL
            } else {
                Types::NONE
            };
            for &branch in &union.branches {
                some = some | self.kinds_of(vec![branch], direction, depth);
            }
            kinds = kinds & some;
        }
        kinds
    }

    /// The kinds of values that a set has, `null` apart.
    pub(crate) fn kinds_but_null(&mut self, node: NodeId) -> Types {
        let shape = self.pool.shape(node);
        self.known_kinds(node, &shape, Direction::Request, MAX_DEPTH) & !Types::NULL
    }

    fn kinds_of(&mut self, schemas: Vec<SchemaId>, direction: Direction, depth: usize) -> Types {
        let node = self.pool.node(schemas);
        let shape = self.pool.shape(node);
        match depth.checked_sub(1) {
            Some(depth) => self.known_kinds(node, &shape, direction, depth),
            None => shape.types,
        }
    }

    fn has_no_array(&mut self, shape: &Shape<'d>, direction: Direction, depth: usize) -> bool {
        let facets = &shape.array;
        facets.max.is_some_and(|max| max < facets.min)
            || (facets.min > 0
                && !facets.items.is_empty()
                && self
                    .kinds_of(facets.items.clone(), direction, depth)
                    .is_empty())
    }

    fn has_no_object(&mut self, shape: &Shape<'d>, direction: Direction, depth: usize) -> bool {
        let facets = &shape.object;
        if facets.most().is_some_and(|most| most < facets.min) {
            return true;
        }
        facets.required.keys().any(|name| {
            let property = facets.property(name);
            self.is_sent(shape, name, direction)
                && (property.forbidden.is_some()
                    || (!property.schemas.is_empty()
                        && self.kinds_of(property.schemas, direction, depth).is_empty()))
        })
    }
}
