//! Every schema that a comparison meets, numbered once.

use std::collections::HashMap;
use std::rc::Rc;

use serde_json::Value;

use crate::document::{Document, Side, Spot};
use crate::sameness::{ClassId, Sameness, is_text};

use super::shape::Shape;
use super::types::Types;

/// How many references to references are followed to find where they end.
const MAX_HOPS: usize = 64;

/// The number of a schema as it is written in one of the documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct SchemaId(usize);

/// The number of a set of values: see [`Meaning`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct NodeId(usize);

/// A set of values: those that all of `schemas` allow, where of each alternative in `picks` only
/// the chosen branch counts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Meaning {
    pub(crate) schemas: Vec<SchemaId>,
    /// The list of alternatives (`oneOf`, `anyOf`), and the index of the chosen branch.
    pub(crate) picks: Vec<(SchemaId, usize)>,
    /// Only values of these kinds.
    pub(crate) kinds: Types,
    /// Only objects with these values of properties, as JSON, or without them.
    pub(crate) tags: Vec<(String, Option<String>)>,
    /// Only this value, as JSON.
    pub(crate) only: Option<String>,
}

impl Meaning {
    /// Whether it is all that the schemas allow, and no part of that.
    pub(crate) fn is_whole(&self) -> bool {
        let parts = self.picks.len() + self.tags.len();
        parts == 0 && self.kinds == Types::ALL && self.only.is_none()
    }
}

/// All schemas and sets of values that a comparison has met.
pub(crate) struct Pool<'d> {
    pub(crate) base: Document<'d>,
    pub(crate) revision: Document<'d>,
    pub(crate) sameness: Sameness<'d>,
    spots: Vec<Spot<'d>>,
    /// Where references end, by the schema that may be one.
    ends: HashMap<SchemaId, SchemaId>,
    ids: HashMap<(Side, String), SchemaId>,
    meanings: Vec<Rc<Meaning>>,
    nodes: HashMap<Rc<Meaning>, NodeId>,
    pub(super) shapes: HashMap<NodeId, Rc<Shape<'d>>>,
    /// How many schemas were read into shapes so far.
    pub(super) reads: usize,
}

impl<'d> Pool<'d> {
    pub(crate) fn new(base: Document<'d>, revision: Document<'d>) -> Self {
        Self {
            base,
            revision,
            sameness: Sameness::of(&base, &revision),
            spots: Vec::new(),
            ends: HashMap::new(),
            ids: HashMap::new(),
            meanings: Vec::new(),
            nodes: HashMap::new(),
            shapes: HashMap::new(),
            reads: 0,
        }
    }

