//! Alternatives (`oneOf`, `anyOf`), what is excluded (`not`), and the tags that tell alternatives
//! apart (`discriminator`).
//!
//! A source is split into its branches, and each must fit into one branch of the target. `oneOf`
//! is read as people use it, as a choice: a value that fits two branches is not looked for
//! everywhere, but where a small example shows that the target refuses it for that, it counts.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::decision::{Clause, Verdict};
use super::gap::{Gap, Suspicion};
use super::inclusion::{Answer, Direction, Engine, Names, Question, Step};
use super::pool::{NodeId, SchemaId};
use super::shape::{Shape, Union};
use super::types::Types;
use super::validator::Role;
use openapi_document::pointer;

/// How many ways through the alternatives of one source are followed.
const MAX_PICKS: usize = 6;
/// How many properties of one source are told apart by their values, and how many values of each.
const MAX_TAGS: usize = 2;
const MAX_VALUES: usize = 32;
/// How many gaps of the best branch are looked at to explain why no branch fits.
const MAX_REASONS: usize = 24;
/// How many questions are looked at for gaps of a branch.
const MAX_SEEN: usize = 64;
/// How many branches are looked at to explain why none fits.
const MAX_NEAR: usize = 12;
/// How deep explanations nest.
const MAX_NESTING: usize = 2;

impl<'d> Engine<'d> {
    /// Splits the source at its first alternative. True if it had one.
    ///
    /// An alternative that has a counterpart in the target is compared with that, as a contract of
    /// its own: that another alternative takes its values for objects with undeclared properties
    /// helps no client that reads them.
    pub(crate) fn split_source(
        &mut self,
        question: Question,
        source: &Shape<'d>,
        target: &Shape<'d>,
        answer: &mut Answer,
    ) -> bool {
        let Some(union) = source.unions.first() else {
            return false;
        };
        if self.pool.meaning(question.source).picks.len() >= MAX_PICKS {
            return false;
        }
        if union.spares_null && source.types.has(Types::NULL) {
            let source = self.null_of(question.source, source);
            let null = Question { source, ..question };
            answer.below.push((Step::Same, null));
        }
        let counterparts = match self.deciding {
            true => vec![None; union.branches.len()],
            false => self.counterparts(question, union, target),
        };
        for (branch, counterpart) in counterparts.into_iter().enumerate() {
            let part = self.pool.pick(question.source, union.at, branch);
            let whole = Question {
                source: part,
                ..question
            };
            let below = match (self.deciding, counterpart) {
                (true, _) => Some(whole),
                (false, Some(counterpart)) => {
                    let pair = Question {
                        source: self.pool.alone(question.source, union.at, branch),
                        target: counterpart,
                        ..question
                    };
                    let moved = pair != whole
                        && self.contained(pair) == Verdict::Refuted
                        && self.is_declared(whole);
                    if !moved {
                        let twice = self.refused_as_ambiguous(whole, union, source, target);
                        answer.gaps.extend(twice);
                    }
                    Some(if moved { whole } else { pair })
                }
                (false, None) => {
                    let only_tolerated =
                        self.contained(whole) == Verdict::Holds && !self.is_declared(whole);
                    if only_tolerated {
                        let alone = Question {
                            source: self.pool.alone(question.source, union.at, branch),
                            ..question
                        };
                        let gap = self.stray_alternative(alone, union, source, target);
                        answer.gaps.push(gap);
                    }
                    (!only_tolerated).then_some(whole)
                }
            };
            answer.below.extend(below.map(|below| (Step::Same, below)));
        }
        true
    }

    /// A value of a matched alternative that a changed `oneOf` refuses, since another of its
    /// branches allows it too.
    fn refused_as_ambiguous(
        &mut self,
        part: Question,
        union: &Union,
        source: &Shape<'d>,
        target: &Shape<'d>,
    ) -> Option<Gap> {
        let other = target.unions.first().filter(|other| other.exclusive)?;
        let same = union.exclusive && self.pool.class(union.at) == self.pool.class(other.at);
        if same {
            return None;
        }
        let shape = self.pool.shape(part.source);
        let value = self.fits_two_branches(part, &shape, other)?;
        let suspicion = Suspicion::new("oneOf", vec![value]);
        Some(self.gap(part, source, target, suspicion))
    }

