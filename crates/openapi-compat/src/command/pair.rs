//! Two documents: read, compared and judged.

use openapi_document::Source;

use super::FailOn;
use crate::accepted::{Accepted, Judged};
use crate::input::{self, Reach};
use crate::report::Report;
use crate::sdk::SdkSurface;
use crate::settings::Settings;
use crate::version;
use crate::{CompareError, compare_with};

/// What documents are compared by.
pub(super) struct Terms<'t> {
    pub(super) settings: &'t Settings,
    pub(super) accepted: &'t Accepted,
    pub(super) surface: &'t dyn SdkSurface,
    pub(super) reach: Reach,
    pub(super) check_version: bool,
}

/// Two documents that were compared.
pub(super) struct Pair {
    base: Source,
    revision: Source,
    pub(super) judged: Judged,
    pub(super) problems: Vec<String>,
    left_out: usize,
}

impl Pair {
    /// Reads both documents at once: reading takes most of the time.
    pub(super) fn read(
        base: &str,
        revision: &str,
        reach: &Reach,
    ) -> Result<(Source, Source), CompareError> {
        std::thread::scope(|scope| {
            let base = scope.spawn(|| input::read(base, reach));
            let revision = input::read(revision, reach);
            let base = base
                .join()
                .unwrap_or_else(|_| Err(CompareError::new("the base could not be read")));
            Ok((base?, revision?))
        })
    }

    /// Compares them. Acceptances that are stale are no problem yet: of several pairs, one may
    /// have what is accepted.
    pub(super) fn compare(
        base: Source,
        revision: Source,
        terms: &Terms<'_>,
    ) -> Result<Self, CompareError> {
        let comparison = compare_with(&base, &revision, terms.surface)?;
        let (comparison, left_out) = terms.settings.apply(comparison, &base, &revision);
        let mut problems = Vec::new();
        if terms.check_version {
            let findings = comparison.findings.iter();
            problems.extend(version::problem(&base, &revision, findings));
        }
        let today = time::OffsetDateTime::now_utc().date().to_string();
        let version = version::version(&revision);
        let judged = terms.accepted.apply(comparison, version, &today);
        problems.extend(judged.over.iter().cloned());
        Ok(Self {
            base,
            revision,
            judged,
            problems,
            left_out,
        })
    }

    /// Whether the pair makes the command fail.
    pub(super) fn fails(&self, fail_on: FailOn) -> bool {
        let findings = &self.judged.comparison.findings;
        !self.problems.is_empty()
            || findings
                .iter()
                .any(|finding| fail_on.includes(finding.class))
    }

    pub(super) fn report(&self, width: usize) -> Report<'_> {
        Report {
            base: &self.base,
            revision: &self.revision,
            judged: &self.judged,
            problems: &self.problems,
            left_out: self.left_out,
            width,
        }
    }
}
