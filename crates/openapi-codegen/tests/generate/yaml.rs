//! Mistakes in one document, each as somebody may make it: where, what, and what to do.

use super::generate;

const GOOD: &str = "openapi: 3.0.3
info:
  title: T
  version: \"1\"
paths:
  /things/{id}:
    get:
      operationId: getThing
      parameters:
        - name: id
          in: path
          required: true
          schema: { type: string }
      responses:
        \"200\":
          description: ok
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Thing' }
components:
  schemas:
    Thing:
      type: object
      required: [a]
      properties:
        a: { type: string }
        b:
          type: integer
          format: int32
          minimum: 1
          maximum: 9
";

/// What is written instead of what, the line of the first message, and words of it.
const MISTAKES: &[(&str, &str, usize, &str)] = &[
    // YAML.
    (
        "      type: object\n",
        "      type: object\n      type: string\n",
        24,
        "`type` is there twice",
    ),
    (
        "components:",
        "  /things/{id}: {}\ncomponents:",
        20,
        "`/things/{id}` is there twice",
    ),
    (
        "      type: object",
        "\ttype: object",
        23,
        "indent with spaces",
    ),
    (
        "type: object",
        "type:\tobject",
        23,
        "put a space after the colon",
    ),
    (
        "        a: { type: string }",
        "        a: *nobody",
        26,
        "define the anchor with `&`",
    ),
    ("\"200\":", "\"200:", 15, "close the quotes"),
    ("title: T", "title: 'T", 3, "close the quotes"),
    ("[a]", "[a", 25, "close the bracket"),
    (
        "schema: { type: string }",
        "schema: { type: string",
        14,
        "close the bracket",
    ),
    (
        "title: T",
        "title: T: U",
        3,
        "put a text with a colon in quotes",
    ),
    ("title: T", "title:T", 4, "check the indentation"),
    (
        "          in: path",
        "           in: path",
        11,
        "check the indentation",
    ),
    (
        "          in: path",
        "        in: path",
        11,
        "check the indentation",
    ),
    ("title: T", "title: @T", 3, "in quotes"),
    ("title: T", "title: %T", 3, "in quotes"),
    ("title: T", "title: `T`", 3, "in quotes"),
    (
        "title: T",
        "title: T\n  ? [a]\n  : b",
        4,
        "a key must be a string",
    ),
    (
        "maximum: 9",
        "maximum: .nan",
        31,
        "cannot be written in JSON",
    ),
    (
        "maximum: 9\n",
        "maximum: 9\n---\na: b\n",
        32,
        "only one can be read",
    ),
    // Values that look like others.
    (
        "required: true",
        "required: yes",
        12,
        "`required` must be true or false, and this is a text",
    ),
    (
        "required: true",
        "required: On",
        12,
        "`required` must be true or false, and this is a text",
    ),
    (
        "version: \"1\"",
        "version: 1.0",
        4,
        "`version` must be a text, and this is a number",
    ),
    (
        "title: T",
        "title:",
        3,
        "`title` must be a text, and this is null",
    ),
    ("openapi: 3.0.3", "openapi: 3.0", 1, "`openapi` is a number"),
    (
        "maximum: 9",
        "maximum: '9'",
        31,
        "`maximum` must be a number, and this is a text",
    ),
    (
        "maximum: 9",
        "maximum: !!str 9",
        31,
        "`maximum` must be a number, and this is a text",
    ),
    // The wrong thing in a place.
    (
        "paths:\n  /things/{id}:",
        "paths:\n  - /things/{id}:",
        5,
        "`paths` must be an object, and this is a list",
    ),
    (
        "\"200\":\n          desc",
        "- \"200\":\n          desc",
        14,
        "`responses` must be an object, and this is a list",
    ),
    (
        "schema: { type: string }",
        "schema: string",
        13,
        "a schema must be an object, and this is a text",
    ),
    (
        "schema: { type: string }",
        "schema: true",
        13,
        "`schema` must be an object, and this is true or false",
    ),
    (
        "properties:\n        a: { type: string }\n",
        "properties:\n        - a\n      x-b:\n",
        25,
        "`properties` must be an object",
    ),
    (
        "required: [a]",
        "required: true",
        24,
        "`required` must be a list of texts",
    ),
    (
        "required: [a]",
        "additionalProperties: 'no'",
        24,
        "a schema must be an object",
    ),
    (
        "format: int32",
        "format: [int32]",
        29,
        "`format` must be a text, and this is a list",
    ),
    (
        "type: integer",
        "type: [integer, 'null']",
        28,
        "`type` must be a text, and this is a list",
    ),
    (
        "schema: { type: string }",
        "schema: { type: string, enum: { x: 1 } }",
        13,
        "`enum` must be a list",
    ),
    (
        "info:\n  title: T\n  version: \"1\"\n",
        "",
        1,
        "the document lacks `info`",
    ),
    // References.
    (
        "schemas/Thing'",
        "schemas/Thin'",
        19,
        "`#/components/schemas/Thin` does not exist",
    ),
    (
        "'#/components/schemas/Thing'",
        "./thing.yaml",
        19,
        "is in another document",
    ),
    ("'#/components/schemas/Thing'", "7", 19, "`$ref` is no text"),
    (
        "      type: object\n",
        "      $ref: '#/components/schemas/Thing'\n",
        22,
        "`Thing` is made of itself",
    ),
    (
        "Thing:\n",
        "Thing: { $ref: '#/components/schemas/Other' }\n    Other: { $ref: '#/components/schemas/Thing' }\n    Third:\n",
        22,
        "is made of itself",
    ),
    // Meaning.
    ("3.0.3", "3.2.0", 1, "this is OpenAPI 3.2.0"),
    ("openapi: 3.0.3", "swagger: '2.0'", 1, "this is Swagger 2.0"),
    ("type: integer", "type: int", 28, "`int` is no type"),
    ("type: object", "type: Object", 23, "`Object` is no type"),
    (
        "maximum: 9",
        "maximum: 0",
        31,
        "no number is a whole number from 1 to 0",
    ),
];

