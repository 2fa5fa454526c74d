//! Compares two documents.

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt;

use openapi_document::Source;
use serde::Serialize;

use crate::document::{Document, Side};
use crate::draft::{Draft, finish};
use crate::finding::{Class, Finding};
use crate::schema::inclusion::Engine;
use crate::sdk::{NamedSurface, SdkSurface};
use crate::{docs, http, judge, kind, sdk, unresolved};

/// What a comparison says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// The class of the worst finding; nothing if nothing changed.
    #[serde(serialize_with = "verdict")]
    pub verdict: Option<Class>,
    /// All findings, the worst first.
    pub findings: Vec<Finding>,
}

fn verdict<S: serde::Serializer>(
    verdict: &Option<Class>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(verdict.map_or("none", Class::as_str))
}

impl Comparison {
    /// A comparison with these findings.
    pub fn of(findings: Vec<Finding>) -> Self {
        // Classes are ordered from the worst on.
        let verdict = findings.iter().map(|finding| finding.class).min();
        Self { verdict, findings }
    }
}

/// Two documents that could not be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompareError {
    message: String,
}

impl CompareError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
        }
    }
}

impl fmt::Display for CompareError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for CompareError {}

/// Compares two documents, with the names that any code generator takes from a document.
///
/// ```
/// use openapi_compat::{Class, compare};
/// use openapi_document::Source;
///
/// let document = |maximum: u32| {
///     let schema = format!("{{type: integer, maximum: {maximum}}}");
///     let parameter = format!("{{name: size, in: query, schema: {schema}}}");
///     let text = format!("openapi: 3.0.3\npaths: {{/pets: {{get: {{parameters: [{parameter}]}}}}}}");
///     Source::parse("pets.yaml", text).unwrap()
/// };
/// let comparison = compare(&document(200), &document(100))?;
/// assert_eq!(comparison.verdict, Some(Class::Breaking));
/// assert_eq!(comparison.findings[0].id, "request-parameter-max-decreased");
/// assert_eq!(comparison.findings[0].witness, Some(101.into()));
/// # Ok::<(), openapi_compat::CompareError>(())
/// ```
///
/// # Errors
/// One of the documents is not an OpenAPI 3.0 document.
pub fn compare(base: &Source, revision: &Source) -> Result<Comparison, CompareError> {
    compare_with(base, revision, &NamedSurface)
}

/// Compares two documents, with the names and signatures of a certain code generator.
///
/// # Errors
/// One of the documents is not an OpenAPI 3.0 document, or the generator cannot read it.
pub fn compare_with(
    base: &Source,
    revision: &Source,
    surface: &dyn SdkSurface,
) -> Result<Comparison, CompareError> {
    kind::check(base)?;
    kind::check(revision)?;
    let (old, new) = (
        Document::new(Side::Base, base),
        Document::new(Side::Revision, revision),
    );
    let mut drafts: Vec<Draft> = Vec::new();
    if base.value() != revision.value() {
        let mut engine = Engine::new(old, new);
        let noticed = http::operations::compare(&mut engine);
        drafts.extend(judge::judge(
            &mut engine,
            &noticed.pairs,
            surface.knows_fields(),
        ));
        drafts.extend(noticed.notes.into_iter().map(Draft::from));
        drafts.extend(http::schemes::compare(&old.root(), &new.root()));
        drafts.extend(sdk::compare(base, revision, surface)?);
        drafts.extend(remarks(&drafts, base, revision));
    }
    unresolved::report(&mut drafts, base, revision);
    Ok(Comparison::of(finish(drafts, base, revision)))
}

/// The changed remarks that no other finding is about.
fn remarks(drafts: &[Draft], base: &Source, revision: &Source) -> Vec<Draft> {
    let said: BTreeSet<(&str, &str)> = drafts
        .iter()
        .filter(|draft| {
            let places = [&draft.base, &draft.revision];
            draft.class == Class::Docs || places.iter().any(|at| at.contains("/x-"))
        })
        .map(|draft| (draft.base.as_str(), draft.revision.as_str()))
        .collect();
    docs::compare(base, revision)
        .into_iter()
        .filter(|draft| !said.contains(&(draft.base.as_str(), draft.revision.as_str())))
        .collect()
}
