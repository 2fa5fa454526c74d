//! Does one set of values lie in another, and if not, where does it stick out?
//!
//! Two sets are taken apart side by side: properties with properties, items with items, branches
//! with branches. Each [`Question`] is answered for its own level only ([`Answer`]); the questions
//! below it are a graph, in which a cycle needs no end: sets that differ nowhere on the way around
//! are equal (the greatest fixpoint). So one set lies in another exactly if no question that can
//! be reached has a gap.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use serde_json::{Value, json};

use super::gap::{Gap, Suspicion};
use super::numbers;
use super::pool::{NodeId, Pool, SchemaId};
use super::shape::Shape;
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

/// How many questions one comparison asks before it calls the rest unknown.
const MAX_QUESTIONS: usize = 60_000;
/// How deep questions about unions nest.
const MAX_NESTING: usize = 24;
/// How many values one comparison has checked by a validator before it calls the rest unknown.
const MAX_CHECKS: usize = 50_000;
/// How many candidates for a witness are tried.
const MAX_TRIES: usize = 48;

/// The state of a comparison: all sets met, all questions answered.
pub(crate) struct Engine<'d> {
    pub(crate) pool: Pool<'d>,
    validators: Validators,
    answers: HashMap<Question, Rc<Answer>>,
    /// The questions that are being answered, outermost first.
    active: Vec<Question>,
    /// The outermost active question that an answer relied on; its answer is not final before.
    relied_on: usize,
    asked: usize,
    checked: usize,
    /// How many sets were looked into for examples, all in all.
    pub(super) made: usize,
    /// What is left for making up the current example.
    pub(super) fuel: usize,
}

impl<'d> Engine<'d> {
    pub(crate) fn new(base: Document<'d>, revision: Document<'d>) -> Self {
        Self {
            pool: Pool::new(base, revision),
            validators: Validators::default(),
            answers: HashMap::new(),
            active: Vec::new(),
            relied_on: usize::MAX,
            asked: 0,
            checked: 0,
            made: 0,
            fuel: 0,
        }
    }

    /// Whether no question that can be reached from this one has a gap.
    pub(crate) fn contained(&mut self, question: Question) -> bool {
        let mut seen = BTreeSet::from([question]);
        let mut todo = vec![question];
        while let Some(question) = todo.pop() {
            let answer = self.answer(question);
            if !answer.gaps.is_empty() {
                return false;
            }
            todo.extend(
                answer
                    .below
                    .iter()
                    .map(|(_, below)| *below)
                    .filter(|q| seen.insert(*q)),
            );
        }
        true
    }

    /// The answer to a question at its own level.
    pub(crate) fn answer(&mut self, question: Question) -> Rc<Answer> {
        if let Some(answer) = self.answers.get(&question) {
            return Rc::clone(answer);
        }
        if let Some(index) = self.active.iter().position(|active| *active == question) {
            self.relied_on = self.relied_on.min(index);
            return Rc::new(Answer::default());
        }
        self.asked += 1;
        let level = self.active.len();
        if level >= MAX_NESTING || self.asked > MAX_QUESTIONS {
            return Rc::new(self.give_up(question));
        }
        let outer = std::mem::replace(&mut self.relied_on, usize::MAX);
        self.active.push(question);
        let answer = Rc::new(self.examine(question));
        self.active.pop();
        let final_answer = self.relied_on >= level;
        if final_answer {
            self.answers.insert(question, Rc::clone(&answer));
            self.relied_on = outer;
        } else {
            self.relied_on = self.relied_on.min(outer);
        }
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
        let source = self.without_empty_kinds(&source, question.direction);
        if source.types.is_empty() {
            return answer;
        }
        if self.refer_to_the_same(&source, &target) {
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
        self.compare_tags(question, &source, &target, &mut answer);
        self.compare_open_lists(question, &source, &target, &mut answer);
        if let Some(values) = &source.enums {
            self.check_listed(question, &source, &target, values, &mut answer);
            return answer;
        }
        if self.split_source(question, &source, &mut answer) {
            return answer;
        }
        let mut suspicions = self.compare_types(question, &source, &target);
        let mut common = source.clone();
        common.types = source.types & target.types;
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
                self.compare_unions(question, &source, &target, &mut answer);
                self.compare_nots(question, &source, &target, &mut answer);
            }
        }
        for suspicion in suspicions {
            let gap = self.gap(question, &source, &target, suspicion);
            answer.gaps.push(gap);
        }
        self.compare_idle(question, &source, &target, &mut answer);
        answer
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

    /// Whether both sides are the same reference to something that cannot be read.
    fn refer_to_the_same(&self, source: &Shape<'d>, target: &Shape<'d>) -> bool {
        let only = |shape: &Shape<'d>| match (&shape.members[..], &shape.unreadable[..]) {
            ([member], [unreadable]) if member == unreadable => {
                self.pool.spot(*member).text("$ref")
            }
            _ => None,
        };
        only(source).is_some_and(|reference| only(target) == Some(reference))
    }

    /// Whether the source is known to say everything that the target says.
    fn is_same(&self, source: &Shape<'d>, target: NodeId) -> bool {
        let meaning = self.pool.meaning(target);
        meaning.picks.is_empty()
            && meaning.schemas.iter().all(|&wanted| {
                let wanted = self.pool.spot(wanted);
                source
                    .members
                    .iter()
                    .any(|&member| self.pool.sameness.holds(self.pool.spot(member), wanted))
            })
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
    ) -> Vec<Suspicion> {
        let mut missing = source.types & !target.types;
        let spelled = match question.wire {
            Wire::Json => Types::NONE,
            Wire::Text => Types::NUMBER | Types::BOOLEAN,
            Wire::Markup => Types::ALL,
        };
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

    /// Against a list of values: any value of the source that is not in it.
    fn compare_list(
        &mut self,
        question: Question,
        common: &Shape<'d>,
        target: &Shape<'d>,
    ) -> Option<Suspicion> {
        let listed = target.enums.as_deref().unwrap_or_default();
        let part = self.pool.narrow(question.source, common.types);
        let mut candidates = self.examples(part, question.direction);
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
        candidates.truncate(MAX_TRIES);
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

    /// [`Engine::refuted`]; nothing if the validator cannot say.
    fn check(&mut self, question: Question, value: &Value) -> Option<bool> {
        self.checked += 1;
        if self.checked > MAX_CHECKS {
            return None;
        }
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

    fn give_up(&mut self, question: Question) -> Answer {
        let (source, target) = (
            self.pool.shape(question.source),
            self.pool.shape(question.target),
        );
        let gap = self.gap(
            question,
            &source,
            &target,
            Suspicion::new("unreadable", vec![]),
        );
        Answer {
            gaps: vec![gap],
            ..Answer::default()
        }
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
