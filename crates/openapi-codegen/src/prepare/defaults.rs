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

/// Values of enumerations that are not of the type beside them: nothing can be one of them.
pub(super) fn drop_wrong_values(draft: &mut Draft) {
    let mut found = Vec::new();
    walk(&draft.document, &mut |pointer, kind, schema| {
        let values = schema.get("enum").and_then(Value::as_array);
        let Some(values) = values.filter(|_| kind == Kind::Schema && schema.get("type").is_some())
        else {
            return;
        };
        let mut open = schema.clone();
        if let Some(open) = open.as_object_mut() {
            open.shift_remove("enum");
        }
        let is_wrong = |value: &Value| !value.is_null() && !fits(&draft.document, &open, value, 0);
        for (index, value) in values
            .iter()
            .enumerate()
            .rev()
            .filter(|(_, value)| is_wrong(value))
        {
            found.push((join(pointer, "enum"), index, value.clone()));
        }
    });
    for (list, index, value) in found {
        let place = join(&list, &index.to_string());
        draft.warn(
            &place,
            format!("{value} is not of the `type` beside `enum`: it is left out"),
            "correct the value or the type",
        );
        draft.remove(&place);
        if draft
            .document
            .pointer(&list)
            .and_then(Value::as_array)
            .is_some_and(Vec::is_empty)
        {
            draft.remove(&list);
        }
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
        // JSON Schema takes `1.0` for a whole number.
        Some("integer") => {
            value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|it| it.fract() == 0.0)
        }
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
