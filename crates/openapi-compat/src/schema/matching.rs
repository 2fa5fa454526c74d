//! Which alternative of one union stands for which of another.
//!
//! In this order: equal alternatives, those of the same reference, of the same tag of a
//! discriminator or of a property with one value, of the same title, and the most similar of the
//! rest.

use std::collections::BTreeSet;

use serde_json::Value;

use super::inclusion::{Engine, Question, Wire};
use super::pool::{NodeId, SchemaId};
use super::shape::{Shape, Union};
use super::types::Types;

/// How many pairs of alternatives are compared for similarity.
const MAX_PAIRS: usize = 4_096;
/// The least similarity of alternatives that stand for each other, of 100.
const SIMILAR: usize = 50;

/// A sign by which alternatives recognize each other.
#[derive(Debug, PartialEq, Eq)]
enum Sign {
    Class(crate::sameness::ClassId),
    Reference(String),
    /// A property, and its only value.
    Tag(String, String),
    Title(String),
}

impl<'d> Engine<'d> {
    /// For each branch of a source's union the part of the target that stands for it.
    pub(super) fn counterparts(
        &mut self,
        question: Question,
        union: &Union,
        target: &Shape<'d>,
    ) -> Vec<Option<NodeId>> {
        let ours = union.branches.clone();
        let Some(other) = target.unions.first() else {
            return self.closest_to_whole(question, union);
        };
        let theirs = &other.branches;
        let mut taken = vec![false; theirs.len()];
        let mut found: Vec<Option<usize>> = vec![None; ours.len()];
        let signs: [fn(&mut Self, SchemaId) -> Option<Sign>; 4] = [
            |engine, id| {
                let end = engine.pool.end(id);
                Some(Sign::Class(engine.pool.class(end)))
            },
            |engine, id| {
                let reference = engine.pool.spot(id).text("$ref")?;
                Some(Sign::Reference(reference.to_owned()))
            },
            |engine, id| {
                let node = engine.pool.node(vec![id]);
                let shape = engine.pool.shape(node);
                let (name, value) = engine.only_tag(&shape)?;
                Some(Sign::Tag(name, value.to_string()))
            },
            |engine, id| {
                let end = engine.pool.end(id);
                let title = engine.pool.spot(end).text("title")?;
                Some(Sign::Title(title.to_owned()))
            },
        ];
        for sign in signs {
            let theirs: Vec<_> = theirs.iter().map(|&id| sign(self, id)).collect();
            for (index, &id) in ours.iter().enumerate() {
                if found[index].is_some() {
                    continue;
                }
                let Some(wanted) = sign(self, id) else {
                    continue;
                };
                let same = |&at: &usize| !taken[at] && theirs[at].as_ref() == Some(&wanted);
                if let Some(at) = (0..theirs.len()).find(same) {
                    taken[at] = true;
                    found[index] = Some(at);
                }
            }
        }
        self.match_similar(question, (&ours, theirs), &mut found, &mut taken);
        let pick = |at: Option<usize>| Some(self.pool.alone(question.target, other.at, at?));
        found.into_iter().map(pick).collect()
    }

    /// Matches what is left by similarity, the most similar first.
    fn match_similar(
        &mut self,
        question: Question,
        (ours, theirs): (&[SchemaId], &[SchemaId]),
        found: &mut [Option<usize>],
        taken: &mut [bool],
    ) {
        let free = |flags: &mut dyn Iterator<Item = bool>| -> Vec<usize> {
            let free = flags.enumerate().filter(|(_, taken)| !taken);
            free.map(|(index, _)| index).collect()
        };
        let mine = free(&mut found.iter().map(Option::is_some));
        let others = free(&mut taken.iter().copied());
        if mine.len() * others.len() > MAX_PAIRS {
            return;
        }
        let mut pairs = Vec::new();
        for &one in &mine {
            for &other in &others {
                let nodes = [ours[one], theirs[other]].map(|id| self.pool.node(vec![id]));
                let mut alike = self.similarity(question, nodes[0], nodes[1]);
                // The place in the list tells apart what is alike otherwise.
                alike += usize::from(alike > 0 && one == other);
                pairs.push((alike, one, other));
            }
        }
        pairs.retain(|(alike, ..)| *alike >= SIMILAR);
        pairs.sort_by_key(|(alike, one, other)| (std::cmp::Reverse(*alike), *one, *other));
        for (_, one, other) in pairs {
            if found[one].is_none() && !taken[other] {
                found[one] = Some(other);
                taken[other] = true;
            }
        }
    }

