//! The names of findings about schemas: oasdiff's where the meaning is the same.

use serde_json::Value;

use super::schema::gap::Gap;
use super::schema::types::Types;

const NAME: &str = "propertyName";

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
    /// Both sides require the property, but one says that it does not go this way (`readOnly` in
    /// requests, `writeOnly` in responses).
    pub(crate) marked: bool,
    /// The property has a default in the revision.
    pub(crate) with_default: bool,
}

impl Change<'_> {
    pub(crate) fn id(&self, gap: &Gap) -> String {
        let request = self.is_request();
        match (gap.keyword, request) {
            ("unreadable", _) => "unreadable".to_owned(),
            ("limit", _) => "comparison-limit-reached".to_owned(),
            ("required", true) if self.marked => {
                let not = if self.narrower { "not-" } else { "" };
                format!("request-required-property-became-{not}read-only")
            }
            ("required", false) if self.marked => {
                let not = if self.narrower { "not-" } else { "" };
                format!("response-required-property-became-{not}write-only")
            }
            ("required", true) if self.narrower && self.with_default => match self.named {
                true => "request-property-became-required-with-default".to_owned(),
                false => "new-required-request-property-with-default".to_owned(),
            },
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
        subject(self.location, self.inside)
    }

    fn is_request(&self) -> bool {
        matches!(self.location, Location::RequestBody | Location::Parameter)
    }

    /// Both sides say something, and not the same.
    fn is_other(&self) -> bool {
        self.old.is_some() && self.new.is_some()
    }

    fn type_verb(&self) -> String {
        if [self.old, self.new]
            .into_iter()
            .flatten()
            .any(Value::is_array)
        {
            let verb = if self.narrower { "narrowed" } else { "widened" };
            return format!("list-of-types-{verb}");
        }
        let (old, new) = (types(self.old), types(self.new));
        let (Some(old), Some(new)) = (old, new) else {
            return "type-changed".to_owned();
        };
        let demanding = self.is_request() && self.subject() != "request-parameter-property";
        match (old & !new, new & !old) {
            (lost, gained) if lost.is_empty() && !gained.is_empty() => "type-generalized",
            (lost, gained) if gained.is_empty() && !lost.is_empty() && !demanding => {
                "type-specialized"
            }
            _ => "type-changed",
        }
        .to_owned()
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
            "minLength" if self.narrower => "min-length-increased".to_owned(),
            "minLength" => "min-length-decreased".to_owned(),
            "maxLength" => grew("max-length", !self.narrower),
            "minItems" => grew("min-items", self.narrower),
            "maxItems" => grew("max-items", !self.narrower),
            "minProperties" => grew("min-properties", self.narrower),
            "maxProperties" => grew("max-properties", !self.narrower),
            "type" => self.type_verb(),
            "schema" => {
                let body = matches!(
                    self.location,
                    Location::RequestBody | Location::ResponseBody
                );
                let of = if body { "media-type-" } else { "" };
                let verb = if self.narrower { "added" } else { "removed" };
                format!("{of}schema-{verb}")
            }
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
            "discriminator" => match (&self.old, &self.new) {
                (Some(old), Some(new)) if old.get(NAME) != new.get(NAME) => {
                    "discriminator-property-name-changed".to_owned()
                }
                _ if self.narrower => "discriminator-mapping-deleted".to_owned(),
                _ => "discriminator-mapping-added".to_owned(),
            },
            "pattern" if self.is_request() && !self.narrower && self.is_other() => {
                "pattern-generalized".to_owned()
            }
            "multipleOf" => added("multiple-of"),
            "uniqueItems" => added("unique-items"),
            "additionalProperties" => added("additional-properties"),
            "x-extensible-enum" => "x-extensible-enum-value-removed".to_owned(),
            other => added(other),
        }
    }
}

/// What a finding is about, by where it is: in the words of oasdiff.
pub(crate) fn subject(location: Location, inside: bool) -> &'static str {
    match (location, inside) {
        (Location::RequestBody, false) => "request-body",
        (Location::RequestBody, true) => "request-property",
        (Location::Parameter, false) => "request-parameter",
        (Location::Parameter, true) => "request-parameter-property",
        (Location::ResponseBody, false) => "response-body",
        (Location::ResponseBody, true) => "response-property",
        (Location::ResponseHeader, _) => "response-header",
    }
}

/// The types that a schema's `type` names, as far as it can be read.
fn types(stated: Option<&Value>) -> Option<Types> {
    match stated {
        None => Some(Types::ALL),
        Some(Value::String(name)) => Types::named(name).map(|(types, _)| types),
        Some(_) => None,
    }
}
