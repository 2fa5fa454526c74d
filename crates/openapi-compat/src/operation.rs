//! The operations that places of a document are in.

use openapi_document::pointer;

/// Methods of a path item, for the operations that a reference stands in.
const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// The operation that a place is in.
pub(crate) fn operation(at: &str) -> Option<String> {
    let mut tokens = pointer::tokens(at);
    let (section, path, method) = (tokens.next()?, tokens.next()?, tokens.next()?);
    let is_operation = section == "paths" && METHODS.contains(&&*method);
    is_operation.then(|| format!("{} {path}", method.to_uppercase()))
}

/// A place in words: what it is of the operation that it is in, or its pointer.
pub(crate) fn subject(at: &str) -> String {
    let inside = at.split('/').skip(4).collect::<Vec<_>>().join("/");
    match (at, operation(at)) {
        ("", _) => "the document".to_owned(),
        (_, Some(_)) if inside.is_empty() => "the operation".to_owned(),
        (_, Some(_)) => format!("`{inside}`"),
        (_, None) => format!("`{at}`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_named_from_their_operation_on() {
        for (at, said) in [
            ("", "the document"),
            ("/paths/~1a/get", "the operation"),
            ("/paths/~1a/get/parameters/0", "`parameters/0`"),
            ("/components/schemas/Pet", "`/components/schemas/Pet`"),
        ] {
            assert_eq!(subject(at), said);
        }
    }

    #[test]
    fn places_below_paths_are_in_operations() {
        assert_eq!(operation("/paths/~1a/get/x").as_deref(), Some("GET /a"));
        assert_eq!(operation("/paths/~1a/parameters/0"), None);
        assert_eq!(operation("/components/schemas/get"), None);
    }
}
