//! `x-lint-allow`: findings that a document allows, each rule with a reason, at a part and everything in it.

use openapi_codegen::document::walk::join;
use serde_json::Value;

use crate::finding::Finding;
use crate::names::holds_names;
use crate::rule::RULES;

const KEY: &str = "x-lint-allow";

/// Takes away what is allowed, and adds what is wrong with the allowances themselves.
pub(crate) fn apply(document: &Value, findings: &mut Vec<Finding>) {
    let mut allowances = Vec::new();
    collect(document, String::new(), false, &mut allowances);
    let mut wrong = Vec::new();
    for (pointer, allowed) in allowances {
        let place = join(&pointer, KEY);
        let Some(rules) = allowed.as_object() else {
            wrong.push(Finding::new(
                "allow",
                place,
                "`x-lint-allow` is no object",
                "write `rule: reason`",
            ));
            continue;
        };
        for (rule, reason) in rules {
            let place = join(&place, rule);
            if !RULES
                .iter()
                .any(|known| known.id == rule && known.id != "allow")
            {
                let help = "the rules are those of the command's `lint --rules`";
                wrong.push(Finding::new(
                    "allow",
                    place,
                    format!("there is no rule `{rule}` to allow"),
                    help,
                ));
                continue;
            }
            if reason
                .as_str()
                .is_none_or(|reason| reason.trim().is_empty())
            {
                let message = format!("`{rule}` is allowed without a reason");
                wrong.push(Finding::new(
                    "allow",
                    place.clone(),
                    message,
                    "say in a sentence why",
                ));
            }
            let before = findings.len();
            findings
                .retain(|finding| finding.rule != rule || !is_within(&finding.pointer, &pointer));
            if findings.len() == before {
                let message = format!("`{rule}` is allowed here and finds nothing");
                wrong.push(Finding::new(
                    "allow",
                    place,
                    message,
                    "take the allowance out",
                ));
            }
        }
    }
    findings.extend(wrong);
}

fn is_within(pointer: &str, part: &str) -> bool {
    pointer
        .strip_prefix(part)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn collect<'a>(
    value: &'a Value,
    pointer: String,
    keys_are_names: bool,
    found: &mut Vec<(String, &'a Value)>,
) {
    match value {
        Value::Object(object) => {
            for (key, inner) in object {
                if key == KEY {
                    found.push((pointer.clone(), inner));
                } else if keys_are_names
                    || !matches!(key.as_str(), "example" | "examples" | "default")
                {
                    let names = !keys_are_names && holds_names(key);
                    collect(inner, join(&pointer, key), names, found);
                }
            }
        }
        Value::Array(entries) => {
            for (index, inner) in entries.iter().enumerate() {
                collect(inner, join(&pointer, &index.to_string()), false, found);
            }
        }
        _ => {}
    }
}
