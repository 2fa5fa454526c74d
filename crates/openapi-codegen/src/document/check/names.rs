//! Would two things have one name in Rust?
//!
//! The generator underneath writes both, and the compiler complains about code that nobody has written. Fields are no
//! matter of this: their names are the API's, so they are told apart in the generated code ([`crate::types::fields`]).
//! Nor are schemas, which are renamed ([`crate::document::rename`]).

use std::collections::BTreeMap;

use serde_json::Value;

use crate::document::naming;
use crate::document::walk::{OperationRef, join, operations};
use crate::finding::Finding;
use crate::request::{Place, Plan};

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
    let mut taken: BTreeMap<String, String> = BTreeMap::new();
    let mut findings = Vec::new();
    let plan = Plan::of(document, found);
    // All others have been given names of their own.
    for parameter in plan.parameters.iter().filter(|it| it.place == Place::Path) {
        let what = format!("`{}` (path)", parameter.name);
        match taken.get(&parameter.argument) {
            Some(other) => findings.push(Finding::new(
                parameter.pointer.clone(),
                format!(
                    "{other} and {what} would both become the argument `{}`",
                    parameter.argument
                ),
                "rename one of them, in the path too: its name is not sent",
            )),
            None => drop(taken.insert(parameter.argument.clone(), what)),
        }
    }
    findings
}
