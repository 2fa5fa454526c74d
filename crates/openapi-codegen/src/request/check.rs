//! Can the requests of an operation be written as the document says?

use serde_json::Value;

use super::parameter::is_json;
use super::shape::Shape;
use super::{Body, Encoded, Parameter, Place, Plan, Style};
use crate::client::security;
use crate::document::walk::{OperationRef, join};
use crate::finding::Finding;

/// Everything of an operation's requests that cannot be written.
pub(crate) fn check(document: &Value, found: &OperationRef<'_>, findings: &mut Vec<Finding>) {
    let plan = Plan::of(document, found);
    for parameter in &plan.parameters {
        check_parameter(parameter, findings);
    }
    if let Some(body) = &plan.body {
        check_body(body, document, findings);
    }
    check_security(document, found, findings);
}

fn check_parameter(parameter: &Parameter, findings: &mut Vec<Finding>) {
    let Parameter { name, shape, .. } = parameter;
    let mut find = |field: &str, message: String, help: &str| {
        findings.push(Finding::new(join(&parameter.pointer, field), message, help));
    };
    let style = parameter.value.get("style").and_then(Value::as_str);
    if let Some(style) = style.filter(|_| parameter.value.get("content").is_none()) {
        let known: &[&str] = match parameter.place {
            Place::Path => &["simple", "label", "matrix"],
            Place::Query => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
            Place::Header => &["simple"],
            Place::Cookie => &["form"],
        };
        if !known.contains(&style) {
            let help = format!("write one of {}", known.join(", "));
            find(
                "style",
                format!("`{name}` cannot be written in style `{style}` here"),
                &help,
            );
            return;
        }
    }
    if matches!(parameter.place, Place::Header | Place::Cookie) && !security::is_header_name(name) {
        let message =
            format!("`{name}` has a character that no header or cookie may have in its name");
        find("name", message, "correct the name");
    }
    let content = parameter.value.get("content").and_then(Value::as_object);
    if let Some(content) = content {
        let kind = content
            .keys()
            .next()
            .map(String::as_str)
            .unwrap_or_default();
        let text = kind.starts_with("text/") && *shape == Shape::Text;
        if content.len() != 1 || !(is_json(kind) || text) {
            let message = format!("`{name}` cannot be written as `{kind}`");
            find(
                "content",
                message,
                "state one content type: `application/json`, or a `schema` instead",
            );
        }
        return;
    }
    if parameter.value.get("schema").is_none() {
        find("schema", format!("`{name}` has no `schema`"), "add one");
        return;
    }
    let depth = shape.depth();
    match (parameter.style, parameter.place) {
        (Style::DeepObject, _) if !shape.may_be_fields() || shape.has_list() => find(
            "style",
            format!(
                "`{name}` is or holds a list, or has no fields, and `deepObject` is for objects of single values"
            ),
            "use `form` for lists, or `content: application/json` for what is deeper",
        ),
        (Style::DeepObject | Style::Json, _) => {}
        (_, Place::Cookie) if depth > 0 && parameter.explode => find(
            "schema",
            format!("`{name}` is a list or an object, and a cookie is one value"),
            "write `explode: false`, or `type: string`",
        ),
        _ if depth > 1 => find(
            "schema",
            format!("`{name}` is a list or an object within another, which no style can write"),
            "use `content: application/json` instead of `schema`",
        ),
        _ => {}
    }
}

fn check_body(body: &Body, document: &Value, findings: &mut Vec<Finding>) {
    let mut find = |field: &str, message: String, help: &str| {
        findings.push(Finding::new(
            format!("{}/{field}", body.pointer),
            message,
            help,
        ));
    };
    match body.encoded {
        Encoded::Form if !body.has_parts => {
            let flat = Shape::of(document, &body.schema);
            if flat.depth() > 1 || !flat.may_be_fields() {
                let message =
                    "the fields of this form cannot be written: they are not those of one object";
                find(
                    "schema",
                    message.to_owned(),
                    "list them under `properties` of one object",
                );
            }
        }
        Encoded::Multipart if !body.has_parts => {
            let message =
                "the parts of this form are not known: they are not the properties of one object";
            find(
                "schema",
                message.to_owned(),
                "list them under `properties` of one object",
            );
        }
        Encoded::Multipart => {
            for part in &body.parts {
                for header in &part.headers {
                    let place = ["encoding", &part.name, "headers", header];
                    find(
                        &place.map(segment).join("/"),
                        format!(
                            "the header `{header}` of the part `{}` cannot be written",
                            part.name
                        ),
                        "leave it out, or make it a part or a parameter of its own",
                    );
                }
            }
        }
        Encoded::Form => {
            for part in &body.parts {
                let deep = part.shape.depth();
                let fits = match part.style {
                    Style::Json => true,
                    Style::DeepObject => part.shape.may_be_fields() && !part.shape.has_list(),
                    _ => deep == 0 || (deep == 1 && !matches!(part.shape, Shape::Fields(_))),
                };
                if !fits {
                    // In an `allOf` the property is elsewhere; the nearest place that exists is shown.
                    find(
                        &format!("schema/properties/{}", segment(&part.name)),
                        format!("`{}` is deeper than a field of a form can be", part.name),
                        "state `contentType: application/json` for it under `encoding`, or make it a text",
                    );
                }
            }
        }
        _ => {}
    }
}

/// A name as a step of a pointer.
fn segment(name: &str) -> String {
    join("", name).trim_start_matches('/').to_owned()
}

fn check_security(document: &Value, found: &OperationRef<'_>, findings: &mut Vec<Finding>) {
    let requirements = security::requirements(document, found);
    let base = if found.operation.get("security").is_some() {
        join(&found.pointer(), "security")
    } else {
        "/security".to_owned()
    };
    if requirements.is_empty()
        || requirements
            .iter()
            .any(|it| security::is_known(document, it))
    {
        return;
    }
    for (index, alternative) in requirements.iter().enumerate() {
        let names: Vec<_> = alternative
            .as_object()
            .into_iter()
            .flat_map(|schemes| schemes.keys())
            .map(|name| format!("`{name}`"))
            .collect();
        let finding = Finding::new(
            join(&base, &index.to_string()),
            format!(
                "the credentials {} cannot be written into a request",
                names.join(", ")
            ),
            "define each under `components/securitySchemes`: apiKey, http, oauth2 or openIdConnect, with its fields",
        );
        if !findings.contains(&finding) {
            findings.push(finding);
        }
    }
}
