//! A document as canonical JSON: keys in the order of their letters, two spaces, a line feed at the end.

use serde_json::Value;

pub(super) fn text(document: &Value) -> String {
    let sorted = sorted(document);
    // A value that was read is a value that can be written.
    let mut text = serde_json::to_string_pretty(&sorted).unwrap_or_default();
    text.push('\n');
    text
}

/// The same value with the keys of every object in order, whatever the map underneath does.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(object) => {
            let mut entries: Vec<_> = object.iter().collect();
            entries.sort_by_key(|(key, _)| *key);
            entries
                .into_iter()
                .map(|(key, value)| (key.clone(), sorted(value)))
                .collect()
        }
        Value::Array(entries) => entries.iter().map(sorted).collect(),
        value => value.clone(),
    }
}
