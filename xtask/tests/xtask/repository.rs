//! A repository that has the contract and what derives from it, and nothing else.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// The contract, from the root of the repository.
pub(crate) const CONTRACT: &str = "openapi/dingtalk-receipts.yaml";

pub(crate) struct Repository {
    folder: TempDir,
}

/// What a command said, and how it ended.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Repository {
    /// A repository whose contract is the one of the first release: it does not change any more.
    pub(crate) fn new() -> Self {
        Self::of("openapi/released/0.1.0.yaml")
    }

    /// A repository whose contract is a file of this one, with all that derives from it, committed.
    pub(crate) fn of(contract: &str) -> Self {
        let repository = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let text = fs::read_to_string(root.join(contract)).unwrap();
        repository.write(CONTRACT, &text);
        repository.write("openapi/released/0.1.0.yaml", &text);
        repository.write("openapi/lint.toml", "profile = \"strict\"\n");
        fs::create_dir_all(repository.path("crates/dingtalk-receipts-api")).unwrap();
        repository.git(&["init", "--quiet"]);
        let regenerated = repository.run(&["regen", "--no-round-trip"]);
        assert_eq!(
            regenerated.code, 0,
            "{}{}",
            regenerated.stdout, regenerated.stderr
        );
        repository.commit();
        repository
    }

    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join(file)
    }

    pub(crate) fn read(&self, file: &str) -> String {
        fs::read_to_string(self.path(file)).unwrap()
    }

    pub(crate) fn write(&self, file: &str, text: &str) {
        let path = self.path(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Replaces a text that must be there, once.
    #[track_caller]
    pub(crate) fn edit(&self, file: &str, from: &str, to: &str) {
        let text = self.read(file);
        assert!(text.contains(from), "{from:?} is not in {file}");
        self.write(file, &text.replacen(from, to, 1));
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Outcome {
        self.run_with(arguments, &[])
    }

    pub(crate) fn run_with(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Outcome {
        run_in(self.folder.path(), arguments, environment)
    }

    pub(crate) fn git(&self, arguments: &[&str]) -> String {
        let output = Command::new("git")
            .args([
                "-c",
                "user.name=t",
                "-c",
                "user.email=t@example.org",
                "-c",
                "core.hooksPath=/dev/null",
            ])
            .args(arguments)
            .current_dir(self.folder.path())
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).unwrap()
    }

    pub(crate) fn commit(&self) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", "state"]);
    }

    /// The files that differ from what is committed.
    pub(crate) fn changed(&self) -> Vec<String> {
        let status = self.git(&["status", "--porcelain", "--untracked-files=all"]);
        status.lines().map(|line| line[3..].to_owned()).collect()
    }
}

/// Runs the command in a folder.
pub(crate) fn run_in(folder: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Outcome {
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("NO_COLOR")
        .envs(environment.iter().copied())
        .output()
        .unwrap();
    Outcome {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Compares an output with a file; `EXPECTORATE=overwrite` writes the file.
pub(crate) fn golden(name: &str, text: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/xtask/golden");
    expectorate::assert_contents(folder.join(name), text);
}
