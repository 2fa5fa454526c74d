//! The sandbox behind TLS: whom it trusts, who may trust it, and HTTP/2.

use dingtalk_receipts_sandbox::{Answer, Operation, Sandbox, Tls};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use reqwest::{Certificate, Client, ClientBuilder, Identity, Version};
use serde_json::json;

use crate::support::{QUERY, TOKEN_HEADER, body, message};

/// An authority of our own.
struct Authority {
    pem: String,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    fn new() -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let pem = params.self_signed(&key).unwrap().pem();
        Self {
            pem,
            issuer: Issuer::new(params, key),
        }
    }

    /// A certificate for `name` and its key, as PEM.
    fn sign(&self, name: &str) -> (String, String) {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new([name.to_owned()]).unwrap();
        (
            params.signed_by(&key, &self.issuer).unwrap().pem(),
            key.serialize_pem(),
        )
    }

    fn trusted(&self) -> ClientBuilder {
        let root = Certificate::from_pem(self.pem.as_bytes()).unwrap();
        Client::builder().tls_certs_only([root])
    }

    fn server(&self) -> Tls {
        let (chain, key) = self.sign("127.0.0.1");
        Tls::new(chain, key)
    }
}

async fn start(tls: Tls) -> Sandbox {
    Sandbox::builder()
        .message(message().readers(1))
        .tls(tls)
        .start()
        .await
        .unwrap()
}

async fn ask(sandbox: &Sandbox, client: ClientBuilder) -> reqwest::Result<reqwest::Response> {
    let request = client.build()?.post(format!("{}{QUERY}", sandbox.url()));
    request
        .header(TOKEN_HEADER, sandbox.static_token())
        .json(&body(json!({})))
        .send()
        .await
}

#[tokio::test]
async fn a_client_that_trusts_the_authority_is_served() {
    let authority = Authority::new();
    let sandbox = start(authority.server()).await;
    assert!(sandbox.url().starts_with("https://"));
    let answer = ask(&sandbox, authority.trusted()).await.unwrap();
    assert_eq!(
        (answer.status().as_u16(), answer.version()),
        (200, Version::HTTP_11)
    );
    let stranger = ask(&sandbox, Authority::new().trusted()).await.unwrap_err();
    assert!(stranger.is_connect(), "{stranger:?}");
    assert_eq!(sandbox.count(Operation::Query), 1);
}

#[tokio::test]
async fn a_client_may_have_to_show_a_certificate() {
    let authority = Authority::new();
    let sandbox = start(authority.server().client_ca(&authority.pem)).await;
    assert!(ask(&sandbox, authority.trusted()).await.is_err());
    let (chain, key) = authority.sign("client");
    let identity = Identity::from_pem(format!("{chain}{key}").as_bytes()).unwrap();
    let answer = ask(&sandbox, authority.trusted().identity(identity))
        .await
        .unwrap();
    assert_eq!(answer.status(), 200);
}

#[tokio::test]
async fn http2_is_spoken_where_both_want_it() {
    let authority = Authority::new();
    let sandbox = start(authority.server().http2()).await;
    let client = authority.trusted().build().unwrap();
    let ask = || {
        let request = client.post(format!("{}{QUERY}", sandbox.url()));
        request
            .header(TOKEN_HEADER, sandbox.static_token())
            .json(&body(json!({})))
            .send()
    };
    let answer = ask().await.unwrap();
    assert_eq!(
        (answer.status().as_u16(), answer.version()),
        (200, Version::HTTP_2)
    );
    sandbox
        .script(Operation::Query)
        .then(Answer::genuine().reset_after_request());
    assert!(ask().await.is_err());
    assert_eq!(ask().await.unwrap().status(), 200, "on another connection");
    assert_eq!(sandbox.connections(), 2);
}

#[tokio::test]
async fn raw_faults_work_behind_tls() {
    let authority = Authority::new();
    let sandbox = start(authority.server()).await;
    let script = sandbox.script(Operation::Query);
    script
        .then(Answer::genuine().truncated_after(5))
        .then(Answer::genuine().reset_after(5));
    for _ in 0..2 {
        let answer = ask(&sandbox, authority.trusted()).await.unwrap();
        assert!(answer.bytes().await.is_err());
    }
}

#[tokio::test]
async fn nonsense_for_a_certificate_is_said_at_the_start() {
    let nonsense = Sandbox::builder().tls(Tls::new("nonsense", "nonsense"));
    let error = nonsense.start().await.unwrap_err().to_string();
    assert!(error.contains("for https"), "{error}");
    assert!(!format!("{:?}", Tls::new("canary", "canary")).contains("canary"));
}
