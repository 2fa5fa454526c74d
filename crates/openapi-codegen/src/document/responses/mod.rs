//! Makes an operation's responses fit progenitor, which knows one type of success and one type of error.
//!
//! Every operation is given one response for successes (`2XX`) and one for errors (`default`) here. What the document
//! says of each status is kept as [`Outcomes`], from which [`crate::client::outcomes`] writes how a response is
//! decoded. Where statuses have different bodies the type is an `Option`, if some have the same body and others none,
//! or else an enum by status.

mod media;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::naming;
use super::walk::{Kind, join, walk};

const SCHEMAS: &str = "/components/schemas";

/// What an operation may respond with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outcomes {
    pub(crate) success: Outcome,
    pub(crate) error: Outcome,
    /// The media types to ask for, where they are others than JSON's own.
    pub(crate) accept: Option<String>,
}

/// The responses that are a success, or those that are an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    pub(crate) shape: Shape,
    /// In the order in which they are matched: statuses, then ranges, then `default`.
    pub(crate) arms: Vec<Arm>,
}

/// How the bodies of several statuses become one type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// There is one kind of body.
    Single,
    /// Some statuses have a body of one type and others none: the component that stands for it.
    Optional(String),
    /// An enum, by the statuses: its name, and that of the component that stands for it.
    ByStatus(String),
}

/// What comes with a status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Arm {
    pub(crate) status: Status,
    pub(crate) description: String,
    pub(crate) body: Body,
}

/// Statuses as a document lists them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    Code(u16),
    /// `4XX` is 4.
    Range(u16),
    Default,
}

/// The body of a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Body {
    Empty,
    Stream,
    /// JSON; its type where there is more than one kind of body.
    Json(Option<JsonType>),
}

/// A named schema, or once types are known the path of its type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct JsonType {
    pub(crate) name: String,
    pub(crate) nullable: bool,
}

/// Rewrites the responses of every operation; what they were, by the places of the operations.
///
/// Where there are several kinds of bodies, a component without a meaning stands for the type: [`Outcome::replacement`].
pub(crate) fn normalise(document: &mut Value) -> BTreeMap<String, Outcomes> {
    let accepted = media::normalise(document);
    let mut operations = Vec::new();
    walk(document, &mut |pointer, kind, _| {
        if kind == Kind::Operation {
            operations.push(pointer.to_owned());
        }
    });
    let mut taken: BTreeSet<String> = document
        .pointer(SCHEMAS)
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .map(|(name, _)| naming::type_name(name))
        .collect();
    let mut all = BTreeMap::new();
    for pointer in operations {
        let mut rewrite = Rewrite {
            id: operation_id(document, &pointer),
            document,
            taken: &mut taken,
            hoisted: BTreeMap::new(),
        };
        all.insert(pointer.clone(), rewrite.operation(&pointer, &accepted));
    }
    all
}

fn operation_id(document: &Value, pointer: &str) -> String {
    let id = document
        .pointer(&join(pointer, "operationId"))
        .and_then(Value::as_str);
    // The name that a schema within it would begin with.
    id.map_or_else(|| naming::for_schema(document, pointer), str::to_owned)
}

impl Status {
    fn parse(text: &str) -> Option<Self> {
        match text.as_bytes() {
            b"default" => Some(Self::Default),
            [class @ b'1'..=b'5', b'X' | b'x', b'X' | b'x'] => {
                Some(Self::Range(u16::from(class - b'0')))
            }
            _ => text.parse().ok().map(Self::Code),
        }
    }

    fn class(self) -> u16 {
        match self {
            Self::Code(code) => code / 100,
            Self::Range(class) => class,
            Self::Default => 0,
        }
    }
}

impl Outcomes {
    /// Replaces the names of schemas by the paths of their types.
    pub(crate) fn resolve(&mut self, path: &dyn Fn(&str) -> String) {
        for arm in self.success.arms.iter_mut().chain(&mut self.error.arms) {
            if let Body::Json(Some(json)) = &mut arm.body {
                json.name = path(&json.name);
            }
        }
    }
}

impl Outcome {
    fn is_decoded(&self) -> bool {
        let is_json = |arm: &Arm| matches!(arm.body, Body::Json(_));
        self.shape != Shape::Single || self.arms.iter().any(is_json)
    }

