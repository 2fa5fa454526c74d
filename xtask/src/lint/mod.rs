//! The rules that make this generator work, and others, and people.

mod allow;
mod catalogue;
mod components;
mod examples;
mod keywords;
mod names;
mod operations;
mod schemas;
mod secrets;

use openapi_codegen::Generator;
use openapi_codegen::document::check;
use openapi_codegen::document::walk::{Kind, walk};
use openapi_document::Source;
use serde_json::Value;

use crate::commands::regen;
use crate::finding::Finding;

/// A rule: its id, and what it asks for.
pub(crate) struct Rule {
    pub(crate) id: &'static str,
    pub(crate) asks: &'static str,
}

/// Every rule.
pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "generate",
        asks: "the generator can write Rust for all of the document",
    },
    Rule {
        id: "reference",
        asks: "every `$ref` leads somewhere",
    },
    Rule {
        id: "unknown-keyword",
        asks: "every keyword is one of the format, or begins with `x-`",
    },
    Rule {
        id: "operation-id",
        asks: "every operation has an id, and no two have the same",
    },
    Rule {
        id: "operation-id-style",
        asks: "all operation ids are written in one style",
    },
    Rule {
        id: "operation-summary",
        asks: "every operation has a summary",
    },
    Rule {
        id: "operation-tag",
        asks: "every operation has a tag that the document describes",
    },
    Rule {
        id: "operation-success-example",
        asks: "every operation shows an answer that succeeded",
    },
    Rule {
        id: "operation-error",
        asks: "every operation states an error response",
    },
    Rule {
        id: "security-scheme",
        asks: "every security requirement names a scheme that is there",
    },
    Rule {
        id: "server-https",
        asks: "every server is reached by https",
    },
    Rule {
        id: "example",
        asks: "every example fits its schema",
    },
    Rule {
        id: "unused-component",
        asks: "every component is used",
    },
    Rule {
        id: "closed-enum-in-response",
        asks: "sets of values in responses are open (`x-extensible-enum`)",
    },
    Rule {
        id: "secret-marked",
        asks: "secrets are marked with `format: password`",
    },
    Rule {
        id: "nullable-stated",
        asks: "optional properties of responses state `nullable`, true or false",
    },
    Rule {
        id: "bounded-integer",
        asks: "integers in requests have `minimum` and `maximum`, all have `format`",
    },
    Rule {
        id: "required-property",
        asks: "required properties are among the properties",
    },
    Rule {
        id: "catalogue",
        asks: "the error catalogue is whole: known words, valid statuses, unique codes",
    },
    Rule {
        id: "catalogue-language",
        asks: "every entry of the catalogue speaks English and Chinese",
    },
    Rule {
        id: "allow",
        asks: "`x-lint-allow` names a rule, gives a reason, and allows something",
    },
];

/// Everything that the rules find in a document, less what the document allows.
pub(crate) fn lint(source: &Source) -> Vec<Finding> {
    let document = source.value();
    let mut findings = Vec::new();
    if let Err(error) = Generator::new(source).generate() {
        findings.extend(regen::findings(&error));
    }
    let parts = parts(document);
    findings.extend(components::lint(document, &parts));
    findings.extend(keywords::lint(&parts));
    findings.extend(operations::lint(document));
    findings.extend(schemas::lint(document, &parts));
    findings.extend(secrets::lint(document, &parts));
    findings.extend(catalogue::lint(document));
    // No example fits a schema that is none.
    if check::is_sound(document) {
        findings.extend(examples::lint(document, &parts));
    }
    allow::apply(document, &mut findings);
    findings.sort_by(|a, b| (&a.pointer, a.rule).cmp(&(&b.pointer, b.rule)));
    findings.dedup();
    findings
}

/// A part of the document.
pub(crate) struct Part<'a> {
    pub(crate) pointer: String,
    pub(crate) kind: Kind,
    pub(crate) value: &'a Value,
}

fn parts(document: &Value) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    walk(document, &mut |pointer, kind, value| {
        parts.push(Part {
            pointer: pointer.to_owned(),
            kind,
            value,
        });
    });
    parts
}
