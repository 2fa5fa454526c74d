//! The report as a table.

use std::collections::BTreeMap;
use std::fmt;

use super::{Outcome, Report};

/// How many characters of a reason are shown.
const MAX_REASON: usize = 110;

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
        let width = width.unwrap_or(0).min(70);
        for row in &self.rows {
            let path = row.path.display().to_string();
            let said = match row.outcome {
                Outcome::Taken => String::new(),
                Outcome::Mended => format!("{} mended: ", row.warnings),
                Outcome::Reduced => format!("{} left out: ", row.left_out),
                Outcome::Refused => String::new(),
            };
            let reason = shorten(row.reason.as_deref().unwrap_or_default());
            writeln!(
                f,
                "{path:<width$}  {:<7}  {:>7.2} s  {said}{reason}",
                row.outcome,
                row.time.as_secs_f64()
            )?;
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
            writeln!(f, "{count:>6}  {}", shorten(&kind))?;
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

fn shorten(text: &str) -> String {
    let mut short: String = text.chars().take(MAX_REASON).collect();
    if short.len() < text.len() {
        short.push_str(" ...");
    }
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
    use super::kind;

    #[test]
    fn reasons_of_one_kind_are_one() {
        assert_eq!(kind("`a` is no `b`"), kind("`c` is no `d`"));
    }
}
