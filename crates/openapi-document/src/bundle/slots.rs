//! Which components a reference is about, and the names that they get.

use std::collections::HashSet;

use crate::pointer;

/// The section of `components` for what the keyword `slot` takes. A wrong guess costs a telling
/// name, nothing else: the reference leads there all the same.
pub(super) fn section(slot: &str) -> &'static str {
    match slot {
        "parameters" => "parameters",
        "headers" => "headers",
        "responses" => "responses",
        "examples" => "examples",
        "links" => "links",
        "callbacks" => "callbacks",
        "requestBody" | "requestBodies" => "requestBodies",
        "securitySchemes" => "securitySchemes",
        "paths" | "webhooks" | "pathItems" => "pathItems",
        // A callback's keys are expressions: each has a path item.
        slot if slot.starts_with(['{', '/']) || slot.contains("://") => "pathItems",
        slot if slot.starts_with("$request") || slot.starts_with("$response") => "pathItems",
        _ => "schemas",
    }
}

/// A name for what stands at `at` in the file at `path`: its own, or the file's.
pub(super) fn name(path: &str, at: &str, taken: &HashSet<String>) -> String {
    let file = path.rsplit('/').next().unwrap_or(path);
    let stem = file.split('.').next().unwrap_or(file);
    let own = pointer::last(at).filter(|own| !own.is_empty());
    let wanted: String = own
        .as_deref()
        .unwrap_or(stem)
        .chars()
        .map(|sign| match sign {
            sign if sign.is_ascii_alphanumeric() || "._-".contains(sign) => sign,
            _ => '_',
        })
        .collect();
    let wanted = if wanted.is_empty() {
        "file".to_owned()
    } else {
        wanted
    };
    let mut numbered = (2_u64..).map(|number| format!("{wanted}-{number}"));
    if !taken.contains(&wanted) {
        return wanted;
    }
    numbered
        .find(|name| !taken.contains(name))
        .unwrap_or(wanted)
}
