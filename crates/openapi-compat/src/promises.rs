//! Promises about properties that the revision does not keep: see [`crate::lifecycle`].

use std::collections::BTreeSet;

use crate::document::Side;
use crate::draft::Draft;
use crate::http::exchange::SchemaPair;
use crate::judge::{Trail, affected};
use crate::lifecycle::{self, Subject};
use crate::schema::inclusion::{Direction, Engine, Question};
use crate::words;

/// Promises about a property that the revision does not keep.
pub(crate) fn broken(
    engine: &mut Engine<'_>,
    pair: &SchemaPair,
    question: Question,
    path: &Trail<'_>,
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
    let subject = words::subject(&pair.subject, &path.steps());
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
