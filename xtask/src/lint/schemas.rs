//! Rules about schemas, most of which depend on whether a schema is sent or received.

use std::collections::BTreeSet;

use dingtalk_receipts_codegen::document::walk::{Kind, follow, join, operations, walk_from};
use serde_json::Value;

use super::Part;
use crate::finding::Finding;

pub(super) fn lint(document: &Value, parts: &[Part<'_>]) -> Vec<Finding> {
    let (sent, received) = directions(document);
    let mut findings = Vec::new();
    for part in parts
        .iter()
        .filter(|part| part.kind == Kind::Schema && part.value.get("$ref").is_none())
    {
        let (pointer, schema) = (&part.pointer, part.value);
        required(pointer, schema, &mut findings);
        secrets(document, pointer, schema, &mut findings);
        integers(pointer, schema, sent.contains(pointer), &mut findings);
        if received.contains(pointer) {
            open_sets(pointer, schema, &mut findings);
            nullable(document, pointer, schema, &mut findings);
        }
    }
    findings
}

/// The pointers of all schemas that are part of a request, and of all that are part of a response.
fn directions(document: &Value) -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut sent, mut received) = (BTreeSet::new(), BTreeSet::new());
    for found in operations(document) {
        let pointer = found.pointer();
        let item = join("/paths", found.path);
        for (base, holder, field, kind) in [
            (&item, found.item, "parameters", Kind::Parameter),
            (&pointer, found.operation, "parameters", Kind::Parameter),
            (&pointer, found.operation, "requestBody", Kind::RequestBody),
        ] {
            if let Some(part) = holder.get(field) {
                reach(document, part, &join(base, field), kind, &mut sent);
            }
        }
        if let Some(responses) = found.operation.get("responses") {
            reach(
                document,
                responses,
                &join(&pointer, "responses"),
                Kind::Responses,
                &mut received,
            );
        }
    }
    (sent, received)
}

/// Collects the schemas within a part, and behind its references.
fn reach(document: &Value, part: &Value, pointer: &str, kind: Kind, found: &mut BTreeSet<String>) {
    if let (Kind::Parameter, Some(list)) = (kind, part.as_array()) {
        for (index, parameter) in list.iter().enumerate() {
            reach(
                document,
                parameter,
                &join(pointer, &index.to_string()),
                kind,
                found,
            );
        }
        return;
    }
    let mut references = Vec::new();
    walk_from(part, pointer, kind, &mut |place, kind, value| match value
        .get("$ref")
        .and_then(Value::as_str)
        .and_then(|reference| reference.strip_prefix('#'))
    {
        Some(target) => references.push((target, kind)),
        None if kind == Kind::Schema => {
            found.insert(place.to_owned());
        }
        None => {}
    });
    for (target, kind) in references {
        let seen = format!("-> {target}");
        if found.insert(seen)
            && let Some(part) = document.pointer(target)
        {
            reach(document, part, target, kind, found);
        }
    }
}

fn required(pointer: &str, schema: &Value, findings: &mut Vec<Finding>) {
    let Some(properties) = schema.get("properties").and_then(Value::as_object) else {
        return;
    };
    let names = schema.get("required").and_then(Value::as_array);
    for (index, name) in names.into_iter().flatten().enumerate() {
        if let Some(name) = name.as_str()
            && !properties.contains_key(name)
        {
            findings.push(Finding::new(
                "required-property",
                join(&join(pointer, "required"), &index.to_string()),
                format!("`{name}` is required and not among the properties"),
                "add it there, or take it out here",
            ));
        }
    }
}

fn open_sets(pointer: &str, schema: &Value, findings: &mut Vec<Finding>) {
    let values = schema.get("enum").and_then(Value::as_array);
    let texts = values.is_some_and(|values| values.iter().any(Value::is_string));
    // One value is no set: it tells one kind of answer from another.
    if texts && values.is_some_and(|values| values.len() > 1) {
        findings.push(Finding::new(
            "closed-enum-in-response",
            join(pointer, "enum"),
            "a new value in an answer breaks every client that was generated before it",
            "write `x-extensible-enum` instead of `enum`",
        ));
    }
}

