//! Gives the arguments of a call names of their own, where the document's would be the same in Rust.

use std::collections::BTreeSet;

use super::{Place, Plan};
use crate::document::naming;

/// Names that the generated function uses itself.
const OWN: [&str; 2] = ["header_map", "url"];

pub(super) fn name(plan: &mut Plan) {
    let mut taken: BTreeSet<String> = OWN.map(str::to_owned).into();
    if plan.body.is_some() {
        taken.insert("body".to_owned());
    }
    // What is in the path has its name from the path, so it keeps it.
    for parameter in plan.parameters.iter().filter(|it| it.place == Place::Path) {
        taken.insert(parameter.argument.clone());
    }
    for credential in &mut plan.security.credentials {
        credential.argument = free(&credential.argument, "credential", &mut taken);
    }
    if let Some(server) = &mut plan.server {
        *server = free(server, "url", &mut taken);
    }
    for place in [Place::Query, Place::Header, Place::Cookie] {
        for parameter in plan.parameters.iter_mut().filter(|it| it.place == place) {
            parameter.argument = free(&parameter.argument, suffix(place), &mut taken);
        }
    }
    for part in plan.body.iter_mut().flat_map(|body| &mut body.parts) {
        part.argument = free(&naming::value_name(&part.name), "part", &mut taken);
    }
}

fn free(wish: &str, suffix: &str, taken: &mut BTreeSet<String>) -> String {
    if taken.insert(wish.to_owned()) {
        return wish.to_owned();
    }
    let wish = naming::value_name(&format!("{wish}_{suffix}"));
    // A number is written such that progenitor makes the same name of it again.
    let mut name = wish.clone();
    let mut number = 2;
    while !taken.insert(name.clone()) {
        name = naming::value_name(&format!("{wish}{number}"));
        number += 1;
    }
    name
}

fn suffix(place: Place) -> &'static str {
    match place {
        Place::Path | Place::Query => "in_query",
        Place::Header => "in_header",
        Place::Cookie => "in_cookie",
    }
}
