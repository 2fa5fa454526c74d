//! How the parts of a form are encoded: their media types, their headers, and how lists are written.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::bodies::{covers, essence};
use super::exchange::Exchange;
use super::parameters::{compare_form, is_required};
use crate::document::Spot;
use crate::finding::Class;
use crate::ids::Location;
use crate::schema::inclusion::Direction;
use crate::schema::shape::Shape;
use crate::schema::types::Types;

/// A part as one side has it.
struct Part<'d> {
    /// The schema names it.
    declared: bool,
    content: Vec<String>,
    /// The style, if it is not the usual one.
    style: Option<String>,
    headers: BTreeMap<String, Spot<'d>>,
}

/// Compares all parts of a form.
pub(crate) fn compare<'d>(
    exchange: &mut Exchange<'_, 'd>,
    name: &str,
    given: &Spot<'d>,
    wanted: &Spot<'d>,
    direction: Direction,
) {
    let multipart = essence(name).starts_with("multipart/");
    if !multipart && essence(name) != "application/x-www-form-urlencoded" {
        return;
    }
    let encodings = [given, wanted].map(|media| media.get("encoding"));
    let mut parts: Vec<&str> = encodings
        .iter()
        .flatten()
        .flat_map(Spot::entries)
        .map(|(name, _)| name)
        .collect();
    parts.sort_unstable();
    parts.dedup();
    for name in parts {
        let sent = read(exchange, given, name, multipart);
        let known = read(exchange, wanted, name, multipart);
        if sent.declared && known.declared {
            compare_writing(exchange, name, (given, wanted), (&sent, &known), direction);
            compare_headers(exchange, name, (given, wanted), (&sent, &known), direction);
        }
    }
}

fn read<'d>(
    exchange: &mut Exchange<'_, 'd>,
    media: &Spot<'d>,
    name: &str,
    multipart: bool,
) -> Part<'d> {
    let encoding = media.get("encoding").and_then(|all| all.get(name));
    let schema = exchange.schema_at(media, "schema");
    let property = exchange.engine.pool.shape(schema).object.property(name);
    let node = exchange.engine.pool.node(property.schemas);
    let shape = exchange.engine.pool.shape(node);
    // A list comes item by item.
    let shape = match shape.types == Types::ARRAY && !shape.array.items.is_empty() {
        true => {
            let items = exchange.engine.pool.node(shape.array.items.clone());
            exchange.engine.pool.shape(items)
        }
        false => shape,
    };
    let headers = encoding
        .iter()
        .filter_map(|encoding| encoding.get("headers"));
    let headers: Vec<_> = headers.collect();
    let listed: Vec<_> = headers.iter().flat_map(Spot::entries).collect();
    Part {
        declared: property.declared,
        content: content_types(encoding.as_ref(), &shape),
        // Only the other kind of form has styles.
        style: encoding.as_ref().filter(|_| !multipart).and_then(style),
        headers: listed
            .into_iter()
            .filter_map(|(name, spot)| Some((name.to_ascii_lowercase(), exchange.resolve(spot)?)))
            .filter(|(name, _)| name != "content-type")
            .collect(),
    }
}

fn style(encoding: &Spot<'_>) -> Option<String> {
    let style = encoding.text("style").unwrap_or("form");
    let explode = encoding.flag("explode").unwrap_or(style == "form");
    let usual = style == "form" && explode;
    let exploded = if explode { ", exploded" } else { "" };
    (!usual).then(|| format!("style {style}{exploded}"))
}

/// The content types of a part of a form: as written, or what its type implies.
fn content_types(encoding: Option<&Spot<'_>>, shape: &Shape<'_>) -> Vec<String> {
    if let Some(listed) = encoding.and_then(|encoding| encoding.text("contentType")) {
        return listed
            .split(',')
            .map(|one| one.trim().to_ascii_lowercase())
            .collect();
    }
    let implied = if shape.string.formats.contains(&"binary") {
        "application/octet-stream"
    } else if shape.types == Types::OBJECT {
        "application/json"
    } else {
        "text/plain"
    };
    vec![implied.to_owned()]
}

fn compare_writing<'d>(
    exchange: &mut Exchange<'_, 'd>,
    name: &str,
    at: (&Spot<'d>, &Spot<'d>),
    (sent, known): (&Part<'d>, &Part<'d>),
    direction: Direction,
) {
    let read = |sent: &String| known.content.iter().any(|read| covers(read, sent));
    let fits = sent.content.iter().all(read) && sent.style == known.style;
    if fits && sent.content == known.content {
        return;
    }
    let describe = |part: &Part<'_>| {
        let content = part.content.join(", ");
        match &part.style {
            Some(style) => format!("{content}, {style}"),
            None => content,
        }
    };
    let (old, new) = match at.0.side < at.1.side {
        true => (describe(sent), describe(known)),
        false => (describe(known), describe(sent)),
    };
    let request = exchange.request.clone();
    let (class, message) = match fits {
        true => (
            Class::Compatible,
            format!("the part `{name}` of the form may be of more types ({old} before, {new} now)"),
        ),
        false => (
            Class::Breaking,
            format!(
                "the part `{name}` of the form is encoded in another way ({old} before, {new} now)"
            ),
        ),
    };
    let id = "request-body-encoding-changed";
    let note = exchange.note(id, class, Some(direction), at, message);
    (note.old, note.new) = (Some(Value::from(old)), Some(Value::from(new)));
    if class == Class::Breaking {
        note.witness =
            Some(json!({"request": request, "part": name, "content-type": sent.content}));
    }
}

fn compare_headers<'d>(
    exchange: &mut Exchange<'_, 'd>,
    name: &str,
    at: (&Spot<'d>, &Spot<'d>),
    (sent, known): (&Part<'d>, &Part<'d>),
    direction: Direction,
) {
    for (header, wanted) in &known.headers {
        let subject = format!("the header `{header}` of the part `{name}`");
        let given = sent.headers.get(header);
        if is_required(wanted) && !given.is_some_and(is_required) {
            let message = format!("{subject} must be there now");
            let request = exchange.request.clone();
            let id = "request-body-encoding-header-became-required";
            let at = (given.unwrap_or(at.0), wanted);
            let note = exchange.note(id, Class::Breaking, Some(direction), at, message);
            note.witness = Some(json!({"request": request, "part": name, "without": header}));
        }
        if let Some(given) = given {
            compare_form(
                exchange,
                given,
                wanted,
                direction,
                Location::Parameter,
                subject,
            );
        }
    }
}
