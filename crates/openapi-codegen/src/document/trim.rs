//! Takes out of a document what progenitor makes nothing of: the strict model that it reads documents with would refuse
//! the whole for a mistake in an example.

use serde_json::{Map, Value};

use super::walk::{Kind, walk};

/// Takes it out of every part. What this generator itself makes of it, it makes of the document as it was.
pub(crate) fn trim(document: &mut Value) {
    let mut places = Vec::new();
    walk(document, &mut |pointer, kind, value| {
        let fields = unused(kind);
        if value
            .as_object()
            .is_some_and(|object| fields.iter().any(|field| object.contains_key(*field)))
        {
            places.push((pointer.to_owned(), fields));
        }
    });
    // Children first: a part may stand in one that is taken out.
    for (place, fields) in places.into_iter().rev() {
        let part = document.pointer_mut(&place).and_then(Value::as_object_mut);
        if let Some(part) = part {
            part.retain(|field, _| !fields.contains(&field.as_str()));
        }
    }
    let info = document.get_mut("info").and_then(Value::as_object_mut);
    if let Some(info) = info {
        let kept: Map<String, Value> = ["title", "description", "version"]
            .iter()
            .filter_map(|field| Some(((*field).to_owned(), info.get(*field)?.clone())))
            .collect();
        *info = kept;
    }
}

fn unused(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Document => &["security", "servers", "tags", "externalDocs"],
        Kind::Components => &[
            "securitySchemes",
            "examples",
            "callbacks",
            "links",
            "headers",
        ],
        Kind::PathItem => &["servers"],
        Kind::Operation => &["security", "servers", "callbacks", "externalDocs"],
        Kind::Parameter | Kind::Header | Kind::MediaType => &["example", "examples"],
        Kind::Response => &["links", "headers"],
        Kind::Schema => &["externalDocs", "xml", "example"],
        _ => &[],
    }
}
