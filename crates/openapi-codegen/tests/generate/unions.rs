//! Choices that cannot be made, and choices that are made with what the document says.

use super::{document, generate, report};

#[test]
fn a_discriminator_that_cannot_choose_is_an_error_at_its_place() {
    let text = document(
        "      type: object
      properties: { k: { type: string } }
      oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Text' }]
      discriminator: { propertyName: kind }
    Cat: { type: object, properties: { kind: { type: string } } }
    Text: { type: string }",
    );
    let report = report(&text);
    assert!(
        report.starts_with("api.yaml:21:7: `Thing` cannot be chosen by its discriminator"),
        "{report}"
    );
    assert!(
        report.contains("at   #/components/schemas/Thing/discriminator"),
        "{report}"
    );
}

#[test]
fn implied_values_are_the_names_of_the_document() {
    let code = generate(&document(
        "      oneOf: [{ $ref: '#/components/schemas/big-cat' }, { $ref: '#/components/schemas/bigCat' }]
      discriminator: { propertyName: kind }
    big-cat: { type: object, properties: { kind: { type: string }, a: { type: string } } }
    bigCat: { type: object, properties: { kind: { type: string }, b: { type: string } } }",
    ))
    .unwrap();
    assert!(code.contains(r#"&[&["big-cat"], &["bigCat"]]"#), "{code}");
}
