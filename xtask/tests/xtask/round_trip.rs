//! From the generated types back to the document: what gets lost is found, and must be listed, and no more.

use super::repository::{Repository, golden};

/// What the generated types cannot say: bounds of numbers and arrays, and uniqueness.
const LOSSY: &str = "openapi: 3.0.3
info: { title: Lossy, version: '1' }
paths:
  /things:
    get:
      operationId: getThing
      responses:
        '200':
          description: ok
          content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } }
components:
  schemas:
    Thing:
      type: object
      required: [ratio, tags, code, level, plain]
      properties:
        ratio: { type: number, format: double, minimum: 0, maximum: 1 }
        tags: { type: array, minItems: 1, maxItems: 3, items: { type: string } }
        code: { type: string, minLength: 2, maxLength: 4 }
        level: { type: integer, format: int64, minimum: 1, maximum: 9 }
        plain: { type: string }
        count: { type: integer, format: int64, nullable: true }
";

/// One test, because each document has to be built, and cargo builds one at a time anyway.
#[test]
fn losses_are_found_listed_and_taken_off_the_list() {
    let repository = Repository::new();
    repository.write("lossy.yaml", LOSSY);
    let run = || repository.run(&["--spec", "lossy.yaml", "round-trip"]);

    let unlisted = run();
    assert_eq!(unlisted.code, 1, "{}{}", unlisted.stdout, unlisted.stderr);
    golden("losses.txt", &unlisted.stdout);

    let entry = |pointer: &str, keyword: &str| {
        format!(
            "[[loss]]\npointer = \"{pointer}\"\nkeyword = \"{keyword}\"\nreason = \"a test\"\n\n"
        )
    };
    let mut list = String::new();
    for line in unlisted.stdout.lines() {
        if let Some((_, keyword)) = line.split_once("the generated types lose `") {
            list.push_str(keyword.split('`').next().unwrap());
            list.push(' ');
        }
        if let Some((_, pointer)) = line.split_once(" #") {
            list.push_str(pointer);
            list.push('\n');
        }
    }
    let mut entries: String = list
        .lines()
        .filter_map(|line| line.split_once(' '))
        .map(|(keyword, pointer)| entry(pointer, keyword))
        .collect();
    repository.write("lossy.losses.toml", &entries);
    let listed = run();
    assert_eq!(listed.code, 0, "{}{}", listed.stdout, listed.stderr);

    entries.push_str(&entry(
        "/components/schemas/Thing/properties/plain",
        "maxLength",
    ));
    repository.write("lossy.losses.toml", &entries);
    let no_longer = run();
    assert_eq!(no_longer.code, 1);
    golden("losses-no-longer.txt", &no_longer.stdout);

    repository.write("lossy.losses.toml", &entries.replace("a test", ""));
    let unreasoned = run();
    assert_eq!(unreasoned.code, 1);
    assert!(
        unreasoned
            .stderr
            .contains("no reason for #/components/schemas/Thing"),
        "{}",
        unreasoned.stderr
    );
}
