//! Finds the place in a document that progenitor cannot do.
//!
//! progenitor names no place. It is found by taking the document apart: each named schema is tried alone, with every
//! schema it refers to replaced by "anything", then each operation with all that it needs. Within a part that fails,
//! whatever makes the failure go away when replaced by "anything" is where the failure is.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::reason::explain;
use super::run::attempt;
use crate::document::walk::{Kind, join, operations, walk_from};
use crate::finding::Finding;
use crate::generator::prepare;

/// So many places are reported at most: whoever has more will run it again anyway.
const MOST: usize = 20;

/// So many attempts are made at most, so that even a very large document has its answer in seconds.
const ATTEMPTS: usize = 5_000;

/// Where progenitor gave up on `document`, and why; `said` is what it said of the whole.
pub(crate) fn locate(document: &Value, has_catalog: bool, said: &str) -> Vec<Finding> {
    let mut search = Search {
        document,
        has_catalog,
        attempts: ATTEMPTS,
    };
    let mut findings = search.schemas(Context::Nothing);
    if findings.is_empty() {
        findings = search.operations();
    }
    if findings.is_empty() {
        findings = search.schemas(Context::Everything);
    }
    if findings.is_empty() {
        let reason = explain(said);
        findings.push(Finding::new("", reason.message, reason.help));
    }
    findings
}

/// What stands behind the references of a part that is tried alone.
#[derive(Clone, Copy, PartialEq)]
enum Context {
    /// Schemas that allow anything.
    Nothing,
    /// What the document has there, and what that refers to.
    Everything,
}

struct Search<'a> {
    document: &'a Value,
    has_catalog: bool,
    attempts: usize,
}

impl Search<'_> {
    fn schemas(&mut self, context: Context) -> Vec<Finding> {
        let mut findings = Vec::new();
        let schemas = self
            .document
            .pointer("/components/schemas")
            .and_then(Value::as_object);
        for name in schemas.into_iter().flatten().map(|(name, _)| name) {
            let pointer = join("/components/schemas", name);
            let Some(schema) = self.document.pointer(&pointer) else {
                continue;
            };
            let alone = self.alone(schema, &pointer, Kind::Schema, context);
            findings.extend(self.search(alone, &pointer, Kind::Schema));
            if findings.len() == MOST {
                break;
            }
        }
        findings
    }

    fn operations(&mut self) -> Vec<Finding> {
        let mut findings = Vec::new();
        for found in operations(self.document) {
            let pointer = found.pointer();
            let mut alone = self.alone(
                found.operation,
                &pointer,
                Kind::Operation,
                Context::Everything,
            );
            let mut item = Map::new();
            item.insert(found.method.to_owned(), found.operation.clone());
            if let Some(parameters) = found.item.get("parameters") {
                item.insert("parameters".to_owned(), parameters.clone());
            }
            alone["paths"] = json!({ found.path: item });
            findings.extend(self.search(alone, &pointer, Kind::Operation));
            if findings.len() == MOST {
                break;
            }
        }
        findings
    }

    /// A document with nothing but the part at `pointer` and what it refers to.
    fn alone(&self, part: &Value, pointer: &str, kind: Kind, context: Context) -> Value {
        let mut alone = json!({
            "openapi": self.document["openapi"],
            "info": { "title": "part", "version": "0" },
            "paths": {},
            "components": self.document.get("components").cloned().unwrap_or_else(|| json!({})),
        });
        let mut schemas = Map::new();
        let mut open: Vec<&str> = Vec::new();
        let mut seen = BTreeSet::new();
        self.references(part, pointer, kind, &mut open, &mut seen);
        while let Some(name) = open.pop() {
            let pointer = join("/components/schemas", name);
            let schema = self.document.pointer(&pointer);
            match (context, schema) {
                (Context::Everything, Some(schema)) => {
                    schemas.insert(name.to_owned(), schema.clone());
                    self.references(schema, &pointer, Kind::Schema, &mut open, &mut seen);
                }
                _ => {
                    schemas.insert(name.to_owned(), json!({}));
                }
            }
        }
        if let Some(name) = pointer.strip_prefix("/components/schemas/") {
            schemas.insert(name.replace("~1", "/").replace("~0", "~"), part.clone());
        }
        alone["components"]["schemas"] = Value::Object(schemas);
        alone
    }

    /// The named schemas that a part refers to, through other components too.
    fn references<'d>(
        &'d self,
        part: &'d Value,
        pointer: &str,
        kind: Kind,
        found: &mut Vec<&'d str>,
        seen: &mut BTreeSet<&'d str>,
    ) {
        let mut others = Vec::new();
        walk_from(part, pointer, kind, &mut |_, kind, value| {
            if let Some(reference) = value.get("$ref").and_then(Value::as_str)
                && seen.insert(reference)
            {
                match reference.strip_prefix("#/components/schemas/") {
                    Some(name) => found.push(name),
                    None => others.push((reference, kind)),
                }
            }
        });
        for (reference, kind) in others {
            if let Some(pointer) = reference.strip_prefix('#')
                && let Some(part) = self.document.pointer(pointer)
            {
                self.references(part, pointer, kind, found, seen);
            }
        }
    }

    /// What progenitor says of a document that is a part of the whole; `None` if it can do it.
    fn failure(&mut self, document: &Value) -> Option<String> {
        if self.attempts == 0 {
            return None;
        }
        self.attempts -= 1;
        let prepared = prepare(document, self.has_catalog);
        attempt(&prepared.document, &prepared.replacements).err()
    }

    /// The smallest place within the part at `pointer` without which the document would do.
    fn search(&mut self, mut document: Value, pointer: &str, kind: Kind) -> Option<Finding> {
        let mut said = self.failure(&document)?;
        let mut place = pointer.to_owned();
        let mut kind = kind;
        'deeper: loop {
            for child in children(document.pointer(&place)?, &place, kind) {
                let saved = document
                    .pointer_mut(&child)
                    .map(|part| std::mem::replace(part, json!({})));
                let mended = self.attempts > 0 && self.failure(&document).is_none();
                if let (Some(saved), Some(part)) = (saved, document.pointer_mut(&child)) {
                    *part = saved;
                }
                if mended {
                    (place, kind) = (child, Kind::Schema);
                    continue 'deeper;
                }
            }
            break;
        }
        // Within a schema it may be one keyword.
        for keyword in [
            "default",
            "enum",
            "pattern",
            "format",
            "not",
            "additionalProperties",
            "required",
        ] {
            let Some(part) = document.pointer_mut(&place).and_then(Value::as_object_mut) else {
                break;
            };
            let Some(saved) = part.remove(keyword) else {
                continue;
            };
            let mended =
                kind == Kind::Schema && self.attempts > 0 && self.failure(&document).is_none();
            if mended {
                place = join(&place, keyword);
                break;
            }
            if let Some(part) = document.pointer_mut(&place).and_then(Value::as_object_mut) {
                part.insert(keyword.to_owned(), saved);
            }
        }
        // What was said of the whole part may have been about something before it.
        if let Some(last) = self.failure(&document) {
            said = last;
        }
        let reason = explain(&said);
        Some(Finding::new(place, reason.message, reason.help))
    }
}

/// The nearest schemas below a part, without those behind references.
fn children(part: &Value, pointer: &str, kind: Kind) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    walk_from(part, pointer, kind, &mut |place, kind, _| {
        let inside = found
            .iter()
            .any(|outer| place.starts_with(&format!("{outer}/")));
        if kind == Kind::Schema && place != pointer && !inside {
            found.push(place.to_owned());
        }
    });
    found
}
