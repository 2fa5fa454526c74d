//! Resolves the paths of types that this crate made.
//!
//! progenitor writes a replaced type as it is named to it, in whatever module it is used. It is named
//! `__codegen::types::X` then, and this rewrites it to what leads there from the module it stands in.

use quote::format_ident;
use syn::visit_mut::{self, VisitMut};
use syn::{Item, ItemMod, Path, PathSegment, Token, punctuated::Punctuated};

/// The first segment of a path that is still to be resolved.
pub(crate) const MARKER: &str = "__codegen";

pub(crate) fn resolve(file: &mut syn::File) {
    Resolver { module: Vec::new() }.visit_file_mut(file);
}

struct Resolver {
    /// The names of the modules around, outermost first.
    module: Vec<String>,
}

impl VisitMut for Resolver {
    fn visit_item_mod_mut(&mut self, module: &mut ItemMod) {
        self.module.push(module.ident.to_string());
        visit_mut::visit_item_mod_mut(self, module);
        self.module.pop();
    }

    fn visit_item_mut(&mut self, item: &mut Item) {
        visit_mut::visit_item_mut(self, item);
    }

    fn visit_path_mut(&mut self, path: &mut Path) {
        visit_mut::visit_path_mut(self, path);
        if path
            .segments
            .first()
            .is_none_or(|first| first.ident != MARKER)
        {
            return;
        }
        let target: Vec<PathSegment> = path.segments.iter().skip(1).cloned().collect();
        let shared = self
            .module
            .iter()
            .zip(target.iter().take(target.len().saturating_sub(1)))
            .take_while(|(here, there)| there.ident == here.as_str())
            .count();
        let up = self.module.len() - shared;
        let mut segments = Punctuated::<PathSegment, Token![::]>::new();
        for _ in 0..up {
            segments.push(PathSegment::from(format_ident!("super")));
        }
        segments.extend(target.into_iter().skip(shared));
        path.leading_colon = None;
        path.segments = segments;
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn a_path_leads_from_wherever_it_stands() {
        let mut file: syn::File = syn::parse_quote! {
            fn root(a: __codegen::types::A, s: Option<__codegen::Secret>) {}
            mod types {
                struct B(__codegen::types::A, __codegen::Secret);
                mod defaults { fn d() -> __codegen::types::A {} }
            }
            mod builder { struct C(__codegen::types::A); }
        };
        resolve(&mut file);
        let expected: syn::File = syn::parse_quote! {
            fn root(a: types::A, s: Option<Secret>) {}
            mod types {
                struct B(A, super::Secret);
                mod defaults { fn d() -> super::A {} }
            }
            mod builder { struct C(super::types::A); }
        };
        assert_eq!(quote!(#file).to_string(), quote!(#expected).to_string());
    }
}
