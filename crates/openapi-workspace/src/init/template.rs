//! The files of a new workspace.

use crate::tools::dependency;

/// What is filled into the files.
pub(super) struct Values<'a> {
    /// The name of the workspace and of its packages.
    pub(super) name: &'a str,
    /// The title of the document, in one line.
    pub(super) title: &'a str,
    /// The lint profile.
    pub(super) profile: &'a str,
    /// Whether the bindings may leave anything out.
    pub(super) is_lenient: bool,
}

/// The files: path from the root, and template. `{{name}}` is filled into both.
const FILES: [(&str, &str); 18] = [
    ("Cargo.toml", include_str!("../../template/Cargo.toml.tmpl")),
    (
        ".cargo/config.toml",
        include_str!("../../template/cargo-config.toml.tmpl"),
    ),
    (".gitignore", include_str!("../../template/gitignore.tmpl")),
    (
        ".gitattributes",
        include_str!("../../template/gitattributes.tmpl"),
    ),
    (
        ".github/workflows/ci.yml",
        include_str!("../../template/ci.yml.tmpl"),
    ),
    ("README.md", include_str!("../../template/README.md.tmpl")),
    (
        "crates/{{name}}-bindings/Cargo.toml",
        include_str!("../../template/bindings/Cargo.toml.tmpl"),
    ),
    (
        "crates/{{name}}-bindings/build.rs",
        include_str!("../../template/bindings/build.rs.tmpl"),
    ),
    (
        "crates/{{name}}-bindings/src/lib.rs",
        include_str!("../../template/bindings/lib.rs.tmpl"),
    ),
    (
        "crates/{{name}}/Cargo.toml",
        include_str!("../../template/client/Cargo.toml.tmpl"),
    ),
    (
        "crates/{{name}}/src/lib.rs",
        include_str!("../../template/client/lib.rs.tmpl"),
    ),
    (
        "crates/{{name}}/src/client.rs",
        include_str!("../../template/client/client.rs.tmpl"),
    ),
    (
        "crates/{{name}}/src/pages.rs",
        include_str!("../../template/client/pages.rs.tmpl"),
    ),
    (
        "crates/{{name}}/tests/client.rs",
        include_str!("../../template/client/tests.rs.tmpl"),
    ),
    (
        "xtask/Cargo.toml",
        include_str!("../../template/xtask/Cargo.toml.tmpl"),
    ),
    (
        "xtask/src/main.rs",
        include_str!("../../template/xtask/main.rs.tmpl"),
    ),
    (
        "openapi/lint.toml",
        include_str!("../../template/lint.toml.tmpl"),
    ),
    (
        "openapi/accepted-changes.toml",
        include_str!("../../template/accepted-changes.toml.tmpl"),
    ),
];

/// The files with everything filled in: path from the root, and text.
pub(super) fn files(values: &Values<'_>) -> Vec<(String, String)> {
    let generate = if values.is_lenient {
        "BuildScript::new(\"openapi/{{name}}.yaml\")\n        .lenient()\n        .run()"
    } else {
        "build_script(\"openapi/{{name}}.yaml\")"
    };
    let fill = |template: &str| {
        let mut text = template
            .replace("{{generate}}", generate)
            .replace("{{name}}", values.name)
            .replace("{{crate}}", &values.name.replace('-', "_"))
            .replace("{{title}}", values.title)
            .replace("{{profile}}", values.profile);
        for tool in ["openapi-codegen", "openapi-runtime", "openapi-workspace"] {
            text = text.replace(&format!("{{{{{tool}}}}}"), &dependency(tool, &[]));
        }
        text
    };
    FILES
        .iter()
        .map(|(path, template)| (fill(path), fill(template)))
        .collect()
}
