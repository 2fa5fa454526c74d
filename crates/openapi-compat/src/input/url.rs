//! What stands at a URL, read with `curl`: it is there where `git` is, knows the proxies and
//! certificates of its machine, and costs those nothing who compare files.

use std::process::Command;

use openapi_document::{Files, Source, is_url};

/// How long one URL may take, in seconds.
const MAX_TIME: &str = "30";

/// How much one URL may have, in bytes: 64 MiB.
const MAX_BYTES: &str = "67108864";

/// Files, and what stands at URLs if that is allowed.
pub(super) struct OrFiles<F> {
    pub(super) urls: bool,
    pub(super) files: F,
}

impl<F: Files> Files for OrFiles<F> {
    fn read(&mut self, path: &str) -> Result<Source, String> {
        if !is_url(path) {
            return self.files.read(path);
        }
        if !self.urls {
            return Err(
                "it is a URL, which is not read; give --allow-url to have URLs read, or keep a \
                 copy of the file beside the document"
                    .to_owned(),
            );
        }
        Source::parse_bytes(path, read(path)?).map_err(|error| error.to_string())
    }
}

/// No files: those beside a document that came from a URL are URLs too.
pub(super) struct Nothing;

impl Files for Nothing {
    fn read(&mut self, path: &str) -> Result<Source, String> {
        Err(format!("{path} is no URL"))
    }
}

/// The body that a URL has.
pub(super) fn read(url: &str) -> Result<Vec<u8>, String> {
    let scheme = url.split_once("://").map(|(scheme, _)| scheme);
    if !scheme.is_some_and(|scheme| ["http", "https"].contains(&scheme)) {
        return Err("only URLs that begin with http:// or https:// are read".to_owned());
    }
    let output = Command::new("curl")
        .args(["--fail", "--silent", "--show-error", "--location"])
        .args([
            "--proto",
            "=http,https",
            "--proto-redir",
            "=http,https",
            "--globoff",
        ])
        .args(["--max-time", MAX_TIME, "--max-filesize", MAX_BYTES])
        .arg(url)
        .output()
        .map_err(|error| format!("cannot run curl, which reads URLs: {error}"))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.lines().next().unwrap_or("it says nothing");
    Err(format!("curl cannot read {url}: {said}"))
}
