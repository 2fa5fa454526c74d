//! Who is trusted, and that a lack of trust is not tried again.

use dingtalk_receipts::Error;
use dingtalk_receipts_sandbox::{Operation, Sandbox};

use crate::support::tls::{Authority, Front, Identity, front};
use crate::support::{address, builder, demo, sandbox};

async fn behind(identity: Identity, clients: Option<&Authority>) -> (Sandbox, Front) {
    let sandbox = sandbox(3).await;
    let front = front(identity, clients, address(&sandbox)).await;
    (sandbox, front)
}

/// Asks through the front; `trust` is the authority that the client is told of.
async fn ask(
    sandbox: &Sandbox,
    front: &Front,
    trust: Option<&Authority>,
    show: Option<&Identity>,
) -> Result<usize, Error> {
    let mut builder =
        builder(sandbox).base_url(format!("https://localhost:{}", front.address.port()));
    if let Some(authority) = trust {
        builder = builder.ca_certificates(authority.pem());
    }
    if let Some(identity) = show {
        builder = builder.client_certificate(identity.pem());
    }
    let page = demo(&builder.build()?, sandbox).send().await?;
    Ok(page.readers.len())
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
    let (sandbox, front) = behind(authority.issue("localhost", false), None).await;
    assert_eq!(
        ask(&sandbox, &front, Some(&authority), None).await.unwrap(),
        3
    );
}

#[tokio::test]
async fn an_unknown_authority_is_not_trusted() {
    let (sandbox, front) = behind(Authority::new().issue("localhost", false), None).await;
    assert_untrusted(
        &ask(&sandbox, &front, None, None).await.unwrap_err(),
        &sandbox,
    );
}

#[tokio::test]
async fn an_expired_certificate_is_not_trusted() {
    let authority = Authority::new();
    let (sandbox, front) = behind(authority.issue("localhost", true), None).await;
    assert_untrusted(
        &ask(&sandbox, &front, Some(&authority), None)
            .await
            .unwrap_err(),
        &sandbox,
    );
}

#[tokio::test]
async fn a_certificate_of_another_host_is_not_trusted() {
    let authority = Authority::new();
    let (sandbox, front) = behind(authority.issue("elsewhere.example", false), None).await;
    assert_untrusted(
        &ask(&sandbox, &front, Some(&authority), None)
            .await
            .unwrap_err(),
        &sandbox,
    );
}

#[tokio::test]
async fn a_client_certificate_is_shown_where_it_is_asked_for() {
    let authority = Authority::new();
    let clients = Authority::new();
    let me = clients.issue("client.example", false);
    let (sandbox, front) = behind(authority.issue("localhost", false), Some(&clients)).await;
    assert_eq!(
        ask(&sandbox, &front, Some(&authority), Some(&me))
            .await
            .unwrap(),
        3
    );
    ask(&sandbox, &front, Some(&authority), None)
        .await
        .unwrap_err();
    assert_eq!(sandbox.count(Operation::Query), 1);
}

#[tokio::test]
async fn plain_http_where_tls_is_expected_is_an_error() {
    let sandbox = sandbox(3).await;
    let url = sandbox.url().replace("http:", "https:");
    let client = builder(&sandbox).base_url(url).build().unwrap();
    let error = demo(&client, &sandbox).send().await.unwrap_err();
    assert!(error.is_connect(), "{error:?}");
}

#[tokio::test]
async fn certificates_that_are_none_are_refused_at_once() {
    let sandbox = sandbox(3).await;
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
