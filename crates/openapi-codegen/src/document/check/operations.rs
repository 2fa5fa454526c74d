//! Can every operation become a function?

use serde_json::Value;

use crate::document::walk::{OperationRef, follow, join, operations};
use crate::finding::Finding;
use crate::request;

pub(super) fn check(document: &Value) -> Vec<Finding> {
    let mut findings = Vec::new();
    for found in operations(document) {
        check_parameters(document, &found, &mut findings);
        request::check(document, &found, &mut findings);
        check_responses(&found, &mut findings);
    }
    findings
}

fn check_parameters(document: &Value, found: &OperationRef<'_>, findings: &mut Vec<Finding>) {
    let template = match template(found.path) {
        Ok(names) => names,
        Err(message) => {
            let help = "a parameter stands in braces: `/users/{id}`";
            findings.push(Finding::new(join("/paths", found.path), message, help));
            return;
        }
    };
    let item = join("/paths", found.path);
    let lists = [(item, found.item), (found.pointer(), found.operation)];
    let mut in_path = Vec::new();
    for (base, holder) in lists {
        let list = holder.get("parameters").and_then(Value::as_array);
        for (index, parameter) in list.into_iter().flatten().enumerate() {
            let pointer = join(&join(&base, "parameters"), &index.to_string());
            let Some(parameter) = follow(document, parameter) else {
                continue;
            };
            let text = |key: &str| {
                parameter
                    .get(key)
                    .and_then(Value::as_str)
                    .unwrap_or_default()
            };
            let name = text("name");
            let mut find = |field: &str, message: String, help: &str| {
                findings.push(Finding::new(join(&pointer, field), message, help));
            };
            match text("in") {
                "path" => {
                    in_path.push(name.to_owned());
                    if parameter.get("required") != Some(&Value::Bool(true)) {
                        find(
                            "required",
                            format!("`{name}` is in the path and not required"),
                            "add `required: true`",
                        );
                    }
                    if !template.iter().any(|known| known == name) {
                        let message = format!("`{name}` is not in the path `{}`", found.path);
                        find(
                            "name",
                            message,
                            "correct the name, or add it to the path in braces",
                        );
                    }
                }
                "query" | "header" | "cookie" => {}
                other => find(
                    "in",
                    format!("`{other}` is no place of a parameter"),
                    "write path, query, header or cookie",
                ),
            }
        }
    }
    for name in template.iter().filter(|name| !in_path.contains(name)) {
        findings.push(Finding::new(
            found.pointer(),
            format!(
                "`{{{name}}}` of the path `{}` is no parameter of the operation",
                found.path
            ),
            format!("add a parameter `{name}` with `in: path`"),
        ));
    }
}

/// The parameters in a path's template.
fn template(path: &str) -> Result<Vec<String>, String> {
    let mut names = Vec::new();
    let mut rest = path
        .strip_prefix('/')
        .ok_or_else(|| format!("the path `{path}` does not begin with a slash"))?;
    while let Some(brace) = rest.find(['{', '}']) {
        let (_, from) = rest.split_at(brace);
        let end = from.find('}').filter(|_| from.starts_with('{'));
        let Some(end) = end else {
            return Err(format!("the braces of the path `{path}` do not match"));
        };
        let name = from.get(1..end).unwrap_or_default();
        if name.is_empty() || name.contains(['{', '/']) {
            return Err(format!(
                "`{{{name}}}` in the path `{path}` is no name of a parameter"
            ));
        }
        if names.iter().any(|other| other == name) {
            return Err(format!("`{{{name}}}` is in the path `{path}` twice"));
        }
        names.push(name.to_owned());
        rest = from.get(end + 1..).unwrap_or_default();
    }
    Ok(names)
}

fn check_responses(found: &OperationRef<'_>, findings: &mut Vec<Finding>) {
    let responses = found.operation.get("responses").and_then(Value::as_object);
    for (status, _) in responses
        .into_iter()
        .flatten()
        .filter(|(key, _)| !key.starts_with("x-"))
    {
        let pointer = join(&join(&found.pointer(), "responses"), status);
        if !is_status(status) {
            findings.push(Finding::new(
                pointer.clone(),
                format!("`{status}` is no status"),
                "write a number from 100 to 599 in quotes, a range such as `4XX`, or `default`",
            ));
        }
    }
}

fn is_status(status: &str) -> bool {
    let range = |text: &str| matches!(text.as_bytes(), [b'1'..=b'5', b'X' | b'x', b'X' | b'x']);
    status == "default"
        || range(status)
        || status.len() == 3
            && status
                .parse::<u16>()
                .is_ok_and(|status| (100..600).contains(&status))
}

#[cfg(test)]
mod tests {
    use super::{is_status, template};

    #[test]
    fn templates_are_read_or_refused() {
        assert_eq!(template("/a/{b}/c-{d}.{e}").unwrap(), ["b", "d", "e"]);
        for wrong in [
            "", "a", "/{", "/}", "/{a", "/a}", "/{}", "/{a/b}", "/{{a}}", "/{a}/{a}",
        ] {
            assert!(template(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn statuses_are_numbers_ranges_or_default() {
        for right in ["200", "4XX", "5xx", "default"] {
            assert!(is_status(right), "{right}");
        }
        for wrong in ["20", "2000", "600", "X00", "ok", "", "+99"] {
            assert!(!is_status(wrong), "{wrong}");
        }
    }
}
