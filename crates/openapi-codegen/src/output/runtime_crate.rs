//! The crates that generated code calls, by way of `openapi-runtime`.
//!
//! progenitor and the passes here call a dozen crates by name. Their users depend on one crate that has them all, in
//! versions that fit together; a `format` that is new in a document needs no new dependency.

use proc_macro2::{Delimiter, Group, Ident, Literal, Spacing, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::visit_mut::VisitMut;
use syn::{Attribute, LitStr, Meta, parse_quote};

/// The crate that generated code calls.
const RUNTIME: &str = "openapi_runtime";

/// The crates that it has, by the names by which code calls them.
const CRATES: [&str; 13] = [
    "bytes",
    "chrono",
    "percent_encoding",
    "progenitor_client",
    "regress",
    "reqwest",
    "schemars",
    "secrecy",
    "serde",
    "serde_json",
    "subtle",
    "uuid",
    "zeroize",
];

/// Makes every path to one of the crates a path into the runtime crate.
pub(super) fn rename(mut file: syn::File) -> Result<syn::File, syn::Error> {
    Derives.visit_file_mut(&mut file);
    PathsInTexts(paths).visit_file_mut(&mut file);
    syn::parse2(paths(file.into_token_stream()))
}

/// Makes the paths into the runtime crate paths to the crates again, as people know them.
pub(crate) fn shorten(file: &syn::File) -> Result<syn::File, syn::Error> {
    let mut file = file.clone();
    PathsInTexts(without_runtime).visit_file_mut(&mut file);
    syn::parse2(without_runtime(file.into_token_stream()))
}

fn without_runtime(tokens: TokenStream) -> TokenStream {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut short = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        match token {
            TokenTree::Group(group) => {
                let inner = Group::new(group.delimiter(), without_runtime(group.stream()));
                short.push(TokenTree::Group(inner));
            }
            // With the colons behind it.
            TokenTree::Ident(ident) if ident == RUNTIME => at += 2,
            token => short.push(token.clone()),
        }
        at += 1;
    }
    short.into_iter().collect()
}

/// Rewrites `serde::de`, `::serde::de` and `use serde::de`, in macros and attributes too, which is why this works on
/// tokens: nothing of the syntax tree is there.
fn paths(tokens: TokenStream) -> TokenStream {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut renamed = Vec::with_capacity(tokens.len());
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), paths(group.stream()));
                inner.set_span(group.span());
                renamed.push(TokenTree::Group(inner));
            }
            TokenTree::Ident(ident) if names_crate(ident) && begins_path(&tokens, at) => {
                let runtime = Ident::new(RUNTIME, Span::call_site());
                if !follows_colons(&tokens, at) {
                    renamed.extend(quote!(::));
                }
                renamed.extend(quote!(#runtime::#ident));
            }
            token => renamed.push(token.clone()),
        }
    }
    renamed.into_iter().collect()
}

fn names_crate(ident: &Ident) -> bool {
    CRATES.iter().any(|name| ident == name)
}

/// Whether the identifier is the first of a path of several.
fn begins_path(tokens: &[TokenTree], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|at| tokens.get(at));
    let is_turbofish =
        matches!(tokens.get(at + 3), Some(TokenTree::Punct(punct)) if punct.as_char() == '<');
    let is_continued = are_colons(tokens, at + 1) && !is_turbofish;
    let is_first = match before {
        Some(TokenTree::Punct(punct)) if punct.as_char() == '.' => false,
        _ if follows_colons(tokens, at) => !continues_path(tokens, at),
        _ => true,
    };
    is_continued && is_first
}

fn follows_colons(tokens: &[TokenTree], at: usize) -> bool {
    at.checked_sub(2).is_some_and(|at| are_colons(tokens, at))
}

