//! What a project consists of: its contract, and what belongs to it.

use std::env;
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::step::{self, Step};
use crate::workspace::Workspace;

/// The folder of the contract, from the root of a project that does not say where its contract is.
const FOLDER: &str = "openapi";

/// What the tasks are to know of a project. Paths are from its root.
///
/// Everything has a default: the contract is the one YAML document in the folder `openapi` of the nearest folder above
/// that has one, and what derives from it goes beside it.
///
/// ```
/// use openapi_workspace::{Project, Step};
///
/// let project = Project::new("cargo xtask")
///     .contract("openapi/pets.yaml")
///     .link("crates/pets-api/openapi/pets.yaml")
///     .package("pets-api")
///     .step(Step::cargo("wasm", "the browser", &["check", "--target", "wasm32-unknown-unknown"]));
/// ```
#[derive(Debug)]
pub struct Project {
    pub(crate) command: &'static str,
    contract: Option<PathBuf>,
    pub(crate) error_reference: Option<PathBuf>,
    pub(crate) links: Vec<PathBuf>,
    pub(crate) package: Option<String>,
    pub(crate) steps: Vec<Step>,
}

impl Project {
    /// A project whose tasks are run as `command`, which messages name: `cargo xtask`.
    #[must_use]
    pub fn new(command: &'static str) -> Self {
        Self {
            command,
            contract: None,
            error_reference: None,
            links: Vec::new(),
            package: None,
            steps: step::defaults(),
        }
    }

    /// The contract. Defaults to the only YAML document in the folder `openapi`.
    #[must_use]
    pub fn contract(mut self, path: &str) -> Self {
        self.contract = Some(path.into());
        self
    }

    /// Where the reference of the error codes goes, if the contract has an error catalog. Defaults to a file beside
    /// the contract.
    #[must_use]
    pub fn error_reference(mut self, path: &str) -> Self {
        self.error_reference = Some(path.into());
        self
    }

    /// Adds a symbolic link to the contract in the folder of a crate that builds from it, since a published crate
    /// carries all that it builds from.
    #[must_use]
    pub fn link(mut self, path: &str) -> Self {
        self.links.push(path.into());
        self
    }

    /// The package that `watch` builds after a save. Defaults to the whole workspace.
    #[must_use]
    pub fn package(mut self, name: &str) -> Self {
        self.package = Some(name.to_owned());
        self
    }

    /// Adds a step to `ci`, after those that are there.
    #[must_use]
    pub fn step(mut self, step: Step) -> Self {
        self.steps.push(step);
        self
    }

    /// The project around the current folder, with `spec` instead of its contract if there is one.
    ///
    /// # Errors
    /// If there is neither a contract nor a `spec`.
    pub fn open(self, spec: Option<PathBuf>) -> Result<Workspace, Error> {
        let here = env::current_dir()
            .map_err(|error| Error::usage(format!("there is no current folder: {error}")))?;
        let found = here.ancestors().find_map(|folder| {
            self.contract_in(folder)
                .transpose()
                .map(|contract| contract.map(|contract| (folder.to_owned(), contract)))
        });
        let (root, contract) = match (found, &spec) {
            (Some(Ok((root, contract))), _) => (root, Some(contract)),
            (Some(Err(_)) | None, Some(_)) => (here.clone(), None),
            (Some(Err(error)), None) => return Err(error),
            (None, None) => {
                let contract = self.contract.as_deref().unwrap_or(Path::new(FOLDER));
                return Err(Error::usage(format!(
                    "{} is not in a project with a contract ({}); name a document with --spec",
                    here.display(),
                    contract.display()
                )));
            }
        };
        // Paths are shown as they are used, so they are short where they can be.
        let root = if root == here { PathBuf::new() } else { root };
        Ok(Workspace::new(self, root, contract, spec))
    }

    /// The contract of the project whose root is `folder`, from there.
    fn contract_in(&self, folder: &Path) -> Result<Option<PathBuf>, Error> {
        if let Some(contract) = &self.contract {
            return Ok(folder.join(contract).is_file().then(|| contract.clone()));
        }
        let Ok(entries) = folder.join(FOLDER).read_dir() else {
            return Ok(None);
        };
        let is_yaml = |path: &PathBuf| {
            path.extension()
                .is_some_and(|it| it == "yaml" || it == "yml")
        };
        let mut documents: Vec<_> = entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| is_yaml(path) && path.is_file())
            .filter_map(|path| Some(Path::new(FOLDER).join(path.file_name()?)))
            .collect();
        documents.sort();
        match documents.as_slice() {
            [] => Ok(None),
            [contract] => Ok(Some(contract.clone())),
            several => {
                let names: Vec<_> = several.iter().map(|it| it.display().to_string()).collect();
                Err(Error::usage(format!(
                    "{} has several documents ({}); name one with --spec",
                    folder.display(),
                    names.join(", ")
                )))
            }
        }
    }
}