    pub(crate) fn document(&self, side: Side) -> Document<'d> {
        match side {
            Side::Base => self.base,
            Side::Revision => self.revision,
        }
    }

    pub(crate) fn schema(&mut self, spot: Spot<'d>) -> SchemaId {
        let key = (spot.side, spot.pointer.clone());
        if let Some(&id) = self.ids.get(&key) {
            return id;
        }
        let id = SchemaId(self.spots.len());
        self.spots.push(spot);
        self.ids.insert(key, id);
        id
    }

    pub(crate) fn spot(&self, id: SchemaId) -> &Spot<'d> {
        &self.spots[id.0]
    }

    /// The class of a schema, or of a list of schemas: those of one class mean the same.
    pub(crate) fn class(&mut self, id: SchemaId) -> ClassId {
        let spot = &self.spots[id.0];
        self.sameness.class(spot)
    }

    /// The schema that a reference leads to; of anything else, itself. References that lead
    /// nowhere stay what they are.
    pub(crate) fn end(&mut self, id: SchemaId) -> SchemaId {
        if let Some(&end) = self.ends.get(&id) {
            return end;
        }
        let mut spot = self.spot(id).clone();
        let mut end = id;
        for _ in 0..MAX_HOPS {
            let Some(reference) = self.reference(&spot) else {
                break;
            };
            match self.document(spot.side).target(reference) {
                Some(target) => spot = target,
                None => break,
            }
            end = self.schema(spot.clone());
        }
        self.ends.insert(id, end);
        end
    }

    /// The reference that a schema is, if it is nothing else. Keywords beside a reference count
    /// from OpenAPI 3.1 on.
    pub(crate) fn reference(&self, spot: &Spot<'d>) -> Option<&'d str> {
        let reference = spot.text("$ref")?;
        let siblings = spot.value.as_object()?.keys();
        let says_more = siblings
            .into_iter()
            .any(|key| key != "$ref" && !is_text(key));
        (!(says_more && self.counts_siblings(spot.side))).then_some(reference)
    }

    fn counts_siblings(&self, side: Side) -> bool {
        let root = self.document(side).root();
        let version = root.text("openapi").unwrap_or_default();
        version.starts_with("3.") && !version.starts_with("3.0")
    }

    /// The set of values that all of `schemas` allow; of none, every value.
    pub(crate) fn node(&mut self, schemas: Vec<SchemaId>) -> NodeId {
        self.only(schemas, None)
    }

    /// The set of a value that all of `schemas` allow; without a value, of all that they do.
    pub(crate) fn only(&mut self, schemas: Vec<SchemaId>, value: Option<&Value>) -> NodeId {
        self.intern(Meaning {
            schemas,
            picks: Vec::new(),
            kinds: Types::ALL,
            tags: Vec::new(),
            only: value.map(Value::to_string),
        })
    }

    /// The part of a set of objects in which a property has a value, or is not there.
    pub(crate) fn tag(&mut self, node: NodeId, name: &str, value: Option<&Value>) -> NodeId {
        let mut meaning = (*self.meaning(node)).clone();
        let tag = (name.to_owned(), value.map(Value::to_string));
        meaning.tags.push(tag);
        self.intern(meaning)
    }

    /// The set of values of a schema where it is written.
    pub(crate) fn node_at(&mut self, spot: Spot<'d>) -> NodeId {
        let id = self.schema(spot);
        self.node(vec![id])
    }

    pub(crate) fn intern(&mut self, mut meaning: Meaning) -> NodeId {
        for schema in &mut meaning.schemas {
            *schema = self.end(*schema);
        }
        meaning.schemas.sort_unstable();
        meaning.schemas.dedup();
        meaning.picks.sort_unstable();
        meaning.tags.sort_unstable();
        if let Some(&id) = self.nodes.get(&meaning) {
            return id;
        }
        let (id, meaning) = (NodeId(self.meanings.len()), Rc::new(meaning));
        self.meanings.push(Rc::clone(&meaning));
        self.nodes.insert(meaning, id);
        id
    }

    pub(crate) fn meaning(&self, id: NodeId) -> Rc<Meaning> {
        Rc::clone(&self.meanings[id.0])
    }

    /// The values of both sets.
    pub(crate) fn both(&mut self, one: NodeId, other: NodeId) -> NodeId {
        let (one, other) = (self.meaning(one), self.meaning(other));
        let both = |one: &[SchemaId], other: &[SchemaId]| [one, other].concat();
        self.intern(Meaning {
            schemas: both(&one.schemas, &other.schemas),
            picks: [&one.picks[..], &other.picks[..]].concat(),
            kinds: one.kinds & other.kinds,
            tags: [&one.tags[..], &other.tags[..]].concat(),
            only: one.only.clone().or_else(|| other.only.clone()),
        })
    }

    /// The part of a set in which one alternative is settled. Where the alternatives (of `anyOf`,
    /// which excludes no values that two of them allow) are all that a schema says, that is the
    /// alternative in its place.
    pub(crate) fn pick(&mut self, node: NodeId, alternatives: SchemaId, branch: usize) -> NodeId {
        match self.spot(alternatives).pointer.ends_with("/anyOf") {
            true => self.alone(node, alternatives, branch),
            false => self.picked(node, alternatives, branch),
        }
    }

    /// An alternative as a contract of its own, whatever the others allow.
    pub(crate) fn alone(&mut self, node: NodeId, alternatives: SchemaId, branch: usize) -> NodeId {
        let meaning = self.meaning(node);
        let list = self.spot(alternatives).clone();
        let chosen = list.items().nth(branch);
        let around = meaning.schemas.iter().position(|&schema| {
            let spot = self.spot(schema);
            spot.side == list.side && says_only(spot, &list)
        });
        match (chosen, around) {
            (Some(chosen), Some(around)) => {
                let mut meaning = (*meaning).clone();
                meaning.schemas[around] = self.schema(chosen);
                self.intern(meaning)
            }
            _ => self.picked(node, alternatives, branch),
        }
    }

    fn picked(&mut self, node: NodeId, alternatives: SchemaId, branch: usize) -> NodeId {
        let mut meaning = (*self.meaning(node)).clone();
        meaning.picks.push((alternatives, branch));
        self.intern(meaning)
    }

    /// The part of a set that is of some kinds.
    pub(crate) fn narrow(&mut self, node: NodeId, kinds: Types) -> NodeId {
        let mut meaning = (*self.meaning(node)).clone();
        meaning.kinds = meaning.kinds & kinds;
        self.intern(meaning)
    }
}

/// Whether a schema says nothing but its list of alternatives, and whether `null` passes beside
/// them.
fn says_only(schema: &Spot<'_>, list: &Spot<'_>) -> bool {
    let Some((around, keyword)) = list.pointer.rsplit_once('/') else {
        return false;
    };
    let idle = |key: &String| {
        key == keyword || key == "nullable" || key == "discriminator" || is_text(key)
    };
    around == schema.pointer
        && schema
            .value
            .as_object()
            .is_some_and(|keywords| keywords.keys().all(idle))
}
