//! What cannot be the id of a person.

/// More than any id has.
const LONGEST: usize = 256;

/// Why this text cannot be an id, if it cannot.
pub(super) fn wrong(id: &str) -> Option<String> {
    let holds = |what: &str| Some(format!("an id holds no {what}"));
    if id.chars().count() > LONGEST {
        return Some(format!("an id has at most {LONGEST} characters"));
    }
    if id.starts_with('#') {
        return Some("an id does not begin with #".to_owned());
    }
    if is_shortened(id) {
        return Some(
            "a spreadsheet has shortened a long number; format the column as text, and enter the ids again"
                .to_owned(),
        );
    }
    id.chars().find_map(|c| match c {
        c if c.is_whitespace() => holds("white space"),
        c if c.is_control() || is_invisible(c) => holds("invisible characters"),
        ',' | ';' | '|' | '，' | '；' | '、' => holds(&format!("separator such as `{c}`")),
        '"' | '\'' | '`' | '“' | '”' | '‘' | '’' => holds("quotes"),
        '{' | '}' | '[' | ']' | '<' | '>' => holds(&format!("bracket such as `{c}`")),
        _ => None,
    })
}

/// Characters without a width, which come with text that is copied out of a chat.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{fffd}')
}

/// A number such as `1.23457E+17`, in which the digits of an id are lost.
fn is_shortened(id: &str) -> bool {
    let Some((number, exponent)) = id.split_once(['E', 'e']) else {
        return false;
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    match number.split_once(['.', ',']) {
        Some((whole, part)) => digits(whole) && digits(part) && digits(exponent),
        // Without a point it is shortened only if the exponent has a sign: `1E5` may be an id.
        None => digits(number) && digits(exponent) && id.contains('+'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_told_from_what_cannot_be_one() {
        for id in [
            "anna",
            "李小龙",
            "012345678901234567890",
            "x.y-z_1@corp",
            "iEiE",
            "1E5",
            "ab+/=",
        ] {
            assert_eq!(wrong(id), None, "{id}");
        }
        for (id, said) in [
            ("bob, the builder", "separator"),
            ("a;b", "separator"),
            ("a b", "white space"),
            ("a\u{a0}b", "white space"),
            ("\"a\"", "quotes"),
            ("“a”", "quotes"),
            ("a\u{200b}", "invisible"),
            ("a\u{7}", "invisible"),
            ("{a", "bracket"),
            ("#N/A", "#"),
            ("1.23457E+17", "shortened"),
            ("1,23457E+17", "shortened"),
            ("1E+17", "shortened"),
        ] {
            let why = wrong(id).unwrap_or_default();
            assert!(why.contains(said), "{id}: {why}");
        }
        assert!(wrong(&"a".repeat(257)).is_some());
    }
}
