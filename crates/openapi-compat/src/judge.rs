//! Judges pairs of schemas: walks all questions that a pair leads to, and makes one finding of
//! each gap, however many operations lead there.

use std::collections::{BTreeMap, BTreeSet};

use openapi_source::pointer;
use serde_json::Value;

use crate::asides;
use crate::document::Side;
use crate::draft::Draft;
use crate::finding::{Class, Direction as Affected};
use crate::http::exchange::SchemaPair;
use crate::ids::{self, Change, Location};
use crate::lifecycle::{self, Subject};
use crate::schema::gap::Gap;
use crate::schema::inclusion::{Direction, Engine, OneSided, Question, Step};
use crate::schema::pool::SchemaId;
use crate::schema::shape::Shape;
use crate::schema::types::Types;
use crate::words;

/// A gap as it was reached.
struct Reached {
    gap: Gap,
    location: Location,
    inside: bool,
    narrower: bool,
    direction: Direction,
    subject: String,
    operations: BTreeSet<String>,
    /// All operations may change.
    may_change: bool,
}

/// What tells two findings apart: keyword, property, both places, direction, narrower or wider.
type Key = (
    &'static str,
    Option<String>,
    String,
    String,
    Direction,
    bool,
);

/// Judges all pairs. Unless the code generator was asked about fields, schemas tell what it would
/// make of them.
pub(crate) fn judge(
    engine: &mut Engine<'_>,
    pairs: &[SchemaPair],
    fields_known: bool,
) -> Vec<Draft> {
    let mut reached: BTreeMap<Key, Reached> = BTreeMap::new();
    let mut drafts = BTreeMap::new();
    let mut all: Vec<Draft> = Vec::new();
    for pair in pairs {
        for (root, breaking) in [(pair.breaking, true), (pair.reverse, false)] {
            for (question, path) in reachable(engine, root) {
                let answer = engine.answer(question);
                for gap in &answer.gaps {
                    record(engine, &mut reached, pair, question, &path, gap, breaking);
                }
                if breaking {
                    if matches!(path.last(), Some(Step::Property(_))) {
                        all.extend(broken_promises(engine, pair, question, &path));
                    }
                    all.extend(asides::compare(engine, pair, question, &path));
                    if !fields_known && answer.gaps.is_empty() {
                        all.extend(open_list(engine, pair, question, &path));
                        all.extend(retyped(engine, pair, question, &path));
                    }
                    for property in &answer.one_sided {
                        let required = answer
                            .gaps
                            .iter()
                            .any(|gap| gap.property.as_deref() == Some(&property.property));
                        if !required {
                            note_one_sided(engine, &mut drafts, pair, question, property);
                        }
                    }
                }
            }
        }
    }
    let broken: BTreeSet<_> = reached
        .iter()
        .filter(|(_, entry)| breaks(entry))
        .map(|((keyword, property, base, revision, ..), _)| {
            (*keyword, property.clone(), base.clone(), revision.clone())
        })
        .collect();
    all.extend(drafts.into_values());
    for ((keyword, property, base, revision, ..), entry) in reached {
        let also = broken.contains(&(keyword, property, base.clone(), revision.clone()));
        if breaks(&entry) || !(also || keyword == "unreadable") {
            let mut draft = draft(engine, entry, base, revision);
            if !fields_known && draft.class == Class::Compatible && is_in_signatures(&draft.id) {
                draft.class = Class::Sdk;
            }
            all.push(draft);
        }
    }
    all
}

/// Formats for which most generators have types of their own.
const TYPED: [&str; 9] = [
    "int32",
    "int64",
    "float",
    "double",
    "date",
    "date-time",
    "uuid",
    "byte",
    "binary",
];

/// Whether generated code shows such a change: another type, an option more or less, a list of
/// values that is closed now or was.
fn is_in_signatures(id: &str) -> bool {
    const SHOWN: [&str; 13] = [
        "type-changed",
        "type-generalized",
        "became-nullable",
        "became-not-nullable",
        "became-enum",
        "enum-removed",
        "property-became-required",
        "property-became-optional",
        "property-became-read-only",
        "property-became-not-write-only",
        "type-specialized",
        "list-of-types-widened",
        "list-of-types-narrowed",
    ];
    SHOWN.iter().any(|shown| id.ends_with(shown))
}

