/// Whether a text looks like a pattern, in which `*` is any text; without regard to case.
fn matches(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let text = text.as_bytes();
    let starts = |text: &[u8], part: &str| {
        text.get(..part.len()).is_some_and(|start| start.eq_ignore_ascii_case(part.as_bytes()))
    };
    if !starts(text, first) {
        return false;
    }
    let mut rest = &text[first.len()..];
    let mut parts: ::std::vec::Vec<&str> = parts.collect();
    let ::std::option::Option::Some(last) = parts.pop() else {
        return rest.is_empty();
    };
    for part in parts {
        let ::std::option::Option::Some(at) =
            (0..=rest.len()).find(|&at| starts(&rest[at..], part))
        else {
            return false;
        };
        rest = &rest[at + part.len()..];
    }
    rest.len() >= last.len() && rest[rest.len() - last.len()..].eq_ignore_ascii_case(last.as_bytes())
}
