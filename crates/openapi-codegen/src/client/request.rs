//! Writes the requests that progenitor does not: parameters in styles, cookies, forms, other bodies, credentials.
//!
//! progenitor's own statements for them are taken out, and the argument is written by the runtime's functions, to the
//! request that has been built.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprMethodCall, FnArg, Pat, Stmt, parse_quote};

use super::encoded;
use super::security::{Credential, Place as Credentials};
use crate::request::{Body, Encoded, Parameter, Part, PartKind, Place, Plan, Style};

/// A function that builds a request, in pieces.
pub(super) struct Built<'a> {
    pub(super) inputs: &'a mut Vec<FnArg>,
    /// The statements before the chain.
    pub(super) before: &'a mut Vec<Stmt>,
    /// `self.client.get(url)….build()`.
    pub(super) chain: ExprMethodCall,
}

impl Built<'_> {
    /// Puts right what the plan says otherwise than progenitor; the statements follow the chain, with `request` being
    /// the name of what it builds.
    pub(super) fn write(&mut self, plan: &Plan, request: &syn::Ident) -> Vec<Stmt> {
        let mut after = Vec::new();
        Methods.visit_expr_method_call_mut(&mut self.chain);
        for parameter in &plan.parameters {
            let argument = format_ident!("{}", parameter.argument);
            if !self.is_plain(parameter) {
                after.extend(self.parameter(parameter, &argument, request));
            }
        }
        if let Some(server) = &plan.server {
            self.send_to(&format_ident!("{server}"));
        }
        let parts = plan
            .body
            .iter()
            .filter(|body| body.encoded == Encoded::Multipart);
        for part in parts.flat_map(|body| &body.parts) {
            self.remove_header(&format_ident!("{}", part.argument));
        }
        self.credentials(plan, request, &mut after);
        after
    }

    /// Whether progenitor writes a parameter right: what it writes with `Display` only for the types where that is what
    /// is on the wire.
    fn is_plain(&self, parameter: &Parameter) -> bool {
        if parameter.place == Place::Query {
            return parameter.is_plain_query();
        }
        let kind = self.kind_of(&parameter.argument);
        let kind = match kind
            .strip_prefix("Option<")
            .and_then(|kind| kind.strip_suffix('>'))
        {
            Some(inner) if !parameter.required => inner.to_owned(),
            _ => kind,
        };
        let plain = [
            "&'astr", "bool", "i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64",
        ];
        matches!(parameter.place, Place::Path | Place::Header)
            && parameter.style == Style::Simple
            && !parameter.is_renamed()
            && plain.contains(&kind.as_str())
    }

    /// The type of an argument, without spaces.
    fn kind_of(&self, name: &str) -> String {
        let found = self.inputs.iter().find_map(|input| match input {
            FnArg::Typed(argument) if is_named(&argument.pat, name) => Some(&argument.ty),
            _ => None,
        });
        let text = found.map(|kind| kind.to_token_stream().to_string());
        text.unwrap_or_default().replace(' ', "")
    }

    fn retype(&mut self, name: &str, change: impl Fn(&syn::Type) -> syn::Type) {
        for input in self.inputs.iter_mut() {
            if let FnArg::Typed(argument) = input
                && is_named(&argument.pat, name)
            {
                *argument.ty = change(&argument.ty);
            }
        }
    }

    fn parameter(
        &mut self,
        parameter: &Parameter,
        argument: &syn::Ident,
        request: &syn::Ident,
    ) -> Option<Stmt> {
        let name = &parameter.name;
        let (explode, json) = (parameter.explode, parameter.style == Style::Json);
        let written = match parameter.place {
            Place::Path => {
                let style = match parameter.style {
                    Style::Label => quote!(Label),
                    Style::Matrix => quote!(Matrix),
                    Style::Json => quote!(Json),
                    _ => quote!(Simple),
                };
                let written: Expr = parse_quote! {
                    parameters::segment(#name, &#argument, parameters::Segment::#style, #explode)?
                };
                encoded::replace(self.before, |encoded| {
                    (encoded == argument).then(|| written.clone())
                });
                return None;
            }
            Place::Query => {
                self.chain = without(self.chain.clone(), &|call| {
                    call.method == "query" && mentions(&call.args.to_token_stream(), argument)
                });
                let (form, reserved) = (form(parameter.style, explode), parameter.allow_reserved);
                quote!(parameters::query(&mut #request, #name, value, #form, #reserved)?;)
            }
            Place::Header => {
                self.remove_header(argument);
                quote!(parameters::header(&mut #request, #name, value, #explode, #json)?;)
            }
            Place::Cookie => {
                self.remove_header(argument);
                quote!(parameters::cookie(&mut #request, #name, value, #json)?;)
            }
        };
        Some(given(argument, parameter.required, &written))
    }

    /// Takes out the statement that puts an argument into a header.
    fn remove_header(&mut self, argument: &syn::Ident) {
        self.before.retain(|statement| {
            let tokens = statement.to_token_stream();
            let is_append = matches!(statement, Stmt::Expr(Expr::MethodCall(_) | Expr::If(_), _));
            !(is_append
                && mentions(&tokens, &format_ident!("header_map"))
                && mentions(&tokens, argument))
        });
    }

    /// Sends the request to the server in an argument.
    fn send_to(&mut self, server: &syn::Ident) {
        struct Base<'a>(&'a syn::Ident);
        impl VisitMut for Base<'_> {
            fn visit_macro_mut(&mut self, call: &mut syn::Macro) {
                let parser = syn::punctuated::Punctuated::<Expr, syn::Token![,]>::parse_terminated;
                if let Ok(mut arguments) = call.parse_body_with(parser) {
                    let base: Expr = parse_quote!(self.baseurl);
                    let server = self.0;
                    for argument in arguments.iter_mut().filter(|argument| **argument == base) {
                        *argument = parse_quote!(#server);
                    }
                    call.tokens = quote!(#arguments);
                }
            }
        }
        let mut base = Base(server);
        for statement in self.before.iter_mut() {
            base.visit_stmt_mut(statement);
        }
        self.inputs.insert(1, parse_quote!(#server: &'a str));
    }

    /// Writes the body where progenitor does not write it right.
    pub(super) fn write_body(&mut self, plan: &Plan) {
        if let Some(body) = plan.body.as_ref().filter(|body| !body.is_plain()) {
            self.body(body);
        }
    }

    fn body(&mut self, body: &Body) {
        self.chain = without(self.chain.clone(), &is_body);
        let kind = &body.content_type;
        let header = quote! {
            .header(::reqwest::header::CONTENT_TYPE, ::reqwest::header::HeaderValue::from_static(#kind))
        };
        let step = match body.encoded {
            Encoded::Multipart => return self.multipart(body),
            Encoded::Json if kind == "application/json" => quote!(.json(&body)),
            Encoded::Json => quote!(#header .json(&body)),
            Encoded::Form => {
                let fields = body
                    .parts
                    .iter()
                    .filter(|part| part.shape != crate::request::TEXT || part.style == Style::Json);
                let fields = fields.map(|part| {
                    let (name, form) = (&part.name, form(part.style, part.explode));
                    quote!((#name, #form))
                });
                quote!(#header .body(parameters::form(&body, &[#(#fields),*])?))
            }
            Encoded::Text | Encoded::Bytes => quote!(#header .body(body)),
        };
        let receiver = self.chain.receiver.clone();
        if body.required {
            *self.chain.receiver = parse_quote!(#receiver #step);
            return;
        }
        self.retype("body", |kind| parse_quote!(::std::option::Option<#kind>));
        *self.chain.receiver = parse_quote!({
            let builder = #receiver;
            match body {
                Some(body) => builder #step,
                None => builder,
            }
        });
    }

    fn multipart(&mut self, body: &Body) {
        let mut steps = Vec::new();
        for part in &body.parts {
            let argument = format_ident!("{}", part.argument);
            match part.kind {
                PartKind::File => self.retype_part(part, quote!(&'a FilePart)),
                PartKind::Files => self.retype_part(part, quote!(&'a [FilePart])),
                _ => {}
            }
            steps.push(add_part(part, &argument));
        }
        let mut statements: Vec<Stmt> =
            vec![parse_quote!(let mut parts = multipart::Parts::default();)];
        statements.extend(steps);
        let receiver = &self.chain.receiver;
        let step = quote! {
            {
                #(#statements)*
                let (kind, bytes) = parts.write();
                builder.header(::reqwest::header::CONTENT_TYPE, kind).body(bytes)
            }
        };
        if body.required || body.parts.iter().any(|part| part.required) {
            *self.chain.receiver = parse_quote!({ let builder = #receiver; #step });
            return;
        }
        // Of a form that may be left out nothing is sent if there is nothing in it.
        let arguments = body
            .parts
            .iter()
            .map(|part| format_ident!("{}", part.argument));
        *self.chain.receiver = parse_quote!({
            let builder = #receiver;
            if #(#arguments.is_none())&&* { builder } else #step
        });
    }

    fn retype_part(&mut self, part: &Part, kind: TokenStream) {
        let required = part.required;
        self.retype(&part.argument, |_| {
            if required {
                parse_quote!(#kind)
            } else {
                parse_quote!(::std::option::Option<#kind>)
            }
        });
    }

    fn credentials(&mut self, plan: &Plan, request: &syn::Ident, after: &mut Vec<Stmt>) {
        let all = &plan.security.credentials;
        for credential in all {
            match &credential.place {
                Credentials::Cookie { name } => {
                    let argument = credential.argument();
                    let written = quote!(parameters::add_cookie(&mut #request, #name, value.expose(), true)?;);
                    after.push(given(&argument, !credential.optional, &written));
                }
                Credentials::Basic => {
                    let argument = credential.argument();
                    let written = quote! {
                        #request.headers_mut().append(reqwest::header::AUTHORIZATION, value.header()?);
                    };
                    after.push(given(&argument, !credential.optional, &written));
                }
                Credentials::Header { .. } | Credentials::Query { .. } => {}
            }
        }
        let given = |credential: &Credential| {
            let argument = credential.argument();
            if credential.optional {
                quote!(#argument.is_some())
            } else {
                quote!(true)
            }
        };
        let complete = plan.security.alternatives.iter().map(|alternative| {
            let all = alternative
                .iter()
                .filter_map(|index| all.get(*index))
                .map(given);
            quote!((#(#all)&&*))
        });
        let complete: Vec<_> = complete.collect();
        if !complete.is_empty() {
            self.before.insert(
                0,
                parse_quote!(if !(#(#complete)||*) { return Err(RequestError::Credentials); }),
            );
        }
    }
}

/// A statement for an argument that is called `value` in it.
fn given(argument: &syn::Ident, required: bool, written: &TokenStream) -> Stmt {
    if required {
        parse_quote!({ let value = &#argument; #written })
    } else {
        parse_quote!(if let Some(value) = &#argument { #written })
    }
}

fn add_part(part: &Part, argument: &syn::Ident) -> Stmt {
    let name = &part.name;
    let kind = part.content_type.as_deref();
    let file = kind
        .filter(|kind| !kind.contains([',', '*']))
        .unwrap_or("application/octet-stream");
    let written = match part.kind {
        PartKind::File => quote!(parts.file(#name, value, #file)?;),
        PartKind::Files => quote!(for file in value.iter() { parts.file(#name, file, #file)?; }),
        PartKind::Json => {
            let kind = kind.unwrap_or("application/json");
            quote!(parts.json(#name, value, #kind)?;)
        }
        PartKind::Text | PartKind::Texts => {
            let kind = match kind {
                Some(kind) => quote!(Some(#kind)),
                None => quote!(None),
            };
            quote!(parts.text(#name, value, #kind)?;)
        }
    };
    given(argument, part.required, &written)
}

fn form(style: Style, explode: bool) -> TokenStream {
    let form = match style {
        Style::DeepObject => quote!(Deep),
        Style::Json => quote!(Json),
        _ if explode => quote!(Each),
        Style::SpaceDelimited => quote!(Joined("%20")),
        Style::PipeDelimited => quote!(Joined("%7C")),
        _ => quote!(Joined(",")),
    };
    quote!(parameters::Form::#form)
}

fn is_named(pattern: &Pat, name: &str) -> bool {
    matches!(pattern, Pat::Ident(pattern) if pattern.ident == name)
}

/// Whether tokens have an identifier somewhere.
fn mentions(tokens: &TokenStream, ident: &syn::Ident) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        proc_macro2::TokenTree::Ident(found) => found == *ident,
        proc_macro2::TokenTree::Group(group) => mentions(&group.stream(), ident),
        _ => false,
    })
}

/// Whether a step of the chain writes the body, or says of what type it is.
fn is_body(call: &ExprMethodCall) -> bool {
    let first = call
        .args
        .first()
        .map(ToTokens::to_token_stream)
        .unwrap_or_default();
    ["json", "body", "form_urlencoded"]
        .iter()
        .any(|name| call.method == name)
        || (call.method == "header" && mentions(&first, &format_ident!("CONTENT_TYPE")))
}

/// The chain without some of its steps; a `?` goes with its step.
fn without(mut chain: ExprMethodCall, is_out: &dyn Fn(&ExprMethodCall) -> bool) -> ExprMethodCall {
    chain.receiver = Box::new(receiver(*chain.receiver, is_out));
    chain
}

fn receiver(expression: Expr, is_out: &dyn Fn(&ExprMethodCall) -> bool) -> Expr {
    match expression {
        Expr::MethodCall(call) if is_out(&call) => receiver(*call.receiver, is_out),
        Expr::MethodCall(call) => Expr::MethodCall(without(call, is_out)),
        Expr::Try(mut outcome) => match *outcome.expr {
            Expr::MethodCall(call) if is_out(&call) => receiver(*call.receiver, is_out),
            other => {
                *outcome.expr = receiver(other, is_out);
                Expr::Try(outcome)
            }
        },
        other => other,
    }
}

/// `client.options(url)` and `client.trace(url)` are no functions of `reqwest`.
struct Methods;

impl VisitMut for Methods {
    fn visit_expr_method_call_mut(&mut self, call: &mut ExprMethodCall) {
        visit_mut::visit_expr_method_call_mut(self, call);
        let client: Expr = parse_quote!(self.client);
        if *call.receiver != client {
            return;
        }
        let method = match call.method.to_string().as_str() {
            "options" => quote!(OPTIONS),
            "trace" => quote!(TRACE),
            _ => return,
        };
        call.method = format_ident!("request");
        call.args
            .insert(0, parse_quote!(::reqwest::Method::#method));
    }
}
