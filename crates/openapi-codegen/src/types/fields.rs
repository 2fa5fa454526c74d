//! Tells fields apart that have different names on the wire and the same in Rust: `_id` and `id`.
//!
//! Names on the wire are the API's and cannot be changed. The generator underneath writes both fields under one name,
//! each with its `#[serde(rename)]`. Here whoever needs no renaming keeps the name, and the others get a number.

use std::collections::{BTreeMap, BTreeSet};

use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, ExprStruct, FieldsNamed, Ident, ItemImpl, ItemStruct, Member, Type};

use crate::document::naming;

pub(crate) fn tell_apart(file: &mut syn::File) {
    let mut types = Types::default();
    types.visit_file_mut(file);
    if !types.renamed.is_empty() {
        Defaults { types }.visit_file_mut(file);
    }
}

/// The structs of which fields were renamed, with the names of all their fields.
#[derive(Default)]
struct Types {
    renamed: BTreeMap<String, Vec<Ident>>,
}

impl VisitMut for Types {
    fn visit_item_struct_mut(&mut self, item: &mut ItemStruct) {
        if let syn::Fields::Named(fields) = &mut item.fields
            && rename(fields)
        {
            let names = fields.named.iter().filter_map(|field| field.ident.clone());
            self.renamed.insert(item.ident.to_string(), names.collect());
        }
    }

    fn visit_variant_mut(&mut self, variant: &mut syn::Variant) {
        if let syn::Fields::Named(fields) = &mut variant.fields {
            rename(fields);
        }
    }
}

/// Gives every field a name of its own; whether any name has changed.
fn rename(fields: &mut FieldsNamed) -> bool {
    let (wanted, renamed): (Vec<_>, Vec<_>) = fields
        .named
        .iter_mut()
        .partition(|field| !field.attrs.iter().any(is_rename));
    let mut taken: BTreeSet<String> = wanted
        .iter()
        .filter_map(|field| field.ident.as_ref().map(ToString::to_string))
        .collect();
    let mut changed = false;
    for ident in renamed.into_iter().filter_map(|it| it.ident.as_mut()) {
        let name = naming::unique(&ident.to_string(), &mut taken);
        if *ident != name {
            *ident = Ident::new(&name, ident.span());
            changed = true;
        }
    }
    changed
}

/// Whether an attribute says that a field has another name on the wire, or none of its own.
fn is_rename(attribute: &Attribute) -> bool {
    let mut found = false;
    if attribute.path().is_ident("serde") {
        // What cannot be read after the name is not asked for.
        let _ = attribute.parse_nested_meta(|meta| {
            found |= meta.path.is_ident("rename") || meta.path.is_ident("flatten");
            if let Ok(value) = meta.value() {
                value.parse::<syn::Expr>()?;
            }
            Ok(())
        });
    }
    found
}

/// The fields of a struct once more: where its default is made.
struct Defaults {
    types: Types,
}

impl VisitMut for Defaults {
    fn visit_item_impl_mut(&mut self, block: &mut ItemImpl) {
        if let Type::Path(own) = &*block.self_ty
            && let Some(own) = own.path.segments.last()
            && let Some(names) = self.types.renamed.get(&own.ident.to_string())
        {
            Literals { names }.visit_item_impl_mut(block);
        }
    }
}

struct Literals<'a> {
    names: &'a [Ident],
}

impl VisitMut for Literals<'_> {
    fn visit_expr_struct_mut(&mut self, literal: &mut ExprStruct) {
        if literal.path.is_ident("Self") && literal.fields.len() == self.names.len() {
            for (field, name) in literal.fields.iter_mut().zip(self.names) {
                field.member = Member::Named(name.clone());
            }
        }
        visit_mut::visit_expr_struct_mut(self, literal);
    }
}
