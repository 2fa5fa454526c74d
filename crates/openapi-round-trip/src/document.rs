//! An OpenAPI document made from nothing but the generated types.

use openapi_runtime::schemars::generate::SchemaSettings;
use openapiv3::{Components, Info, OpenAPI};
use serde_json::{Map, Value, json};

use crate::generated_type::GeneratedType;

/// Assembles the document: the definitions that `schemars` makes, and under each schema's own name what its type is.
pub(crate) fn assemble(types: &[GeneratedType]) -> Result<Value, String> {
    let mut generator = SchemaSettings::openapi3().into_generator();
    let own: Vec<(&str, Value)> = types
        .iter()
        .map(|known| (known.name, (known.schema)(&mut generator).to_value()))
        .collect();
    let mut schemas: Map<String, Value> = generator.take_definitions(true).into_iter().collect();
    for (name, schema) in own {
        let itself = json!({ "$ref": format!("#/components/schemas/{name}") });
        if schema != itself {
            schemas.insert(name.to_owned(), schema);
        }
    }
    // Through the model of the format: what is no OpenAPI does not get through.
    let components: Components = serde_json::from_value(json!({ "schemas": schemas }))
        .map_err(|error| format!("the types' schemas are no OpenAPI: {error}"))?;
    let document = OpenAPI {
        openapi: "3.0.3".to_owned(),
        info: Info {
            title: "types".to_owned(),
            version: "0".to_owned(),
            ..Info::default()
        },
        components: Some(components),
        ..OpenAPI::default()
    };
    serde_json::to_value(document).map_err(|error| error.to_string())
}
