//! Does one set of values lie in another, and if not, where does it stick out?
//!
//! Two sets are taken apart side by side: properties with properties, items with items, branches
//! with branches. Each [`Question`] is answered for its own level only ([`Answer`]); the questions
//! below it are a graph, in which a cycle needs no end: sets that differ nowhere on the way around
//! are equal (the greatest fixpoint). So one set lies in another exactly if no question that can
//! be reached has a gap.
//!
//! A question is looked at in two ways: [`super::decision`] only wants to know whether there is a
//! gap, and [`Engine::answer`] where it is, with a value that proves it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use serde_json::{Value, json};

use super::decision::{CHECK_COST, Clause, Decisions, QUESTION_COST};
use super::gap::{Gap, Suspicion};
use super::numbers;
use super::pool::{NodeId, Pool, SchemaId};
use super::shape::{Opaque, Shape};
use super::strings;
use super::types::Types;
use super::validator::{Role, Validators};
use crate::document::{Document, Side, Spot};

/// Which way values travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Direction {
    /// From client to server.
    Request,
    /// From server to client.
    Response,
}

/// How values are written on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Wire {
    Json,
    /// As text without types: a query's `1` is a number or a string, whatever the reader expects.
    Text,
    /// As markup, where even a structure is text to those who do not look inside.
    Markup,
}

/// Does every value of `source` belong to `target`?
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Question {
    pub(crate) source: NodeId,
    pub(crate) target: NodeId,
    pub(crate) direction: Direction,
    pub(crate) wire: Wire,
    /// How properties are read that only the source names.
    pub(crate) names: Names,
}

/// How properties are read that the source names, and an open target does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Names {
    /// The receiver ignores them.
    Ignored,
    /// The target must name them: what it takes for an undeclared property does not count as the
    /// alternative that was promised.
    Declared,
}

/// A step from a value into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    /// Not into it: a part of the same set.
    Same,
    Property(String),
    Item,
}

impl Step {
    pub(crate) fn is_property(&self) -> bool {
        matches!(self, Step::Property(_))
    }
}

/// What a question finds at its own level, and the questions below it.
#[derive(Debug, Default)]
pub(crate) struct Answer {
    pub(crate) gaps: Vec<Gap>,
    pub(crate) below: Vec<(Step, Question)>,
    /// Optional properties that only one side names: nobody breaks, but people want to know.
    pub(crate) one_sided: Vec<OneSided>,
    /// While deciding: something at this level speaks against it.
    pub(crate) refuted: bool,
    /// While deciding: constraints that can be met in several ways.
    pub(crate) clauses: Vec<Clause>,
}

/// An optional property that only one side names.
#[derive(Debug, Clone)]
pub(crate) struct OneSided {
    pub(crate) property: String,
    /// The schema of the property.
    pub(crate) schema: SchemaId,
    /// An object schema of the side that does not name it.
    pub(crate) other: SchemaId,
    pub(crate) named_by_source: bool,
    /// Whether it goes this way at all: not if it is `readOnly` in requests, or `writeOnly` in
    /// responses.
    pub(crate) sent: bool,
}

/// What one comparison may cost, in the units of [`super::decision`], before the rest of its
/// questions is left open.
const MAX_COST: usize = 250_000 * QUESTION_COST;
/// How many candidates for a witness are tried.
const MAX_TRIES: usize = 48;

/// The state of a comparison: all sets met, all questions answered.
pub(crate) struct Engine<'d> {
    pub(crate) pool: Pool<'d>,
    validators: Validators,
    answers: HashMap<Question, Rc<Answer>>,
    pub(super) decisions: Decisions,
    /// Whether a question is looked at to decide it, and not for what there is to tell.
    pub(super) deciding: bool,
    /// The tags of discriminators.
    pub(super) tags: HashMap<SchemaId, BTreeMap<String, SchemaId>>,
    /// What was done so far, in the units of [`super::decision`].
    pub(super) cost: usize,
    /// How many answers are being made within each other, to explain why no alternative fits.
    pub(super) nesting: usize,
    /// The kinds of values of a set, by how deep its parts were looked into.
    pub(super) kinds: HashMap<(NodeId, Direction, usize), Types>,
    /// Made-up values of a set, by how deep they may nest, and what they cost.
    pub(super) examples: HashMap<(NodeId, Direction, usize), (Vec<Value>, usize)>,
    /// What is left for making up the current example.
    pub(super) fuel: usize,
}

