//! Says in the words of a document's author what progenitor says in its own.

/// What is wrong, and how to mend it.
pub(super) struct Reason {
    pub(super) message: String,
    pub(super) help: String,
}

/// What progenitor says when it gives up (a part of it), what that means, and what to do.
const KNOWN: &[(&str, &str, &str)] = &[
    (
        "value does not conform to the given schema",
        "a value here (a `default` or one of `enum`) does not fit the schema around it",
        "correct the value or the schema",
    ),
    (
        "default value could not be rendered",
        "the `default` does not fit the schema around it",
        "correct the value or the schema",
    ),
    (
        "multiple implied types for an un-typed enum",
        "the values of `enum` have different types",
        "state `type`, and list values of that type only",
    ),
    (
        "Failed to make unique variant names",
        "two values of `enum` would have the same name in Rust",
        "take one of them out, or write `x-extensible-enum` instead of `enum`",
    ),
    (
        "unhandled not schema",
        "the generator cannot express this `not`",
        "say what is allowed, instead of what is not",
    ),
    (
        "unhandled type for `not`",
        "the generator cannot express this `not`",
        "say what is allowed, instead of what is not",
    ),
    (
        "invalid (or unexpected) schema",
        "the generator cannot express this combination of keywords",
        "split the schema, or leave some of the keywords out",
    ),
    (
        "invalid schema for application/octet-stream",
        "a body of bytes must have the schema `type: string, format: binary` and nothing else",
        "write just that",
    ),
    (
        "invalid schema for text/",
        "a body of text must have the schema `type: string` and nothing else",
        "write just that",
    ),
    (
        "exclusive_minimum set without minimum",
        "`exclusiveMinimum` stands without `minimum`",
        "add `minimum`",
    ),
    (
        "exclusive_maximum set without maximum",
        "`exclusiveMaximum` stands without `maximum`",
        "add `maximum`",
    ),
    (
        "data did not match any variant",
        "the model of the format does not take this",
        "compare it with the OpenAPI specification",
    ),
];

/// The reason behind what progenitor said.
pub(super) fn explain(said: &str) -> Reason {
    for (part, message, help) in KNOWN {
        if said.contains(part) {
            return Reason {
                message: (*message).to_owned(),
                help: (*help).to_owned(),
            };
        }
    }
    let first = said.lines().next().unwrap_or_default().trim();
    let mut short: String = first.chars().take(200).collect();
    if short.len() < first.len() {
        short.push_str(" ...");
    }
    Reason {
        message: format!("the generator cannot write Rust for this: {short}"),
        help:
            "write it in another way, or leave it out of the document that code is generated from"
                .to_owned(),
    }
}
