//! Changes that were accepted on purpose, with the reason.
//!
//! ```toml
//! [[accepted]]
//! fingerprint = "0a1b2c3d4e5f"        # or:
//! # id = "request-property-*"
//! # pointer = "/components/schemas/Pet/**"
//! reason = "nobody ever sent it"
//! until = "0.2.0"                     # the version that ships the change, or a date
//! ```

use std::fmt;

use globset::{GlobBuilder, GlobMatcher};
use serde::Deserialize;
use toml::Spanned;

use crate::compare::Comparison;
use crate::finding::Finding;

/// The accepted changes of one file.
#[derive(Debug, Clone, Default)]
pub struct Accepted {
    entries: Vec<Entry>,
}

#[derive(Debug, Clone)]
struct Entry {
    written: Written,
    id: Option<GlobMatcher>,
    pointer: Option<GlobMatcher>,
    until: Option<Until>,
}

/// When an acceptance ends.
#[derive(Debug, Clone)]
enum Until {
    /// After this version of the revision.
    Version(semver::Version),
    /// After this day, as `YYYY-MM-DD`: such dates are in order as text.
    Day(String),
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    fingerprint: Option<String>,
    id: Option<String>,
    pointer: Option<String>,
    reason: String,
    until: Option<toml::Value>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    accepted: Vec<Spanned<Written>>,
}

/// A comparison without the findings that were accepted, and those.
#[derive(Debug, Clone)]
pub struct Judged {
    /// What is left, and its verdict.
    pub comparison: Comparison,
    /// What was accepted.
    pub accepted: Vec<Finding>,
    /// Accepted changes that are not there (any more), as messages for a person.
    pub stale: Vec<String>,
}

/// A file of accepted changes that cannot be read.
///
/// Displays as `line:column: what is wrong`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcceptedError {
    place: Option<(usize, usize)>,
    message: String,
}

impl fmt::Display for AcceptedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place {
            Some((line, column)) => write!(f, "{line}:{column}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl std::error::Error for AcceptedError {}

impl Accepted {
    /// Reads a file of accepted changes.
    ///
    /// # Errors
    /// It is not TOML of that form, an entry names neither a fingerprint nor an id and a pointer,
    /// has no reason, or ends neither with a version nor with a day.
    pub fn parse(text: &str) -> Result<Self, AcceptedError> {
        let failed = |place, message| AcceptedError { place, message };
        let file: File = toml::from_str(text).map_err(|error| {
            let place = error.span().and_then(|span| place(text, span.start));
            failed(place, error.message().replace('\n', " "))
        })?;
        let entries = file.accepted.into_iter().map(|written| {
            let place = place(text, written.span().start);
            Entry::of(written.into_inner()).map_err(|message| failed(place, message))
        });
        Ok(Self {
            entries: entries.collect::<Result<_, _>>()?,
        })
    }

    /// Takes the accepted findings out of a comparison. `version` is that of the revision and
    /// `today` a date as `YYYY-MM-DD`: an acceptance ends with what its `until` says.
    pub fn apply(&self, comparison: Comparison, version: Option<&str>, today: &str) -> Judged {
        let mut used = vec![false; self.entries.len()];
        let (mut left, mut accepted) = (Vec::new(), Vec::new());
        for finding in comparison.findings {
            let mut hit = false;
            for (entry, used) in self.entries.iter().zip(&mut used) {
                if entry.matches(&finding) {
                    *used = true;
                    hit |= !entry.is_over(version, today);
                }
            }
            if hit {
                accepted.push(finding)
            } else {
                left.push(finding)
            }
        }
        let stale = self
            .entries
            .iter()
            .zip(used)
            .filter_map(
                |(entry, used)| match (used, entry.is_over(version, today)) {
                    (true, false) => None,
                    (true, true) => Some(format!("the acceptance of {} is over", entry.name())),
                    (false, _) => Some(format!(
                        "the acceptance of {} is stale: there is no such change; remove it",
                        entry.name()
                    )),
                },
            )
            .collect();
        Judged {
            comparison: Comparison::of(left),
            accepted,
            stale,
        }
    }
}

impl Entry {
    fn of(written: Written) -> Result<Self, String> {
        if written.fingerprint.is_none() && (written.id.is_none() || written.pointer.is_none()) {
            return Err(
                "an accepted change needs a fingerprint, or an id and a pointer".to_owned(),
            );
        }
        if written.reason.trim().is_empty() {
            return Err("an accepted change needs a reason".to_owned());
        }
        let glob = |pattern: &Option<String>| -> Result<Option<GlobMatcher>, String> {
            let Some(pattern) = pattern else {
                return Ok(None);
            };
            let glob = GlobBuilder::new(pattern).literal_separator(true).build();
            let glob = glob.map_err(|error| error.to_string())?;
            Ok(Some(glob.compile_matcher()))
        };
        Ok(Self {
            id: glob(&written.id)?,
            pointer: glob(&written.pointer)?,
            until: written.until.as_ref().map(Until::of).transpose()?,
            written,
        })
    }

    fn matches(&self, finding: &Finding) -> bool {
        let fits = |glob: &Option<GlobMatcher>, texts: &[&str]| {
            glob.as_ref()
                .is_none_or(|glob| texts.iter().any(|text| glob.is_match(text)))
        };
        self.written
            .fingerprint
            .as_ref()
            .is_none_or(|print| *print == finding.fingerprint)
            && fits(&self.id, &[&finding.id])
            && fits(
                &self.pointer,
                &[&finding.base.pointer, &finding.revision.pointer],
            )
    }

    fn is_over(&self, version: Option<&str>, today: &str) -> bool {
        match (&self.until, version.map(semver::Version::parse)) {
            (None, _) => false,
            (Some(Until::Day(day)), _) => day.as_str() < today,
            (Some(Until::Version(until)), Some(Ok(version))) => version > *until,
            // Of what no version can be told nobody knows that it is not over.
            (Some(Until::Version(_)), _) => true,
        }
    }

    fn name(&self) -> String {
        let written = &self.written;
        match (&written.fingerprint, &written.id, &written.pointer) {
            (Some(fingerprint), ..) => format!("`{fingerprint}` ({})", written.reason),
            (None, Some(id), Some(pointer)) => format!("`{id}` at `{pointer}`"),
            _ => written.reason.clone(),
        }
    }
}

impl Until {
    fn of(written: &toml::Value) -> Result<Self, String> {
        let text = match written {
            toml::Value::String(text) => text.clone(),
            toml::Value::Datetime(day) => day.to_string(),
            toml::Value::Integer(number) => number.to_string(),
            toml::Value::Float(number) => number.to_string(),
            other => format!("of the type {}", other.type_str()),
        };
        if let Ok(version) = semver::Version::parse(&text) {
            return Ok(Self::Version(version));
        }
        let day = time::Date::parse(&text, &time::format_description::well_known::Iso8601::DATE);
        match day {
            Ok(day) => Ok(Self::Day(day.to_string())),
            Err(_) => Err(format!(
                "`until` is `{text}`; write a version such as 1.2.0, or a day such as 2030-12-31"
            )),
        }
    }
}

/// The line and the column of a byte.
pub(crate) fn place(text: &str, byte: usize) -> Option<(usize, usize)> {
    let before = text.get(..byte)?;
    let line = before.matches('\n').count() + 1;
    let last = before.rsplit('\n').next().unwrap_or_default();
    Some((line, last.chars().count() + 1))
}