fn nullable(document: &Value, pointer: &str, schema: &Value, findings: &mut Vec<Finding>) {
    let required = schema.get("required").and_then(Value::as_array);
    let is_required = |name: &str| required.is_some_and(|all| all.iter().any(|it| it == name));
    let properties = schema.get("properties").and_then(Value::as_object);
    for (name, property) in properties
        .into_iter()
        .flatten()
        .filter(|(name, _)| !is_required(name))
    {
        let states = property.get("nullable").is_some()
            || follow(document, property).is_some_and(|target| target.get("nullable").is_some());
        if !states {
            findings.push(Finding::new(
                "nullable-stated",
                join(&join(pointer, "properties"), name),
                format!("`{name}` may be absent, and nothing says whether it may be null"),
                "add `nullable: true`, or `nullable: false` if that is known",
            ));
        }
    }
}

fn integers(pointer: &str, schema: &Value, sent: bool, findings: &mut Vec<Finding>) {
    if schema.get("type").and_then(Value::as_str) != Some("integer") {
        return;
    }
    if schema.get("format").is_none() {
        findings.push(Finding::new(
            "bounded-integer",
            pointer,
            "the integer has no `format`",
            "write `format: int32` or `format: int64`: languages differ in what they take for granted",
        ));
    }
    let bounded = schema.get("enum").is_some()
        || ["minimum", "maximum"]
            .iter()
            .all(|bound| schema.get(bound).is_some());
    if sent && !bounded {
        findings.push(Finding::new(
            "bounded-integer",
            pointer,
            "the integer is part of a request and not bounded on both sides",
            "add `minimum` and `maximum`",
        ));
    }
}

fn secrets(document: &Value, pointer: &str, schema: &Value, findings: &mut Vec<Finding>) {
    let properties = schema.get("properties").and_then(Value::as_object);
    for (name, property) in properties
        .into_iter()
        .flatten()
        .filter(|(name, _)| is_secret(name))
    {
        let Some(target) = follow(document, property) else {
            continue;
        };
        let text = |key: &str| target.get(key).and_then(Value::as_str);
        if text("type") == Some("string") && text("format") != Some("password") {
            findings.push(Finding::new(
                "secret-marked",
                join(&join(pointer, "properties"), name),
                format!("`{name}` sounds like a secret and is not marked as one"),
                "add `format: password`, or allow it and say why it is none",
            ));
        }
    }
}

/// Whether a name is that of a secret. A token that only says where to go on is none.
fn is_secret(name: &str) -> bool {
    let words = words(name);
    let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(&word.as_str()));
    let ends = |wanted: &str| words.last().is_some_and(|word| word == wanted);
    let is_cursor = has(&[
        "next",
        "page",
        "previous",
        "prev",
        "sync",
        "continuation",
        "cursor",
    ]);
    has(&[
        "secret",
        "password",
        "passwd",
        "passphrase",
        "credential",
        "credentials",
        "ticket",
    ]) || ends("token") && !is_cursor
        || ends("key") && has(&["private", "api"])
}

/// The words of a name, in lower case: `accessToken` is `access`, `token`.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for c in name.chars() {
        let begins = c.is_uppercase() && !before.is_uppercase() || !c.is_alphanumeric();
        if begins {
            words.push(String::new());
        }
        if c.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(c.to_lowercase());
        }
        before = c;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::is_secret;

    #[test]
    fn secrets_are_known_by_their_names_and_cursors_are_none() {
        for name in [
            "token",
            "accessToken",
            "access_token",
            "appSecret",
            "client-secret",
            "suiteTicket",
            "apiKey",
        ] {
            assert!(is_secret(name), "{name}");
        }
        for name in [
            "nextToken",
            "page_token",
            "appKey",
            "processQueryKey",
            "tokens_used",
            "key",
            "ticketing",
        ] {
            assert!(!is_secret(name), "{name}");
        }
    }
}