/// Whether the colons before the identifier continue a path, as in `types::serde`. A `>` before them ends the
/// parameters of an `impl`: what an associated item of that name would be followed by is no path.
fn continues_path(tokens: &[TokenTree], at: usize) -> bool {
    match at.checked_sub(3).and_then(|at| tokens.get(at)) {
        // `use ::serde`, `pub ::serde`, `impl ::serde`: a keyword is no part of a path, unless it is one of these.
        Some(TokenTree::Ident(_)) if is_lifetime(tokens, at) => false,
        Some(TokenTree::Ident(before)) => {
            let name = before.to_string();
            matches!(name.as_str(), "crate" | "self" | "super" | "Self")
                || syn::parse_str::<Ident>(&name).is_ok()
        }
        Some(TokenTree::Group(group)) => group.delimiter() == Delimiter::None,
        _ => false,
    }
}

/// Whether the identifier before the colons is the name of a lifetime: `&'a ::uuid::Uuid`.
fn is_lifetime(tokens: &[TokenTree], at: usize) -> bool {
    let quote = at.checked_sub(4).and_then(|at| tokens.get(at));
    matches!(quote, Some(TokenTree::Punct(punct)) if punct.as_char() == '\'')
}

fn are_colons(tokens: &[TokenTree], at: usize) -> bool {
    let colon = |at: usize, spacing: Option<Spacing>| {
        matches!(
            tokens.get(at),
            Some(TokenTree::Punct(punct)) if punct.as_char() == ':' && spacing.is_none_or(|wanted| punct.spacing() == wanted)
        )
    };
    colon(at, Some(Spacing::Joint)) && colon(at + 1, None)
}

/// Tells the derive macros of serde and schemars where their crates are.
struct Derives;

