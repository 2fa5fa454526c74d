//! What somebody may have meant.

/// The known name that looks most like `wanted`, if one looks like it at all.
pub(crate) fn nearest<'a>(wanted: &str, known: &[&'a str]) -> Option<&'a str> {
    known
        .iter()
        .map(|name| (strsim::damerau_levenshtein(name, wanted), *name))
        .filter(|(distance, name)| *distance <= name.len().div_ceil(3))
        .min()
        .map(|(_, name)| name)
}

/// Keywords whose object has names for keys: a property that is called `example` is no example.
const NAMES: [&str; 14] = [
    "callbacks",
    "content",
    "encoding",
    "examples",
    "headers",
    "links",
    "mapping",
    "parameters",
    "paths",
    "properties",
    "requestBodies",
    "responses",
    "schemas",
    "securitySchemes",
];

/// Whether the keys of what stands under a keyword are names.
pub(crate) fn holds_names(keyword: &str) -> bool {
    NAMES.contains(&keyword)
}
