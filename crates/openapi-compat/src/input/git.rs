//! Files as they were in a revision, from git.

use std::path::{Path, PathBuf};
use std::process::Command;

use openapi_document::{Files, Source, normalize_path};

use super::{Reach, WIDEN};

/// A revision, and a document in it.
pub(super) struct Revision {
    name: String,
    document: String,
    directory: PathBuf,
    /// The folder whose files may be read, from the root of the file system on.
    root: String,
}

impl Revision {
    /// `REV:path`.
    pub(super) fn of(object: &str, reach: &Reach) -> Result<Self, String> {
        let Some((name, document)) = object.split_once(':') else {
            return Err("expected git:REV:path".to_owned());
        };
        if name.starts_with('-') {
            return Err("a revision does not begin with `-`".to_owned());
        }
        if name.is_empty() || document.is_empty() {
            return Err("expected git:REV:path, such as git:main:api/openapi.yaml".to_owned());
        }
        let directory = std::env::current_dir()
            .map_err(|error| format!("cannot find the current directory: {error}"))?;
        let folder = Path::new(document).parent().unwrap_or(Path::new(""));
        let root = whole(&directory, reach.root.as_deref().unwrap_or(folder));
        Ok(Self {
            name: name.to_owned(),
            document: document.to_owned(),
            directory,
            root,
        })
    }

    pub(super) fn document(&self) -> &str {
        &self.document
    }

    /// What the revision has at a path, which is relative to the current directory.
    pub(super) fn bytes(&self, path: &str) -> Result<Vec<u8>, String> {
        // `./` makes git look from the current directory, as it does for every other path.
        let path = match path.starts_with(['.', '/']) {
            true => path.to_owned(),
            false => format!("./{path}"),
        };
        let output = Command::new("git")
            .args(["show", "--no-textconv"])
            .arg(format!("{}:{path}", self.name))
            .output()
            .map_err(|error| format!("cannot run git: {error}"))?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        let said = String::from_utf8_lossy(&output.stderr);
        let said = said.lines().next().unwrap_or("git show failed");
        Err(said.strip_prefix("fatal: ").unwrap_or(said).to_owned())
    }
}

impl Files for Revision {
    fn read(&mut self, path: &str) -> Result<Source, String> {
        let all = whole(&self.directory, Path::new(path));
        let below = match self.root.as_str() {
            "/" => "",
            root => root,
        };
        let inside = all.strip_prefix(below);
        if !inside.is_some_and(|rest| rest.starts_with('/')) {
            let root = Path::new(&self.root).strip_prefix(&self.directory);
            let root = root.map_or(self.root.as_str().into(), |root| root.to_string_lossy());
            let root = if root.is_empty() { ".".into() } else { root };
            return Err(format!(
                "the file {path} is outside of the folder {root}; {WIDEN}"
            ));
        }
        let name = format!("git:{}:{path}", self.name);
        let bytes = self
            .bytes(path)
            .map_err(|why| format!("cannot read {name}: {why}"))?;
        Source::parse_bytes(name, bytes).map_err(|error| error.to_string())
    }
}

/// A path from the root of the file system on. Works on the text: a revision's folders need not be
/// there.
fn whole(directory: &Path, path: &Path) -> String {
    normalize_path(&directory.join(path).to_string_lossy().replace('\\', "/"))
}
