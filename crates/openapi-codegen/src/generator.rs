//! The generator: a document in, Rust out.

use std::collections::BTreeMap;

use openapi_document::Source;
use proc_macro2::{Spacing, TokenStream, TokenTree};
use quote::quote;
use serde_json::Value;

use crate::catalog::{self, Catalog};
use crate::client::security::{Credential, Place};
use crate::client::{calls, outcomes, paths, tidy};
use crate::document::lift::{Lifted, lift};
use crate::document::polymorphism::Tagged;
use crate::document::responses::{Outcomes, Shape};
use crate::document::walk::{OperationRef, follow, operations};
use crate::document::{
    additional, alternatives, check, directions, distinct, naming, nullable, polymorphism, rename,
    responses, trim,
};
use crate::finding::{Error, Finding, locate};
use crate::output;
use crate::prepare::{omit, prepare as ready};
use crate::progenitor;
use crate::request::{self, Plan};
use crate::runtime::Part;
use crate::surface;
use crate::types::special::Special;
use crate::types::{closed, fields, open, patterns, unions};
use crate::verify;

/// So many times something is left out at most; each time all of it that can be seen at once.
const MAX_ROUNDS: usize = 64;

/// Generates the bindings of one document.
#[derive(Debug)]
pub struct Generator<'a> {
    source: &'a Source,
    is_lenient: bool,
    json_schema: bool,
}

impl<'a> Generator<'a> {
    /// A generator for a document that has been read.
    #[must_use]
    pub fn new(source: &'a Source) -> Self {
        Self {
            source,
            is_lenient: false,
            json_schema: false,
        }
    }

    /// Allows to leave out what cannot be generated: an optional parameter, else its operation. A schema that cannot
    /// become a type is read and written as any JSON. [`Bindings::left_out`] lists all of it.
    #[must_use]
    pub fn lenient(mut self, is_lenient: bool) -> Self {
        self.is_lenient = is_lenient;
        self
    }

    /// Whether the types have JSON Schemas, by `schemars`. Defaults to false.
    #[must_use]
    pub fn json_schema(mut self, json_schema: bool) -> Self {
        self.json_schema = json_schema;
        self
    }

    /// Generates the bindings.
    ///
    /// What can be mended without a loss is mended: [`Bindings::warnings`].
    ///
    /// # Errors
    /// Everything in the document that stands in the way, each with its place and how to mend it.
    pub fn generate(&self) -> Result<Bindings, Error> {
        let mut draft = ready(self.source.value());
        let mut rounds = 0;
        loop {
            let mut findings = match generate(&draft.document, self.json_schema) {
                Ok(mut bindings) => {
                    bindings.warnings = std::mem::take(&mut draft.warnings);
                    bindings.left_out = std::mem::take(&mut draft.left_out);
                    locate(self.source, &mut bindings.warnings);
                    locate(self.source, &mut bindings.left_out);
                    return Ok(bindings);
                }
                Err(findings) => findings,
            };
            rounds += 1;
            if self.is_lenient && rounds < MAX_ROUNDS && omit(&mut draft, &findings) {
                continue;
            }
            for finding in &mut findings {
                finding.pointer = draft.origin(&finding.pointer);
            }
            findings.dedup();
            return Err(Error::located(self.source, findings));
        }
    }
}

/// Generated Rust.
#[derive(Clone, Debug)]
pub struct Bindings {
    file: syn::File,
    schemas: Vec<NamedType>,
    document: Value,
    warnings: Vec<Finding>,
    left_out: Vec<Finding>,
}

/// The type that a named schema of the document has become.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedType {
    /// The schema's name under `components/schemas`.
    pub schema: String,
    /// The type's path within the generated code, such as `types::Pet`.
    pub path: String,
}

impl Bindings {
    /// The syntax tree.
    #[must_use]
    pub fn file(&self) -> &syn::File {
        &self.file
    }

    /// The types of the document's named schemas.
    #[must_use]
    pub fn schemas(&self) -> &[NamedType] {
        &self.schemas
    }

    /// What in the document was mended, without a loss.
    #[must_use]
    pub fn warnings(&self) -> &[Finding] {
        &self.warnings
    }

