//! Describes a sandbox and starts it.

use std::collections::VecDeque;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex};

use fastrand::Rng;
use tokio::net::TcpListener;
use tokio::sync::{Notify, watch};

use crate::calls::CallLog;
use crate::contract::definition::Contract;
use crate::contract::operation::Operation;
use crate::contract::refusal::Language;
use crate::error::StartError;
use crate::faults::script::Scripts;
use crate::http::listener::Server;
use crate::http::{gateway, listener};
use crate::model::app::App;
use crate::model::clock::Clock;
use crate::model::cursor::Cursors;
use crate::model::demo::Demo;
use crate::model::message::Message;
use crate::model::quota::Quota;
use crate::model::robot::{Conversation, Robot};
use crate::model::store::Store;
use crate::sandbox::Sandbox;
use crate::state::State;

/// How many calls a sandbox remembers unless told otherwise.
const CALLS_KEPT: usize = 10_000;

/// Describes a sandbox. Start with [`Sandbox::builder`] or [`Sandbox::demo`], end with [`start`](Self::start).
pub struct SandboxBuilder {
    listen: SocketAddr,
    apps: Vec<App>,
    robots: Vec<Robot>,
    conversations: Vec<Conversation>,
    messages: Vec<Message>,
    quotas: Vec<(Operation, Quota)>,
    static_token: Option<String>,
    language: Language,
    strict: bool,
    checks_responses: bool,
    calls_kept: usize,
    demo: Option<Demo>,
    #[cfg(feature = "tls")]
    tls: Option<crate::http::tls::Tls>,
}

impl Default for SandboxBuilder {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            apps: Vec::new(),
            robots: Vec::new(),
            conversations: Vec::new(),
            messages: Vec::new(),
            quotas: Vec::new(),
            static_token: None,
            language: Language::default(),
            strict: false,
            checks_responses: cfg!(debug_assertions),
            calls_kept: CALLS_KEPT,
            demo: None,
            #[cfg(feature = "tls")]
            tls: None,
        }
    }
}

impl Sandbox {
    /// Describes a sandbox.
    #[must_use]
    pub fn builder() -> SandboxBuilder {
        SandboxBuilder::default()
    }

    /// Describes a sandbox with an app of each kind, one robot, one conversation, and one message of this many
    /// readers. Their names are the same each time; [`demo_values`](Self::demo_values) returns them.
    #[must_use]
    pub fn demo(readers: u64) -> SandboxBuilder {
        SandboxBuilder::of_demo(Demo::default(), readers)
    }
}

impl SandboxBuilder {
    /// Where to listen. 127.0.0.1 and a free port unless said otherwise.
    #[must_use]
    pub fn listen(self, address: SocketAddr) -> Self {
        Self {
            listen: address,
            ..self
        }
    }

    /// An app. Without any there is one internal app that nobody knows the secret of, for the static token.
    #[must_use]
    pub fn app(mut self, app: App) -> Self {
        self.apps.push(app);
        self
    }

    /// A robot.
    #[must_use]
    pub fn robot(mut self, robot: Robot) -> Self {
        self.robots.push(robot);
        self
    }

    /// A conversation. Its robots are made up where nobody described them.
    #[must_use]
    pub fn conversation(mut self, conversation: Conversation) -> Self {
        self.conversations.push(conversation);
        self
    }

    /// A message. Its conversation and robot are made up where nobody described them.
    #[must_use]
    pub fn message(mut self, message: Message) -> Self {
        self.messages.push(message);
        self
    }

    /// Limits how often an operation may be called. There are no limits unless set.
    #[must_use]
    pub fn quota(mut self, operation: Operation, quota: Quota) -> Self {
        self.quotas.push((operation, quota));
        self
    }

    /// The token of the first app that never expires, instead of one made up at the start.
    #[must_use]
    pub fn static_token(self, token: impl Into<String>) -> Self {
        Self {
            static_token: Some(token.into()),
            ..self
        }
    }

    /// The language of error messages.
    #[must_use]
    pub fn language(self, language: Language) -> Self {
        Self { language, ..self }
    }

    /// Answers each request that the contract does not allow with status 500 and a text that says why: a wrong path
    /// or method, a body that breaks its schema, a field that it does not know.
    #[must_use]
    pub fn strict(self) -> Self {
        Self {
            strict: true,
            ..self
        }
    }

    /// Whether the sandbox checks its own answers against the contract before they are bent on purpose. On in debug
    /// builds unless said otherwise. An answer that fails is replaced with status 500 and a text.
    #[must_use]
    pub fn check_answers(self, check: bool) -> Self {
        Self {
            checks_responses: check,
            ..self
        }
    }

    /// How many of the newest calls [`Sandbox::calls`] remembers; 10,000 unless said otherwise. All are counted.
    #[must_use]
    pub fn keep_calls(self, calls: usize) -> Self {
        Self {
            calls_kept: calls,
            ..self
        }
    }

    /// Serves https instead of http.
    #[cfg(feature = "tls")]
    #[must_use]
    pub fn tls(self, tls: crate::http::tls::Tls) -> Self {
        Self {
            tls: Some(tls),
            ..self
        }
    }

