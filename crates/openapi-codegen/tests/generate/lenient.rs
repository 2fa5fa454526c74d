//! What is left out where the caller allows it, and listed.

use openapi_codegen::{Finding, Generator};
use openapi_document::Source;

const DOCUMENT: &str = "openapi: 3.0.3
info: { title: T, version: '1' }
paths:
  /a/{id}:
    get:
      operationId: a
      parameters:
        - { name: deep, in: query, schema: { type: array, items: { type: array, items: { type: string } } } }
        - { name: fine, in: query, schema: { type: string } }
      responses: { '200': { description: ok } }
  /b:
    get:
      operationId: b
      parameters:
        - { name: deep, in: query, required: true, schema: { type: array, items: { type: array, items: {} } } }
      responses: { '200': { description: ok } }
    put:
      operationId: c
      responses:
        '200': { description: ok, content: { application/json: { schema: { $ref: '#/components/schemas/A' } } } }
components:
  schemas:
    A: { type: object, properties: { a: { not: { type: object, properties: { x: {} } } }, b: { type: string } } }
";

#[test]
fn what_cannot_be_expressed_is_refused_or_left_out_with_its_place() {
    let source = Source::parse("api.yaml", DOCUMENT).unwrap();
    let refused = Generator::new(&source).generate().unwrap_err().report();
    assert!(refused.contains("api.yaml:8:"), "{refused}");

    let bindings = Generator::new(&source).lenient(true).generate().unwrap();
    let lines = |findings: &[Finding]| -> Vec<String> {
        findings
            .iter()
            .map(|finding| finding.line("api.yaml"))
            .collect()
    };
    let left_out = lines(bindings.left_out());
    assert_eq!(left_out.len(), 3, "{left_out:?}");
    assert!(left_out[0].starts_with("api.yaml:8:"), "{left_out:?}");
    assert!(
        left_out[0].contains("the parameter is left out"),
        "{left_out:?}"
    );
    assert!(left_out[1].starts_with("api.yaml:15:"), "{left_out:?}");
    assert!(
        left_out[1].contains("what cannot be called without this parameter is left out"),
        "{left_out:?}"
    );
    assert!(left_out[2].starts_with("api.yaml:23:"), "{left_out:?}");
    assert!(left_out[2].contains("any JSON"), "{left_out:?}");
    let warnings = lines(bindings.warnings());
    assert!(
        warnings[0].contains("`{id}` of the path is no parameter"),
        "{warnings:?}"
    );

    let code = bindings.source();
    assert!(
        code.contains("fn a_request") && !code.contains("fn b_request"),
        "{code}"
    );
    assert!(
        code.contains("id: &'a str") && code.contains("fine: Option<&'a str>"),
        "{code}"
    );
    // Its type would be one that no value has.
    assert!(
        !code.contains("Option<AA>") && code.contains("serde_json::Value>"),
        "{code}"
    );
}

#[test]
fn headers_of_parts_are_refused_or_left_out_if_they_are_optional() {
    let document = |required: bool| {
        format!(
            "openapi: 3.0.3
info: {{ title: T, version: '1' }}
paths:
  /a:
    post:
      operationId: upload
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema: {{ type: object, properties: {{ 'a/b': {{ type: string, format: binary }} }} }}
            encoding:
              a/b:
                contentType: image/png
                headers:
                  Content-Disposition: {{ schema: {{ type: string }} }}
                  X-Check: {{ required: {required}, schema: {{ type: string }} }}
      responses: {{ '200': {{ description: ok }} }}
"
        )
    };
    let source = Source::parse("api.yaml", document(false)).unwrap();
    let refused = Generator::new(&source).generate().unwrap_err().report();
    assert!(
        refused.starts_with(
            "api.yaml:17:19: the header `X-Check` of the part `a/b` cannot be written"
        ),
        "{refused}"
    );
    for (required, is_called) in [(false, true), (true, false)] {
        let source = Source::parse("api.yaml", document(required)).unwrap();
        let bindings = Generator::new(&source).lenient(true).generate().unwrap();
        let [left_out] = bindings.left_out() else {
            panic!("{:?}", bindings.left_out());
        };
        let line = left_out.line("api.yaml");
        assert!(line.starts_with("api.yaml:17:"), "{line}");
        assert_eq!(bindings.source().contains("fn upload"), is_called, "{line}");
    }
}