    /// Whether the target has every value of the source without taking a declared property for
    /// an undeclared one.
    fn is_declared(&mut self, question: Question) -> bool {
        let names = Names::Declared;
        self.contained(Question { names, ..question }) == Verdict::Holds
    }

    /// An alternative that the other side has only by not looking at what it does not know.
    fn stray_alternative(
        &mut self,
        question: Question,
        union: &Union,
        source: &Shape<'d>,
        target: &Shape<'d>,
    ) -> Gap {
        let examples = self.examples(question.source, question.direction);
        let role = Role {
            direction: question.direction,
            sends: true,
        };
        let mut examples = examples.into_iter();
        let witness = examples.find(|value| self.accepts(question.source, role, value));
        let keyword = if union.exclusive { "oneOf" } else { "anyOf" };
        let suspicion = Suspicion::new(keyword, Vec::new());
        let gap = self.gap(question, source, target, suspicion);
        Gap {
            witness,
            tolerated: true,
            ..gap
        }
    }

    /// The `null` of a nullable set, as a set of its own.
    fn null_of(&mut self, node: NodeId, source: &Shape<'d>) -> NodeId {
        let mut part = self.pool.narrow(node, Types::NULL);
        for union in &source.unions {
            part = self.pool.pick(part, union.at, usize::MAX);
        }
        part
    }

    /// Splits a source of several kinds of values that meets alternatives. True if it was split.
    pub(crate) fn split_kinds(
        &mut self,
        question: Question,
        common: &Shape<'d>,
        target: &Shape<'d>,
        answer: &mut Answer,
    ) -> bool {
        let parts = self.parts_by_kind(question, common);
        let undecided = parts.len() > 1
            && target
                .unions
                .iter()
                .any(|union| self.fits_a_branch(question, common, union) != Verdict::Holds);
        if self.deciding || !undecided {
            return false;
        }
        answer
            .below
            .extend(parts.into_iter().map(|part| (Step::Same, part)));
        true
    }

    /// The question for each kind of values by itself.
    fn parts_by_kind(&mut self, question: Question, common: &Shape<'d>) -> Vec<Question> {
        let kinds = [
            Types::STRING,
            Types::NUMBER,
            Types::BOOLEAN,
            Types::OBJECT,
            Types::ARRAY,
            Types::NULL,
        ];
        kinds
            .into_iter()
            .map(|kinds| common.types & kinds)
            .filter(|kinds| !kinds.is_empty())
            .map(|kinds| Question {
                source: self.pool.narrow(question.source, kinds),
                ..question
            })
            .collect()
    }

    /// The branches that the source may fit, the likeliest first.
    fn likely_branches(
        &mut self,
        question: Question,
        source: &Shape<'d>,
        union: &Union,
    ) -> Vec<Question> {
        let meaning = self.pool.meaning(question.source);
        let said: Vec<_> = meaning
            .schemas
            .iter()
            .map(|&id| self.pool.spot(id).pointer.clone())
            .collect();
        let mut found = Vec::new();
        for &branch in &union.branches {
            let target = self.pool.node(vec![branch]);
            if self.is_disjoint(question, source, target) {
                continue;
            }
            let end = self.pool.end(branch);
            let likely = said.contains(&self.pool.spot(end).pointer);
            found.push((!likely, Question { target, ..question }));
        }
        found.sort_by_key(|(unlikely, _)| *unlikely);
        found.into_iter().map(|(_, question)| question).collect()
    }