    fn of_demo(demo: Demo, readers: u64) -> Self {
        let builder = Self::default()
            .app(App::internal(&demo.app_key, &demo.app_secret).any_corp())
            .app(App::third_party(&demo.suite_key, &demo.suite_secret).any_corp())
            .static_token(&demo.access_token)
            .robot(Robot::new(&demo.robot_code))
            .conversation(Conversation::new(&demo.open_conversation_id).robot(&demo.robot_code))
            .message(
                Message::new(&demo.process_query_key)
                    .conversation(&demo.open_conversation_id)
                    .robot(&demo.robot_code)
                    .readers(readers),
            );
        Self {
            demo: Some(demo),
            ..builder
        }
    }

    /// Starts the sandbox on the current tokio runtime, which needs I/O and time enabled.
    ///
    /// # Errors
    ///
    /// If two apps have the same key, or if the address cannot be listened on.
    pub async fn start(self) -> Result<Sandbox, StartError> {
        let contract = Contract::embedded()?;
        let static_token = self
            .static_token
            .clone()
            .unwrap_or_else(|| format!("static{:026x}", fastrand::u64(..)));
        #[cfg(feature = "tls")]
        let tls = self
            .tls
            .as_ref()
            .map(crate::http::tls::Tls::acceptor)
            .transpose()?;
        #[cfg(feature = "tls")]
        let scheme = if tls.is_some() { "https" } else { "http" };
        #[cfg(not(feature = "tls"))]
        let scheme = "http";
        let listener = TcpListener::bind(self.listen)
            .await
            .map_err(StartError::Listen)?;
        let address = listener.local_addr().map_err(StartError::Listen)?;
        let state = Arc::new(State {
            contract,
            clock: Clock::new(),
            cursors: match self.demo {
                Some(_) => Cursors::of_the_demo(),
                None => Cursors::default(),
            },
            language: self.language,
            strict: self.strict,
            checks_responses: self.checks_responses,
            calls: Mutex::new(CallLog::keeping(self.calls_kept)),
            pages: Mutex::default(),
            scripts: Scripts::default(),
            complaints: Mutex::default(),
            arrivals: watch::Sender::new(()),
            connections: AtomicU64::new(0),
            connection_faults: Mutex::new(VecDeque::new()),
            close_idle: Notify::new(),
            rng: Mutex::new(Rng::new()),
            store: Mutex::new(store(self.apps, &static_token)?),
        });
        {
            let mut store = crate::lock::lock(&state.store);
            self.robots
                .into_iter()
                .for_each(|robot| store.add_robot(robot));
            self.conversations
                .into_iter()
                .for_each(|it| store.add_conversation(it));
            self.messages
                .into_iter()
                .for_each(|message| store.add_message(message));
            self.quotas
                .into_iter()
                .for_each(|(on, quota)| store.quotas.limit(on, quota));
        }
        let router = gateway::router(&state)?;
        let server = Server {
            router,
            state: Arc::clone(&state),
            #[cfg(feature = "tls")]
            tls,
        };
        let task = tokio::spawn(listener::accept(listener, server));
        let url = format!("{scheme}://{}", reachable(address));
        Ok(Sandbox::new(
            state,
            (address, url),
            static_token,
            self.demo,
            task,
        ))
    }
}

/// Where a client on this machine finds what listens on `address`: the one that stands for all of a machine's is no
/// address to connect to.
fn reachable(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}

/// Names no token and no secret.
impl fmt::Debug for SandboxBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SandboxBuilder")
            .field("listen", &self.listen)
            .field("apps", &self.apps)
            .field("robots", &self.robots)
            .field("conversations", &self.conversations)
            .field("messages", &self.messages)
            .field("quotas", &self.quotas)
            .finish_non_exhaustive()
    }
}

/// A store of these apps, with a static token for the first.
fn store(mut apps: Vec<App>, static_token: &str) -> Result<Store, StartError> {
    if apps.is_empty() {
        apps.push(App::internal(
            "dingsandboxapp",
            format!("{:032x}", fastrand::u128(..)),
        ));
    }
    for (place, app) in apps.iter().enumerate() {
        if apps
            .iter()
            .skip(place + 1)
            .any(|other| other.key == app.key)
        {
            return Err(StartError::Setup(format!(
                "two apps have the key `{}`",
                app.key
            )));
        }
    }
    let mut store = Store {
        apps,
        ..Store::default()
    };
    let home = store
        .apps
        .first()
        .map(|app| app.home().to_owned())
        .unwrap_or_default();
    store.tokens.put_static(static_token.to_owned(), 0, &home);
    Ok(store)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_stands_for_all_is_reached_by_the_loopback_one() {
        for (listened, reached) in [
            ("0.0.0.0:80", "127.0.0.1:80"),
            ("[::]:80", "[::1]:80"),
            ("127.0.0.2:80", "127.0.0.2:80"),
            ("192.0.2.1:80", "192.0.2.1:80"),
        ] {
            let address = reachable(listened.parse().expect("an address"));
            assert_eq!(address.to_string(), reached);
        }
    }
}
