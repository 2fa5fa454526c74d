//! The class that the findings of a rule have.

use std::collections::BTreeMap;

use globset::{Glob, GlobMatcher};

use crate::compare::CompareError;
use crate::finding::{Class, Finding};

/// Classes by patterns of rule ids, the longest pattern first: it says the most about a rule.
#[derive(Debug)]
pub(super) struct Rules(Vec<(GlobMatcher, Option<Class>)>);

impl Rules {
    pub(super) fn of(written: &BTreeMap<String, String>) -> Result<Self, CompareError> {
        let mut written: Vec<_> = written.iter().collect();
        written.sort_by_key(|(pattern, _)| std::cmp::Reverse(pattern.len()));
        let rules = written.into_iter().map(|(pattern, class)| {
            let failed = |why: String| CompareError::new(format!("the rule `{pattern}`: {why}"));
            let glob = Glob::new(pattern).map_err(|error| failed(error.to_string()))?;
            Ok((glob.compile_matcher(), class_of(class).map_err(failed)?))
        });
        Ok(Self(rules.collect::<Result<_, _>>()?))
    }

    /// A finding with the class of its rule; nothing if the rule is off.
    pub(super) fn weigh(&self, mut finding: Finding) -> Option<Finding> {
        let rule = self.0.iter().find(|(glob, _)| glob.is_match(&finding.id));
        if let Some((_, class)) = rule {
            finding.class = (*class)?;
        }
        Some(finding)
    }
}

fn class_of(word: &str) -> Result<Option<Class>, String> {
    let classes = [
        Class::Breaking,
        Class::Unknown,
        Class::Sdk,
        Class::Compatible,
        Class::Docs,
    ];
    if word == "off" {
        return Ok(None);
    }
    let found = classes.into_iter().find(|class| class.as_str() == word);
    found.map(Some).ok_or_else(|| {
        let words = classes.map(Class::as_str).join(", ");
        format!("`{word}` is no class; write one of {words}, or off")
    })
}
