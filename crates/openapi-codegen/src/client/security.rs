//! Which credentials an operation needs. progenitor ignores `security`; here they become arguments of the call.

use quote::{format_ident, quote};
use serde_json::Value;

use crate::document::naming;
use crate::document::walk::OperationRef;

/// Where a credential goes in a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// In the header of that name, after a prefix such as `Bearer `.
    Header { name: String, prefix: &'static str },
    /// In the query parameter of that name.
    Query { name: String },
}

/// A credential that is an argument of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Credential {
    /// The name of the security scheme, such as `accessToken`.
    pub(crate) scheme: String,
    pub(crate) place: Place,
    /// Whether the operation also works without it.
    pub(crate) optional: bool,
}

impl Credential {
    pub(crate) fn argument(&self) -> syn::Ident {
        format_ident!("{}", naming::value_name(&self.scheme))
    }

    pub(crate) fn argument_type(&self) -> proc_macro2::TokenStream {
        if self.optional {
            quote! { ::std::option::Option<&'a Secret> }
        } else {
            quote! { &'a Secret }
        }
    }

    /// The header's name as the generated code writes it: lower case, as HTTP/2 has it.
    pub(crate) fn header_name(&self) -> Option<String> {
        match &self.place {
            Place::Header { name, .. } => Some(name.to_ascii_lowercase()),
            Place::Query { .. } => None,
        }
    }
}

/// The credentials that an operation takes: those of the first alternative of its `security` that can be written as
/// arguments. `security: []` takes none; an empty alternative makes the others optional.
pub(crate) fn credentials(document: &Value, operation: &OperationRef<'_>) -> Vec<Credential> {
    let security = operation
        .operation
        .get("security")
        .or_else(|| document.get("security"));
    let alternatives: Vec<_> = security
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_object)
        .collect();
    let optional = alternatives
        .iter()
        .any(|alternative| alternative.is_empty());
    alternatives
        .iter()
        .filter(|alternative| !alternative.is_empty())
        .find_map(|alternative| {
            alternative
                .keys()
                .map(|scheme| {
                    let place = place(document, scheme)?;
                    Some(Credential {
                        scheme: scheme.clone(),
                        place,
                        optional,
                    })
                })
                .collect::<Option<Vec<_>>>()
        })
        .unwrap_or_default()
}

/// Every scheme of the document that is an argument of some call.
pub(crate) fn schemes(document: &Value) -> Vec<Credential> {
    let mut found: Vec<Credential> = Vec::new();
    for operation in crate::document::walk::operations(document) {
        for credential in credentials(document, &operation) {
            if !found.iter().any(|other| other.scheme == credential.scheme) {
                found.push(credential);
            }
        }
    }
    found
}

fn place(document: &Value, scheme: &str) -> Option<Place> {
    let scheme = document
        .pointer("/components/securitySchemes")?
        .get(scheme)?;
    let scheme = crate::document::walk::follow(document, scheme)?;
    let text = |key: &str| scheme.get(key).and_then(Value::as_str);
    let name = text("name").map(str::to_owned);
    match (text("type")?, text("in"), text("scheme")) {
        ("apiKey", Some("header"), _) => {
            let name = name.filter(|name| is_header_name(name))?;
            Some(Place::Header { name, prefix: "" })
        }
        ("apiKey", Some("query"), _) => Some(Place::Query { name: name? }),
        ("http", _, Some(kind)) if kind.eq_ignore_ascii_case("bearer") => Some(bearer()),
        ("oauth2" | "openIdConnect", _, _) => Some(bearer()),
        _ => None,
    }
}

fn bearer() -> Place {
    Place::Header {
        name: "authorization".to_owned(),
        prefix: "Bearer ",
    }
}

/// Whether a text can be the name of a header at all (RFC 9110, `token`).
pub(crate) fn is_header_name(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b))
}
