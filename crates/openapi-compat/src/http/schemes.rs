//! How clients get what security asks for: the declared schemes themselves.
//!
//! What must be presented to an operation is judged there. Where tokens come from and which scopes
//! are on offer is told here, as documentation: it is not on the wire of this API.

use std::collections::BTreeSet;

use serde_json::json;

use crate::document::Spot;
use crate::draft::Draft;
use crate::finding::{Class, Direction};

/// Compares the schemes of two documents, given their roots.
pub(crate) fn compare<'d>(base: &Spot<'d>, revision: &Spot<'d>) -> Vec<Draft> {
    let schemes = |root: &Spot<'d>| root.get("components")?.get("securitySchemes");
    let (old, new) = (schemes(base), schemes(revision));
    let mut drafts = Vec::new();
    let names: BTreeSet<&str> = [&old, &new]
        .into_iter()
        .flatten()
        .flat_map(Spot::entries)
        .map(|(name, _)| name)
        .collect();
    for name in names {
        let of = |all: &Option<Spot<'d>>| all.as_ref()?.get(name);
        match (of(&old), of(&new)) {
            (Some(old), Some(new)) => {
                compare_one(name, (base, revision), (&old, &new), &mut drafts);
            }
            (Some(old), None) => drafts.push(draft(
                "api-security-component-removed",
                (&old, revision),
                format!("the security scheme `{name}` is gone"),
            )),
            (None, Some(new)) => drafts.push(draft(
                "api-security-component-added",
                (base, &new),
                format!("the security scheme `{name}` is new"),
            )),
            (None, None) => {}
        }
    }
    drafts
}

fn compare_one<'d>(
    name: &str,
    roots: (&Spot<'d>, &Spot<'d>),
    (old, new): (&Spot<'d>, &Spot<'d>),
    drafts: &mut Vec<Draft>,
) {
    let changed = |id, at: (&Spot<'d>, &Spot<'d>), what: &str| {
        let (was, is) = (at.0.value.clone(), at.1.value.clone());
        let message = format!("the security scheme `{name}` has another {what}");
        let mut draft = draft(id, at, message);
        (draft.old, draft.new) = (Some(was), Some(is));
        draft
    };
    let differ = |old: &Spot<'d>, new: &Spot<'d>, key: &str| match (old.get(key), new.get(key)) {
        (Some(old), Some(new)) if old.value != new.value => Some((old, new)),
        _ => None,
    };
    if let Some((old, new)) = differ(old, new, "type") {
        drafts.push(changed(
            "api-security-component-type-changed",
            (&old, &new),
            "type",
        ));
    }
    let (Some(old), Some(new)) = (old.get("flows"), new.get("flows")) else {
        return;
    };
    let is_asked_for = [roots.0, roots.1].iter().all(|root| asks_for(root, name));
    for (flow, old) in old.entries() {
        let Some(new) = new.get(flow) else {
            let message =
                format!("clients get no tokens for `{name}` by the flow `{flow}` any more");
            let at = (&old, &new);
            let mut gone = draft("api-security-component-oauth-flow-removed", at, message);
            if is_asked_for {
                gone.class = Class::Breaking;
                gone.direction = Direction::Request;
                gone.witness = Some(json!({"flow": flow}));
            }
            drafts.push(gone);
            continue;
        };
        for (key, id, what) in [
            (
                "authorizationUrl",
                "api-security-component-oauth-url-changed",
                "address to log in at",
            ),
            (
                "tokenUrl",
                "api-security-component-oauth-token-url-changed",
                "address to get tokens from",
            ),
        ] {
            if let Some((old, new)) = differ(&old, &new, key) {
                drafts.push(changed(id, (&old, &new), what));
            }
        }
        if let Some((old, new)) = differ(&old, &new, "scopes") {
            let names = |scopes: &Spot<'d>| -> BTreeSet<&str> {
                scopes.entries().map(|(scope, _)| scope).collect()
            };
            let (was, is) = (names(&old), names(&new));
            let id = match (was.is_subset(&is), is.is_subset(&was)) {
                (true, true) => "api-security-component-oauth-scope-changed",
                (true, false) => "api-security-component-oauth-scope-added",
                _ => "api-security-component-oauth-scope-removed",
            };
            drafts.push(changed(id, (&old, &new), "list of scopes"));
        }
    }
}

/// Whether a document asks for a scheme anywhere.
fn asks_for(root: &Spot<'_>, name: &str) -> bool {
    let asks = |at: &Spot<'_>| {
        let alternatives = at.get("security");
        let mut alternatives = alternatives.iter().flat_map(Spot::items);
        alternatives.any(|alternative| alternative.value.get(name).is_some())
    };
    let paths = root.get("paths");
    let mut items = paths.iter().flat_map(Spot::entries);
    asks(root) || items.any(|(_, item)| item.entries().any(|(_, operation)| asks(&operation)))
}

fn draft(id: &str, (base, revision): (&Spot<'_>, &Spot<'_>), message: String) -> Draft {
    Draft {
        id: id.to_owned(),
        class: Class::Docs,
        direction: Direction::None,
        operations: BTreeSet::new(),
        base: base.pointer.clone(),
        revision: revision.pointer.clone(),
        about: None,
        old: None,
        new: None,
        witness: None,
        message,
    }
}