    fn is_empty(&self) -> bool {
        self.arms.iter().all(|arm| arm.body == Body::Empty)
    }

    /// The name of the component that stands for the type, and the path of the type.
    pub(crate) fn replacement(&self, own: &dyn Fn(&str) -> String) -> Option<(String, String)> {
        match &self.shape {
            Shape::Single => None,
            Shape::ByStatus(name) => Some((name.clone(), own(name))),
            Shape::Optional(name) => {
                let body = self.arms.iter().find_map(|arm| match &arm.body {
                    Body::Json(json) => json.as_ref(),
                    Body::Empty | Body::Stream => None,
                })?;
                let path = if body.nullable {
                    format!("::std::option::Option<{}>", body.name)
                } else {
                    body.name.clone()
                };
                Some((name.clone(), format!("::std::option::Option<{path}>")))
            }
        }
    }
}

/// One documented response: its status, and where it really stands.
struct Documented {
    status: Status,
    /// The response as the operation has it: perhaps a reference.
    value: Value,
    /// Where the response is, references followed.
    pointer: String,
}

/// The media types of some responses, each once.
fn media_types(all: &[Documented], accepted: &BTreeMap<String, String>) -> Vec<String> {
    let mut types: Vec<String> = Vec::new();
    for it in all.iter().filter_map(|it| accepted.get(&it.pointer)) {
        if !types.contains(it) {
            types.push(it.clone());
        }
    }
    types
}

struct Rewrite<'a> {
    id: String,
    document: &'a mut Value,
    taken: &'a mut BTreeSet<String>,
    /// The schemas that have become components, by what they mean.
    hoisted: BTreeMap<String, String>,
}

