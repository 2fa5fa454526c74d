//! JSON arrays, NDJSON, and single objects that are written over several lines.

use serde_json::{Deserializer, Value};

use super::Place;

/// The elements of an array, or the values that follow each other.
pub(super) fn values(text: &str) -> Result<Vec<(Place, Value)>, String> {
    let mut values = Vec::new();
    let mut stream = Deserializer::from_str(text).into_iter::<Value>();
    let mut end = 0;
    let mut line = 1_u64;
    while let Some(value) = stream.next() {
        let value = value.map_err(|error| format!("it is broken JSON: {error}"))?;
        let before = text.get(end..stream.byte_offset()).unwrap_or_default();
        let blank = before.len() - before.trim_start().len();
        let breaks = |text: &str| u64::try_from(text.matches('\n').count()).unwrap_or(u64::MAX);
        let place = Place::Line(line + breaks(before.get(..blank).unwrap_or_default()));
        line += breaks(before);
        end = stream.byte_offset();
        values.push((place, value));
    }
    match values.as_mut_slice() {
        [(_, Value::Array(elements))] => Ok((1..)
            .map(Place::Element)
            .zip(std::mem::take(elements))
            .collect()),
        _ => Ok(values),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn arrays_lines_and_objects_over_several_lines_have_their_places() {
        let read = |text| values(text).unwrap();
        assert_eq!(
            read("[\"a\",\n 1]"),
            [
                (Place::Element(1), json!("a")),
                (Place::Element(2), json!(1))
            ]
        );
        assert_eq!(
            read("{\"a\":1}\n\n{\"a\":2}\n"),
            [
                (Place::Line(1), json!({"a": 1})),
                (Place::Line(3), json!({"a": 2}))
            ]
        );
        assert_eq!(
            read("\n{\n\"a\": 1\n}\n"),
            [(Place::Line(2), json!({"a": 1}))]
        );
        let error = values("{\"a\":1}\n{\"a\":}\n").unwrap_err();
        assert!(error.contains("line 2"), "{error}");
        assert!(values("[1,2").is_err());
    }
}
