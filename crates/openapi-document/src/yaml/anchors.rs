//! Anchored values, and the bounds within which aliases may repeat them.

use std::collections::BTreeMap;

use serde_json::Value;

use super::places::NodeId;

/// How many values anchors and aliases may copy. Documents written by people copy a few thousand;
/// a document made to exhaust memory wants billions.
const MAX_COPIES: usize = 500_000;

/// The anchored values of a document, by the parser's number for them.
#[derive(Debug)]
pub(super) struct Anchors {
    values: BTreeMap<usize, Anchored>,
    copies_left: usize,
}

#[derive(Debug)]
struct Anchored {
    value: Value,
    node: NodeId,
    size: Size,
}

#[derive(Debug, Clone, Copy, Default)]
struct Size {
    values: usize,
    depth: usize,
}

impl Default for Anchors {
    fn default() -> Self {
        Self {
            values: BTreeMap::new(),
            copies_left: MAX_COPIES,
        }
    }
}

impl Anchors {
    /// Remembers a value if it has an anchor (anchors are numbered from 1).
    pub(super) fn define(
        &mut self,
        anchor: usize,
        value: &Value,
        node: NodeId,
    ) -> Result<(), String> {
        if anchor == 0 {
            return Ok(());
        }
        let size = measure(value);
        self.spend(size)?;
        self.values.insert(
            anchor,
            Anchored {
                value: value.clone(),
                node,
                size,
            },
        );
        Ok(())
    }

    /// A copy of the value that an alias stands for, its node, and how deep it nests.
    pub(super) fn resolve(&mut self, anchor: usize) -> Result<(Value, NodeId, usize), String> {
        let size = match self.values.get(&anchor) {
            Some(anchored) => anchored.size,
            None => return Err("an alias stands inside itself".to_owned()),
        };
        self.spend(size)?;
        self.values
            .get(&anchor)
            .map(|anchored| (anchored.value.clone(), anchored.node, anchored.size.depth))
            .ok_or_else(|| "an alias without an anchor".to_owned())
    }

    fn spend(&mut self, size: Size) -> Result<(), String> {
        self.copies_left = self.copies_left.checked_sub(size.values).ok_or_else(|| {
            format!("aliases repeat more than {MAX_COPIES} values: write the document without them")
        })?;
        Ok(())
    }
}

/// How many values a value has, itself included, and how deep they nest. Depth is bounded where
/// values are built, so this recursion is.
fn measure(value: &Value) -> Size {
    let inside: Size = match value {
        Value::Array(items) => items.iter().map(measure).fold(Size::default(), together),
        Value::Object(entries) => entries
            .values()
            .map(measure)
            .fold(Size::default(), together),
        _ => {
            return Size {
                values: 1,
                depth: 0,
            };
        }
    };
    Size {
        values: inside.values + 1,
        depth: inside.depth + 1,
    }
}

fn together(one: Size, other: Size) -> Size {
    Size {
        values: one.values + other.values,
        depth: one.depth.max(other.depth),
    }
}
