//! Two folders of documents, which are compared by the paths that they have in both.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::FailOn;
use super::pair::{Pair, Terms};
use crate::report::{Changes, Report};
use crate::{Class, CompareError};

/// Two folders that were compared.
pub(super) struct Folders {
    pairs: Vec<(String, Pair)>,
    gone: Vec<String>,
    added: Vec<String>,
    /// Acceptances that no pair has any use for.
    stale: Vec<String>,
}

/// Compares the documents that both folders have.
pub(super) fn compare(
    base: &Path,
    revision: &Path,
    terms: &Terms<'_>,
) -> Result<Folders, CompareError> {
    let (old, new) = (documents(base)?, documents(revision)?);
    let mut read = Vec::new();
    for (name, path) in &old {
        if let Some(other) = new.get(name) {
            let (path, other) = (path.to_string_lossy(), other.to_string_lossy());
            read.push((name.clone(), Pair::read(&path, &other, &terms.reach)?));
        }
    }
    let sources: Vec<_> = read.iter().map(|(_, (one, other))| (one, other)).collect();
    terms.settings.check(&sources)?;
    let compared = read.into_iter().map(|(name, (base, revision))| {
        Pair::compare(base, revision, terms).map(|pair| (name, pair))
    });
    let pairs: Vec<(String, Pair)> = compared.collect::<Result<_, _>>()?;
    let stale = pairs
        .iter()
        .map(|(_, pair)| pair.judged.stale.iter().cloned().collect());
    let stale = stale.reduce(|one: BTreeSet<String>, other| &one & &other);
    let only = |own: &BTreeMap<String, PathBuf>, other: &BTreeMap<String, PathBuf>| {
        own.keys()
            .filter(|name| !other.contains_key(*name))
            .cloned()
            .collect()
    };
    Ok(Folders {
        pairs,
        gone: only(&old, &new),
        added: only(&new, &old),
        stale: stale.into_iter().flatten().collect(),
    })
}

impl Folders {
    pub(super) fn fails(&self, fail_on: FailOn) -> bool {
        !self.stale.is_empty()
            || (!self.gone.is_empty() && fail_on.includes(Class::Breaking))
            || (!self.added.is_empty() && fail_on.includes(Class::Compatible))
            || self.pairs.iter().any(|(_, pair)| pair.fails(fail_on))
    }

    pub(super) fn reports(&self, width: usize) -> Vec<(&str, Report<'_>)> {
        let pairs = self.pairs.iter();
        pairs
            .map(|(name, pair)| (name.as_str(), pair.report(width)))
            .collect()
    }

    pub(super) fn changes(&self) -> Changes<'_> {
        Changes {
            gone: &self.gone,
            added: &self.added,
            problems: &self.stale,
        }
    }
}

/// The documents below a folder, by their paths in it.
fn documents(folder: &Path) -> Result<BTreeMap<String, PathBuf>, CompareError> {
    let failed = |path: &Path, error: std::io::Error| {
        CompareError::new(format!("{}: cannot read: {error}", path.display()))
    };
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(at) = folders.pop() {
        for entry in std::fs::read_dir(&at).map_err(|error| failed(&at, error))? {
            let entry = entry.map_err(|error| failed(&at, error))?;
            let (path, kind) = (entry.path(), entry.file_type());
            let kind = kind.map_err(|error| failed(&path, error))?;
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            // Links are not followed: they could lead in a circle.
            if kind.is_dir() && !hidden {
                folders.push(path);
            } else if kind.is_file() && has_ending(&path) {
                let bytes = std::fs::read(&path).map_err(|error| failed(&path, error))?;
                let name = path.strip_prefix(folder).unwrap_or(&path);
                let name = name.to_string_lossy().replace('\\', "/");
                if is_document(&String::from_utf8_lossy(&bytes)) {
                    found.insert(name, path);
                }
            }
        }
    }
    if found.is_empty() {
        let folder = folder.display();
        return Err(CompareError::new(format!(
            "{folder}: there is no OpenAPI document below this folder"
        )));
    }
    Ok(found)
}

fn has_ending(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| ["yaml", "yml", "json"].contains(&ending))
}

/// Whether a text has `openapi` or `swagger` as a key of the document itself. Files that documents
/// refer to have none, and are read with them.
fn is_document(text: &str) -> bool {
    let keys = ["openapi", "swagger"];
    let is_key = |line: &str| {
        keys.iter().any(|key| {
            let line = line.trim_start_matches(['"', '\'']);
            let rest = line
                .strip_prefix(key)
                .map(|rest| rest.trim_start_matches(['"', '\'']));
            rest.is_some_and(|rest| rest.trim_start().starts_with(':'))
        })
    };
    let text = text.trim_start_matches('\u{feff}');
    match text.trim_start().strip_prefix('{') {
        // In JSON the key may stand anywhere in the outermost braces.
        Some(inside) => inside
            .split([',', '{'])
            .any(|part| is_key(part.trim_start())),
        None => text.lines().any(is_key),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_told_from_the_files_that_they_refer_to() {
        for (text, document) in [
            ("openapi: 3.0.3\n", true),
            ("# comment\n\"openapi\" : 3.0.3\n", true),
            ("{\"info\": {}, \"openapi\": \"3.0.3\"}", true),
            ("\u{feff}swagger: '2.0'", true),
            ("Pet:\n  openapi: string\n", false),
            ("type: object\ndescription: openapi\n", false),
            ("{\"type\": \"object\", \"title\": \"openapi\"}", false),
        ] {
            assert_eq!(is_document(text), document, "{text}");
        }
    }
}
