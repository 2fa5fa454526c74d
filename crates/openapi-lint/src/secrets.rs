//! Is every secret marked as one?

use openapi_codegen::document::walk::{Kind, follow, join};
use serde_json::Value;

use crate::finding::Finding;
use crate::part::Part;

/// Last words of names that say something about a secret.
const ABOUT: [&str; 13] = [
    "id", "ids", "name", "type", "kind", "at", "in", "expiry", "expires", "url", "uri", "count",
    "policy",
];

pub(crate) fn lint(document: &Value, parts: &[Part<'_>]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for part in parts {
        match part.kind {
            Kind::Schema if part.value.get("$ref").is_none() => {
                let properties = part.value.get("properties").and_then(Value::as_object);
                for (name, property) in properties.into_iter().flatten() {
                    let place = join(&join(&part.pointer, "properties"), name);
                    findings.extend(check(document, name, property, place));
                }
            }
            Kind::Parameter => {
                let name = part.value.get("name").and_then(Value::as_str);
                if let (Some(name), Some(schema)) = (name, part.value.get("schema")) {
                    findings.extend(check(document, name, schema, join(&part.pointer, "schema")));
                }
            }
            _ => {}
        }
    }
    findings
}

fn check(document: &Value, name: &str, schema: &Value, place: String) -> Option<Finding> {
    let target = follow(document, schema).filter(|_| is_secret(name))?;
    // A list of secrets holds secrets.
    let target = match target.get("items") {
        Some(items) => follow(document, items)?,
        None => target,
    };
    let text = |key: &str| target.get(key).and_then(Value::as_str);
    (text("type") == Some("string") && text("format") != Some("password")).then(|| {
        Finding::new(
            "secret-marked",
            place,
            format!("`{name}` sounds like a secret and is not marked as one"),
            "add `format: password`, or allow it and say why it is none",
        )
    })
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
    // What is said about a secret is none.
    let about = words
        .last()
        .is_some_and(|word| ABOUT.contains(&word.as_str()));
    !about
        && (has(&[
            "secret",
            "secrets",
            "password",
            "passwords",
            "passwd",
            "passphrase",
            "credential",
            "credentials",
            "ticket",
        ]) || (ends("token") || ends("tokens")) && !is_cursor
            || ends("key") && has(&["private", "api"]))
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
            "credentials",
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
            "credential_id",
            "secretName",
            "tokenType",
            "passwordExpiresAt",
        ] {
            assert!(!is_secret(name), "{name}");
        }
    }
}
