//! Splits every generated call in two, and corrects what the call sends.
//!
//! progenitor writes a call as one function: build the request, send it, decode the answer. Who wants to own the
//! sending (to retry, to bound the body, to trace) needs the first part alone, with method, URL, path encoding and
//! headers still from the contract. So the statements up to the request move into a twin without I/O,
//! `<operation>_request`, and the call begins by calling it.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{
    Expr, ExprMethodCall, FnArg, ImplItem, ImplItemFn, Item, ItemImpl, Lit, Local, Pat, Stmt,
    parse_quote,
};

use super::request::Built;
use super::security::{Credential, Place};
use super::{encoded, outcomes, segments};
use crate::document::responses::Outcomes;
use crate::request::Plan;

/// What is known of an operation when its call is rewritten.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    /// How its requests are written.
    pub(crate) plan: Plan,
    /// What it may respond with.
    pub(crate) outcomes: Outcomes,
    /// The names of the parameters in the path, as the document and as Rust has them.
    pub(crate) path_parameters: Vec<(String, String)>,
}

/// The generated calls do not have the form that this crate knows: progenitor has changed.
#[derive(Debug)]
pub(crate) struct UnknownForm(pub(crate) String);

/// Rewrites the calls of a generated client; `calls` are in the order of the document's operations.
pub(crate) fn rewrite(file: &mut syn::File, calls: &[Call]) -> Result<(), UnknownForm> {
    let mut calls = calls.iter();
    for block in file.items.iter_mut().filter_map(client_impl) {
        let items = std::mem::take(&mut block.items);
        for item in items {
            match item {
                ImplItem::Fn(call) if call.sig.asyncness.is_some() => {
                    let known = calls.next().ok_or_else(|| {
                        UnknownForm(format!("`{}` has no operation", call.sig.ident))
                    })?;
                    let (twin, call) = split(call, known)?;
                    block.items.push(ImplItem::Fn(twin));
                    block.items.push(ImplItem::Fn(call));
                }
                item => block.items.push(item),
            }
        }
    }
    match calls.next() {
        Some(_) => Err(UnknownForm("an operation has no call".to_owned())),
        None => Ok(()),
    }
}

/// `impl Client { .. }`, no trait.
pub(super) fn client_impl(item: &mut Item) -> Option<&mut ItemImpl> {
    match item {
        Item::Impl(block) if block.trait_.is_none() => match &*block.self_ty {
            syn::Type::Path(path) if path.path.is_ident("Client") => Some(block),
            _ => None,
        },
        _ => None,
    }
}

