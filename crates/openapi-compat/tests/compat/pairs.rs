//! Pairs written by hand, one for each thing that can be said in two ways or changed in one.

use openapi_compat::{Class, Finding};
use openapi_source::Source;
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
        .or_else(|| of("document", &Value::clone))
        .unwrap();
    match pair.get("schemas") {
        Some(schemas) => found.map(|document| with_schemas(document, schemas.clone())),
        None => found,
    }
}

#[test]
fn the_verdicts_are_what_the_meaning_asks_for() {
    let pairs = Source::parse("pairs.yaml", include_str!("../cases/pairs.yaml")).unwrap();
    let mut wrong = Vec::new();
    for pair in pairs.value().as_array().unwrap() {
        let [base, revision] = documents(pair);
        let mut findings: Vec<Finding> = diff(&base, &revision).findings;
        if pair["wire_only"] == true {
            findings.retain(|finding| finding.class != Class::Sdk);
        }
        let worst = findings.iter().map(|finding| finding.class).min();
        let verdict = worst.map_or("none", Class::as_str);
        let named = pair["id"].as_str().is_none_or(|id| {
            let worst = findings.iter().filter(|one| Some(one.class) == worst);
            worst.into_iter().any(|one| one.id == id)
        });
        if pair["verdict"] != verdict || !named {
            wrong.push(format!(
                "{}: {} {}, but\n{}",
                pair["name"],
                pair["verdict"],
                pair["id"],
                shown(&findings)
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
