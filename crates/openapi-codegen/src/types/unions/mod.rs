//! Choices that lose nothing.
//!
//! serde's untagged enums take the first alternative that can be read, and a struct can be read from an object that has
//! more than the struct keeps: `{a, b}` becomes the alternative that has `a` only. So each enum reads itself here: the
//! alternative that the discriminator names, or else the one that keeps most. Where progenitor writes a struct of
//! flattened parts (`anyOf` whose alternatives may hold together), the parts are read one by one, at least one must
//! fit, and a property that several have is written once.

mod attributes;
mod choice;
mod together;

use std::collections::{BTreeMap, BTreeSet};

use syn::Item;

use self::attributes::{has_serde, is_tagged_by};
use crate::document::polymorphism::Tagged;
use crate::finding::Finding;

/// Rewrites the choices among the generated types; how many there are.
///
/// Each one that has a discriminator must be among them, or it is reported.
pub(crate) fn rewrite(
    file: &mut syn::File,
    tagged: &BTreeMap<String, Tagged>,
) -> Result<usize, Vec<Finding>> {
    let mut done = BTreeSet::new();
    let mut count = 0;
    for items in file.items.iter_mut().filter_map(types) {
        let mut added = Vec::new();
        for item in items.iter_mut() {
            match item {
                Item::Enum(item) => {
                    let name = item.ident.to_string();
                    let known = tagged.get(&name);
                    if has_serde(&item.attrs, "untagged") {
                        let known = known.filter(|it| it.tags.len() == item.variants.len());
                        done.extend(known.map(|_| name));
                        added.extend(choice::rewrite(item, known));
                        count += 1;
                    } else if known.is_some_and(|it| is_tagged_by(item, &it.property)) {
                        done.insert(name);
                    }
                }
                Item::Struct(item) if together::is_union(item) => {
                    added.extend(together::rewrite(item));
                    count += 1;
                }
                _ => {}
            }
        }
        items.extend(added.into_iter().map(Item::Impl));
    }
    let missing: Vec<Finding> = tagged
        .iter()
        .filter(|(name, _)| !done.contains(*name))
        .map(|(name, it)| {
            Finding::new(
                format!("{}/discriminator", it.pointer),
                format!("`{name}` cannot be chosen by its discriminator: an alternative is no object, or fits nothing"),
                "let each alternative refer to a named schema of `type: object` that agrees with what stands beside it",
            )
        })
        .collect();
    if missing.is_empty() {
        Ok(count)
    } else {
        Err(missing)
    }
}

/// The items of the module `types`.
fn types(item: &mut Item) -> Option<&mut Vec<Item>> {
    match item {
        Item::Mod(module) if module.ident == "types" => {
            module.content.as_mut().map(|(_, items)| items)
        }
        _ => None,
    }
}
