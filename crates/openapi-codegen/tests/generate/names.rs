//! Names that are fine in a document and clash in Rust.

use super::{document, generate, report};

/// The document with operations instead of its schema.
fn with_paths(paths: &str) -> String {
    format!("openapi: 3.0.3\ninfo: {{ title: T, version: '1' }}\npaths:\n{paths}")
}

fn operation(path: &str, id: &str, more: &str) -> String {
    format!(
        "  {path}:
    get:
      operationId: {id}
{more}      responses: {{ '204': {{ description: done }} }}
"
    )
}

#[test]
fn two_schemas_of_one_name_become_two_types() {
    let code = generate(&document(
        "      type: object
      properties:
        one: { $ref: '#/components/schemas/some-thing' }
        two: { $ref: '#/components/schemas/SomeThing' }
        three: { $ref: '#/components/schemas/someThing' }
    some-thing: { type: object, properties: { a: { type: string } } }
    SomeThing: { type: object, properties: { b: { type: string } } }
    someThing: { type: string, x-extensible-enum: [c] }",
    ))
    .unwrap();
    for field in [
        "one: ::std::option::Option<SomeThing2>",
        "two: ::std::option::Option<SomeThing>",
        "three: ::std::option::Option<SomeThing3>",
        "pub enum SomeThing3",
    ] {
        assert!(code.contains(field), "{field} is not in\n{code}");
    }
}

#[test]
fn parameters_of_one_name_become_arguments_with_their_places() {
    let code = generate(&with_paths(&operation(
        "/a/{id}",
        "thing",
        "      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
        - { name: Id, in: query, schema: { type: string } }
        - { name: body, in: query, schema: { type: string } }
      requestBody: { content: { application/json: { schema: { type: string } } } }
",
    )))
    .unwrap();
    let words = code.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        words.contains(
            "id: &'a str, body_in_query: Option<&'a str>, id_in_query: Option<&'a str>, body:"
        ),
        "{words}"
    );
}

#[test]
fn two_parameters_of_a_path_cannot_become_one_argument() {
    let clash = report(&with_paths(&operation(
        "/a/{id}/{Id}",
        "thing",
        "      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
        - { name: Id, in: path, required: true, schema: { type: string } }
",
    )));
    assert!(
        clash.starts_with(
            "api.yaml:9:11: `id` (path) and `Id` (path) would both become the argument `id`"
        ),
        "{clash}"
    );
}

#[test]
fn a_parameter_of_an_operation_replaces_the_one_of_its_path() {
    let id = "{ name: id, in: path, required: true, schema: { type: string } }";
    let text = with_paths(&operation(
        "/a/{id}",
        "thing",
        &format!("      parameters: [{id}]\n"),
    ));
    let both = text.replace("    get:", &format!("    parameters: [{id}]\n    get:"));
    assert_eq!(generate(&both), generate(&text));
}

#[test]
fn types_in_the_middle_of_something_are_told_apart() {
    let code = generate(&document(
        "      type: object
      properties:
        one: { title: Filter, type: string, enum: [a, b] }
        two: { title: Filter, type: string, enum: [c, d] }
        three: { title: Filter, description: The same as one., type: string, enum: [a, b] }
        four: { title: Filter, type: string, enum: [c, d] }
        kind: { type: object, properties: { a: { type: string } } }
    ThingKind: { type: string, enum: [x, y] }",
    ))
    .unwrap();
    for field in [
        "one: ::std::option::Option<Filter>",
        "two: ::std::option::Option<ThingTwo>",
        "three: ::std::option::Option<Filter>",
        "four: ::std::option::Option<ThingTwo>",
        "kind: ::std::option::Option<ThingKind2>",
    ] {
        assert!(code.contains(field), "{field} is not in\n{code}");
    }
}

#[test]
fn an_answer_is_not_taken_for_an_error() {
    let media = |properties: &str| {
        format!(
            "{{ description: d, content: {{ application/json: {{ schema: {{ type: object, properties: {{ {properties} }} }} }} }} }}"
        )
    };
    let (done, failed) = (
        media("done: { type: boolean }"),
        media("code: { type: string }"),
    );
    let code = generate(&with_paths(&format!(
        "  /a:
    get:
      operationId: try
      responses:
        '200': {done}
        '400': {failed}
        '500': {failed}
"
    )))
    .unwrap();
    assert!(
        code.contains("ResponseValue<types::TryResponse>, Error<types::TryResponse2>"),
        "{code}"
    );
}
