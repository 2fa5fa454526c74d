//! Sets of strings: lengths, patterns and formats.

use serde_json::Value;

use super::gap::Suspicion;
use super::patterns::{Found, Wanted, find};
use super::shape::Shape;

/// Formats with a rule: an example, and an expression that every string of the format matches.
const FORMATS: &[(&str, &str, &str)] = &[
    ("date", "2024-01-31", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
    (
        "date-time",
        "2024-01-31T12:00:00Z",
        "^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ].{9,}$",
    ),
    ("time", "12:00:00Z", "^[0-9]{2}:[0-9]{2}:.{3,}$"),
    ("duration", "P1D", "^P"),
    ("email", "a@example.com", "@"),
    ("idn-email", "a@example.com", "@"),
    ("hostname", "example.com", ""),
    ("idn-hostname", "example.com", ""),
    ("ipv4", "192.0.2.1", "^[0-9]{1,3}(\\.[0-9]{1,3}){3}$"),
    ("ipv6", "2001:db8::1", ":"),
    ("uri", "https://example.com/", ":"),
    ("uri-reference", "/a", ""),
    ("iri", "https://example.com/", ":"),
    ("iri-reference", "/a", ""),
    ("uri-template", "/{a}", ""),
    (
        "uuid",
        "123e4567-e89b-12d3-a456-426614174000",
        "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-.{12}$",
    ),
    ("json-pointer", "/a", ""),
    ("relative-json-pointer", "0/a", "^[0-9]"),
    ("regex", "a", ""),
    ("byte", "aGk=", "^[A-Za-z0-9+/=]*$"),
];

/// Formats whose strings are strings of another format too.
const WITHIN: &[(&str, &str)] = &[
    ("uri", "uri-reference"),
    ("uri", "iri"),
    ("uri", "iri-reference"),
    ("uri-reference", "iri-reference"),
    ("iri", "iri-reference"),
    ("email", "idn-email"),
    ("hostname", "idn-hostname"),
    ("uuid", "hostname"),
    ("ipv4", "hostname"),
];

/// Formats that say how a string is meant and refuse none.
const REMARKS: &[&str] = &["password", "binary", "int32", "int64", "float", "double"];

/// Whether a format says which strings there are.
pub(crate) fn is_of_strings(format: &str) -> bool {
    known(format).is_some()
}

fn known(format: &str) -> Option<&'static (&'static str, &'static str, &'static str)> {
    FORMATS.iter().find(|(name, ..)| *name == format)
}

/// The patterns of a shape, with those that its formats imply.
fn patterns<'p>(shape: &Shape<'p>) -> Vec<&'p str> {
    let implied = shape
        .string
        .formats
        .iter()
        .filter_map(|name| Some(known(name)?.2));
    let all = shape.string.patterns.iter().copied().chain(implied);
    all.filter(|pattern| !pattern.is_empty()).collect()
}

/// Strings that a shape probably allows. Whether it does is for a validator to say.
pub(crate) fn examples(shape: &Shape<'_>) -> Vec<Value> {
    let facets = &shape.string;
    let mut found: Vec<String> = Vec::new();
    found.extend(
        facets
            .formats
            .iter()
            .filter_map(|name| Some(known(name)?.1.to_owned())),
    );
    let matching = patterns(shape);
    for min in [facets.min.max(1), facets.min] {
        let wanted = Wanted {
            matching: &matching,
            except: None,
            min,
            max: facets.max,
        };
        if let Found::String(text) = find(wanted) {
            found.push(text);
        }
    }
    if matching.is_empty() && facets.min <= 1 {
        found.extend(["b".to_owned(), "1".to_owned()]);
    }
    found.into_iter().map(Value::from).collect()
}

/// Whether lengths and patterns of a shape leave no string.
pub(crate) fn is_empty(shape: &Shape<'_>) -> bool {
    let facets = &shape.string;
    let matching = patterns(shape);
    let alone = matching.len() <= 1 && facets.min == 0 && facets.max.is_none();
    let wanted = Wanted {
        matching: &matching,
        except: None,
        min: facets.min,
        max: facets.max,
    };
    facets.max.is_some_and(|max| max < facets.min)
        || (!alone && !matching.is_empty() && find(wanted) == Found::Nothing)
}

/// Whether a shape allows the text of every whole number.
pub(crate) fn allow_whole_numbers(shape: &Shape<'_>) -> bool {
    let numerals = ["^(0|-?[1-9][0-9]*)$"];
    let facets = &shape.string;
    let misses = |pattern: &&str| {
        let wanted = Wanted {
            matching: &numerals,
            except: Some(pattern),
            min: 0,
            max: None,
        };
        find(wanted) != Found::Nothing
    };
    facets.min <= 1
        && facets.max.is_none()
        && facets.formats.is_empty()
        && shape.unions.is_empty()
        && shape.nots.is_empty()
        && !facets.patterns.iter().any(misses)
}

/// The constraints of `target` on strings that values of `source` may violate.
pub(crate) fn gaps(source: &Shape<'_>, target: &Shape<'_>) -> Vec<Suspicion> {
    let (from, to) = (&source.string, &target.string);
    let matching = patterns(source);
    let mut gaps = Vec::new();
    let mut suspect = |keyword, wanted: Wanted<'_>, others: Vec<Value>| match find(wanted) {
        Found::Nothing => {}
        Found::String(text) => {
            let candidates = std::iter::once(Value::from(text)).chain(others).collect();
            gaps.push(Suspicion::new(keyword, candidates));
        }
        Found::CannotSay => gaps.push(Suspicion::new(keyword, others)),
    };
    let within = |min: u64, max: Option<u64>| Wanted {
        matching: &matching,
        except: None,
        min,
        max,
    };
    if to.min > from.min {
        let max = from.max.map_or(to.min - 1, |max| max.min(to.min - 1));
        suspect("minLength", within(from.min, Some(max)), examples(source));
    }
    if let Some(max) = to.max.filter(|&to| from.max.is_none_or(|from| from > to)) {
        suspect(
            "maxLength",
            within(from.min.max(max + 1), from.max),
            examples(source),
        );
    }
    for pattern in to
        .patterns
        .iter()
        .filter(|pattern| !from.patterns.contains(pattern))
    {
        let wanted = Wanted {
            except: Some(pattern),
            ..within(from.min, from.max)
        };
        suspect("pattern", wanted, examples(source));
    }
    for format in to
        .formats
        .iter()
        .filter(|format| !from.formats.contains(format))
    {
        let implied = from
            .formats
            .iter()
            .any(|from| WITHIN.contains(&(from, format)));
        if implied || REMARKS.contains(format) {
            continue;
        }
        let mut candidates = examples(source);
        let pattern = known(format)
            .map(|format| format.2)
            .filter(|pattern| !pattern.is_empty());
        if let Some(pattern) = pattern {
            let wanted = Wanted {
                except: Some(pattern),
                ..within(from.min.max(1), from.max)
            };
            if let Found::String(text) = find(wanted) {
                candidates.insert(0, Value::from(text));
            }
        }
        candidates.push(Value::from(" "));
        gaps.push(Suspicion::new("format", candidates));
    }
    gaps
}
