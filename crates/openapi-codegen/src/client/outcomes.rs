//! Writes how a call decodes its response: one arm for each status that the document lists.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::visit_mut::{self, VisitMut};
use syn::{Arm as MatchArm, Expr, ExprMatch, ExprMethodCall, ImplItemFn, Lit, parse_quote};

use super::paths::MARKER;
use crate::document::responses::{Arm, Body, JsonType, Outcome, Outcomes, Shape, Status};

/// Replaces the arms of a call that was generated for one success and one error.
pub(crate) fn rewrite_call(call: &mut ImplItemFn, outcomes: &Outcomes) -> Result<(), String> {
    let mut arms = Arms {
        arms: arms(outcomes)?,
        count: 0,
    };
    arms.visit_impl_item_fn_mut(call);
    match arms.count {
        1 => Ok(()),
        count => Err(format!("`{}` decodes {count} times", call.sig.ident)),
    }
}

/// Lets a request ask for the media types that the document lists.
pub(crate) fn rewrite_request(request: &mut ImplItemFn, outcomes: &Outcomes) -> Result<(), String> {
    let Some(accept) = &outcomes.accept else {
        return Ok(());
    };
    let mut header = Accept {
        value: accept,
        count: 0,
    };
    header.visit_impl_item_fn_mut(request);
    match header.count {
        1 => Ok(()),
        count => Err(format!(
            "`{}` has {count} headers `Accept`",
            request.sig.ident
        )),
    }
}

