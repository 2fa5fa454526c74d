//! Findings on their way: pointers without lines, to be merged and put in order.

use std::collections::{BTreeMap, BTreeSet};

use openapi_document::Source;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::finding::{Class, Direction, Finding, Place};
use crate::http::exchange::Note;
use crate::judge::affected;

/// A finding without lines, columns and fingerprint.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) id: String,
    pub(crate) class: Class,
    pub(crate) direction: Direction,
    pub(crate) operations: BTreeSet<String>,
    pub(crate) base: String,
    pub(crate) revision: String,
    /// The property, tag or item that the finding is about, where the pointers do not say.
    pub(crate) about: Option<String>,
    pub(crate) old: Option<Value>,
    pub(crate) new: Option<Value>,
    pub(crate) witness: Option<Value>,
    pub(crate) message: String,
}

impl From<Note> for Draft {
    fn from(note: Note) -> Self {
        Self {
            id: note.id.to_owned(),
            class: note.class,
            direction: note.direction.map_or(Direction::None, affected),
            operations: BTreeSet::from([note.operation]),
            base: note.base,
            revision: note.revision,
            about: None,
            old: note.old,
            new: note.new,
            witness: note.witness,
            message: note.message,
        }
    }
}

/// Merges drafts of the same change, gives each its lines, and puts them in order: the worst
/// first, then as they stand in the revision.
pub(crate) fn finish(drafts: Vec<Draft>, base: &Source, revision: &Source) -> Vec<Finding> {
    let mut merged: BTreeMap<_, Draft> = BTreeMap::new();
    for draft in drafts {
        let key = (
            draft.class,
            draft.revision.clone(),
            draft.base.clone(),
            draft.id.clone(),
            draft.about.clone(),
            draft.direction,
        );
        match merged.get_mut(&key) {
            Some(same) => same.operations.extend(draft.operations),
            None => {
                merged.insert(key, draft);
            }
        }
    }
    let drafts: Vec<Draft> = merged.into_values().collect();
    let bases = places(base, drafts.iter().map(|draft| draft.base.as_str()));
    let revisions = places(revision, drafts.iter().map(|draft| draft.revision.as_str()));
    let mut findings: Vec<Finding> = drafts
        .into_iter()
        .zip(bases.into_iter().zip(revisions))
        .map(|(draft, (base, revision))| Finding {
            fingerprint: fingerprint(&draft),
            id: draft.id,
            class: draft.class,
            direction: draft.direction,
            operations: draft.operations.into_iter().collect(),
            base,
            revision,
            old: draft.old,
            new: draft.new,
            witness: draft.witness,
            message: draft.message,
        })
        .collect();
    findings.sort_by(|one, other| {
        let key = |finding: &Finding| {
            (
                finding.class,
                finding.revision.line,
                finding.revision.column,
                finding.base.line,
            )
        };
        key(one)
            .cmp(&key(other))
            .then_with(|| one.id.cmp(&other.id))
    });
    findings
}

fn places<'p>(source: &Source, pointers: impl Iterator<Item = &'p str>) -> Vec<Place> {
    let pointers: Vec<&str> = pointers.collect();
    let places = source.place_all(&pointers);
    pointers
        .into_iter()
        .zip(places)
        .map(|(pointer, place)| Place {
            file: place.file.name().to_owned(),
            pointer: pointer.to_owned(),
            line: place.location.line,
            column: place.location.column,
        })
        .collect()
}

fn fingerprint(draft: &Draft) -> String {
    let mut hash = Sha256::new();
    let about = draft.about.as_deref().unwrap_or_default();
    let direction = format!("{:?}", draft.direction);
    for part in [
        draft.id.as_str(),
        &draft.base,
        &draft.revision,
        about,
        &direction,
    ] {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hash.finalize()
        .iter()
        .take(6)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
