//! Judges pairs of schemas: walks all questions that a pair leads to, and makes one finding of
//! each gap, however many operations lead there.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use openapi_document::pointer;
use serde_json::Value;

use crate::asides;
use crate::document::Side;
use crate::draft::Draft;
use crate::finding::{Class, Direction as Affected};
use crate::http::exchange::SchemaPair;
use crate::ids::{Change, Location};
use crate::promises;
use crate::schema::gap::Gap;
use crate::schema::inclusion::{Direction, Engine, OneSided, Question, Step};
use crate::schema::pool::SchemaId;
use crate::sdk::fields::{is_in_signatures, open_list, retyped};
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
    // Questions of which there is nothing to tell beside gaps, whoever asks.
    let mut quiet: HashSet<(Question, bool, bool)> = HashSet::new();
    for pair in pairs {
        for (root, breaking) in [(pair.breaking, true), (pair.reverse, false)] {
            let ways = reachable(engine, root);
            for (index, way) in ways.iter().enumerate() {
                let path = Trail { ways: &ways, index };
                let question = way.question;
                let answer = engine.answer(question);
                let is_property = path.last().is_some_and(Step::is_property);
                let asked = (question, is_property, pair.may_change);
                let silent = !breaking || (answer.one_sided.is_empty() && quiet.contains(&asked));
                if silent && answer.gaps.is_empty() {
                    continue;
                }
                for gap in &answer.gaps {
                    record(engine, &mut reached, pair, question, &path, gap, breaking);
                }
                if !breaking {
                    continue;
                }
                let told = all.len();
                if is_property {
                    all.extend(promises::broken(engine, pair, question, &path));
                }
                all.extend(asides::compare(engine, pair, question, &path));
                if !fields_known && answer.gaps.is_empty() {
                    all.extend(open_list(engine, pair, question, &path));
                    all.extend(retyped(engine, pair, question, &path));
                }
                if all.len() == told {
                    quiet.insert(asked);
                }
                for property in &answer.one_sided {
                    let name = Some(property.property.as_str());
                    let required = answer
                        .gaps
                        .iter()
                        .any(|gap| gap.property.as_deref() == name);
                    if !required {
                        note_one_sided(engine, &mut drafts, pair, question, property);
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
    let reached = with_one_limit(reached);
    for ((keyword, property, base, revision, ..), entry) in reached {
        let also = broken.contains(&(keyword, property, base.clone(), revision.clone()));
        if breaks(&entry) || !(also || keyword == "unreadable" || keyword == "limit") {
            let mut draft = draft(engine, entry, base, revision);
            if !fields_known && draft.class == Class::Compatible && is_in_signatures(&draft.id) {
                draft.class = Class::Sdk;
            }
            all.push(draft);
        }
    }
    all
}

/// Makes one entry of all places where the limit of steps was reached.
fn with_one_limit(reached: BTreeMap<Key, Reached>) -> BTreeMap<Key, Reached> {
    let (limited, mut rest): (BTreeMap<_, _>, BTreeMap<_, _>) = reached
        .into_iter()
        .partition(|((keyword, ..), entry)| *keyword == "limit" && breaks(entry));
    let others = limited.len().saturating_sub(1);
    let mut limited = limited.into_iter();
    if let Some((key, mut first)) = limited.next() {
        for (_, other) in limited {
            first.operations.extend(other.operations);
        }
        if others > 0 {
            first.subject = format!("{} (and {others} more places)", first.subject);
        }
        rest.insert(key, first);
    }
    rest
}

fn breaks(entry: &Reached) -> bool {
    entry.narrower == (entry.direction == Direction::Request)
}

/// A question that a root leads to, and the step that led to it from another.
pub(crate) struct Way {
    question: Question,
    from: usize,
    step: Step,
}

/// The questions that a root leads to, those with a shorter way first.
fn reachable(engine: &mut Engine<'_>, root: Question) -> Vec<Way> {
    let mut seen = HashSet::from([root]);
    let mut all = vec![Way {
        question: root,
        from: 0,
        step: Step::Same,
    }];
    let mut next = 0;
    while let Some(question) = all.get(next).map(|way| way.question) {
        for (step, below) in &engine.answer(question).below {
            if seen.insert(*below) {
                all.push(Way {
                    question: *below,
                    from: next,
                    step: step.clone(),
                });
            }
        }
        next += 1;
    }
    all
}

/// The way from a root to a question.
pub(crate) struct Trail<'w> {
    ways: &'w [Way],
    index: usize,
}

impl<'w> Trail<'w> {
    /// The steps into a value, the last first.
    fn back(&self) -> impl Iterator<Item = &'w Step> + use<'w> {
        let (ways, mut index) = (self.ways, self.index);
        let steps = std::iter::from_fn(move || {
            let way = ways.get(index).filter(|_| index != 0)?;
            index = way.from;
            Some(&way.step)
        });
        steps.filter(|step| **step != Step::Same)
    }

    /// The last step into a value.
    pub(crate) fn last(&self) -> Option<&'w Step> {
        self.back().next()
    }

    /// Whether the question is about the value where the way began.
    pub(crate) fn is_empty(&self) -> bool {
        self.last().is_none()
    }

    /// All steps into a value, in order.
    pub(crate) fn steps(&self) -> Vec<Step> {
        let mut steps: Vec<Step> = self.back().cloned().collect();
        steps.reverse();
        steps
    }
}

fn record(
    engine: &Engine<'_>,
    reached: &mut BTreeMap<Key, Reached>,
    pair: &SchemaPair,
    question: Question,
    path: &Trail<'_>,
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
        subject: words::subject(&pair.subject, &path.steps()),
        operations: BTreeSet::new(),
        may_change: true,
    });
    entry.operations.insert(pair.operation.clone());
    entry.may_change &= pair.may_change;
    if entry.gap.witness.is_none() && gap.witness.is_some() {
        entry.gap = gap.clone();
    }
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
            "property" | "unreadable" | "limit" => None,
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
