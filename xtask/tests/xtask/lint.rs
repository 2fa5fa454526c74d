//! Each rule: a document that it finds something in, and one that is clean.

use super::repository::{CONTRACT, Repository, golden};

/// A document that is clean.
const CLEAN: &str = "openapi: 3.0.3
info: { title: Pets, version: '1' }
servers: [{ url: 'https://example.org' }]
tags: [{ name: pets }]
security: [{ key: [] }]
paths:
  /pets:
    post:
      operationId: findPets
      tags: [pets]
      summary: Find pets
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: '#/components/schemas/Query' } } }
      responses:
        '200':
          description: found
          content: { application/json: { schema: { $ref: '#/components/schemas/Pets' } } }
        default: { description: failed }
  /owners:
    get:
      operationId: listOwners
      tags: [pets]
      summary: List owners
      responses:
        '204': { description: none }
        default: { description: failed }
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: x-key }
  schemas:
    Query:
      type: object
      required: [size]
      properties:
        size: { type: integer, format: int32, minimum: 1, maximum: 9 }
        secret: { type: string, format: password }
    Pets:
      type: object
      properties:
        kind: { type: string, nullable: true, x-extensible-enum: [cat, dog] }
        next: { type: string, nullable: false }
      example: { kind: cat, next: a }
x-error-kinds: { argument: something is wrong }
x-error-advice: { never: do not }
x-error-catalog:
  - { code: A, statuses: [400], kind: argument, advice: never, en: Wrong, zh: 错 }
";

/// What each rule finds: the rule, a text of the clean document, and what is written instead.
const HITS: &[(&str, &str, &str)] = &[
    (
        "generate",
        "in: header, name: x-key }",
        "in: header, name: x-key }\n  parameters: 7",
    ),
    (
        "reference",
        "$ref: '#/components/schemas/Query'",
        "$ref: '#/components/schemas/Nobody'",
    ),
    ("unknown-keyword", "minimum: 1", "minimun: 1, minimum: 1"),
    (
        "operation-id",
        "operationId: listOwners",
        "operationId: findPets",
    ),
    ("operation-id", "      operationId: listOwners\n", ""),
    (
        "operation-id-style",
        "operationId: listOwners",
        "operationId: list_owners",
    ),
    ("operation-summary", "      summary: List owners\n", ""),
    (
        "operation-tag",
        "tags: [pets]\n      summary: List",
        "tags: [owners]\n      summary: List",
    ),
    (
        "operation-tag",
        "      tags: [pets]\n      summary: List",
        "      summary: List",
    ),
    (
        "operation-success-example",
        "      example: { kind: cat, next: a }\n",
        "",
    ),
    (
        "operation-error",
        "'204': { description: none }\n        default: { description: failed }",
        "'204': { description: none }",
    ),
    (
        "security-scheme",
        "security: [{ key: [] }]",
        "security: [{ other: [] }, { key: [] }]",
    ),
    ("server-https", "https://example.org", "http://example.org"),
    (
        "example",
        "example: { kind: cat, next: a }",
        "example: { kind: 7, next: a }",
    ),
    (
        "unused-component",
        "    Pets:\n",
        "    Nobody: { type: string }\n    Pets:\n",
    ),
    ("unused-component", "security: [{ key: [] }]\n", ""),
    (
        "closed-enum-in-response",
        "x-extensible-enum: [cat, dog]",
        "enum: [cat, dog]",
    ),
    (
        "secret-marked",
        "secret: { type: string, format: password }",
        "secret: { type: string }",
    ),
    (
        "nullable-stated",
        "next: { type: string, nullable: false }",
        "next: { type: string }",
    ),
    ("bounded-integer", ", maximum: 9", ""),
    ("bounded-integer", "format: int32, ", ""),
    (
        "required-property",
        "required: [size]",
        "required: [size, weight]",
    ),
    ("catalogue", "kind: argument", "kind: other"),
    (
        "catalogue",
        "\n  - { code: A,",
        "\n  - { code: a, statuses: [400], kind: argument, advice: never, en: Wrong, zh: 错 }\n  - { code: A,",
    ),
    ("catalogue-language", "zh: 错", "zh: wrong"),
    ("catalogue-language", "en: Wrong", "en: 错"),
    (
        "allow",
        "  /owners:\n",
        "  /owners:\n    x-lint-allow: { nobody: because }\n",
    ),
    (
        "allow",
        "  /owners:\n",
        "  /owners:\n    x-lint-allow: { operation-id: nothing is found }\n",
    ),
    (
        "allow",
        "  /owners:\n    get:\n      operationId: listOwners",
        "  /owners:\n    x-lint-allow: { operation-id-style: '' }\n    get:\n      operationId: list_owners",
    ),
];

fn lint(text: &str, more: &[&str]) -> super::repository::Outcome {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("api.yaml"), text).unwrap();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["--spec", "api.yaml", "lint"])
        .args(more)
        .current_dir(folder.path())
        .output()
        .unwrap();
    super::repository::Outcome {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The rules, as the command lists them.
fn rules() -> Vec<String> {
    let listed = lint(CLEAN, &["--rules"]).stdout;
    listed
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .map(str::to_owned)
        .collect()
}

#[test]
fn a_clean_document_is_clean() {
    let outcome = lint(CLEAN, &[]);
    assert_eq!(
        (outcome.code, outcome.stdout.as_str()),
        (0, "clean: api.yaml by 21 rules\n")
    );
}

#[test]
fn every_rule_finds_what_it_is_for() {
    for (rule, from, to) in HITS {
        assert!(CLEAN.contains(from), "{from:?} is not in the document");
        let outcome = lint(&CLEAN.replacen(from, to, 1), &[]);
        let found = outcome.stdout.contains(&format!("error[{rule}]"));
        assert!(
            outcome.code == 1 && found,
            "{rule} did not find {to:?}:\n{}",
            outcome.stdout
        );
    }
    let tested: std::collections::BTreeSet<_> =
        HITS.iter().map(|(rule, ..)| (*rule).to_owned()).collect();
    assert_eq!(tested, rules().into_iter().collect());
}

#[test]
fn findings_say_where_what_and_how_to_mend_it() {
    let broken = HITS
        .iter()
        .filter(|(rule, ..)| {
            [
                "operation-id-style",
                "nullable-stated",
                "secret-marked",
                "example",
            ]
            .contains(rule)
        })
        .fold(CLEAN.to_owned(), |text, (_, from, to)| {
            text.replacen(from, to, 1)
        });
    golden("lint.txt", &lint(&broken, &[]).stdout);
    golden("lint.ansi", &lint(&broken, &["--color", "always"]).stdout);
    golden(
        "lint.github.txt",
        &lint(&broken, &["--format", "github"]).stdout,
    );
}

#[test]
fn what_is_allowed_with_a_reason_is_not_found() {
    let allowed = CLEAN
        .replacen("operationId: listOwners", "operationId: list_owners", 1)
        .replacen(
            "  /owners:\n",
            "  /owners:\n    x-lint-allow: { operation-id-style: the vendor calls it so }\n",
            1,
        );
    let outcome = lint(&allowed, &[]);
    assert_eq!(outcome.code, 0, "{}", outcome.stdout);
}

#[test]
fn the_contract_itself_is_clean() {
    let outcome = Repository::of(CONTRACT).run(&["lint"]);
    assert_eq!(outcome.code, 0, "{}", outcome.stdout);
}