/// A list of known values that is open on one side only, and no other difference.
fn open_list(
    engine: &mut Engine<'_>,
    pair: &SchemaPair,
    question: Question,
    path: &[Step],
) -> Option<Draft> {
    const KEYWORD: &str = "x-extensible-enum";
    // What the client of the base sends, the server of the revision receives.
    let nodes = match question.direction {
        Direction::Request => [question.source, question.target],
        Direction::Response => [question.target, question.source],
    };
    let shapes = nodes.map(|node| engine.pool.shape(node));
    // A closed list on the other side is a change of values, and has its finding.
    let closed = shapes.iter().any(|shape| shape.enums.is_some());
    if closed || shapes[0].flags.extensible == shapes[1].flags.extensible {
        return None;
    }
    let at = |shape: &Shape<'_>| {
        let stated = shape.stated.get(KEYWORD).copied();
        let id = stated.or(shape.members.first().copied())?;
        let spot = engine.pool.spot(id);
        Some(spot.get(KEYWORD).unwrap_or_else(|| spot.clone()).pointer)
    };
    let (base, revision) = (at(&shapes[0])?, at(&shapes[1])?);
    let subject = words::subject(&pair.subject, path);
    let message = match shapes[1].flags.extensible {
        true => format!("{subject} has a list of known values now"),
        false => format!("{subject} has no list of known values any more"),
    };
    Some(Draft {
        id: "sdk-open-list-changed".to_owned(),
        class: Class::Sdk,
        direction: affected(question.direction),
        operations: BTreeSet::from([pair.operation.clone()]),
        base,
        revision,
        about: None,
        old: None,
        new: None,
        witness: None,
        message,
    })
}

/// A value that is the same on the wire, and another type in generated code: text that is a number
/// or a word, numbers that happen to be whole, strings that are dates.
fn retyped(
    engine: &mut Engine<'_>,
    pair: &SchemaPair,
    question: Question,
    path: &[Step],
) -> Option<Draft> {
    let back = Question {
        source: question.target,
        target: question.source,
        ..question
    };
    // A part of a set is of one type where the whole is of several.
    let is_part = |node| {
        let meaning = engine.pool.meaning(node);
        !meaning.picks.is_empty() || !meaning.tags.is_empty() || meaning.kinds != Types::ALL
    };
    if is_part(question.source) || is_part(question.target) {
        return None;
    }
    if !engine.answer(back).gaps.is_empty() {
        return None;
    }
    let nodes = match question.direction {
        Direction::Request => [question.source, question.target],
        Direction::Response => [question.target, question.source],
    };
    let kinds = nodes.map(|node| engine.kinds_but_null(node));
    let formats = nodes.map(|node| {
        let shape = engine.pool.shape(node);
        let formats = shape.number.formats.iter().chain(&shape.string.formats);
        formats.copied().collect::<BTreeSet<&str>>()
    });
    if kinds[0] == kinds[1] && formats[0] == formats[1] {
        return None;
    }
    let mut changed = formats[0].symmetric_difference(&formats[1]);
    let typed = kinds[0] != kinds[1] || changed.any(|format| TYPED.contains(format));
    let (class, what) = match typed {
        true => (Class::Sdk, "is the same on the wire, and has another type"),
        false => (Class::Docs, "has another `format`, which refuses nothing"),
    };
    let [base, revision] = nodes.map(|node| {
        let shape = engine.pool.shape(node);
        let place = engine.place(node, &shape, "type");
        engine.pool.spot(place).pointer.clone()
    });
    let subject = words::subject(&pair.subject, path);
    let kind = ids::subject(pair.location, !path.is_empty());
    Some(Draft {
        id: format!("{kind}-type-changed"),
        class,
        direction: affected(question.direction),
        operations: BTreeSet::from([pair.operation.clone()]),
        base,
        revision,
        about: None,
        old: None,
        new: None,
        witness: None,
        message: format!("{subject} {what}"),
    })
}

fn breaks(entry: &Reached) -> bool {
    entry.narrower == (entry.direction == Direction::Request)
}

/// The questions that a root leads to, each with a shortest way to it.
fn reachable(engine: &mut Engine<'_>, root: Question) -> Vec<(Question, Vec<Step>)> {
    let mut seen = BTreeSet::from([root]);
    let mut all = vec![(root, Vec::new())];
    let mut next = 0;
    while let Some((question, path)) = all.get(next).cloned() {
        next += 1;
        for (step, below) in &engine.answer(question).below {
            if seen.insert(*below) {
                let mut path = path.clone();
                if *step != Step::Same {
                    path.push(step.clone());
                }
                all.push((*below, path));
            }
        }
    }
    all
}

