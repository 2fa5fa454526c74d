//! Promises about time: how stable a thing is (`x-stability-level`), and until when what is
//! deprecated stays (`x-sunset`).
//!
//! The wire is the same when such a promise is broken, so no value can prove it: the witness is
//! the promise. The keywords and the names of the findings are oasdiff's.

use serde_json::{Value, json};
use time::format_description::well_known::{Iso8601, Rfc3339};
use time::{Date, OffsetDateTime};

use crate::document::Spot;
use crate::finding::Class;

/// The keyword for the day on which what is deprecated goes.
pub(crate) const SUNSET: &str = "x-sunset";
const STABILITY: &str = "x-stability-level";

/// What a promise is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Subject {
    Operation,
    Parameter,
    RequestProperty,
    ResponseProperty,
}

/// A promise that the revision does not keep.
#[derive(Debug, Clone)]
pub(crate) struct Broken<'d> {
    pub(crate) id: &'static str,
    /// Breaking, or unknown where the promise itself cannot be read.
    pub(crate) class: Class,
    pub(crate) base: Spot<'d>,
    pub(crate) revision: Spot<'d>,
    /// What was promised.
    pub(crate) witness: Value,
    pub(crate) message: String,
}

/// How much of a thing may change, the least promised first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stability {
    Draft,
    Alpha,
    Beta,
    Stable,
}

/// The stability that a thing states, or the word that is none. Who says nothing says `stable`.
fn stability(spot: &Spot<'_>) -> Result<Stability, String> {
    match spot.get(STABILITY).map(|spot| spot.value) {
        None => Ok(Stability::Stable),
        Some(Value::String(word)) => match word.as_str() {
            "draft" => Ok(Stability::Draft),
            "alpha" => Ok(Stability::Alpha),
            "beta" => Ok(Stability::Beta),
            "stable" | "" => Ok(Stability::Stable),
            other => Err(other.to_owned()),
        },
        Some(other) => Err(other.to_string()),
    }
}

/// Whether a thing is said to be a draft or an alpha, of which everything may change.
pub(crate) fn may_change(spot: &Spot<'_>) -> bool {
    stability(spot).is_ok_and(|level| level < Stability::Beta)
}

/// The end that something deprecated has been given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sunset {
    Never,
    On(Date),
    Unreadable,
}

impl Sunset {
    /// Whether it is still to come.
    pub(crate) fn is_ahead(self) -> bool {
        matches!(self, Sunset::On(date) if date > today())
    }
}

/// The end that is written at a thing: a date, or a date and a time.
pub(crate) fn sunset(spot: &Spot<'_>) -> Sunset {
    let Some(stated) = spot.get(SUNSET) else {
        return Sunset::Never;
    };
    let text = stated.value.as_str().unwrap_or_default();
    let day = Date::parse(text, &Iso8601::DATE).ok();
    let moment = || Some(OffsetDateTime::parse(text, &Rfc3339).ok()?.date());
    day.or_else(moment).map_or(Sunset::Unreadable, Sunset::On)
}

fn today() -> Date {
    OffsetDateTime::now_utc().date()
}

/// The promises of the base that the revision does not keep.
pub(crate) fn compare<'d>(
    subject: Subject,
    base: &Spot<'d>,
    revision: &Spot<'d>,
) -> Vec<Broken<'d>> {
    let sunset = sunset_change(subject, base, revision);
    let broken = [(SUNSET, sunset), (STABILITY, less(subject, base, revision))];
    let at = |spot: &Spot<'d>, key| spot.get(key).unwrap_or_else(|| spot.clone());
    broken
        .into_iter()
        .filter_map(|(key, change)| {
            let (id, message, class) = change?;
            let (base, revision) = (at(base, key), at(revision, key));
            let says = |spot: &Spot<'d>| match spot.pointer.ends_with(key) {
                true => spot.value.clone(),
                false => Value::Null,
            };
            let witness = json!({"promised": {key: says(&base)}, "now": {key: says(&revision)}});
            Some(Broken {
                id,
                class,
                base,
                revision,
                witness,
                message,
            })
        })
        .collect()
}

