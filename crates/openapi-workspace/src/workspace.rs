//! Where things are in the project that a command works on.

use std::path::{Path, PathBuf};
use std::{fs, io};

use openapi_document::{Source, SourceError};
use openapi_lint::Config;

use crate::error::Error;
use crate::project::Project;

/// A project that was found, and the document in it that a command is about.
#[derive(Debug)]
pub struct Workspace {
    project: Project,
    /// Empty if it is the current folder.
    root: PathBuf,
    /// From the root; `None` only if there is a `spec`.
    contract: Option<PathBuf>,
    /// A document that is not the contract.
    spec: Option<PathBuf>,
}

impl Workspace {
    pub(crate) fn new(
        project: Project,
        root: PathBuf,
        contract: Option<PathBuf>,
        spec: Option<PathBuf>,
    ) -> Self {
        Self {
            project,
            root,
            contract,
            spec,
        }
    }

    pub(crate) fn project(&self) -> &Project {
        &self.project
    }

    /// The root of the project, as a folder that a command can be run in.
    #[must_use]
    pub fn root(&self) -> &Path {
        if self.root.as_os_str().is_empty() {
            Path::new(".")
        } else {
            &self.root
        }
    }

    /// Where cargo builds.
    #[must_use]
    pub fn target(&self) -> PathBuf {
        let directory = std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into());
        self.root().join(directory)
    }

    /// Whether the document is the project's own contract.
    pub(crate) fn is_contract(&self) -> bool {
        self.spec.is_none()
    }

    /// The document that the command is about.
    pub(crate) fn document(&self) -> PathBuf {
        match (&self.spec, &self.contract) {
            (Some(spec), _) => spec.clone(),
            (None, contract) => self.root.join(contract.as_deref().unwrap_or(Path::new(""))),
        }
    }

    /// Reads the document, named as a person in the project names it.
    pub(crate) fn read(&self) -> Result<Source, SourceError> {
        let path = self.document();
        match std::fs::read_to_string(&path) {
            Ok(text) => Source::parse(self.name(&path), text),
            // Its error says why the file cannot be read.
            Err(_) => Source::read(&path),
        }
    }

    /// A path as it is shown: from the root of the project where it is inside.
    pub(crate) fn name(&self, path: &Path) -> String {
        path.strip_prefix(&self.root)
            .unwrap_or(path)
            .display()
            .to_string()
    }

    /// Where the canonical JSON of the document goes. `None`: the document is JSON itself.
    pub(crate) fn canonical(&self) -> Option<PathBuf> {
        let document = self.document();
        let canonical = document.with_extension("json");
        (canonical != document).then_some(canonical)
    }

    /// Where the public surface of the generated code goes.
    pub(crate) fn surface(&self) -> PathBuf {
        self.beside("bindings.rs")
    }

    /// Where the error reference goes.
    pub(crate) fn reference(&self) -> PathBuf {
        match &self.project.error_reference {
            Some(path) if self.is_contract() => self.root.join(path),
            _ => self.beside("errors.md"),
        }
    }

    /// Where the known losses of the generated types are listed.
    pub(crate) fn losses(&self) -> PathBuf {
        if self.is_contract() {
            self.beside("codegen-losses.toml")
        } else {
            self.beside("losses.toml")
        }
    }

    /// A file of the contract's folder; of another document, one that has its name.
    fn beside(&self, name: &str) -> PathBuf {
        let document = self.document();
        if self.is_contract() {
            document.with_file_name(name)
        } else {
            document.with_extension(name)
        }
    }

    /// The contract as each release shipped it.
    pub(crate) fn released(&self) -> PathBuf {
        self.contract_folder().join("released")
    }

    /// The breaking changes that were accepted on purpose.
    pub(crate) fn accepted(&self) -> PathBuf {
        self.contract_folder().join("accepted-changes.toml")
    }

    /// Which lint rules apply.
    ///
    /// # Errors
    /// If the file that says so cannot be read, or is wrong.
    pub(crate) fn lint_config(&self) -> Result<Config, Error> {
        let path = self.contract_folder().join("lint.toml");
        let name = self.name(&path);
        match fs::read_to_string(&path) {
            Ok(text) => text
                .parse()
                .map_err(|error| Error::findings(format!("{name}: {error}"))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Config::default()),
            Err(error) => Err(Error::usage(format!("cannot read {name}: {error}"))),
        }
    }

    fn contract_folder(&self) -> PathBuf {
        let contract = match &self.contract {
            Some(contract) => self.root.join(contract),
            None => self.document(),
        };
        contract.parent().unwrap_or(Path::new("")).to_owned()
    }

    /// The links through which published crates carry the contract; of crates that are there.
    pub(crate) fn links(&self) -> Vec<PathBuf> {
        let links = self
            .project
            .links
            .iter()
            .filter(|_| self.is_contract())
            .map(|link| self.root.join(link));
        links
            .filter(|link| link.ancestors().nth(2).is_some_and(Path::is_dir))
            .collect()
    }
}
