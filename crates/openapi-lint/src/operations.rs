//! Rules about operations, and what stands around them.

use std::collections::BTreeMap;

use openapi_codegen::document::walk::{OperationRef, follow, join, operations};
use serde_json::Value;

use crate::finding::Finding;

pub(crate) fn lint(document: &Value) -> Vec<Finding> {
    let mut findings = Vec::new();
    let all = operations(document);
    ids(&all, &mut findings);
    for found in &all {
        prose(document, found, &mut findings);
        answers(document, found, &mut findings);
    }
    for (pointer, scheme) in requirements(document) {
        if document
            .pointer(&join("/components/securitySchemes", &scheme))
            .is_none()
        {
            findings.push(Finding::new(
                "security-scheme",
                pointer,
                format!("there is no security scheme `{scheme}`"),
                "add it under `components/securitySchemes`, or correct the name",
            ));
        }
    }
    servers(document, "", &mut findings);
    for found in &all {
        servers(found.item, &join("/paths", found.path), &mut findings);
        servers(found.operation, &found.pointer(), &mut findings);
    }
    findings
}

fn ids(all: &[OperationRef<'_>], findings: &mut Vec<Finding>) {
    let mut seen: BTreeMap<&str, String> = BTreeMap::new();
    let mut styles: BTreeMap<Style, usize> = BTreeMap::new();
    for found in all {
        let Some(id) = found.id() else {
            findings.push(Finding::new(
                "operation-id",
                found.pointer(),
                "the operation has no `operationId`",
                "add one: generators make the name of a function of it",
            ));
            continue;
        };
        if let Some(other) = seen.insert(id, found.pointer()) {
            findings.push(Finding::new(
                "operation-id",
                join(&found.pointer(), "operationId"),
                format!("`{id}` is the id of the operation at #{other} too"),
                "rename one of them",
            ));
        }
        *styles.entry(style(id)).or_default() += 1;
    }
    // A single lower-case word is of every style.
    styles.remove(&Style::Word);
    let Some(most) = styles
        .iter()
        .max_by_key(|(style, count)| (**count, **style == Style::Camel))
    else {
        return;
    };
    let most = *most.0;
    // Ids that a generator has made have a style of their own, if not one of those here.
    if most == Style::Other {
        return;
    }
    for found in all {
        let Some(id) = found.id() else { continue };
        let own = style(id);
        if own != most && own != Style::Word {
            findings.push(Finding::new(
                "operation-id-style",
                join(&found.pointer(), "operationId"),
                format!(
                    "`{id}` is written in {}, the others in {}",
                    own.name(),
                    most.name()
                ),
                "write all in one style",
            ));
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Style {
    Word,
    Camel,
    Pascal,
    Snake,
    Kebab,
    Other,
}

impl Style {
    fn name(self) -> &'static str {
        match self {
            Self::Word => "one word",
            Self::Camel => "camelCase",
            Self::Pascal => "PascalCase",
            Self::Snake => "snake_case",
            Self::Kebab => "kebab-case",
            Self::Other => "another style",
        }
    }
}

fn style(id: &str) -> Style {
    let upper = id.contains(|c: char| c.is_ascii_uppercase());
    let first = id.chars().next().unwrap_or('-');
    let only = |others: &str| {
        id.chars()
            .all(|c| c.is_ascii_alphanumeric() || others.contains(c))
    };
    match (first, upper) {
        ('a'..='z', false) if only("") => Style::Word,
        ('a'..='z', true) if only("") => Style::Camel,
        ('A'..='Z', _) if only("") => Style::Pascal,
        ('a'..='z', false) if only("_") => Style::Snake,
        ('a'..='z', false) if only("-") => Style::Kebab,
        _ => Style::Other,
    }
}

fn prose(document: &Value, found: &OperationRef<'_>, findings: &mut Vec<Finding>) {
    let is_told = ["summary", "description"].iter().any(|key| {
        let text = found.operation.get(*key).and_then(Value::as_str);
        text.is_some_and(|text| !text.trim().is_empty())
    });
    if !is_told {
        findings.push(Finding::new(
            "operation-summary",
            found.pointer(),
            "the operation has neither `summary` nor `description`",
            "say in a line what it does",
        ));
    }
    let described: Vec<&str> = document
        .get("tags")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|tag| tag.get("name").and_then(Value::as_str))
        .collect();
    let tags = found.operation.get("tags").and_then(Value::as_array);
    let tags: Vec<&str> = tags
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    if tags.is_empty() {
        let help = "add one of the document's tags: it groups operations in documentation";
        findings.push(Finding::new(
            "operation-tag",
            found.pointer(),
            "the operation has no tag",
            help,
        ));
    }
    for (index, tag) in tags
        .iter()
        .enumerate()
        .filter(|(_, tag)| !described.contains(tag))
    {
        findings.push(Finding::new(
            "operation-tag",
            join(&join(&found.pointer(), "tags"), &index.to_string()),
            format!("the tag `{tag}` is not described under `tags`"),
            "add it there, or correct it",
        ));
    }
}

fn answers(document: &Value, found: &OperationRef<'_>, findings: &mut Vec<Finding>) {
    let responses = found.operation.get("responses").and_then(Value::as_object);
    let mut success = None;
    let mut error = false;
    for (status, response) in responses.into_iter().flatten() {
        if status.starts_with('2') {
            success = success.or(Some((status, response)));
        }
        error |= status.starts_with(['4', '5']) || status == "default";
    }
    let pointer = join(&found.pointer(), "responses");
    if !error {
        findings.push(Finding::new(
            "operation-error",
            pointer.clone(),
            "the operation states no error",
            "add a response for 4xx, 5xx or `default`",
        ));
    }
    if let Some((status, response)) = success
        && follow(document, response).is_some_and(|response| !shows_content(document, response))
    {
        findings.push(Finding::new(
            "operation-success-example",
            join(&pointer, status),
            "the operation shows no answer that succeeded",
            "add an example to the response or to its schema",
        ));
    }
}

/// Hosts that are the machine itself.
const LOCAL: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// Whether a response has an example of each of its contents, or no content at all.
fn shows_content(document: &Value, response: &Value) -> bool {
    let content = response.get("content").and_then(Value::as_object);
    content.into_iter().flatten().all(|(_, media)| {
        let own = media.get("example").is_some()
            || media
                .get("examples")
                .and_then(Value::as_object)
                .is_some_and(|all| !all.is_empty());
        let schema = media
            .get("schema")
            .and_then(|schema| follow(document, schema));
        // Bytes show nothing.
        let is_binary = schema
            .is_some_and(|schema| schema.get("format").and_then(Value::as_str) == Some("binary"));
        own || is_binary || schema.is_some_and(|schema| schema.get("example").is_some())
    })
}

/// Every scheme that a security requirement names, with the place of the requirement.
pub(crate) fn requirements(document: &Value) -> Vec<(String, String)> {
    let mut holders = vec![(String::new(), document)];
    holders.extend(
        operations(document)
            .iter()
            .map(|found| (found.pointer(), found.operation)),
    );
    let mut found = Vec::new();
    for (pointer, holder) in holders {
        let security = holder.get("security").and_then(Value::as_array);
        for (index, requirement) in security.into_iter().flatten().enumerate() {
            let place = join(&join(&pointer, "security"), &index.to_string());
            for (scheme, _) in requirement.as_object().into_iter().flatten() {
                found.push((join(&place, scheme), scheme.clone()));
            }
        }
    }
    found
}

fn servers(holder: &Value, pointer: &str, findings: &mut Vec<Finding>) {
    let servers = holder.get("servers").and_then(Value::as_array);
    for (index, server) in servers.into_iter().flatten().enumerate() {
        let url = server
            .get("url")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let url_lower = url.to_ascii_lowercase();
        let Some(rest) = url_lower.strip_prefix("http://") else {
            continue;
        };
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        // What does not leave the machine is in nobody's sight.
        let is_local = LOCAL.iter().any(|local| {
            host.strip_prefix(local)
                .is_some_and(|port| port.is_empty() || port.starts_with(':'))
        });
        if !is_local {
            findings.push(Finding::new(
                "server-https",
                format!("{pointer}/servers/{index}/url"),
                format!("`{url}` sends everything in clear, credentials too"),
                "write https://",
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Style, style};

    #[test]
    fn styles_are_told_apart() {
        for (id, expected) in [
            ("search", Style::Word),
            ("queryReadStatus", Style::Camel),
            ("QueryReadStatus", Style::Pascal),
            ("query_read_status", Style::Snake),
            ("query-read-status", Style::Kebab),
            ("query_readStatus", Style::Other),
            ("users/list", Style::Other),
            ("", Style::Other),
        ] {
            assert_eq!(style(id), expected, "{id}");
        }
    }
}
