//! The public surface of what is generated.

use dingtalk_receipts_codegen::Generator;
use openapi_source::Source;

use super::document;

fn surface(schema: &str) -> String {
    let source = Source::parse("api.yaml", document(schema)).unwrap();
    Generator::new(&source).generate().unwrap().surface()
}

#[test]
fn generating_twice_gives_the_same() {
    let schema = "      { type: string, x-extensible-enum: [a, b] }";
    assert_eq!(surface(schema), surface(schema));
}

#[test]
fn it_has_what_users_see_and_no_bodies() {
    let surface = surface(
        "      type: object
      required: [sizeOf]
      properties:
        sizeOf: { type: integer, minimum: 1, maximum: 9, description: How large it is. }
        secret: { type: string, format: password }",
    );
    for seen in [
        "pub struct Thing {",
        "/// How large it is.",
        "#[serde(rename = \"sizeOf\")]",
        "pub size_of: ThingSizeOf,",
        "pub secret: ::std::option::Option<super::Secret>,",
        "pub struct ThingSizeOf();",
        "pub const MAX: i64 = 9;",
        "pub fn get_thing_request<'a>(",
        "pub const GET_THING:",
    ] {
        assert!(surface.contains(seen), "{seen} is not in\n{surface}");
    }
    for hidden in [
        "self.client",
        "secrecy",
        "visit_str",
        "fn path_segment",
        "schemars",
    ] {
        assert!(!surface.contains(hidden), "{hidden} is in\n{surface}");
    }
}

#[test]
fn a_change_that_users_see_changes_it() {
    let before = surface("      { type: object, properties: { a: { type: string } } }");
    let after =
        surface("      { type: object, required: [a], properties: { a: { type: string } } }");
    assert_ne!(before, after);
}