impl<'d> Engine<'d> {
    pub(crate) fn new(base: Document<'d>, revision: Document<'d>) -> Self {
        Self {
            pool: Pool::new(base, revision),
            validators: Validators::default(),
            answers: HashMap::new(),
            decisions: Decisions::default(),
            deciding: false,
            tags: HashMap::new(),
            cost: 0,
            nesting: 0,
            kinds: HashMap::new(),
            examples: HashMap::new(),
            fuel: 0,
        }
    }

    /// The answer to a question at its own level, with all that there is to tell.
    pub(crate) fn answer(&mut self, question: Question) -> Rc<Answer> {
        if let Some(answer) = self.answers.get(&question) {
            return Rc::clone(answer);
        }
        self.cost += QUESTION_COST;
        let answer = Rc::new(match self.spent() < MAX_COST {
            true => self.examine(question),
            false => self.give_up(question),
        });
        // Within explanations of others, answers say less.
        if self.nesting == 0 {
            self.answers.insert(question, Rc::clone(&answer));
        }
        answer
    }

    /// The answer to a question that is not looked at any more.
    fn give_up(&mut self, question: Question) -> Answer {
        let shapes = [question.source, question.target].map(|node| self.pool.shape(node));
        let suspicion = Suspicion::new("limit", Vec::new());
        let gap = self.gap(question, &shapes[0], &shapes[1], suspicion);
        Answer {
            gaps: vec![gap],
            ..Answer::default()
        }
    }

    /// A question at its own level, without proof.
    pub(super) fn look(&mut self, question: Question) -> Answer {
        let before = std::mem::replace(&mut self.deciding, true);
        let answer = self.examine(question);
        self.deciding = before;
        answer
    }

    fn examine(&mut self, question: Question) -> Answer {
        let (source, target) = (
            self.pool.shape(question.source),
            self.pool.shape(question.target),
        );
        let mut answer = Answer::default();
        if self.is_same(&source, question.target) {
            return answer;
        }
        let source = self.without_empty_kinds(question.source, &source, question.direction);
        if source.types.is_empty() {
            return answer;
        }
        if let Some(&unreadable) = source.unreadable.first().or(target.unreadable.first()) {
            let gap = self.gap(
                question,
                &source,
                &target,
                Suspicion::new("unreadable", vec![]),
            );
            let at = self.pool.spot(unreadable).side;
            let mut gap = gap;
            match at == self.pool.spot(gap.source).side {
                true => gap.source = unreadable,
                false => gap.target = unreadable,
            }
            answer.gaps.push(gap);
            // Of a side that is not known at all, nothing else can be said.
            if source.members.len() == 1 || target.members.len() == 1 {
                return answer;
            }
        }
        if self.deciding && !answer.gaps.is_empty() {
            return answer;
        }
        self.compare_tags(question, &source, &target, &mut answer);
        self.compare_open_lists(question, &source, &target, &mut answer);
        if let Some(values) = &source.enums {
            self.check_listed(question, &source, &target, values, &mut answer);
            return answer;
        }
        if self.split_source(question, &source, &target, &mut answer) {
            return answer;
        }
        let mut suspicions = self.compare_types(question, &source, &target, &mut answer);
        if self.deciding && !suspicions.is_empty() {
            answer.refuted = true;
            return answer;
        }
        let kinds = source.types & target.types;
        let common = match kinds == source.types {
            true => Rc::clone(&source),
            false => Rc::new(Shape {
                types: kinds,
                ..(*source).clone()
            }),
        };
        if !common.types.is_empty() {
            if target.enums.is_some() && !target.flags.extensible {
                suspicions.extend(self.compare_list(question, &common, &target));
            } else if self.split_kinds(question, &common, &target, &mut answer) {
                // Each kind of values meets the alternatives by itself.
            } else {
                if common.types.has(Types::NUMBER) {
                    suspicions.extend(numbers::gaps(&common, &target));
                }
                if common.types.has(Types::STRING) {
                    suspicions.extend(strings::gaps(&common, &target));
                }
                if common.types.has(Types::ARRAY) {
                    suspicions.extend(self.array_gaps(question, &common, &target, &mut answer));
                }
                if common.types.has(Types::OBJECT) {
                    suspicions.extend(self.object_gaps(question, &common, &target, &mut answer));
                }
                suspicions.extend(self.compare_opaque(question, &source, &target));
                if self.deciding && !suspicions.is_empty() {
                    answer.refuted = true;
                    return answer;
                }
                self.compare_unions(question, &source, &target, &mut answer);
                self.compare_nots(question, &source, &target, &mut answer);
            }
        }
        if self.deciding {
            answer.refuted |= !suspicions.is_empty();
            return answer;
        }
        for suspicion in suspicions {
            let gap = self.gap(question, &source, &target, suspicion);
            answer.gaps.push(gap);
        }
        self.compare_idle(question, &source, &target, &mut answer);
        answer
    }

