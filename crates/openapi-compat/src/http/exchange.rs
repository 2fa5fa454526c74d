//! Collects what the comparison of operations notices: changes that are judged on the spot, and
//! pairs of schemas that are still to be judged.

use serde_json::Value;

use crate::document::{Side, Spot};
use crate::finding::Class;
use crate::ids::Location;
use crate::lifecycle::{self, Subject};
use crate::schema::inclusion::{Direction, Engine, Names, Question, Wire};
use crate::schema::pool::NodeId;

/// A change that needs no look into a schema.
#[derive(Debug, Clone)]
pub(crate) struct Note {
    pub(crate) id: &'static str,
    pub(crate) class: Class,
    pub(crate) direction: Option<Direction>,
    pub(crate) operation: String,
    pub(crate) base: String,
    pub(crate) revision: String,
    pub(crate) old: Option<Value>,
    pub(crate) new: Option<Value>,
    pub(crate) witness: Option<Value>,
    pub(crate) message: String,
}

/// Two schemas at the same place of a message, to be judged.
#[derive(Debug, Clone)]
pub(crate) struct SchemaPair {
    pub(crate) operation: String,
    pub(crate) location: Location,
    /// The operation is a draft or an alpha: nobody was promised that it stays as it is.
    pub(crate) may_change: bool,
    /// What the schema describes, for messages: "the request body", "the query parameter `q`".
    pub(crate) subject: String,
    pub(crate) breaking: Question,
    pub(crate) reverse: Question,
}

/// The comparison of one operation.
pub(crate) struct Exchange<'e, 'd> {
    pub(crate) engine: &'e mut Engine<'d>,
    pub(crate) operation: String,
    /// `METHOD /path` as a client would call it, for witnesses.
    pub(crate) request: String,
    /// The server sends the request (a callback).
    pub(crate) flipped: bool,
    pub(crate) notes: Vec<Note>,
    pub(crate) pairs: Vec<SchemaPair>,
}

/// The same thing in both documents, where at least one has it.
#[derive(Debug, Clone)]
pub(crate) struct Both<T> {
    pub(crate) base: T,
    pub(crate) revision: T,
}

impl<T> Both<T> {
    /// The sender's and the receiver's, for a direction.
    pub(crate) fn by_role(&self, direction: Direction) -> (&T, &T) {
        match direction {
            Direction::Request => (&self.base, &self.revision),
            Direction::Response => (&self.revision, &self.base),
        }
    }
}

impl<'d> Exchange<'_, 'd> {
    /// The direction of what the operation calls its request.
    pub(crate) fn requests(&self) -> Direction {
        if self.flipped {
            Direction::Response
        } else {
            Direction::Request
        }
    }

    pub(crate) fn responses(&self) -> Direction {
        if self.flipped {
            Direction::Request
        } else {
            Direction::Response
        }
    }

    /// Notes a change at two places.
    pub(crate) fn note(
        &mut self,
        id: &'static str,
        class: Class,
        direction: Option<Direction>,
        at: (&Spot<'d>, &Spot<'d>),
        message: String,
    ) -> &mut Note {
        let (base, revision) = if at.0.side == Side::Base {
            at
        } else {
            (at.1, at.0)
        };
        let note = Note {
            id,
            class,
            direction,
            operation: self.operation.clone(),
            base: base.pointer.clone(),
            revision: revision.pointer.clone(),
            old: None,
            new: None,
            witness: None,
            message,
        };
        let index = self.notes.len();
        self.notes.push(note);
        &mut self.notes[index]
    }

    /// Notes the promises about time that are not kept.
    pub(crate) fn promises(&mut self, subject: Subject, base: &Spot<'d>, revision: &Spot<'d>) {
        for broken in lifecycle::compare(subject, base, revision) {
            let at = (&broken.base, &broken.revision);
            let direction = Some(Direction::Request);
            let note = self.note(broken.id, broken.class, direction, at, broken.message);
            note.witness = Some(broken.witness);
        }
        if let Some((id, what)) = lifecycle::deprecation(subject, base, revision) {
            let at = |spot: &Spot<'d>| spot.get("deprecated").unwrap_or_else(|| spot.clone());
            let message = match base.text("name") {
                Some(name) if subject == Subject::Parameter => {
                    format!("the parameter `{name}` {what}")
                }
                _ => what.to_owned(),
            };
            let direction = Some(Direction::Request);
            self.note(
                id,
                Class::Docs,
                direction,
                (&at(base), &at(revision)),
                message,
            );
        }
    }

    /// Makes all that was noticed a change that people were told to expect.
    pub(crate) fn forgive(&mut self) {
        for note in &mut self.notes {
            if note.class == Class::Breaking {
                note.class = Class::Compatible;
                note.witness = None;
            }
        }
        for pair in &mut self.pairs {
            pair.may_change = true;
        }
    }

    /// Follows references; what leads nowhere is noted as unknown, and left out.
    pub(crate) fn resolve(&mut self, spot: Spot<'d>) -> Option<Spot<'d>> {
        match self.engine.pool.document(spot.side).resolve(spot) {
            Ok(spot) => Some(spot),
            Err(reference) => {
                let other = self.root_of_other(&reference);
                let target = reference.text("$ref").unwrap_or_default().to_owned();
                let message = format!("the reference `{target}` leads nowhere in this document");
                self.note(
                    "unreadable",
                    Class::Unknown,
                    None,
                    (&reference, &other),
                    message,
                );
                None
            }
        }
    }

    fn root_of_other(&self, spot: &Spot<'d>) -> Spot<'d> {
        match spot.side {
            Side::Base => self.engine.pool.revision.root(),
            Side::Revision => self.engine.pool.base.root(),
        }
    }

    /// Has two schemas judged.
    pub(crate) fn compare_schemas(
        &mut self,
        schemas: Both<NodeId>,
        direction: Direction,
        wire: Wire,
        location: Location,
        subject: String,
    ) {
        let (&source, &target) = schemas.by_role(direction);
        let question = |source, target| Question {
            source,
            target,
            direction,
            wire,
            names: Names::Ignored,
        };
        self.pairs.push(SchemaPair {
            operation: self.operation.clone(),
            location,
            may_change: false,
            subject,
            breaking: question(source, target),
            reverse: question(target, source),
        });
    }

    /// The set of values of the schema at `key`; of none, all values.
    pub(crate) fn schema_at(&mut self, spot: &Spot<'d>, key: &str) -> NodeId {
        match spot.get(key) {
            Some(schema) => self.engine.pool.node_at(schema),
            None => self.engine.pool.node(Vec::new()),
        }
    }
}
