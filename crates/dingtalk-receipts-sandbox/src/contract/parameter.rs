//! The parameters of an operation's query and headers.

use axum::extract::Query;
use axum::http::{HeaderMap, Uri};
use jsonschema::Validator;
use openapi_document::{follow, pointer};
use serde_json::Value;

use crate::contract::invalid::Invalid;
use crate::contract::schema::Schemas;

/// A parameter. Those of a path are always there, and those of cookies are not checked.
pub(crate) struct Parameter {
    name: String,
    location: Location,
    required: bool,
    /// None if its values are not single ones, whose text form depends on its style.
    schema: Option<Validator>,
}

/// What is wrong with a parameter in a request.
pub(crate) enum ParameterFault<'a> {
    /// The parameter of this name is required and not there.
    Missing(&'a str),
    /// Its schema does not allow the value.
    Invalid,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Location {
    Query,
    Header,
}

impl Parameter {
    /// The parameters of the operation at `place`, with those of its path item, which it may replace.
    pub(crate) fn read_all(
        document: &Value,
        schemas: &Schemas,
        place: &str,
    ) -> Result<Vec<Self>, Invalid> {
        let mut all: Vec<Self> = Vec::new();
        for owner in [pointer::parent(place).unwrap_or_default(), place] {
            let list = pointer::join(owner, "parameters");
            let parameters = document.pointer(&list).and_then(Value::as_array);
            for (index, parameter) in parameters.into_iter().flatten().enumerate() {
                let place = pointer::join(&list, &index.to_string());
                let parameter = follow(document, parameter)
                    .ok_or_else(|| Invalid::new(&place, "the reference leads nowhere"))?;
                if let Some(read) = Self::read(document, schemas, parameter, &place)? {
                    all.retain(|known| {
                        !(known.name == read.name && known.location == read.location)
                    });
                    all.push(read);
                }
            }
        }
        Ok(all)
    }

    fn read(
        document: &Value,
        schemas: &Schemas,
        parameter: &Value,
        place: &str,
    ) -> Result<Option<Self>, Invalid> {
        let location = match parameter["in"].as_str() {
            Some("query") => Location::Query,
            Some("header") => Location::Header,
            _ => return Ok(None),
        };
        let schema = parameter.get("schema").filter(|schema| {
            let schema = follow(document, schema);
            let kind = schema.and_then(|schema| schema["type"].as_str());
            matches!(kind, Some("string" | "integer" | "number" | "boolean"))
        });
        Ok(Some(Self {
            name: parameter["name"].as_str().unwrap_or_default().to_owned(),
            location,
            required: parameter["required"] == true,
            schema: schema
                .map(|schema| schemas.compile(schema))
                .transpose()
                .map_err(|message| Invalid::new(place, message))?,
        }))
    }

    /// What is wrong with the parameter in a request, if anything is.
    pub(crate) fn fault(&self, uri: &Uri, headers: &HeaderMap) -> Option<ParameterFault<'_>> {
        let values = self.values(uri, headers);
        if values.is_empty() && self.required {
            return Some(ParameterFault::Missing(&self.name));
        }
        let schema = self.schema.as_ref()?;
        let all_fit = values.iter().all(|text| fits(schema, text));
        (!all_fit).then_some(ParameterFault::Invalid)
    }

    fn values(&self, uri: &Uri, headers: &HeaderMap) -> Vec<String> {
        match self.location {
            Location::Query => {
                let pairs = Query::<Vec<(String, String)>>::try_from_uri(uri);
                let pairs = pairs.map(|Query(pairs)| pairs).unwrap_or_default();
                let own = pairs.into_iter().filter(|(name, _)| *name == self.name);
                own.map(|(_, value)| value).collect()
            }
            Location::Header => {
                let own = headers.get_all(&self.name).into_iter();
                own.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
                    .collect()
            }
        }
    }
}

/// Whether a text is a value of the schema, as it stands or as the number or the truth value that it spells.
fn fits(schema: &Validator, text: &str) -> bool {
    let spelled = serde_json::from_str(text)
        .ok()
        .filter(|value: &Value| value.is_number() || value.is_boolean());
    schema.is_valid(&Value::from(text)) || spelled.is_some_and(|value| schema.is_valid(&value))
}
