//! Which credentials an operation needs. progenitor ignores `security`; here they become arguments of the call.

use quote::{format_ident, quote};
use serde_json::Value;

use crate::document::naming;
use crate::document::walk::{OperationRef, follow};

/// Where a credential goes in a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// In the header of that name, after a prefix such as `Bearer `.
    Header { name: String, prefix: String },
    /// In the query parameter of that name.
    Query { name: String },
    /// In the cookie of that name.
    Cookie { name: String },
    /// A user's name and password in the header `Authorization`.
    Basic,
}

/// A credential that is an argument of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Credential {
    /// The name of the security scheme, such as `accessToken`.
    pub(crate) scheme: String,
    /// The name of the argument.
    pub(crate) argument: String,
    pub(crate) place: Place,
    /// Whether a request can be made without it.
    pub(crate) optional: bool,
}

impl Credential {
    pub(crate) fn argument(&self) -> syn::Ident {
        format_ident!("{}", self.argument)
    }

    pub(crate) fn argument_type(&self) -> proc_macro2::TokenStream {
        let kind = match self.place {
            Place::Basic => quote! { &'a BasicCredentials },
            _ => quote! { &'a Secret },
        };
        if self.optional {
            quote! { ::std::option::Option<#kind> }
        } else {
            kind
        }
    }

    /// The header's name as the generated code writes it: lower case, as HTTP/2 has it.
    pub(crate) fn header_name(&self) -> Option<String> {
        match &self.place {
            Place::Header { name, .. } => Some(name.to_ascii_lowercase()),
            Place::Basic => Some("authorization".to_owned()),
            Place::Query { .. } | Place::Cookie { .. } => None,
        }
    }
}

/// What an operation asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Security {
    /// Each credential of any alternative, once.
    pub(crate) credentials: Vec<Credential>,
    /// The alternatives, as indices of `credentials`: one of them must be complete. Empty if there is nothing to check,
    /// because all credentials are required or none is.
    pub(crate) alternatives: Vec<Vec<usize>>,
}

/// A scheme as it is written into requests.
enum Scheme {
    Place(Place),
    /// The connection itself authenticates: nothing is written.
    Connection,
    Unknown,
}

/// The list that says what an operation asks for.
pub(crate) fn requirements<'a>(document: &'a Value, found: &OperationRef<'a>) -> &'a [Value] {
    let own = found.operation.get("security");
    own.or_else(|| document.get("security"))
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

/// Whether all schemes of an alternative can be written into a request.
pub(crate) fn is_known(document: &Value, alternative: &Value) -> bool {
    let schemes = alternative.as_object().into_iter().flatten();
    schemes
        .map(|(name, _)| scheme(document, name))
        .all(|scheme| !matches!(scheme, Scheme::Unknown))
}

/// What an operation asks for, without the alternatives that cannot be written into a request.
pub(crate) fn security(document: &Value, found: &OperationRef<'_>) -> Security {
    let mut security = Security::default();
    let mut is_optional = false;
    let known = requirements(document, found)
        .iter()
        .filter(|it| is_known(document, it));
    for alternative in known.filter_map(Value::as_object) {
        let mut indices = Vec::new();
        for (name, _) in alternative {
            let Scheme::Place(place) = scheme(document, name) else {
                continue;
            };
            let all = &mut security.credentials;
            let index = all
                .iter()
                .position(|other| other.scheme == *name)
                .unwrap_or_else(|| {
                    all.push(Credential {
                        scheme: name.clone(),
                        argument: naming::value_name(name),
                        place,
                        optional: false,
                    });
                    all.len() - 1
                });
            indices.push(index);
        }
        is_optional |= indices.is_empty();
        if !indices.is_empty() && !security.alternatives.contains(&indices) {
            security.alternatives.push(indices);
        }
    }
    let alternatives = &security.alternatives;
    for (index, credential) in security.credentials.iter_mut().enumerate() {
        credential.optional = is_optional || alternatives.iter().any(|all| !all.contains(&index));
    }
    if is_optional || alternatives.len() < 2 {
        security.alternatives.clear();
    }
    security
}

/// Every scheme of the document that is an argument of some call.
pub(crate) fn schemes(document: &Value) -> Vec<Credential> {
    let mut found: Vec<Credential> = Vec::new();
    for operation in crate::document::walk::operations(document) {
        for credential in security(document, &operation).credentials {
            if !found.iter().any(|other| other.scheme == credential.scheme) {
                found.push(credential);
            }
        }
    }
    found
}

fn scheme(document: &Value, name: &str) -> Scheme {
    let schemes = document.pointer("/components/securitySchemes");
    let Some(scheme) = schemes
        .and_then(|schemes| schemes.get(name))
        .and_then(|scheme| follow(document, scheme))
    else {
        return Scheme::Unknown;
    };
    let text = |key: &str| scheme.get(key).and_then(Value::as_str);
    let name = text("name").map(str::to_owned);
    let place = match (text("type"), text("in"), text("scheme")) {
        (Some("apiKey"), Some("header"), _) => {
            name.filter(|name| is_header_name(name))
                .map(|name| Place::Header {
                    name,
                    prefix: String::new(),
                })
        }
        (Some("apiKey"), Some("query"), _) => name.map(|name| Place::Query { name }),
        (Some("apiKey"), Some("cookie"), _) => name
            .filter(|name| is_header_name(name))
            .map(|name| Place::Cookie { name }),
        (Some("http"), _, Some(kind)) if kind.eq_ignore_ascii_case("basic") => Some(Place::Basic),
        (Some("http"), _, Some(kind)) if kind.eq_ignore_ascii_case("bearer") => {
            Some(authorization("Bearer"))
        }
        // What follows the name of another scheme is the caller's to write.
        (Some("http"), _, Some(kind)) if is_header_name(kind) => Some(authorization(kind)),
        (Some("oauth2" | "openIdConnect"), _, _) => Some(authorization("Bearer")),
        (Some("mutualTLS"), _, _) => return Scheme::Connection,
        _ => None,
    };
    place.map_or(Scheme::Unknown, Scheme::Place)
}

fn authorization(scheme: &str) -> Place {
    Place::Header {
        name: "authorization".to_owned(),
        prefix: format!("{scheme} "),
    }
}

/// Whether a text can be the name of a header at all (RFC 9110, `token`).
pub(crate) fn is_header_name(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b))
}
