//! Responses: which statuses come, with which headers and content.

use std::collections::BTreeMap;

use serde_json::json;

use super::bodies::compare_response_content;
use super::exchange::{Both, Exchange};
use super::parameters::{compare_form, is_required};
use crate::document::Spot;
use crate::finding::Class;
use crate::ids::Location;
use crate::schema::inclusion::Direction;

type Responses<'d> = BTreeMap<String, Spot<'d>>;

/// Compares the responses of an operation, status by status. A status that is not named any more
/// may still come as one of a range or of `default`: then it is compared with those.
pub(crate) fn compare<'d>(exchange: &mut Exchange<'_, 'd>, operations: &Both<Spot<'d>>) {
    let direction = exchange.responses();
    let all = Both {
        base: responses(exchange, &operations.base),
        revision: responses(exchange, &operations.revision),
    };
    for (status, old) in &all.base {
        if let Some(new) = all
            .revision
            .get(status)
            .or_else(|| standing_in(&all.revision, status))
        {
            let both = Both {
                base: old.clone(),
                revision: new.clone(),
            };
            compare_one(exchange, &both, direction, status);
            continue;
        }
        let within = |other: &&String| is_within(other, status);
        if let Some(one) = all.revision.keys().find(within) {
            let message = format!(
                "of the responses {}, only named ones come, such as {one}",
                shown(status)
            );
            let id = "response-status-range-narrowed";
            let at = (old, &operations.revision);
            exchange.note(id, Class::Compatible, Some(direction), at, message);
            continue;
        }
        let (id, class) = match status.starts_with('2') {
            true => ("response-success-status-removed", Class::Breaking),
            false => ("response-non-success-status-removed", Class::Compatible),
        };
        let message = format!("the response {status} does not come any more");
        let request = exchange.request.clone();
        let at = (old, &operations.revision);
        let note = exchange.note(id, class, Some(direction), at, message);
        note.witness =
            (class == Class::Breaking).then(|| json!({"request": request, "expects": status}));
    }
    for (status, new) in all
        .revision
        .iter()
        .filter(|(status, _)| !all.base.contains_key(*status))
    {
        if let Some(old) = covering(&all.base, status) {
            let both = Both {
                base: old.clone(),
                revision: new.clone(),
            };
            compare_one(exchange, &both, direction, status);
            continue;
        }
        let id = match status.starts_with('2') {
            true => "response-success-status-added",
            false => "response-non-success-status-added",
        };
        let message = format!("the response {status} can come now");
        let at = (&operations.base, new);
        exchange.note(id, Class::Compatible, Some(direction), at, message);
    }
}

fn responses<'d>(exchange: &mut Exchange<'_, 'd>, operation: &Spot<'d>) -> Responses<'d> {
    let listed: Vec<_> = operation
        .get("responses")
        .iter()
        .flat_map(Spot::entries)
        .filter(|(status, _)| !status.starts_with("x-"))
        .collect();
    listed
        .into_iter()
        .filter_map(|(status, spot)| Some((status.to_ascii_uppercase(), exchange.resolve(spot)?)))
        .collect()
}

/// Whether a status is one of a range.
fn is_within(status: &str, range: &str) -> bool {
    let class = range.strip_suffix("XX");
    class.is_some_and(|class| status != range && status.starts_with(class))
}

/// A status as people write it.
fn shown(status: &str) -> String {
    status.to_ascii_lowercase().replace("xx", "XX")
}

/// What a status falls under that is not named itself: its range, or `default`.
fn covering<'s, 'd>(responses: &'s Responses<'d>, status: &str) -> Option<&'s Spot<'d>> {
    let range = format!("{}XX", status.get(..1)?);
    responses.get(&range).or_else(|| responses.get("DEFAULT"))
}

/// What a status that is gone comes as now. A success does not hide in `default` next to others.
fn standing_in<'s, 'd>(responses: &'s Responses<'d>, status: &str) -> Option<&'s Spot<'d>> {
    let range = responses.get(&format!("{}XX", status.get(..1)?));
    let other_success = responses.keys().any(|status| status.starts_with('2'));
    range.or_else(|| {
        responses
            .get("DEFAULT")
            .filter(|_| !(status.starts_with('2') && other_success))
    })
}

fn compare_one<'d>(
    exchange: &mut Exchange<'_, 'd>,
    responses: &Both<Spot<'d>>,
    direction: Direction,
    status: &str,
) {
    if exchange
        .engine
        .pool
        .sameness
        .holds(&responses.base, &responses.revision)
    {
        return;
    }
    let status = &shown(status);
    compare_response_content(exchange, responses, direction, status);
    compare_headers(exchange, responses, direction, status);
    let links = |spot: &Spot<'d>| spot.value.get("links");
    if links(&responses.base) != links(&responses.revision) {
        let at = |spot: &Spot<'d>| spot.get("links").unwrap_or_else(|| spot.clone());
        let at = (&at(&responses.base), &at(&responses.revision));
        let message = format!("the links of the response {status} lead elsewhere");
        exchange.note(
            "response-links-changed",
            Class::Docs,
            Some(direction),
            at,
            message,
        );
    }
}

fn compare_headers<'d>(
    exchange: &mut Exchange<'_, 'd>,
    responses: &Both<Spot<'d>>,
    direction: Direction,
    status: &str,
) {
    let (sender_spot, receiver_spot) = responses.by_role(direction);
    let sent = headers(exchange, sender_spot);
    let expected = headers(exchange, receiver_spot);
    for (name, wanted) in &expected {
        let subject = format!("the header `{name}` of the response {status}");
        match sent.get(name) {
            Some(given) => {
                if is_required(wanted) && !is_required(given) {
                    let message = format!("{subject} may be missing now");
                    let id = "response-header-became-optional";
                    let at = (given, wanted);
                    let note = exchange.note(id, Class::Breaking, Some(direction), at, message);
                    note.witness = Some(json!({"response": status, "without": name}));
                }
                let location = Location::ResponseHeader;
                compare_form(exchange, given, wanted, direction, location, subject);
            }
            None if is_required(wanted) => {
                let message = format!("{subject} does not come any more");
                let at = (sender_spot, wanted);
                let id = "required-response-header-removed";
                let note = exchange.note(id, Class::Breaking, Some(direction), at, message);
                note.witness = Some(json!({"response": status, "without": name}));
            }
            None => {
                let message = format!("{subject}, which could be missing, does not come any more");
                let at = (sender_spot, wanted);
                let id = "optional-response-header-removed";
                exchange.note(id, Class::Compatible, Some(direction), at, message);
            }
        }
    }
    for (name, given) in sent
        .iter()
        .filter(|(name, _)| !expected.contains_key(*name))
    {
        let message = format!("the header `{name}` of the response {status} is new");
        let at = (given, receiver_spot);
        exchange.note(
            "response-header-added",
            Class::Compatible,
            Some(direction),
            at,
            message,
        );
    }
}

fn headers<'d>(exchange: &mut Exchange<'_, 'd>, response: &Spot<'d>) -> BTreeMap<String, Spot<'d>> {
    let listed: Vec<_> = response
        .get("headers")
        .iter()
        .flat_map(Spot::entries)
        .collect();
    listed
        .into_iter()
        .filter_map(|(name, spot)| Some((name.to_ascii_lowercase(), exchange.resolve(spot)?)))
        .filter(|(name, _)| name != "content-type")
        .collect()
}