/// A promise that is not kept: the name of the finding, what it says, and its class.
type Change = (&'static str, String, Class);

/// What is said of a thing that is, or is no longer, to be avoided.
pub(crate) fn deprecation(
    subject: Subject,
    base: &Spot<'_>,
    revision: &Spot<'_>,
) -> Option<(&'static str, &'static str)> {
    let is = |spot: &Spot<'_>| spot.flag("deprecated") == Some(true);
    let operation = subject == Subject::Operation;
    match (is(base), is(revision)) {
        (false, true) if operation && sunset(revision) != Sunset::Never => Some((
            "endpoint-deprecated-with-sunset",
            "the operation is deprecated now, and will go",
        )),
        (false, true) if operation => {
            Some(("endpoint-deprecated", "the operation is deprecated now"))
        }
        (false, true) => Some(("request-parameter-deprecated", "is deprecated now")),
        (true, false) if operation => Some((
            "endpoint-reactivated",
            "the operation is not deprecated any more",
        )),
        (true, false) => Some((
            "request-parameter-reactivated",
            "is not deprecated any more",
        )),
        _ => None,
    }
}

fn sunset_change(subject: Subject, base: &Spot<'_>, revision: &Spot<'_>) -> Option<Change> {
    if revision.flag("deprecated") != Some(true) {
        return None;
    }
    let announced = base.flag("deprecated") != Some(true);
    let pick = |operation, parameter, request, response| match subject {
        Subject::Operation => operation,
        Subject::Parameter => parameter,
        Subject::RequestProperty => request,
        Subject::ResponseProperty => response,
    };
    let unreadable = || {
        let operation = match announced {
            true => "api-deprecated-sunset-parse",
            false => "api-path-sunset-parse",
        };
        let id = pick(
            operation,
            "request-parameter-sunset-parse",
            "request-property-deprecated-sunset-invalid",
            "response-property-deprecated-sunset-invalid",
        );
        let message = "its `x-sunset` is no date, so it may go any day".to_owned();
        (id, message, Class::Breaking)
    };
    match (sunset(base), sunset(revision)) {
        (Sunset::On(_) | Sunset::Unreadable, Sunset::Never) => {
            let id = pick(
                "sunset-deleted",
                "request-parameter-sunset-deleted",
                "request-property-sunset-deleted",
                "response-property-sunset-deleted",
            );
            let message = "the date until which it stays is gone".to_owned();
            Some((id, message, Class::Breaking))
        }
        (Sunset::Never | Sunset::On(_), Sunset::Unreadable) => Some(unreadable()),
        (Sunset::Unreadable, Sunset::On(_)) => {
            let (id, ..) = unreadable();
            let message = "the date until which it was to stay could not be read".to_owned();
            Some((id, message, Class::Unknown))
        }
        (Sunset::On(was), Sunset::On(is)) if is < was && is < today() => {
            let id = pick(
                "api-sunset-date-changed-too-small",
                "request-parameter-sunset-date-changed-too-small",
                "request-property-sunset-date-changed-too-small",
                "response-property-sunset-date-changed-too-small",
            );
            let message = format!("it was to stay until {was}, and {is} is over already");
            Some((id, message, Class::Breaking))
        }
        (Sunset::Never, Sunset::On(is)) if announced && is < today() => {
            let id = pick(
                "api-sunset-date-too-small",
                "request-parameter-sunset-date-too-small",
                "request-property-sunset-date-too-small",
                "response-property-sunset-date-too-small",
            );
            let message = format!("it is deprecated as of now, and was to go on {is} already");
            Some((id, message, Class::Breaking))
        }
        _ => None,
    }
}

/// A stability that is less than it was, or not one any more.
fn less(subject: Subject, base: &Spot<'_>, revision: &Spot<'_>) -> Option<Change> {
    let decreased = match subject {
        Subject::Operation => "api-stability-decreased",
        // A parameter is as stable as its operation.
        Subject::Parameter => return None,
        Subject::RequestProperty => "request-property-stability-decreased",
        Subject::ResponseProperty => "response-property-stability-decreased",
    };
    match (stability(base), stability(revision)) {
        (Ok(was), Ok(is)) if is < was => Some((
            decreased,
            format!("it was {was:?} and is {is:?} now: it may change more").to_lowercase(),
            Class::Breaking,
        )),
        (Err(word), Ok(is)) if is < Stability::Stable => Some((
            "api-invalid-stability-level",
            format!("its `x-stability-level` was `{word}`, which cannot be compared"),
            Class::Unknown,
        )),
        (Ok(_), Err(word)) => Some((
            "api-invalid-stability-level",
            format!(
                "its `x-stability-level` is `{word}`, which is not draft, alpha, beta or stable"
            ),
            Class::Breaking,
        )),
        _ => None,
    }
}
