//! The table of the rules: id, profile, and what each asks for.

use serde::Deserialize;

/// A set of rules; each profile holds the ones before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Profile {
    /// What is wrong by the specification, or cannot be generated.
    Minimal,
    /// Beside that, what readers and users of the contract miss. The default.
    #[default]
    Recommended,
    /// Beside that, the conventions that keep generated clients compatible and their secrets hidden.
    Strict,
}

impl Profile {
    /// The rules of this profile, in the order of [`RULES`].
    pub fn rules(self) -> impl Iterator<Item = &'static Rule> {
        RULES.iter().filter(move |rule| rule.profile <= self)
    }
}

/// A rule: its id, its profile, and what it asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rule {
    /// The id by which findings and allowances name the rule.
    pub id: &'static str,
    /// The narrowest profile that has the rule.
    pub profile: Profile,
    /// What the rule asks of a document, in one line.
    pub asks: &'static str,
}

/// Every rule, in the order of the reference.
pub const RULES: &[Rule] = &[
    Rule {
        id: "generate",
        profile: Profile::Minimal,
        asks: "the generator can write Rust for all of the document",
    },
    Rule {
        id: "reference",
        profile: Profile::Minimal,
        asks: "every `$ref` leads somewhere",
    },
    Rule {
        id: "unknown-keyword",
        profile: Profile::Minimal,
        asks: "every keyword is one of the format, or begins with `x-`",
    },
    Rule {
        id: "reference-sibling",
        profile: Profile::Recommended,
        asks: "nothing stands beside a `$ref`, where OpenAPI 3.0 ignores it",
    },
    Rule {
        id: "operation-id",
        profile: Profile::Recommended,
        asks: "every operation has an id, and no two have the same",
    },
    Rule {
        id: "operation-id-style",
        profile: Profile::Recommended,
        asks: "all operation ids are written in one style, if most are",
    },
    Rule {
        id: "operation-summary",
        profile: Profile::Recommended,
        asks: "every operation has a summary or a description",
    },
    Rule {
        id: "operation-tag",
        profile: Profile::Strict,
        asks: "every operation has a tag that the document describes",
    },
    Rule {
        id: "operation-success-example",
        profile: Profile::Strict,
        asks: "every operation has an example of a successful response",
    },
    Rule {
        id: "operation-error",
        profile: Profile::Recommended,
        asks: "every operation states an error response",
    },
    Rule {
        id: "security-scheme",
        profile: Profile::Minimal,
        asks: "every security requirement names a scheme that is there",
    },
    Rule {
        id: "server-https",
        profile: Profile::Recommended,
        asks: "every server is reached by https",
    },
    Rule {
        id: "example",
        profile: Profile::Recommended,
        asks: "every example fits its schema",
    },
    Rule {
        id: "unused-component",
        profile: Profile::Recommended,
        asks: "every component is used",
    },
    Rule {
        id: "closed-enum-in-response",
        profile: Profile::Strict,
        asks: "sets of values in responses are open (`x-extensible-enum`)",
    },
    Rule {
        id: "secret-marked",
        profile: Profile::Strict,
        asks: "secrets are marked with `format: password`",
    },
    Rule {
        id: "nullable-stated",
        profile: Profile::Strict,
        asks: "optional properties of responses state `nullable`, true or false",
    },
    Rule {
        id: "bounded-integer",
        profile: Profile::Strict,
        asks: "integers in requests have `minimum` and `maximum`, all have `format`",
    },
    Rule {
        id: "required-property",
        profile: Profile::Recommended,
        asks: "required properties are among the properties",
    },
    Rule {
        id: "catalog",
        profile: Profile::Strict,
        asks: "the error catalog is whole: known words, valid statuses, unique codes",
    },
    Rule {
        id: "catalog-language",
        profile: Profile::Strict,
        asks: "every entry of the catalog speaks English and Chinese",
    },
    Rule {
        id: "allow",
        profile: Profile::Minimal,
        asks: "`x-lint-allow` names a rule, gives a reason, and allows something",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    /// `EXPECTORATE=overwrite` writes the reference.
    #[test]
    fn the_reference_has_every_rule() {
        let mut page = "<!-- Written by the tests of openapi-lint from the table of rules; do not edit. -->\n\n\
                        # Rules\n\n| rule | profile | what it asks for |\n|---|---|---|\n"
            .to_owned();
        for rule in RULES {
            let profile = format!("{:?}", rule.profile).to_lowercase();
            page.push_str(&format!("| `{}` | {profile} | {} |\n", rule.id, rule.asks));
        }
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/rules.md");
        expectorate::assert_contents(file, &page);
    }
}