/// The enum of an outcome that has one, for the module `types`.
pub(crate) fn tokens(outcome: &Outcome, doc: &str) -> Result<TokenStream, String> {
    let Shape::ByStatus(name) = &outcome.shape else {
        return Ok(TokenStream::new());
    };
    let ident = format_ident!("{name}");
    let mut variants = Vec::new();
    let mut names = Vec::new();
    for arm in &outcome.arms {
        let (name, doc) = (variant(arm.status), arm.description.trim());
        let doc = format!("`{}`: {doc}", status_text(arm.status));
        let body = match &arm.body {
            Body::Empty => TokenStream::new(),
            Body::Stream => quote!((super::ByteStream)),
            Body::Json(json) => {
                let kind = json_type(json.as_ref())?;
                quote!((#kind))
            }
        };
        variants.push(quote!(#[doc = #doc] #name #body));
        let pattern = match arm.body {
            Body::Empty => quote!(Self::#name),
            Body::Stream | Body::Json(_) => quote!(Self::#name(_)),
        };
        let text = name.to_string();
        names.push(quote!(#pattern => #text));
    }
    // A stream cannot be printed, copied or compared.
    let streams = outcome.arms.iter().any(|arm| arm.body == Body::Stream);
    let (derives, debug) = if streams {
        let debug = quote! {
            impl ::std::fmt::Debug for #ident {
                fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    f.write_str(match self { #(#names),* })
                }
            }
        };
        (TokenStream::new(), debug)
    } else {
        (
            quote!(#[derive(Clone, Debug, PartialEq)]),
            TokenStream::new(),
        )
    };
    Ok(quote! {
        #[doc = #doc]
        #derives
        pub enum #ident { #(#variants),* }
        #debug
    })
}

fn variant(status: Status) -> proc_macro2::Ident {
    match status {
        Status::Code(code) => format_ident!("Status{code}"),
        Status::Range(class) => format_ident!("Status{class}xx"),
        Status::Default => format_ident!("Default"),
    }
}

fn status_text(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(class) => format!("{class}XX"),
        Status::Default => "default".to_owned(),
    }
}

/// The type of a body, as this crate names types before their paths are resolved.
fn json_type(json: Option<&JsonType>) -> Result<syn::Type, String> {
    let json = json.ok_or("a body has no type")?;
    let path: syn::Type = syn::parse_str(&json.name).map_err(|error| error.to_string())?;
    Ok(if json.nullable {
        parse_quote!(::std::option::Option<#path>)
    } else {
        path
    })
}

fn arms(outcomes: &Outcomes) -> Result<Vec<MatchArm>, String> {
    let mut arms = Vec::new();
    for arm in &outcomes.success.arms {
        let (pattern, value) = (pattern(arm.status), value(&outcomes.success, arm)?);
        arms.push(parse_quote!(#pattern => Ok(#value),));
    }
    for arm in &outcomes.error.arms {
        let (pattern, value) = (pattern(arm.status), value(&outcomes.error, arm)?);
        arms.push(parse_quote!(#pattern => Err(Error::ErrorResponse(#value)),));
    }
    let has_default = |outcome: &Outcome| {
        let last = outcome.arms.last();
        last.is_some_and(|arm| arm.status == Status::Default)
    };
    if !has_default(&outcomes.error) {
        arms.push(parse_quote!(_ => Err(Error::UnexpectedResponse(response)),));
    }
    Ok(arms)
}

fn pattern(status: Status) -> TokenStream {
    match status {
        Status::Code(code) => quote!(#code),
        Status::Range(class) => {
            let (first, last) = (class * 100, class * 100 + 99);
            quote!(#first..=#last)
        }
        Status::Default => quote!(_),
    }
}

/// A `ResponseValue` of the outcome's type.
fn value(outcome: &Outcome, arm: &Arm) -> Result<TokenStream, String> {
    let body = match &arm.body {
        Body::Empty => quote!(ResponseValue::empty(response)),
        Body::Stream => quote!(ResponseValue::stream(response)),
        Body::Json(None) => quote!(ResponseValue::from_response(response).await?),
        Body::Json(json) => {
            let kind = json_type(json.as_ref())?;
            quote!(ResponseValue::<#kind>::from_response(response).await?)
        }
    };
    Ok(match (&outcome.shape, &arm.body) {
        (Shape::Single, _) => body,
        (Shape::Optional(_), Body::Empty) => {
            quote!(with_body(#body, |()| ::std::option::Option::None))
        }
        (Shape::Optional(_), _) => quote!(with_body(#body, ::std::option::Option::Some)),
        (Shape::ByStatus(name), body_kind) => {
            let (marker, name) = (format_ident!("{MARKER}"), format_ident!("{name}"));
            let variant = variant(arm.status);
            let made = quote!(#marker::types::#name::#variant);
            if *body_kind == Body::Empty {
                quote!(with_body(#body, |()| #made))
            } else {
                quote!(with_body(#body, #made))
            }
        }
    })
}

struct Arms {
    arms: Vec<MatchArm>,
    count: usize,
}

impl VisitMut for Arms {
    fn visit_expr_match_mut(&mut self, expression: &mut ExprMatch) {
        if is_status(&expression.expr) {
            expression.arms.clone_from(&self.arms);
            self.count += 1;
        } else {
            visit_mut::visit_expr_match_mut(self, expression);
        }
    }
}

/// `response.status().as_u16()`
fn is_status(expression: &Expr) -> bool {
    matches!(expression, Expr::MethodCall(number) if number.method == "as_u16"
        && matches!(&*number.receiver, Expr::MethodCall(status) if status.method == "status"
            && matches!(&*status.receiver, Expr::Path(path) if path.path.is_ident("response"))))
}

/// `.header(ACCEPT, HeaderValue::from_static("application/json"))`
struct Accept<'a> {
    value: &'a str,
    count: usize,
}

impl VisitMut for Accept<'_> {
    fn visit_expr_method_call_mut(&mut self, call: &mut ExprMethodCall) {
        visit_mut::visit_expr_method_call_mut(self, call);
        let is_accept = |name: &Expr| {
            matches!(name, Expr::Path(path)
                if path.path.segments.last().is_some_and(|last| last.ident == "ACCEPT"))
        };
        if call.method == "header" && call.args.first().is_some_and(is_accept) {
            for argument in call.args.iter_mut().skip(1) {
                if let Expr::Call(made) = argument
                    && let Some(Expr::Lit(text)) = made.args.first_mut()
                {
                    text.lit =
                        Lit::Str(syn::LitStr::new(self.value, proc_macro2::Span::call_site()));
                    self.count += 1;
                }
            }
        }
    }
}
