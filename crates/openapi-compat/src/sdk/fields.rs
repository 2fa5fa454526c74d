//! What schemas tell of fields and arguments in generated code, for a generator that was not asked.

use std::collections::BTreeSet;

use crate::draft::Draft;
use crate::finding::Class;
use crate::http::exchange::SchemaPair;
use crate::ids;
use crate::judge::{Trail, affected};
use crate::schema::inclusion::{Direction, Engine, Question};
use crate::schema::shape::Shape;
use crate::words;

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
pub(crate) fn is_in_signatures(id: &str) -> bool {
    const SHOWN: [&str; 15] = [
        "schema-added",
        "schema-removed",
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
pub(crate) fn open_list(
    engine: &mut Engine<'_>,
    pair: &SchemaPair,
    question: Question,
    path: &Trail<'_>,
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
    let subject = words::subject(&pair.subject, &path.steps());
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
pub(crate) fn retyped(
    engine: &mut Engine<'_>,
    pair: &SchemaPair,
    question: Question,
    path: &Trail<'_>,
) -> Option<Draft> {
    let back = Question {
        source: question.target,
        target: question.source,
        ..question
    };
    // A part of a set is of one type where the whole is of several.
    let is_part = |node| !engine.pool.meaning(node).is_whole();
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
    let subject = words::subject(&pair.subject, &path.steps());
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
