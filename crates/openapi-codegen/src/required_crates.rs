//! The crates that generated code calls by name, which the package that has it must depend on.
//!
//! The compiler would only report that a name cannot be resolved, in code that its author has not written.

use std::collections::BTreeSet;

use syn::visit::{self, Visit};

/// Crates that are there without being asked for.
const BUILT_IN: [&str; 3] = ["std", "core", "alloc"];

/// The crates behind paths such as `::uuid::Uuid`, under the names of their packages where those differ only in
/// hyphens.
pub(crate) fn crates(file: &syn::File) -> BTreeSet<String> {
    let mut search = Search(BTreeSet::new());
    search.visit_file(file);
    search.0
}

struct Search(BTreeSet<String>);

impl<'ast> Visit<'ast> for Search {
    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        // What stands behind a feature is asked for by whoever turns the feature on.
        if !attribute.path().is_ident("cfg_attr") {
            visit::visit_attribute(self, attribute);
        }
    }

    fn visit_item_impl(&mut self, block: &'ast syn::ItemImpl) {
        if !block
            .attrs
            .iter()
            .any(|attribute| attribute.path().is_ident("cfg"))
        {
            visit::visit_item_impl(self, block);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if let (Some(_), Some(first)) = (path.leading_colon, path.segments.first()) {
            let name = first.ident.to_string();
            if !BUILT_IN.contains(&name.as_str()) {
                self.0.insert(name);
            }
        }
        visit::visit_path(self, path);
    }
}

/// The crates that a manifest does not list among its dependencies.
pub(crate) fn missing(crates: &BTreeSet<String>, manifest: &str) -> Vec<String> {
    let listed = |name: &String| {
        let hyphens = name.replace('_', "-");
        manifest.lines().any(|line| {
            let key = line
                .split(['=', '.'])
                .next()
                .unwrap_or_default()
                .trim()
                .trim_matches('"');
            let table = line.trim().trim_matches(['[', ']']);
            let table = table.strip_prefix("dependencies.").unwrap_or_default();
            [key, table]
                .iter()
                .any(|found| found == name || *found == hyphens)
        })
    };
    crates
        .iter()
        .filter(|name| !listed(name))
        .cloned()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crates_are_found_in_paths_and_not_behind_features() {
        let file: syn::File = syn::parse_quote! {
            struct A { #[doc = "x"] id: ::uuid::Uuid, at: ::std::option::Option<::chrono::NaiveDate> }
            #[cfg_attr(feature = "s", derive(::schemars::JsonSchema))]
            struct B;
            #[cfg(feature = "s")]
            impl ::schemars::JsonSchema for A {}
        };
        assert_eq!(
            crates(&file),
            BTreeSet::from(["chrono".to_owned(), "uuid".to_owned()])
        );
    }

    #[test]
    fn a_dependency_is_found_in_every_way_to_write_it() {
        let manifest = "[dependencies]\na = \"1\"\nb.workspace = true\n[dependencies.c]\nd-e = { version = \"1\" }\n";
        let crates = ["a", "b", "c", "d_e", "f"]
            .map(str::to_owned)
            .into_iter()
            .collect();
        assert_eq!(missing(&crates, manifest), ["f"]);
    }
}