#[test]
fn every_mistake_has_its_line_and_says_what_to_do() {
    for (from, to, line, words) in MISTAKES {
        assert!(GOOD.contains(from), "{from:?} is not in the document");
        let Err(error) = generate(&GOOD.replacen(from, to, 1)) else {
            panic!("{to:?} was expected to fail");
        };
        let report = error.report();
        let first = format!("api.yaml:{line}:");
        assert!(
            report.starts_with(&first) && report.contains(words),
            "{to:?} should have said {first} {words:?}:\n{report}"
        );
        let places: Vec<_> = report
            .lines()
            .filter(|it| it.starts_with("  at "))
            .collect();
        let mut once = places.clone();
        once.dedup();
        assert_eq!(places, once, "said twice of one place:\n{report}");
    }
}

#[test]
fn what_is_no_mistake_is_none() {
    let same = generate(GOOD).unwrap();
    let merged = "      base: &base { type: string }\n        c: { <<: *base, maxLength: 3 }\n        d: *base\n";
    for text in [
        format!("\u{feff}{GOOD}"),
        GOOD.replace('\n', "\r\n"),
        GOOD.replace("\"200\"", "200"),
        format!("---\n{GOOD}...\n"),
        format!("# a comment\n{GOOD}"),
        GOOD.replace("maximum: 9", "maximum: 0x9"),
    ] {
        assert_eq!(generate(&text).unwrap(), same, "{text}");
    }
    for (from, to) in [
        ("        b:\n", format!("  {merged}        b:\n")),
        ("version: \"1\"", "version: 2026-11-23".to_owned()),
        (
            "'#/components/schemas/Thing'",
            "'#/components/schemas/Thing', description: ignored".to_owned(),
        ),
    ] {
        generate(&GOOD.replacen(from, &to, 1)).unwrap();
    }
}
