//! Finds the place in a document that progenitor cannot do.
//!
//! progenitor names no place. It is found by taking the document apart: each named schema is tried alone, with every
//! schema it refers to replaced by "anything", then each operation with all that it needs. Within a part that fails,
//! whatever makes the failure go away when replaced by "anything" is where the failure is.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::reason::explain;
use super::run::attempt;
use crate::document::naming;
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
            if findings.len() >= MOST {
                break;
            }
        }
        findings
    }

    fn operations(&mut self) -> Vec<Finding> {
        let mut findings = Vec::new();
        for found in operations(self.document) {
            let pointer = found.pointer();
            let mut item = Map::new();
            item.insert(found.method.to_owned(), found.operation.clone());
            if let Some(parameters) = found.item.get("parameters") {
                item.insert("parameters".to_owned(), parameters.clone());
            }
            // What the parameters of the path refer to belongs to the operation too.
            let item = Value::Object(item);
            let path = join("/paths", found.path);
            let mut alone = self.alone(&item, &path, Kind::PathItem, Context::Everything);
            alone["paths"] = json!({ found.path: item });
            findings.extend(self.search(alone, &pointer, Kind::Operation));
            if findings.len() >= MOST {
                break;
            }
        }
        findings
    }

    /// A document with nothing but the part at `pointer` and what it refers to.
    fn alone(&self, part: &Value, pointer: &str, kind: Kind, context: Context) -> Value {
        let mut needs = Needs::default();
        needs.collect(part, pointer, kind);
        let mut components: Map<String, Value> = Map::new();
        while let Some((reference, kind)) = needs.open.pop() {
            let Some((section, name)) = naming::component(reference) else {
                continue;
            };
            let pointer = reference.strip_prefix('#').unwrap_or_default();
            let target = match (kind, context) {
                (Kind::Schema, Context::Nothing) => None,
                _ => self.document.pointer(pointer),
            };
            if let Some(target) = target {
                needs.collect(target, pointer, kind);
            }
            put(&mut components, section, &name, target);
        }
        if let (Kind::Schema, Some((section, name))) = (kind, naming::component(pointer)) {
            put(&mut components, section, &name, Some(part));
        }
        if let Some(schemes) = self.document.pointer("/components/securitySchemes") {
            components.insert("securitySchemes".to_owned(), schemes.clone());
        }
        json!({
            "openapi": self.document["openapi"],
            "info": { "title": "part", "version": "0" },
            "paths": {},
            "components": components,
        })
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

    /// The smallest places within the part at `pointer` without which the document would do.
    fn search(&mut self, mut document: Value, pointer: &str, kind: Kind) -> Vec<Finding> {
        let Some(mut said) = self.failure(&document) else {
            return Vec::new();
        };
        let mut place = pointer.to_owned();
        let mut kind = kind;
        'deeper: loop {
            let all = document
                .pointer(&place)
                .map(|part| children(part, &place, kind))
                .unwrap_or_default();
            for child in &all {
                let saved = document
                    .pointer_mut(child)
                    .map(|part| std::mem::replace(part, json!({})));
                let mended = self.attempts > 0 && self.failure(&document).is_none();
                if let (Some(saved), Some(part)) = (saved, document.pointer_mut(child)) {
                    *part = saved;
                }
                if mended {
                    (place, kind) = (child.clone(), Kind::Schema);
                    continue 'deeper;
                }
            }
            // The types of several responses are one mistake; the schemas within a schema are each on their own.
            let several = match kind {
                Kind::Schema => self.each(&document, &all),
                _ => Vec::new(),
            };
            if !several.is_empty() {
                return several;
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
        vec![Finding::new(place, reason.message, reason.help)]
    }

    /// The findings of several parts of which each alone is enough for a failure.
    fn each(&mut self, document: &Value, parts: &[String]) -> Vec<Finding> {
        let mut findings = Vec::new();
        if parts.len() < 2 {
            return findings;
        }
        for part in parts {
            let mut alone = document.clone();
            for other in parts.iter().filter(|other| *other != part) {
                if let Some(other) = alone.pointer_mut(other) {
                    *other = json!({});
                }
            }
            findings.extend(self.search(alone, part, Kind::Schema));
            if findings.len() >= MOST || self.attempts == 0 {
                break;
            }
        }
        findings
    }
}

/// What a part refers to, and what that refers to in turn.
#[derive(Default)]
struct Needs<'a> {
    /// References that nobody has followed yet.
    open: Vec<(&'a str, Kind)>,
    seen: BTreeSet<&'a str>,
}

impl<'a> Needs<'a> {
    fn collect(&mut self, part: &'a Value, pointer: &str, kind: Kind) {
        walk_from(part, pointer, kind, &mut |_, kind, value| {
            if let Some(reference) = value.get("$ref").and_then(Value::as_str)
                && self.seen.insert(reference)
            {
                self.open.push((reference, kind));
            }
        });
    }
}

/// Puts a component into its section; what is not known allows anything.
fn put(components: &mut Map<String, Value>, section: &str, name: &str, component: Option<&Value>) {
    let section = components
        .entry(section.to_owned())
        .or_insert_with(|| json!({}));
    if let Some(section) = section.as_object_mut() {
        let component = component.cloned().unwrap_or_else(|| json!({}));
        section.insert(name.to_owned(), component);
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