fn split(mut call: ImplItemFn, known: &Call) -> Result<(ImplItemFn, ImplItemFn), UnknownForm> {
    let name = call.sig.ident.clone();
    let unknown = |what: &str| UnknownForm(format!("`{name}` has {what}"));
    let position = call
        .block
        .stmts
        .iter()
        .position(|statement| request_chain(statement).is_some())
        .ok_or_else(|| unknown("no request"))?;

    let arguments: Vec<FnArg> = known
        .plan
        .security
        .credentials
        .iter()
        .map(|credential| {
            let (name, kind) = (credential.argument(), credential.argument_type());
            parse_quote!(#name: #kind)
        })
        .collect();
    let mut inputs: Vec<FnArg> = call.sig.inputs.iter().cloned().collect();
    inputs.splice(1..1, arguments);

    let mut before: Vec<Stmt> = call.block.stmts.drain(..position).collect();
    let all = before.len();
    before.retain(|statement| !is_api_version(statement));
    if all != before.len() + 1 {
        return Err(unknown("not one header `api-version` of progenitor's own"));
    }
    let chain = call
        .block
        .stmts
        .first()
        .and_then(request_chain)
        .cloned()
        .ok_or_else(|| unknown("no request"))?;
    let request = request_name(&inputs);
    let mut built = Built {
        inputs: &mut inputs,
        before: &mut before,
        chain,
    };
    let after = built.write(&known.plan, &request);
    let mut chain = built.chain;
    // progenitor's own encoding lets `..` and a backslash through; `path_segment` does not.
    encoded::replace(&mut before, |argument| {
        let rust = argument.to_string();
        let name = known
            .path_parameters
            .iter()
            .find(|(_, value)| *value == rust);
        let name = name.map_or(&rust, |(name, _)| name);
        Some(parse_quote!(path_segment(#name, &#argument.to_string())?))
    });
    let parameters: BTreeSet<_> = known.path_parameters.iter().collect();
    segments::verify(&before, parameters.len()).map_err(|found| unknown(&found))?;
    let headers = before.iter().any(is_header);
    if headers {
        for statement in &mut before {
            shrink_header_map(statement);
        }
    } else {
        before.retain(|statement| !is_header_map(statement));
        chain = without_headers(chain);
    }
    let mut built = Built {
        inputs: &mut inputs,
        before: &mut before,
        chain,
    };
    built.write_body(&known.plan);
    chain = built.chain;
    call.sig.inputs = inputs.into_iter().collect();
    for credential in &known.plan.security.credentials {
        chain = send_credential(chain, credential);
    }

    let twin_name = format_ident!("{name}_request");
    let mut twin = call.clone();
    twin.sig.ident = twin_name.clone();
    twin.sig.asyncness = None;
    twin.sig.output = parse_quote!(-> ::std::result::Result<reqwest::Request, RequestError>);
    let summary = format!("The request that [`Self::{name}`] sends, and nothing sent.");
    twin.attrs = vec![parse_quote!(#[doc = #summary])];
    let chain: Expr = Expr::MethodCall(chain);
    twin.block = if after.is_empty() {
        parse_quote!({ #(#before)* Ok(#chain?) })
    } else {
        parse_quote!({ #(#before)* let mut #request = #chain?; #(#after)* Ok(#request) })
    };

    let passed = call.sig.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(argument) => match &*argument.pat {
            Pat::Ident(pattern) => Some(pattern.ident.clone()),
            _ => None,
        },
        FnArg::Receiver(_) => None,
    });
    let made: Expr = parse_quote!(self.#twin_name(#(#passed),*)?);
    if let Some(Stmt::Local(Local {
        init: Some(init), ..
    })) = call.block.stmts.first_mut()
    {
        *init.expr = made;
    }
    outcomes::rewrite_request(&mut twin, &known.outcomes).map_err(UnknownForm)?;
    outcomes::rewrite_call(&mut call, &known.outcomes).map_err(UnknownForm)?;
    Ok((twin, call))
}

/// A name for the request that no argument has.
fn request_name(inputs: &[FnArg]) -> syn::Ident {
    let mut name = "request".to_owned();
    let is_taken = |name: &str| {
        inputs.iter().any(|input| {
            matches!(input, FnArg::Typed(argument)
            if matches!(&*argument.pat, Pat::Ident(pattern) if pattern.ident == name))
        })
    };
    while is_taken(&name) {
        name.push('_');
    }
    format_ident!("{name}")
}

/// The `….build()` of `let mut request = ….build()?;`.
fn request_chain(statement: &Stmt) -> Option<&ExprMethodCall> {
    let Stmt::Local(Local {
        init: Some(init), ..
    }) = statement
    else {
        return None;
    };
    let Expr::Try(outcome) = &*init.expr else {
        return None;
    };
    match &*outcome.expr {
        Expr::MethodCall(chain) if chain.method == "build" => Some(chain),
        _ => None,
    }
}

/// `header_map.append(HeaderName::from_static("api-version"), ..)`: a header of another API's making.
fn is_api_version(statement: &Stmt) -> bool {
    let Stmt::Expr(Expr::MethodCall(append), _) = statement else {
        return false;
    };
    let Some(Expr::Call(name)) = append.args.first() else {
        return false;
    };
    let is_name = |argument: &Expr| {
        matches!(argument, Expr::Lit(literal)
        if matches!(&literal.lit, Lit::Str(text) if text.value() == "api-version"))
    };
    append.method == "append" && name.args.first().is_some_and(is_name)
}

/// A statement that puts something into the header map.
fn is_header(statement: &Stmt) -> bool {
    let is_append = |expression: &Expr| {
        matches!(expression, Expr::MethodCall(call)
            if matches!(&*call.receiver, Expr::Path(path) if path.path.is_ident("header_map")))
    };
    match statement {
        Stmt::Expr(Expr::If(optional), _) => optional
            .then_branch
            .stmts
            .iter()
            .any(|inner| matches!(inner, Stmt::Expr(expression, _) if is_append(expression))),
        Stmt::Expr(expression, _) => is_append(expression),
        _ => false,
    }
}

/// `let mut header_map = ..;`
fn is_header_map(statement: &Stmt) -> bool {
    matches!(statement, Stmt::Local(local)
        if matches!(&local.pat, Pat::Ident(pattern) if pattern.ident == "header_map"))
}

/// Takes one from the room of the header map: `api-version` needs none any more.
fn shrink_header_map(statement: &mut Stmt) {
    if !is_header_map(statement) {
        return;
    }
    let Stmt::Local(Local {
        init: Some(init), ..
    }) = statement
    else {
        return;
    };
    if let Expr::Call(call) = &mut *init.expr
        && let Some(Expr::Lit(size)) = call.args.first_mut()
        && let Lit::Int(number) = &size.lit
        && let Ok(number) = number.base10_parse::<usize>()
    {
        size.lit = Lit::new(proc_macro2::Literal::usize_unsuffixed(
            number.saturating_sub(1),
        ));
    }
}

/// The chain without `.headers(header_map)`.
fn without_headers(mut chain: ExprMethodCall) -> ExprMethodCall {
    let receiver = match *chain.receiver {
        Expr::MethodCall(inner) if inner.method == "headers" => *inner.receiver,
        Expr::MethodCall(inner) => Expr::MethodCall(without_headers(inner)),
        other => other,
    };
    chain.receiver = Box::new(receiver);
    chain
}

/// Puts a credential before the last step of the chain.
fn send_credential(mut chain: ExprMethodCall, credential: &Credential) -> ExprMethodCall {
    let (argument, receiver) = (credential.argument(), &chain.receiver);
    let written: TokenStream = match &credential.place {
        Place::Header { prefix, .. } => {
            let name = credential.header_name().unwrap_or_default();
            let header = quote! { reqwest::header::HeaderName::from_static(#name) };
            if credential.optional {
                quote! {
                    .headers(match #argument {
                        Some(secret) => ::std::iter::once(
                            (#header, credential(#name, #prefix, secret)?)
                        ).collect(),
                        None => reqwest::header::HeaderMap::new(),
                    })
                }
            } else {
                quote! { .header(#header, credential(#name, #prefix, #argument)?) }
            }
        }
        Place::Query { name } if credential.optional => {
            quote! { .query(&#argument.map(|secret| [(#name, secret.expose())])) }
        }
        Place::Query { name } => quote! { .query(&[(#name, #argument.expose())]) },
        // Written to the request that has been built.
        Place::Cookie { .. } | Place::Basic => return chain,
    };
    chain.receiver = Box::new(parse_quote!(#receiver #written));
    chain
}
