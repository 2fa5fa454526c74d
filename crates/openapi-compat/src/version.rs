//! The version that a change asks for.

use openapi_document::Source;
use semver::Version;
use serde_json::Value;

use crate::finding::{Class, Finding};

/// The least version that a revision must have, by the worst class of its changes: breaking and
/// SDK changes need a new major version (before 1.0, a new minor one), compatible ones a new minor
/// one (before 1.0, a new patch), and remarks a new patch.
pub fn required(base: &Version, worst: Option<Class>) -> Version {
    let (major, minor, patch) = (base.major, base.minor, base.patch);
    let early = major == 0;
    match worst {
        None => base.clone(),
        Some(Class::Breaking | Class::Unknown | Class::Sdk) if early => {
            Version::new(0, minor + 1, 0)
        }
        Some(Class::Breaking | Class::Unknown | Class::Sdk) => Version::new(major + 1, 0, 0),
        Some(Class::Compatible) if !early => Version::new(major, minor + 1, 0),
        Some(Class::Compatible | Class::Docs) => Version::new(major, minor, patch + 1),
    }
}

/// What is wrong with the revision's `info.version`, if anything is. All changes count, accepted or
/// not: who accepts a break still has to number it.
pub fn problem<'f>(
    base: &Source,
    revision: &Source,
    findings: impl Iterator<Item = &'f Finding>,
) -> Option<String> {
    let worst = findings
        .filter(|finding| !finding.revision.pointer.starts_with("/info"))
        .map(|finding| finding.class)
        .min();
    let (old, new) = (version(base)?, version(revision)?);
    let place = |source: &Source| {
        let location = source.locate_nearest("/info/version");
        format!("{}:{}:{}", source.name(), location.line, location.column)
    };
    let parsed = (Version::parse(old), Version::parse(new));
    let (Ok(old), Ok(new)) = parsed else {
        // Dates and words have no order that a rule could be about.
        return None;
    };
    let least = required(&old, worst);
    (new < least).then(|| {
        let why = worst.map_or("no changes", Class::as_str);
        format!(
            "{}: info.version is {new}; {why} changes since {old} ask for at least {least}",
            place(revision)
        )
    })
}

/// The `info.version` of a document.
pub fn version(source: &Source) -> Option<&str> {
    source
        .value()
        .pointer("/info/version")
        .and_then(Value::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn before_one_point_nought_the_minor_number_says_that_it_breaks() {
        for (base, class, least) in [
            ("0.1.3", Some(Class::Breaking), "0.2.0"),
            ("0.1.3", Some(Class::Compatible), "0.1.4"),
            ("1.2.3", Some(Class::Sdk), "2.0.0"),
            ("1.2.3", Some(Class::Compatible), "1.3.0"),
            ("1.2.3", Some(Class::Docs), "1.2.4"),
            ("1.2.3", None, "1.2.3"),
        ] {
            let least: Version = least.parse().unwrap();
            assert_eq!(
                required(&base.parse().unwrap(), class),
                least,
                "{base} {class:?}"
            );
        }
    }
}
