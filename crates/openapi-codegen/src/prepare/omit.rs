//! Leaves out what the generator cannot express, and lists it.
//!
//! As little as can be left out is: an optional parameter, else the operation. A schema that cannot become a type is read
//! and written as any JSON, so that nothing of its values is lost.

use serde_json::{Value, json};

use super::Draft;
use crate::document::walk::{Kind, follow, join, operations, walk};
use crate::finding::Finding;
use crate::request::{self, Place};

/// Leaves out what findings are about; whether there was something to leave out.
pub(crate) fn omit(draft: &mut Draft, findings: &[Finding]) -> bool {
    let mut changed = false;
    // The last of a list first: what is before it keeps its place.
    let mut findings: Vec<&Finding> = findings.iter().collect();
    findings.sort_by(|a, b| b.pointer.cmp(&a.pointer));
    for finding in findings {
        changed |= leave_out(draft, finding);
    }
    changed
}

fn leave_out(draft: &mut Draft, finding: &Finding) -> bool {
    let steps: Vec<&str> = finding.pointer.split('/').skip(1).collect();
    match steps.as_slice() {
        ["paths", path, "parameters", index, ..] => {
            let item = format!("/paths/{path}");
            parameter(draft, &item, std::slice::from_ref(&item), index, finding)
        }
        ["paths", path, method, "parameters", index, ..] if is_method(method) => {
            let operation = format!("/paths/{path}/{method}");
            parameter(
                draft,
                &operation,
                std::slice::from_ref(&operation),
                index,
                finding,
            )
        }
        ["paths", .., "encoding", _, "headers", _] if is_optional(draft, &finding.pointer) => {
            remove(draft, &finding.pointer, "the header is left out", finding)
        }
        // A schema of a body is any JSON; what else is wrong with a body is wrong with the request.
        ["paths", path, method, rest @ ..] if is_method(method) => {
            let operation = format!("/paths/{path}/{method}");
            if rest.is_empty() && add_missing(draft, &operation, path) {
                return true;
            }
            schema(draft, finding) || (!rest.is_empty() && response(draft, finding)) || {
                remove(draft, &operation, "the operation is left out", finding)
            }
        }
        ["paths", path, ..] => {
            let place = format!("/paths/{path}");
            remove(draft, &place, "the path is left out", finding)
        }
        ["components", "parameters", name, ..] => {
            users(draft, &format!("/components/parameters/{name}"), finding)
        }
        [
            "components",
            "securitySchemes" | "examples" | "links" | "callbacks",
            ..,
        ] => {
            let place = steps.get(..3).unwrap_or_default().join("/");
            remove(draft, &format!("/{place}"), "this is left out", finding)
        }
        ["components", ..] => schema(draft, finding),
        [field, ..]
            if field.starts_with("x-")
                || ["tags", "servers", "externalDocs", "security"].contains(field) =>
        {
            remove(draft, &format!("/{field}"), "this is left out", finding)
        }
        _ => false,
    }
}

fn is_method(step: &str) -> bool {
    [
        "get", "put", "post", "delete", "options", "head", "patch", "trace",
    ]
    .contains(&step)
}

fn is_optional(draft: &Draft, header: &str) -> bool {
    let header = draft.document.pointer(header);
    let header = header.and_then(|header| follow(&draft.document, header));
    header.is_some_and(|header| header.get("required") != Some(&Value::Bool(true)))
}

fn remove(draft: &mut Draft, place: &str, what: &str, finding: &Finding) -> bool {
    if draft.document.pointer(place).is_none() {
        return false;
    }
    draft.leave_out(what, finding);
    draft.remove(place);
    true
}

/// Adds what the path of an operation has in braces and no parameter says: it can only be a text.
fn add_missing(draft: &mut Draft, operation: &str, path: &str) -> bool {
    let path = path.replace("~1", "/").replace("~0", "~");
    let all = operations(&draft.document);
    let Some(found) = all.iter().find(|found| found.pointer() == operation) else {
        return false;
    };
    let known = request::parameters(&draft.document, found);
    let names = path
        .split('{')
        .skip(1)
        .filter_map(|part| part.split_once('}'));
    let missing: Vec<String> = names
        .map(|(name, _)| name.to_owned())
        .filter(|name| {
            !known
                .iter()
                .any(|it| it.place == Place::Path && it.name == *name)
        })
        .collect();
    for name in &missing {
        let parameter =
            json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } });
        let message = format!(
            "`{{{name}}}` of the path is no parameter of the operation: it is taken for a text"
        );
        draft.warn(operation, message, "add a parameter for it");
        let Some(object) = draft
            .document
            .pointer_mut(operation)
            .and_then(Value::as_object_mut)
        else {
            return false;
        };
        if let Some(list) = object
            .entry("parameters")
            .or_insert_with(|| json!([]))
            .as_array_mut()
        {
            list.push(parameter);
        }
    }
    !missing.is_empty()
}