    /// Whether the whole source fits into one branch.
    fn fits_a_branch(&mut self, question: Question, source: &Shape<'d>, union: &Union) -> Verdict {
        let mut verdict = Verdict::Refuted;
        if self.deciding {
            return verdict;
        }
        for branch in self.likely_branches(question, source, union) {
            match self.contained(branch) {
                Verdict::Holds => return Verdict::Holds,
                Verdict::Undecided => verdict = Verdict::Undecided,
                Verdict::Refuted => {}
            }
        }
        verdict
    }

    pub(crate) fn compare_unions(
        &mut self,
        question: Question,
        source: &Shape<'d>,
        target: &Shape<'d>,
        answer: &mut Answer,
    ) {
        for union in &target.unions {
            let null = union.spares_null && source.types == Types::NULL;
            if null || self.says_the_same(source, union.at) {
                continue;
            }
            let keyword = if union.exclusive { "oneOf" } else { "anyOf" };
            if self.deciding {
                answer.refuted |= self.fits_two_branches(question, source, union).is_some();
                let clause = self.clause(question, source, union);
                answer.clauses.push(clause);
                continue;
            }
            match self.fits_a_branch(question, source, union) {
                Verdict::Holds => {
                    let twice = self.fits_two_branches(question, source, union);
                    if let Some(value) = twice {
                        let suspicion = Suspicion::new(keyword, vec![value]);
                        answer
                            .gaps
                            .push(self.gap(question, source, target, suspicion));
                    }
                    continue;
                }
                Verdict::Undecided => {
                    let suspicion = Suspicion::new("limit", Vec::new());
                    let gap = self.gap(question, source, target, suspicion);
                    answer.gaps.push(gap);
                    continue;
                }
                Verdict::Refuted => {}
            }
            if let Some(parts) = self.parts_by_tag(question, source, union) {
                answer
                    .below
                    .extend(parts.into_iter().map(|part| (Step::Same, part)));
                continue;
            }
            let reasons = self.reasons(question, source, union);
            if reasons.is_empty() {
                let candidates = self.examples(question.source, question.direction);
                let mut gap = self.gap(
                    question,
                    source,
                    target,
                    Suspicion::new(keyword, candidates),
                );
                gap.target = union.at;
                answer.gaps.push(gap);
            }
            answer.gaps.extend(reasons);
        }
    }

    /// All ways to fit into a union: as a whole into one branch, or part by part.
    fn clause(&mut self, question: Question, source: &Shape<'d>, union: &Union) -> Clause {
        let branches = self.likely_branches(question, source, union);
        let mut clause: Clause = branches.into_iter().map(|branch| vec![branch]).collect();
        let kinds = self.parts_by_kind(question, source);
        if kinds.len() > 1 {
            clause.push(kinds);
        } else {
            clause.extend(self.parts_by_tag(question, source, union));
        }
        clause
    }

    /// The questions for objects by the value of a property with few of them, if the alternatives
    /// tell objects apart by it.
    fn parts_by_tag(
        &mut self,
        question: Question,
        source: &Shape<'d>,
        union: &Union,
    ) -> Option<Vec<Question>> {
        let known = source.object.tags.len();
        if source.types != Types::OBJECT || known >= MAX_TAGS {
            return None;
        }
        let mut names: Vec<&str> = source.object.names().collect();
        names.sort_unstable();
        names.dedup();
        for name in names {
            let required = source.object.required.contains_key(name);
            let Some(values) = self.few_values(source, name) else {
                continue;
            };
            let settled = source.object.tags.contains_key(name) || (required && values.len() < 2);
            if settled || !self.is_sent(source, name, question.direction) {
                continue;
            }
            let tells_apart = union.branches.iter().any(|&branch| {
                let node = self.pool.node(vec![branch]);
                let shape = self.pool.shape(node);
                self.few_values(&shape, name).is_some()
            });
            if !tells_apart {
                continue;
            }
            let cases = values.iter().map(Some).chain((!required).then_some(None));
            let parts = cases.map(|case| Question {
                source: self.pool.tag(question.source, name, case),
                ..question
            });
            return Some(parts.collect());
        }
        None
    }

