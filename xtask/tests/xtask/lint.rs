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
        "reference-sibling",
        "{ $ref: '#/components/schemas/Query' }",
        "{ $ref: '#/components/schemas/Query', description: all of it }",
    ),
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
    (
        "required-property",
        "      required: [size]\n",
        "      required: [size]\n      allOf: [{ required: [nobody], properties: { somebody: { type: string } } }]\n",
    ),
    (
        "reference",
        "      example: { kind: cat, next: a }\n",
        "      example: { kind: cat, next: a }\n      discriminator: { propertyName: kind, mapping: { cat: Cat } }\n",
    ),
    (
        "server-https",
        "  /owners:\n",
        "  /owners:\n    servers: [{ url: 'HTTP://example.org' }]\n",
    ),
    (
        "secret-marked",
        "      operationId: listOwners\n",
        "      operationId: listOwners\n      parameters: [{ name: api_key, in: query, schema: { type: string } }]\n",
    ),
    (
        "secret-marked",
        "secret: { type: string, format: password }",
        "secrets: { type: array, items: { type: string } }",
    ),
    (
        "bounded-integer",
        "      operationId: listOwners\n",
        "      operationId: listOwners\n      parameters: [{ $ref: '#/components/parameters/N' }]\n",
    ),
    (
        "example",
        "      operationId: listOwners\n",
        "      operationId: listOwners\n      parameters: [{ name: n, in: query, schema: { type: string }, example: 7 }]\n",
    ),
    (
        "example",
        "      operationId: listOwners\n",
        "      operationId: listOwners\n      parameters: [{ name: n, in: query, schema: { type: string }, examples: { a: { $ref: '#/components/examples/Seven' } } }]\n",
    ),
    (
        "example",
        "        '204': { description: none }\n",
        "        '204': { description: none, headers: { X-N: { schema: { type: integer, format: int32 }, example: a } } }\n",
    ),
    (
        "example",
        "secret: { type: string, format: password }",
        "inner: { type: object, properties: { deep: { type: boolean, default: maybe } } }",
    ),
    ("catalog", "kind: argument", "kind: other"),
    (
        "catalog",
        "\n  - { code: A,",
        "\n  - { code: a, statuses: [400], kind: argument, advice: never, en: Wrong, zh: 错 }\n  - { code: A,",
    ),
    ("catalog-language", "zh: 错", "zh: wrong"),
    ("catalog-language", "en: Wrong", "en: 错"),
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

/// What looks like a hit and is none: a text of the clean document, and what is written instead.
const NO_HITS: &[(&str, &str)] = &[
    // An open set in the way of those who have no extension.
    (
        "kind: { type: string, nullable: true, x-extensible-enum: [cat, dog] }",
        "kind: { nullable: true, anyOf: [{ type: string, enum: [cat, dog] }, { type: string }] }",
    ),
    // One value and null.
    ("x-extensible-enum: [cat, dog]", "enum: [cat, null]"),
    ("https://example.org", "http://localhost:8080/v1"),
    ("https://example.org", "http://127.0.0.1"),
    // A base has the property that is required, or the parts of one schema say together what is asked for.
    (
        "    Query:\n      type: object\n      required: [size]\n      properties:\n",
        "    Query:\n      type: object\n      allOf: [{ type: object, properties: { base: { type: string } } }]\n      required: [size, base]\n      properties:\n",
    ),
    (
        "size: { type: integer, format: int32, minimum: 1, maximum: 9 }",
        "size: { allOf: [{ type: integer, format: int32 }, { minimum: 1, maximum: 9 }] }",
    ),
    (
        "size: { type: integer, format: int32, minimum: 1, maximum: 9 }",
        "size: { type: integer, format: uint8 }",
    ),
    // What is said about a secret, and where to go on.
    (
        "secret: { type: string, format: password }",
        "secret_id: { type: string }\n        tokenType: { type: string }\n        nextToken: { type: string }",
    ),
    // Null is stated where the type is, or anything is allowed.
    (
        "next: { type: string, nullable: false }",
        "next: { oneOf: [{ type: string, nullable: true }] }",
    ),
    (
        "next: { type: string, nullable: false }",
        "next: { description: anything }",
    ),
    // Only read, so that no request has it; only written, so that no answer has it.
    (
        "        content: { application/json: { schema: { $ref: '#/components/schemas/Query' } } }\n",
        "        content: { application/json: { schema: { $ref: '#/components/schemas/Query' }, example: { size: 1 } } }\n",
    ),
    (
        "      required: [size]\n      properties:\n",
        "      required: [size, id]\n      example: { size: 1 }\n      properties:\n        id: { type: string, readOnly: true }\n",
    ),
    // Bytes have no example.
    (
        "          content: { application/json: { schema: { $ref: '#/components/schemas/Pets' } } }\n        default: { description: failed }\n",
        "          content: { application/octet-stream: { schema: { type: string, format: binary } } }\n        default: { description: failed, content: { application/json: { schema: { $ref: '#/components/schemas/Pets' } } } }\n",
    ),
    // An example may be elsewhere, and its reference is one.
    (
        "      operationId: listOwners\n",
        "      operationId: listOwners\n      parameters: [{ name: n, in: query, schema: { type: integer, format: int32, minimum: 1, maximum: 9 }, examples: { a: { $ref: '#/components/examples/Seven' }, b: { externalValue: 'https://example.org/n' } } }]\n",
    ),
    // A property that is called like a keyword has its allowances.
    (
        "secret: { type: string, format: password }",
        "example: { type: integer, x-lint-allow: { bounded-integer: the API does not say }, format: int64 }",
    ),
];

fn lint(text: &str, more: &[&str]) -> super::repository::Outcome {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("api.yaml"), text).unwrap();
    super::repository::run_in(
        folder.path(),
        &[&["--spec", "api.yaml", "lint", "--profile", "strict"], more].concat(),
        &[],
    )
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
        (0, "clean: api.yaml by 22 rules\n")
    );
}

#[test]
fn every_rule_finds_what_it_is_for() {
    for (rule, from, to) in HITS {
        assert!(CLEAN.contains(from), "{from:?} is not in the document");
        let outcome = lint(&with_components(&CLEAN.replacen(from, to, 1)), &[]);
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

/// The document with the components that some changes refer to.
fn with_components(text: &str) -> String {
    ["Seven", "N"].iter().fold(text.to_owned(), |text, name| {
        let component = match *name {
            "Seven" => "  examples: { Seven: { value: 7 } }\n",
            _ => "  parameters: { N: { name: n, in: query, schema: { type: integer, format: int64, minimum: 1 } } }\n",
        };
        match text.contains(&format!("/{name}'")) {
            true => text.replacen("components:\n", &format!("components:\n{component}"), 1),
            false => text,
        }
    })
}

#[test]
fn what_only_looks_like_a_hit_is_none() {
    for (from, to) in NO_HITS {
        assert!(CLEAN.contains(from), "{from:?} is not in the document");
        let outcome = lint(&with_components(&CLEAN.replacen(from, to, 1)), &[]);
        assert_eq!(outcome.code, 0, "{to:?}:\n{}", outcome.stdout);
    }
}

#[test]
fn findings_say_where_what_and_how_to_mend_it() {
    let first = |wanted: &str| HITS.iter().find(|(rule, ..)| *rule == wanted).unwrap();
    let broken = [
        "operation-id-style",
        "example",
        "secret-marked",
        "nullable-stated",
    ]
    .map(first)
    .iter()
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
