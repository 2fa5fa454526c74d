//! Who is trusted, and that a lack of trust is not tried again.

use dingtalk_receipts::{Client, Error};
use dingtalk_receipts_sandbox::{Operation, Sandbox};

use crate::support::tls::{Authority, Identity, sandbox};
use crate::support::{builder, demo};

/// A client of a sandbox with TLS; `trust` is the authority that it is told of, `show` its own certificate.
fn client(
    sandbox: &Sandbox,
    trust: Option<&Authority>,
    show: Option<&Identity>,
) -> Result<Client, Error> {
    let port = sandbox.address().port();
    let mut builder = builder(sandbox).base_url(format!("https://localhost:{port}"));
    if let Some(authority) = trust {
        builder = builder.ca_certificates(authority.pem());
    }
    if let Some(identity) = show {
        builder = builder.client_certificate(identity.pem());
    }
    builder.build()
}

async fn ask(
    sandbox: &Sandbox,
    trust: Option<&Authority>,
    show: Option<&Identity>,
) -> Result<usize, Error> {
    let client = client(sandbox, trust, show)?;
    Ok(demo(&client, sandbox).send().await?.readers.len())
}

fn assert_untrusted(error: &Error, sandbox: &Sandbox) {
    assert!(error.is_connect() && !error.is_retryable(), "{error:?}");
    assert_eq!(error.attempts(), 1, "{error:?}");
    assert!(error.to_string().contains("trusted"), "{error}");
    assert_eq!(sandbox.count(Operation::Query), 0);
}

#[tokio::test]
async fn an_authority_that_was_added_is_trusted() {
    let authority = Authority::new();
    let sandbox = sandbox(authority.issue("localhost", false).server()).await;
    assert_eq!(ask(&sandbox, Some(&authority), None).await.unwrap(), 3);
}

#[tokio::test]
async fn an_unknown_authority_is_not_trusted() {
    let sandbox = sandbox(Authority::new().issue("localhost", false).server()).await;
    assert_untrusted(&ask(&sandbox, None, None).await.unwrap_err(), &sandbox);
}

#[tokio::test]
async fn an_expired_certificate_is_not_trusted() {
    let authority = Authority::new();
    let sandbox = sandbox(authority.issue("localhost", true).server()).await;
    assert_untrusted(
        &ask(&sandbox, Some(&authority), None).await.unwrap_err(),
        &sandbox,
    );
}

#[tokio::test]
async fn a_certificate_of_another_host_is_not_trusted() {
    let authority = Authority::new();
    let sandbox = sandbox(authority.issue("elsewhere.example", false).server()).await;
    assert_untrusted(
        &ask(&sandbox, Some(&authority), None).await.unwrap_err(),
        &sandbox,
    );
}

#[tokio::test]
async fn a_client_certificate_is_shown_where_it_is_asked_for() {
    let authority = Authority::new();
    let clients = Authority::new();
    let me = clients.issue("client.example", false);
    let sandbox = sandbox(
        authority
            .issue("localhost", false)
            .server()
            .client_ca(clients.pem()),
    )
    .await;
    assert_eq!(ask(&sandbox, Some(&authority), Some(&me)).await.unwrap(), 3);
    ask(&sandbox, Some(&authority), None).await.unwrap_err();
    assert_eq!(sandbox.count(Operation::Query), 1);
}

#[tokio::test]
async fn plain_http_where_tls_is_expected_is_an_error() {
    let sandbox = crate::support::sandbox(3).await;
    let url = sandbox.url().replace("http:", "https:");
    let client = builder(&sandbox).base_url(url).build().unwrap();
    let error = demo(&client, &sandbox).send().await.unwrap_err();
    assert!(error.is_connect(), "{error:?}");
}

#[tokio::test]
async fn certificates_that_are_none_are_refused_at_once() {
    let sandbox = crate::support::sandbox(3).await;
    for broken in [
        "",
        "nonsense",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
    ] {
        let error = builder(&sandbox)
            .ca_certificates(broken)
            .build()
            .unwrap_err();
        assert!(error.is_invalid_input(), "{error:?}");
        let error = builder(&sandbox)
            .client_certificate(broken)
            .build()
            .unwrap_err();
        assert!(error.is_invalid_input(), "{error:?}");
    }
}

#[tokio::test]
async fn http_2_is_spoken_where_it_is_offered() {
    let authority = Authority::new();
    let sandbox = sandbox(authority.issue("localhost", false).server().http2()).await;
    let client = client(&sandbox, Some(&authority), None).unwrap();
    demo(&client, &sandbox).send().await.unwrap();
    let calls = (0..50).map(|_| demo(&client, &sandbox).send());
    for page in futures_util::future::join_all(calls).await {
        assert_eq!(page.unwrap().readers.len(), 3);
    }
    assert_eq!(
        (sandbox.count(Operation::Query), sandbox.connections()),
        (51, 1)
    );
}
