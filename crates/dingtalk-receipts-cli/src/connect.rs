//! From options to a client.

use std::path::Path;
use std::time::Duration;

use dingtalk_receipts::{AccessToken, Client, ClientBuilder, RetryPolicy};

use crate::args::{Connection, Credentials, DEMO_READERS, Limits, Place, Region};
use crate::demo::{self, RunningDemo};
use crate::failure::Failure;
use crate::secret::{read, variable};

/// What the program calls itself in front of the client's own name.
const USER_AGENT: &str = concat!("dingtalk-receipts-cli/", env!("CARGO_PKG_VERSION"));

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
            .credentials(AccessToken::new(running.values.access_token.as_str())?);
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
    if let Some(attempts) = limits.attempts {
        builder = builder.retry(RetryPolicy::default().attempts(attempts));
    }
    if let Some(quota) = limits.quota {
        builder = builder.quota(quota);
    }
    builder
}

/// Who asks. What stands on the command line counts more than the environment.
fn authorised(builder: ClientBuilder, credentials: &Credentials) -> Result<ClientBuilder, Failure> {
    let token = match (&credentials.access_token, &credentials.access_token_file) {
        (Some(token), _) => Some(token.clone()),
        (None, Some(file)) => Some(read(file, "access token")?),
        (None, None) => variable("DINGTALK_ACCESS_TOKEN")?,
    };
    match token {
        Some(token) => Ok(builder.credentials(AccessToken::new(token)?)),
        None => Err(Failure::usage(
            "there are no credentials; set DINGTALK_ACCESS_TOKEN, or give --access-token-file",
        )),
    }
}
