//! Which file a path means, so that no file of a run is written over by another, under whatever name.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::input::Input;

/// How many links are followed before they are taken for a circle.
const LINKS: usize = 40;

/// A file, whether it exists or not. Devices and pipes have none: several things may be written to one.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Identity {
    Existing(FileId),
    /// The name in an existing folder.
    New(FileId, OsString),
}

/// What the system tells files apart by.
#[cfg(unix)]
type FileId = (u64, u64);
#[cfg(not(unix))]
type FileId = PathBuf;

#[cfg(unix)]
fn file_id(_: &Path, found: &fs::Metadata) -> Option<FileId> {
    use std::os::unix::fs::MetadataExt as _;
    Some((found.dev(), found.ino()))
}

#[cfg(not(unix))]
fn file_id(path: &Path, _: &fs::Metadata) -> Option<FileId> {
    path.canonicalize().ok()
}

/// The path behind links, also behind one to a file that does not exist yet.
pub(super) fn resolved(path: &Path) -> PathBuf {
    let mut path = path.to_owned();
    for _ in 0..LINKS {
        let Ok(next) = fs::read_link(&path) else {
            break;
        };
        path = match path.parent() {
            Some(folder) => folder.join(next),
            None => next,
        };
    }
    path
}

/// The folder that a file is in.
pub(super) fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

impl Identity {
    fn of(path: &Path) -> Option<Self> {
        match fs::metadata(path) {
            Ok(found) if found.is_file() => file_id(path, &found).map(Self::Existing),
            Ok(_) => None,
            Err(_) => {
                let path = resolved(path);
                let folder = folder(&path);
                let found = fs::metadata(folder).ok()?;
                let name = path.file_name()?.to_owned();
                Some(Self::New(file_id(folder, &found)?, name))
            }
        }
    }
}

/// The files of a run: each is known by what it is for.
#[derive(Debug, Default)]
pub(crate) struct Files {
    /// Those that are read.
    read: Vec<(String, Identity)>,
    /// Those that are written.
    written: Vec<(String, Identity)>,
}

impl Files {
    /// A file that the run reads, which is `what`.
    pub(crate) fn reads_path(&mut self, what: &str, path: &Path) {
        let found = Identity::of(path).map(|identity| (what.to_owned(), identity));
        self.read.extend(found);
    }

    /// The same, unless it is standard input from a pipe or a terminal.
    pub(crate) fn reads(&mut self, what: &str, input: Option<&Input>) {
        match input {
            None => {}
            Some(Input::Path(path)) => self.reads_path(what, path),
            Some(Input::Stdin) if cfg!(unix) => self.reads_path(what, Path::new("/dev/stdin")),
            Some(Input::Stdin) => {}
        }
    }

    /// A file that the run writes, which is `what`.
    ///
    /// # Errors
    ///
    /// It is another file of the run, too.
    pub(crate) fn writes(&mut self, what: &str, path: &Path) -> Result<(), Failure> {
        let Some(identity) = Identity::of(path) else {
            return Ok(());
        };
        let others = self.read.iter().chain(&self.written);
        if let Some((other, _)) = others.clone().find(|(_, other)| *other == identity) {
            return Err(Failure::usage(format!(
                "{what} {} is the same file as {other}; name another file",
                path.display()
            )));
        }
        self.written.push((what.to_owned(), identity));
        Ok(())
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_under_every_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("a"), "").unwrap();
        fs::hard_link(path("a"), path("hard")).unwrap();
        std::os::unix::fs::symlink("a", path("soft")).unwrap();
        std::os::unix::fs::symlink("new", path("dangling")).unwrap();
        std::os::unix::fs::symlink(folder.path(), path("folder")).unwrap();
        std::os::unix::fs::symlink("circle", path("circle")).unwrap();
        for name in ["a", "hard", "soft", "folder/a", "folder/../a"] {
            let is_other = name == "folder/../a";
            let mut files = Files::default();
            files.reads_path("the list", &path("a"));
            let refused = files.writes("the output", &path(name)).is_err();
            assert_eq!(refused, !is_other, "{name}");
        }
        for name in ["new", "dangling", "folder/new", "folder/dangling"] {
            let mut files = Files::default();
            files.writes("the output", &path("new")).unwrap();
            assert!(files.writes("the journal", &path(name)).is_err(), "{name}");
        }
        let mut files = Files::default();
        for device in ["/dev/null", "/dev/null", "a", "other"] {
            files.writes("it", &path(device)).unwrap();
        }
        let _ = Identity::of(&path("circle"));
    }
}
