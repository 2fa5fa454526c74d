//! Bodies: media types and their schemas.

use serde_json::json;

use super::encodings;
use super::exchange::{Both, Exchange};
use crate::document::Spot;
use crate::finding::Class;
use crate::ids::Location;
use crate::schema::inclusion::{Direction, Wire};

/// Compares the request bodies of an operation.
pub(crate) fn compare_request<'d>(exchange: &mut Exchange<'_, 'd>, operations: &Both<Spot<'d>>) {
    let direction = exchange.requests();
    let body = |exchange: &mut Exchange<'_, 'd>, spot: &Spot<'d>| {
        spot.get("requestBody")
            .and_then(|spot| exchange.resolve(spot))
    };
    let (sender, receiver) = operations.by_role(direction);
    let (given, wanted) = (body(exchange, sender), body(exchange, receiver));
    let required = |spot: &Spot<'_>| spot.flag("required") == Some(true);
    let request = exchange.request.clone();
    let without = json!({"request": request, "without": "body"});
    match (given, wanted) {
        (None, None) => {}
        (None, Some(wanted)) => {
            let (id, class, message) = match required(&wanted) {
                true => (
                    "request-body-added-required",
                    Class::Breaking,
                    "a body must be sent; requests without one are refused",
                ),
                false => (
                    "request-body-added-optional",
                    Class::Compatible,
                    "a body can be sent now",
                ),
            };
            let at = (sender, &wanted);
            let note = exchange.note(id, class, Some(direction), at, message.to_owned());
            note.witness = (class == Class::Breaking).then_some(without);
        }
        (Some(given), None) => {
            let message = "the body that was sent is not expected any more".to_owned();
            let at = (&given, receiver);
            let id = "request-body-removed";
            let note = exchange.note(id, Class::Breaking, Some(direction), at, message);
            note.witness = Some(json!({"request": request, "with": "body"}));
        }
        (Some(given), Some(wanted)) => {
            if required(&wanted) && !required(&given) {
                let message = "a body must be sent now; requests without one are refused";
                let at = (&given, &wanted);
                let id = "request-body-became-required";
                let note =
                    exchange.note(id, Class::Breaking, Some(direction), at, message.to_owned());
                note.witness = Some(without);
            } else if required(&given) && !required(&wanted) {
                let message = "the body can be left out now".to_owned();
                let id = "request-body-became-optional";
                let at = (&given, &wanted);
                exchange.note(id, Class::Compatible, Some(direction), at, message);
            }
            compare_request_content(exchange, &given, &wanted, direction);
        }
    }
}

/// Each media type that the sender may use must be one that the receiver reads.
fn compare_request_content<'d>(
    exchange: &mut Exchange<'_, 'd>,
    given: &Spot<'d>,
    wanted: &Spot<'d>,
    direction: Direction,
) {
    let (sent, read) = (media_types(given), media_types(wanted));
    for (name, media) in &sent {
        match covering(&read, name) {
            Some((_, other)) => {
                encodings::compare(exchange, name, media, other, direction);
                let subject = format!("the request body ({name})");
                compare_schema(exchange, name, media, other, direction, subject);
            }
            None => {
                let message = format!("bodies of type {name} are not read any more");
                let at = (media, wanted);
                let id = "request-body-media-type-removed";
                let request = exchange.request.clone();
                let note = exchange.note(id, Class::Breaking, Some(direction), at, message);
                note.witness = Some(json!({"request": request, "content-type": name}));
            }
        }
    }
    for (name, media) in read
        .iter()
        .filter(|(name, _)| covering(&sent, name).is_none())
    {
        let message = format!("bodies of type {name} are read now");
        let id = "request-body-media-type-added";
        exchange.note(
            id,
            Class::Compatible,
            Some(direction),
            (given, media),
            message,
        );
    }
}

