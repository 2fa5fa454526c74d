//! What generated code looks like to those who compile against it.
//!
//! A change can leave the wire alone and still break every program that uses a generated client:
//! a function has another name, an argument is no longer optional. Which names and signatures
//! there are depends on the generator, so it is asked: [`SdkSurface`]. [`NamedSurface`] stands in
//! for a generator that is not known.

pub(crate) mod fields;
mod named;

use std::collections::{BTreeMap, BTreeSet};

use openapi_document::{Source, pointer};
use serde_json::Value;

use crate::CompareError;
use crate::draft::Draft;
use crate::finding::{Class, Direction};
pub use named::NamedSurface;

/// One name that a generator makes public.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SdkItem {
    /// All that a caller depends on, as text: a function's arguments, a field's type.
    pub signature: String,
    /// The JSON pointer of what it is generated from.
    pub pointer: String,
}

/// The public surface of the code that a generator makes of a document.
pub trait SdkSurface {
    /// Every public item by its path, such as `types::Pet::name` or `Client::get_pet`.
    ///
    /// # Errors
    /// The generator cannot read the document: a message for a person.
    fn surface(&self, source: &Source) -> Result<BTreeMap<String, SdkItem>, String>;

    /// Whether the items include the fields of types. If not, a schema that changes what most
    /// generators would make of a field or an argument is taken for a change of generated code.
    fn knows_fields(&self) -> bool {
        true
    }
}

/// Items that are gone or have another signature. New ones break nobody.
pub(crate) fn compare(
    base: &Source,
    revision: &Source,
    surface: &dyn SdkSurface,
) -> Result<Vec<Draft>, CompareError> {
    let read = |source: &Source| {
        surface
            .surface(source)
            .map_err(|error| CompareError::new(format!("{}: {error}", source.name())))
    };
    let (old, new) = (read(base)?, read(revision)?);
    let mut drafts = Vec::new();
    for (name, item) in &old {
        let (id, pointer, message, signature) = match new.get(name) {
            Some(other) if other.signature == item.signature => continue,
            Some(other) => (
                renamed(&item.pointer).unwrap_or("sdk-signature-changed"),
                other.pointer.clone(),
                format!(
                    "{name} was `{}` and is `{}` now",
                    item.signature, other.signature
                ),
                Some(other.signature.clone()),
            ),
            None => (
                removed(&item.pointer, revision),
                // Most often it has another name now, and stands where it stood.
                item.pointer.clone(),
                format!("{name} is gone from generated code"),
                None,
            ),
        };
        drafts.push(Draft {
            id: id.to_owned(),
            class: Class::Sdk,
            direction: Direction::None,
            operations: BTreeSet::new(),
            base: item.pointer.clone(),
            revision: pointer,
            about: Some(name.clone()),
            old: Some(Value::from(item.signature.as_str())),
            new: signature.map(Value::from),
            witness: None,
            message,
        });
    }
    Ok(drafts)
}

/// The name that oasdiff has for what is behind an item with another signature, if it has one.
fn renamed(at: &str) -> Option<&'static str> {
    match pointer::last(at).as_deref() {
        Some("operationId") => Some("api-operation-id-removed"),
        Some("tags") => Some("api-tag-removed"),
        _ => None,
    }
}

/// The name of what is behind an item that is gone.
fn removed(at: &str, revision: &Source) -> &'static str {
    let schema = at.strip_prefix("/components/schemas/");
    let component = schema.is_some_and(|name| !name.contains('/'));
    match component && revision.value().pointer(at).is_none() {
        true => "api-schema-removed",
        false => renamed(at).unwrap_or("sdk-item-removed"),
    }
}
