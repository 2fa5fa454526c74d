//! From options to a client.

use std::path::Path;
use std::time::Duration;

use dingtalk_receipts::{Client, ClientBuilder, InternalApp, RetryPolicy};

use crate::args::{Connection, DEMO_READERS, Limits, Place, Region};
use crate::credentials::authorised;
use crate::demo::{self, RunningDemo};
use crate::failure::Failure;

/// What the program calls itself in front of the client's own name.
const USER_AGENT: &str = concat!("dingtalk-receipts-cli/", env!("CARGO_PKG_VERSION"));

/// How long the client lets a call take, if not said.
const CALL: Duration = Duration::from_secs(60);

/// A client, and the sandbox that it talks to, if it does.
pub(crate) struct Connected {
    pub(crate) client: Client,
    pub(crate) demo: Option<RunningDemo>,
    /// How long the run may take.
    pub(crate) deadline: Option<Duration>,
}

/// Makes the client that the options describe. Nothing is sent.
pub(crate) async fn connect(connection: &Connection) -> Result<Connected, Failure> {
    let Connection {
        place,
        credentials,
        limits,
    } = connection;
    let mut builder = limited(Client::builder().user_agent(USER_AGENT), limits);
    let mut demo = None;
    if place.sandbox {
        let readers = place.sandbox_readers.unwrap_or(DEMO_READERS);
        let running = demo::start(demo::demo(readers), None).await?;
        builder = builder
            .base_url(running.sandbox.url())
            .credentials(InternalApp::new(
                &running.values.app_key,
                &running.values.app_secret,
            ));
        demo = Some(running);
    } else {
        builder = authorised(at(builder, place)?, credentials)?;
    }
    Ok(Connected {
        client: builder.build()?,
        demo,
        deadline: limits.deadline,
    })
}

/// Where it connects to, and how.
fn at(mut builder: ClientBuilder, place: &Place) -> Result<ClientBuilder, Failure> {
    builder = builder.region(match place.region {
        Region::International => dingtalk_receipts::Region::International,
        Region::China => dingtalk_receipts::Region::China,
    });
    if let Some(url) = &place.base_url {
        builder = builder.base_url(url);
    }
    if place.allow_plain_http {
        builder = builder.allow_plain_http();
    }
    if let Some(url) = &place.proxy {
        builder = builder.proxy(url);
    }
    for path in &place.ca_certificate {
        builder = builder.ca_certificates(file(path, "CA certificate")?);
    }
    if let Some(path) = &place.client_certificate {
        builder = builder.client_certificate(file(path, "client certificate")?);
    }
    Ok(builder)
}

fn file(path: &Path, name: &str) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|cause| {
        Failure::local(format!("cannot read the {name} {}", path.display()), cause)
    })
}

fn limited(mut builder: ClientBuilder, limits: &Limits) -> ClientBuilder {
    if let Some(limit) = limits.attempt_timeout {
        builder = builder.attempt_timeout(limit);
    }
    // No call may take longer than all of them; the client's own limit of a call is shorter than that.
    if let Some(limit) = limits.deadline.filter(|limit| *limit < CALL) {
        builder = builder.call_timeout(limit);
    }
    if let Some(attempts) = limits.attempts {
        let policy = RetryPolicy::default().attempts(attempts);
        builder = builder.retry(policy.clone()).token_retry(policy);
    }
    if let Some(rate_limit) = limits.rate_limit {
        builder = builder.rate_limit(rate_limit);
    }
    builder
}