    /// Against a target without alternatives, the most similar branch stands for all of it.
    fn closest_to_whole(&mut self, question: Question, union: &Union) -> Vec<Option<NodeId>> {
        let mut best: Option<(usize, usize)> = None;
        for branch in 0..union.branches.len() {
            let part = self.pool.pick(question.source, union.at, branch);
            let alike = self.similarity(question, part, question.target);
            if alike > 0 && best.is_none_or(|(most, _)| alike > most) {
                best = Some((alike, branch));
            }
        }
        (0..union.branches.len())
            .map(|branch| (best.map(|(_, best)| best) == Some(branch)).then_some(question.target))
            .collect()
    }

    /// How similar two sets are, of 100. Nothing in common is 0.
    fn similarity(&mut self, question: Question, one: NodeId, other: NodeId) -> usize {
        let shapes = [one, other].map(|node| self.pool.shape(node));
        let [one_shape, other_shape] = &shapes;
        if self.is_disjoint(question, one_shape, other)
            || self.is_disjoint(question, other_shape, one)
        {
            return 0;
        }
        let kinds = [one_shape.types, other_shape.types];
        if (kinds[0] & kinds[1]).is_empty() {
            return 0;
        }
        let of_objects = kinds.iter().all(|kinds| *kinds == Types::OBJECT)
            || shapes.iter().all(|shape| !shape.object.parts.is_empty());
        if of_objects {
            let names = |shape: &Shape<'d>| shape.object.names().collect::<BTreeSet<_>>();
            let (ours, theirs) = (names(one_shape), names(other_shape));
            let all = ours.union(&theirs).count();
            let common = ours.intersection(&theirs).count();
            return (common * 99).checked_div(all).unwrap_or(SIMILAR);
        }
        let formats = |shape: &Shape<'d>| {
            [&shape.string.formats, &shape.number.formats].map(|formats| formats.first().copied())
        };
        match (
            kinds[0] == kinds[1],
            formats(one_shape) == formats(other_shape),
        ) {
            (true, true) => 80,
            (true, false) => 60,
            (false, _) => SIMILAR,
        }
    }

    /// Whether a source certainly has values outside a target: of other kinds, or with another
    /// value of a property that both have few values for.
    pub(super) fn is_disjoint(
        &mut self,
        question: Question,
        source: &Shape<'d>,
        target: NodeId,
    ) -> bool {
        // Text is of several kinds at once.
        if question.wire != Wire::Json {
            return false;
        }
        let shape = self.pool.shape(target);
        if !shape.unreadable.is_empty() || !source.unreadable.is_empty() {
            return false;
        }
        if (source.types & shape.types).is_empty() {
            return true;
        }
        if source.types != Types::OBJECT {
            return false;
        }
        let required: Vec<&str> = source.object.required.keys().copied().collect();
        required.into_iter().any(|name| {
            let theirs = match shape.object.property(name).declared {
                true => self.few_values(&shape, name),
                false => None,
            };
            let Some(theirs) = theirs else {
                return false;
            };
            let ours = match &source.object.property(name).value {
                Some(value) => Some(vec![value.clone()]),
                None => self.few_values(source, name),
            };
            ours.is_some_and(|ours| {
                !ours.is_empty() && ours.iter().all(|value| !theirs.contains(value))
            })
        })
    }

    /// The property of an object that has one value only, and that value.
    fn only_tag(&mut self, shape: &Shape<'d>) -> Option<(String, Value)> {
        if !shape.types.has(Types::OBJECT) {
            return None;
        }
        let mut names: Vec<&str> = shape.object.names().collect();
        names.sort_unstable();
        names.dedup();
        names.into_iter().find_map(|name| {
            let mut values = self.few_values(shape, name)?;
            (values.len() == 1).then_some((name.to_owned(), values.pop()?))
        })
    }
}
