//! Constants of the contract that a client needs besides its calls: servers, operations, names of headers.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;

use crate::client::security;
use crate::document::naming;
use crate::document::walk::operations;
use crate::request;

/// The modules `servers`, `operations` and `headers`.
pub(crate) fn emit(document: &Value) -> TokenStream {
    let servers = servers(document);
    let operations = operation_constants(document);
    let headers = headers(document);
    quote! { #servers #operations #headers }
}

fn servers(document: &Value) -> TokenStream {
    let mut taken = BTreeSet::from(["ALL".to_owned()]);
    let mut constants = Vec::new();
    let own = document.get("servers").and_then(Value::as_array);
    let names = server_constants(own, "SERVER", &mut taken, &mut constants);
    for found in operations(document) {
        let Some(id) = found.id() else { continue };
        let wish = format!("{}_SERVER", naming::constant_name(id));
        server_constants(request::servers(&found), &wish, &mut taken, &mut constants);
    }
    quote! {
        /// The servers of the contract.
        pub mod servers {
            #(#constants)*
            /// Those of the whole contract, in its order: the first is the default.
            pub const ALL: &[&str] = &[ #(#names),* ];
        }
    }
}

/// A constant for each server, and one for the choices of each of its variables; the names of the former.
fn server_constants(
    servers: Option<&Vec<Value>>,
    otherwise: &str,
    taken: &mut BTreeSet<String>,
    constants: &mut Vec<TokenStream>,
) -> Vec<syn::Ident> {
    let mut names = Vec::new();
    for server in servers.into_iter().flatten() {
        let Some(url) = url(server) else { continue };
        let text = |key: &str| server.get(key).and_then(Value::as_str);
        let wish = text("x-name").map_or_else(|| otherwise.to_owned(), naming::constant_name);
        let own = naming::unique(&wish, taken);
        let name = format_ident!("{own}");
        let doc = text("description").map_or_else(|| format!("`{url}`"), str::to_owned);
        constants.push(quote! { #[doc = #doc] pub const #name: &str = #url; });
        names.push(name);
        let variables = server.get("variables").and_then(Value::as_object);
        for (variable, choices) in variables.into_iter().flatten() {
            let choices = choices.get("enum").and_then(Value::as_array);
            let choices: Vec<&str> = choices
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .collect();
            if choices.is_empty() {
                continue;
            }
            let wish = format!("{own}_{}", naming::constant_name(variable));
            let name = format_ident!("{}", naming::unique(&wish, taken));
            let template = text("url").unwrap_or_default();
            let doc = format!("What `{{{variable}}}` of `{template}` may be.");
            constants.push(quote! { #[doc = #doc] pub const #name: &[&str] = &[ #(#choices),* ]; });
        }
    }
    names
}

/// The URL of a server, its variables at their defaults, without a slash at the end.
fn url(server: &Value) -> Option<String> {
    let mut url = server.get("url")?.as_str()?.to_owned();
    let variables = server.get("variables").and_then(Value::as_object);
    for (name, variable) in variables.into_iter().flatten() {
        let default = variable
            .get("default")
            .and_then(Value::as_str)
            .unwrap_or_default();
        url = url.replace(&format!("{{{name}}}"), default);
    }
    Some(url.trim_end_matches('/').to_owned())
}

fn operation_constants(document: &Value) -> TokenStream {
    let mut taken = BTreeSet::new();
    let mut constants = Vec::new();
    let mut names = Vec::new();
    for found in operations(document) {
        let Some(id) = found.id() else { continue };
        let name = format_ident!("{}", naming::unique(&naming::constant_name(id), &mut taken));
        let (method, path) = (found.method.to_ascii_uppercase(), found.path);
        let summary = found
            .operation
            .get("summary")
            .and_then(Value::as_str)
            .unwrap_or(id);
        let doc = format!("{}.", summary.trim().trim_end_matches('.'));
        constants.push(quote! {
            #[doc = #doc]
            pub const #name: super::Operation =
                super::Operation { id: #id, method: #method, path: #path };
        });
        names.push(name);
    }
    quote! {
        /// The operations of the contract.
        pub mod operations {
            #(#constants)*
            /// All of them, in the order of the contract.
            pub const ALL: &[super::Operation] = &[ #(#names),* ];
        }
    }
}

fn headers(document: &Value) -> TokenStream {
    let mut taken = BTreeSet::new();
    let constants = security::schemes(document)
        .into_iter()
        .filter_map(|credential| {
            let header = credential.header_name()?;
            let wish = naming::constant_name(&credential.scheme);
            let name = format_ident!("{}", naming::unique(&wish, &mut taken));
            let doc = format!(
                "The header that carries the credential `{}`.",
                credential.scheme
            );
            Some(quote! { #[doc = #doc] pub const #name: &str = #header; })
        });
    let constants: Vec<_> = constants.collect();
    if constants.is_empty() {
        return TokenStream::new();
    }
    quote! {
        /// The names of the headers that carry credentials.
        pub mod headers { #(#constants)* }
    }
}
