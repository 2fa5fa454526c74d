//! What the generator says about a document, and what it makes of one.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

mod lenient;
mod mistakes;
mod mutate;
mod names;
mod panics;
mod prepare;
mod surface;
mod synthetic;
mod unions;
mod yaml;

use openapi_codegen::{Error, Generator};
use openapi_document::Source;

/// A document with one operation and one schema, `extra` being more of its components.
fn document(schema: &str) -> String {
    format!(
        "openapi: 3.0.3
info: {{ title: T, version: '1' }}
paths:
  /things/{{id}}:
    get:
      operationId: getThing
      parameters:
        - {{ name: id, in: path, required: true, schema: {{ type: string }} }}
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema: {{ $ref: '#/components/schemas/Thing' }}
components:
  schemas:
    Thing:
{schema}
"
    )
}

fn generate(text: &str) -> Result<String, Error> {
    let source = Source::parse("api.yaml", text)?;
    Ok(Generator::new(&source).generate()?.source())
}

/// The report about a document that no code can be generated from.
fn report(text: &str) -> String {
    match generate(text) {
        Ok(_) => panic!("this was expected to fail:\n{text}"),
        Err(error) => error.report(),
    }
}
