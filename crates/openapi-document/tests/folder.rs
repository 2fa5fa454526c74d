//! Files of the file system, and no others than those of the folder.

#![expect(clippy::unwrap_used, reason = "helpers of tests may fail a test")]

use std::path::PathBuf;

use openapi_document::{Cause, Folder, Source, bundle};

/// A directory of its own for each test.
struct Directory(PathBuf);

impl Directory {
    fn new(name: &str) -> Self {
        let path =
            std::env::temp_dir().join(format!("openapi-document-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn files_of_the_folder_are_read_and_others_are_not() {
    let directory = Directory::new("limits");
    let document = directory.write(
        "api/openapi.yaml",
        "paths: {/a: {$ref: paths/a.yaml}, /b: {$ref: ../secret.yaml}, /c: {$ref: paths}, /d: {$ref: 'http://x.y/z.yaml'}}",
    );
    directory.write("api/paths/a.yaml", "get: {}");
    directory.write("secret.yaml", "get: {}");

    let source = Source::read_bundled(&document).unwrap();
    assert_eq!(
        source.value()["paths"]["/a"],
        serde_json::json!({"get": {}})
    );
    let unresolved = source.unresolved();
    let reasons: Vec<_> = unresolved
        .iter()
        .map(|one| (one.cause, one.reason.as_str()))
        .collect();
    assert_eq!(reasons.len(), 3, "{reasons:?}");
    assert!(
        reasons[0].1.contains("is outside of the folder"),
        "{reasons:?}"
    );
    assert!(
        reasons[0]
            .1
            .ends_with("move it into the folder, or allow a wider one")
    );
    assert!(
        reasons[1].1.contains("paths: this is a directory"),
        "{reasons:?}"
    );
    assert!(
        reasons[2].0 == Cause::Url && reasons[2].1.contains("keep a copy"),
        "{reasons:?}"
    );

    let wide = bundle(
        Source::read(&document).unwrap(),
        document.to_str().unwrap(),
        &mut Folder::new(&directory.0),
    );
    assert_eq!(wide.value()["paths"]["/b"], serde_json::json!({"get": {}}));
    assert_eq!(wide.files().len(), 2);
}

#[cfg(unix)]
#[test]
fn links_do_not_lead_out_of_the_folder() {
    let directory = Directory::new("links");
    let secret = directory.write("secret.yaml", "get: {}");
    let document = directory.write("api/openapi.yaml", "paths: {/a: {$ref: link.yaml}}");
    std::os::unix::fs::symlink(secret, directory.0.join("api/link.yaml")).unwrap();
    let source = Source::read_bundled(&document).unwrap();
    assert_eq!(source.unresolved().len(), 1);
    assert_eq!(source.unresolved()[0].cause, Cause::File);
}