impl VisitMut for Derives {
    fn visit_attributes_mut(&mut self, attributes: &mut Vec<Attribute>) {
        let derives = |attributes: &[Attribute], names: &[&str]| {
            attributes.iter().any(|attribute| match &attribute.meta {
                Meta::List(list) if list.path.is_ident("derive") => {
                    let text = list.tokens.to_string();
                    names.iter().any(|name| text.contains(name))
                }
                _ => false,
            })
        };
        if derives(attributes, &["Serialize", "Deserialize"]) {
            attributes.push(parse_quote!(#[serde(crate = "::openapi_runtime::serde")]));
        }
        if derives(attributes, &["JsonSchema"]) {
            attributes.push(parse_quote!(#[schemars(crate = "::openapi_runtime::schemars")]));
        }
    }
}

/// Rewrites the paths that serde takes as texts: `#[serde(skip_serializing_if = "::serde_json::Map::is_empty")]`.
struct PathsInTexts(fn(TokenStream) -> TokenStream);

/// What serde takes as a path, or as a type, in a text. `rename` is none of them: its text is on the wire.
const PATHS: [&str; 8] = [
    "default",
    "deserialize_with",
    "from",
    "into",
    "serialize_with",
    "skip_serializing_if",
    "try_from",
    "with",
];

impl VisitMut for PathsInTexts {
    fn visit_attribute_mut(&mut self, attribute: &mut Attribute) {
        if let Meta::List(list) = &mut attribute.meta
            && list.path.is_ident("serde")
        {
            list.tokens = self.arguments(std::mem::take(&mut list.tokens));
        }
    }
}

impl PathsInTexts {
    fn arguments(&self, tokens: TokenStream) -> TokenStream {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let takes_path = |at: usize| {
            let [TokenTree::Ident(key), TokenTree::Punct(punct)] = &tokens[at..at + 2] else {
                return false;
            };
            punct.as_char() == '=' && PATHS.iter().any(|path| key == path)
        };
        let rewritten = tokens.iter().enumerate().map(|(at, token)| {
            let text = match token {
                TokenTree::Literal(_) if at >= 2 && takes_path(at - 2) => {
                    syn::parse2::<LitStr>(token.clone().into()).ok()
                }
                _ => None,
            };
            // Blanks between tokens are no part of a path.
            let path = text.and_then(|text| text.value().parse::<TokenStream>().ok());
            match path.map(|path| (self.0)(path).to_string().replace(' ', "")) {
                Some(path) => TokenTree::Literal(Literal::string(&path)),
                None => token.clone(),
            }
        });
        rewritten.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_renamed(before: &str, after: &str) {
        // Blanks depend on where tokens come from.
        let written = |tokens: TokenStream| tokens.to_string().replace(' ', "");
        let tokens = |text: &str| text.parse::<TokenStream>().unwrap();
        assert_eq!(written(paths(tokens(before))), written(tokens(after)));
    }

    #[test]
    fn paths_to_crates_lead_into_the_runtime_crate() {
        for (before, after) in [
            (
                "use serde::de::Error;",
                "use ::openapi_runtime::serde::de::Error;",
            ),
            (
                "pub use ::reqwest::Body;",
                "pub use ::openapi_runtime::reqwest::Body;",
            ),
            (
                "impl<'de> ::serde::Deserialize<'de> for A {}",
                "impl<'de> ::openapi_runtime::serde::Deserialize<'de> for A {}",
            ),
            (
                "fn a() -> ::serde_json::Value { format!(\"{}\", uuid::Uuid::nil()) }",
                "fn a() -> ::openapi_runtime::serde_json::Value { format!(\"{}\", ::openapi_runtime::uuid::Uuid::nil()) }",
            ),
            (
                "#[derive(::serde::Serialize)] struct A(Option<bytes::Bytes>);",
                "#[derive(::openapi_runtime::serde::Serialize)] struct A(Option<::openapi_runtime::bytes::Bytes>);",
            ),
            (
                "fn a<'a>(id: &'a ::uuid::Uuid) {}",
                "fn a<'a>(id: &'a ::openapi_runtime::uuid::Uuid) {}",
            ),
            (
                "type A = <reqwest::Body as ::serde::Serialize>::B;",
                "type A = <::openapi_runtime::reqwest::Body as ::openapi_runtime::serde::Serialize>::B;",
            ),
        ] {
            assert_renamed(before, after);
        }
    }

    #[test]
    fn names_that_are_no_crates_stay() {
        for other in [
            "self.uuid.bytes()",
            "types::uuid::Uuid",
            "crate::serde::Error",
            "<T>::bytes::<u8>()",
            "let bytes: Vec<u8> = uuid;",
            "struct A { bytes: ::std::vec::Vec<u8> }",
        ] {
            assert_renamed(other, other);
        }
    }

    #[test]
    fn paths_are_shortened_again() {
        let file: syn::File = parse_quote! { fn a(b: ::serde_json::Value) -> Vec<::uuid::Uuid> { ::serde::c!(::uuid::D) } };
        let long = rename(file.clone()).unwrap();
        assert_ne!(quote!(#long).to_string(), quote!(#file).to_string());
        let short = shorten(&long).unwrap();
        assert_eq!(quote!(#short).to_string(), quote!(#file).to_string());
    }

    #[test]
    fn paths_that_serde_takes_as_texts_lead_there_too() {
        let file: syn::File = parse_quote! {
            struct A {
                #[serde(rename = "serde_json::A", default, skip_serializing_if = "::serde_json::Map::is_empty")]
                a: (),
                #[serde(default = "defaults::a", skip_serializing_if = "::std::option::Option::is_none")]
                b: (),
            }
        };
        let long = rename(file.clone()).unwrap();
        let expected: syn::File = parse_quote! {
            struct A {
                #[serde(rename = "serde_json::A", default, skip_serializing_if = "::openapi_runtime::serde_json::Map::is_empty")]
                a: (),
                #[serde(default = "defaults::a", skip_serializing_if = "::std::option::Option::is_none")]
                b: (),
            }
        };
        assert_eq!(quote!(#long).to_string(), quote!(#expected).to_string());
        let short = shorten(&long).unwrap();
        assert_eq!(quote!(#short).to_string(), quote!(#file).to_string());
    }

    #[test]
    fn derive_macros_are_told_where_their_crates_are() {
        let file = parse_quote! { #[derive(Clone, ::serde::Serialize)] struct A; #[derive(Clone)] struct B; };
        let file = rename(file).unwrap();
        let expected: syn::File = parse_quote! {
            #[derive(Clone, ::openapi_runtime::serde::Serialize)]
            #[serde(crate = "::openapi_runtime::serde")]
            struct A;
            #[derive(Clone)]
            struct B;
        };
        assert_eq!(quote!(#file).to_string(), quote!(#expected).to_string());
    }
}
