//! Parameters and headers: what must be there, how it is written, and what it may be.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::exchange::{Both, Exchange};
use crate::document::{Side, Spot};
use crate::finding::Class;
use crate::ids::Location;
use crate::lifecycle::{self, Subject, Sunset};
use crate::schema::inclusion::{Direction, Wire};
use crate::schema::types::Types;

/// Headers that a document describes elsewhere; parameters of these names are ignored.
pub(crate) const DESCRIBED: [&str; 3] = ["accept", "content-type", "authorization"];

/// Where a parameter is, and its name as the wire tells names apart.
pub(crate) type Key = (String, String);

/// The parameters of an operation: its own, and those of its path that it does not replace.
pub(crate) fn effective<'d>(
    exchange: &mut Exchange<'_, 'd>,
    item: &Spot<'d>,
    operation: &Spot<'d>,
    names: &[&str],
) -> BTreeMap<Key, Spot<'d>> {
    let mut all = BTreeMap::new();
    let mut misnamed = Vec::new();
    for level in [item, operation] {
        let parameters: Vec<_> = level
            .get("parameters")
            .iter()
            .flat_map(Spot::items)
            .collect();
        for spot in parameters {
            let Some(spot) = exchange.resolve(spot) else {
                continue;
            };
            let (Some(place), Some(name)) = (spot.text("in"), spot.text("name")) else {
                continue;
            };
            let name = match place {
                "header" => name.to_ascii_lowercase(),
                "path" => match names.iter().position(|other| *other == name) {
                    Some(index) => position(index),
                    None => {
                        misnamed.retain(|other: &Spot<'d>| other.text("name") != Some(name));
                        misnamed.push(spot);
                        continue;
                    }
                },
                _ => name.to_owned(),
            };
            if place == "header" && DESCRIBED.contains(&name.as_str()) {
                continue;
            }
            all.insert((place.to_owned(), name), spot);
        }
    }
    // What is called otherwise than in the path can only stand where no other does.
    let places = (0..names.len()).map(|index| ("path".to_owned(), position(index)));
    let free: Vec<Key> = places.filter(|key| !all.contains_key(key)).collect();
    let mut free = free.into_iter();
    for spot in misnamed {
        let name = spot.text("name").unwrap_or_default();
        let key = free
            .next()
            .unwrap_or_else(|| ("path".to_owned(), name.to_owned()));
        all.insert(key, spot);
    }
    all
}

/// The name of a path's parameter: they are told apart by where they stand in it.
fn position(index: usize) -> String {
    format!("{{{index}}}")
}

/// Compares the parameters of a request.
pub(crate) fn compare<'d>(
    exchange: &mut Exchange<'_, 'd>,
    operations: &Both<Spot<'d>>,
    parameters: &Both<BTreeMap<Key, Spot<'d>>>,
) {
    let direction = exchange.requests();
    let (sender, receiver) = parameters.by_role(direction);
    let (sender_spot, receiver_spot) = operations.by_role(direction);
    for (key, wanted) in receiver {
        let subject = describe(key, wanted);
        match sender.get(key) {
            Some(given) => {
                if !exchange.flipped {
                    exchange.promises(Subject::Parameter, given, wanted);
                }
                compare_one(exchange, given, wanted, direction, subject);
            }
            None if key.0 == "path" => described(exchange, sender_spot, wanted, &subject),
            None if is_required(wanted) => {
                let id = match exchange.flipped {
                    false => "new-required-request-parameter",
                    true => "request-parameter-removed",
                };
                let without = exchange.request.clone();
                let message = format!("{subject} must be there; requests without it are refused");
                let at = (sender_spot, wanted);
                let note = exchange.note(id, Class::Breaking, Some(direction), at, message);
                note.witness = Some(json!({"request": without, "without": key.1}));
            }
            None => {
                let message = format!("{subject} can be sent now");
                let at = (sender_spot, wanted);
                let id = "new-optional-request-parameter";
                exchange.note(id, Class::Compatible, Some(direction), at, message);
            }
        }
    }
    for (key, given) in sender
        .iter()
        .filter(|(key, _)| !receiver.contains_key(*key))
    {
        if key.0 == "path" {
            described(exchange, receiver_spot, given, &describe(key, given));
            continue;
        }
        let message = format!("{} means nothing any more", describe(key, given));
        let at = (given, receiver_spot);
        let (id, class) = if exchange.flipped {
            ("request-parameter-removed", Class::Compatible)
        } else {
            removal(given)
        };
        let note = exchange.note(id, class, Some(direction), at, message);
        if let Some(sunset) = given.get("x-sunset").filter(|_| class == Class::Breaking) {
            note.witness = Some(json!({"promised": {"x-sunset": sunset.value}}));
        }
    }
}