impl Rewrite<'_> {
    fn operation(&mut self, pointer: &str, accepted: &BTreeMap<String, String>) -> Outcomes {
        let place = join(pointer, "responses");
        let mut documented = self.documented(&place);
        documented.sort_by_key(|it| it.status);
        let (mut successes, mut errors) = (Vec::new(), Vec::new());
        for it in documented {
            match it.status.class() {
                2 => successes.push(it),
                0 | 4 | 5 => errors.push(it),
                // What is neither, such as 304, has no type: it is an unexpected response, with its body.
                _ => {}
            }
        }
        // `default` alone is said of successes too.
        if let ([], Some(default)) = (&*successes, errors.last())
            && default.status == Status::Default
        {
            successes.push(Documented {
                status: Status::Range(2),
                value: default.value.clone(),
                pointer: default.pointer.clone(),
            });
        }
        let mut wanted = media_types(&successes, accepted);
        if wanted.is_empty() {
            wanted = media_types(&errors, accepted);
        }
        let mut responses = Map::new();
        let success = if successes.is_empty() {
            let stream =
                json!({ "description": "", "content": { "application/octet-stream": {} } });
            responses.insert("2XX".to_owned(), stream);
            Outcome {
                shape: Shape::Single,
                arms: vec![Arm {
                    status: Status::Range(2),
                    description: String::new(),
                    body: Body::Stream,
                }],
            }
        } else {
            let (outcome, value) = self.outcome("success", &successes);
            responses.insert("2XX".to_owned(), value);
            outcome
        };
        let error = if errors.is_empty() {
            Outcome {
                shape: Shape::Single,
                arms: Vec::new(),
            }
        } else {
            let (outcome, value) = self.outcome("error", &errors);
            responses.insert("default".to_owned(), value);
            outcome
        };
        if let Some(part) = self.document.pointer_mut(&place) {
            *part = Value::Object(responses);
        }
        // progenitor asks for JSON where it decodes some, of a success or else of an error.
        let asks = success.is_decoded() || success.is_empty() && error.is_decoded();
        let is_other = !wanted.is_empty() && wanted != ["application/json"];
        Outcomes {
            success,
            error,
            accept: (asks && is_other).then(|| wanted.join(", ")),
        }
    }

    fn documented(&self, place: &str) -> Vec<Documented> {
        let responses = self.document.pointer(place).and_then(Value::as_object);
        let listed = responses.into_iter().flatten().filter_map(|(key, value)| {
            let status = Status::parse(key)?;
            let mut pointer = join(place, key);
            for _ in 0..64 {
                let part = self.document.pointer(&pointer)?;
                match part.get("$ref").and_then(Value::as_str) {
                    Some(reference) => pointer = reference.strip_prefix('#')?.to_owned(),
                    None => break,
                }
            }
            Some(Documented {
                status,
                value: value.clone(),
                pointer,
            })
        });
        listed.collect()
    }

    /// The place of the schema of a response's JSON.
    fn schema(&self, response: &Documented) -> Option<String> {
        let place = format!("{}/content/application~1json/schema", response.pointer);
        self.document.pointer(&place).map(|_| place)
    }

    /// How responses become one type, and the one response that progenitor shall see.
    fn outcome(&mut self, word: &str, documented: &[Documented]) -> (Outcome, Value) {
        let mut kinds = BTreeSet::new();
        for it in documented {
            kinds.insert(match self.schema(it) {
                Some(place) => meaning(self.document.pointer(&place)).to_string(),
                None if self.has_content(it) => "stream".to_owned(),
                None => String::new(),
            });
        }
        let json = kinds
            .iter()
            .filter(|kind| kind.starts_with(['{', 't', 'f']))
            .count();
        let is_optional = kinds.len() == 2 && json == 1 && kinds.contains("");
        let single = kinds.len() == 1;
        let mut arms = Vec::new();
        for it in documented {
            let body = match self.schema(it) {
                Some(_) if single => Body::Json(None),
                Some(place) => Body::Json(Some(self.named(&place, it.status))),
                None if self.has_content(it) => Body::Stream,
                None => Body::Empty,
            };
            let description = self.document.pointer(&join(&it.pointer, "description"));
            arms.push(Arm {
                status: it.status,
                description: description
                    .and_then(Value::as_str)
                    .unwrap_or_default()
                    .to_owned(),
                body,
            });
        }
        if let (true, Some(first)) = (single, documented.first()) {
            let shape = Shape::Single;
            return (Outcome { shape, arms }, first.value.clone());
        }
        let wish = naming::stable_type_name(&format!("{}-{word}", self.id));
        let name = naming::unique(&wish, self.taken);
        super::lift::add_component(self.document, &name, &json!({}));
        let response = json!({ "description": "", "content": { "application/json": {
            "schema": { "$ref": join(&format!("#{SCHEMAS}"), &name) },
        } } });
        let shape = if is_optional {
            Shape::Optional(name)
        } else {
            Shape::ByStatus(name)
        };
        (Outcome { shape, arms }, response)
    }

    fn has_content(&self, response: &Documented) -> bool {
        self.document
            .pointer(&join(&response.pointer, "content"))
            .and_then(Value::as_object)
            .is_some_and(|content| !content.is_empty())
    }

    /// The named schema at a place; one without a name becomes a component.
    fn named(&mut self, place: &str, status: Status) -> JsonType {
        let schema = self.document.pointer(place).cloned().unwrap_or_default();
        if let Some(name) = schema_name(&schema) {
            let nullable = self.is_nullable(&name);
            return JsonType { name, nullable };
        }
        let nullable = schema.get("nullable") == Some(&Value::Bool(true));
        let meaning = meaning(Some(&schema)).to_string();
        let known = self.hoisted.get(&meaning).cloned();
        let name = known.unwrap_or_else(|| {
            let status = match status {
                Status::Code(code) => code.to_string(),
                Status::Range(class) => format!("{class}xx"),
                Status::Default => "default".to_owned(),
            };
            let wish = format!("{}-{status}-response", self.id);
            let title = schema.get("title").and_then(Value::as_str);
            let wish = naming::stable_type_name(title.unwrap_or(&wish));
            let name = naming::unique(&wish, self.taken);
            let mut moved = schema.clone();
            super::nullable::strip(&mut moved);
            super::lift::add_component(self.document, &name, &moved);
            self.hoisted.insert(meaning, name.clone());
            name
        });
        if let Some(schema) = self.document.pointer_mut(place) {
            *schema = json!({ "$ref": join(&format!("#{SCHEMAS}"), &name) });
        }
        JsonType { name, nullable }
    }

    fn is_nullable(&self, name: &str) -> bool {
        let schema = self.document.pointer(&join(SCHEMAS, name));
        let target = schema.and_then(|schema| super::walk::follow(self.document, schema));
        [schema, target]
            .into_iter()
            .flatten()
            .any(|schema| schema.get("nullable") == Some(&Value::Bool(true)))
    }
}

