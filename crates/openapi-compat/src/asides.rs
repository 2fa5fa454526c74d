//! What schemas say beside their sets of values: defaults, what is deprecated, and which way a
//! property goes. None of it changes what is allowed, so nobody breaks by it.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::document::Spot;
use crate::draft::Draft;
use crate::finding::Class;
use crate::http::exchange::SchemaPair;
use crate::ids;
use crate::judge::{Trail, affected};
use crate::lifecycle;
use crate::schema::inclusion::{Direction, Engine, Question, Step};
use crate::schema::pool::SchemaId;
use crate::words;

/// An aside: the name of the finding, its class, its places, what it says, and what it is about.
struct Aside {
    id: String,
    class: Class,
    at: [(String, Option<Value>); 2],
    message: String,
    about: Option<String>,
}

/// All asides that differ at one question.
pub(crate) fn compare(
    engine: &mut Engine<'_>,
    pair: &SchemaPair,
    question: Question,
    path: &Trail<'_>,
) -> Vec<Draft> {
    // What the client of the base sends, the server of the revision receives.
    let nodes = match question.direction {
        Direction::Request => [question.source, question.target],
        Direction::Response => [question.target, question.source],
    };
    let shapes = nodes.map(|node| engine.pool.shape(node));
    // Nearly all questions have nothing to tell, and some have a long way.
    let subject = &|| words::subject(&pair.subject, &path.steps());
    let members = shapes.each_ref().map(|shape| shape.members.as_slice());
    let mut asides: Vec<Aside> = Vec::new();
    asides.extend(discriminator(
        engine,
        pair,
        members,
        !path.is_empty(),
        subject,
    ));
    asides.extend(default(engine, pair, members, !path.is_empty(), subject));
    if path.last().is_some_and(Step::is_property) {
        asides.extend(deprecation(engine, question.direction, members, subject));
    }
    let names: BTreeSet<&str> = shapes[0].object.names().collect();
    for name in names {
        let [old, new] = shapes.each_ref().map(|shape| shape.object.property(name));
        if !(old.declared && new.declared) {
            continue;
        }
        let required = shapes
            .each_ref()
            .map(|shape| shape.object.required.contains_key(name));
        let properties = [old.schemas.as_slice(), new.schemas.as_slice()];
        asides.extend(marks(
            engine,
            question.direction,
            name,
            required,
            properties,
            subject,
        ));
    }
    let operations = BTreeSet::from([pair.operation.clone()]);
    asides
        .into_iter()
        .map(|aside| {
            let [(base, old), (revision, new)] = aside.at;
            Draft {
                id: aside.id,
                class: aside.class,
                direction: affected(question.direction),
                operations: operations.clone(),
                base,
                revision,
                about: aside.about,
                old,
                new,
                witness: None,
                message: aside.message,
            }
        })
        .collect()
}

/// The first of some schemas that says something under a keyword.
fn stating<'d>(engine: &Engine<'d>, schemas: &[SchemaId], key: &str) -> Option<Spot<'d>> {
    let spots = schemas.iter().map(|&schema| engine.pool.spot(schema));
    spots
        .filter(|spot| spot.value.get("$ref").is_none())
        .find_map(|spot| spot.get(key))
}

/// Where a keyword is, or would be, and what it says.
fn at(
    engine: &Engine<'_>,
    schemas: &[SchemaId],
    stated: &Option<Spot<'_>>,
) -> Option<(String, Option<Value>)> {
    if let Some(spot) = stated {
        return Some((spot.pointer.clone(), Some(spot.value.clone())));
    }
    let mut spots = schemas.iter().map(|&schema| engine.pool.spot(schema));
    let own = spots.find(|spot| spot.value.get("$ref").is_none())?;
    Some((own.pointer.clone(), None))
}

fn default(
    engine: &Engine<'_>,
    pair: &SchemaPair,
    members: [&[SchemaId]; 2],
    inside: bool,
    subject: &dyn Fn() -> String,
) -> Option<Aside> {
    let [old, new] = members.map(|schemas| stating(engine, schemas, "default"));
    let (verb, message) = match (&old, &new) {
        (Some(old), Some(new)) if old.value == new.value => return None,
        (None, None) => return None,
        (None, Some(new)) => ("added", format!("is {} now", words::short(new.value))),
        (Some(old), None) => ("removed", format!("was {}", words::short(old.value))),
        (Some(old), Some(new)) => (
            "changed",
            format!(
                "was {} and is {} now",
                words::short(old.value),
                words::short(new.value)
            ),
        ),
    };
    Some(Aside {
        id: format!(
            "{}-default-value-{verb}",
            ids::subject(pair.location, inside)
        ),
        class: Class::Docs,
        at: [at(engine, members[0], &old)?, at(engine, members[1], &new)?],
        message: format!("{}: the default {message}", subject()),
        about: Some("default".to_owned()),
    })
}

