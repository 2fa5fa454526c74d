//! Where things are.

use std::env;
use std::path::{Path, PathBuf};

use openapi_document::{Source, SourceError};

use crate::exit::Stop;

/// The contract, from the root of the repository.
const CONTRACT: &str = "openapi/dingtalk-receipts.yaml";

/// The error reference in the wrapper's documentation, from the root of the repository.
const REFERENCE: &str = "crates/dingtalk-receipts/src/error/reference.md";

/// The places from which packages read the contract: links to it.
const LINKS: [&str; 3] = [
    "crates/dingtalk-receipts-api/openapi/dingtalk-receipts.yaml",
    "crates/dingtalk-receipts-sandbox/openapi/dingtalk-receipts.yaml",
    "xtask/round-trip/openapi/dingtalk-receipts.yaml",
];

/// The repository that a command works on.
#[derive(Clone, Debug)]
pub(crate) struct Workspace {
    root: PathBuf,
    /// A document that is not the contract.
    spec: Option<PathBuf>,
}

impl Workspace {
    /// The repository around the current directory, or a document of anybody's.
    pub(crate) fn find(spec: Option<PathBuf>) -> Result<Self, Stop> {
        let here = env::current_dir()
            .map_err(|error| Stop::usage(format!("there is no current directory: {error}")))?;
        let root = here
            .ancestors()
            .find(|folder| folder.join(CONTRACT).is_file());
        match (root, &spec) {
            // Paths are shown as they are used, so they are short where they can be.
            (Some(root), _) if root == here => Ok(Self {
                root: PathBuf::new(),
                spec,
            }),
            (Some(root), _) => Ok(Self {
                root: root.to_owned(),
                spec,
            }),
            (None, Some(_)) => Ok(Self {
                root: PathBuf::new(),
                spec,
            }),
            (None, None) => Err(Stop::usage(format!(
                "{} is not in a repository with a contract ({CONTRACT}); name a document with --spec",
                here.display()
            ))),
        }
    }

    /// The root of the repository, as a folder that a command can be run in.
    pub(crate) fn root(&self) -> &Path {
        if self.root.as_os_str().is_empty() {
            Path::new(".")
        } else {
            &self.root
        }
    }

    /// Whether the document is the repository's own contract.
    pub(crate) fn is_contract(&self) -> bool {
        self.spec.is_none()
    }

    /// The document that the command is about.
    pub(crate) fn document(&self) -> PathBuf {
        self.spec
            .clone()
            .unwrap_or_else(|| self.root.join(CONTRACT))
    }

    /// Reads the document, named as a person in the repository names it.
    pub(crate) fn read(&self) -> Result<Source, SourceError> {
        let path = self.document();
        match std::fs::read_to_string(&path) {
            Ok(text) => Source::parse(self.name(&path), text),
            // Why it cannot be read is said there.
            Err(_) => Source::read(&path),
        }
    }

    /// A path as it is shown: from the root of the repository where it is inside.
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
        let document = self.document();
        match self.spec {
            None => document.with_file_name("bindings.rs"),
            Some(_) => document.with_extension("bindings.rs"),
        }
    }

    /// Where the error reference goes.
    pub(crate) fn reference(&self) -> PathBuf {
        match self.spec {
            None => self.root.join(REFERENCE),
            Some(_) => self.document().with_extension("errors.md"),
        }
    }

    /// Where what is known to get lost in the generated types is listed.
    pub(crate) fn losses(&self) -> PathBuf {
        match self.spec {
            None => self.root.join("openapi/codegen-losses.toml"),
            Some(_) => self.document().with_extension("losses.toml"),
        }
    }

    /// The contract as each release shipped it.
    pub(crate) fn released(&self) -> PathBuf {
        self.root.join("openapi/released")
    }

    /// The breaking changes that were accepted on purpose.
    pub(crate) fn accepted(&self) -> PathBuf {
        self.root.join("openapi/accepted-changes.toml")
    }

    /// The links through which published crates carry the contract; of crates that are there.
    pub(crate) fn links(&self) -> Vec<PathBuf> {
        let links = LINKS
            .iter()
            .filter(|_| self.is_contract())
            .map(|link| self.root.join(link));
        links
            .filter(|link| link.ancestors().nth(2).is_some_and(Path::is_dir))
            .collect()
    }
}
