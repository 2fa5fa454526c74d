//! Lines and columns, from byte offsets.

/// A place in a text, as people count: the first character is at line 1, column 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    /// The line, from 1. Lines end with a line feed.
    pub line: usize,
    /// The column, from 1, in characters (Unicode scalar values), not bytes.
    pub column: usize,
}

/// Where each line of a text begins.
#[derive(Debug)]
pub(crate) struct Lines(Vec<usize>);

impl Lines {
    pub(crate) fn of(text: &str) -> Self {
        let after_line_feeds = text.match_indices('\n').map(|(offset, _)| offset + 1);
        Self(std::iter::once(0).chain(after_line_feeds).collect())
    }

    /// The location of the character that begins at, or contains, byte `offset`.
    pub(crate) fn locate(&self, text: &str, offset: usize) -> Location {
        let line = self.0.partition_point(|&start| start <= offset).max(1);
        let start = self.0.get(line - 1).copied().unwrap_or(0);
        let end = (start..=offset)
            .rev()
            .find(|&end| text.is_char_boundary(end))
            .unwrap_or(start);
        let column = text.get(start..end).unwrap_or_default().chars().count() + 1;
        Location { line, column }
    }

    /// The text of line `number` (from 1) without its line ending.
    pub(crate) fn line<'text>(&self, text: &'text str, number: usize) -> Option<&'text str> {
        let start = *self.0.get(number.checked_sub(1)?)?;
        let end = self.0.get(number).map_or(text.len(), |next| next - 1);
        let line = text.get(start..end)?;
        Some(line.strip_suffix('\r').unwrap_or(line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_characters_not_bytes() {
        let text = "一二: x\r\nb";
        let lines = Lines::of(text);
        assert_eq!(lines.locate(text, 0), Location { line: 1, column: 1 });
        assert_eq!(
            lines.locate(text, "一二".len()),
            Location { line: 1, column: 3 }
        );
        assert_eq!(
            lines.locate(text, text.len() - 1),
            Location { line: 2, column: 1 }
        );
    }

    #[test]
    fn lines_have_no_ending() {
        let text = "a\r\nb\n";
        let lines = Lines::of(text);
        let all: Vec<_> = (0..5).map(|number| lines.line(text, number)).collect();
        assert_eq!(all, [None, Some("a"), Some("b"), Some(""), None]);
    }
}
