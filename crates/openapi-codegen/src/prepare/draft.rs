//! A document that is being made ready, with what has been said of it, and where its parts stood before.

use serde_json::Value;

use crate::finding::Finding;

/// A document that is being changed.
#[derive(Debug)]
pub(crate) struct Draft {
    pub(crate) document: Value,
    edits: Vec<Edit>,
    /// What was mended, with the places of the document as it was read.
    pub(crate) warnings: Vec<Finding>,
    /// What was left out, in the same way.
    pub(crate) left_out: Vec<Finding>,
}

/// A change that gives parts of the document other pointers.
#[derive(Debug)]
enum Edit {
    Removed { list: String, index: usize },
    Copied { to: String, from: String },
}

impl Draft {
    pub(super) fn new(document: Value) -> Self {
        Self {
            document,
            edits: Vec::new(),
            warnings: Vec::new(),
            left_out: Vec::new(),
        }
    }

    /// Says that something was mended.
    pub(super) fn warn(
        &mut self,
        pointer: &str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let finding = Finding::new(self.origin(pointer), message, help);
        if !self.warnings.contains(&finding) {
            self.warnings.push(finding);
        }
    }

    /// Says that something was left out, and for which reason.
    pub(super) fn leave_out(&mut self, what: &str, reason: &Finding) {
        let mut finding = reason.clone();
        finding.pointer = self.origin(&reason.pointer);
        finding.message = format!("{what}: {}", reason.message);
        if !self.left_out.contains(&finding) {
            self.left_out.push(finding);
        }
    }

    /// Puts a value at a pointer that exists.
    pub(super) fn set(&mut self, pointer: &str, value: Value) {
        if let Some(part) = self.document.pointer_mut(pointer) {
            *part = value;
        }
    }

    /// Puts a field into an object.
    pub(super) fn insert(&mut self, pointer: &str, field: &str, value: Value) {
        let part = self
            .document
            .pointer_mut(pointer)
            .and_then(Value::as_object_mut);
        if let Some(part) = part {
            part.insert(field.to_owned(), value);
        }
    }

    /// Takes out a field or an entry of a list.
    pub(super) fn remove(&mut self, pointer: &str) -> Option<Value> {
        let (parent, step) = pointer.rsplit_once('/')?;
        match self.document.pointer_mut(parent)? {
            Value::Object(object) => {
                object.shift_remove(&step.replace("~1", "/").replace("~0", "~"))
            }
            Value::Array(list) => {
                let index = step
                    .parse::<usize>()
                    .ok()
                    .filter(|index| *index < list.len())?;
                self.edits.push(Edit::Removed {
                    list: parent.to_owned(),
                    index,
                });
                Some(list.remove(index))
            }
            _ => None,
        }
    }

    /// Notes that what stands at `to` was copied from `from`.
    pub(super) fn copied(&mut self, to: &str, from: &str) {
        self.edits.push(Edit::Copied {
            to: to.to_owned(),
            from: from.to_owned(),
        });
    }

    /// Where the part at a pointer stood in the document as it was read.
    pub(crate) fn origin(&self, pointer: &str) -> String {
        let mut pointer = pointer.to_owned();
        for edit in self.edits.iter().rev() {
            match edit {
                Edit::Removed { list, index } => {
                    let below = pointer
                        .strip_prefix(list.as_str())
                        .and_then(|it| it.strip_prefix('/'));
                    let Some(below) = below else { continue };
                    let (step, rest) = match below.split_once('/') {
                        Some((step, rest)) => (step, format!("/{rest}")),
                        None => (below, String::new()),
                    };
                    if let Some(step) = step.parse::<usize>().ok().filter(|step| step >= index) {
                        pointer = format!("{list}/{}{rest}", step + 1);
                    }
                }
                Edit::Copied { to, from } => {
                    let below = pointer
                        .strip_prefix(to.as_str())
                        .filter(|rest| rest.is_empty() || rest.starts_with('/'));
                    if let Some(below) = below {
                        pointer = format!("{from}{below}");
                    }
                }
            }
        }
        pointer
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn places_are_those_of_the_document_as_it_was_read() {
        let mut draft = Draft::new(json!({ "a": [0, 1, 2, [3]], "x": { "y": 1 } }));
        draft.remove("/a/1");
        draft.remove("/a/0");
        assert_eq!(draft.document["a"], json!([2, [3]]));
        assert_eq!(draft.origin("/a/0"), "/a/2");
        assert_eq!(draft.origin("/a/1/0"), "/a/3/0");
        draft.copied("/b", "/a/1");
        assert_eq!(draft.origin("/b/0"), "/a/3/0");
        assert_eq!(draft.origin("/bc"), "/bc");
    }
}
