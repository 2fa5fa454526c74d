//! Builds data and places from the parser's events, one open collection on top of the other.

use saphyr_parser::{ScalarStyle, Tag};
use serde_json::{Map, Value};

use super::MAX_DEPTH;
use super::anchors::Anchors;
use super::places::{Entries, Inside, Node, NodeId, Places};
use crate::scalar;

/// A document under construction.
#[derive(Debug, Default)]
pub(super) struct Builder {
    open: Vec<Open>,
    anchors: Anchors,
    places: Places,
    root: Option<Value>,
}

/// A collection whose end has not come yet.
#[derive(Debug)]
struct Open {
    offset: usize,
    anchor: usize,
    collection: Collection,
}

#[derive(Debug)]
enum Collection {
    Sequence {
        items: Vec<Value>,
        nodes: Vec<NodeId>,
    },
    Mapping(Mapping),
}

#[derive(Debug, Default)]
struct Mapping {
    values: Map<String, Value>,
    entries: Entries,
    /// The key whose value comes next.
    key: Option<Key>,
    /// What `<<` asked to merge: added at the end, for what the mapping itself says goes first.
    merged: Vec<(Value, NodeId)>,
}

#[derive(Debug)]
struct Key {
    text: String,
    offset: usize,
    merge: bool,
}

impl Builder {
    pub(super) fn scalar(
        &mut self,
        offset: usize,
        text: String,
        style: ScalarStyle,
        tag: Option<&Tag>,
        anchor: usize,
    ) -> Result<(), String> {
        let plain = style == ScalarStyle::Plain;
        if let Some(mapping) = self.awaits_key() {
            let merge = plain && text == "<<";
            mapping.start_entry(Key {
                text: text.clone(),
                offset,
                merge,
            })?;
            // A key can be anchored too; what is repeated is a string.
            return self.anchors.define(anchor, &Value::String(text), 0);
        }
        let value = match tag {
            Some(tag) if tag.is_yaml_core_schema() => scalar::tagged(&tag.suffix, &text)?,
            // It makes a plain scalar text.
            Some(tag) if super::is_unspecific(tag) => Value::String(text),
            Some(tag) => return Err(scalar::unknown_tag(&tag.to_string())),
            None if plain => scalar::resolve(&text)?,
            None => Value::String(text),
        };
        let node = self.places.add(Node {
            offset,
            inside: Inside::Nothing,
        });
        self.anchors.define(anchor, &value, node)?;
        self.put(value, node)
    }

    pub(super) fn alias(&mut self, offset: usize, anchor: usize) -> Result<(), String> {
        let (value, node, depth) = self.anchors.resolve(anchor)?;
        if let Some(mapping) = self.awaits_key() {
            let text = match value {
                Value::String(text) => text,
                Value::Bool(_) | Value::Number(_) => value.to_string(),
                _ => return Err("a key must be a string, not a collection or null".to_owned()),
            };
            return mapping.start_entry(Key {
                text,
                offset,
                merge: false,
            });
        }
        self.check_depth(depth)?;
        self.put(value, node)
    }

    pub(super) fn start_sequence(&mut self, offset: usize, anchor: usize) -> Result<(), String> {
        self.start(
            offset,
            anchor,
            Collection::Sequence {
                items: Vec::new(),
                nodes: Vec::new(),
            },
        )
    }

    pub(super) fn start_mapping(&mut self, offset: usize, anchor: usize) -> Result<(), String> {
        self.start(offset, anchor, Collection::Mapping(Mapping::default()))
    }

    pub(super) fn end(&mut self) -> Result<(), String> {
        let Some(Open {
            offset,
            anchor,
            collection,
        }) = self.open.pop()
        else {
            return Ok(());
        };
        let (value, inside) = match collection {
            Collection::Sequence { items, nodes } => (Value::Array(items), Inside::Items(nodes)),
            Collection::Mapping(mapping) => {
                let (values, entries) = mapping.finish(&self.places)?;
                (Value::Object(values), Inside::Entries(entries))
            }
        };
        let node = self.places.add(Node { offset, inside });
        self.anchors.define(anchor, &value, node)?;
        self.put(value, node)
    }

    pub(super) fn finish(self) -> Option<(Value, Places)> {
        Some((self.root?, self.places))
    }

    fn start(
        &mut self,
        offset: usize,
        anchor: usize,
        collection: Collection,
    ) -> Result<(), String> {
        if self.awaits_key().is_some() {
            return Err("a key must be a string, not a collection".to_owned());
        }
        self.check_depth(1)?;
        self.open.push(Open {
            offset,
            anchor,
            collection,
        });
        Ok(())
    }

    fn check_depth(&self, more: usize) -> Result<(), String> {
        if self.open.len() + more > MAX_DEPTH {
            return Err(format!("nested more than {MAX_DEPTH} levels deep"));
        }
        Ok(())
    }

    /// The innermost open collection, if it is a mapping whose next event is a key.
    fn awaits_key(&mut self) -> Option<&mut Mapping> {
        match &mut self.open.last_mut()?.collection {
            Collection::Mapping(mapping) if mapping.key.is_none() => Some(mapping),
            Collection::Mapping(_) | Collection::Sequence { .. } => None,
        }
    }

    /// Puts a finished value where it belongs.
    fn put(&mut self, value: Value, node: NodeId) -> Result<(), String> {
        match self.open.last_mut().map(|open| &mut open.collection) {
            None => {
                self.places.set_root(node);
                self.root = Some(value);
            }
            Some(Collection::Sequence { items, nodes }) => {
                items.push(value);
                nodes.push(node);
            }
            Some(Collection::Mapping(mapping)) => mapping.end_entry(value, node),
        }
        Ok(())
    }
}

impl Mapping {
    fn start_entry(&mut self, key: Key) -> Result<(), String> {
        if self.values.contains_key(&key.text) && !key.merge {
            return Err(format!(
                "the key `{}` is there twice in one mapping",
                key.text
            ));
        }
        self.key = Some(key);
        Ok(())
    }

    fn end_entry(&mut self, value: Value, node: NodeId) {
        match self.key.take() {
            Some(key) if key.merge => self.merged.push((value, node)),
            Some(key) => {
                self.entries.insert(key.text.clone(), (key.offset, node));
                self.values.insert(key.text, value);
            }
            None => {}
        }
    }

    fn finish(mut self, places: &Places) -> Result<(Map<String, Value>, Entries), String> {
        for (value, node) in std::mem::take(&mut self.merged) {
            match value {
                Value::Object(values) => self.merge(values, node, places),
                Value::Array(items) => {
                    let nodes = places.items(node).unwrap_or_default().to_vec();
                    for (item, node) in items.into_iter().zip(nodes) {
                        let Value::Object(values) = item else {
                            return Err(cannot_merge());
                        };
                        self.merge(values, node, places);
                    }
                }
                _ => return Err(cannot_merge()),
            }
        }
        Ok((self.values, self.entries))
    }

    fn merge(&mut self, values: Map<String, Value>, node: NodeId, places: &Places) {
        for (key, value) in values {
            if !self.values.contains_key(&key) {
                if let Some(&place) = places.entries(node).and_then(|entries| entries.get(&key)) {
                    self.entries.insert(key.clone(), place);
                }
                self.values.insert(key, value);
            }
        }
    }
}

fn cannot_merge() -> String {
    "`<<` merges a mapping or a sequence of mappings, and this is neither".to_owned()
}
