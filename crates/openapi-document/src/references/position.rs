//! What the members of a value mean: keywords, names that the author chose, or data.

use serde_json::Value;

/// Mappings whose keys are names that the author chose, not keywords.
const NAMED: [&str; 23] = [
    "$defs",
    "callbacks",
    "content",
    "definitions",
    "dependentSchemas",
    "encoding",
    "examples",
    "flows",
    "headers",
    "links",
    "mapping",
    "parameters",
    "pathItems",
    "paths",
    "patternProperties",
    "properties",
    "requestBodies",
    "responses",
    "schemas",
    "scopes",
    "securitySchemes",
    "variables",
    "webhooks",
];

/// Keywords whose values are data: a `$ref` in an example is a part of the example.
const DATA: [&str; 5] = ["const", "default", "enum", "example", "value"];

/// Keywords for whose values OpenAPI has no reference, though documents have them all the same.
const WRITTEN_OUT: [&str; 22] = [
    "components",
    "contact",
    "content",
    "delete",
    "discriminator",
    "encoding",
    "externalDocs",
    "flows",
    "get",
    "head",
    "info",
    "license",
    "options",
    "patch",
    "post",
    "put",
    "security",
    "servers",
    "tags",
    "trace",
    "variables",
    "xml",
];

/// How the members of a value are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Context {
    /// Keys are keywords of OpenAPI or JSON Schema.
    Keywords,
    /// Keys are names, each of something with keywords.
    Names,
    /// An extension: what it means is its authors' business. A `$ref` in it may be a reference,
    /// and is kept true to what it leads to, but need not lead anywhere.
    Extension,
    /// Nothing in it means anything to OpenAPI.
    Data,
}

/// Where a value stands, as far as the meaning of a `$ref` in it goes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Position<'k> {
    context: Context,
    /// The keyword that has the value, or the mapping of names that it is in.
    slot: &'k str,
}

impl<'k> Position<'k> {
    /// The document itself.
    pub(crate) const DOCUMENT: Position<'static> = Position {
        context: Context::Keywords,
        slot: "",
    };

    /// A value with keywords that the keyword `slot` has.
    pub(crate) fn of(slot: &'k str) -> Self {
        Self {
            context: Context::Keywords,
            slot,
        }
    }

    /// The position of the member `key`, whose value is `value`.
    pub(crate) fn member(self, key: &'k str, value: &Value) -> Self {
        let (context, slot) = match self.context {
            Context::Data => (Context::Data, key),
            Context::Extension => (Context::Extension, key),
            // Of these mappings only the others' keys may begin like an extension.
            Context::Names if is_extension(key) && matches!(self.slot, "paths" | "responses") => {
                (Context::Extension, key)
            }
            // Names say nothing about what they are names of; the mapping around them does.
            Context::Names => (Context::Keywords, self.slot),
            Context::Keywords if is_extension(key) => (Context::Extension, key),
            Context::Keywords if DATA.contains(&key) => (Context::Data, key),
            // JSON Schema's `examples` is a list of data, OpenAPI's a mapping of objects.
            Context::Keywords if key == "examples" && value.is_array() => (Context::Data, key),
            Context::Keywords if NAMED.contains(&key) && value.is_object() => (Context::Names, key),
            Context::Keywords => (Context::Keywords, key),
        };
        Self { context, slot }
    }

    pub(crate) fn slot(self) -> &'k str {
        self.slot
    }

    /// Whether a `$ref` here is a part of an example or another value.
    pub(crate) fn is_data(self) -> bool {
        self.context == Context::Data
    }

    /// Whether a `$ref` here need not lead anywhere.
    pub(crate) fn is_extension(self) -> bool {
        self.context == Context::Extension
    }

    /// Whether this is a discriminator's mapping, whose values may be references.
    pub(crate) fn is_mapping(self) -> bool {
        self.context == Context::Names && self.slot == "mapping"
    }

    /// Whether readers of OpenAPI expect what is referred to here, and not the reference.
    pub(crate) fn is_written_out(self) -> bool {
        match self.context {
            Context::Names => true,
            Context::Keywords => WRITTEN_OUT.contains(&self.slot),
            Context::Extension | Context::Data => false,
        }
    }
}

fn is_extension(key: &str) -> bool {
    key.starts_with("x-")
}
