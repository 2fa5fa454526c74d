//! The public surface of what is generated.

use openapi_codegen::Generator;
use openapi_document::Source;

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

#[test]
fn each_item_knows_what_it_comes_from() {
    let text = document(
        "      { type: object, required: [sizeOf], properties: { sizeOf: { type: integer, maximum: 9 } } }",
    );
    let source = Source::parse("api.yaml", text).unwrap();
    let items = Generator::new(&source).generate().unwrap().items();
    let item = |path: &str| {
        let item = items
            .get(path)
            .unwrap_or_else(|| panic!("{path} is not among {:#?}", items.keys()));
        (item.signature.as_str(), item.pointer.as_str())
    };
    assert_eq!(
        item("types::Thing"),
        ("struct", "/components/schemas/Thing")
    );
    assert_eq!(
        item("types::Thing::size_of"),
        ("ThingSizeOf", "/components/schemas/Thing/properties/sizeOf")
    );
    assert_eq!(item("types::Thing: Clone").0, "implemented");
    assert_eq!(
        item("types::ThingSizeOf::MAX"),
        ("i64", "/components/schemas/Thing/properties/sizeOf")
    );
    assert_eq!(
        item("Client::get_thing_request"),
        (
            "fn<'a>(&'a self, id: &'a str) -> Result<::reqwest::Request, RequestError>",
            "/paths/~1things~1{id}/get"
        )
    );
    assert_eq!(item("operations::GET_THING").1, "/paths/~1things~1{id}/get");
}