    /// Keywords that are not taken apart: what the source does not say in the same words may be
    /// violated.
    fn compare_opaque(
        &mut self,
        question: Question,
        source: &Shape<'d>,
        target: &Shape<'d>,
    ) -> Vec<Suspicion> {
        let said = |wanted: &Opaque| {
            let same = |own: &Opaque| own.keyword == wanted.keyword && own.class == wanted.class;
            source.opaque.iter().any(same)
        };
        let missing: Vec<_> = target.opaque.iter().filter(|one| !said(one)).collect();
        missing
            .into_iter()
            .map(|one| {
                let candidates = self.examples(question.source, question.direction);
                Suspicion::new(one.keyword, candidates)
            })
            .collect()
    }

    /// Compares limits of values that `type` excludes. Nothing follows from them; but who wrote
    /// them meant something, so that either they or the type is a mistake.
    fn compare_idle(
        &mut self,
        question: Question,
        source: &Shape<'d>,
        target: &Shape<'d>,
        answer: &mut Answer,
    ) {
        let limited = source.contradicted | target.contradicted;
        let idle = limited & !(source.types | target.types);
        if idle.is_empty() {
            return;
        }
        let meant = |shape: &Shape<'d>| Shape {
            types: idle,
            ..shape.clone()
        };
        let (from, to) = (meant(source), meant(target));
        let mut suspicions = Vec::new();
        if idle.has(Types::NUMBER) {
            suspicions.extend(numbers::gaps(&from, &to));
        }
        if idle.has(Types::STRING) {
            suspicions.extend(strings::gaps(&from, &to));
        }
        if idle.has(Types::ARRAY) {
            suspicions.extend(self.array_gaps(question, &from, &to, answer));
        }
        if idle.has(Types::OBJECT) {
            suspicions.extend(self.object_gaps(question, &from, &to, answer));
        }
        for suspicion in suspicions {
            let unproven = Suspicion {
                candidates: Vec::new(),
                ..suspicion
            };
            let gap = self.gap(question, source, target, unproven);
            answer.gaps.push(Gap { idle: true, ..gap });
        }
    }

    /// Whether the source is known to say everything that the target says.
    fn is_same(&mut self, source: &Shape<'d>, target: NodeId) -> bool {
        let meaning = self.pool.meaning(target);
        if !meaning.is_whole() {
            return false;
        }
        let said: Vec<_> = source
            .members
            .iter()
            .map(|&id| self.pool.class(id))
            .collect();
        meaning
            .schemas
            .iter()
            .all(|&wanted| said.contains(&self.pool.class(wanted)))
    }

    /// Tries each value of a list: exact, whatever the target says.
    fn check_listed(
        &mut self,
        question: Question,
        source: &Shape<'d>,
        target: &Shape<'d>,
        values: &[Value],
        answer: &mut Answer,
    ) {
        let mut refused: BTreeSet<(&'static str, usize)> = BTreeSet::new();
        let mut undecided = false;
        for (index, value) in values.iter().enumerate() {
            if value.is_null() && question.wire == Wire::Text {
                continue;
            }
            let check = self.check(question, value);
            undecided |= check.is_none();
            if check == Some(true) {
                let kind = Types::of(value);
                let keyword = if target.types.has(kind) && target.enums.is_some() {
                    "enum"
                } else if value.is_null() && !target.types.has(kind) {
                    "nullable"
                } else if !target.types.has(kind) {
                    "type"
                } else {
                    first_stated(target, source)
                };
                refused.insert((keyword, index));
            }
        }
        if undecided {
            let suspicion = Suspicion::new("enum", vec![]);
            answer
                .gaps
                .push(self.gap(question, source, target, suspicion));
        }
        let keywords: BTreeSet<&'static str> =
            refused.iter().map(|(keyword, _)| *keyword).collect();
        for keyword in keywords {
            let values: Vec<Value> = refused
                .iter()
                .filter(|(other, _)| *other == keyword)
                .filter_map(|(_, index)| values.get(*index).cloned())
                .collect();
            let suspicion = Suspicion::new(keyword, values.clone());
            let mut gap = self.gap(question, source, target, suspicion);
            gap.refused = values;
            answer.gaps.push(gap);
        }
    }

    fn compare_types(
        &mut self,
        question: Question,
        source: &Shape<'d>,
        target: &Shape<'d>,
        answer: &mut Answer,
    ) -> Vec<Suspicion> {
        let mut missing = source.types & !target.types;
        let spelled = match question.wire {
            Wire::Json => Types::NONE,
            Wire::Text => Types::NUMBER | Types::BOOLEAN,
            Wire::Markup => Types::ALL & !Types::NULL,
        };
        if question.wire == Wire::Text {
            // Text has no null: what is not there is left out.
            missing = missing & !Types::NULL;
            missing = missing & !self.single_items(question, source, target, missing, answer);
        }
        let text = target.types.has(Types::STRING);
        if text && target.enums.is_none() && !has_string_rules(target) {
            missing = missing & !spelled;
        }
        if text && target.enums.is_none() && strings::allow_whole_numbers(target) {
            missing = missing & !(spelled & Types::INTEGER);
        }
        let words = [Value::Bool(true), Value::Bool(false)];
        if text
            && (missing & spelled).has(Types::BOOLEAN)
            && words
                .iter()
                .all(|word| self.check(question, word) == Some(false))
        {
            missing = missing & !Types::BOOLEAN;
        }
        if missing.has(Types::FRACTION) && numbers::only_whole(source) {
            missing = missing & !Types::FRACTION;
        }
        let mut suspicions = Vec::new();
        let one_has_none = source.members.is_empty() != target.members.is_empty();
        let kinds = match one_has_none {
            true => [("schema", missing), ("nullable", Types::NONE)],
            false => [
                ("type", missing & !Types::NULL),
                ("nullable", missing & Types::NULL),
            ],
        };
        for (keyword, kinds) in kinds {
            if kinds.is_empty() {
                continue;
            }
            let part = self.pool.narrow(question.source, kinds);
            let mut candidates = self.examples(part, question.direction);
            candidates.sort_by_key(|value| usize::from(value.as_str() == Some("1")));
            let candidates = candidates
                .into_iter()
                .filter(|value| kinds.has(Types::of(value)))
                .collect();
            suspicions.push(Suspicion::new(keyword, candidates));
        }
        suspicions
    }

    /// The kinds of values that a target reads as lists of one: the text of a value is the text of
    /// a list that has nothing else. The item is compared in the place of the value.
    fn single_items(
        &mut self,
        question: Question,
        source: &Shape<'d>,
        target: &Shape<'d>,
        missing: Types,
        answer: &mut Answer,
    ) -> Types {
        let scalars = missing & (Types::STRING | Types::NUMBER | Types::BOOLEAN);
        let list = &target.array;
        let holds_one = target.types.has(Types::ARRAY)
            && list.min <= 1
            && list.max.is_none_or(|max| max > 0)
            && target.unions.is_empty();
        if scalars.is_empty() || !holds_one || !source.unions.is_empty() {
            return Types::NONE;
        }
        if !list.items.is_empty() {
            let below = Question {
                source: self.pool.narrow(question.source, scalars),
                target: self.pool.node(list.items.clone()),
                ..question
            };
            answer.below.push((Step::Same, below));
        }
        scalars
    }

    /// Against a list of values: any value of the source that is not in it.
    fn compare_list(
        &mut self,
        question: Question,
        common: &Shape<'d>,
        target: &Shape<'d>,
    ) -> Option<Suspicion> {
        let listed = target.enums.as_deref().unwrap_or_default();
        let part = self.pool.narrow(question.source, common.types);
        let mut candidates = self.made_examples(part, question.direction);
        if common.types.has(Types::STRING) {
            let longest = listed
                .iter()
                .filter_map(Value::as_str)
                .map(str::len)
                .max()
                .unwrap_or(0);
            candidates.push(Value::from("a".repeat(longest + 1)));
        }
        let finite = common.types & !(Types::BOOLEAN | Types::NULL);
        let fits = |engine: &mut Self, value| engine.check(question, value) == Some(false);
        if finite.is_empty()
            && !candidates.is_empty()
            && candidates.iter().all(|value| fits(self, value))
        {
            return None;
        }
        candidates.retain(|value| !listed.iter().any(|other| numbers::same_value(other, value)));
        Some(Suspicion::new("enum", candidates))
    }

    /// Turns a suspicion into a gap: with a witness if one of its candidates proves it.
    pub(crate) fn gap(
        &mut self,
        question: Question,
        source: &Shape<'d>,
        target: &Shape<'d>,
        suspicion: Suspicion,
    ) -> Gap {
        let mut candidates = suspicion.candidates;
        candidates.truncate(if self.deciding { 0 } else { MAX_TRIES });
        let witness = candidates
            .into_iter()
            .find(|value| self.refuted(question, value));
        let (mut from, mut to) = (
            self.place(question.source, source, suspicion.keyword),
            self.place(question.target, target, suspicion.keyword),
        );
        // What is written nowhere stands for the side that the other does not.
        if source.members.is_empty() {
            from = self.root_of_other(to);
        } else if target.members.is_empty() {
            to = self.root_of_other(from);
        }
        Gap {
            keyword: suspicion.keyword,
            property: suspicion.property,
            source: from,
            target: to,
            scope: question,
            witness,
            idle: false,
            tolerated: false,
            refused: Vec::new(),
        }
    }

    /// The schema that states a keyword, or the innermost one that could.
    pub(crate) fn place(
        &mut self,
        node: NodeId,
        shape: &Shape<'d>,
        keyword: &'static str,
    ) -> SchemaId {
        let keyword = match keyword {
            "nullable" => "type",
            "property" => "additionalProperties",
            other => other,
        };
        let stated = shape.stated.get(keyword).copied();
        let written = shape
            .members
            .iter()
            .copied()
            .find(|&member| self.pool.spot(member).value.get("$ref").is_none());
        stated
            .or(written)
            .or(shape.members.first().copied())
            .unwrap_or_else(|| {
                let meaning = self.pool.meaning(node);
                meaning.schemas.first().copied().unwrap_or_else(|| {
                    let root: Spot<'d> = self.pool.revision.root();
                    self.pool.schema(root)
                })
            })
    }

    /// The root of the document that a schema is not in.
    fn root_of_other(&mut self, schema: SchemaId) -> SchemaId {
        let root: Spot<'d> = match self.pool.spot(schema).side {
            Side::Base => self.pool.revision.root(),
            Side::Revision => self.pool.base.root(),
        };
        self.pool.schema(root)
    }

    /// Whether a value proves that the source is not contained in the target: the validator finds
    /// it in the one and not in the other.
    pub(crate) fn refuted(&mut self, question: Question, value: &Value) -> bool {
        self.check(question, value) == Some(true)
    }

    /// Whether the validator finds a value in a set.
    pub(crate) fn accepts(&mut self, node: NodeId, role: Role, value: &Value) -> bool {
        let said = self.validators.accepts(&mut self.pool, node, role, value);
        said == Some(true)
    }

    /// [`Engine::refuted`]; nothing if the validator cannot say.
    fn check(&mut self, question: Question, value: &Value) -> Option<bool> {
        let before = self.validators.cost;
        let refuted = self.check_readings(question, value);
        let tried = usize::try_from(self.validators.cost - before).unwrap_or(usize::MAX);
        self.cost = self.cost.saturating_add(CHECK_COST).saturating_add(tried);
        refuted
    }

    fn check_readings(&mut self, question: Question, value: &Value) -> Option<bool> {
        let direction = question.direction;
        let readings = match question.wire {
            Wire::Json => vec![value.clone()],
            Wire::Text | Wire::Markup => readings(value),
        };
        let mut accepts = |node, sends, value: &Value| {
            let role = Role { direction, sends };
            self.validators.accepts(&mut self.pool, node, role, value)
        };
        let mut sent = false;
        for value in &readings {
            sent |= accepts(question.source, true, value)?;
        }
        let mut known = !sent;
        for value in readings.iter().filter(|_| sent) {
            known |= accepts(question.target, false, value)?;
        }
        Some(!known)
    }
}

/// The values that a text can be read as, and the text that a value is written as.
fn readings(value: &Value) -> Vec<Value> {
    let other = match value {
        Value::String(text) => serde_json::from_str::<Value>(text)
            .ok()
            .filter(|value| value.is_number() || value.is_boolean()),
        Value::Number(_) | Value::Bool(_) => Some(json!(value.to_string())),
        _ => None,
    };
    std::iter::once(value.clone()).chain(other).collect()
}

fn has_string_rules(shape: &Shape<'_>) -> bool {
    let facets = &shape.string;
    facets.min > 1
        || facets.max.is_some()
        || !facets.patterns.is_empty()
        || !facets.formats.is_empty()
        || !shape.unions.is_empty()
        || !shape.nots.is_empty()
}

/// The first keyword of a target that its source does not state.
fn first_stated(target: &Shape<'_>, source: &Shape<'_>) -> &'static str {
    let stated = target.stated.keys().copied();
    stated
        .clone()
        .find(|key| !source.stated.contains_key(key) && *key != "type")
        .unwrap_or("enum")
}