/// Leaves out a parameter that is optional, or the operations that cannot do without it.
fn parameter(
    draft: &mut Draft,
    holder: &str,
    without: &[String],
    index: &str,
    finding: &Finding,
) -> bool {
    let place = join(&join(holder, "parameters"), index);
    let Some(entry) = draft.document.pointer(&place) else {
        return false;
    };
    let known = follow(&draft.document, entry);
    let is_in =
        |wanted: &str| known.is_some_and(|it| it.get("in").and_then(Value::as_str) == Some(wanted));
    let is_required = known.is_some_and(|it| it.get("required") == Some(&Value::Bool(true)));
    if is_in("path") && known.is_some_and(|it| it.get("required") != Some(&Value::Bool(true))) {
        // In a path there is no other way.
        let mut mended = known.cloned().unwrap_or_default();
        mended["required"] = json!(true);
        draft.set(&place, mended);
        draft.warn(&place, finding.message.clone(), finding.help.clone());
        return true;
    }
    if is_in("path") && finding.pointer.ends_with("/name") {
        return remove(draft, &place, "the parameter is left out", finding);
    }
    if !is_required && !is_in("path") {
        return remove(draft, &place, "the parameter is left out", finding);
    }
    let mut changed = false;
    for place in without {
        changed |= remove(
            draft,
            place,
            "what cannot be called without this parameter is left out",
            finding,
        );
    }
    changed
}

/// Leaves out a parameter of `components` wherever it is used.
fn users(draft: &mut Draft, target: &str, finding: &Finding) -> bool {
    let reference = format!("#{target}");
    let mut uses = Vec::new();
    walk(&draft.document, &mut |pointer, kind, value| {
        let found = value.get("$ref").and_then(Value::as_str) == Some(&reference);
        if kind == Kind::Parameter && found {
            uses.push(pointer.to_owned());
        }
    });
    let mut changed = false;
    for place in uses.iter().rev() {
        let Some((holder, index)) = place.rsplit_once("/parameters/") else {
            continue;
        };
        let mut finding = finding.clone();
        finding.pointer.clone_from(place);
        changed |= parameter(draft, holder, &[holder.to_owned()], index, &finding);
    }
    changed || remove(draft, target, "the parameter is left out", finding)
}

/// Lets a schema take anything; a default is left out alone.
fn schema(draft: &mut Draft, finding: &Finding) -> bool {
    let mut around: Vec<String> = Vec::new();
    walk(&draft.document, &mut |pointer, kind, value| {
        let is_around = finding.pointer == pointer
            || finding
                .pointer
                .strip_prefix(pointer)
                .is_some_and(|rest| rest.starts_with('/'));
        if kind == Kind::Schema && is_around && !is_anything(value) {
            around.push(pointer.to_owned());
        }
    });
    // What stands for anything would turn `not` into never, and make each other alternative ambiguous.
    let is_choice = |outer: &String, inner: &String| {
        let step = inner.strip_prefix(outer.as_str()).unwrap_or_default();
        step == "/not" || step.starts_with("/oneOf/") || step.starts_with("/anyOf/")
    };
    let edge = around
        .windows(2)
        .position(|pair| matches!(pair, [outer, inner] if is_choice(outer, inner)));
    let innermost = match edge {
        Some(index) => around.get(index).cloned(),
        None => around.pop(),
    };
    let Some(place) = innermost else { return false };
    let rest = finding.pointer.strip_prefix(&place).unwrap_or_default();
    // A schema far above says nothing about what was found in a part that is none.
    let keyword = rest.strip_prefix('/').unwrap_or_default();
    if keyword == "default" {
        draft.warn(
            &finding.pointer,
            finding.message.clone(),
            finding.help.clone(),
        );
        return draft.remove(&finding.pointer).is_some();
    }
    let description = draft
        .document
        .pointer(&place)
        .and_then(|it| it.get("description"))
        .cloned();
    draft.leave_out("this is read and written as any JSON", finding);
    let mut anything = json!({});
    if let Some(description) = description.filter(Value::is_string) {
        anything["description"] = description;
    }
    draft.set(&place, anything);
    true
}

fn is_anything(schema: &Value) -> bool {
    schema
        .as_object()
        .is_some_and(|schema| schema.keys().all(|field| field == "description"))
}

/// Leaves out a reference to a response that is not there.
fn response(draft: &mut Draft, finding: &Finding) -> bool {
    let Some(place) = finding.pointer.strip_suffix("/$ref") else {
        return false;
    };
    if !place.contains("/responses/") {
        return false;
    }
    let description = json!({ "description": "" });
    if draft.document.pointer(place).is_none() {
        return false;
    }
    draft.leave_out("the response is not decoded", finding);
    draft.set(place, description);
    true
}
