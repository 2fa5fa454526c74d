//! Walks an OpenAPI 3.0 document by what its parts *are*, so that a property that happens to be called `schema` is
//! never taken for a schema.
//!
//! The whole structure of the format is the table in `Kind::fields`; everything that looks at all schemas, all
//! operations or all examples goes through [`walk`].

use serde_json::Value;

/// What a part of a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// The document itself.
    Document,
    /// The object under `components`.
    Components,
    /// What stands behind one path.
    PathItem,
    /// One method of a path.
    Operation,
    /// A parameter in a path, a query, a header or a cookie.
    Parameter,
    /// A header of a response.
    Header,
    /// The body of a request.
    RequestBody,
    /// The answer under one status.
    Response,
    /// One content type of a body.
    MediaType,
    /// How one field of a form is written.
    Encoding,
    /// A schema, wherever it stands.
    Schema,
    /// A way to authenticate.
    SecurityScheme,
    /// A named example.
    Example,
    /// A callback: expressions to path items.
    Callback,
    /// The object under `responses` of an operation.
    Responses,
}

#[derive(Clone, Copy)]
pub(crate) enum Shape {
    One(Kind),
    List(Kind),
    Map(Kind),
}

impl Kind {
    /// The fields of a part that hold further parts.
    pub(crate) fn fields(self) -> &'static [(&'static str, Shape)] {
        use Shape::{List, Map, One};
        match self {
            Self::Document => &[
                ("paths", Map(Self::PathItem)),
                ("components", One(Self::Components)),
            ],
            Self::Components => &[
                ("schemas", Map(Self::Schema)),
                ("parameters", Map(Self::Parameter)),
                ("headers", Map(Self::Header)),
                ("requestBodies", Map(Self::RequestBody)),
                ("responses", Map(Self::Response)),
                ("examples", Map(Self::Example)),
                ("callbacks", Map(Self::Callback)),
                ("securitySchemes", Map(Self::SecurityScheme)),
            ],
            Self::PathItem => &[
                ("parameters", List(Self::Parameter)),
                ("get", One(Self::Operation)),
                ("put", One(Self::Operation)),
                ("post", One(Self::Operation)),
                ("delete", One(Self::Operation)),
                ("options", One(Self::Operation)),
                ("head", One(Self::Operation)),
                ("patch", One(Self::Operation)),
                ("trace", One(Self::Operation)),
            ],
            Self::Operation => &[
                ("parameters", List(Self::Parameter)),
                ("requestBody", One(Self::RequestBody)),
                ("responses", One(Self::Responses)),
                ("callbacks", Map(Self::Callback)),
            ],
            Self::Parameter | Self::Header => &[
                ("schema", One(Self::Schema)),
                ("content", Map(Self::MediaType)),
                ("examples", Map(Self::Example)),
            ],
            Self::RequestBody => &[("content", Map(Self::MediaType))],
            Self::Response => &[
                ("headers", Map(Self::Header)),
                ("content", Map(Self::MediaType)),
            ],
            Self::MediaType => &[
                ("schema", One(Self::Schema)),
                ("encoding", Map(Self::Encoding)),
                ("examples", Map(Self::Example)),
            ],
            Self::Encoding => &[("headers", Map(Self::Header))],
            Self::Schema => &[
                ("properties", Map(Self::Schema)),
                ("items", One(Self::Schema)),
                ("additionalProperties", One(Self::Schema)),
                ("allOf", List(Self::Schema)),
                ("oneOf", List(Self::Schema)),
                ("anyOf", List(Self::Schema)),
                ("not", One(Self::Schema)),
            ],
            Self::SecurityScheme | Self::Example | Self::Callback | Self::Responses => &[],
        }
    }

    /// What stands under *every* key of a part that is a map of parts itself.
    pub(crate) fn entries(self) -> Option<Kind> {
        match self {
            Self::Callback => Some(Self::PathItem),
            Self::Responses => Some(Self::Response),
            _ => None,
        }
    }
}

/// Adds one step to a JSON pointer (RFC 6901).
///
/// ```
/// use openapi_codegen::document::walk::join;
/// assert_eq!(join("/paths", "/v1.0/users"), "/paths/~1v1.0~1users");
/// ```
#[must_use]
pub fn join(pointer: &str, step: &str) -> String {
    let mut joined = String::with_capacity(pointer.len() + step.len() + 1);
    joined.push_str(pointer);
    joined.push('/');
    for c in step.chars() {
        match c {
            '~' => joined.push_str("~0"),
            '/' => joined.push_str("~1"),
            c => joined.push(c),
        }
    }
    joined
}

