//! Where things are.

use std::env;
use std::path::{Path, PathBuf};

use crate::exit::Stop;

/// The contract, from the root of the repository.
pub(crate) const CONTRACT: &str = "openapi/dingtalk-receipts.yaml";

/// The repository that a command works on.
#[derive(Clone, Debug)]
pub(crate) struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// The repository around the current directory.
    pub(crate) fn find() -> Result<Self, Stop> {
        let here = env::current_dir()
            .map_err(|error| Stop::usage(format!("there is no current directory: {error}")))?;
        let root = here
            .ancestors()
            .find(|folder| folder.join(CONTRACT).is_file());
        match root {
            Some(root) => Ok(Self {
                root: root.to_owned(),
            }),
            None => Err(Stop::usage(format!(
                "{} is not in a repository with a contract ({CONTRACT})",
                here.display()
            ))),
        }
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }
}
