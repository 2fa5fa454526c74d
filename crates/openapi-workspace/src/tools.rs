//! Where the `openapi-*` crates come from that a written package depends on.

use std::path::Path;

/// A line of `[dependencies]`: the crate of this version from the registry or, in a command that was built from a
/// checkout that is still there, from the checkout.
pub(crate) fn dependency(name: &str, features: &[&str]) -> String {
    let features = match features {
        [] => String::new(),
        features => format!(", features = {features:?}"),
    };
    let version = env!("CARGO_PKG_VERSION");
    match checkout(name) {
        Some(path) => {
            format!("{name} = {{ version = {version:?}, path = {path:?}{features} }}\n")
        }
        None => format!("{name} = {{ version = {version:?}{features} }}\n"),
    }
}

/// The folder of the crate beside this one. A crate of the registry has its siblings' versions in their names.
fn checkout(name: &str) -> Option<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).parent()?.join(name);
    let is_there = folder.join("Cargo.toml").is_file();
    is_there.then(|| folder.display().to_string())
}
