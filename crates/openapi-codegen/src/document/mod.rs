//! The document as the generator sees it: where its parts are, what they are called in Rust, and how it is made to
//! fit what progenitor can do.

pub(crate) mod additional;
pub(crate) mod alternatives;
pub mod check;
pub(crate) mod directions;
pub(crate) mod distinct;
pub mod json_schema;
pub(crate) mod lift;
pub mod naming;
pub(crate) mod nullable;
pub(crate) mod polymorphism;
pub(crate) mod rename;
pub(crate) mod responses;
pub(crate) mod trim;
pub mod walk;

use serde_json::Value;

use walk::{Kind, walk};

/// Takes away what asks progenitor for things that this generator does otherwise, or not at all: its own pagination,
/// web sockets, and types of other crates.
pub(crate) fn drop_foreign_extensions(document: &mut Value) {
    const FOREIGN: [&str; 3] = [
        "x-dropshot-pagination",
        "x-dropshot-websocket",
        "x-rust-type",
    ];
    let mut places = Vec::new();
    walk(document, &mut |pointer, kind, value| {
        let asks = FOREIGN
            .iter()
            .any(|extension| value.get(extension).is_some());
        if matches!(kind, Kind::Operation | Kind::Schema) && asks {
            places.push(pointer.to_owned());
        }
    });
    for place in places {
        if let Some(part) = document.pointer_mut(&place).and_then(Value::as_object_mut) {
            for extension in FOREIGN {
                part.remove(extension);
            }
        }
    }
}
