//! The operations that count.

use globset::GlobSet;
use openapi_document::{Source, follow, pointer};
use serde_json::Value;

use crate::compare::CompareError;
use crate::finding::Finding;

/// Which operations count, by path, tag and extension.
#[derive(Debug)]
pub(super) struct Scope {
    pub(super) paths: GlobSet,
    pub(super) exclude: GlobSet,
    pub(super) tags: GlobSet,
    pub(super) exclude_tags: GlobSet,
    pub(super) exclude_extensions: Vec<String>,
    /// The patterns of paths and tags, as they are written.
    pub(super) asked: (Vec<String>, Vec<String>),
}

impl Scope {
    /// Checks that what was asked for is there: a mistyped path must not look like no changes.
    pub(super) fn check(&self, base: &Source, revision: &Source) -> Result<(), CompareError> {
        let (mut paths, mut tags) = (vec![false; self.paths.len()], vec![false; self.tags.len()]);
        for source in [base, revision] {
            let all = source.value().get("paths").and_then(Value::as_object);
            for (path, item) in all.into_iter().flatten() {
                mark(&mut paths, &self.paths.matches(path));
                let item = follow(source.value(), item).and_then(Value::as_object);
                for operation in item.into_iter().flatten().map(|(_, operation)| operation) {
                    for tag in tags_of(operation) {
                        mark(&mut tags, &self.tags.matches(tag));
                    }
                }
            }
        }
        let missing = |found: &[bool], asked: &[String], what: &str| {
            let index = found.iter().position(|found| !found)?;
            let pattern = asked.get(index)?;
            Some(CompareError::new(format!(
                "no {what} of the two documents is like `{pattern}`"
            )))
        };
        missing(&paths, &self.asked.0, "path")
            .or_else(|| missing(&tags, &self.asked.1, "tag"))
            .map_or(Ok(()), Err)
    }

    /// A finding with those of its operations that count; nothing if it had some and none does.
    /// What is about no operation, such as the servers, always counts.
    pub(super) fn keep(
        &self,
        mut finding: Finding,
        base: &Source,
        revision: &Source,
    ) -> Option<Finding> {
        if finding.operations.is_empty() {
            let counts = [&finding.base.pointer, &finding.revision.pointer]
                .into_iter()
                .filter_map(|at| place(at))
                .all(|(path, method)| self.counts(&path, &method, base, revision));
            return counts.then_some(finding);
        }
        finding.operations.retain(|operation| {
            operation.split_once(' ').is_none_or(|(method, path)| {
                self.counts(path, &method.to_lowercase(), base, revision)
            })
        });
        (!finding.operations.is_empty()).then_some(finding)
    }

    fn counts(&self, path: &str, method: &str, base: &Source, revision: &Source) -> bool {
        if !(self.paths.is_empty() || self.paths.is_match(path)) || self.exclude.is_match(path) {
            return false;
        }
        let found: Vec<[&Value; 2]> = [base, revision]
            .into_iter()
            .filter_map(|source| operation(source, path, method))
            .collect();
        let tagged = |tags: &GlobSet, [_, operation]: &[&Value; 2]| {
            tags_of(operation).any(|tag| tags.is_match(tag))
        };
        let extended = |parts: &[&Value; 2]| {
            self.exclude_extensions.iter().any(|name| {
                let values = parts.iter().filter_map(|part| part.get(name));
                values
                    .into_iter()
                    .any(|value| !matches!(value, Value::Null | Value::Bool(false)))
            })
        };
        // What was public and is internal now was taken from its clients: that counts.
        let excluded = !found.is_empty()
            && (found.iter().all(extended)
                || found.iter().all(|parts| tagged(&self.exclude_tags, parts)));
        let included = self.tags.is_empty() || found.iter().any(|parts| tagged(&self.tags, parts));
        included && !excluded
    }
}

fn mark(found: &mut [bool], indices: &[usize]) {
    for &index in indices {
        if let Some(found) = found.get_mut(index) {
            *found = true;
        }
    }
}

fn tags_of(operation: &Value) -> impl Iterator<Item = &str> {
    let tags = operation.get("tags").and_then(Value::as_array);
    tags.into_iter().flatten().filter_map(Value::as_str)
}

/// The path item and the operation of a document.
fn operation<'s>(source: &'s Source, path: &str, method: &str) -> Option<[&'s Value; 2]> {
    let item = source.value().get("paths")?.get(path)?;
    let item = follow(source.value(), item)?;
    Some([item, item.get(method).unwrap_or(&Value::Null)])
}

/// The path and the method that a pointer leads to or through.
fn place(at: &str) -> Option<(String, String)> {
    let mut tokens = pointer::tokens(at);
    let section = tokens.next()?;
    let path = tokens.next().filter(|_| section == "paths")?;
    Some((
        path.into_owned(),
        tokens.next().unwrap_or_default().into_owned(),
    ))
}
