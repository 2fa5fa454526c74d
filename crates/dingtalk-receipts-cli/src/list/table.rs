//! Tables: a header, and rows of cells under it, as spreadsheets write them as text.

use super::Place;

/// What separates cells; a spreadsheet chooses by its locale.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// A header with rows. Rows without any text are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Table {
    /// Titles, each once; a column without a title is called after its place.
    pub(crate) columns: Vec<String>,
    /// Cells without white space around them.
    rows: Vec<(Place, Vec<String>)>,
}

/// The title of a column, without what titles differ in: `User ID`, `user_id` and `userId` are one.
pub(crate) fn plain(title: &str) -> String {
    title
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '_' | '-'))
        .flat_map(char::to_lowercase)
        .collect()
}

impl Table {
    /// Reads separated values. The first line that is not blank is the header; before it may be a line `sep=;`.
    ///
    /// # Errors
    ///
    /// A quote is not closed, or a title comes twice; the text says where.
    pub(crate) fn delimited(text: &str) -> Result<Self, String> {
        let is_text = |line: &&str| !line.trim().is_empty();
        let blank = text.lines().take_while(|line| !is_text(line)).count();
        let first = text.lines().nth(blank).unwrap_or_default();
        let (text, skipped) = match declared(first) {
            Some(_) => {
                let rest = text.splitn(blank + 2, '\n').nth(blank + 1);
                (
                    rest.unwrap_or_default(),
                    u64::try_from(blank + 1).unwrap_or(u64::MAX),
                )
            }
            None => (text, 0),
        };
        let delimiter = declared(first).unwrap_or_else(|| delimiter(first));
        if let Some(line) = open_quote(text, delimiter) {
            return Err(format!(
                "line {}: a quote is opened and not closed",
                line + skipped
            ));
        }
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| error.to_string())?;
            let line = record.position().map_or(0, csv::Position::line) + skipped;
            rows.push((
                Place::Line(line),
                record.iter().map(str::to_owned).collect(),
            ));
        }
        Self::of(rows)
    }

    /// The table whose header is the first of `rows` that is not blank.
    pub(crate) fn of(rows: Vec<(Place, Vec<String>)>) -> Result<Self, String> {
        let is_blank = |cells: &[String]| cells.iter().all(|cell| cell.trim().is_empty());
        let mut rows = rows.into_iter().filter(|(_, cells)| !is_blank(cells));
        let Some((_, mut columns)) = rows.next() else {
            return Ok(Self {
                columns: Vec::new(),
                rows: Vec::new(),
            });
        };
        for (number, title) in (1..).zip(&mut columns) {
            *title = title.trim().to_owned();
            if title.is_empty() {
                *title = format!("column {number}");
            }
        }
        for (place, title) in columns.iter().enumerate() {
            if columns.iter().take(place).any(|other| other == title) {
                return Err(format!("the column `{title}` comes twice in its header"));
            }
        }
        Ok(Self {
            rows: rows.collect(),
            columns,
        })
    }

    /// The rows, each with as many cells as there are columns.
    ///
    /// # Errors
    ///
    /// A row has fewer cells, or text beyond the last column.
    pub(crate) fn rows(&self) -> Result<Vec<(Place, &[String])>, String> {
        let width = self.columns.len();
        let fitted = self.rows.iter().map(|(place, cells)| {
            // Spreadsheets write empty cells beyond the last column where some other row has a cell there.
            let beyond = cells.get(width..).unwrap_or_default();
            match cells.get(..width) {
                Some(cells) if beyond.iter().all(String::is_empty) => Ok((*place, cells)),
                _ => Err(format!(
                    "{place} has {} where the header has {width}",
                    match cells.len() {
                        1 => "1 cell".to_owned(),
                        many => format!("{many} cells"),
                    }
                )),
            }
        });
        fitted.collect()
    }

    /// The column with one of these [plain] titles.
    ///
    /// # Errors
    ///
    /// More than one has.
    pub(crate) fn column(&self, titles: &[&str]) -> Result<Option<usize>, String> {
        let mut found = (0..).zip(&self.columns).filter(|(_, title)| {
            let title = plain(title);
            titles.contains(&title.as_str())
        });
        let first = found.next();
        match (first, found.next()) {
            (Some((_, one)), Some((_, other))) => Err(format!(
                "the columns `{one}` and `{other}` have the same meaning; rename one"
            )),
            (first, _) => Ok(first.map(|(place, _)| place)),
        }
    }
}

