//! How a request is written, as the document says it: each parameter in its place and style, the body in its type.
//!
//! progenitor knows single texts, lists that are repeated in a query, and bodies of JSON. For everything else it is
//! given a document that makes it write a function with the right arguments ([`normalise`]); what the function does with
//! them is written by [`crate::client::request`] from the same [`Plan`].

mod arguments;
mod body;
mod check;
mod normalise;
mod parameter;
mod shape;

use serde_json::Value;

use crate::client::security::{self, Security};
use crate::document::walk::OperationRef;

pub(crate) use body::{Body, Encoded, Part, PartKind};
pub(crate) use check::check;
pub(crate) use normalise::normalise;
pub(crate) use parameter::{Parameter, Place, Style, parameters};

/// The shape of a single text.
pub(crate) const TEXT: shape::Shape = shape::Shape::Text;

/// How the requests of one operation are written.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) body: Option<Body>,
    pub(crate) security: Security,
    /// The name of the argument with the server's URL, where the operation has servers of its own.
    pub(crate) server: Option<String>,
}

impl Plan {
    /// The plan of an operation.
    pub(crate) fn of(document: &Value, found: &OperationRef<'_>) -> Self {
        let mut plan = Self {
            parameters: parameters(document, found),
            body: body::body(document, found),
            security: security::security(document, found),
            server: own_servers(found).then(|| "server".to_owned()),
        };
        arguments::name(&mut plan);
        plan
    }
}

/// Whether an operation is not sent to the servers of the document.
pub(crate) fn own_servers(found: &OperationRef<'_>) -> bool {
    servers(found).is_some()
}

/// The servers of an operation, or of its path, if it has any of its own.
pub(crate) fn servers<'a>(found: &OperationRef<'a>) -> Option<&'a Vec<Value>> {
    let of = |part: &'a Value| {
        part.get("servers")
            .and_then(Value::as_array)
            .filter(|servers| !servers.is_empty())
    };
    of(found.operation).or_else(|| of(found.item))
}
