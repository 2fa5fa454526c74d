//! The comparison with the last release: the engine's verdict, and the names that the generator really makes.

use super::repository::{CONTRACT, Repository};

#[test]
fn nothing_changed_is_clean() {
    let outcome = Repository::new().run(&["diff"]);
    assert_eq!((outcome.code, outcome.stdout.as_str()), (0, "no changes\n"));
}

#[test]
fn a_renamed_operation_is_gone_from_the_generated_code() {
    let repository = Repository::new();
    repository.edit(
        CONTRACT,
        "operationId: createToken",
        "operationId: fetchToken",
    );
    let outcome = repository.run(&["diff", "--format", "json", "--fail-on", "sdk"]);
    assert_eq!(outcome.code, 1);
    let report: serde_json::Value = serde_json::from_str(&outcome.stdout).unwrap();
    assert_eq!(report["verdict"], "sdk");
    let gone = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|finding| {
            finding["message"]
                .as_str()
                .unwrap()
                .contains("Client::create_token_request is gone")
        })
        .unwrap();
    assert_eq!(
        gone["base"]["pointer"],
        "/paths/~1v1.0~1oauth2~1{corpId}~1token/post"
    );
}

#[test]
fn a_break_must_be_numbered_even_if_it_is_accepted() {
    let repository = Repository::new();
    repository.edit(CONTRACT, "      maximum: 200\n", "      maximum: 100\n");
    let outcome = repository.run(&["diff"]);
    assert_eq!(outcome.code, 1);
    assert!(
        outcome.stdout.contains("request-property-max-decreased"),
        "{}",
        outcome.stdout
    );
    assert!(
        outcome.stdout.contains("at least\n    0.2.0") || outcome.stdout.contains("at least 0.2.0"),
        "{}",
        outcome.stdout
    );
}

#[test]
fn documents_of_git_are_compared_too() {
    let repository = Repository::new();
    repository.edit(CONTRACT, "      maximum: 200\n", "      maximum: 300\n");
    let outcome = repository.run(&["diff", &format!("git:HEAD:{CONTRACT}"), CONTRACT]);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    assert!(outcome.stdout.contains("compatible"), "{}", outcome.stdout);
}

#[test]
fn what_cannot_be_compared_is_wrong_usage() {
    let outcome = Repository::new().run(&["diff", "nothing.yaml", CONTRACT]);
    assert_eq!(outcome.code, 2);
    assert!(
        outcome.stderr.contains("nothing.yaml"),
        "{}",
        outcome.stderr
    );
}
