//! Where a reference leads: the path of a file, and a pointer inside it.

use crate::pointer;

/// A place in one of the files, by the file's number.
pub(super) type Address = (usize, String);

/// A reference taken apart.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Target {
    /// The path or URL of another file; `None` for the file of the reference itself.
    pub(super) path: Option<String>,
    /// The reference inside the file, beginning with `#`.
    pub(super) fragment: String,
}

/// Takes a reference apart that stands in the file at `from`.
pub(super) fn parse(reference: &str, from: &str) -> Target {
    let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    let path = match file {
        "" => None,
        url if is_url(url) => Some(url.to_owned()),
        file => Some(resolve(&pointer::decode(file), from)),
    };
    let fragment = format!("#{fragment}");
    Target { path, fragment }
}

/// Whether the file that a reference names is a URL: a scheme of two letters or more (one letter
/// is a drive), or an address without a scheme.
pub fn is_url(file: &str) -> bool {
    let is_scheme = |scheme: &str| {
        let sign = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
        scheme.len() > 1
            && scheme.bytes().all(sign)
            && scheme.starts_with(|first: char| first.is_ascii_alphabetic())
    };
    let scheme = file.split_once(':').map(|(scheme, _)| scheme);
    file.starts_with("//") || scheme.is_some_and(is_scheme)
}

/// A value of a discriminator's `mapping` is a name of a schema or a reference: one to a file
/// looks like a file.
pub(crate) fn is_file(text: &str) -> bool {
    let file = text.split_once('#').map_or(text, |(file, _)| file);
    let endings = [".yaml", ".yml", ".json"];
    !file.is_empty()
        && (text.contains('#')
            || file.contains('/')
            || endings.iter().any(|end| file.ends_with(end)))
}

/// The path `file` as seen from the file `from`, without `.` and, where possible, without `..`.
fn resolve(file: &str, from: &str) -> String {
    if is_url(from) {
        return resolve_url(file, from);
    }
    let folder = match from.rfind('/') {
        Some(slash) if !file.starts_with('/') => from.get(..=slash).unwrap_or_default(),
        _ => "",
    };
    normalize_path(&format!("{folder}{file}"))
}

/// The same for a file that was read from a URL.
fn resolve_url(file: &str, from: &str) -> String {
    let host = from.find("//").map_or(0, |scheme| scheme + 2);
    let (host, path) = match from.get(host..).and_then(|rest| rest.find('/')) {
        Some(slash) => from.split_at(host + slash),
        None => (from, "/"),
    };
    let path = path.split(['?', '#']).next().unwrap_or_default();
    format!("{host}{}", resolve(file, path))
}

/// A path without `.`, and with `..` only at its beginning. Works on the text alone: a revision
/// in git has no folders to ask.
pub fn normalize_path(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            ".." if path.starts_with('/') => {}
            part => parts.push(part),
        }
    }
    let root = if path.starts_with('/') { "/" } else { "" };
    format!("{root}{}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_seen_from_the_file_that_refers() {
        for (reference, from, path, fragment) in [
            ("b.yaml", "a.yaml", Some("b.yaml"), "#"),
            (
                "../b.yaml#/X",
                "api/paths/a.yaml",
                Some("api/b.yaml"),
                "#/X",
            ),
            ("../../b.yaml", "api/a.yaml", Some("../b.yaml"), "#"),
            (
                "./b%20c.yaml#/x%7By%7D",
                "/api/a.yaml",
                Some("/api/b c.yaml"),
                "#/x%7By%7D",
            ),
            ("/b.yaml", "api/a.yaml", Some("/b.yaml"), "#"),
            ("#/X", "api/a.yaml", None, "#/X"),
            (
                "https://x.y/b.yaml#/X",
                "a.yaml",
                Some("https://x.y/b.yaml"),
                "#/X",
            ),
            (
                "../b.yaml",
                "https://x.y/v1/a.yaml",
                Some("https://x.y/b.yaml"),
                "#",
            ),
            ("b.yaml", "https://x.y", Some("https://x.y/b.yaml"), "#"),
        ] {
            let path = path.map(str::to_owned);
            let fragment = fragment.to_owned();
            assert_eq!(
                parse(reference, from),
                Target { path, fragment },
                "{reference}"
            );
        }
    }

    #[test]
    fn urls_are_told_from_paths() {
        for (file, url) in [
            ("https://example.com/a.yaml", true),
            ("//example.com/a.yaml", true),
            ("file:///a.yaml", true),
            ("urn:example:pet", true),
            ("c:/a.yaml", false),
            ("models/a:b.yaml", false),
            ("a.yaml", false),
        ] {
            assert_eq!(is_url(file), url, "{file}");
        }
    }

    #[test]
    fn mappings_name_schemas_or_files() {
        for (text, file) in [
            ("Dog", false),
            ("#/components/schemas/Dog", false),
            ("dog.yaml", true),
            ("models/Dog", true),
            ("dog#/Dog", true),
            ("my.pets.Dog", false),
        ] {
            assert_eq!(is_file(text), file, "{text}");
        }
    }
}
