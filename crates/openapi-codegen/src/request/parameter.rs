//! The parameters of an operation: their places and styles, with the defaults of the format.

use serde_json::Value;

use super::shape::Shape;
use crate::document::naming;
use crate::document::walk::{OperationRef, follow, join};

/// Where a parameter stands in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Path,
    Query,
    Header,
    Cookie,
}

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    Simple,
    Label,
    Matrix,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
    /// As JSON text.
    Json,
}

/// One parameter of an operation.
#[derive(Clone, Debug)]
pub(crate) struct Parameter {
    /// The name in requests.
    pub(crate) name: String,
    /// The name of the argument in Rust.
    pub(crate) argument: String,
    pub(crate) place: Place,
    pub(crate) style: Style,
    pub(crate) explode: bool,
    pub(crate) allow_reserved: bool,
    pub(crate) required: bool,
    pub(crate) shape: Shape,
    /// The parameter as the document has it, references followed.
    pub(crate) value: Value,
    /// The same as it stands in the list: it may be a reference.
    pub(crate) entry: Value,
    /// Where it stands in the document: in the list of the operation, or of the path.
    pub(crate) pointer: String,
    /// Whether it stands in the list of the path.
    pub(crate) of_path: bool,
}

impl Parameter {
    /// Whether progenitor gives the argument the name that it has here.
    pub(crate) fn is_renamed(&self) -> bool {
        self.argument != naming::value_name(&self.name)
    }

    /// Whether what progenitor writes into a query is right.
    pub(crate) fn is_plain_query(&self) -> bool {
        let repeated = self.style == Style::Form && self.explode;
        let shape = match &self.shape {
            Shape::Text => self.style == Style::Form,
            Shape::List(items) => repeated && **items == Shape::Text,
            _ => false,
        };
        self.place == Place::Query && shape && !self.allow_reserved && !self.is_renamed()
    }
}

/// The parameters of an operation, those of its path that it does not replace first.
pub(crate) fn parameters(document: &Value, found: &OperationRef<'_>) -> Vec<Parameter> {
    let item = join("/paths", found.path);
    let mut parameters: Vec<Parameter> = Vec::new();
    let lists = [
        (item, found.item, true),
        (found.pointer(), found.operation, false),
    ];
    for (base, holder, of_path) in lists {
        let list = holder.get("parameters").and_then(Value::as_array);
        for (index, value) in list.into_iter().flatten().enumerate() {
            let pointer = join(&join(&base, "parameters"), &index.to_string());
            let Some(parameter) = follow(document, value).and_then(|it| read(document, it)) else {
                continue;
            };
            let parameter = Parameter {
                entry: value.clone(),
                pointer,
                of_path,
                ..parameter
            };
            let same =
                |other: &Parameter| other.name == parameter.name && other.place == parameter.place;
            parameters.retain(|other| !(same(other) && other.of_path));
            parameters.push(parameter);
        }
    }
    parameters
}

fn read(document: &Value, value: &Value) -> Option<Parameter> {
    let text = |key: &str| value.get(key).and_then(Value::as_str);
    let flag = |key: &str| value.get(key).and_then(Value::as_bool);
    let name = text("name")?.to_owned();
    let place = match text("in")? {
        "path" => Place::Path,
        "query" => Place::Query,
        "header" => Place::Header,
        "cookie" => Place::Cookie,
        _ => return None,
    };
    let default = match place {
        Place::Path | Place::Header => Style::Simple,
        Place::Query | Place::Cookie => Style::Form,
    };
    let content = value.get("content").and_then(Value::as_object);
    let media = content.and_then(|content| content.iter().next());
    let style = match (text("style"), media) {
        (_, Some((kind, _))) if is_json(kind) => Style::Json,
        (Some("simple"), None) => Style::Simple,
        (Some("label"), None) => Style::Label,
        (Some("matrix"), None) => Style::Matrix,
        (Some("form"), None) => Style::Form,
        (Some("spaceDelimited"), None) => Style::SpaceDelimited,
        (Some("pipeDelimited"), None) => Style::PipeDelimited,
        (Some("deepObject"), None) => Style::DeepObject,
        _ => default,
    };
    let schema = match media {
        Some((_, media)) => media.get("schema"),
        None => value.get("schema"),
    };
    Some(Parameter {
        argument: naming::value_name(&name),
        name,
        place,
        style,
        explode: flag("explode").unwrap_or(style == Style::Form),
        allow_reserved: flag("allowReserved").unwrap_or(false) && place == Place::Query,
        required: flag("required").unwrap_or(false),
        shape: schema.map_or(Shape::Any, |schema| Shape::of(document, schema)),
        value: value.clone(),
        entry: Value::Null,
        pointer: String::new(),
        of_path: false,
    })
}

/// Whether a content type is JSON: by its name, or by its suffix.
pub(crate) fn is_json(kind: &str) -> bool {
    let essence = kind
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    essence == "application/json" || essence == "text/json" || essence.ends_with("+json")
}
