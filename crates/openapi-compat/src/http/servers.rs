//! Where an operation is called: every address that worked must still be one.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::exchange::{Both, Exchange};
use crate::document::Spot;
use crate::finding::Class;
use crate::schema::inclusion::Direction;

/// How many addresses a server's variables may make before the rest is left out.
const MAX_ADDRESSES: usize = 256;
/// Stands for a variable that may have any value: a sign that no address has.
const ANYTHING: &str = "\u{0}";

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
    let list = |all: &Addresses| Some(all.known.iter().map(|one| Value::from(&**one)).collect());
    if let Some(lost) = old.known.iter().find(|one| !new.have(one)) {
        let message = format!("{lost} is not an address of this API any more");
        let id = "server-removed";
        let request = exchange.request.clone();
        let note = exchange.note(id, Class::Breaking, direction, (&old_at, &new_at), message);
        note.witness = Some(json!({"request": request, "server": lost}));
        (note.old, note.new) = (list(&old), list(&new));
    } else if let Some(gained) = new.known.iter().find(|one| !old.have(one)) {
        let message = format!("{gained} is an address of this API now");
        let id = "server-added";
        let at = (&old_at, &new_at);
        exchange.note(id, Class::Compatible, direction, at, message);
    }
}

/// The URLs at which an operation is called: its servers with its path.
pub(crate) fn urls(
    operation: &Spot<'_>,
    item: &Spot<'_>,
    root: &Spot<'_>,
    path: &str,
) -> BTreeSet<String> {
    let (_, servers) = effective(operation, item, root);
    let servers = servers.known.iter();
    servers
        .map(|server| format!("{}{path}", server.trim_end_matches('/')))
        .collect()
}

/// The addresses that apply to an operation.
#[derive(Debug, Default)]
struct Addresses {
    /// Those that are written, with the listed values of variables, or their defaults.
    known: BTreeSet<String>,
    /// Templates with variables that may have any value, in pieces around those.
    open: Vec<Vec<String>>,
}

impl Addresses {
    fn have(&self, address: &str) -> bool {
        self.known.contains(address) || self.open.iter().any(|pieces| fits(address, pieces))
    }
}

/// Whether an address is made of pieces with something between each two.
fn fits(address: &str, pieces: &[String]) -> bool {
    let [first, middle @ .., last] = pieces else {
        return false;
    };
    let Some(mut rest) = address.strip_prefix(first.as_str()) else {
        return false;
    };
    for piece in middle {
        match rest
            .get(1..)
            .and_then(|rest| Some(rest.split_once(piece.as_str())?.1))
        {
            Some(after) => rest = after,
            None => return false,
        }
    }
    rest.len() > last.len() && rest.ends_with(last.as_str())
}

fn effective<'d>(operation: &Spot<'d>, item: &Spot<'d>, root: &Spot<'d>) -> (Spot<'d>, Addresses) {
    let servers = |spot: &Spot<'d>| {
        spot.get("servers")
            .filter(|spot| spot.value.as_array().is_some_and(|all| !all.is_empty()))
    };
    let mut all = Addresses::default();
    let written = servers(operation)
        .or_else(|| servers(item))
        .or_else(|| servers(root));
    match written {
        Some(at) => {
            at.items().for_each(|server| add(&mut all, &server));
            (at, all)
        }
        None => {
            all.known.insert("/".to_owned());
            (root.clone(), all)
        }
    }
}

/// Adds the addresses that a server's template stands for.
fn add(addresses: &mut Addresses, server: &Spot<'_>) {
    let mut all = vec![server.text("url").unwrap_or("/").to_owned()];
    let mut open = all.clone();
    let mut any = false;
    for (name, variable) in server.get("variables").iter().flat_map(Spot::entries) {
        let listed: Vec<String> = variable
            .get("enum")
            .iter()
            .flat_map(Spot::items)
            .filter_map(|value| value.value.as_str().map(str::to_owned))
            .collect();
        let hole = format!("{{{name}}}");
        let fill = |all: &[String], values: &[String]| -> Vec<String> {
            all.iter()
                .flat_map(|url| values.iter().map(|value| url.replace(&hole, value)))
                .take(MAX_ADDRESSES)
                .collect()
        };
        if listed.is_empty() {
            let default = variable.text("default").unwrap_or_default().to_owned();
            all = fill(&all, &[default]);
            open = fill(&open, &[ANYTHING.to_owned()]);
            any = true;
        } else {
            all = fill(&all, &listed);
            open = fill(&open, &listed);
        }
    }
    addresses.known.extend(all.iter().map(|url| normal(url)));
    if any {
        let pieces = |url: &String| normal(url).split(ANYTHING).map(str::to_owned).collect();
        addresses.open.extend(open.iter().map(pieces));
    }
}

/// Scheme and host do not tell upper case apart; the usual port and a slash at the end mean
/// nothing.
fn normal(url: &str) -> String {
    let url = url.trim_end_matches('/');
    match url.split_once("://") {
        Some((scheme, rest)) => {
            let (host, path) = rest
                .find('/')
                .map_or((rest, ""), |slash| rest.split_at(slash));
            let (scheme, host) = (scheme.to_ascii_lowercase(), host.to_ascii_lowercase());
            let usual = match scheme.as_str() {
                "https" => ":443",
                "http" => ":80",
                _ => "",
            };
            let host = host.strip_suffix(usual).unwrap_or(&host);
            format!("{scheme}://{host}{path}")
        }
        None if url.is_empty() => "/".to_owned(),
        None => url.to_owned(),
    }
}
