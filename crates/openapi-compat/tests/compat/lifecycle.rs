//! Promises about time: what is deprecated, until when it stays, and how stable it is.

use openapi_compat::Class;
use serde_json::{Value, json};

use crate::documents::{diff, document, request, response, shown, verdict};

/// The ids of what breaks.
fn broken(base: &Value, revision: &Value) -> Vec<String> {
    let comparison = diff(base, revision);
    let broken = comparison.findings.iter();
    let broken = broken.filter(|one| one.class == Class::Breaking);
    broken
        .inspect(|one| assert!(one.witness.is_some(), "{}", one.id))
        .map(|one| one.id.clone())
        .collect()
}

fn ends(day: &str) -> Value {
    json!({"deprecated": true, "x-sunset": day})
}

#[test]
fn a_sunset_is_a_promise() {
    let bare = json!({"deprecated": true});
    let (late, early) = (ends("9999-01-01"), ends("9998-01-01"));
    let (past, bad) = (ends("2020-01-01"), ends("soon"));
    for (old, new, operation, parameter, property) in [
        (
            &late,
            &bare,
            "sunset-deleted",
            "request-parameter-sunset-deleted",
            "property-sunset-deleted",
        ),
        (
            &late,
            &past,
            "api-sunset-date-changed-too-small",
            "request-parameter-sunset-date-changed-too-small",
            "property-sunset-date-changed-too-small",
        ),
        (
            &late,
            &bad,
            "api-path-sunset-parse",
            "request-parameter-sunset-parse",
            "property-deprecated-sunset-invalid",
        ),
        (
            &json!({}),
            &bad,
            "api-deprecated-sunset-parse",
            "request-parameter-sunset-parse",
            "property-deprecated-sunset-invalid",
        ),
        (
            &json!({}),
            &past,
            "api-sunset-date-too-small",
            "request-parameter-sunset-date-too-small",
            "property-sunset-date-too-small",
        ),
        // Still to come, later than it was, readable again, or never announced.
        (&late, &early, "", "", ""),
        (&early, &late, "", "", ""),
        (&bad, &late, "", "", ""),
        (&json!({}), &bare, "", "", ""),
        (&json!({}), &ends("9999-01-01T00:00:00Z"), "", "", ""),
        (&bare, &json!({}), "", "", ""),
    ] {
        let expected = |id: &str| match id {
            "" => Vec::new(),
            id => vec![id.to_owned()],
        };
        assert_eq!(
            broken(&document(old.clone()), &document(new.clone())),
            expected(operation)
        );
        let query = |marks: &Value| {
            let mut parameter = json!({"name": "q", "in": "query", "schema": {"type": "string"}});
            let marks = marks.as_object().unwrap().clone();
            parameter.as_object_mut().unwrap().extend(marks);
            document(json!({"parameters": [parameter]}))
        };
        assert_eq!(broken(&query(old), &query(new)), expected(parameter));
        let object = |marks: &Value| json!({"type": "object", "properties": {"p": marks}});
        for (word, wrap) in [
            ("request", request as fn(&Value) -> Value),
            ("response", response),
        ] {
            let id = match property {
                "" => String::new(),
                id => format!("{word}-{id}"),
            };
            assert_eq!(
                broken(&wrap(&object(old)), &wrap(&object(new))),
                expected(&id)
            );
        }
    }
}

#[test]
fn a_parameter_may_go_when_its_time_has_come() {
    let query = |marks: Value| {
        let mut parameter = json!({"name": "q", "in": "query", "schema": {"type": "string"}});
        let marks = marks.as_object().unwrap().clone();
        parameter.as_object_mut().unwrap().extend(marks);
        document(json!({"parameters": [parameter]}))
    };
    for (marks, id, said) in [
        // Gone from the wire in peace; generated functions lose an argument.
        (json!({}), "request-parameter-removed", "sdk"),
        (
            ends("2020-01-01"),
            "request-parameter-removed-with-deprecation",
            "sdk",
        ),
        (
            ends("9999-01-01"),
            "request-parameter-removed-before-sunset",
            "breaking",
        ),
        (ends("soon"), "request-parameter-sunset-parse", "breaking"),
    ] {
        let comparison = diff(&query(marks), &document(json!({})));
        assert_eq!(
            verdict(&comparison),
            said,
            "{}",
            shown(&comparison.findings)
        );
        assert!(comparison.findings.iter().any(|one| one.id == id), "{id}");
    }
}

#[test]
fn less_stability_breaks_and_more_does_not() {
    let level = |word: &str| json!({"x-stability-level": word});
    for (old, new, id) in [
        (json!({}), level("draft"), "stability-decreased"),
        (level("beta"), level("alpha"), "stability-decreased"),
        (level("alpha"), level("beta"), ""),
        (level("stable"), json!({}), ""),
        (json!({}), level("solid"), "api-invalid-stability-level"),
    ] {
        let expected = |prefix: &str| match id {
            "" => Vec::new(),
            "stability-decreased" => vec![format!("{prefix}-{id}")],
            id => vec![id.to_owned()],
        };
        let operations = (document(old.clone()), document(new.clone()));
        assert_eq!(broken(&operations.0, &operations.1), expected("api"));
        let object = |marks: &Value| json!({"type": "object", "properties": {"p": marks}});
        assert_eq!(
            broken(&request(&object(&old)), &request(&object(&new))),
            expected("request-property")
        );
    }
}

#[test]
fn a_draft_may_change() {
    let make = |word: &str, kind: &str| {
        let mut document = request(&json!({"type": kind}));
        document["paths"]["/things"]["post"]["x-stability-level"] = json!(word);
        document
    };
    for (word, breaks) in [("draft", false), ("alpha", false), ("beta", true)] {
        let comparison = diff(&make(word, "string"), &make(word, "integer"));
        assert_eq!(verdict(&comparison) == "breaking", breaks);
        let gone = json!({"openapi": "3.0.3", "paths": {}});
        let comparison = diff(&make(word, "string"), &gone);
        assert_eq!(verdict(&comparison) == "breaking", breaks);
    }
}
