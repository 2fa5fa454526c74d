//! The command on what is given to it as a document.

use std::io::{ErrorKind, Write as _};
use std::process::{Command, Stdio};

use openapi_compat::command::Defaults;

use crate::directory::Directory;

const DOCUMENT: &str = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\n";

#[test]
fn standard_input_is_a_document() {
    let directory = Directory::new("stdin");
    let base = directory.write("base.yaml", DOCUMENT);
    let with_input = |arguments: &[&str], input: &str| {
        let mut child = Command::new(env!("CARGO_BIN_EXE_openapi-compat"))
            .current_dir(directory.path())
            .arg("diff")
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A command that refuses its arguments ends without reading.
        if let Err(error) = child.stdin.take().unwrap().write_all(input.as_bytes()) {
            assert_eq!(error.kind(), ErrorKind::BrokenPipe, "{error}");
        }
        let output = child.wait_with_output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (
            output.status.code(),
            text(output.stdout),
            text(output.stderr),
        )
    };
    let moved = DOCUMENT.replace(
        "paths: {}",
        "servers: [{url: /v2}]\npaths: {/a: {$ref: a.yaml}}",
    );
    directory.write("a.yaml", "get: {responses: {'200': {description: ok}}}");
    let (code, out, err) = with_input(&[&base, "-"], DOCUMENT);
    assert_eq!(
        (code, out.as_str(), err.as_str()),
        (Some(0), "no changes\n", "")
    );
    let (code, out, _) = with_input(&["-", &base], &moved);
    assert_eq!(code, Some(1), "{out}");
    assert!(
        out.contains("GET /a") && out.contains("    a.yaml:1:1"),
        "{out}"
    );
    let (code, _, err) = with_input(&[&base, "-"], "{\"openapi\": ");
    assert_eq!(code, Some(2));
    assert!(err.starts_with("error: stdin:1:12: not JSON"), "{err}");
    let (code, _, err) = with_input(&["-", "-"], DOCUMENT);
    assert_eq!(code, Some(2));
    assert!(err.contains("both documents are standard input"), "{err}");
}

#[test]
fn what_is_no_document_says_what_it_is_and_what_to_do() {
    let directory = Directory::new("inputs");
    let base = directory.write("base.yaml", DOCUMENT);
    let bytes = |name: &str, bytes: &[u8]| {
        let path = directory.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let folder = directory.path().to_str().unwrap().to_owned();
    for (input, said) in [
        (folder, "this is a directory\n  help: give the file in it"),
        (
            bytes("empty.yaml", b""),
            "empty.yaml:1:1: the document is empty\n  help: an OpenAPI document begins",
        ),
        (
            bytes("latin1.yaml", b"a: caf\xe9"),
            "latin1.yaml:1:7: not UTF-8 text\n  help: save the file as UTF-8",
        ),
        (
            bytes("utf16.yaml", b"\xff\xfea\0:\0"),
            "utf16.yaml: UTF-16 text, not UTF-8\n",
        ),
        (
            bytes("two.yaml", b"openapi: 3.0.3\n---\na: 1\n"),
            "two.yaml:2:1: a second YAML document",
        ),
        (
            bytes(
                "twice.json",
                b"{\"openapi\": \"3.0.3\",\n \"openapi\": \"3.0.3\"}",
            ),
            "twice.json:2:2: the key `openapi` is there twice",
        ),
        (
            bytes("comment.json", b"{\n// c\n\"openapi\": \"3.0.3\"}"),
            "comment.json:2:1: not JSON: comments are not allowed\n  help: take",
        ),
        (
            bytes("swagger.yaml", b"swagger: '2.0'"),
            "swagger.yaml:1:1: this is Swagger 2.0; convert both",
        ),
        (
            bytes("none.yaml", b"paths: {}"),
            "none.yaml:1:1: `openapi` is missing",
        ),
        (
            "https://example.com/api.yaml".to_owned(),
            "give --allow-url",
        ),
        ("git:HEAD".to_owned(), "git:HEAD: expected git:REV:path"),
        (
            "git::a.yaml".to_owned(),
            "git::a.yaml: expected git:REV:path",
        ),
        ("ftp://example.com/a".to_owned(), "ftp://example.com/a: "),
    ] {
        for pair in [[&base, &input], [&input, &base]] {
            let (outcome, out, err) =
                directory.run(&pair.map(String::as_str), &Defaults::default());
            assert_eq!((outcome.code(), out.as_str()), (2, ""), "{input}");
            assert!(
                err.starts_with("error: ") && err.contains(said),
                "{said}: {err}"
            );
        }
    }
}

#[test]
fn yaml_as_people_write_it_is_the_same_as_json() {
    let directory = Directory::new("spellings");
    let yaml = "\u{feff}---\r\nopenapi: 3.0.3\r\ninfo: {title: on, version: 1.0.0}\r\n\
                x-common: &ok\r\n  description: ok\r\npaths:\r\n  /a:\r\n    get:\r\n      responses:\r\n        \
                200: *ok\r\n        404: {<<: *ok, description: no}\r\n        default:\r\n          <<: *ok\r\n          \
                content: {application/json: {schema: {type: object, example: {on: 2024-01-01, no: 1e3, 1: [\r\n  x\r\n]}}}}\r\n";
    let json = r#"{"openapi": "3.0.3", "info": {"title": "on", "version": "1.0.0"}, "x-common": {"description": "ok"},
        "paths": {"/a": {"get": {"responses": {"200": {"description": "ok"}, "404": {"description": "no"},
        "default": {"description": "ok", "content": {"application/json": {"schema": {"type": "object",
        "example": {"on": "2024-01-01", "no": 1000.0, "1": ["x"]}}}}}}}}}}"#;
    let (yaml, json) = (
        directory.write("a.yaml", yaml),
        directory.write("a.json", json),
    );
    let (_, out, err) = directory.run(&[&yaml, &json], &Defaults::default());
    assert_eq!((out.as_str(), err.as_str()), ("no changes\n", ""));
}
