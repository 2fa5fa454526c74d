//! The contract as a published crate carries it.
//!
//! A crate may not build from a file outside its own folder. So the contract is in its folder as a link, which cargo
//! follows when it packages the crate: one file to edit, nothing to go stale. Where a checkout has turned the link into
//! a file (a system without links), the file must at least say the same.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::Error;

/// A link from a crate's folder to the contract.
#[derive(Debug)]
pub(crate) struct Link {
    pub(crate) path: PathBuf,
    contract: PathBuf,
}

impl Link {
    pub(crate) fn new(path: PathBuf, contract: PathBuf) -> Self {
        Self { path, contract }
    }

    /// Whether a build of the crate reads what the contract says.
    pub(crate) fn is_fresh(&self) -> bool {
        let read = |path: &Path| fs::read(path).ok();
        read(&self.path).is_some_and(|copy| Some(copy) == read(&self.contract))
    }

    /// Makes the link anew.
    pub(crate) fn write(&self) -> Result<(), Error> {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        let made = fs::create_dir_all(folder)
            .and_then(|()| match fs::symlink_metadata(&self.path) {
                Ok(_) => fs::remove_file(&self.path),
                Err(_) => Ok(()),
            })
            .and_then(|()| self.make());
        made.map_err(|error| Error::usage(format!("cannot write {}: {error}", self.path.display())))
    }

    #[cfg(unix)]
    fn make(&self) -> std::io::Result<()> {
        // Links are relative, so that the repository can be moved: up to its root, then down to the contract.
        let common = self
            .path
            .ancestors()
            .find(|folder| self.contract.starts_with(folder));
        let inside = |path: &Path| {
            path.strip_prefix(common.unwrap_or(Path::new("")))
                .map(Path::to_owned)
                .unwrap_or_default()
        };
        let up = inside(&self.path)
            .components()
            .skip(1)
            .map(|_| "..")
            .collect::<PathBuf>();
        std::os::unix::fs::symlink(up.join(inside(&self.contract)), &self.path)
    }

    #[cfg(not(unix))]
    fn make(&self) -> std::io::Result<()> {
        fs::copy(&self.contract, &self.path).map(drop)
    }
}
