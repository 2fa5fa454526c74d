//! The blocking twin has what the async client has: read from the source, so that a method that only one of them got
//! is noticed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};
use syn::{ImplItem, Item, Type, Visibility};

/// The public methods of each type in these files.
type Methods = BTreeMap<String, BTreeSet<String>>;

/// Methods that one twin needs no other for, and why.
const ALONE: &[(&str, &str, &str)] = &[
    ("Client", "new", "makes a blocking client of an async one"),
    (
        "Client",
        "read_many_iter",
        "the blocking `read_many` takes an iterator itself",
    ),
    ("Pages", "next", "the blocking one is an `Iterator`"),
    ("Pages", "try_next", "the blocking one is an `Iterator`"),
    ("Readers", "next", "the blocking one is an `Iterator`"),
    ("Readers", "try_next", "the blocking one is an `Iterator`"),
    ("Watch", "next", "the blocking one is an `Iterator`"),
    ("Watch", "try_next", "the blocking one is an `Iterator`"),
    ("ReadMany", "next", "the blocking one is an `Iterator`"),
];

fn methods(directory: &Path, found: &mut Methods) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("blocking") {
            methods(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let file = syn::parse_file(&fs::read_to_string(&path).unwrap()).unwrap();
            file.items.iter().for_each(|item| of_item(item, found));
        }
    }
}

fn of_item(item: &Item, found: &mut Methods) {
    let Item::Impl(block) = item else { return };
    let (Type::Path(of), None) = (&*block.self_ty, &block.trait_) else {
        return;
    };
    let of = of.path.segments.last().unwrap().ident.to_string();
    let names = found.entry(of).or_default();
    for item in &block.items {
        match item {
            ImplItem::Fn(method) if matches!(method.vis, Visibility::Public(_)) => {
                names.insert(method.sig.ident.to_string());
            }
            // `same! { Twin: method(argument: Type); .. }` writes public methods.
            ImplItem::Macro(written) if written.mac.path.is_ident("same") => {
                names.extend(called(written.mac.tokens.clone()));
            }
            _ => {}
        }
    }
}

/// The names before parentheses.
fn called(tokens: TokenStream) -> Vec<String> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let pairs = tokens.windows(2);
    pairs
        .filter_map(|pair| match pair {
            [TokenTree::Ident(name), TokenTree::Group(_)] => Some(name.to_string()),
            _ => None,
        })
        .collect()
}

#[test]
fn the_twins_have_the_same_methods() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut asynchronous, mut blocking) = (Methods::new(), Methods::new());
    methods(&source, &mut asynchronous);
    methods(&source.join("blocking"), &mut blocking);

    for name in [
        "Client",
        "ClientBuilder",
        "ReadStatus",
        "Pages",
        "Readers",
        "Watch",
        "ReadMany",
        "SendMessage",
        "Recall",
        "MembersQuery",
    ] {
        let alone: BTreeSet<String> = ALONE
            .iter()
            .filter(|(of, ..)| *of == name)
            .map(|(_, method, _)| (*method).to_owned())
            .collect();
        let (one, other) = (&asynchronous[name], &blocking[name]);
        assert!(one.len() > 2, "{name}: {one:?}");
        let different: BTreeSet<String> = one.symmetric_difference(other).cloned().collect();
        assert_eq!(
            different, alone,
            "{name}: what only one of the twins has, and what it may have alone"
        );
    }
}