/// A part of the path that only one side describes: the path has it all the same.
fn described<'d>(exchange: &mut Exchange<'_, 'd>, one: &Spot<'d>, other: &Spot<'d>, subject: &str) {
    let message = match other.side {
        Side::Base => format!("{subject} is not described any more"),
        Side::Revision => format!("{subject} is described now"),
    };
    let id = "path-parameter-description-changed";
    exchange.note(id, Class::Docs, None, (one, other), message);
}

/// A parameter that nobody reads any more does no harm, unless it was to stay until a later day.
fn removal(given: &Spot<'_>) -> (&'static str, Class) {
    let deprecated = given.flag("deprecated") == Some(true);
    let sunset = lifecycle::sunset(given);
    match deprecated {
        true if sunset == Sunset::Unreadable => ("request-parameter-sunset-parse", Class::Breaking),
        true if sunset.is_ahead() => ("request-parameter-removed-before-sunset", Class::Breaking),
        true => (
            "request-parameter-removed-with-deprecation",
            Class::Compatible,
        ),
        false => ("request-parameter-removed", Class::Compatible),
    }
}

fn compare_one<'d>(
    exchange: &mut Exchange<'_, 'd>,
    given: &Spot<'d>,
    wanted: &Spot<'d>,
    direction: Direction,
    subject: String,
) {
    if is_required(wanted) && !is_required(given) {
        let message = format!("{subject} must be there now; requests without it are refused");
        let name = wanted.text("name").unwrap_or_default();
        let request = exchange.request.clone();
        let id = "request-parameter-became-required";
        let note = exchange.note(
            id,
            Class::Breaking,
            Some(direction),
            (given, wanted),
            message,
        );
        note.witness = Some(json!({"request": request, "without": name}));
    } else if is_required(given) && !is_required(wanted) {
        let message = format!("{subject} can be left out now");
        let id = "request-parameter-became-optional";
        exchange.note(
            id,
            Class::Compatible,
            Some(direction),
            (given, wanted),
            message,
        );
    }
    if given.flag("allowEmptyValue") == Some(true) && wanted.flag("allowEmptyValue") != Some(true) {
        let message = format!("{subject} must have a value now");
        let id = "request-parameter-allow-empty-value-removed";
        exchange.note(
            id,
            Class::Breaking,
            Some(direction),
            (given, wanted),
            message,
        );
    }
    compare_form(
        exchange,
        given,
        wanted,
        direction,
        Location::Parameter,
        subject,
    );
}

