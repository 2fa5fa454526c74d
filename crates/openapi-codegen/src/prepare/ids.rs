//! Names for operations that have none, or the name of another.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Draft;
use crate::document::naming;
use crate::document::walk::{join, operations};

/// Functions that every generated client has, or calls on itself.
const OWN: [&str; 4] = ["new_with_client", "pre", "exec", "post"];

/// An operation that needs a name.
struct Nameless {
    pointer: String,
    method: &'static str,
    path: String,
    why: String,
    has_id: bool,
}

pub(super) fn name(draft: &mut Draft) {
    let mut taken: BTreeMap<String, String> = OWN
        .iter()
        .map(|own| ((*own).to_owned(), "every client".to_owned()))
        .collect();
    let mut nameless = Vec::new();
    for found in operations(&draft.document) {
        let title = format!("{} {}", found.method.to_ascii_uppercase(), found.path);
        let mut add = |why: String, has_id| {
            nameless.push(Nameless {
                pointer: found.pointer(),
                method: found.method,
                path: found.path.to_owned(),
                why,
                has_id,
            });
        };
        if !found.operation.is_object()
            || found
                .operation
                .get("operationId")
                .is_some_and(|id| !id.is_string())
        {
            continue;
        }
        match found.id().filter(|id| !id.trim().is_empty()) {
            None => add(format!("`{title}` has no `operationId`"), false),
            Some(id) => match names(id).iter().find_map(|name| taken.get(name)) {
                Some(other) => add(
                    format!("`{id}` of `{title}` would become a function that {other} has already"),
                    true,
                ),
                None => {
                    for name in names(id) {
                        taken.insert(name, format!("`{id}` of `{title}`"));
                    }
                }
            },
        }
    }
    for operation in nameless {
        let wish = from_path(operation.method, &operation.path);
        let mut name = wish.clone();
        let mut number = 2;
        while names(&name).iter().any(|name| taken.contains_key(name)) {
            name = format!("{wish}_{number}");
            number += 1;
        }
        for taken_name in names(&name) {
            taken.insert(taken_name, name.clone());
        }
        let place = if operation.has_id {
            join(&operation.pointer, "operationId")
        } else {
            operation.pointer.clone()
        };
        draft.warn(
            &place,
            format!(
                "{}: the function is called `{}`",
                operation.why,
                naming::value_name(&name)
            ),
            "state an `operationId` of its own",
        );
        draft.insert(&operation.pointer, "operationId", Value::String(name));
    }
}

/// The functions that an operation becomes.
fn names(id: &str) -> [String; 2] {
    let name = naming::value_name(id);
    [format!("{name}_request"), name]
}

/// A name from method and path: `GET /x/{id}` becomes `get_x_by_id`.
fn from_path(method: &str, path: &str) -> String {
    let mut words = vec![method.to_owned()];
    for step in path.split('/').filter(|step| !step.is_empty()) {
        let text = step.replace('{', " by ").replace('}', " ");
        words.push(text);
    }
    naming::value_name(&words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::from_path;

    #[test]
    fn a_name_comes_from_method_and_path() {
        assert_eq!(from_path("get", "/x/{id}"), "get_x_by_id");
        assert_eq!(from_path("post", "/"), "post");
        assert_eq!(
            from_path("put", "/v1.0/userList/{user-id}.json"),
            "put_v1_0_user_list_by_user_id_json"
        );
    }
}
