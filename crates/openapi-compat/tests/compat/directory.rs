//! Files of a test, and the command run on them.

use std::path::{Path, PathBuf};

use clap::Parser;
use openapi_compat::command::{Defaults, DiffArgs, Outcome, run};

#[derive(Parser)]
struct Cli {
    #[command(flatten)]
    args: DiffArgs,
}

/// A directory of its own for each test.
pub(crate) struct Directory(PathBuf);

impl Directory {
    pub(crate) fn new(name: &str) -> Self {
        let path =
            std::env::temp_dir().join(format!("openapi-compat-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    pub(crate) fn write(&self, name: &str, text: &str) -> String {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    pub(crate) fn run(
        &self,
        arguments: &[&str],
        defaults: &Defaults<'_>,
    ) -> (Outcome, String, String) {
        let args = Cli::try_parse_from([&["diff"], arguments].concat())
            .unwrap()
            .args;
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let outcome = run(&args, defaults, &mut out, &mut err);
        let clean = |bytes: Vec<u8>| {
            String::from_utf8(bytes)
                .unwrap()
                .replace(&format!("{}/", self.0.display()), "")
        };
        (outcome, clean(out), clean(err))
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
