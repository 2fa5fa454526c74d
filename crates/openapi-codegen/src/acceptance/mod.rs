//! Counts which documents of a folder the generator takes: anyone can count their own.
//!
//! ```no_run
//! use openapi_codegen::acceptance::measure;
//!
//! let report = measure(std::path::Path::new("documents"), true)?;
//! println!("{report}");
//! # Ok::<(), std::io::Error>(())
//! ```

mod table;

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use std::{fs, io, thread};

use openapi_document::Source;

use crate::generator::Generator;

/// What became of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Outcome {
    /// Code was generated, and there is nothing to say.
    Taken,
    /// Code was generated; something was mended without a loss.
    Mended,
    /// Code was generated; something was left out, and listed.
    Reduced,
    /// No code was generated.
    Refused,
}

/// One document.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Row {
    /// Its path, from the folder.
    pub path: PathBuf,
    /// What became of it.
    pub outcome: Outcome,
    /// How many things were mended.
    pub warnings: usize,
    /// How many things were left out.
    pub left_out: usize,
    /// The first thing that was said.
    pub reason: Option<String>,
    /// How long it took.
    pub time: Duration,
}

/// What became of the documents of a folder.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Report {
    /// The documents, by their paths.
    pub rows: Vec<Row>,
    /// How many files were no OpenAPI 3 documents: other versions of the format, parts of documents, other data.
    pub skipped: usize,
}

impl Report {
    /// How many documents had an outcome.
    #[must_use]
    pub fn count(&self, outcome: Outcome) -> usize {
        self.rows
            .iter()
            .filter(|row| row.outcome == outcome)
            .count()
    }

    /// The share of documents that code was generated for, from 0 to 1; 1 if there are none.
    #[must_use]
    pub fn share(&self) -> f64 {
        let all = self.rows.len();
        let taken = all - self.count(Outcome::Refused);
        if all == 0 {
            1.0
        } else {
            taken as f64 / all as f64
        }
    }
}

/// Runs the generator over every document in a folder and the folders in it, on all cores.
///
/// # Errors
/// The folder cannot be read.
pub fn measure(folder: &Path, is_lenient: bool) -> io::Result<Report> {
    let mut files = Vec::new();
    collect(folder, &mut files)?;
    files.sort();
    let next = AtomicUsize::new(0);
    let report = Mutex::new(Report::default());
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let row = row(folder, file, is_lenient);
                    // A thread that holds the lock only pushes.
                    let mut report = report
                        .lock()
                        .unwrap_or_else(std::sync::PoisonError::into_inner);
                    match row {
                        Some(row) => report.rows.push(row),
                        None => report.skipped += 1,
                    }
                }
            });
        }
    });
    let mut report = report
        .into_inner()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    report.rows.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(report)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let (path, kind) = (entry.path(), entry.file_type()?);
        let ending = path
            .extension()
            .and_then(|ending| ending.to_str())
            .unwrap_or_default();
        if kind.is_dir() {
            collect(&path, files)?;
        } else if ["yaml", "yml", "json"].contains(&ending) {
            files.push(path);
        }
    }
    Ok(())
}

/// What becomes of a file; `None` if it is no document.
fn row(folder: &Path, file: &Path, is_lenient: bool) -> Option<Row> {
    let start = Instant::now();
    let path = file.strip_prefix(folder).unwrap_or(file).to_owned();
    let refused = |reason: String| Row {
        path: path.clone(),
        outcome: Outcome::Refused,
        warnings: 0,
        left_out: 0,
        reason: Some(reason),
        time: start.elapsed(),
    };
    let source = match Source::read_bundled(file) {
        Ok(source) => source,
        // A file that cannot be read at all counts if it says that it is a document.
        Err(error) => {
            let text = fs::read(file).unwrap_or_default();
            let text = String::from_utf8_lossy(&text);
            let claims = [
                "openapi: 3",
                "openapi: '3",
                "openapi: \"3",
                "\"openapi\": \"3",
                "\"openapi\":\"3",
            ];
            return claims
                .iter()
                .any(|claim| text.contains(claim))
                .then(|| refused(error.to_string()));
        }
    };
    let version = source.value().get("openapi")?;
    let is_three = version
        .as_str()
        .is_none_or(|version| version.starts_with('3'));
    if !is_three {
        return None;
    }
    let row = match Generator::new(&source).lenient(is_lenient).generate() {
        Err(error) => refused(first_reason(&error)),
        Ok(bindings) => {
            let (warnings, left_out) = (bindings.warnings(), bindings.left_out());
            Row {
                path: path.clone(),
                outcome: match (left_out, warnings) {
                    ([], []) => Outcome::Taken,
                    ([], _) => Outcome::Mended,
                    _ => Outcome::Reduced,
                },
                warnings: warnings.len(),
                left_out: left_out.len(),
                reason: left_out
                    .first()
                    .or(warnings.first())
                    .map(|first| first.message.clone()),
                time: start.elapsed(),
            }
        }
    };
    Some(row)
}

fn first_reason(error: &crate::Error) -> String {
    match error {
        crate::Error::Findings { findings, .. } => findings
            .first()
            .map(|first| first.message.clone())
            .unwrap_or_default(),
        error => error.to_string(),
    }
}