    /// The values that a property can have, if there are few.
    pub(super) fn few_values(&mut self, shape: &Shape<'d>, name: &str) -> Option<Vec<Value>> {
        let property = shape.object.property(name);
        let node = self.pool.node(property.schemas);
        let shape = self.pool.shape(node);
        match &shape.enums {
            Some(values) => {
                let mut values = values.clone();
                values.retain(|value| shape.types.has(Types::of(value)));
                (values.len() <= MAX_VALUES).then_some(values)
            }
            None if shape.types == Types::BOOLEAN => Some(vec![json!(true), json!(false)]),
            None => None,
        }
    }

    fn says_the_same(&mut self, source: &Shape<'d>, part: SchemaId) -> bool {
        let class = self.pool.class(part);
        let part = self.pool.spot(part).clone();
        let around = pointer::parent(&part.pointer).unwrap_or_default();
        let key = pointer::last(&part.pointer).unwrap_or_default();
        source.members.iter().any(|&member| {
            let member = self.pool.spot(member).clone();
            member.get(&key).is_some_and(|own| {
                self.pool.sameness.class(&own) == class
                    && (member.pointer != around || own.side != part.side)
            })
        })
    }

    /// A value of the source that an exclusive target refuses, since two branches allow it.
    fn fits_two_branches(
        &mut self,
        question: Question,
        source: &Shape<'d>,
        union: &Union,
    ) -> Option<Value> {
        if !union.exclusive {
            return None;
        }
        let near = self.likely_branches(question, source, union);
        if near.len() < 2 {
            return None;
        }
        let mut candidates = self.made_examples(question.source, question.direction);
        for branch in near.iter().take(8) {
            let both = self.pool.both(question.source, branch.target);
            let values = self.made_examples(both, question.direction);
            candidates.extend(values.into_iter().take(3));
        }
        candidates
            .into_iter()
            .find(|value| self.refuted(question, value))
    }

    /// Why the source does not fit, from the branch that it fits best: gaps below that branch whose
    /// witness, put into a whole value, is refused by the whole target.
    fn reasons(&mut self, question: Question, source: &Shape<'d>, union: &Union) -> Vec<Gap> {
        if self.nesting >= MAX_NESTING {
            return Vec::new();
        }
        let mut best: Option<(usize, Vec<Gap>)> = None;
        let mut near = self.likely_branches(question, source, union);
        if near.is_empty() {
            near = self.branches(question, union);
        }
        for branch in near.into_iter().take(MAX_NEAR) {
            self.nesting += 1;
            let found = self.gaps_below(branch);
            self.nesting -= 1;
            let wrong_kind = found
                .iter()
                .any(|(path, gap)| path.is_empty() && gap.keyword == "type");
            let tags = &self.pool.shape(question.source).object.tags;
            let wrong_tag = found.iter().any(|(path, _)| match path.as_slice() {
                [(_, Step::Property(name))] => tags.contains_key(name.as_str()),
                _ => false,
            });
            let count =
                found.len() + if wrong_kind { 1000 } else { 0 } + if wrong_tag { 100 } else { 0 };
            let mut proven = Vec::new();
            for (path, gap) in found {
                let Some(value) = gap.witness.clone() else {
                    continue;
                };
                let lifted = path
                    .iter()
                    .rev()
                    .try_fold(value, |value, (question, step)| {
                        self.lift(*question, step, value)
                    });
                if let Some(value) = lifted.filter(|value| self.refuted(question, value)) {
                    proven.push(Gap {
                        scope: question,
                        witness: Some(value),
                        ..gap
                    });
                }
            }
            if !proven.is_empty() && best.as_ref().is_none_or(|(least, _)| count < *least) {
                best = Some((count, proven));
            }
        }
        match best {
            // Of the wrong kind for every branch: that is about the alternatives as a whole.
            Some((count, _)) if count >= 1000 => Vec::new(),
            Some((_, gaps)) => gaps,
            None => Vec::new(),
        }
    }

