//! Says which bodies are sent otherwise than a reader of the document might think.

use serde_json::Value;

use super::Draft;
use crate::client::security;
use crate::document::walk::{follow, join, operations};
use crate::request::{Encoded, Plan};

pub(super) fn tell(draft: &mut Draft) {
    let mut found = Vec::new();
    let document = &draft.document;
    for operation in operations(document) {
        let plan = Plan::of(document, &operation);
        let Some(body) = &plan.body else { continue };
        let place = join(&operation.pointer(), "requestBody");
        let content = operation
            .operation
            .get("requestBody")
            .and_then(|body| follow(document, body))
            .and_then(|body| body.get("content"))
            .and_then(Value::as_object);
        let others: Vec<_> = content
            .into_iter()
            .flat_map(|content| content.keys())
            .filter(|key| **key != body.key)
            .map(|key| format!("`{key}`"))
            .collect();
        if !others.is_empty() {
            found.push((
                join(&place, "content"),
                format!(
                    "the body is sent as `{}`, never as {}",
                    body.content_type,
                    others.join(", ")
                ),
                "state only the one that is to be sent",
            ));
        }
        let essence = body.key.split(';').next().unwrap_or_default();
        if body.key.contains('*') {
            found.push((
                body.pointer.clone(),
                format!(
                    "`{}` is no content type: the body is sent as `{}`",
                    body.key, body.content_type
                ),
                "state the one that is to be sent",
            ));
        } else if body.encoded == Encoded::Bytes && essence.contains("xml") {
            found.push((
                body.pointer.clone(),
                format!("the generator writes no `{essence}`: the caller passes the body as bytes"),
                "nothing, or state `application/json` too if the server takes it",
            ));
        }
    }
    for operation in operations(document) {
        let requirements = security::requirements(document, &operation);
        let known = requirements
            .iter()
            .filter(|it| security::is_known(document, it))
            .count();
        if known == 0 || known == requirements.len() {
            continue;
        }
        let own = operation.operation.get("security").is_some();
        let base = if own {
            join(&operation.pointer(), "security")
        } else {
            "/security".to_owned()
        };
        for (index, _) in requirements
            .iter()
            .enumerate()
            .filter(|(_, it)| !security::is_known(document, it))
        {
            found.push((
                join(&base, &index.to_string()),
                "these credentials cannot be written into a request: only the alternatives to them can be used".to_owned(),
                "define each scheme under `components/securitySchemes`, with its fields",
            ));
        }
    }
    for (place, message, help) in found {
        draft.warn(&place, message, help);
    }
}
