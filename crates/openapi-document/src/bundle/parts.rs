//! The files of a bundled document: which file each of its values came from.

use std::collections::{BTreeMap, HashMap};

use super::address::Address;
use crate::{Source, pointer};

/// What a bundled document keeps of the other files.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    /// The other files; the number of the first is 1, for the document itself is 0.
    pub(super) files: Vec<Source>,
    /// The file, and the pointer in it, of what was put at a pointer of the bundled document.
    pub(super) origins: HashMap<String, Address>,
    /// The references that were not followed, by the pointer of what has them.
    pub(super) unresolved: BTreeMap<String, Unresolved>,
}

/// A reference that leads to nothing that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unresolved {
    /// The JSON pointer of the object that has it as `$ref`, or of the reference itself in a
    /// discriminator's mapping.
    pub pointer: String,
    /// The reference as it is written.
    pub reference: String,
    /// What it was that was not read.
    pub cause: Cause,
    /// Why, and what to do, in one line.
    pub reason: String,
}

/// What a reference leads to that was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Cause {
    /// A file that is not there, is no document, or may not be read.
    File,
    /// A URL.
    Url,
    /// Nothing: no such place in a file that was read, or a circle of references.
    Nothing,
    /// More than a limit allows.
    Limit,
}

impl Parts {
    /// The number of the file that the value at a pointer came from, and its pointer there.
    /// `None` for what stands where it stood in the document itself.
    pub(crate) fn origin(&self, at: &str) -> Option<(usize, String)> {
        if self.origins.is_empty() {
            return None;
        }
        let (mount, (file, inside)) =
            pointer::outwards(at).find_map(|outer| Some((outer, self.origins.get(outer)?)))?;
        let below = at.get(mount.len()..).unwrap_or_default();
        Some((*file, format!("{inside}{below}")))
    }

    /// The other files, in the order in which they were read.
    pub(crate) fn files(&self) -> &[Source] {
        &self.files
    }

    /// Why the reference at a pointer was not followed.
    pub(crate) fn unresolved(&self) -> &BTreeMap<String, Unresolved> {
        &self.unresolved
    }
}
