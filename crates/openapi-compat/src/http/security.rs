//! Who may call: every way to authenticate that was enough must still be enough.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::exchange::{Both, Exchange};
use crate::document::Spot;
use crate::finding::Class;
use crate::schema::inclusion::Direction;

/// One way to authenticate: what must be presented (as the wire has it), and with which scopes.
type Requirement = BTreeMap<String, BTreeSet<String>>;

/// The alternatives that apply to an operation, and where they are written.
struct Rules<'d> {
    at: Spot<'d>,
    alternatives: Vec<Requirement>,
}

/// Compares who may call an operation.
pub(crate) fn compare<'d>(
    exchange: &mut Exchange<'_, 'd>,
    operations: &Both<Spot<'d>>,
    roots: &Both<Spot<'d>>,
) {
    let old = rules(exchange, &operations.base, &roots.base);
    let new = rules(exchange, &operations.revision, &roots.revision);
    let direction = Some(Direction::Request);
    let at = (&old.at, &new.at);
    let global = !in_operation(&old.at) && !in_operation(&new.at);
    let named = |id, id_of_all| if global { id_of_all } else { id };
    let uncovered = |some: &Rules<'_>, by: &Rules<'_>| {
        some.alternatives
            .iter()
            .find(|one| !by.alternatives.iter().any(|other| enough(one, other)))
            .cloned()
    };
    if let Some(lost) = uncovered(&old, &new) {
        let same_schemes = |other: &&Requirement| other.keys().eq(lost.keys());
        let with_scopes = new.alternatives.iter().find(same_schemes);
        let (id, message) = match (lost.is_empty(), with_scopes) {
            (true, _) => (
                named("api-security-added", "api-global-security-added"),
                format!(
                    "calls must be authenticated now, with {}",
                    describe_all(&new)
                ),
            ),
            (false, Some(stricter)) => (
                named(
                    "api-security-scope-added",
                    "api-global-security-scope-added",
                ),
                format!(
                    "{} is not enough any more: {} is needed",
                    describe(&lost),
                    describe(stricter)
                ),
            ),
            (false, None) => (
                named("api-security-removed", "api-global-security-removed"),
                format!(
                    "{} is not accepted any more; what is accepted now: {}",
                    describe(&lost),
                    describe_all(&new)
                ),
            ),
        };
        let request = exchange.request.clone();
        let witness = json!({"request": request, "with": describe(&lost)});
        let note = exchange.note(id, Class::Breaking, direction, at, message);
        note.witness = Some(witness);
        (note.old, note.new) = (Some(listed(&old)), Some(listed(&new)));
    } else if let Some(gained) = uncovered(&new, &old) {
        let same_schemes = |other: &Requirement| other.keys().eq(gained.keys());
        let id = match gained.is_empty() {
            true => named("api-security-removed", "api-global-security-removed"),
            false if old.alternatives.iter().any(same_schemes) => named(
                "api-security-scope-removed",
                "api-global-security-scope-removed",
            ),
            false => named("api-security-added", "api-global-security-added"),
        };
        let message = format!("{} is enough now", describe(&gained));
        exchange.note(id, Class::Compatible, direction, at, message);
    }
}

/// Whether rules are an operation's own, not those of the whole document.
fn in_operation(at: &Spot<'_>) -> bool {
    at.pointer.starts_with("/paths/")
}

fn rules<'d>(exchange: &Exchange<'_, 'd>, operation: &Spot<'d>, root: &Spot<'d>) -> Rules<'d> {
    let own = operation
        .get("security")
        .filter(|spot| spot.value.is_array());
    let Some(at) = own.or_else(|| root.get("security")) else {
        return Rules {
            at: root.clone(),
            alternatives: vec![Requirement::new()],
        };
    };
    let schemes = root
        .get("components")
        .and_then(|spot| spot.get("securitySchemes"));
    let mut alternatives: Vec<Requirement> = at
        .items()
        .map(|alternative| {
            alternative
                .entries()
                .map(|(name, scopes)| {
                    let scheme = schemes.as_ref().and_then(|schemes| schemes.get(name));
                    let scheme = scheme.and_then(|spot| {
                        exchange.engine.pool.document(spot.side).resolve(spot).ok()
                    });
                    let presented = scheme
                        .map_or_else(|| format!("the unknown scheme `{name}`"), |s| presented(&s));
                    let scopes = scopes.items().filter_map(|scope| scope.value.as_str());
                    (presented, scopes.map(str::to_owned).collect())
                })
                .collect()
        })
        .collect();
    if alternatives.is_empty() {
        alternatives.push(Requirement::new());
    }
    Rules { at, alternatives }
}

/// What a scheme asks a client to present. Two schemes that ask for the same are the same,
/// whatever they are called.
fn presented(scheme: &Spot<'_>) -> String {
    let text = |key| scheme.text(key).unwrap_or_default();
    match text("type") {
        "apiKey" => {
            let name = text("name");
            match text("in") {
                "header" => format!("an API key in header {}", name.to_ascii_lowercase()),
                place => format!("an API key in {place} {name}"),
            }
        }
        "http" => format!("HTTP {} credentials", text("scheme").to_ascii_lowercase()),
        "openIdConnect" => format!("OpenID Connect with {}", text("openIdConnectUrl")),
        "oauth2" => "an OAuth 2 token".to_owned(),
        other => format!("credentials of type {other}"),
    }
}

/// Whether a client that presents `one` satisfies `wanted`.
fn enough(one: &Requirement, wanted: &Requirement) -> bool {
    wanted.iter().all(|(scheme, scopes)| {
        one.get(scheme)
            .is_some_and(|granted| scopes.is_subset(granted))
    })
}

fn describe(requirement: &Requirement) -> String {
    let parts: Vec<String> = requirement
        .iter()
        .map(|(scheme, scopes)| match scopes.is_empty() {
            true => scheme.clone(),
            false => {
                let scopes: Vec<&str> = scopes.iter().map(String::as_str).collect();
                format!("{scheme} with scope {}", scopes.join(" and "))
            }
        })
        .collect();
    if parts.is_empty() {
        "no authentication".to_owned()
    } else {
        parts.join(" and ")
    }
}

fn describe_all(rules: &Rules<'_>) -> String {
    let all: Vec<String> = rules.alternatives.iter().map(describe).collect();
    all.join(", or ")
}

fn listed(rules: &Rules<'_>) -> Value {
    rules
        .alternatives
        .iter()
        .map(|one| Value::from(describe(one)))
        .collect()
}