/// Compares how a parameter or header is written, and its schema.
pub(crate) fn compare_form<'d>(
    exchange: &mut Exchange<'_, 'd>,
    given: &Spot<'d>,
    wanted: &Spot<'d>,
    direction: Direction,
    location: Location,
    subject: String,
) {
    let request = exchange.request.clone();
    let rewritten = |exchange: &mut Exchange<'_, 'd>, id, old: String, new: String| {
        let message = format!("{subject} is written in another way: {old} before, {new} now");
        let note = exchange.note(
            id,
            Class::Breaking,
            Some(direction),
            (given, wanted),
            message,
        );
        (note.old, note.new) = (Some(Value::from(old)), Some(Value::from(new)));
        note.witness = Some(json!({"request": request, "with": subject}));
    };
    let (from, to) = (content(given), content(wanted));
    let (old, new) = if given.side < wanted.side {
        (&from, &to)
    } else {
        (&to, &from)
    };
    let name = |content: &Option<(&str, Spot<'_>)>| {
        content
            .as_ref()
            .map_or("schema".to_owned(), |(media, _)| (*media).to_owned())
    };
    if name(old) != name(new) {
        rewritten(
            exchange,
            "request-parameter-content-changed",
            name(old),
            name(new),
        );
        return;
    }
    let (schemas, wire) = match (&from, &to) {
        (Some((media, given)), Some((_, wanted))) => {
            let wire = super::bodies::wire(media);
            (
                (
                    exchange.schema_at(given, "schema"),
                    exchange.schema_at(wanted, "schema"),
                ),
                wire,
            )
        }
        _ => {
            let schemas = (
                exchange.schema_at(given, "schema"),
                exchange.schema_at(wanted, "schema"),
            );
            (schemas, Wire::Text)
        }
    };
    if from.is_none() {
        let types = [schemas.0, schemas.1].map(|node| exchange.engine.pool.shape(node).types);
        let have = |kinds: Types| types.iter().all(|types| types.has(kinds));
        let form = match (have(Types::OBJECT), have(Types::ARRAY | Types::OBJECT)) {
            (true, _) => Form::Object,
            (false, true) => Form::List,
            (false, false) => Form::Plain,
        };
        let place = given.text("in").or(wanted.text("in")).unwrap_or("header");
        let (one, other) = (writing(given, place, form), writing(wanted, place, form));
        if one != other {
            let (old, new) = if given.side < wanted.side {
                (one, other)
            } else {
                (other, one)
            };
            rewritten(exchange, "request-parameter-style-changed", old, new);
        }
        let reserved = |spot: &Spot<'_>| spot.flag("allowReserved") == Some(true);
        let id = "request-parameter-allow-reserved-changed";
        match (reserved(given), reserved(wanted)) {
            (true, false) if place == "query" => {
                let (old, new) = ("with reserved characters".into(), "percent-encoded".into());
                rewritten(exchange, id, old, new);
            }
            (false, true) if place == "query" => {
                let message = format!("{subject} may have reserved characters as they are");
                let at = (given, wanted);
                exchange.note(id, Class::Compatible, Some(direction), at, message);
            }
            _ => {}
        }
    }
    let schemas = match given.side < wanted.side {
        true => Both {
            base: schemas.0,
            revision: schemas.1,
        },
        false => Both {
            base: schemas.1,
            revision: schemas.0,
        },
    };
    exchange.compare_schemas(schemas, direction, wire, location, subject);
}

fn content<'d>(spot: &Spot<'d>) -> Option<(&'d str, Spot<'d>)> {
    spot.get("content")?.entries().next()
}

/// What a style makes a difference for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Plain,
    List,
    Object,
}

/// The style that applies, written as or left to the default.
fn writing(spot: &Spot<'_>, place: &str, form: Form) -> String {
    let default = if matches!(place, "query" | "cookie") {
        "form"
    } else {
        "simple"
    };
    let style = spot.text("style").unwrap_or(default);
    // Simple values look the same in these styles, and are not exploded.
    let alike = [
        "form",
        "simple",
        "spaceDelimited",
        "pipeDelimited",
        "deepObject",
    ];
    if form == Form::Plain {
        return if alike.contains(&style) {
            "plain"
        } else {
            style
        }
        .to_owned();
    }
    // A simple list has commas either way.
    let alike = style == "deepObject" || (style == "simple" && form == Form::List);
    let explode = spot.flag("explode").unwrap_or(style == "form") && !alike;
    format!("style {style}{}", if explode { ", exploded" } else { "" })
}

pub(crate) fn is_required(spot: &Spot<'_>) -> bool {
    spot.flag("required") == Some(true) || spot.text("in") == Some("path")
}

fn describe(key: &Key, spot: &Spot<'_>) -> String {
    format!(
        "the {} parameter `{}`",
        key.0,
        spot.text("name").unwrap_or(&key.1)
    )
}