/// Alternatives that are told apart by a tag on one side only.
fn discriminator(
    engine: &Engine<'_>,
    pair: &SchemaPair,
    members: [&[SchemaId]; 2],
    inside: bool,
    subject: &dyn Fn() -> String,
) -> Option<Aside> {
    let [old, new] = members.map(|schemas| stating(engine, schemas, "discriminator"));
    let (verb, message) = match (&old, &new) {
        (None, Some(_)) => ("added", "says by which tag its alternatives are told apart"),
        (Some(_), None) => (
            "removed",
            "does not say any more how its alternatives are told apart",
        ),
        _ => return None,
    };
    Some(Aside {
        id: format!(
            "{}-discriminator-{verb}",
            ids::subject(pair.location, inside)
        ),
        class: Class::Docs,
        at: [at(engine, members[0], &old)?, at(engine, members[1], &new)?],
        message: format!("{} {message}", subject()),
        about: Some("discriminator".to_owned()),
    })
}

fn deprecation(
    engine: &Engine<'_>,
    direction: Direction,
    members: [&[SchemaId]; 2],
    subject: &dyn Fn() -> String,
) -> Option<Aside> {
    let [old, new] = members.map(|schemas| stating(engine, schemas, "deprecated"));
    let is = |spot: &Option<Spot<'_>>| {
        spot.as_ref()
            .is_some_and(|spot| spot.value == &Value::Bool(true))
    };
    let (verb, what) = match (is(&old), is(&new)) {
        (false, true) if stating(engine, members[1], lifecycle::SUNSET).is_some() => {
            ("deprecated-with-sunset", "is deprecated now, and will go")
        }
        (false, true) => ("deprecated", "is deprecated now"),
        (true, false) => ("reactivated", "is not deprecated any more"),
        _ => return None,
    };
    let sent = match direction {
        Direction::Request => "request",
        Direction::Response => "response",
    };
    Some(Aside {
        id: format!("{sent}-property-{verb}"),
        class: Class::Docs,
        at: [at(engine, members[0], &old)?, at(engine, members[1], &new)?],
        message: format!("{} {what}", subject()),
        about: Some("deprecated".to_owned()),
    })
}

/// A property that goes one way only on one side.
fn marks(
    engine: &mut Engine<'_>,
    direction: Direction,
    name: &str,
    required: [bool; 2],
    properties: [&[SchemaId]; 2],
    subject: &dyn Fn() -> String,
) -> Vec<Aside> {
    let [old, new] = properties.map(|schemas| {
        let node = engine.pool.node(schemas.to_vec());
        engine.pool.shape(node)
    });
    let mut asides = Vec::new();
    for (key, was, is, stops) in [
        (
            "readOnly",
            old.flags.read_only,
            new.flags.read_only,
            Direction::Request,
        ),
        (
            "writeOnly",
            old.flags.write_only,
            new.flags.write_only,
            Direction::Response,
        ),
    ] {
        // What is required is a constraint that comes or goes with the mark.
        if was == is || (stops == direction && required == [true, true]) {
            continue;
        }
        let sent = match direction {
            Direction::Request => "request",
            Direction::Response => "response",
        };
        let needed = if required[1] { "required" } else { "optional" };
        let not = if is { "" } else { "not-" };
        let word = if key == "readOnly" {
            "read-only"
        } else {
            "write-only"
        };
        let places = [&old, &new].map(|shape| {
            let stated = stating(engine, &shape.members, key);
            at(engine, &shape.members, &stated)
        });
        let [Some(base), Some(revision)] = places else {
            continue;
        };
        asides.push(Aside {
            id: format!("{sent}-{needed}-property-became-{not}{word}"),
            class: if stops == direction {
                Class::Compatible
            } else {
                Class::Docs
            },
            at: [base, revision],
            message: match is {
                true => format!("the property `{name}` of {} is {word} now", subject()),
                false => format!(
                    "the property `{name}` of {} is not {word} any more",
                    subject()
                ),
            },
            about: Some(key.to_owned()),
        });
    }
    asides
}
