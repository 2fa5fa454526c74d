//! Sets of objects and of lists, property by property and item by item.
//!
//! One rule is not in the schemas: nobody sends a property that the sender's schema does not name,
//! unless that schema says what such a property looks like. So a new optional property breaks
//! nobody, although a schema without `additionalProperties` allows anything under any name.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::gap::Suspicion;
use super::inclusion::{Answer, Engine, Names, OneSided, Question, Step};
use super::pool::SchemaId;
use super::shape::{Property, Shape};
use super::types::Types;

impl<'d> Engine<'d> {
    /// The constraints on objects that the source violates; questions about properties are added
    /// to the answer.
    pub(crate) fn object_gaps(
        &mut self,
        question: Question,
        source: &Shape<'d>,
        target: &Shape<'d>,
        answer: &mut Answer,
    ) -> Vec<Suspicion> {
        let mut gaps = Vec::new();
        let names: BTreeSet<&'d str> = source.object.names().chain(target.object.names()).collect();
        for name in names {
            gaps.extend(self.compare_property(question, source, target, name, answer));
        }
        gaps.extend(self.compare_required(question, source, target));
        gaps.extend(self.compare_beyond(question, source, target, answer));
        gaps.extend(self.compare_counts(question, source, target));
        gaps
    }

    fn compare_property(
        &mut self,
        question: Question,
        source: &Shape<'d>,
        target: &Shape<'d>,
        name: &'d str,
        answer: &mut Answer,
    ) -> Option<Suspicion> {
        let (sent, understood) = (source.object.property(name), target.object.property(name));
        let named = sent.declared || !sent.schemas.is_empty();
        // A side with alternatives may name the property in one of them.
        let plain = source.unions.is_empty() && target.unions.is_empty();
        if plain && sent.declared != understood.declared && understood.forbidden.is_none() {
            let (schemas, other) = match sent.declared {
                true => (
                    &sent.schemas,
                    self.place(question.target, target, "properties"),
                ),
                false => (
                    &understood.schemas,
                    self.place(question.source, source, "properties"),
                ),
            };
            let schema = schemas.first().copied();
            let naming = if sent.declared { source } else { target };
            let sent_at_all = self.is_sent(naming, name, question.direction);
            answer.one_sided.extend(schema.map(|schema| OneSided {
                property: name.to_owned(),
                schema,
                other,
                named_by_source: sent.declared,
                sent: sent_at_all,
            }));
        }
        if sent.forbidden.is_some() || !named || !self.is_sent(source, name, question.direction) {
            return None;
        }
        if understood.forbidden.is_some() {
            let candidates = self.objects_with(question, source, name, &sent);
            return Some(Suspicion::new("property", candidates).about(name));
        }
        // A target that names no properties is about any object.
        let names_others = target.object.names().next().is_some();
        let unknown = understood.schemas.is_empty() && sent.declared && names_others;
        if unknown && question.names == Names::Declared {
            return Some(Suspicion::new("property", Vec::new()).about(name));
        }
        // What the other side says it never receives, it ignores.
        if understood.schemas.is_empty() || !self.is_sent(target, name, question.direction) {
            return None;
        }
        let below = Question {
            source: self.pool.only(sent.schemas, sent.value.as_ref()),
            target: self.pool.node(understood.schemas),
            ..question
        };
        answer.below.push((Step::Property(name.to_owned()), below));
        None
    }

    fn compare_required(
        &mut self,
        question: Question,
        source: &Shape<'d>,
        target: &Shape<'d>,
    ) -> Vec<Suspicion> {
        let mut gaps = Vec::new();
        for &name in target.object.required.keys() {
            let given = source.object.required.contains_key(name)
                && self.is_sent(source, name, question.direction);
            if given || !self.is_sent(target, name, question.direction) {
                continue;
            }
            let least = source.object.min;
            let without = self.example_object(source, question.direction, &[name], least);
            let candidates = without.into_iter().collect();
            gaps.push(Suspicion::new("required", candidates).about(name));
        }
        gaps
    }

    /// Compares what is said of properties that nobody names.
    fn compare_beyond(
        &mut self,
        question: Question,
        source: &Shape<'d>,
        target: &Shape<'d>,
        answer: &mut Answer,
    ) -> Option<Suspicion> {
        let (sent, understood) = (source.object.beyond(), target.object.beyond());
        if sent.forbidden.is_some() {
            return None;
        }
        if understood.forbidden.is_some() {
            let candidates = self.objects_with(question, source, "extra", &sent);
            return Some(Suspicion::new("additionalProperties", candidates));
        }
        if understood.schemas.is_empty() {
            return None;
        }
        if sent.schemas.is_empty() {
            let base = self.example_object(source, question.direction, &[], 0);
            let candidates = anything()
                .into_iter()
                .filter_map(|value| with_property(base.clone()?, "extra", value))
                .collect();
            return Some(Suspicion::new("additionalProperties", candidates));
        }
        let below = self.below(question, sent.schemas, understood.schemas);
        answer
            .below
            .push((Step::Property("extra".to_owned()), below));
        None
    }