    /// What of the document is not in the bindings, or only as any JSON: see [`Generator::lenient`].
    #[must_use]
    pub fn left_out(&self) -> &[Finding] {
        &self.left_out
    }

    /// The tokens.
    #[must_use]
    pub fn tokens(&self) -> TokenStream {
        let file = &self.file;
        quote!(#file)
    }

    /// The public surface, formatted: everything that users see, without bodies.
    #[must_use]
    pub fn surface(&self) -> String {
        prettyplease::unparse(&surface::surface(&self.file))
    }

    /// Every public item by its path, such as `types::Pet::name` or `Client::get_pet`.
    #[must_use]
    pub fn items(&self) -> BTreeMap<String, surface::Item> {
        surface::items(&surface::surface(&self.file), &self.document)
    }

    /// The source, formatted.
    #[must_use]
    pub fn source(&self) -> String {
        prettyplease::unparse(&self.file)
    }
}

fn generate(document: &Value, json_schema: bool) -> Result<Bindings, Vec<Finding>> {
    let mut findings = check::check(document);
    let catalog = Catalog::read(document).unwrap_or_else(|found| {
        findings.extend(found);
        None
    });
    if !findings.is_empty() {
        return Err(findings);
    }

    let prepared = prepare(document, catalog.is_some());
    let mut file = progenitor::run(&prepared.document, &prepared.replacements)
        .map_err(|said| progenitor::locate(document, catalog.is_some(), &said))?;

    let calls: Vec<_> = operations(document)
        .iter()
        .map(|found| call(document, found, &prepared))
        .collect::<Option<_>>()
        .ok_or_else(|| unknown_form("an operation has no responses".to_owned()))?;
    verify::verify(document, &prepared, &file)?;
    calls::rewrite(&mut file, &calls).map_err(|unknown| unknown_form(unknown.0))?;
    patterns::rewrite(&mut file).map_err(unknown_form)?;
    let own = own_types(&prepared.lifted);
    add_types(&mut file, own).map_err(unknown_form)?;
    let own = outcome_types(document, &prepared).map_err(unknown_form)?;
    add_types(&mut file, own).map_err(unknown_form)?;
    paths::resolve(&mut file);
    fields::tell_apart(&mut file);
    append(
        &mut file,
        document,
        &prepared.lifted,
        catalog.as_ref(),
        &calls,
    )
    .map_err(unknown_form)?;
    tidy::tidy(&mut file, &prepared.document);
    if unions::rewrite(&mut file, &prepared.tagged)? > 0 {
        let tokens = Part::Unions.tokens().map_err(unknown_form)?;
        file.items.extend(items(tokens).map_err(unknown_form)?);
    }
    let file =
        output::finish(file, json_schema).map_err(|error| unknown_form(error.to_string()))?;
    let schemas = named_types(document, &prepared);
    Ok(Bindings {
        file,
        schemas,
        document: document.clone(),
        warnings: Vec::new(),
        left_out: Vec::new(),
    })
}

/// The generated code does not have a form that this crate knows: nothing is written that was changed in part only.
fn unknown_form(what: String) -> Vec<Finding> {
    vec![Finding::new(
        "",
        format!("the generated code has a form that this generator does not know: {what}"),
        "pin the version of progenitor that this generator was made for, and report this",
    )]
}

/// A document as progenitor can take it.
pub(crate) struct Prepared {
    pub(crate) document: Value,
    pub(crate) lifted: BTreeMap<String, Lifted>,
    /// The names of types that progenitor shall not make, and what it shall write instead.
    pub(crate) replacements: BTreeMap<String, String>,
    /// The schemas that have another name here than in the document that was read.
    pub(crate) renamed: BTreeMap<String, String>,
    /// The choices with a discriminator, by the names of their types.
    pub(crate) tagged: BTreeMap<String, Tagged>,
    /// What the operations respond with, by their places.
    pub(crate) outcomes: BTreeMap<String, Outcomes>,
}

pub(crate) fn prepare(document: &Value, has_catalog: bool) -> Prepared {
    let mut document = document.clone();
    let renamed = rename::separate(&mut document);
    crate::document::drop_foreign_extensions(&mut document);
    directions::normalise(&mut document);
    request::normalise(&mut document);
    trim::trim(&mut document);
    let mut outcomes = responses::normalise(&mut document);
    alternatives::normalise(&mut document);
    let tagged = polymorphism::normalise(&mut document, &renamed);
    additional::normalise(&mut document);
    nullable::normalise(&mut document);
    let mut lifted = lift(&mut document);
    distinct::separate(&mut document);
    if !has_catalog {
        lifted.retain(|_, lifted| lifted.special != Special::ErrorCode);
    }
    let mut replacements: BTreeMap<String, String> = lifted
        .iter()
        .map(|(name, lifted)| {
            let path = match lifted.special {
                Special::Open(_) | Special::Closed(_) | Special::Bounded(_) => {
                    format!("{}::types::{name}", paths::MARKER)
                }
                Special::Secret => format!("{}::Secret", paths::MARKER),
                Special::ErrorCode => format!("{}::errors::ReceivedErrorCode", paths::MARKER),
            };
            (name.clone(), path)
        })
        .collect();
    resolve_outcomes(&mut outcomes, &mut replacements);
    Prepared {
        document,
        lifted,
        replacements,
        renamed,
        tagged,
        outcomes,
    }
}

/// Gives the bodies of responses the paths of their types, and each outcome that is no single type its own.
fn resolve_outcomes(
    outcomes: &mut BTreeMap<String, Outcomes>,
    replacements: &mut BTreeMap<String, String>,
) {
    let own = |name: &str| format!("{}::types::{name}", paths::MARKER);
    for it in outcomes.values_mut() {
        it.resolve(&|schema| {
            let name = naming::type_name(schema);
            replacements
                .get(&name)
                .cloned()
                .unwrap_or_else(|| own(&name))
        });
    }
    for outcome in outcomes.values().flat_map(|it| [&it.success, &it.error]) {
        if let Some((name, path)) = outcome.replacement(&own) {
            replacements.insert(name, path);
        }
    }
}

pub(crate) fn named_types(document: &Value, prepared: &Prepared) -> Vec<NamedType> {
    let schemas = document
        .pointer("/components/schemas")
        .and_then(Value::as_object);
    let named = schemas.into_iter().flatten().map(|(schema, _)| {
        let name = naming::type_name(prepared.renamed.get(schema).unwrap_or(schema));
        let path = match prepared.replacements.get(&name) {
            Some(path) => path.replacen(&format!("{}::", paths::MARKER), "", 1),
            None => format!("types::{name}"),
        };
        NamedType {
            schema: schema.clone(),
            path,
        }
    });
    named.collect()
}

fn call(document: &Value, found: &OperationRef<'_>, prepared: &Prepared) -> Option<calls::Call> {
    let lists = [
        found.item.get("parameters"),
        found.operation.get("parameters"),
    ];
    let path_parameters = lists
        .into_iter()
        .flatten()
        .filter_map(Value::as_array)
        .flatten()
        .filter_map(|parameter| follow(document, parameter))
        .filter(|parameter| parameter.get("in").and_then(Value::as_str) == Some("path"))
        .filter_map(|parameter| parameter.get("name").and_then(Value::as_str))
        .map(|name| (name.to_owned(), naming::value_name(name)))
        .collect();
    Some(calls::Call {
        plan: Plan::of(document, found),
        outcomes: prepared.outcomes.get(&found.pointer())?.clone(),
        path_parameters,
    })
}

fn own_types(lifted: &BTreeMap<String, Lifted>) -> TokenStream {
    let own = lifted.iter().map(|(name, Lifted { special, schema })| {
        let text = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_owned);
        let doc = text(schema.get("description")).unwrap_or_else(|| format!("`{name}`"));
        match special {
            Special::Open(values) => {
                let value_doc = |value: &str| text(schema.get("x-enumDescriptions")?.get(value));
                open::tokens(name, &doc, values, &value_doc)
            }
            Special::Closed(values) => closed::tokens(name, &doc, values),
            Special::Bounded(bounds) => bounds.tokens(name, &doc),
            Special::Secret | Special::ErrorCode => TokenStream::new(),
        }
    });
    quote! { #(#own)* }
}

fn outcome_types(document: &Value, prepared: &Prepared) -> Result<TokenStream, String> {
    let mut all = TokenStream::new();
    for found in operations(document) {
        let Some(outcomes) = prepared.outcomes.get(&found.pointer()) else {
            continue;
        };
        let name = naming::value_name(found.id().unwrap_or_default());
        for (outcome, word) in [
            (&outcomes.success, "successes"),
            (&outcomes.error, "errors"),
        ] {
            let doc = format!("The {word} of `{name}`, by status.");
            all.extend(outcomes::tokens(outcome, &doc)?);
        }
    }
    Ok(all)
}

/// Adds items to the module `types`.
fn add_types(file: &mut syn::File, tokens: TokenStream) -> Result<(), String> {
    let items = items(tokens)?;
    for item in &mut file.items {
        if let syn::Item::Mod(module) = item
            && module.ident == "types"
            && let Some((_, content)) = &mut module.content
        {
            content.extend(items);
            return Ok(());
        }
    }
    Err("there is no module `types`".to_owned())
}

fn append(
    file: &mut syn::File,
    document: &Value,
    lifted: &BTreeMap<String, Lifted>,
    catalog: Option<&Catalog>,
    calls: &[calls::Call],
) -> Result<(), String> {
    let has = |wanted: fn(&Special) -> bool| lifted.values().any(|lifted| wanted(&lifted.special));
    let credentials = || {
        calls
            .iter()
            .flat_map(|call| &call.plan.security.credentials)
    };
    let in_header = |credential: &Credential| matches!(credential.place, Place::Header { .. });
    let secrets = has(|special| *special == Special::Secret) || credentials().next().is_some();
    let texts = secrets || catalog.is_some() || has(|special| matches!(special, Special::Open(_)));

    let mut parts = vec![Part::Operation, Part::Request];
    let combined = |call: &calls::Call| {
        let shapes = [&call.outcomes.success.shape, &call.outcomes.error.shape];
        shapes.into_iter().any(|shape| *shape != Shape::Single)
    };
    if calls.iter().any(combined) {
        parts.push(Part::Responses);
    }
    if texts {
        parts.push(Part::Text);
    }
    if secrets {
        parts.push(Part::Secret);
    }
    if credentials().any(in_header) {
        parts.push(Part::Credential);
    }
    if credentials().any(|credential| credential.place == Place::Basic) {
        parts.push(Part::Basic);
    }
    let multipart = uses(file, "multipart");
    if multipart || uses(file, "parameters") {
        parts.push(Part::Parameters);
    }
    if multipart {
        parts.push(Part::Multipart);
    }
    if has(|special| matches!(special, Special::Bounded(_))) {
        parts.push(Part::Bounds);
    }
    for part in parts {
        file.items.extend(items(part.tokens()?)?);
    }
    file.items.extend(items(crate::facts::emit(document))?);
    if let Some(catalog) = catalog {
        file.items.extend(items(catalog::emit(catalog))?);
    }
    let version = document
        .pointer("/info/version")
        .and_then(Value::as_str)
        .unwrap_or_default();
    file.items.extend(items(quote! {
        /// The version of the contract that this was generated from.
        pub const CONTRACT_VERSION: &str = #version;
    })?);
    Ok(())
}

/// Whether a path of the file begins with a name, in macros too.
fn uses(file: &syn::File, name: &str) -> bool {
    mentions(quote!(#file), name)
}

fn mentions(tokens: TokenStream, name: &str) -> bool {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let colon = matches!(tokens.peek(), Some(TokenTree::Punct(punct)) if punct.as_char() == ':' && punct.spacing() == Spacing::Joint);
        let found = match token {
            TokenTree::Ident(ident) => colon && ident == name,
            TokenTree::Group(group) => mentions(group.stream(), name),
            _ => false,
        };
        if found {
            return true;
        }
    }
    false
}

/// The items of tokens that this crate wrote. An error is a mistake in one of its templates.
fn items(tokens: TokenStream) -> Result<Vec<syn::Item>, String> {
    syn::parse2::<syn::File>(tokens)
        .map(|file| file.items)
        .map_err(|error| format!("what is added to it is not Rust: {error}"))
}