    fn branches(&mut self, question: Question, union: &Union) -> Vec<Question> {
        let branches = union.branches.iter();
        branches
            .map(|&branch| Question {
                target: self.pool.node(vec![branch]),
                ..question
            })
            .collect()
    }

    /// The gaps that can be reached from a question, each with the way to it.
    fn gaps_below(&mut self, question: Question) -> Vec<(Vec<(Question, Step)>, Gap)> {
        let mut seen = BTreeSet::from([question]);
        let mut todo: Vec<(Vec<(Question, Step)>, Question)> = vec![(Vec::new(), question)];
        let mut found = Vec::new();
        while let Some((path, question)) = todo.pop() {
            let answer = self.answer(question);
            for gap in &answer.gaps {
                let mut gap = gap.clone();
                // A witness of a union inside stands for the whole question already.
                if gap.scope != question {
                    gap.scope = question;
                }
                found.push((path.clone(), gap));
                if found.len() >= MAX_REASONS {
                    return found;
                }
            }
            if seen.len() >= MAX_SEEN {
                continue;
            }
            for (step, below) in &answer.below {
                if seen.insert(*below) {
                    let mut path = path.clone();
                    path.push((question, step.clone()));
                    todo.push((path, *below));
                }
            }
        }
        found
    }

    /// Each `not` of the target must exclude nothing that the source has.
    pub(crate) fn compare_nots(
        &mut self,
        question: Question,
        source: &Shape<'d>,
        target: &Shape<'d>,
        answer: &mut Answer,
    ) {
        for not in &target.nots {
            let excluded = self.pool.node(vec![not.schema]);
            let both = self.pool.both(question.source, excluded);
            let shape = self.pool.shape(both);
            let apart = self
                .without_empty_kinds(both, &shape, question.direction)
                .types
                .is_empty();
            if apart {
                continue;
            }
            let excluded_before = source.nots.iter().map(|own| Question {
                source: excluded,
                target: self.pool.node(vec![own.schema]),
                ..question
            });
            let excluded_before: Vec<Question> = excluded_before.collect();
            if self.deciding {
                answer
                    .clauses
                    .push(excluded_before.into_iter().map(|one| vec![one]).collect());
                continue;
            }
            let known = excluded_before
                .into_iter()
                .any(|before| self.contained(before) == Verdict::Holds);
            if known {
                continue;
            }
            let candidates = self.examples(both, question.direction);
            let suspicion = Suspicion::new("not", candidates);
            answer
                .gaps
                .push(self.gap(question, source, target, suspicion));
        }
    }

    /// Tags that the sender uses and the receiver does not know. JSON Schema has no word for tags,
    /// so the witness is the tag itself.
    pub(crate) fn compare_tags(
        &mut self,
        question: Question,
        source: &Shape<'d>,
        target: &Shape<'d>,
        answer: &mut Answer,
    ) {
        let (Some(&from), Some(&to)) = (
            source.stated.get("discriminator"),
            target.stated.get("discriminator"),
        ) else {
            return;
        };
        let (sent, known) = (self.tags(from), self.tags(to));
        let name = |engine: &Self, id| {
            let discriminator = engine.pool.spot(id).get("discriminator");
            discriminator
                .and_then(|spot| spot.text("propertyName"))
                .unwrap_or_default()
                .to_owned()
        };
        let property = name(self, from);
        let renamed = property != name(self, to);
        let missing = sent.keys().find(|tag| renamed || !known.contains_key(*tag));
        if let Some(tag) = missing {
            let mut gap = self.gap(
                question,
                source,
                target,
                Suspicion::new("discriminator", vec![]),
            );
            gap.witness = Some(json!({ property.clone(): tag }));
            gap.property = Some(if renamed { property } else { tag.clone() });
            answer.gaps.push(gap);
        }
        if !renamed {
            for (tag, schema) in sent {
                if let Some(&other) = known.get(&tag) {
                    let below = Question {
                        source: self.pool.node(vec![schema]),
                        target: self.pool.node(vec![other]),
                        ..question
                    };
                    answer.below.push((Step::Same, below));
                }
            }
        }
    }

