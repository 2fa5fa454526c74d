//! A document to compare: its data, and what a reference in it stands for.

use openapi_document::{Source, pointer};
use serde_json::Value;

/// Which of the two documents something stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Side {
    Base,
    Revision,
}

/// Something in a document: where it is, and its data.
#[derive(Debug, Clone)]
pub(crate) struct Spot<'d> {
    pub(crate) side: Side,
    pub(crate) pointer: String,
    pub(crate) value: &'d Value,
}

impl<'d> Spot<'d> {
    /// The member `key` of this, if it has one that is not null.
    pub(crate) fn get(&self, key: &str) -> Option<Spot<'d>> {
        let value = self.value.get(key).filter(|value| !value.is_null())?;
        Some(self.with(key, value))
    }

    /// The members of a mapping, by key; none if it is no mapping.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&'d str, Spot<'d>)> + '_ {
        let entries = self.value.as_object().into_iter().flatten();
        entries.map(|(key, value)| (key.as_str(), self.with(key, value)))
    }

    /// The items of a list, in order; none if it is no list.
    pub(crate) fn items(&self) -> impl Iterator<Item = Spot<'d>> + '_ {
        let items = self.value.as_array().into_iter().flatten().enumerate();
        items.map(|(index, value)| self.with(&index.to_string(), value))
    }

    pub(crate) fn text(&self, key: &str) -> Option<&'d str> {
        self.value.get(key)?.as_str()
    }

    pub(crate) fn flag(&self, key: &str) -> Option<bool> {
        self.value.get(key)?.as_bool()
    }

    fn with(&self, key: &str, value: &'d Value) -> Spot<'d> {
        Spot {
            side: self.side,
            pointer: pointer::join(&self.pointer, key),
            value,
        }
    }
}

/// One of the two documents.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Document<'d> {
    pub(crate) source: &'d Source,
    side: Side,
}

/// How many references to references are followed: more than anybody writes.
const MAX_HOPS: usize = 64;

impl<'d> Document<'d> {
    pub(crate) fn new(side: Side, source: &'d Source) -> Self {
        Self { source, side }
    }

    pub(crate) fn root(&self) -> Spot<'d> {
        Spot {
            side: self.side,
            pointer: String::new(),
            value: self.source.value(),
        }
    }

    /// What a `$ref` of this document points to.
    pub(crate) fn target(&self, reference: &str) -> Option<Spot<'d>> {
        let found = self.source.resolve(reference)?;
        Some(Spot {
            side: self.side,
            pointer: found.pointer,
            value: found.value,
        })
    }

    /// Follows references until something that is not one. An unreadable reference is an error
    /// with the spot of the reference itself.
    pub(crate) fn resolve(&self, spot: Spot<'d>) -> Result<Spot<'d>, Spot<'d>> {
        let mut at = spot;
        for _ in 0..MAX_HOPS {
            match at.text("$ref") {
                None => return Ok(at),
                Some(reference) => match self.target(reference) {
                    Some(target) => at = target,
                    None => return Err(at),
                },
            }
        }
        Err(at)
    }
}
