//! Operations: which there are, and what belongs to each.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::exchange::{Both, Exchange, Note, SchemaPair};
use super::paths::anonymous;
use super::{bodies, parameters, responses, security, servers};
use crate::document::Spot;
use crate::finding::Class;
use crate::lifecycle::{self, Subject, Sunset};
use crate::schema::inclusion::{Direction, Engine};

const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];
/// How deep callbacks of callbacks are followed.
const MAX_CALLBACKS: usize = 4;

/// An operation where it is written.
#[derive(Debug, Clone)]
pub(crate) struct Operation<'d> {
    /// `METHOD /path`, as written.
    pub(crate) name: String,
    pub(crate) path: &'d str,
    pub(crate) item: Spot<'d>,
    pub(crate) spot: Spot<'d>,
}

/// A path without the names of its parameters, and a method.
pub(crate) type Address = (String, &'static str);
pub(crate) type Operations<'d> = BTreeMap<Address, Operation<'d>>;

/// All operations of a document (or of a callback: `paths` is any mapping to path items). The paths in `told_apart` have
/// an address of their own, whatever other path has the same template.
pub(crate) fn operations<'d>(
    engine: &Engine<'d>,
    paths: Option<Spot<'d>>,
    told_apart: &BTreeSet<&str>,
) -> Operations<'d> {
    let mut all = Operations::new();
    for (path, item) in paths.iter().flat_map(Spot::entries) {
        let Ok(item) = engine.pool.document(item.side).resolve(item) else {
            continue;
        };
        for method in METHODS {
            let Some(spot) = item.get(method) else {
                continue;
            };
            let name = format!("{} {path}", method.to_ascii_uppercase());
            let operation = Operation {
                name,
                path,
                item: item.clone(),
                spot,
            };
            let template = if told_apart.contains(path) {
                path.to_owned()
            } else {
                anonymous(path).0
            };
            all.entry((template, method)).or_insert(operation);
        }
    }
    all
}

/// The paths that stand in both documents although another path of one has the same template. Which of them a server
/// takes is not defined, so each is compared with itself.
fn ambiguous<'d>(base: Option<&Spot<'d>>, revision: Option<&Spot<'d>>) -> BTreeSet<&'d str> {
    let paths = |root: Option<&Spot<'d>>| -> BTreeSet<&'d str> {
        let entries = root.into_iter().flat_map(Spot::entries);
        entries.map(|(path, _)| path).collect()
    };
    let (base, revision) = (paths(base), paths(revision));
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for path in base.union(&revision) {
        *counts.entry(anonymous(path).0).or_default() += 1;
    }
    let is_shared = |path: &&str| {
        counts
            .get(&anonymous(path).0)
            .is_some_and(|count| *count > 1)
    };
    base.intersection(&revision)
        .copied()
        .filter(is_shared)
        .collect()
}

/// What the comparison of all operations noticed.
#[derive(Default)]
pub(crate) struct Noticed {
    pub(crate) notes: Vec<Note>,
    pub(crate) pairs: Vec<SchemaPair>,
}

/// Compares all operations of the two documents.
pub(crate) fn compare<'d>(engine: &mut Engine<'d>) -> Noticed {
    let roots = Both {
        base: engine.pool.base.root(),
        revision: engine.pool.revision.root(),
    };
    let paths = Both {
        base: roots.base.get("paths"),
        revision: roots.revision.get("paths"),
    };
    let told_apart = ambiguous(paths.base.as_ref(), paths.revision.as_ref());
    let all = Both {
        base: operations(engine, paths.base, &told_apart),
        revision: operations(engine, paths.revision, &told_apart),
    };
    let same_frame = ["security", "servers"]
        .iter()
        .all(|key| roots.base.value.get(key) == roots.revision.value.get(key))
        && {
            let schemes = |root: &Spot<'d>| root.value.pointer("/components/securitySchemes");
            schemes(&roots.base) == schemes(&roots.revision)
        };
    let mut noticed = Noticed::default();
    let mut moved = BTreeSet::new();
    for (address, base) in &all.base {
        match all.revision.get(address) {
            Some(revision) => {
                let items_same = engine.pool.sameness.holds(&base.item, &revision.item);
                if same_frame && items_same && base.path == revision.path {
                    continue;
                }
                let both = Both {
                    base: base.clone(),
                    revision: revision.clone(),
                };
                compare_operation(engine, &both, &roots, &mut noticed);
            }
            None => match same_template(base, address.1, &all.revision)
                .or_else(|| same_url(base, address.1, &all, &roots))
            {
                Some((moved_to, revision)) => {
                    moved.insert(moved_to.clone());
                    let both = Both {
                        base: base.clone(),
                        revision: revision.clone(),
                    };
                    compare_operation(engine, &both, &roots, &mut noticed);
                }
                None => noticed.notes.push(removed(base, &all.revision)),
            },
        }
    }
    for (address, revision) in &all.revision {
        if !all.base.contains_key(address) && !moved.contains(address) {
            noticed.notes.push(Note {
                id: "endpoint-added",
                class: Class::Compatible,
                direction: None,
                operation: revision.name.clone(),
                base: "/paths".to_owned(),
                revision: revision.spot.pointer.clone(),
                old: None,
                new: None,
                witness: None,
                message: "the operation is new".to_owned(),
            });
        }
    }
    compare_webhooks(engine, &roots, &mut noticed);
    noticed
}