    fn compare_counts(
        &mut self,
        question: Question,
        source: &Shape<'d>,
        target: &Shape<'d>,
    ) -> Vec<Suspicion> {
        let mut gaps = Vec::new();
        let needed = source.object.required.len() as u64;
        let fewest = source.object.min.max(needed);
        if target.object.min > fewest {
            let value = self.example_object(source, question.direction, &[], fewest);
            gaps.push(Suspicion::new("minProperties", value.into_iter().collect()));
        }
        if let Some(max) = target.object.max
            && source.object.most().is_none_or(|most| most > max)
        {
            let value = self.example_object(source, question.direction, &[], max + 1);
            gaps.push(Suspicion::new("maxProperties", value.into_iter().collect()));
        }
        gaps
    }

    /// The constraints on lists that the source violates.
    pub(crate) fn array_gaps(
        &mut self,
        question: Question,
        source: &Shape<'d>,
        target: &Shape<'d>,
        answer: &mut Answer,
    ) -> Vec<Suspicion> {
        let (from, to) = (&source.array, &target.array);
        let longest = match from.unique {
            true => self.most_different(from.items.clone()),
            false => None,
        };
        let most = [from.max, longest].into_iter().flatten().min();
        let mut gaps = Vec::new();
        let mut suspect = |engine: &mut Self, keyword, length, twins| {
            let value = engine.example_array(source, question.direction, length, twins);
            gaps.push(Suspicion::new(keyword, value.into_iter().collect()));
        };
        if to.min > from.min {
            suspect(self, "minItems", from.min, false);
        }
        if let Some(max) = to.max.filter(|&to| most.is_none_or(|from| from > to)) {
            suspect(self, "maxItems", from.min.max(max + 1), false);
        }
        if to.unique && !from.unique && from.max.is_none_or(|max| max > 1) {
            suspect(self, "uniqueItems", from.min.max(2), true);
        }
        if to.items.is_empty() || from.max == Some(0) {
            return gaps;
        }
        if from.items.is_empty() {
            let length = usize::try_from(from.min.clamp(1, 4096)).unwrap_or(1);
            let lists = anything()
                .into_iter()
                .map(|value| Value::Array(vec![value; length]));
            gaps.push(Suspicion::new("items", lists.collect()));
        } else {
            let below = self.below(question, from.items.clone(), to.items.clone());
            answer.below.push((Step::Item, below));
        }
        gaps
    }

    /// How many different items there can be, if few.
    fn most_different(&mut self, items: Vec<SchemaId>) -> Option<u64> {
        let node = self.pool.node(items);
        let shape = self.pool.shape(node);
        let listed = shape.enums.as_ref().map(|values| values.len() as u64);
        match shape.types {
            Types::BOOLEAN => Some(2),
            Types::NULL => Some(1),
            _ => listed,
        }
    }

    fn below(
        &mut self,
        question: Question,
        source: Vec<SchemaId>,
        target: Vec<SchemaId>,
    ) -> Question {
        Question {
            source: self.pool.node(source),
            target: self.pool.node(target),
            ..question
        }
    }

    /// Objects of the source that have a property.
    fn objects_with(
        &mut self,
        question: Question,
        source: &Shape<'d>,
        name: &str,
        property: &Property,
    ) -> Vec<Value> {
        let node = self
            .pool
            .only(property.schemas.clone(), property.value.as_ref());
        let mut values = self.examples(node, question.direction);
        values.truncate(4);
        let base = self.example_object(source, question.direction, &[name], 0);
        values
            .into_iter()
            .filter_map(|value| with_property(base.clone()?, name, value))
            .collect()
    }

    /// Puts a value where a step led to, into a small value of the set where the step began.
    pub(crate) fn lift(&mut self, question: Question, step: &Step, value: Value) -> Option<Value> {
        let shape = self.pool.shape(question.source);
        match step {
            Step::Same => Some(value),
            Step::Property(name) => {
                let base =
                    self.example_object(&shape, question.direction, &[name], shape.object.min)?;
                with_property(base, name, value)
            }
            Step::Item => {
                let length = usize::try_from(shape.array.min.clamp(1, 4096)).ok()?;
                Some(Value::Array(vec![value; length]))
            }
        }
    }
}

fn with_property(mut object: Value, name: &str, value: Value) -> Option<Value> {
    object.as_object_mut()?.insert(name.to_owned(), value);
    Some(object)
}

/// A value of each kind.
fn anything() -> Vec<Value> {
    vec![
        json!("a"),
        json!(1),
        json!(0.5),
        json!(true),
        json!({}),
        json!([]),
        Value::Null,
    ]
}