    /// Values that a sender may use since they were listed, in a list that is not closed
    /// (`x-extensible-enum`). JSON Schema has no word for such lists either.
    pub(crate) fn compare_open_lists(
        &mut self,
        question: Question,
        source: &Shape<'d>,
        target: &Shape<'d>,
        answer: &mut Answer,
    ) {
        const KEYWORD: &str = "x-extensible-enum";
        let listed = |engine: &Self, shape: &Shape<'d>| {
            let stated = shape.stated.get(KEYWORD)?;
            engine.pool.spot(*stated).get(KEYWORD)?.value.as_array()
        };
        // A list that grows in responses is what it was left open for.
        if question.direction == Direction::Response {
            return;
        }
        let (Some(sent), Some(known)) = (listed(self, source), listed(self, target)) else {
            return;
        };
        let missing: Vec<_> = sent
            .iter()
            .filter(|value| !known.contains(value))
            .cloned()
            .collect();
        if let Some(first) = missing.first().cloned() {
            let mut gap = self.gap(question, source, target, Suspicion::new(KEYWORD, vec![]));
            gap.witness = Some(first);
            gap.refused = missing;
            answer.gaps.push(gap);
        }
    }

    /// The tags of a discriminator: those it maps, and the names of the branches and of the schemas
    /// that extend it that it does not.
    pub(super) fn tags(&mut self, id: SchemaId) -> BTreeMap<String, SchemaId> {
        if let Some(tags) = self.tags.get(&id) {
            return tags.clone();
        }
        let tags = self.find_tags(id);
        self.tags.insert(id, tags.clone());
        tags
    }

    fn find_tags(&mut self, id: SchemaId) -> BTreeMap<String, SchemaId> {
        let spot = self.pool.spot(id).clone();
        let document = self.pool.document(spot.side);
        let mut tags = BTreeMap::new();
        let mut mapped = BTreeSet::new();
        let mapping = spot
            .get("discriminator")
            .and_then(|spot| spot.get("mapping"));
        for (tag, target) in mapping.iter().flat_map(|mapping| mapping.entries()) {
            let Some(reference) = target.value.as_str() else {
                continue;
            };
            let reference = match reference.contains(['#', '/']) {
                true => reference.to_owned(),
                false => format!("#/components/schemas/{reference}"),
            };
            if let Some(target) = document.target(&reference) {
                mapped.insert(target.pointer.clone());
                tags.insert(tag.to_owned(), self.pool.schema(target));
            }
        }
        for list in ["oneOf", "anyOf"]
            .iter()
            .filter_map(|keyword| spot.get(keyword))
        {
            for branch in list.items() {
                let target = branch
                    .text("$ref")
                    .and_then(|reference| document.target(reference));
                if let Some(target) = target.filter(|target| !mapped.contains(&target.pointer)) {
                    let name = pointer::last(&target.pointer)
                        .unwrap_or_default()
                        .into_owned();
                    tags.insert(name, self.pool.schema(target));
                }
            }
        }
        // Schemas that extend this one are its alternatives without being listed.
        let components = document.root().get("components");
        let schemas = components.and_then(|components| components.get("schemas"));
        for (name, schema) in schemas.iter().flat_map(|schemas| schemas.entries()) {
            let parts = schema.get("allOf");
            let extends = parts.iter().flat_map(|parts| parts.items()).any(|part| {
                let target = part.text("$ref").and_then(|to| document.target(to));
                target.is_some_and(|target| target.pointer == spot.pointer)
            });
            if extends && !mapped.contains(&schema.pointer) {
                let schema = self.pool.schema(schema);
                tags.entry(name.to_owned()).or_insert(schema);
            }
        }
        tags
    }
}
