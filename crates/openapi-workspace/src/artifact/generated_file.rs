//! A generated file: compared, shown, and written whole or not at all.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use similar::{ChangeTag, TextDiff};

use crate::error::Error;
use crate::output::{BAD, GOOD, Output, STRONG};

/// A file that derives from the document, as it should be.
#[derive(Debug)]
pub(crate) struct GeneratedFile {
    pub(crate) path: PathBuf,
    content: String,
    found: Option<String>,
}

impl GeneratedFile {
    pub(super) fn new(path: PathBuf, content: String) -> Self {
        // A checkout may have turned line feeds into what its system has.
        let found = fs::read_to_string(&path)
            .ok()
            .map(|text| text.replace("\r\n", "\n"));
        Self {
            path,
            content,
            found,
        }
    }

    /// Whether the file is what it should be.
    pub(crate) fn is_fresh(&self) -> bool {
        self.found.as_deref() == Some(self.content.as_str())
    }

    /// Writes the file beside its place and moves it there, so that nobody ever reads a half of it.
    pub(crate) fn write(&self) -> Result<(), Error> {
        let write = || -> io::Result<()> {
            let folder = self.path.parent().unwrap_or(Path::new("."));
            fs::create_dir_all(folder)?;
            let mut file = tempfile::Builder::new()
                .prefix(".regen-")
                .tempfile_in(folder)?;
            file.write_all(self.content.as_bytes())?;
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt;
                file.as_file()
                    .set_permissions(fs::Permissions::from_mode(0o644))?;
            }
            file.persist(&self.path)?;
            Ok(())
        };
        write()
            .map_err(|error| Error::usage(format!("cannot write {}: {error}", self.path.display())))
    }

    /// Shows what would change, as a unified diff.
    pub(crate) fn write_diff(&self, name: &str, out: &mut Output<'_>) -> io::Result<()> {
        let found = self.found.as_deref().unwrap_or_default();
        let diff = TextDiff::from_lines(found, &self.content);
        writeln!(
            out,
            "{STRONG}--- {name} (as it is)\n+++ {name} (as it would be generated){STRONG:#}"
        )?;
        for hunk in diff.unified_diff().context_radius(3).iter_hunks() {
            writeln!(out, "{}", hunk.header())?;
            for change in hunk.iter_changes() {
                let line = change.value().trim_end_matches('\n');
                match change.tag() {
                    ChangeTag::Delete => writeln!(out, "{BAD}-{line}{BAD:#}")?,
                    ChangeTag::Insert => writeln!(out, "{GOOD}+{line}{GOOD:#}")?,
                    ChangeTag::Equal => writeln!(out, " {line}")?,
                }
            }
        }
        Ok(())
    }
}