/// Compares what the server calls without being asked (OpenAPI 3.1): by name, every direction
/// turned around.
fn compare_webhooks<'d>(engine: &mut Engine<'d>, roots: &Both<Spot<'d>>, noticed: &mut Noticed) {
    let all = Both {
        base: operations(engine, roots.base.get("webhooks"), &BTreeSet::new()),
        revision: operations(engine, roots.revision.get("webhooks"), &BTreeSet::new()),
    };
    for (address, base) in &all.base {
        let operation = all.revision.get(address).unwrap_or(base);
        let mut exchange = Exchange {
            engine: &mut *engine,
            operation: format!("webhook {}", operation.name),
            request: format!("webhook {}", base.name),
            flipped: true,
            notes: Vec::new(),
            pairs: Vec::new(),
        };
        match all.revision.get(address) {
            Some(revision) => {
                let both = Both {
                    base: base.clone(),
                    revision: revision.clone(),
                };
                compare_messages(&mut exchange, &both, 0);
            }
            None => {
                let message = "the webhook does not come any more".to_owned();
                let at = (&base.spot, &roots.revision);
                let direction = Some(Direction::Response);
                let note =
                    exchange.note("webhook-removed", Class::Breaking, direction, at, message);
                note.witness = Some(json!({"expects": base.name}));
            }
        }
        noticed.notes.append(&mut exchange.notes);
        noticed.pairs.append(&mut exchange.pairs);
    }
}

/// The operation that is called at the URLs of an old one too, since its path has the same template.
fn same_template<'a, 'd>(
    base: &Operation<'d>,
    method: &str,
    revision: &'a Operations<'d>,
) -> Option<(&'a Address, &'a Operation<'d>)> {
    let template = anonymous(base.path).0;
    revision
        .iter()
        .find(|(address, revision)| address.1 == method && anonymous(revision.path).0 == template)
}

/// The new operation that is called at every URL of an old one, where a part of the path moved
/// between the servers and the path.
fn same_url<'a, 'd>(
    base: &Operation<'d>,
    method: &str,
    all: &'a Both<Operations<'d>>,
    roots: &Both<Spot<'d>>,
) -> Option<(&'a Address, &'a Operation<'d>)> {
    let urls = |operation: &Operation<'d>, root: &Spot<'d>| {
        let path = anonymous(operation.path).0;
        servers::urls(&operation.spot, &operation.item, root, &path)
    };
    let old = urls(base, &roots.base);
    all.revision.iter().find(|(address, revision)| {
        address.1 == method
            && !all.base.contains_key(*address)
            && old.is_subset(&urls(revision, &roots.revision))
    })
}

/// An operation that is gone. Who was told in good time that it would go has left it.
fn removed<'d>(base: &Operation<'d>, others: &Operations<'d>) -> Note {
    let here = anonymous(base.path).0;
    let path_is_gone = !others.values().any(|other| anonymous(other.path).0 == here);
    let deprecated = base.spot.flag("deprecated") == Some(true);
    let sunset = lifecycle::sunset(&base.spot);
    let (class, id) = match (path_is_gone, deprecated, sunset.is_ahead()) {
        (_, true, _) if sunset == Sunset::Unreadable => (Class::Breaking, "api-path-sunset-parse"),
        (true, false, _) => (Class::Breaking, "api-path-removed-without-deprecation"),
        (false, false, _) => (Class::Breaking, "api-removed-without-deprecation"),
        (true, true, true) => (Class::Breaking, "api-path-removed-before-sunset"),
        (false, true, true) => (Class::Breaking, "api-removed-before-sunset"),
        (true, true, false) => (Class::Compatible, "api-path-removed-with-deprecation"),
        (false, true, false) => (Class::Compatible, "api-removed-with-deprecation"),
    };
    let class = match lifecycle::may_change(&base.spot) {
        true => Class::Compatible,
        false => class,
    };
    Note {
        id,
        class,
        direction: Some(Direction::Request),
        operation: base.name.clone(),
        base: base.spot.pointer.clone(),
        revision: "/paths".to_owned(),
        old: None,
        new: None,
        witness: (class == Class::Breaking).then(|| json!({"request": base.name})),
        message: "the operation is gone".to_owned(),
    }
}

