//! What is mended without a loss, and said.

use openapi_codegen::{Bindings, Finding, Generator};
use openapi_document::Source;

fn bindings(text: &str, is_lenient: bool) -> Bindings {
    let source = Source::parse("api.yaml", text).unwrap();
    let bindings = Generator::new(&source).lenient(is_lenient).generate();
    bindings.unwrap_or_else(|error| panic!("{}", error.report()))
}

fn lines(findings: &[Finding]) -> Vec<String> {
    findings
        .iter()
        .map(|finding| finding.line("api.yaml"))
        .collect()
}

/// The code for a document, and what is said of it: what is after `components:`, and what is after `paths:`.
fn mended(paths: &str, components: &str) -> (String, Vec<String>) {
    let text = format!(
        "openapi: 3.0.3\ninfo: {{ title: T, version: '1' }}\npaths: {paths}\ncomponents: {components}\n"
    );
    let bindings = bindings(&text, false);
    assert_eq!(bindings.left_out(), []);
    (bindings.source(), lines(bindings.warnings()))
}

#[test]
fn an_operation_without_an_id_has_a_name_from_method_and_path() {
    let (code, said) = mended(
        "\n  /x/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get: { responses: { '200': { description: ok } } }
    delete: { operationId: get_x_by_id, responses: { '200': { description: ok } } }",
        "{}",
    );
    assert!(
        code.contains("fn get_x_by_id<") && code.contains("fn get_x_by_id_2<"),
        "{code}"
    );
    assert_eq!(
        said,
        [
            "api.yaml:6:5: `GET /x/{id}` has no `operationId`: the function is called `get_x_by_id_2`"
        ]
    );
}

#[test]
fn an_id_that_is_there_twice_names_both_operations() {
    let (code, said) = mended(
        "\n  /a: { get: { operationId: list, responses: { '200': { description: ok } } } }
  /b: { get: { operationId: List, responses: { '200': { description: ok } } } }",
        "{}",
    );
    assert!(
        code.contains("fn list<") && code.contains("fn get_b<"),
        "{code}"
    );
    assert_eq!(said.len(), 1);
    assert!(
        said[0].starts_with(
            "api.yaml:5:16: `List` of `GET /b` would become a function that `list` of `GET /a` has"
        ),
        "{said:?}"
    );
}

#[test]
fn defaults_that_do_not_fit_are_left_out_each_with_its_place() {
    let (code, said) = mended(
        "{}",
        "
  schemas:
    A:
      type: object
      properties:
        b: { type: boolean, default: 'false' }
        i: { type: integer, default: '3' }
        n: { type: integer, minimum: 1, maximum: 9, default: 10 }
        s: { type: string, format: password, default: 7 }
        e: { type: string, enum: [a], default: b }
        right: { type: string, default: kept }",
    );
    let places: Vec<_> = said
        .iter()
        .map(|it| it.split(": ").next().unwrap())
        .collect();
    assert_eq!(
        places,
        [
            "api.yaml:9:29",
            "api.yaml:10:29",
            "api.yaml:11:53",
            "api.yaml:12:46",
            "api.yaml:13:39"
        ]
    );
    assert!(code.contains("kept"), "{code}");
}

#[test]
fn values_that_are_not_of_the_type_are_left_out() {
    let (code, said) = mended(
        "{}",
        "{ schemas: { A: { type: string, enum: [a, 1, b] }, N: { type: integer, enum: [1, '2'] } } }",
    );
    assert!(code.contains("pub enum A"), "{code}");
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(
        said[0].starts_with("api.yaml:4:55: 1 is not of the `type`"),
        "{said:?}"
    );
}

#[test]
fn what_says_nothing_is_taken_out_and_what_is_missing_is_added() {
    let (_, said) = mended(
        "\n  /a:
    post:
      operationId: a
      parameters:
        - { name: q, in: query }
        - { name: Content-Type, in: header, schema: { type: string } }
        - { name: r, in: query, schema: { $ref: '#/components/schemas/A', nullable: true } }
      requestBody: { required: true, content: { application/json: {} } }
      responses: { '200': {} }",
        "{ schemas: { A: { type: object, format: thing }, N: { type: number, exclusiveMinimum: true } } }",
    );
    for words in [
        "`q` has no `schema`",
        "the header `Content-Type` is no parameter",
        "`nullable` stands beside a `$ref`",
        "the body has no `schema`",
        "the response has no `description`",
        "the format `thing` says nothing",
        "`exclusiveMinimum` says nothing",
    ] {
        assert!(
            said.iter().any(|line| line.contains(words)),
            "{words}: {said:?}"
        );
    }
    assert_eq!(said.len(), 7, "{said:?}");
}

#[test]
fn path_items_and_parts_elsewhere_are_followed() {
    let text = "openapi: 3.0.3
info: { title: T, version: '1' }
paths:
  /x: { $ref: '#/x-items/X' }
  /y:
    get:
      operationId: y
      responses:
        '200': { description: ok, content: { application/json: { schema: { $ref: '#/x-types/Thing' } } } }
        '404': { $ref: '#/x-items/X/get/responses/404' }
x-items:
  X:
    get:
      operationId: x
      responses:
        '200': { description: ok, content: { application/json: { schema: { $ref: '#/x-types/Thing' } } } }
        '404': { description: no }
x-types:
  Thing: { type: object, properties: { next: { $ref: '#/x-types/Thing' }, bad: { type: strin } } }
";
    let source = Source::parse("api.yaml", text).unwrap();
    let report = Generator::new(&source).generate().unwrap_err().report();
    assert!(
        report.starts_with("api.yaml:19:82: `strin` is no type"),
        "{report}"
    );
    let code = bindings(&text.replace("strin ", "string "), false).source();
    assert!(
        code.contains("fn x_request") && code.contains("pub struct Thing"),
        "{code}"
    );
}

#[test]
fn one_mistake_does_not_hide_the_others() {
    let source = Source::parse(
        "api.yaml",
        "openapi: 3.0.3
info: { title: T, version: '1' }
paths: {}
components:
  schemas:
    A: { type: object, properties: { a: { type: strin }, b: { minLength: '1' }, c: { $ref: '#/nowhere' } } }
",
    )
    .unwrap();
    let report = Generator::new(&source).generate().unwrap_err().report();
    for words in [
        "`strin` is no type",
        "`minLength` must be",
        "`#/nowhere` does not exist",
    ] {
        assert!(report.contains(words), "{words}: {report}");
    }
}

#[test]
fn properties_that_are_not_evaluated_are_additional_or_said_to_be_lost() {
    let text = "openapi: 3.1.0
info: { title: T, version: '1' }
paths: {}
components:
  schemas:
    Alone:
      type: object
      unevaluatedProperties: { type: integer }
    Closed:
      type: object
      unevaluatedProperties: false
    Beside:
      allOf: [{ $ref: '#/components/schemas/Closed' }]
      unevaluatedProperties: { type: integer }
    Additional:
      type: object
      additionalProperties: { type: string }
      unevaluatedProperties: false
";
    let bindings = bindings(text, false);
    let said = lines(bindings.warnings());
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(
        said[0].starts_with("api.yaml:11:7: `unevaluatedProperties` is not checked"),
        "{said:?}"
    );
    assert!(
        said[1].starts_with("api.yaml:14:7: what fits `unevaluatedProperties` has no fields"),
        "{said:?}"
    );
    assert!(bindings.source().contains("i64"), "{}", bindings.source());
}
