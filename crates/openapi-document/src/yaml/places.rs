//! Where each value of a YAML document stands.

use std::collections::BTreeMap;

use crate::pointer;

/// The places of all values, as a tree in one vector. An alias is the very node of its anchor.
#[derive(Debug, Default)]
pub(crate) struct Places {
    nodes: Vec<Node>,
    root: NodeId,
}

pub(super) type NodeId = usize;

/// A value: where it begins, and what is inside.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) offset: usize,
    pub(super) inside: Inside,
}

#[derive(Debug)]
pub(super) enum Inside {
    Nothing,
    Items(Vec<NodeId>),
    Entries(Entries),
}

/// The entries of a mapping: where each key is, and its value's node.
pub(super) type Entries = BTreeMap<String, (usize, NodeId)>;

impl Places {
    pub(super) fn add(&mut self, node: Node) -> NodeId {
        self.nodes.push(node);
        self.nodes.len() - 1
    }

    pub(super) fn set_root(&mut self, root: NodeId) {
        self.root = root;
    }

    pub(super) fn entries(&self, id: NodeId) -> Option<&Entries> {
        match &self.nodes.get(id)?.inside {
            Inside::Entries(entries) => Some(entries),
            Inside::Nothing | Inside::Items(_) => None,
        }
    }

    pub(super) fn items(&self, id: NodeId) -> Option<&[NodeId]> {
        match &self.nodes.get(id)?.inside {
            Inside::Items(items) => Some(items),
            Inside::Nothing | Inside::Entries(_) => None,
        }
    }

    /// The byte offset of what `pointer` points to: of its key in a mapping.
    pub(crate) fn offset(&self, pointer: &str) -> Option<usize> {
        if !pointer.is_empty() && !pointer.starts_with('/') {
            return None;
        }
        let root = self.nodes.get(self.root)?;
        let mut at = (root.offset, root);
        for token in pointer::tokens(pointer) {
            at = match &at.1.inside {
                Inside::Nothing => return None,
                Inside::Items(items) => {
                    let index: usize = token.parse().ok()?;
                    let node = self.nodes.get(*items.get(index)?)?;
                    (node.offset, node)
                }
                Inside::Entries(entries) => {
                    let (key, id) = entries.get(&*token)?;
                    (*key, self.nodes.get(*id)?)
                }
            };
        }
        Some(at.0)
    }
}
