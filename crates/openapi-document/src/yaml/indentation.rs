//! Lines inside brackets and quotes that are indented less than the block around them.
//!
//! ```yaml
//!   value: {
//!     "status": "CURRENT"
//!  }
//! ```
//!
//! YAML's grammar wants the last line deeper than `value`, and the parser is strict about it.
//! Authors and other readers are not: indentation means nothing inside brackets and quotes, and
//! examples that were pasted as JSON come like this. Where the parser complains about it, the
//! lines get more white space, and the text is parsed again.

use std::borrow::Cow;
use std::collections::BTreeSet;

/// How much is parsed again, in bytes, before the parser's complaint is taken for the answer.
const MAX_AGAIN: usize = 1 << 26;

/// A text, and the lines of it that get more white space.
#[derive(Debug)]
pub(super) struct Indentation<'t> {
    text: &'t str,
    width: usize,
    /// Where those lines begin.
    lines: BTreeSet<usize>,
    /// The same in the padded text.
    padded_lines: Vec<usize>,
    parsed: usize,
}

impl<'t> Indentation<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let indented = |line: &str| line.len() - line.trim_start_matches(' ').len();
        let widest = text.lines().map(indented).max().unwrap_or_default();
        Self {
            text,
            width: widest + 2,
            lines: BTreeSet::new(),
            padded_lines: Vec::new(),
            parsed: 0,
        }
    }

    /// The text with the white space.
    pub(super) fn padded(&self) -> Cow<'t, str> {
        if self.lines.is_empty() {
            return Cow::Borrowed(self.text);
        }
        let pad = " ".repeat(self.width);
        let mut padded = String::with_capacity(self.text.len() + self.lines.len() * self.width);
        let mut done = 0;
        for &line in &self.lines {
            padded.push_str(self.text.get(done..line).unwrap_or_default());
            padded.push_str(&pad);
            done = line;
        }
        padded.push_str(self.text.get(done..).unwrap_or_default());
        Cow::Owned(padded)
    }

    /// Where a byte of the padded text is in the text itself.
    pub(super) fn original(&self, padded: usize) -> usize {
        let before = self.padded_lines.partition_point(|&line| line < padded);
        padded.saturating_sub(before * self.width)
    }

    /// Gives more white space to the lines that the parser complains about at a byte of the text.
    /// False if that is not what it complains about.
    pub(super) fn repair(&mut self, complaint: &str, at: usize) -> bool {
        let end = match complaint {
            "invalid indentation" | "invalid indentation in flow construct" => {
                end_of_flow(self.text, at)
            }
            "invalid indentation in quoted scalar" => end_of_quotes(self.text, at),
            _ => return false,
        };
        self.parsed += self.text.len();
        if self.parsed > MAX_AGAIN {
            return false;
        }
        let before = self.lines.len();
        let start = self
            .text
            .get(..at)
            .and_then(|text| text.rfind('\n'))
            .map_or(0, |line| line + 1);
        // What stands before it on its line may be outside of the brackets.
        if self
            .text
            .get(start..at)
            .is_some_and(|first| first.trim().is_empty())
        {
            self.lines.insert(start);
        }
        let inside = self.text.get(at..end).unwrap_or_default();
        self.lines
            .extend(inside.match_indices('\n').map(|(line, _)| at + line + 1));
        let lines = self.lines.iter().enumerate();
        self.padded_lines = lines
            .map(|(index, line)| line + index * self.width)
            .collect();
        self.lines.len() > before
    }
}

/// Where the brackets end that are open at a byte, at which a token begins.
fn end_of_flow(text: &str, from: usize) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut depth, mut token_begins) = (from, 0_usize, true);
    while let Some(&byte) = bytes.get(at) {
        let space_before = at == 0 || bytes.get(at - 1).is_some_and(u8::is_ascii_whitespace);
        match byte {
            b'"' | b'\'' if token_begins => {
                at = end_of_quotes(text, at);
                token_begins = false;
                continue;
            }
            b'#' if space_before => {
                at = text
                    .get(at..)
                    .and_then(|rest| rest.find('\n'))
                    .map_or(text.len(), |line| at + line);
                continue;
            }
            // The name of an anchor or a tag; what has it comes after.
            b'&' | b'!' | b'*' if token_begins => {
                let name = |byte: &u8| !byte.is_ascii_whitespace() && !b",[]{}".contains(byte);
                at += 1 + bytes
                    .iter()
                    .skip(at + 1)
                    .take_while(|byte| name(byte))
                    .count();
                continue;
            }
            b'[' | b'{' => {
                depth += 1;
                token_begins = true;
            }
            b']' | b'}' if depth == 0 => return at,
            b']' | b'}' => {
                depth -= 1;
                token_begins = false;
            }
            b',' | b':' => token_begins = true,
            byte if byte.is_ascii_whitespace() => {}
            _ => token_begins = false,
        }
        at += 1;
    }
    text.len()
}

/// Where the quotes end that begin at a byte: after the last.
fn end_of_quotes(text: &str, from: usize) -> usize {
    let bytes = text.as_bytes();
    let quote = bytes.get(from).copied();
    let mut at = from + 1;
    while let Some(&byte) = bytes.get(at) {
        let next = bytes.get(at + 1).copied();
        match byte {
            b'\\' if quote == Some(b'"') => at += 2,
            b'\'' if quote == Some(b'\'') && next == Some(b'\'') => at += 2,
            byte if Some(byte) == quote => return at + 1,
            _ => at += 1,
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_end_where_they_are_closed() {
        for (text, rest) in [
            ("a, b} c", "} c"),
            ("\"}\", '}''}', [{}] # }\n} c", "} c"),
            ("don't, it's} c", "} c"),
            ("x: \"}\", &a \"}\", !t '}', *a} c", "} c"),
            ("a", ""),
        ] {
            assert_eq!(text.get(end_of_flow(text, 0)..), Some(rest), "{text}");
        }
        assert_eq!(end_of_quotes("\"a\\\"b\" c", 0), 6);
        assert_eq!(end_of_quotes("'", 0), 1);
    }

    #[test]
    fn bytes_are_where_they_were() {
        let mut lines = Indentation::of("a: [\n  b,\nc,\n]\nd: 1");
        assert!(lines.repair("invalid indentation", 10));
        let padded = lines.padded();
        for sign in ["b", "c", "]", "d"] {
            let at = lines.original(padded.find(sign).unwrap());
            assert_eq!(lines.text.get(at..=at), Some(sign), "{padded}");
        }
        assert!(
            !lines.repair("invalid indentation", 10),
            "nothing is left to do"
        );
    }
}
