//! The references of a document that lead to nothing that was read, and why.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::bundle::{is_file, is_url};
use crate::references::{self, walk};
use crate::{Cause, Source, Unresolved, pointer};

/// The unresolved references of a document.
pub(crate) fn of(source: &Source) -> Vec<Unresolved> {
    let mut found: BTreeMap<String, &str> = BTreeMap::new();
    let leads = |text: &str| {
        let hop = |reference: &str| source.resolve(reference);
        references::follow_with(text, hop).is_some()
    };
    walk(source.value(), &mut |entries, path, position| {
        if position.is_extension() {
            return;
        }
        if let Some(Value::String(text)) = entries.get("$ref")
            && !leads(text)
        {
            found.insert(path.pointer(), text);
        }
        if position.is_mapping() {
            for (tag, value) in entries {
                let text = value
                    .as_str()
                    .filter(|text| text.starts_with('#') || is_file(text));
                if let Some(text) = text
                    && source.resolve(text).is_none()
                {
                    found.insert(pointer::join(&path.pointer(), tag), text);
                }
            }
        }
    });
    found
        .into_iter()
        .map(|(at, text)| match source.parts().unresolved().get(&at) {
            Some(known) => known.clone(),
            None => explain(source, at, text),
        })
        .collect()
}

/// Says why a reference leads nowhere that nobody tried to follow into another file.
fn explain(source: &Source, at: String, reference: &str) -> Unresolved {
    let (cause, reason) = if let Some(fragment) = reference.strip_prefix('#') {
        let reason = if source.resolve(reference).is_some() {
            "it leads to a reference that leads nowhere, or in a circle; refer to the target itself"
        } else if fragment.starts_with('/') || fragment.is_empty() {
            "the document has nothing there; correct it, or add what it names"
        } else {
            "no schema has an `$anchor` of this name; begin a JSON pointer with `#/`"
        };
        (Cause::Nothing, reason)
    } else if is_url(reference) {
        (
            Cause::Url,
            "only the document itself was read, and URLs were not",
        )
    } else {
        (
            Cause::File,
            "only the document itself was read; read it with the files that it refers to",
        )
    };
    Unresolved {
        pointer: at,
        reference: reference.to_owned(),
        cause,
        reason: reason.to_owned(),
    }
}
