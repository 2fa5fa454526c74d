//! The command on documents that are split into files.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::process::{Command, Output};

use openapi_compat::command::{Defaults, Outcome};

use crate::directory::Directory;

const DOCUMENT: &str = "\
openapi: 3.0.3
info: {title: t, version: 1.0.0}
paths:
  /pets:
    $ref: paths/pets.yaml
components:
  schemas:
    Pet:
      $ref: 'models/pet.yaml#/Pet'
";

const PETS: &str = "\
get:
  operationId: pets
  responses:
    '200':
      description: ok
      content:
        application/json:
          schema:
            type: array
            items: {$ref: '../api.yaml#/components/schemas/Pet'}
";

const PET: &str = "\
Pet:
  type: object
  required: [id]
  properties:
    id: {$ref: 'types.yaml#/Id'}
    mother: {$ref: '#/Pet'}
";

const TYPES: &str = "Id:\n  type: integer\n";

/// The document of these tests in a folder.
fn write(directory: &Directory, folder: &str) -> String {
    directory.write(&format!("{folder}/paths/pets.yaml"), PETS);
    directory.write(&format!("{folder}/models/pet.yaml"), PET);
    directory.write(&format!("{folder}/models/types.yaml"), TYPES);
    directory.write(&format!("{folder}/api.yaml"), DOCUMENT)
}

fn diff(directory: &Directory, arguments: &[&str]) -> (Outcome, String) {
    let (outcome, out, err) = directory.run(arguments, &Defaults::default());
    assert_eq!(err, "");
    (outcome, out)
}

/// The binary in a directory, since git's paths are relative to the current one.
fn run_in(directory: &Directory, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_openapi-compat"))
        .current_dir(directory.path())
        .arg("diff")
        .args(arguments)
        .output()
        .unwrap()
}

#[test]
fn a_type_that_changed_in_a_referenced_file_is_breaking() {
    let directory = Directory::new("foreign-type");
    let (base, revision) = (write(&directory, "old"), write(&directory, "new"));
    assert_eq!(
        diff(&directory, &[&base, &revision]),
        (Outcome::Clean, "no changes\n".to_owned())
    );

    directory.write("new/models/types.yaml", "# ids\nId:\n  type: string\n");
    let (outcome, out) = diff(&directory, &[&base, &revision]);
    assert_eq!(outcome.code(), 1);
    assert!(out.contains("breaking: GET /pets"), "{out}");
    assert!(
        out.contains("    old/models/types.yaml:2:3\n        2 - type: integer"),
        "{out}"
    );
    assert!(
        out.contains("    new/models/types.yaml:3:3\n        3 + type: string"),
        "{out}"
    );
    for (format, place) in [
        ("json", "\"file\": \"FOLDER/new/models/types.yaml\""),
        ("markdown", "| FOLDER/new/models/types.yaml:3 |"),
        ("github", "file=FOLDER/new/models/types.yaml,line=3,"),
        ("junit", "\"FOLDER/new/models/types.yaml:3\""),
        ("sarif", "\"uri\": \"FOLDER/new/models/types.yaml\""),
    ] {
        let (_, out) = diff(&directory, &[&base, &revision, "--format", format]);
        assert!(
            out.contains(&place.replace("FOLDER/", "")),
            "{format}: {out}"
        );
    }
}

#[test]
fn a_document_in_one_file_and_in_several_is_the_same() {
    let directory = Directory::new("split");
    let split = write(&directory, "split");
    let whole = directory.write(
        "whole.yaml",
        "openapi: 3.0.3\ninfo: {title: t, version: 1.0.0}\npaths: {/pets: {get: {operationId: pets, responses: {'200': \
         {description: ok, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}}}}}}\n\
         components: {schemas: {Pet: {type: object, required: [id], properties: {id: {$ref: '#/components/schemas/Id'}, \
         mother: {$ref: '#/components/schemas/Pet'}}}, Id: {type: integer}}}\n",
    );
    for pair in [[&split, &whole], [&whole, &split]] {
        assert_eq!(
            diff(&directory, &pair.map(String::as_str)).1,
            "no changes\n"
        );
    }
}

#[test]
fn a_file_that_is_missing_fails_even_if_both_documents_name_it() {
    let directory = Directory::new("missing");
    let base = write(&directory, "api");
    std::fs::remove_file(directory.path().join("api/models/types.yaml")).unwrap();
    let (outcome, out) = diff(&directory, &[&base, &base]);
    assert_eq!(outcome, Outcome::Findings);
    assert!(
        out.contains("`types.yaml#/Id` is in another file that was not read"),
        "{out}"
    );
    assert!(out.contains("api/models/pet.yaml:5:5"), "{out}");
    assert!(out.contains("cannot read the file"), "{out}");
    let (outcome, _) = diff(&directory, &[&base, &base, "--fail-on", "breaking"]);
    assert_eq!(outcome, Outcome::Clean);
}

