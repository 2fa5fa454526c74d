//! What a value looks like when it is written as text: one text, a list, fields, or deeper than a style can say.

use serde_json::Value;

use crate::document::walk::follow;

/// Deeper than this nothing is written as text; it also ends circles.
const MAX_DEPTH: usize = 6;

/// The shape of the values of a schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// One text, number or truth value.
    Text,
    List(Box<Shape>),
    Fields(Vec<(String, Shape)>),
    /// One of several.
    Either(Vec<Shape>),
    /// Nothing is known.
    Any,
}

impl Shape {
    pub(crate) fn of(document: &Value, schema: &Value) -> Self {
        shape(document, schema, 0)
    }

    /// How many levels are below the value: none below a text.
    pub(crate) fn depth(&self) -> usize {
        match self {
            Self::Text | Self::Any => 0,
            Self::List(items) => 1 + items.depth(),
            Self::Fields(fields) => {
                1 + fields
                    .iter()
                    .map(|(_, field)| field.depth())
                    .max()
                    .unwrap_or(0)
            }
            Self::Either(shapes) => shapes.iter().map(Self::depth).max().unwrap_or(0),
        }
    }

    /// Whether there is a list, here or below.
    pub(crate) fn has_list(&self) -> bool {
        match self {
            Self::Text | Self::Any => false,
            Self::List(_) => true,
            Self::Fields(fields) => fields.iter().any(|(_, field)| field.has_list()),
            Self::Either(shapes) => shapes.iter().any(Self::has_list),
        }
    }

    /// Whether the values may have fields.
    pub(crate) fn may_be_fields(&self) -> bool {
        match self {
            Self::Fields(_) | Self::Any => true,
            Self::Text | Self::List(_) => false,
            Self::Either(shapes) => shapes.iter().any(Self::may_be_fields),
        }
    }
}

fn shape(document: &Value, schema: &Value, depth: usize) -> Shape {
    if depth > MAX_DEPTH {
        return Shape::Fields(vec![(String::new(), Shape::Any)]);
    }
    let Some(schema) = follow(document, schema) else {
        return Shape::Any;
    };
    let parts = |keyword: &str| schema.get(keyword).and_then(Value::as_array);
    for keyword in ["oneOf", "anyOf"] {
        if let Some(parts) = parts(keyword) {
            let shapes: Vec<_> = parts
                .iter()
                .map(|part| shape(document, part, depth + 1))
                .collect();
            return match shapes.as_slice() {
                [first, rest @ ..] if rest.iter().all(|other| other == first) => first.clone(),
                _ => Shape::Either(shapes),
            };
        }
    }
    let own = own(document, schema, depth);
    let Some(parts) = parts("allOf") else {
        return own;
    };
    let mut fields = Vec::new();
    let mut all = vec![own];
    all.extend(parts.iter().map(|part| shape(document, part, depth + 1)));
    for part in all {
        match part {
            Shape::Any => {}
            Shape::Fields(more) => fields.extend(more),
            other => return other,
        }
    }
    if fields.is_empty() {
        Shape::Any
    } else {
        Shape::Fields(fields)
    }
}

/// The shape by the schema's own keywords.
fn own(document: &Value, schema: &Value, depth: usize) -> Shape {
    let kind = schema.get("type").and_then(Value::as_str);
    let has = |keyword: &str| schema.get(keyword).is_some();
    match kind {
        Some("array") => Shape::List(Box::new(
            schema
                .get("items")
                .map_or(Shape::Any, |items| shape(document, items, depth + 1)),
        )),
        Some("object") => fields(document, schema, depth),
        None if has("properties")
            || schema
                .get("additionalProperties")
                .is_some_and(Value::is_object) =>
        {
            fields(document, schema, depth)
        }
        Some(_) => Shape::Text,
        None if has("items") => Shape::List(Box::new(Shape::Any)),
        None if has("enum") || has("x-extensible-enum") => Shape::Text,
        None => Shape::Any,
    }
}

fn fields(document: &Value, schema: &Value, depth: usize) -> Shape {
    let properties = schema.get("properties").and_then(Value::as_object);
    let mut fields: Vec<_> = properties
        .into_iter()
        .flatten()
        .map(|(name, property)| (name.clone(), shape(document, property, depth + 1)))
        .collect();
    if let Some(others) = schema
        .get("additionalProperties")
        .filter(|it| it.is_object())
    {
        fields.push((String::new(), shape(document, others, depth + 1)));
    }
    Shape::Fields(fields)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_schema_has_the_shape_of_its_values() {
        let document = json!({ "components": { "schemas": {
            "Tree": { "type": "object", "properties": { "next": { "$ref": "#/components/schemas/Tree" } } },
            "Text": { "type": "string" },
        } } });
        let of = |schema: Value| Shape::of(&document, &schema);
        assert_eq!(
            of(json!({ "$ref": "#/components/schemas/Text" })),
            Shape::Text
        );
        assert_eq!(
            of(json!({ "type": "array", "items": { "type": "integer" } })).depth(),
            1
        );
        assert_eq!(
            of(json!({ "properties": { "a": { "type": "string" } } })).depth(),
            1
        );
        assert!(of(json!({ "$ref": "#/components/schemas/Tree" })).depth() > 1);
        assert_eq!(
            of(json!({ "allOf": [{ "$ref": "#/components/schemas/Text" }] })),
            Shape::Text
        );
        assert_eq!(of(json!({})), Shape::Any);
        let either = of(json!({ "anyOf": [
            { "type": "string" }, { "type": "array", "items": { "type": "string" } },
        ] }));
        assert!(either.has_list() && !either.may_be_fields());
    }
}