fn compare_operation<'d>(
    engine: &mut Engine<'d>,
    both: &Both<Operation<'d>>,
    roots: &Both<Spot<'d>>,
    noticed: &mut Noticed,
) {
    let mut exchange = Exchange {
        engine,
        operation: both.revision.name.clone(),
        request: both.base.name.clone(),
        flipped: false,
        notes: Vec::new(),
        pairs: Vec::new(),
    };
    let spots = Both {
        base: both.base.spot.clone(),
        revision: both.revision.spot.clone(),
    };
    let items = Both {
        base: both.base.item.clone(),
        revision: both.revision.item.clone(),
    };
    // With another path, the same operation was found by its whole URL.
    if anonymous(both.base.path).0 == anonymous(both.revision.path).0 {
        servers::compare(&mut exchange, &spots, &items, roots);
    }
    security::compare(&mut exchange, &spots, roots);
    compare_messages(&mut exchange, both, 0);
    if lifecycle::may_change(&spots.base) {
        exchange.forgive();
    }
    exchange.promises(Subject::Operation, &spots.base, &spots.revision);
    noticed.notes.append(&mut exchange.notes);
    noticed.pairs.append(&mut exchange.pairs);
}

/// Compares request, responses and callbacks.
fn compare_messages<'d>(exchange: &mut Exchange<'_, 'd>, both: &Both<Operation<'d>>, depth: usize) {
    let spots = Both {
        base: both.base.spot.clone(),
        revision: both.revision.spot.clone(),
    };
    let mut effective = |operation: &Operation<'d>| {
        let names = anonymous(operation.path).1;
        parameters::effective(exchange, &operation.item, &operation.spot, &names)
    };
    let all = Both {
        base: effective(&both.base),
        revision: effective(&both.revision),
    };
    parameters::compare(exchange, &spots, &all);
    bodies::compare_request(exchange, &spots);
    responses::compare(exchange, &spots);
    if depth < MAX_CALLBACKS {
        compare_callbacks(exchange, &spots, depth);
    }
}

/// In a callback the server calls: every direction turns around.
fn compare_callbacks<'d>(exchange: &mut Exchange<'_, 'd>, spots: &Both<Spot<'d>>, depth: usize) {
    let mut listed = |operation: &Spot<'d>| {
        let callbacks: Vec<_> = operation
            .get("callbacks")
            .iter()
            .flat_map(Spot::entries)
            .collect();
        let mut all: BTreeMap<(String, &'static str), (&'d str, Operation<'d>)> = BTreeMap::new();
        for (name, callback) in callbacks {
            let Some(callback) = exchange.resolve(callback) else {
                continue;
            };
            // The expression says where the call goes; the name is for readers.
            for ((_, method), operation) in
                operations(exchange.engine, Some(callback), &BTreeSet::new())
            {
                let key = (operation.path.to_owned(), method);
                all.entry(key).or_insert((name, operation));
            }
        }
        all
    };
    let all = Both {
        base: listed(&spots.base),
        revision: listed(&spots.revision),
    };
    for (key, (name, base)) in &all.base {
        let Some((_, revision)) = all.revision.get(key) else {
            let message = format!(
                "the callback `{name}` to `{}` does not come any more",
                key.0
            );
            let at = (&base.spot, &spots.revision);
            let id = "callback-removed";
            let direction = Some(exchange.responses());
            let note = exchange.note(id, Class::Breaking, direction, at, message);
            note.witness = Some(json!({"expects": base.name}));
            continue;
        };
        exchange.flipped = !exchange.flipped;
        let both = Both {
            base: base.clone(),
            revision: revision.clone(),
        };
        compare_messages(exchange, &both, depth + 1);
        exchange.flipped = !exchange.flipped;
    }
    for (key, (name, revision)) in all
        .revision
        .iter()
        .filter(|(key, _)| !all.base.contains_key(*key))
    {
        let message = format!("the callback `{name}` to `{}` is new", key.0);
        let at = (&spots.base, &revision.spot);
        let direction = Some(exchange.responses());
        exchange.note("callback-added", Class::Compatible, direction, at, message);
    }
}