#[test]
fn a_reference_to_nothing_fails_even_if_both_documents_have_it() {
    let directory = Directory::new("nothing");
    let base = write(&directory, "api");
    directory.write("api/models/types.yaml", "Identity: {type: string}\n");
    let (outcome, out) = diff(&directory, &[&base, &base]);
    assert_eq!(outcome, Outcome::Findings);
    let words: Vec<_> = out.split_whitespace().collect();
    let said = "`types.yaml#/Id` leads to nothing, so what it describes could not be compared: \
                `api/models/types.yaml` has nothing at `#/Id`; correct one of them";
    assert!(words.join(" ").contains(said), "{out}");
}

#[test]
fn files_outside_of_the_folder_are_read_if_root_allows_it() {
    let directory = Directory::new("outside");
    let base = write(&directory, "api");
    directory.write(
        "api/models/pet.yaml",
        &PET.replace("types.yaml", "../../common/types.yaml"),
    );
    directory.write("common/types.yaml", TYPES);
    let (outcome, out) = diff(&directory, &[&base, &base]);
    assert_eq!(outcome, Outcome::Findings);
    assert!(
        out.contains("outside of the folder") && out.contains("--root"),
        "{out}"
    );
    let root = directory.path().to_str().unwrap();
    let (outcome, out) = diff(&directory, &[&base, &base, "--root", root]);
    assert_eq!((outcome, out.as_str()), (Outcome::Clean, "no changes\n"));
}

#[test]
fn files_of_a_revision_come_from_that_revision() {
    let directory = Directory::new("git-files");
    write(&directory, "api");
    directory.write("common/types.yaml", TYPES);
    let git = |arguments: &[&str]| {
        let output = Command::new("git")
            .current_dir(directory.path())
            .args(["-c", "user.name=t", "-c", "user.email=t@example.com"])
            .args(arguments)
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
    };
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-q", "-m", "one"]);
    directory.write("api/models/types.yaml", &TYPES.replace("integer", "string"));

    let output = run_in(&directory, &["git:HEAD:api/api.yaml", "api/api.yaml"]);
    let out = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{out}");
    assert!(out.contains("git:HEAD:api/models/types.yaml:2:3"), "{out}");
    assert!(out.contains("    api/models/types.yaml:2:3"), "{out}");
    let output = run_in(
        &directory,
        &["git:HEAD:api/api.yaml", "git:HEAD:api/api.yaml"],
    );
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "no changes\n");

    let outside = PET.replace("types.yaml", "../../common/types.yaml");
    directory.write("api/models/pet.yaml", &outside);
    git(&["add", "."]);
    git(&["commit", "-q", "-m", "two"]);
    let arguments = [
        "git:HEAD:api/api.yaml",
        "git:HEAD:api/api.yaml",
        "--root",
        ".",
    ];
    let output = run_in(&directory, &arguments[..2]);
    let out = String::from_utf8(output.stdout).unwrap();
    assert!(out.contains("git:HEAD:api/models/pet.yaml:5:5"), "{out}");
    assert!(out.contains("--root"), "{out}");
    let output = run_in(&directory, &arguments);
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "no changes\n");
}

#[test]
fn a_url_is_an_unknown_unless_it_may_be_read() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let url = format!("http://{address}/types.yaml#/Id");
    let directory = Directory::new("url");
    let base = write(&directory, "api");
    directory.write("api/models/pet.yaml", &PET.replace("types.yaml#/Id", &url));
    let (outcome, out) = diff(&directory, &[&base, &base]);
    assert_eq!(outcome, Outcome::Findings);
    assert!(out.contains("is at a URL that was not read"), "{out}");
    assert!(out.contains("--allow-url"), "{out}");

    if Command::new("curl").arg("--version").output().is_err() {
        return;
    }
    let server = std::thread::spawn(move || {
        // The base and the revision ask once each.
        for stream in listener.incoming().take(2) {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 1024]).unwrap();
            let answer = format!(
                "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{TYPES}",
                TYPES.len()
            );
            stream.write_all(answer.as_bytes()).unwrap();
        }
    });
    let (outcome, out) = diff(&directory, &[&base, &base, "--allow-url"]);
    assert_eq!((outcome, out.as_str()), (Outcome::Clean, "no changes\n"));
    server.join().unwrap();
}
