//! Where documents come from: files, and revisions of files in git.

use std::path::{Path, PathBuf};
use std::process::Command;

use openapi_document::{Source, SourceError};
use semver::Version;

use crate::CompareError;

/// Reads a document from a path, or from git as `git:REV:path` (the path is relative to the
/// current directory).
///
/// # Errors
/// There is no such file or revision, or it is no document.
pub fn read(input: &str) -> Result<Source, CompareError> {
    let failed = |error: SourceError| CompareError::new(error.to_string());
    let Some(object) = input.strip_prefix("git:") else {
        return Source::read(Path::new(input)).map_err(failed);
    };
    let Some((revision, path)) = object.split_once(':') else {
        return Err(CompareError::new(format!("{input}: expected git:REV:path")));
    };
    if revision.starts_with('-') {
        return Err(CompareError::new(format!(
            "{input}: a revision does not begin with `-`"
        )));
    }
    // `./` makes git look from the current directory, as it does for every other path.
    let path = if path.starts_with(['.', '/']) {
        path.to_owned()
    } else {
        format!("./{path}")
    };
    let output = Command::new("git")
        .args(["show", "--no-textconv"])
        .arg(format!("{revision}:{path}"))
        .output()
        .map_err(|error| CompareError::new(format!("{input}: cannot run git: {error}")))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let said = said.lines().next().unwrap_or("git show failed").to_owned();
        return Err(CompareError::new(format!("{input}: {said}")));
    }
    let text = String::from_utf8(output.stdout)
        .map_err(|_| CompareError::new(format!("{input}: not UTF-8 text")))?;
    Source::parse(input, text).map_err(failed)
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
