//! The report as a table.

use std::collections::BTreeMap;
use std::fmt;

use super::{Outcome, Report};

/// How wide a line is: what terminals and reports of CI show without breaking it.
const WIDTH: usize = 80;

/// How wide the paths are: a longer one makes its own line longer, and no other.
const MAX_PATH: usize = 58;

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Taken => "taken",
            Self::Mended => "mended",
            Self::Reduced => "reduced",
            Self::Refused => "refused",
        })
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self
            .rows
            .iter()
            .map(|row| row.path.display().to_string().chars().count())
            .max();
        let width = width.unwrap_or(0).min(MAX_PATH);
        for row in &self.rows {
            let path = row.path.display().to_string();
            let time = row.time.as_secs_f64();
            writeln!(f, "{path:<width$}  {:<7}  {time:>7.2} s", row.outcome)?;
            let reason = row.reason.as_deref().unwrap_or_default();
            let said = match row.outcome {
                Outcome::Taken => continue,
                Outcome::Mended => format!("{} mended: {reason}", row.warnings),
                Outcome::Reduced => format!("{} left out: {reason}", row.left_out),
                Outcome::Refused => reason.to_owned(),
            };
            writeln!(f, "    {}", shorten(&said, WIDTH - 4))?;
        }
        let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
        for row in self
            .rows
            .iter()
            .filter(|row| row.outcome == Outcome::Refused)
        {
            *kinds
                .entry(kind(row.reason.as_deref().unwrap_or_default()))
                .or_default() += 1;
        }
        let mut kinds: Vec<_> = kinds.into_iter().collect();
        kinds.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
        if !kinds.is_empty() {
            writeln!(f, "\nReasons for refusing:")?;
        }
        for (kind, count) in kinds {
            writeln!(f, "{count:>6}  {}", shorten(&kind, WIDTH - 8))?;
        }
        writeln!(f)?;
        let all = self.rows.len();
        for outcome in [
            Outcome::Taken,
            Outcome::Mended,
            Outcome::Reduced,
            Outcome::Refused,
        ] {
            let count = self.count(outcome);
            let share = if all == 0 {
                0.0
            } else {
                count as f64 * 100.0 / all as f64
            };
            writeln!(f, "{outcome:<8} {count:>5}  {share:>5.1} %")?;
        }
        write!(
            f,
            "{all} documents, {:.1} % of them taken; {} other files skipped",
            self.share() * 100.0,
            self.skipped
        )
    }
}

/// The first line of a text, in no more characters than that.
fn shorten(text: &str, width: usize) -> String {
    let line = text.lines().next().unwrap_or_default();
    if line.chars().count() <= width {
        return line.to_owned();
    }
    let mut short: String = line.chars().take(width.saturating_sub(4)).collect();
    short.push_str(" ...");
    short
}

/// A reason without the names in it, so that reasons of one kind are counted together.
fn kind(reason: &str) -> String {
    let parts = reason.split('`').enumerate();
    parts
        .map(|(index, part)| if index % 2 == 1 { "`...`" } else { part })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;
    use std::time::Duration;

    use super::super::Row;
    use super::*;

    #[test]
    fn reasons_of_one_kind_are_one() {
        assert_eq!(kind("`a` is no `b`"), kind("`c` is no `d`"));
    }

    #[test]
    fn the_table_fits_into_80_columns() {
        let row = |path: &str, outcome, reason: Option<String>| Row {
            path: PathBuf::from(path),
            outcome,
            warnings: 1234,
            left_out: 1234,
            reason,
            time: Duration::from_secs(9999),
        };
        let long = Some("ä".repeat(200));
        let report = Report {
            rows: vec![
                row("taken.yaml", Outcome::Taken, None),
                row(&"p".repeat(MAX_PATH), Outcome::Mended, long.clone()),
                row("reduced.yaml", Outcome::Reduced, long.clone()),
                row("refused.yaml", Outcome::Refused, long),
            ],
            skipped: 3,
        };
        let table = report.to_string();
        for line in table.lines() {
            assert!(line.chars().count() <= WIDTH, "{line}");
        }
        assert!(table.contains("    1234 left out: ä") && table.contains(" ..."));
    }
}