/// Compares the content of a response: a media type that is gone breaks those who ask for it; a
/// new one comes only to those who ask.
pub(crate) fn compare_response_content<'d>(
    exchange: &mut Exchange<'_, 'd>,
    responses: &Both<Spot<'d>>,
    direction: Direction,
    status: &str,
) {
    let (old, new) = (
        media_types(&responses.base),
        media_types(&responses.revision),
    );
    let mut met = Vec::new();
    for (name, media) in &old {
        // A type that became narrower still is of the type that was expected.
        let same = covering(&new, name).or_else(|| new.iter().find(|(new, _)| covers(name, new)));
        let related = || {
            let mut fresh = new.iter().filter(|(new, _)| covering(&old, new).is_none());
            fresh.find(|(new, _)| is_kind_of(new, name) || is_kind_of(name, new))
        };
        let Some((other, new_media)) = same.or_else(related) else {
            let message = format!("the response {status} does not come as {name} any more");
            let at = (media, &responses.revision);
            let id = "response-media-type-removed";
            let request = exchange.request.clone();
            let note = exchange.note(id, Class::Breaking, Some(direction), at, message);
            note.witness = Some(json!({"request": request, "accept": name}));
            continue;
        };
        met.push(*other);
        let at = (media, new_media);
        if !covers(name, other) && !is_kind_of(other, name) {
            let message = format!("the response {status} comes as {other}, not only as {name}");
            let id = "response-media-type-name-generalized";
            let note = exchange.note(id, Class::Breaking, Some(direction), at, message);
            note.witness = Some(json!({"content-type": other}));
        } else if !covers(other, name) {
            let message = format!("the response {status} comes as {other}, which is {name} too");
            let id = "response-media-type-name-specialized";
            exchange.note(id, Class::Compatible, Some(direction), at, message);
        }
        let subject = format!("the response {status} ({name})");
        let (source, target) = match direction {
            Direction::Response => (new_media, media),
            Direction::Request => (media, new_media),
        };
        compare_schema(exchange, name, source, target, direction, subject);
    }
    for (name, media) in new.iter().filter(|(name, _)| !met.contains(name)) {
        let message = format!("the response {status} can come as {name} now");
        let at = (&responses.base, media);
        let id = "response-media-type-added";
        exchange.note(id, Class::Compatible, Some(direction), at, message);
    }
}

fn compare_schema<'d>(
    exchange: &mut Exchange<'_, 'd>,
    name: &str,
    given: &Spot<'d>,
    wanted: &Spot<'d>,
    direction: Direction,
    subject: String,
) {
    let (source, target) = (
        exchange.schema_at(given, "schema"),
        exchange.schema_at(wanted, "schema"),
    );
    let schemas = match given.side < wanted.side {
        true => Both {
            base: source,
            revision: target,
        },
        false => Both {
            base: target,
            revision: source,
        },
    };
    let location = match subject.starts_with("the request") {
        true => Location::RequestBody,
        false => Location::ResponseBody,
    };
    exchange.compare_schemas(schemas, direction, wire(name), location, subject);
}

/// How values are written in a media type.
pub(crate) fn wire(media_type: &str) -> Wire {
    let essence = essence(media_type);
    let json = essence == "application/json"
        || essence.ends_with("+json")
        || essence.ends_with("/*")
        || essence.ends_with("yaml")
        || essence.ends_with("json");
    match (json, essence.ends_with("xml")) {
        (true, _) => Wire::Json,
        (false, true) => Wire::Markup,
        (false, false) => Wire::Text,
    }
}

fn media_types<'d>(spot: &Spot<'d>) -> Vec<(&'d str, Spot<'d>)> {
    spot.get("content").iter().flat_map(Spot::entries).collect()
}

fn covering<'s, 'd>(all: &'s [(&'d str, Spot<'d>)], name: &str) -> Option<&'s (&'d str, Spot<'d>)> {
    let exact = all
        .iter()
        .find(|(other, _)| other.eq_ignore_ascii_case(name));
    exact.or_else(|| all.iter().find(|(other, _)| covers(other, name)))
}

/// Whether everything of media type `narrow` is of media type `wide` too.
pub(crate) fn covers(wide: &str, narrow: &str) -> bool {
    let (wide_essence, narrow_essence) = (essence(wide), essence(narrow));
    let same = wide_essence == narrow_essence
        || wide_essence == "*/*"
        || wide_essence
            .strip_suffix('*')
            .is_some_and(|prefix| prefix.ends_with('/') && narrow_essence.starts_with(prefix));
    let given = parameters(narrow);
    same && parameters(wide)
        .iter()
        .all(|parameter| given.contains(parameter))
}

/// The parameters of a media type as RFC 9110 compares them: names in any letters, values with or
/// without quotes, in any order. The charset of JSON means nothing (RFC 8259).
fn parameters(media_type: &str) -> Vec<(String, String)> {
    let essence = essence(media_type);
    let json = essence == "application/json" || essence.ends_with("+json");
    let written = media_type.split(';').skip(1);
    written
        .filter_map(|parameter| {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            let name = name.trim().to_ascii_lowercase();
            let value = value.trim().trim_matches('"');
            let value = match name.as_str() {
                "charset" => value.to_ascii_lowercase(),
                _ => value.to_owned(),
            };
            let idle = name.is_empty() || (json && name == "charset");
            (!idle).then_some((name, value))
        })
        .collect()
}

/// Whether who reads `general` can read `special`, by the suffix that says what it is written in:
/// `application/problem+json` is JSON.
fn is_kind_of(special: &str, general: &str) -> bool {
    let (special, general) = (essence(special), essence(general));
    [("+json", "application/json"), ("+xml", "application/xml")]
        .iter()
        .any(|(suffix, whole)| general == *whole && special.ends_with(suffix))
}

pub(crate) fn essence(media_type: &str) -> String {
    media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}
