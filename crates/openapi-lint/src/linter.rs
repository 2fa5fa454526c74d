//! Runs the rules over a document.

use openapi_codegen::Generator;
use openapi_codegen::document::check;
use openapi_document::Source;

use crate::config::{Config, Level};
use crate::part::Part;
use crate::{
    Finding, allow, catalog, components, examples, keywords, operations, schemas, secrets,
};

/// Everything that the rules of a configuration find in a document, less what the document allows by `x-lint-allow`.
///
/// Findings are ordered by pointer, then by rule. An allowance is judged by the findings of all rules, so that a
/// narrower profile does not call an allowance needless that a wider one needs.
#[must_use]
pub fn lint(source: &Source, config: &Config) -> Vec<Finding> {
    let document = source.value();
    let mut findings = Vec::new();
    if let Err(error) = Generator::new(source).generate() {
        findings.extend(Finding::of_generator(&error));
    }
    let parts = Part::all(document);
    findings.extend(components::lint(document, &parts));
    findings.extend(keywords::lint(document, &parts));
    findings.extend(operations::lint(document));
    findings.extend(schemas::lint(document, &parts));
    findings.extend(secrets::lint(document, &parts));
    findings.extend(catalog::lint(document));
    // Examples can only be checked against schemas that are sound.
    if check::is_sound(document) {
        findings.extend(examples::lint(document, &parts));
    }
    allow::apply(document, &mut findings);
    for finding in &mut findings {
        finding.level = config.level(finding.rule);
    }
    findings.retain(|finding| finding.level != Level::Off);
    findings.sort_by(|a, b| (&a.pointer, a.rule).cmp(&(&b.pointer, b.rule)));
    findings.dedup();
    findings
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::rule::Profile;

    /// Breaks a rule of each profile: a reference to nothing, no summary, a secret that is not marked.
    const BROKEN: &str = "openapi: 3.0.3
info: { title: Pets, version: '1' }
servers: [{ url: 'https://example.org' }]
paths:
  /pets:
    get:
      operationId: listPets
      parameters: [{ name: token, in: query, schema: { type: string } }]
      responses:
        '200':
          description: found
          content: { application/json: { schema: { $ref: '#/components/schemas/Pets' } } }
";

    fn rules(profile: Profile) -> BTreeSet<&'static str> {
        let source = Source::parse("pets.yaml", BROKEN).unwrap();
        lint(&source, &Config::new(profile))
            .iter()
            .map(|finding| finding.rule)
            .collect()
    }

    #[test]
    fn a_profile_finds_what_the_narrower_ones_find_and_more() {
        let [minimal, recommended, strict] =
            [Profile::Minimal, Profile::Recommended, Profile::Strict].map(rules);
        assert!(minimal.contains("reference"), "{minimal:?}");
        assert!(!minimal.contains("operation-summary"), "{minimal:?}");
        assert!(recommended.contains("operation-summary"), "{recommended:?}");
        assert!(!recommended.contains("secret-marked"), "{recommended:?}");
        assert!(strict.contains("secret-marked"), "{strict:?}");
        assert!(minimal.is_subset(&recommended) && recommended.is_subset(&strict));
    }

    #[test]
    fn a_warning_is_a_finding_that_says_so() {
        let source = Source::parse("pets.yaml", BROKEN).unwrap();
        let config = Config::new(Profile::Minimal)
            .with("operation-summary", Level::Warning)
            .unwrap();
        let findings = lint(&source, &config);
        let levels = |rule: &str| -> Vec<Level> {
            let of_rule = findings.iter().filter(|finding| finding.rule == rule);
            of_rule.map(|finding| finding.level).collect()
        };
        assert_eq!(levels("operation-summary"), [Level::Warning]);
        assert_eq!(levels("reference"), [Level::Error]);
    }

    #[test]
    fn an_allowance_that_only_the_strict_profile_needs_is_none_too_many() {
        let allowed = BROKEN.replace(
            "name: token,",
            "x-lint-allow: { secret-marked: it is none }, name: token,",
        );
        let source = Source::parse("pets.yaml", allowed).unwrap();
        assert!(
            lint(&source, &Config::new(Profile::Minimal))
                .iter()
                .all(|finding| finding.rule != "allow")
        );
    }
}