/// Calls `visit` with the JSON pointer, the kind and the value of every part, parents first.
///
/// A part that is a `$ref` is visited and not followed. Parts of the wrong JSON type (a schema that is a number) are
/// visited too: it is the visitor who complains. `additionalProperties: true` is no part.
pub fn walk<'a>(document: &'a Value, visit: &mut dyn FnMut(&str, Kind, &'a Value)) {
    walk_from(document, "", Kind::Document, visit);
}

/// The same from one part of a document on, with the pointer that the part has.
pub fn walk_from<'a>(
    value: &'a Value,
    pointer: &str,
    kind: Kind,
    visit: &mut dyn FnMut(&str, Kind, &'a Value),
) {
    visit(pointer, kind, value);
    let Some(object) = value.as_object() else {
        return;
    };
    if object.contains_key("$ref") {
        return;
    }
    if let Some(entry_kind) = kind.entries() {
        for (key, entry) in object.iter().filter(|(key, _)| !key.starts_with("x-")) {
            walk_from(entry, &join(pointer, key), entry_kind, visit);
        }
    }
    for (field, shape) in kind.fields() {
        let Some(part) = object.get(*field) else {
            continue;
        };
        let pointer = join(pointer, field);
        match *shape {
            Shape::One(Kind::Schema) if part.is_boolean() => {}
            Shape::One(kind) => walk_from(part, &pointer, kind, visit),
            Shape::List(kind) => {
                for (index, entry) in part.as_array().into_iter().flatten().enumerate() {
                    walk_from(entry, &join(&pointer, &index.to_string()), kind, visit);
                }
            }
            Shape::Map(kind) => {
                for (key, entry) in part.as_object().into_iter().flatten() {
                    if kind == Kind::PathItem && key.starts_with("x-") {
                        continue;
                    }
                    walk_from(entry, &join(&pointer, key), kind, visit);
                }
            }
        }
    }
}

/// The part that a local reference (`#/...`) points at.
#[must_use]
pub fn resolve<'a>(document: &'a Value, reference: &str) -> Option<&'a Value> {
    let pointer = reference.strip_prefix('#')?;
    document.pointer(pointer)
}

/// Follows `$ref` from a part until something that is none. `None` if a reference leads nowhere or in a circle.
#[must_use]
pub fn follow<'a>(document: &'a Value, mut part: &'a Value) -> Option<&'a Value> {
    for _ in 0..64 {
        match part.get("$ref").and_then(Value::as_str) {
            None => return Some(part),
            Some(reference) => part = resolve(document, reference)?,
        }
    }
    None
}

/// One method of a path, as [`operations`] lists them.
#[derive(Clone, Copy, Debug)]
pub struct OperationRef<'a> {
    /// The path's template, such as `/v1.0/oauth2/{corpId}/token`.
    pub path: &'a str,
    /// The method in lower case, as the document has it.
    pub method: &'static str,
    /// The path item that the operation belongs to.
    pub item: &'a Value,
    /// The operation.
    pub operation: &'a Value,
}

impl OperationRef<'_> {
    /// Where the operation stands in the document.
    #[must_use]
    pub fn pointer(&self) -> String {
        join(&join("/paths", self.path), self.method)
    }

    /// The operation's id, if it has one.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.operation.get("operationId").and_then(Value::as_str)
    }
}

/// Every operation under `paths`, in the order of the document, the methods of a path in the order of the format.
#[must_use]
pub fn operations(document: &Value) -> Vec<OperationRef<'_>> {
    let mut found = Vec::new();
    let paths = document.get("paths").and_then(Value::as_object);
    for (path, item) in paths
        .into_iter()
        .flatten()
        .filter(|(path, _)| !path.starts_with("x-"))
    {
        for (method, shape) in Kind::PathItem.fields() {
            if let (Shape::One(Kind::Operation), Some(operation)) = (shape, item.get(*method)) {
                found.push(OperationRef {
                    path,
                    method,
                    item,
                    operation,
                });
            }
        }
    }
    found
}
