//! Where an operation is called: every address that worked must still be one.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::exchange::{Both, Exchange};
use crate::document::Spot;
use crate::finding::Class;
use crate::schema::inclusion::Direction;

/// How many addresses a server's variables may make before the rest is left out.
const MAX_ADDRESSES: usize = 256;

/// Compares the servers that apply to an operation.
pub(crate) fn compare<'d>(
    exchange: &mut Exchange<'_, 'd>,
    operations: &Both<Spot<'d>>,
    items: &Both<Spot<'d>>,
    roots: &Both<Spot<'d>>,
) {
    let (old_at, old) = effective(&operations.base, &items.base, &roots.base);
    let (new_at, new) = effective(&operations.revision, &items.revision, &roots.revision);
    let direction = Some(Direction::Request);
    let list =
        |all: &BTreeSet<String>| Some(all.iter().map(|one| Value::from(one.as_str())).collect());
    if let Some(lost) = old.difference(&new).next() {
        let message = format!("{lost} is not an address of this API any more");
        let id = "server-removed";
        let request = exchange.request.clone();
        let note = exchange.note(id, Class::Breaking, direction, (&old_at, &new_at), message);
        note.witness = Some(json!({"request": request, "server": lost}));
        (note.old, note.new) = (list(&old), list(&new));
    } else if let Some(gained) = new.difference(&old).next() {
        let message = format!("{gained} is an address of this API now");
        let id = "server-added";
        exchange.note(
            id,
            Class::Compatible,
            direction,
            (&old_at, &new_at),
            message,
        );
    }
}

fn effective<'d>(
    operation: &Spot<'d>,
    item: &Spot<'d>,
    root: &Spot<'d>,
) -> (Spot<'d>, BTreeSet<String>) {
    let servers = |spot: &Spot<'d>| {
        spot.get("servers")
            .filter(|spot| spot.value.as_array().is_some_and(|all| !all.is_empty()))
    };
    match servers(operation)
        .or_else(|| servers(item))
        .or_else(|| servers(root))
    {
        Some(at) => {
            let all = at.items().flat_map(|server| addresses(&server)).collect();
            (at, all)
        }
        None => (root.clone(), BTreeSet::from(["/".to_owned()])),
    }
}

/// The addresses that a server's template stands for.
fn addresses(server: &Spot<'_>) -> Vec<String> {
    let mut all = vec![server.text("url").unwrap_or("/").to_owned()];
    for (name, variable) in server.get("variables").iter().flat_map(Spot::entries) {
        let listed: Vec<String> = variable
            .get("enum")
            .iter()
            .flat_map(Spot::items)
            .filter_map(|value| value.value.as_str().map(str::to_owned))
            .collect();
        let values = match listed.is_empty() {
            true => vec![variable.text("default").unwrap_or_default().to_owned()],
            false => listed,
        };
        let hole = format!("{{{name}}}");
        all = all
            .iter()
            .flat_map(|url| values.iter().map(|value| url.replace(&hole, value)))
            .take(MAX_ADDRESSES)
            .collect();
    }
    all.into_iter().map(|url| normal(&url)).collect()
}

/// Scheme and host do not tell upper case apart, and a slash at the end means nothing.
fn normal(url: &str) -> String {
    let url = url.trim_end_matches('/');
    match url.split_once("://") {
        Some((scheme, rest)) => {
            let (host, path) = rest
                .find('/')
                .map_or((rest, ""), |slash| rest.split_at(slash));
            format!(
                "{}://{}{path}",
                scheme.to_ascii_lowercase(),
                host.to_ascii_lowercase()
            )
        }
        None if url.is_empty() => "/".to_owned(),
        None => url.to_owned(),
    }
}