/// The delimiter that a line `sep=;` declares, as some spreadsheets write and read it.
fn declared(line: &str) -> Option<u8> {
    let line = line.trim_end_matches('\r').trim_matches('"');
    match line.get(..4)?.eq_ignore_ascii_case("sep=") {
        true => match line.as_bytes().get(4..)? {
            [delimiter] if delimiter.is_ascii() => Some(*delimiter),
            _ => None,
        },
        false => None,
    }
}

/// The delimiter that separates most cells of a header.
fn delimiter(header: &str) -> u8 {
    let mut quoted = false;
    let mut counts = [0_usize; DELIMITERS.len()];
    for byte in header.bytes() {
        quoted ^= byte == b'"';
        for (count, delimiter) in counts.iter_mut().zip(DELIMITERS) {
            *count += usize::from(byte == delimiter && !quoted);
        }
    }
    let most = counts.into_iter().max().unwrap_or_default();
    let found = counts.iter().position(|count| *count == most);
    found
        .and_then(|place| DELIMITERS.get(place).copied())
        .unwrap_or(b',')
}

/// Whether a line holds more than one cell, or declares what separates them.
pub(crate) fn has_cells(line: &str) -> bool {
    declared(line).is_some() || line.bytes().any(|byte| DELIMITERS.contains(&byte))
}

/// The line of a quote that is opened and not closed: everything behind it would be one cell.
fn open_quote(text: &str, delimiter: u8) -> Option<u64> {
    let (mut line, mut opened) = (1_u64, None);
    let mut begins = true;
    for byte in text.bytes() {
        match (byte, opened) {
            // Two quotes in a quoted cell close it and open it again, which comes to the same.
            (b'"', Some(_)) => {
                opened = None;
                begins = true;
                continue;
            }
            (b'"', None) if begins => opened = Some(line),
            _ => {}
        }
        begins = byte == delimiter || byte == b'\n';
        line += u64::from(byte == b'\n');
    }
    opened
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<Vec<String>> {
        let table = Table::delimited(text).unwrap();
        let rows = table.rows().unwrap();
        let rows = rows.into_iter().map(|(_, cells)| cells.to_vec());
        std::iter::once(table.columns.clone()).chain(rows).collect()
    }

    #[test]
    fn each_delimiter_and_quoting_that_spreadsheets_write_gives_the_same_table() {
        let expected = vec![
            vec!["name".to_owned(), "user id".to_owned()],
            vec!["Li, \"Bruce\"; jr".to_owned(), "a".to_owned()],
        ];
        for text in [
            "name,user id\n\"Li, \"\"Bruce\"\"; jr\",a\n",
            "name;user id\n\"Li, \"\"Bruce\"\"; jr\";a\n;\n",
            "name\tuser id\n\"Li, \"\"Bruce\"\"; jr\"\ta",
            "sep=|\nname|user id\nLi, \"Bruce\"; jr|a\n",
            "\"sep=;\"\nname;user id\n\"Li, \"\"Bruce\"\"; jr\";a\n",
            "\n , ,\nname,user id\n,,,\n\"Li, \"\"Bruce\"\"; jr\", a ,,\n\n",
        ] {
            assert_eq!(cells(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_not_a_table_is_refused_with_its_line() {
        for (text, said) in [
            ("a,b\n1,2\n3\n", "line 3 has 1 cell where the header has 2"),
            ("a,b\n1,2,3\n", "line 2 has 3 cells"),
            ("sep=;\na;b\n1\n", "line 3 has 1 cell"),
            ("a,b,a\n", "`a` comes twice"),
            ("a,b\n1,2\n3,\"4\n5,6\n", "line 3: a quote is opened"),
        ] {
            let table = Table::delimited(text);
            let error = table.and_then(|table| table.rows().map(drop)).unwrap_err();
            assert!(error.contains(said), "{error}");
        }
    }

    #[test]
    fn titles_mean_the_same_however_they_are_written() {
        let table = Table::delimited("User ID,,x\na,1,2\n").unwrap();
        assert_eq!(table.columns, ["User ID", "column 2", "x"]);
        assert_eq!(table.column(&["userid"]), Ok(Some(0)));
        assert_eq!(table.column(&["unionid"]), Ok(None));
        let twice = Table::delimited("userId,user_id\n").unwrap();
        assert!(twice.column(&["userid"]).unwrap_err().contains("`user_id`"));
    }
}
