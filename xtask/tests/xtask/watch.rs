//! After a save, everything follows.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use super::repository::{CONTRACT, Repository};

#[test]
fn a_save_is_followed_by_everything_that_derives_from_it() {
    let repository = Repository::new();
    let mut watch = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["watch", "--rounds", "2"])
        .current_dir(repository.path(""))
        .stdout(Stdio::piped())
        // There is no package to build in this repository, and cargo says so.
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(watch.stdout.take().unwrap())
        .lines()
        .map(Result::unwrap);
    assert!(lines.any(|line| line == "no changes"));
    assert!(lines.any(|line| line == "waiting for openapi/dingtalk-receipts.yaml"));

    repository.edit(CONTRACT, "      maximum: 200\n", "      maximum: 300\n");
    let after: Vec<String> = lines.collect();
    watch.wait().unwrap();
    let said = |text: &str| after.iter().any(|line| line.contains(text));
    assert!(said("wrote openapi/bindings.rs"), "{after:#?}");
    assert!(said("clean: openapi/dingtalk-receipts.yaml"), "{after:#?}");
    assert!(said("request-property-max-increased"), "{after:#?}");
    assert!(
        repository
            .read("openapi/bindings.rs")
            .contains("pub const MAX: i64 = 300;")
    );
}

#[test]
fn a_finding_of_one_step_keeps_no_other_from_its_work() {
    let repository = Repository::new();
    repository.edit(CONTRACT, "      maximum: 200\n", "      maximum: 150\n");
    let outcome = repository.run(&["watch", "--rounds", "1"]);
    assert_eq!(outcome.code, 1, "{}", outcome.stdout);
    for said in [
        "error[example]",
        "== diff",
        "request-property-max-decreased",
    ] {
        assert!(outcome.stdout.contains(said), "{said}:\n{}", outcome.stdout);
    }

    repository.edit(CONTRACT, "openapi: 3.0.3", "openapi: [3.0.3");
    let broken = repository.run(&["watch", "--rounds", "1"]);
    assert!(
        broken.stdout.contains("error[read]") && !broken.stdout.contains("build"),
        "{}",
        broken.stdout
    );
}
