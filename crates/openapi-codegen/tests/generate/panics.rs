//! Whatever the document is, an answer comes back.

use std::panic;

use openapi_codegen::Generator;
use openapi_document::Source;
use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};

use super::{document, mutate, report, synthetic};

/// A good document that the mutations below start from: most keywords are in it.
const RICH: &str = include_str!("../../fixture/pets.yaml");

#[test]
fn a_panic_of_progenitor_is_an_error_and_the_hook_stays() {
    let before = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let report = report(&document(
        "      not: { type: object, properties: { a: {} } }",
    ));
    panic::set_hook(before);
    assert!(
        report.contains("the generator cannot express this `not`"),
        "{report}"
    );
    assert!(report.contains("#/components/schemas/Thing"), "{report}");
}

#[test]
fn a_merge_without_end_is_an_error_and_no_full_stack() {
    let text = document(
        "      allOf: [{ $ref: '#/components/schemas/Other' }, { $ref: '#/components/schemas/Own' }]
    Own: { type: object, properties: { next: { $ref: '#/components/schemas/Thing' } } }
    Other: { type: object, properties: { next: { $ref: '#/components/schemas/Other' } } }",
    );
    let report = report(&text);
    assert!(
        report.contains("whose schemas combine them again"),
        "{report}"
    );
    assert!(
        report.contains("#/components/schemas/Thing/allOf"),
        "{report}"
    );
}

#[test]
fn a_tree_of_combined_schemas_is_no_merge_without_end() {
    let text = document(
        "      allOf: [{ $ref: '#/components/schemas/Base' }, { $ref: '#/components/schemas/Own' }]
    Own: { type: object, properties: { child: { $ref: '#/components/schemas/Thing' } } }
    Base: { type: object, properties: { child: { $ref: '#/components/schemas/Thing' }, name: { type: string } } }",
    );
    super::generate(&text).unwrap();
}

#[test]
fn any_change_of_a_document_ends_in_code_or_in_findings_with_places() {
    let good = Source::parse("pets.yaml", RICH).unwrap();
    let config = ProptestConfig {
        cases: 150,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    // The same changes every time: a test that fails fails again.
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    TestRunner::new_with_rng(config, rng)
        .run(&mutate::any_change(), |change| {
            let mut changed = good.value().clone();
            change.apply(&mut changed);
            let text = serde_json::to_string(&changed).unwrap();
            let source = Source::parse("changed.json", text).unwrap();
            if let Err(error) = Generator::new(&source).generate() {
                let report = error.report();
                prop_assert!(report.starts_with("changed.json:1:"), "{}", report);
                prop_assert!(!error.to_string().contains('\n'));
            }
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_large_document_with_odd_names_becomes_rust() {
    let text = serde_json::to_string(&synthetic::document(400)).unwrap();
    let code = super::generate(&text).unwrap();
    syn::parse_file(&code).unwrap();
    assert!(code.matches("pub async fn").count() == 400);
}

#[test]
fn a_large_document_with_mistakes_has_their_places() {
    let mut document = synthetic::document(400);
    document["components"]["schemas"]["1st"]["properties"]["next"] =
        serde_json::json!({ "not": { "type": "object", "properties": { "a": {} } } });
    document["components"]["schemas"]["消息"] =
        serde_json::json!({ "not": { "type": "object", "properties": { "a": {} } } });
    let report = report(&serde_json::to_string(&document).unwrap());
    let places: Vec<_> = report
        .lines()
        .filter(|line| line.starts_with("  at "))
        .collect();
    assert_eq!(
        places,
        [
            "  at   #/components/schemas/1st/properties/next/not",
            "  at   #/components/schemas/消息/not",
        ],
        "{report}"
    );
}
