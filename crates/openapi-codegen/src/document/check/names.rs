//! Would two things have one name in Rust?
//!
//! The generator underneath writes both, and the compiler complains about code that nobody has written. Fields are no
//! matter of this: their names are the API's, so they are told apart in the generated code ([`crate::types::fields`]).
//! Nor are schemas, which are renamed ([`crate::document::rename`]).

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::client::security;
use crate::document::naming;
use crate::document::walk::{OperationRef, follow, join, operations};
use crate::finding::Finding;

/// Functions that every generated client has, or calls on itself.
const OWN: [&str; 4] = ["new_with_client", "pre", "exec", "post"];

pub(super) fn check(document: &Value) -> Vec<Finding> {
    let mut findings = functions(document);
    for found in operations(document) {
        findings.extend(arguments(document, &found));
    }
    findings
}

fn functions(document: &Value) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut taken: BTreeMap<String, &str> = BTreeMap::new();
    let all = operations(document);
    for found in &all {
        let Some(id) = found.id() else { continue };
        let name = naming::value_name(id);
        let names = [name.clone(), format!("{name}_request")];
        let message = if let Some(own) = names.iter().find(|it| OWN.contains(&it.as_str())) {
            format!("`{id}` would become the function `{own}`, which every client has already")
        } else if let Some((name, other)) = names
            .iter()
            .find_map(|name| taken.get(name).map(|other| (name, other)))
        {
            format!("`{id}` and `{other}` would both become the function `{name}`")
        } else {
            taken.extend(names.into_iter().map(|name| (name, id)));
            continue;
        };
        let place = join(&found.pointer(), "operationId");
        findings.push(Finding::new(place, message, "rename one of them"));
    }
    findings
}

fn arguments(document: &Value, found: &OperationRef<'_>) -> Vec<Finding> {
    let mut taken: BTreeMap<String, String> = security::credentials(document, found)
        .into_iter()
        .map(|credential| {
            let what = format!("the credential `{}`", credential.scheme);
            (credential.argument().to_string(), what)
        })
        .collect();
    if found.operation.get("requestBody").is_some() {
        taken.insert("body".to_owned(), "the body".to_owned());
    }
    let mut findings = Vec::new();
    // What an operation says of a parameter replaces what its path says.
    let mut seen = BTreeSet::new();
    let item = join("/paths", found.path);
    for (base, holder) in [(found.pointer(), found.operation), (item, found.item)] {
        let list = holder.get("parameters").and_then(Value::as_array);
        for (index, parameter) in list.into_iter().flatten().enumerate() {
            let place = join(&join(&base, "parameters"), &index.to_string());
            let Some(parameter) = follow(document, parameter) else {
                continue;
            };
            let text = |key: &str| parameter.get(key).and_then(Value::as_str);
            let (Some(name), Some(home)) = (text("name"), text("in")) else {
                continue;
            };
            if !seen.insert((name, home)) {
                continue;
            }
            let argument = naming::value_name(name);
            let what = format!("`{name}` ({home})");
            match taken.get(&argument) {
                Some(other) => findings.push(Finding::new(
                    place,
                    format!("{other} and {what} would both become the argument `{argument}`"),
                    "leave one of them out of the document that code is generated from",
                )),
                None => drop(taken.insert(argument, what)),
            }
        }
    }
    findings
}
