//! The lines of a document that a finding is about.

use openapi_document::Source;

use crate::finding::Place;

/// How many lines of each side are shown.
const EXCERPT: usize = 3;

/// The first lines of what stands at a place, with their numbers: without its indentation, and at
/// most `width` characters of each.
pub(super) fn lines(document: &Source, place: &Place, width: usize) -> Vec<(usize, String)> {
    let (source, _) = document.origin(&place.pointer);
    let first = source.line(place.line).unwrap_or_default();
    let indent = indentation(first);
    let numbered = (place.line..).take(EXCERPT).map_while(|number| {
        let line = source.line(number)?;
        let inside = number == place.line || indentation(line) > indent;
        (inside && !line.trim().is_empty()).then_some((number, line))
    });
    numbered
        .map(|(number, line)| {
            let line = line.get(indent.min(line.len())..).unwrap_or(line);
            // The column counts from the beginning of the line, which is not shown.
            let column = place.column.saturating_sub(indent);
            (number, cut(line, column, width))
        })
        .collect()
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// At most `width` characters of a line: of a long one, those around the column.
fn cut(line: &str, column: usize, width: usize) -> String {
    let length = line.chars().count();
    if length <= width {
        return line.to_owned();
    }
    let start = if column > width {
        column.saturating_sub(10).min(length - width)
    } else {
        0
    };
    line.chars().skip(start).take(width).collect()
}
