//! Laws that hold for any pair of schemas, judged by sampling values through `jsonschema`.

use openapi_compat::{Class, Finding};
use openapi_document::pointer;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use serde_json::{Map, Value, json};

use crate::documents::{cases, diff, request, response, shown, verdict};

/// Schemas that say of every property what it may be, so that sampled values mean the same to the
/// engine and to the validator.
fn any_schema() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        3 => (0_u64..4, 0_u64..5).prop_map(|(min, max)| {
            json!({"type": "string", "minLength": min, "maxLength": max})
        }),
        2 => prop::sample::select(vec!["^a+$", "^[ab]*$", "b", "^a"])
            .prop_map(|pattern| json!({"type": "string", "pattern": pattern})),
        3 => (-3_i64..4, -3_i64..6, any::<bool>()).prop_map(|(min, max, exclusive)| {
            json!({"type": "integer", "minimum": min, "maximum": max, "exclusiveMaximum": exclusive})
        }),
        1 => (1_i64..4).prop_map(|step| json!({"type": "integer", "multipleOf": step})),
        1 => (-2_i64..3).prop_map(|min| json!({"type": "number", "minimum": min})),
        1 => Just(json!({"type": "boolean"})),
        2 => prop::collection::vec(prop_oneof![Just(json!("a")), Just(json!("b")), Just(json!(1)), Just(json!(null))], 1..4)
            .prop_map(|values| json!({"enum": values})),
        1 => Just(json!({})),
    ];
    leaf.prop_recursive(3, 12, 3, |inside| {
        prop_oneof![
            2 => (inside.clone(), inside.clone(), any::<bool>(), inside.clone(), any::<bool>()).prop_map(
                |(p, q, required, beyond, closed)| {
                    let required = if required { json!(["p"]) } else { json!([]) };
                    let beyond = if closed { json!(false) } else { beyond };
                    json!({
                        "type": "object",
                        "properties": {"p": p, "q": q},
                        "required": required,
                        "additionalProperties": beyond,
                    })
                }
            ),
            2 => (inside.clone(), 0_u64..3, 0_u64..4, any::<bool>()).prop_map(|(items, min, max, unique)| {
                json!({"type": "array", "items": items, "minItems": min, "maxItems": max, "uniqueItems": unique})
            }),
            1 => prop::collection::vec(inside.clone(), 2..4).prop_map(|all| json!({"anyOf": all})),
            1 => prop::collection::vec(inside.clone(), 1..3).prop_map(|all| json!({"allOf": all})),
            1 => inside.clone().prop_map(|schema| json!({"not": schema})),
            1 => inside.prop_map(|schema| {
                let mut schema = schema;
                schema["nullable"] = json!(true);
                schema
            }),
        ]
    })
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-4_i64..8).prop_map(Value::from),
        (-4_i64..8).prop_map(|half| json!(half as f64 + 0.5)),
        "[abc]{0,5}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inside| {
        prop_oneof![
            prop::collection::vec(inside.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[pqr]", inside, 0..3)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// The schema in JSON Schema's words, written independently of the engine's own translation.
fn json_schema(schema: &Value) -> Value {
    let Value::Object(keywords) = schema else {
        return schema.clone();
    };
    let mut out = Map::new();
    for (key, value) in keywords {
        let value = match key.as_str() {
            "nullable" => continue,
            "exclusiveMaximum" => continue,
            "maximum" if keywords.get("exclusiveMaximum") == Some(&json!(true)) => {
                out.insert("exclusiveMaximum".to_owned(), value.clone());
                continue;
            }
            "properties" => value
                .as_object()
                .unwrap()
                .iter()
                .map(|(name, schema)| (name.clone(), json_schema(schema)))
                .collect::<Map<_, _>>()
                .into(),
            "anyOf" | "allOf" => value.as_array().unwrap().iter().map(json_schema).collect(),
            "not" | "items" | "additionalProperties" => json_schema(value),
            _ => value.clone(),
        };
        out.insert(key.clone(), value);
    }
    match keywords.get("nullable") {
        Some(Value::Bool(true)) => json!({"anyOf": [{"type": "null"}, out]}),
        _ => Value::Object(out),
    }
}

fn allows(schema: &Value, value: &Value) -> bool {
    let validator = jsonschema::draft202012::new(&json_schema(schema));
    validator.is_ok_and(|validator| validator.is_valid(value))
}

/// Whether a witness is allowed by something around the base's pointer and refused by something
/// around the revision's.
fn is_witnessed(base: &Value, revision: &Value, finding: &Finding) -> bool {
    let Some(witness) = &finding.witness else {
        return false;
    };
    let around = |document: &Value, at: &str| -> Vec<Value> {
        std::iter::successors(Some(at), |at| pointer::parent(at))
            .filter(|at| at.contains("/schema"))
            .filter_map(|at| {
                document
                    .pointer(at)
                    .filter(|value| value.is_object())
                    .cloned()
            })
            .collect()
    };
    let (old, new) = (
        around(base, &finding.base.pointer),
        around(revision, &finding.revision.pointer),
    );
    old.iter().any(|old| allows(old, witness)) && new.iter().any(|new| !allows(new, witness))
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn a_document_against_itself_is_clean(schema in any_schema()) {
        prop_assert_eq!(diff(&request(&schema), &request(&schema)).findings, vec![]);
    }

    /// No value that was accepted is refused without somebody being told.
    #[test]
    fn what_sampling_refutes_is_never_called_safe(
        old in any_schema(),
        new in any_schema(),
        values in prop::collection::vec(any_value(), 24),
    ) {
        let comparison = diff(&request(&old), &request(&new));
        if let Some(value) = values.iter().find(|value| allows(&old, value) && !allows(&new, value)) {
            let said = verdict(&comparison);
            prop_assert!(matches!(said, "breaking" | "unknown"), "{} for {} -> {}: {}", said, old, new, value);
        }
    }

    /// A breaking verdict shows a value that proves it.
    #[test]
    fn what_is_called_breaking_is_proven(old in any_schema(), new in any_schema()) {
        let (base, revision) = (request(&old), request(&new));
        for finding in diff(&base, &revision).findings.iter().filter(|one| one.class == Class::Breaking) {
            prop_assert!(is_witnessed(&base, &revision, finding), "{:?}\n{}\n{}", finding, old, new);
        }
    }

    /// What breaks a request one way breaks a response the other way.
    #[test]
    fn swapping_the_documents_swaps_the_direction(old in any_schema(), new in any_schema()) {
        let asked = diff(&request(&old), &request(&new));
        let answered = diff(&response(&new), &response(&old));
        prop_assert_eq!(
            verdict(&asked) == "breaking",
            verdict(&answered) == "breaking",
            "{}\n{}",
            shown(&asked.findings),
            shown(&answered.findings)
        );
    }

    /// If the first fits the second and the second the third, the first does not break the third.
    #[test]
    fn fitting_is_transitive(
        one in any_schema(),
        two in any_schema(),
        three in any_schema(),
    ) {
        // A union of all is something that both of its parts fit.
        let two = json!({"anyOf": [one, two]});
        let three = json!({"anyOf": [three, two]});
        let fits = |old: &Value, new: &Value| {
            let comparison = diff(&request(old), &request(new));
            (!matches!(verdict(&comparison), "breaking" | "unknown"), verdict(&comparison))
        };
        if fits(&one, &two).0 && fits(&two, &three).0 {
            prop_assert_ne!(fits(&one, &three).1, "breaking");
        }
    }
}

#[test]
fn most_pairs_are_decided() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut undecided = Vec::new();
    let total = 200;
    for _ in 0..total {
        let mut make = || any_schema().new_tree(&mut runner).unwrap().current();
        let (old, new) = (make(), make());
        let comparison = diff(&request(&old), &request(&new));
        if verdict(&comparison) == "unknown" {
            undecided.push(format!("{old}\n{new}\n{}", shown(&comparison.findings)));
        }
    }
    let count = undecided.len();
    assert!(
        count * 20 <= total,
        "{count} of {total} pairs are undecided:\n{}",
        undecided.join("\n")
    );
}
