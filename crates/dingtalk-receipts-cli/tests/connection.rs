//! Where the command connects to, and whom it trusts.

use std::process::Command;

use dingtalk_receipts_sandbox::{Sandbox, Tls};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use serde_json::Value;

use crate::support::{CONVERSATION, KEY, ROBOT, TOKEN, command, message, readers, run};
use crate::support::{sandbox, succeed, with_readers};

/// An authority, and a certificate with its key that it has signed for a host.
struct Trust {
    authority: String,
    chain: String,
    key: String,
}

impl Trust {
    fn new(host: &str) -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let issuer = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new(vec![host.to_owned()]).unwrap();
        let chain = params.signed_by(&key, &issuer).unwrap().pem();
        Self {
            authority: issuer.pem(),
            chain,
            key: key.serialize_pem(),
        }
    }

    fn server(&self) -> Tls {
        Tls::new(&*self.chain, &*self.key)
    }
}

/// The command that asks a sandbox behind TLS.
fn ask(sandbox: &Sandbox) -> Command {
    let mut command = command();
    command.args([
        "readers",
        KEY,
        "-c",
        CONVERSATION,
        "-r",
        ROBOT,
        "--attempts",
        "1",
    ]);
    command
        .args(["--base-url", &sandbox.url()])
        .env("DINGTALK_ACCESS_TOKEN", TOKEN);
    command
}

#[tokio::test(flavor = "multi_thread")]
async fn an_own_authority_is_trusted_on_request_only() {
    let trust = Trust::new("127.0.0.1");
    let sandbox = sandbox(message(2))
        .tls(trust.server())
        .start()
        .await
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ca.pem");
    std::fs::write(&file, &trust.authority).unwrap();

    let done = run(&mut ask(&sandbox));
    assert_eq!(done.code, 6, "{}", done.stderr);
    assert!(done.stderr.contains("--ca-certificate"), "{}", done.stderr);
    assert_eq!(
        succeed(ask(&sandbox).arg("--ca-certificate").arg(&file))
            .lines()
            .count(),
        2
    );

    let missing = run(ask(&sandbox).args(["--ca-certificate", "/nonexistent/ca.pem"]));
    assert_eq!(missing.code, 1, "{}", missing.stderr);
    std::fs::write(&file, "no certificate").unwrap();
    assert_eq!(
        run(ask(&sandbox).arg("--ca-certificate").arg(&file)).code,
        2
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_certificate_is_shown() {
    let trust = Trust::new("127.0.0.1");
    let tls = trust.server().client_ca(&*trust.authority);
    let sandbox = sandbox(message(1)).tls(tls).start().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (authority, identity) = (folder.path().join("ca.pem"), folder.path().join("me.pem"));
    std::fs::write(&authority, &trust.authority).unwrap();
    std::fs::write(&identity, format!("{}{}", trust.chain, trust.key)).unwrap();

    assert_eq!(
        run(ask(&sandbox).arg("--ca-certificate").arg(&authority)).code,
        6
    );
    let mut shown = ask(&sandbox);
    shown
        .arg("--ca-certificate")
        .arg(&authority)
        .arg("--client-certificate")
        .arg(&identity);
    assert_eq!(succeed(&mut shown).lines().count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_that_is_not_there_is_a_network_error() {
    let sandbox = with_readers(1).await;
    let proxy = "http://127.0.0.1:9";
    let done = run(readers(&sandbox).args(["--attempts", "1", "--proxy", proxy]));
    assert_eq!(done.code, 6, "{}", done.stderr);
    assert!(done.stderr.contains("--proxy"), "{}", done.stderr);
}

#[test]
fn regions_are_the_contract_s_servers() {
    for (region, url) in [
        ("international", "https://api.dingtalk.io"),
        ("china", "https://api.dingtalk.com"),
    ] {
        let mut command = command();
        command.args(["token", "--region", region, "--format", "json"]);
        let said = succeed(command.env("DINGTALK_ACCESS_TOKEN", TOKEN));
        let said: Value = serde_json::from_str(&said).unwrap();
        assert_eq!(said["baseUrl"], url);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_requests_say_which_program_sends_them() {
    let sandbox = with_readers(1).await;
    succeed(&mut readers(&sandbox));
    let calls = sandbox.calls();
    let agent = calls[0].header("user-agent").unwrap();
    assert!(agent.starts_with("dingtalk-receipts-cli/"), "{agent}");
}
