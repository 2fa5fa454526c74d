//! Copies values whose references lead to places of the bundled document.

use serde_json::{Map, Value};

use super::address::is_file;
use super::{Bundler, Cause, Failure, MAX_COPIES, MAX_DEPTH, Placed, Spot, Unresolved, component};
use crate::pointer;
use crate::references::Position;

/// What stands for a reference.
enum Referred {
    /// What it refers to.
    Inside(Value),
    /// A reference.
    To(String),
}

impl Bundler<'_> {
    pub(super) fn copy_root(&mut self) -> Value {
        let root = self.root;
        let spot = Spot {
            file: 0,
            at: String::new(),
            mount: String::new(),
            depth: 0,
        };
        self.copy(root.value(), &spot, Position::DOCUMENT)
    }

    /// A copy of what gets a component of its own.
    pub(super) fn copy_component(&mut self, placed: Placed) -> Option<Value> {
        let target = self.value(&placed.address)?;
        self.parts
            .origins
            .insert(placed.mount.clone(), placed.address.clone());
        let spot = Spot {
            file: placed.address.0,
            at: placed.address.1,
            mount: placed.mount,
            depth: 3,
        };
        Some(self.copy(&target, &spot, component(placed.section)))
    }

    fn copy(&mut self, value: &Value, spot: &Spot, position: Position<'_>) -> Value {
        if spot.file != 0 {
            self.copied += 1;
        }
        match value {
            Value::Object(entries) if !position.is_data() => {
                let Some(Value::String(reference)) = entries.get("$ref") else {
                    return Value::Object(self.members(entries, spot, position));
                };
                let whole = entries.len() == 1;
                match self.refer(reference, spot, position, whole) {
                    Referred::Inside(copy) => copy,
                    Referred::To(text) => {
                        let mut copy = self.members(entries, spot, position);
                        copy.insert("$ref".to_owned(), text.into());
                        Value::Object(copy)
                    }
                }
            }
            Value::Array(items) if !position.is_data() => items
                .iter()
                .enumerate()
                .map(|(index, item)| self.copy(item, &spot.member(&index.to_string()), position))
                .collect(),
            data => data.clone(),
        }
    }

    fn members(
        &mut self,
        entries: &Map<String, Value>,
        spot: &Spot,
        position: Position<'_>,
    ) -> Map<String, Value> {
        let mut copies = Map::new();
        for (key, value) in entries {
            let inside = spot.member(key);
            let copy = match value {
                Value::String(text) if position.is_mapping() && is_file(text) => {
                    match self.refer(text, &inside, component("schemas"), false) {
                        Referred::To(text) => text.into(),
                        Referred::Inside(copy) => copy,
                    }
                }
                value => self.copy(value, &inside, position.member(key, value)),
            };
            copies.insert(key.clone(), copy);
        }
        copies
    }

    /// What stands for a reference in the bundled document. A reference that is the whole of a
    /// value may give way to its target.
    fn refer(
        &mut self,
        reference: &str,
        spot: &Spot,
        position: Position<'_>,
        whole: bool,
    ) -> Referred {
        let target = match self.follow(spot.file, reference) {
            Ok(target) => target,
            Err(_) if position.is_extension() => return Referred::To(reference.to_owned()),
            Err(failure) => return self.give_up(reference, spot, failure),
        };
        let written_out = whole && position.is_written_out();
        if target.0 == 0 && !written_out {
            return Referred::To(match spot.file {
                0 if reference.starts_with('#') => reference.to_owned(),
                _ => format!("#{}", pointer::encode(&target.1)),
            });
        }
        if self.copied > MAX_COPIES {
            let reason =
                format!("more than {MAX_COPIES} values of other files; bundle the document before");
            return self.give_up(reference, spot, Failure::new(Cause::Limit, reason));
        }
        let own_place = whole && self.places.get(&target).is_some_and(|at| *at == spot.mount);
        if !own_place && !written_out {
            let place = self.place(target, position.slot());
            return Referred::To(format!("#{}", pointer::encode(&place)));
        }
        if spot.depth > MAX_DEPTH {
            let reason = "it contains itself where OpenAPI has no references; take the circle out";
            return self.give_up(reference, spot, Failure::new(Cause::Limit, reason));
        }
        let Some(value) = self.value(&target) else {
            let reason = "it leads to nothing; correct it";
            return self.give_up(reference, spot, Failure::new(Cause::Nothing, reason));
        };
        let place = spot.mount.clone();
        self.parts.origins.insert(place.clone(), target.clone());
        if target.0 != 0 {
            self.places.entry(target.clone()).or_insert(place.clone());
        }
        let inside = Spot {
            file: target.0,
            at: target.1,
            mount: place,
            // Each step counts for more than one: what contains itself ends soon.
            depth: spot.depth + 16,
        };
        Referred::Inside(self.copy(&value, &inside, position))
    }

    /// Leaves a reference as it is. One of another file to itself names that file, for it must
    /// not lead to what the document happens to have there.
    fn give_up(&mut self, reference: &str, spot: &Spot, failure: Failure) -> Referred {
        let text = match reference.strip_prefix('#') {
            Some(_) if spot.file != 0 => format!("{}{reference}", self.path(spot.file)),
            _ => reference.to_owned(),
        };
        let unresolved = Unresolved {
            pointer: spot.mount.clone(),
            reference: reference.to_owned(),
            cause: failure.cause,
            reason: failure.reason,
        };
        self.parts.unresolved.insert(spot.mount.clone(), unresolved);
        Referred::To(text)
    }
}
