//! Does every server have a URL?

use serde_json::Value;

use crate::document::walk::{join, operations};
use crate::finding::Finding;

pub(super) fn check(document: &Value) -> Vec<Finding> {
    let mut findings = Vec::new();
    check_list(document.get("servers"), "/servers", &mut findings);
    for found in operations(document) {
        let own = found.operation.get("servers");
        check_list(own, &join(&found.pointer(), "servers"), &mut findings);
        let place = join(&join("/paths", found.path), "servers");
        check_list(found.item.get("servers"), &place, &mut findings);
    }
    findings
}

fn check_list(servers: Option<&Value>, place: &str, findings: &mut Vec<Finding>) {
    let servers = servers.and_then(Value::as_array);
    for (index, server) in servers.into_iter().flatten().enumerate() {
        let place = join(&join(place, &index.to_string()), "url");
        let Some(url) = server.get("url").and_then(Value::as_str) else {
            continue;
        };
        let default = |name: &str| {
            let variable = server.get("variables")?.get(name)?;
            variable
                .get("default")
                .filter(|default| default.is_string())
        };
        let names = url
            .split('{')
            .skip(1)
            .filter_map(|part| part.split_once('}'));
        for (name, _) in names.filter(|(name, _)| default(name).is_none()) {
            let finding = Finding::new(
                place.clone(),
                format!("`{{{name}}}` of the server `{url}` has no default"),
                format!("add `{name}` with a `default` under `variables`, a text"),
            );
            if !findings.contains(&finding) {
                findings.push(finding);
            }
        }
    }
}