fn record(
    engine: &Engine<'_>,
    reached: &mut BTreeMap<Key, Reached>,
    pair: &SchemaPair,
    question: Question,
    path: &[Step],
    gap: &Gap,
    breaking: bool,
) {
    let (base, revision) = places(engine, gap);
    // A receiver's narrower set breaks in requests; a sender's wider one in responses.
    let narrower = breaking == (question.direction == Direction::Request);
    let key = (
        gap.keyword,
        gap.property.clone(),
        base,
        revision,
        question.direction,
        narrower,
    );
    let entry = reached.entry(key).or_insert_with(|| Reached {
        gap: gap.clone(),
        location: pair.location,
        inside: !path.is_empty(),
        narrower,
        direction: question.direction,
        subject: words::subject(&pair.subject, path),
        operations: BTreeSet::new(),
        may_change: true,
    });
    entry.operations.insert(pair.operation.clone());
    entry.may_change &= pair.may_change;
    if entry.gap.witness.is_none() && gap.witness.is_some() {
        entry.gap = gap.clone();
    }
}

/// Promises about a property that the revision does not keep.
fn broken_promises(
    engine: &mut Engine<'_>,
    pair: &SchemaPair,
    question: Question,
    path: &[Step],
) -> Vec<Draft> {
    let direction = question.direction;
    let about = match direction {
        Direction::Request => Subject::RequestProperty,
        Direction::Response => Subject::ResponseProperty,
    };
    let shapes = [question.source, question.target].map(|node| engine.pool.shape(node));
    let keys = ["x-sunset", "x-stability-level", "deprecated"];
    // Nearly all properties promise nothing of the kind: seen without building a pointer.
    let promises = shapes
        .iter()
        .flat_map(|shape| &shape.members)
        .any(|&member| {
            let value = engine.pool.spot(member).value;
            keys.iter().any(|key| value.get(key).is_some())
        });
    if !promises {
        return Vec::new();
    }
    let [one, other] = shapes.map(|shape| {
        let spots = shape.members.iter().map(|&member| engine.pool.spot(member));
        let written: Vec<_> = spots.filter(|spot| spot.get("$ref").is_none()).collect();
        let states = |key| written.iter().find(|spot| spot.get(key).is_some()).copied();
        keys.into_iter()
            .find_map(states)
            .or(written.first().copied())
    });
    let (Some(one), Some(other)) = (one, other) else {
        return Vec::new();
    };
    let (base, revision) = match one.side {
        Side::Base => (one, other),
        Side::Revision => (other, one),
    };
    let subject = words::subject(&pair.subject, path);
    lifecycle::compare(about, base, revision)
        .into_iter()
        .filter(|_| !pair.may_change)
        .map(|broken| Draft {
            id: broken.id.to_owned(),
            class: broken.class,
            direction: affected(direction),
            operations: BTreeSet::from([pair.operation.clone()]),
            base: broken.base.pointer,
            revision: broken.revision.pointer,
            about: None,
            old: None,
            new: None,
            witness: Some(broken.witness),
            message: format!("{subject}: {}", broken.message),
        })
        .collect()
}

/// Where a gap is in the base and in the revision.
fn places(engine: &Engine<'_>, gap: &Gap) -> (String, String) {
    let at = |id: SchemaId| {
        let spot = engine.pool.spot(id);
        let property = gap.property.as_deref().and_then(|name| {
            let properties = spot.get("properties")?;
            properties.get(name).map(|property| property.pointer)
        });
        let keyword = match gap.keyword {
            "property" => "additionalProperties",
            other => other,
        };
        let stated = spot.get(keyword).map(|keyword| keyword.pointer);
        let states = gap.keyword == "required" && requires(engine, id, gap);
        match states {
            true => stated.or(property),
            false if gap.keyword == "required" => property,
            false => property.or(stated),
        }
        .unwrap_or_else(|| spot.pointer.clone())
    };
    match engine.pool.spot(gap.source).side {
        Side::Base => (at(gap.source), at(gap.target)),
        Side::Revision => (at(gap.target), at(gap.source)),
    }
}

fn requires(engine: &Engine<'_>, id: SchemaId, gap: &Gap) -> bool {
    let required = engine.pool.spot(id).get("required");
    required
        .iter()
        .flat_map(|spot| spot.items())
        .any(|name| name.value.as_str() == gap.property.as_deref())
}

