//! Where documents come from: files, revisions of files in git, standard input, and URLs; and the
//! other files that they refer to.

mod git;
mod local;
mod url;

use std::io::Read as _;
use std::path::{Path, PathBuf};

use openapi_document::{Files, Source, SourceError, bundle, is_url};
use semver::Version;

use crate::CompareError;
use git::Revision;
use local::Local;

/// What to do about a file outside of the folder that references may lead to.
const WIDEN: &str = "give --root with a folder that has both";

/// Where references of a document may lead.
#[derive(Debug, Clone, Default)]
pub struct Reach {
    /// The folder whose files may be read; the document's own if there is none.
    pub root: Option<PathBuf>,
    /// Whether URLs are read, with `curl`.
    pub urls: bool,
}

/// Reads a document, and what it refers to, from a path, from git as `git:REV:path` (the path is
/// relative to the current directory), from a URL, or from standard input as `-`.
///
/// # Errors
/// There is no such file or revision, or it is no document. What the document refers to and
/// cannot be read is one of [`Source::unresolved`].
pub fn read(input: &str, reach: &Reach) -> Result<Source, CompareError> {
    if input == "-" {
        let mut bytes = Vec::new();
        let read = std::io::stdin().lock().read_to_end(&mut bytes);
        read.map_err(|error| failed_at("standard input", &format!("cannot read: {error}")))?;
        let source = Source::parse_bytes("stdin", bytes).map_err(failed)?;
        return Ok(bundled(
            source,
            "stdin",
            Local::below(Path::new("."), reach),
            reach,
        ));
    }
    if let Some(object) = input.strip_prefix("git:") {
        let revision = Revision::of(object, reach).map_err(|why| failed_at(input, &why))?;
        let bytes = revision.bytes(revision.document());
        let bytes = bytes.map_err(|why| failed_at(input, &why))?;
        let source = Source::parse_bytes(input, bytes).map_err(failed)?;
        let path = revision.document().to_owned();
        return Ok(bundled(source, &path, revision, reach));
    }
    if is_url(input) {
        if !reach.urls {
            let why = "this is a URL; give --allow-url to have URLs read";
            return Err(failed_at(input, why));
        }
        let bytes = url::read(input).map_err(|why| failed_at(input, &why))?;
        let source = Source::parse_bytes(input, bytes).map_err(failed)?;
        return Ok(bundled(source, input, url::Nothing, reach));
    }
    let path = Path::new(input);
    let source = Source::read(path).map_err(failed)?;
    let folder = path.parent().unwrap_or(Path::new(""));
    Ok(bundled(source, input, Local::below(folder, reach), reach))
}

fn bundled(source: Source, path: &str, files: impl Files, reach: &Reach) -> Source {
    let mut files = url::OrFiles {
        urls: reach.urls,
        files,
    };
    bundle(source, path, &mut files)
}

fn failed(error: SourceError) -> CompareError {
    CompareError::new(match error.help() {
        Some(help) => format!("{error}\n  help: {help}"),
        None => error.to_string(),
    })
}

fn failed_at(input: &str, why: &str) -> CompareError {
    CompareError::new(format!("{input}: {why}"))
}

/// The newest `<version>.yaml` (or `.yml`, `.json`) of a directory, by semantic version.
///
/// # Errors
/// The directory cannot be read, or has no such file.
pub fn newest_release(directory: &Path) -> Result<PathBuf, CompareError> {
    let shown = directory.display();
    let entries = std::fs::read_dir(directory)
        .map_err(|error| CompareError::new(format!("{shown}: cannot read: {error}")))?;
    let released = entries.filter_map(|entry| {
        let path = entry.ok()?.path();
        let is_document = matches!(path.extension()?.to_str()?, "yaml" | "yml" | "json");
        let version = Version::parse(path.file_stem()?.to_str()?).ok()?;
        is_document.then_some((version, path))
    });
    let newest = released.max_by(|(one, _), (other, _)| one.cmp(other));
    newest.map(|(_, path)| path).ok_or_else(|| {
        CompareError::new(format!(
            "{shown}: there is no released document (<version>.yaml)"
        ))
    })
}
