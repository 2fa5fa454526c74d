//! Mistakes that people make in YAML, and what they are told: line, column, what, where, and how to mend it.

use super::{document, generate, report};

const THING: &str = "      type: object
      properties:
        size: { type: integer, minimum: 1, maximum: 9 }
        kind:
          type: string";

const KIND: &str = "kind:
          type: string";

fn good() -> String {
    document(THING)
}

/// The report after one change of a good document.
#[track_caller]
fn after(from: &str, to: &str) -> String {
    let good = good();
    assert!(good.contains(from), "{from} is not in the document");
    report(&good.replacen(from, to, 1))
}

#[test]
fn the_document_itself_is_good() {
    generate(&good()).unwrap();
}

#[test]
fn broken_yaml_has_its_line_and_what_to_do() {
    let report = after("type: object", "type: [object");
    assert!(report.starts_with("api.yaml:19:"), "{report}");
    let lines: Vec<_> = report.lines().collect();
    assert!(
        lines.len() == 2 && lines[1].starts_with("  help close the bracket"),
        "{report}"
    );
}

#[test]
fn a_wrong_type_of_a_field_is_named_with_the_right_one() {
    assert_eq!(
        after("minimum: 1", "minimum: '1'"),
        "api.yaml:20:32: `minimum` must be a number, and this is a text
  at   #/components/schemas/Thing/properties/size/minimum
  help write a number"
    );
    assert!(after("title: T", "title: 7").contains("`title` must be a text, and this is a number"));
}

#[test]
fn a_reference_that_leads_nowhere_proposes_one_that_does() {
    assert_eq!(
        after("schemas/Thing'", "schemas/Thingg'"),
        "api.yaml:14:25: `#/components/schemas/Thingg` does not exist
  at   #/paths/~1things~1{id}/get/responses/200/content/application~1json/schema/$ref
  help did you mean `#/components/schemas/Thing`?"
    );
}

#[test]
fn references_that_cannot_be_followed_say_why() {
    assert!(
        after("'#/components/schemas/Thing'", "'other.yaml#/Thing'")
            .contains("is in another document")
    );
    let circle = document("      allOf: [{ $ref: '#/components/schemas/Thing' }]");
    assert!(report(&circle).contains("`Thing` is made of itself"));
}

#[test]
fn other_versions_of_the_format_are_told_apart() {
    assert!(after("openapi: 3.0.3", "openapi: 3.2.0").contains("this is OpenAPI 3.2.0"));
    assert!(after("openapi: 3.0.3", "swagger: '2.0'").contains("this is Swagger 2.0"));
    assert!(after("openapi: 3.0.3", "openapi: 3.0").contains("`openapi` is a number"));
    assert!(after("type: object", "type: [object, 'null']").contains("write one `type`"));
    assert!(report("[]").contains("this is no OpenAPI document"));
    assert!(report("just text").contains("this is no OpenAPI document"));
    assert!(report("../../openapi/contract.yaml").contains("core.symlinks"));
}

#[test]
fn parameters_and_paths_must_match() {
    assert!(after("name: id, in: path", "name: it, in: path").contains("`it` is not in the path"));
    assert!(after("required: true, ", "").contains("`id` is in the path and not required"));
    assert!(after("/things/{id}:", "/things/{id:").contains("the braces of the path"));
    assert!(after("in: path", "in: cookie").contains("of the path `/things/{id}` is no parameter"));
    assert!(after("in: path", "in: somewhere").contains("`somewhere` is no place of a parameter"));
}

#[test]
fn statuses_are_statuses() {
    assert!(after("'200':", "'2000':").contains("`2000` is no status"));
}

#[test]
fn schemas_that_no_value_fits_are_found() {
    assert!(
        after("minimum: 1", "minimum: 10").contains("no number is a whole number from 10 to 9")
    );
    assert!(after("type: string", "type: text").contains("`text` is no type"));
    assert!(after(KIND, "kind: { type: string, enum: [] }").contains("no value is allowed here"));
    assert!(after(KIND, "kind: { type: string, pattern: '(' }").contains("is no pattern"));
    let lengths = "kind: { type: string, minLength: 3, maxLength: 2 }";
    assert!(after(KIND, lengths).contains("no value fits"));
}

#[test]
fn what_only_progenitor_notices_has_its_place_too() {
    let not = document(
        "      type: object
      properties:
        fine: { type: integer, default: 7 }
        size: { type: object, properties: { deep: { not: { type: object, properties: { a: {} } } } } }
        other: { not: { type: object, properties: { a: {} } } }",
    );
    let report = report(&not);
    assert!(
        report.starts_with("api.yaml:21:53: the generator cannot express this `not`"),
        "{report}"
    );
    for place in ["/size/properties/deep/not", "/Thing/properties/other/not"] {
        assert!(report.contains(place), "{report}");
    }
}

#[test]
fn all_mistakes_are_reported_in_the_order_of_the_file() {
    let broken = good()
        .replace("type: string\n", "type: text\n")
        .replace("minimum: 1", "minimum: 10");
    let report = report(&broken.replace("type: string }", "type: word }"));
    let lines: Vec<_> = report
        .lines()
        .filter(|line| line.starts_with("api.yaml:"))
        .collect();
    assert_eq!(lines.len(), 3, "{report}");
    assert!(lines[0].contains("`word` is no type") && lines[2].contains("`text` is no type"));
}

#[test]
fn mistakes_in_an_error_catalog_are_found() {
    let catalog = "x-error-kinds: { argument: something is wrong }
x-error-advice: { never: do not }
x-error-catalog:
  - { code: A, statuses: [400], kind: argument, advice: never, en: a, zh: a }
";
    let good = format!("{}{catalog}", good());
    generate(&good).unwrap();
    let after = |from: &str, to: &str| report(&good.replacen(from, to, 1));
    assert!(
        after("kind: argument", "kind: other").contains("`other` is not a word of `x-error-kinds`")
    );
    assert!(after("[400]", "[40]").contains("40 is no HTTP status"));
    assert!(after("[400]", "['400']").contains("#/x-error-catalog/0/statuses/0"));
    assert!(after(", zh: a", "").contains("missing field `zh`"));
    let twice = format!(
        "{good}  - {{ code: a, statuses: [400], kind: argument, advice: never, en: a, zh: a }}\n"
    );
    assert!(report(&twice).contains("the error code `a` is in the catalog twice"));
}
