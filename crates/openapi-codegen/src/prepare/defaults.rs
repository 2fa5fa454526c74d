//! Defaults that do not fit their schemas: no server means them.

use serde_json::Value;

use super::Draft;
use crate::document::check::wrong_default;
use crate::document::walk::{Kind, follow, join, walk};

/// How deep a default is compared with its schema.
const MAX_DEPTH: usize = 8;

pub(super) fn drop_wrong(draft: &mut Draft) {
    let mut found = Vec::new();
    walk(&draft.document, &mut |pointer, kind, schema| {
        let Some(default) = schema.get("default").filter(|_| kind == Kind::Schema) else {
            return;
        };
        let message = wrong_default(&draft.document, schema).or_else(|| {
            (!fits(&draft.document, schema, default, 0))
                .then(|| format!("{default} does not fit the schema around it"))
        });
        found.extend(message.map(|message| (join(pointer, "default"), message)));
    });
    for (place, message) in found {
        draft.warn(
            &place,
            format!("{message}: this default is left out"),
            "correct the value, or leave it out",
        );
        draft.remove(&place);
    }
}

/// Whether a value may be one of a schema, as far as types and lists of values say.
fn fits(document: &Value, schema: &Value, value: &Value, depth: usize) -> bool {
    let Some(schema) = follow(document, schema).filter(|_| depth < MAX_DEPTH) else {
        return true;
    };
    if value.is_null() {
        return schema.get("nullable") == Some(&Value::Bool(true)) || schema.get("type").is_none();
    }
    let fits_type = match schema.get("type").and_then(Value::as_str) {
        Some("string") => value.is_string(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some("number") => value.is_number(),
        Some("boolean") => value.is_boolean(),
        Some("array") => value.is_array(),
        Some("object") => value.is_object(),
        _ => true,
    };
    let values = schema.get("enum").and_then(Value::as_array);
    let all = schema.get("allOf").and_then(Value::as_array);
    let items = schema.get("items").zip(value.as_array());
    fits_type
        && values.is_none_or(|values| values.contains(value))
        && all.is_none_or(|all| {
            all.iter()
                .all(|part| fits(document, part, value, depth + 1))
        })
        && items.is_none_or(|(schema, items)| {
            items
                .iter()
                .all(|item| fits(document, schema, item, depth + 1))
        })
}
