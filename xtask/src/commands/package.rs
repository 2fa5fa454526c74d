//! The step `package` of `ci`: every crate is packed and built from its package alone.
//!
//! cargo builds a package against the packages of this workspace that it depends on, and takes what it has of them by
//! name and version. After a change without a new version that is the old one. So where packages were built before, a
//! target folder of its own is used, and left to nobody.

use std::path::PathBuf;

use crate::commands::ci;
use crate::exit::Stop;
use crate::output::Output;
use crate::workspace::Workspace;

pub(crate) fn run(workspace: &Workspace, out: &mut Output<'_>) -> Result<bool, Stop> {
    let target = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| workspace.root().join("target"), PathBuf::from);
    let arguments = ["package", "--workspace", "--allow-dirty"];
    if !target.join("package").exists() {
        return ci::cargo(&arguments, &[], workspace, out);
    }
    let fresh = tempfile::Builder::new()
        .prefix("package-")
        .tempdir_in(&target)?;
    let fresh = fresh.path().display().to_string();
    ci::cargo(
        &[arguments.as_slice(), &["--target-dir", &fresh]].concat(),
        &[],
        workspace,
        out,
    )
}
