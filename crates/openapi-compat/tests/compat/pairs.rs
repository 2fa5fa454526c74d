//! Pairs written by hand, one for each thing that can be said in two ways or changed in one.

use openapi_compat::{Class, Finding};
use openapi_document::Source;
use serde_json::{Value, json};

use crate::documents::{diff, document, request, response, shown, with_schemas};

/// The two documents of a pair.
fn documents(pair: &Value) -> [Value; 2] {
    let of = |key: &str, wrap: &dyn Fn(&Value) -> Value| {
        let both = pair.get(key)?.as_array()?;
        Some([wrap(&both[0]), wrap(&both[1])])
    };
    let parameter = |parameter: &Value| match parameter["in"].as_str() {
        Some("path") => {
            let mut with = document(json!({"parameters": [parameter]}));
            let item = with["paths"]["/things"].take();
            with["paths"] = json!({"/things/{id}": item});
            with
        }
        _ => document(json!({"parameters": [parameter]})),
    };
    let found = of("request", &request)
        .or_else(|| of("response", &response))
        .or_else(|| of("parameter", &parameter))
        .or_else(|| of("operation", &|operation| document(operation.clone())))
        .or_else(|| of("document", &whole))
        .unwrap();
    match pair.get("schemas") {
        Some(schemas) => found.map(|document| with_schemas(document, schemas.clone())),
        None => found,
    }
}

/// A document, which need not say of which version it is.
fn whole(document: &Value) -> Value {
    let mut document = document.clone();
    if let Some(entries) = document.as_object_mut() {
        let version = entries.entry("openapi");
        version.or_insert_with(|| "3.0.3".into());
    }
    document
}

/// The findings of a pair that differ from what it says, if any do.
fn mistake(pair: &Value) -> Option<String> {
    let [base, revision] = documents(pair);
    let mut findings: Vec<Finding> = diff(&base, &revision).findings;
    if pair["wire_only"] == true {
        findings.retain(|finding| finding.class != Class::Sdk);
    }
    let worst = findings.iter().map(|finding| finding.class).min();
    let verdict = worst.map_or("none", Class::as_str);
    let has = |finding: &Finding| {
        let named = pair["id"].as_str().is_none_or(|id| finding.id == id);
        let witness = pair.get("witness");
        let proven = witness.is_none_or(|witness| finding.witness.as_ref() == Some(witness));
        Some(finding.class) == worst && named && proven
    };
    let right = pair["verdict"] == verdict && (findings.is_empty() || findings.iter().any(has));
    (!right).then(|| format!("{pair}\n{}", shown(&findings)))
}

fn mistakes(name: &str, text: &str) -> Vec<String> {
    let pairs = Source::parse(name, text).unwrap();
    let pairs = pairs.value().as_array().unwrap();
    pairs.iter().filter_map(mistake).collect()
}

#[test]
fn the_verdicts_are_what_the_meaning_asks_for() {
    let wrong = mistakes("pairs.yaml", include_str!("../cases/pairs.yaml"));
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn verdicts_differ_from_those_of_oasdiff_where_we_say_so() {
    let wrong = mistakes("oasdiff.yaml", include_str!("../cases/oasdiff.yaml"));
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
