//! Text in lines of a width.

/// Appends text in lines of at most `columns` columns: the first line begins with `first`, the
/// others with `rest`.
pub(super) fn wrap(out: &mut String, columns: usize, text: &str, first: &str, rest: &str) {
    let mut line = first.to_owned();
    let mut width = first.len();
    for word in text.split_whitespace() {
        let length = word.chars().count();
        let begins = line.trim().is_empty();
        if !begins && width + 1 + length > columns {
            out.push_str(&line);
            out.push('\n');
            line = rest.to_owned();
            width = rest.len();
        } else if !begins {
            line.push(' ');
            width += 1;
        }
        line.push_str(word);
        width += length;
    }
    out.push_str(&line);
    out.push('\n');
}
