//! Says in a sentence what a client or a server will see.

use serde_json::Value;

use crate::finding::Class;
use crate::ids::Change;
use crate::schema::gap::Gap;
use crate::schema::inclusion::{Direction, Step};

/// What a gap is about: "`name` in the request body (application/json)".
pub(crate) fn subject(whole: &str, path: &[Step]) -> String {
    let mut inside = String::new();
    for step in path {
        match step {
            Step::Same => {}
            Step::Property(name) if inside.is_empty() => inside.push_str(name),
            Step::Property(name) => {
                inside.push('.');
                inside.push_str(name);
            }
            Step::Item => inside.push_str("[]"),
        }
    }
    if inside.is_empty() {
        whole.to_owned()
    } else if inside == "[]" {
        format!("an item of {whole}")
    } else {
        format!("`{inside}` in {whole}")
    }
}

/// What a gap means.
pub(crate) fn gap(
    subject: &str,
    gap: &Gap,
    change: &Change<'_>,
    class: Class,
    direction: Direction,
) -> String {
    let property = gap.property.as_deref().unwrap_or_default();
    let from_to = match (change.old, change.new) {
        (None, Some(new)) => format!(" ({} now)", short(new)),
        (Some(old), None) => format!(" ({} before)", short(old)),
        (Some(old), Some(new)) => format!(" ({} before, {} now)", short(old), short(new)),
        (None, None) => String::new(),
    };
    let amount = if change.narrower { "fewer" } else { "more" };
    let change_said = match gap.keyword {
        "required" if change.narrower => format!("{subject} must have the property `{property}`"),
        "required" => format!("{subject} may lack the property `{property}`"),
        "property" if change.narrower => {
            format!("{subject} may not have the property `{property}` any more")
        }
        "property" => format!("{subject} may have the property `{property}`"),
        "type" => format!("{subject} allows {amount} types of values{from_to}"),
        "schema" if change.narrower => format!("{subject} has a schema now"),
        "schema" => format!("{subject} has no schema any more"),
        "nullable" if change.narrower => format!("{subject} may not be null any more"),
        "nullable" => format!("{subject} may be null"),
        "enum" => format!("{subject} allows {amount} values{from_to}"),
        "x-extensible-enum" => format!("{subject} lists fewer values{from_to}"),
        "minimum" | "maximum" => format!("{subject} has another {}{from_to}", gap.keyword),
        "minLength" | "maxLength" => format!("{subject} has another length limit{from_to}"),
        "minItems" | "maxItems" => format!("{subject} may have {amount} lengths{from_to}"),
        "minProperties" | "maxProperties" => {
            format!("{subject} may have {amount} numbers of properties{from_to}")
        }
        "uniqueItems" => format!(
            "{subject} may {}repeat items",
            if change.narrower { "not " } else { "" }
        ),
        "additionalProperties" => {
            format!("{subject} allows {amount} properties beyond those it names{from_to}")
        }
        "discriminator" => {
            format!("{subject} uses the tag `{property}` that the other side does not know")
        }
        "unreadable" => format!("{subject} could not be compared"),
        "limit" => format!("{subject} could not be compared within the limit of steps"),
        "oneOf" | "anyOf" if gap.tolerated => format!(
            "{subject} has an alternative {} that the other side has none for, \
             though another takes its values for objects with undeclared properties",
            if change.narrower { "before" } else { "now" }
        ),
        keyword => format!("{subject} allows {amount} values: `{keyword}` changed{from_to}"),
    };
    let consequence = match (class, &gap.witness, direction) {
        (Class::Breaking, Some(value), _) if gap.tolerated => format!(", such as {}", short(value)),
        (Class::Breaking, Some(value), Direction::Request) => {
            format!("; {} was accepted and is refused now", short(value))
        }
        (Class::Breaking, Some(value), Direction::Response) => {
            format!("; {} can come now and was not allowed", short(value))
        }
        _ if gap.idle => format!(
            ", which says nothing of the values that its `type` allows: one of the two is a mistake{}",
            match class {
                Class::Unknown => ", and if it is the type, this breaks",
                _ => "",
            }
        ),
        (Class::Unknown, ..) => "; whether that breaks could not be decided".to_owned(),
        _ => String::new(),
    };
    format!("{change_said}{consequence}")
}

/// A value in a few characters.
pub(crate) fn short(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("`{}…`", &text[..end]),
        None => format!("`{text}`"),
    }
}
