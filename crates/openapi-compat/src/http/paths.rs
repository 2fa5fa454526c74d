//! Path templates: two that differ only in the names of their parameters are the same path.

/// A path with its parameters' names taken out, and the names in order.
pub(crate) fn anonymous(path: &str) -> (String, Vec<&str>) {
    let (mut template, mut names, mut rest) = (String::new(), Vec::new(), path);
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            break;
        };
        template.push_str(before);
        template.push_str("{}");
        names.push(name);
        rest = after;
    }
    template.push_str(rest);
    (template, names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_do_not_count() {
        assert_eq!(
            anonymous("/a/{b}/c-{d}"),
            ("/a/{}/c-{}".into(), vec!["b", "d"])
        );
        assert_eq!(anonymous("/a/{b"), ("/a/{b".into(), vec![]));
        assert_eq!(anonymous("/"), ("/".into(), vec![]));
        // RFC 3986 tells these two apart, and servers do.
        assert_ne!(anonymous("/a/").0, anonymous("/a").0);
    }
}
