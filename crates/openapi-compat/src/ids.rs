//! The names of findings about schemas: oasdiff's where the meaning is the same.

use serde_json::Value;

use super::schema::gap::Gap;

/// Where in a message a schema stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Location {
    RequestBody,
    Parameter,
    ResponseBody,
    ResponseHeader,
}

/// A change of one keyword, as both documents have it.
pub(crate) struct Change<'a> {
    pub(crate) location: Location,
    /// Whether it is about something inside the body or parameter.
    pub(crate) inside: bool,
    /// Whether fewer values are allowed now (otherwise more).
    pub(crate) narrower: bool,
    pub(crate) old: Option<&'a Value>,
    pub(crate) new: Option<&'a Value>,
    /// Whether the side that does not require a property names it.
    pub(crate) named: bool,
}

impl Change<'_> {
    pub(crate) fn id(&self, gap: &Gap) -> String {
        let request = matches!(self.location, Location::RequestBody | Location::Parameter);
        match (gap.keyword, request) {
            ("required", true) => match (self.narrower, self.named) {
                (true, true) => "request-property-became-required".to_owned(),
                (true, false) => "new-required-request-property".to_owned(),
                (false, true) => "request-property-became-optional".to_owned(),
                (false, false) => "request-property-removed".to_owned(),
            },
            ("required", false) => match (self.narrower, self.named) {
                (true, true) => "response-property-became-required".to_owned(),
                (true, false) => "response-required-property-added".to_owned(),
                (false, true) => "response-property-became-optional".to_owned(),
                (false, false) => "response-required-property-removed".to_owned(),
            },
            ("property", true) if self.narrower => "request-property-removed".to_owned(),
            ("property", true) => "new-optional-request-property".to_owned(),
            ("property", false) if self.narrower => "response-optional-property-removed".to_owned(),
            ("property", false) => "response-optional-property-added".to_owned(),
            _ => format!("{}-{}", self.subject(), self.verb(gap.keyword)),
        }
    }

    fn subject(&self) -> &'static str {
        match (self.location, self.inside) {
            (Location::RequestBody, false) => "request-body",
            (Location::RequestBody, true) => "request-property",
            (Location::Parameter, false) => "request-parameter",
            (Location::Parameter, true) => "request-parameter-property",
            (Location::ResponseBody, false) => "response-body",
            (Location::ResponseBody, true) => "response-property",
            (Location::ResponseHeader, _) => "response-header",
        }
    }

    fn verb(&self, keyword: &str) -> String {
        let grew = |name: &str, up: bool| match (self.old, self.new) {
            (None, _) => format!("{name}-set"),
            (_, None) => format!("{name}-unset"),
            _ if up => format!("{name}-increased"),
            _ => format!("{name}-decreased"),
        };
        let added = |name: &str| match (self.old, self.new) {
            (None, _) => format!("{name}-added"),
            (_, None) => format!("{name}-removed"),
            _ => format!("{name}-changed"),
        };
        let fewer =
            |name: &str| format!("{name}-{}", if self.narrower { "removed" } else { "added" });
        match keyword {
            "minimum" => grew("min", self.narrower),
            "maximum" => grew("max", !self.narrower),
            "minLength" => grew("min-length", self.narrower),
            "maxLength" => grew("max-length", !self.narrower),
            "minItems" => grew("min-items", self.narrower),
            "maxItems" => grew("max-items", !self.narrower),
            "minProperties" => grew("min-properties", self.narrower),
            "maxProperties" => grew("max-properties", !self.narrower),
            "type" if self.narrower || self.location == Location::ResponseBody => {
                "type-changed".to_owned()
            }
            "type" => "type-generalized".to_owned(),
            "format" => "type-changed".to_owned(),
            "nullable" if self.narrower => "became-not-nullable".to_owned(),
            "nullable" => "became-nullable".to_owned(),
            "enum" => match (self.old, self.new) {
                (None, Some(_)) => "became-enum".to_owned(),
                (Some(_), None) => "enum-removed".to_owned(),
                _ => fewer("enum-value"),
            },
            "oneOf" => fewer("one-of"),
            "anyOf" => fewer("any-of"),
            "discriminator" => "discriminator-mapping-changed".to_owned(),
            "multipleOf" => added("multiple-of"),
            "uniqueItems" => added("unique-items"),
            "additionalProperties" => added("additional-properties"),
            "x-extensible-enum" => "x-extensible-enum-value-removed".to_owned(),
            "unreadable" => "unreadable".to_owned(),
            other => added(other),
        }
    }
}