/// The component that a schema is a reference to, whatever is said beside the reference.
fn schema_name(schema: &Value) -> Option<String> {
    let only = schema
        .get("allOf")
        .and_then(Value::as_array)
        .filter(|parts| parts.len() == 1 && schema.get("nullable").is_none())
        .and_then(|parts| parts.first())
        .filter(|_| super::distinct::says_no_more(schema, "allOf"));
    let reference = only.unwrap_or(schema).get("$ref").and_then(Value::as_str)?;
    match naming::component(reference) {
        Some(("schemas", name)) => Some(name),
        _ => None,
    }
}

/// A schema without what is only said about it, so that two of one meaning are equal.
fn meaning(schema: Option<&Value>) -> Value {
    let Some(schema) = schema else {
        return Value::Null;
    };
    if let Some(name) = schema_name(schema) {
        return json!({ "$ref": name });
    }
    super::distinct::deep_meaning(schema)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcomes(responses: Value) -> Outcomes {
        let mut document = json!({
            "paths": { "/a": { "get": { "operationId": "getA", "responses": responses } } },
            "components": { "schemas": { "A": {}, "B": {} } },
        });
        normalise(&mut document).remove("/paths/~1a/get").unwrap()
    }

    fn json_of(name: &str) -> Value {
        json!({ "description": "d", "content": { "application/json": {
            "schema": { "$ref": format!("#/components/schemas/{name}") },
        } } })
    }

    #[test]
    fn bodies_of_several_statuses_become_one_type() {
        let (a, b, empty) = (json_of("A"), json_of("B"), json!({ "description": "" }));
        let stream = json!({ "description": "", "content": { "text/csv": {} } });
        let by_status = Shape::ByStatus("GetASuccess".to_owned());
        for (responses, shape) in [
            (json!({ "200": a, "201": a }), Shape::Single),
            (
                json!({ "200": a, "204": empty }),
                Shape::Optional("GetASuccess".to_owned()),
            ),
            (json!({ "200": a, "202": b }), by_status.clone()),
            (
                json!({ "200": a, "202": b, "204": empty }),
                by_status.clone(),
            ),
            (json!({ "200": a, "206": stream }), by_status),
            (json!({ "default": a }), Shape::Single),
            (json!({ "404": a }), Shape::Single),
        ] {
            assert_eq!(
                outcomes(responses.clone()).success.shape,
                shape,
                "{responses}"
            );
        }
        let errors = outcomes(json!({ "200": a, "default": empty, "4XX": b, "400": b })).error;
        assert_eq!(errors.shape, Shape::Optional("GetAError".to_owned()));
        let order: Vec<_> = errors.arms.iter().map(|arm| arm.status).collect();
        assert_eq!(
            order,
            [Status::Code(400), Status::Range(4), Status::Default]
        );
    }

    #[test]
    fn the_media_types_of_the_successes_are_asked_for() {
        let hal =
            json!({ "description": "", "content": { "application/hal+json": { "schema": {} } } });
        let problem = json!({ "description": "", "content": { "application/problem+json": { "schema": {} } } });
        let accept = |responses: Value| outcomes(responses).accept;
        assert_eq!(
            accept(json!({ "200": json_of("A"), "400": problem.clone() })),
            None
        );
        assert_eq!(
            accept(json!({ "200": hal, "201": json_of("A") })).as_deref(),
            Some("application/hal+json, application/json")
        );
        assert_eq!(
            accept(json!({ "204": { "description": "" }, "default": problem.clone() })).as_deref(),
            Some("application/problem+json")
        );
        let csv = json!({ "description": "", "content": { "text/csv": {} } });
        assert_eq!(accept(json!({ "200": csv, "400": problem })), None);
        assert_eq!(
            accept(json!({ "200": csv, "201": json_of("A") })).as_deref(),
            Some("text/csv, application/json")
        );
    }
}