fn draft(engine: &Engine<'_>, entry: Reached, base: String, revision: String) -> Draft {
    let gap = &entry.gap;
    let (old_id, new_id) = match engine.pool.spot(gap.source).side {
        Side::Base => (gap.source, gap.target),
        Side::Revision => (gap.target, gap.source),
    };
    let says = |id: SchemaId| -> Option<Value> {
        let spot = engine.pool.spot(id);
        match gap.keyword {
            "required" => Some(Value::from(requires(engine, id, gap))),
            "property" | "unreadable" => None,
            "nullable" => Some(Value::from(spot.flag("nullable") == Some(true))),
            "items" | "not" | "oneOf" | "anyOf" => None,
            keyword => spot.get(keyword).map(|keyword| keyword.value.clone()),
        }
    };
    let (old, new) = (says(old_id), says(new_id));
    let lenient = if requires(engine, old_id, gap) {
        new_id
    } else {
        old_id
    };
    let named = gap.property.as_deref().is_some_and(|name| {
        let properties = engine.pool.spot(lenient).get("properties");
        properties.is_some_and(|properties| properties.get(name).is_some())
    });
    let change = Change {
        location: entry.location,
        inside: entry.inside,
        narrower: entry.narrower,
        old: old.as_ref(),
        new: new.as_ref(),
        named,
        marked: requires(engine, old_id, gap) && requires(engine, new_id, gap),
        with_default: gap.property.as_deref().is_some_and(|name| {
            let properties = engine.pool.spot(new_id).get("properties");
            let property = properties.and_then(|properties| properties.get(name));
            property.is_some_and(|property| property.get("default").is_some())
        }),
    };
    let class = match (breaks(&entry), &gap.witness) {
        (true, Some(_)) if entry.may_change => Class::Compatible,
        (true, Some(_)) => Class::Breaking,
        (true, None) => Class::Unknown,
        (false, _) if gap.idle => Class::Docs,
        (false, _) => Class::Compatible,
    };
    let message = words::gap(&entry.subject, gap, &change, class, entry.direction);
    Draft {
        id: change.id(gap),
        class,
        direction: affected(entry.direction),
        operations: entry.operations,
        base,
        revision,
        about: gap.property.clone(),
        witness: gap.witness.clone().filter(|_| class == Class::Breaking),
        old,
        new,
        message,
    }
}

/// Notes an optional property that only one side names.
fn note_one_sided(
    engine: &Engine<'_>,
    drafts: &mut BTreeMap<(String, String, String), Draft>,
    pair: &SchemaPair,
    question: Question,
    property: &OneSided,
) {
    let (id, what) = match (question.direction, property.named_by_source) {
        (Direction::Request, true) if !property.sent => (
            "request-read-only-property-removed",
            "was not sent, and is not described any more",
        ),
        (Direction::Request, false) if !property.sent => (
            "request-read-only-property-added",
            "is described now, and is not sent",
        ),
        (Direction::Response, true) if !property.sent => (
            "response-optional-write-only-property-added",
            "is described now, and does not come",
        ),
        (Direction::Response, false) if !property.sent => (
            "response-optional-write-only-property-removed",
            "did not come, and is not described any more",
        ),
        (Direction::Request, true) => ("request-property-removed", "means nothing any more"),
        (Direction::Request, false) => ("new-optional-request-property", "can be sent now"),
        (Direction::Response, true) => ("response-optional-property-added", "can come now"),
        (Direction::Response, false) => (
            "response-optional-property-removed",
            "could be missing, and does not come any more",
        ),
    };
    let named = engine.pool.spot(property.schema);
    let other = engine.pool.spot(property.other);
    let (base, revision) = match named.side {
        Side::Base => (named.pointer.clone(), other.pointer.clone()),
        Side::Revision => (other.pointer.clone(), named.pointer.clone()),
    };
    let name = pointer::last(&named.pointer).unwrap_or_default();
    let message = format!("the property `{name}` {what}");
    let key = (id.to_owned(), base.clone(), revision.clone());
    let draft = drafts.entry(key).or_insert_with(|| Draft {
        id: id.to_owned(),
        class: if property.sent {
            Class::Compatible
        } else {
            Class::Docs
        },
        direction: affected(question.direction),
        operations: BTreeSet::new(),
        base,
        revision,
        about: Some(property.property.clone()),
        old: None,
        new: None,
        witness: None,
        message,
    });
    draft.operations.insert(pair.operation.clone());
}

pub(crate) fn affected(direction: Direction) -> Affected {
    match direction {
        Direction::Request => Affected::Request,
        Direction::Response => Affected::Response,
    }
}
