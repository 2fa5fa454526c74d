//! Texts from elsewhere: the characters that must not reach a terminal or a request, and lines without them.

/// Characters that turn the direction of a text, and could make a terminal show another one.
const TURNS: &[char] = &[
    '\u{61c}', '\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}',
    '\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}',
];

/// Whether a character is a control character, or turns the direction of a text.
pub(crate) fn is_control(character: char) -> bool {
    character.is_control() || TURNS.contains(&character)
}

/// Whether `text` holds white space or a [control character](is_control), as a value does that was read with its line
/// break.
pub(crate) fn has_space_or_control(text: &str) -> bool {
    text.contains(|character: char| character.is_whitespace() || is_control(character))
}

/// Whether a text is missing, or nothing but white space.
pub(crate) fn is_blank(text: Option<&str>) -> bool {
    text.is_none_or(|text| text.trim().is_empty())
}

/// `text` on one line, without control characters, cut to at most `limit` bytes on a character's boundary.
pub(crate) fn one_line(text: &str, limit: usize) -> String {
    let mut line = String::with_capacity(text.len().min(limit));
    let mut space = false;
    for character in text.chars() {
        if character.is_whitespace() || is_control(character) {
            space = !line.is_empty();
            continue;
        }
        if line.len() + usize::from(space) + character.len_utf8() > limit {
            line.push('…');
            return line;
        }
        if std::mem::take(&mut space) {
            line.push(' ');
        }
        line.push(character);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_on_a_characters_boundary() {
        let text = "不合法的access_token 😀".repeat(100);
        for limit in 0..64 {
            let cut = one_line(&text, limit);
            assert!(cut.trim_end_matches('…').len() <= limit);
        }
    }

    #[test]
    fn control_characters_do_not_reach_a_terminal() {
        assert_eq!(one_line("a\r\n\tb\u{1b}[31mc", 64), "a b [31mc");
        assert_eq!(one_line("abc\u{202e}fed", 64), "abc fed");
    }
}
