//! The whole flow with known secrets, watched at `TRACE`: they must turn up nowhere but on the wire.

use std::error::Error as StdError;
use std::fmt::{Debug, Write as _};
use std::io;
use std::sync::{Arc, Mutex};

use dingtalk_receipts::{
    Client, CorpApp, Credentials, Error, InternalApp, MemoryTokenStore, RetryPolicy, StaticToken,
    ThirdPartyApp,
};
use dingtalk_receipts_api as api;
use dingtalk_receipts_sandbox::{Answer, App, Message, Operation, Sandbox};
use serde_json::json;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::format::FmtSpan;
use tracing_subscriber::util::SubscriberInitExt as _;

use super::builder;

const APP_SECRET: &str = "canary-app-secret-5b0e";
const WRONG_SECRET: &str = "canary-wrong-secret-77aa";
const SUITE_SECRET: &str = "canary-suite-secret-91cd";
const TICKET: &str = "canary-suite-ticket-3e2f";
const STATIC: &str = "canary-static-token-c4d1";
const WEBHOOK: &str = "canary-webhook-token-08fe";
const PROXY: &str = "canary-proxy-password-66bb";

/// All that anybody could read.
#[derive(Debug, Clone, Default)]
struct Seen(Arc<Mutex<Vec<u8>>>);

impl Seen {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }

    fn add(&self, text: &str) {
        self.0.lock().unwrap().extend_from_slice(text.as_bytes());
    }

    /// Whatever a program may do with a value.
    fn debug(&self, value: &impl Debug) {
        self.add(&format!("{value:?}\n{value:#?}\n"));
    }

    /// Whatever a program may do with an error.
    fn error(&self, error: Error) {
        let mut text = format!("{error}\n{error:?}\n{error:#?}\n");
        let _ = write!(text, "{:?} {:?} ", error.message(), error.body_snippet());
        let _ = write!(text, "{:?} {:?} ", error.raw_code(), error.request_id());
        let _ = write!(text, "{:?} ", error.required_scopes());
        let mut cause = error.source();
        while let Some(error) = cause {
            let _ = write!(text, "{error} {error:?} ");
            cause = error.source();
        }
        self.add(&text);
    }

    /// What a program says that did not expect the error.
    fn panic(&self, result: Result<dingtalk_receipts::Page, Error>) {
        let unwrap = std::panic::AssertUnwindSafe(|| drop(result.unwrap()));
        let message = std::panic::catch_unwind(unwrap).unwrap_err();
        self.add(message.downcast_ref::<String>().unwrap());
    }
}

impl io::Write for Seen {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Seen {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

/// Answers that try to bring a secret to light.
fn traitors(secret: &str) -> Vec<Answer> {
    let page = format!("<html><p>token={secret}&secret={secret} {secret}</p></html>");
    vec![
        Answer::error_with(
            400,
            "invalidClientIdOrSecret",
            format!("bad secret: {secret}"),
        ),
        Answer::error_with(400, secret, "the code is the secret"),
        Answer::error_with(500, "system.error", secret),
        Answer::json(
            403,
            &json!({
                "code": "Forbidden.AccessDenied.AccessTokenPermissionDenied", "requestid": secret,
                "message": format!("{secret}\n{secret}"),
                "accessdenieddetail": { "requiredScopes": [secret] },
            }),
        ),
        Answer::json(
            200,
            &json!({ secret: { secret: secret }, "errcode": 1, "errmsg": secret }),
        ),
        Answer::json(
            200,
            &json!({ "sendStatus": { secret: secret }, "accessToken": { secret: secret } }),
        ),
        Answer::error("InvalidAuthentication").header("x-acs-request-id", secret),
        Answer::html(200, page.clone()),
        Answer::html(502, page.clone()),
        Answer::html(403, page).header("server", secret),
        Answer::bytes(
            400,
            "text/plain",
            format!("\u{0}{secret}\u{0}").into_bytes(),
        ),
        Answer::bytes(
            200,
            "application/json",
            format!("{{\"accessToken\": \"{secret}").into_bytes(),
        ),
        Answer::redirect(302, &format!("https://{secret}.example/?token={secret}")),
        Answer::status(503).header("retry-after", secret),
        Answer::genuine().truncated_after(20),
        Answer::genuine().chunked_garbage(),
    ]
}

async fn start() -> Sandbox {
    Sandbox::builder()
        .app(App::internal("key", APP_SECRET).corp("corp"))
        .app(
            App::third_party("suite", SUITE_SECRET)
                .corp("corp")
                .ticket(TICKET),
        )
        .static_token(STATIC)
        .message(Message::new("k").conversation("c").robot("r").readers(3))
        .start()
        .await
        .unwrap()
}

async fn query(client: &Client) -> Result<dingtalk_receipts::Page, Error> {
    client
        .read_status("k")
        .conversation("c")
        .robot("r")
        .send()
        .await
}

/// Every kind of credentials through success, rejection, refusal and betrayal.
async fn everything(sandbox: &Sandbox, seen: &Seen, secrets: &mut Vec<String>) {
    let credentials: [(Credentials, Option<Operation>, &str); 4] = [
        (
            InternalApp::new("key", APP_SECRET).into(),
            Some(Operation::AppToken),
            APP_SECRET,
        ),
        (
            ThirdPartyApp::new("suite", SUITE_SECRET, TICKET, "corp").into(),
            Some(Operation::CorpToken),
            TICKET,
        ),
        (
            CorpApp::new("key", APP_SECRET, "corp").into(),
            Some(Operation::Token),
            APP_SECRET,
        ),
        (StaticToken::new(STATIC).into(), None, STATIC),
    ];
    for (credentials, operation, secret) in credentials {
        seen.debug(&credentials);
        let store = MemoryTokenStore::new();
        let builder = || {
            builder(sandbox, credentials.clone())
                .token_store(store.clone())
                .retry(RetryPolicy::never())
        };
        seen.debug(&builder());
        let client = builder().build().unwrap();
        seen.debug(&client);
        if let Err(error) = query(&client).await {
            seen.error(error);
        }
        let info = client.token_info().await.unwrap();
        seen.debug(&info);
        secrets.push(info.token().expose().to_owned());
        if operation.is_some() {
            sandbox.revoke_all();
            if let Err(error) = query(&client).await {
                seen.error(error);
            }
            secrets.push(
                client
                    .token_info()
                    .await
                    .unwrap()
                    .token()
                    .expose()
                    .to_owned(),
            );
        }
        seen.debug(&client);
        seen.debug(&store);
        // The query's answers betray the credentials' secret, and the token in use.
        let answers = traitors(secret).len();
        for number in 0..2 * answers {
            let token = client
                .token_info()
                .await
                .unwrap()
                .token()
                .expose()
                .to_owned();
            let betrayed = if number < answers { secret } else { &token };
            let answer = traitors(betrayed).swap_remove(number % answers);
            secrets.push(token);
            sandbox.script(Operation::Query).then(answer);
            match query(&client).await {
                Ok(page) => seen.debug(&page.readers),
                Err(error) => seen.error(error),
            }
            sandbox.script(Operation::Query).clear();
        }
        let Some(operation) = operation else { continue };
        for answer in traitors(secret) {
            sandbox.script(operation).always(answer);
            let client = builder()
                .token_store(MemoryTokenStore::new())
                .build()
                .unwrap();
            match client.token_info().await {
                Ok(info) => seen.debug(&info),
                Err(error) => seen.error(error),
            }
            sandbox.script(operation).clear();
        }
    }
    let wrong = builder(sandbox, InternalApp::new("key", WRONG_SECRET))
        .build()
        .unwrap();
    seen.error(query(&wrong).await.unwrap_err());
    seen.panic(query(&wrong).await);

    let client = builder(sandbox, StaticToken::new(STATIC))
        .retry(RetryPolicy::never())
        .build()
        .unwrap();
    for answer in traitors(WEBHOOK) {
        sandbox.script(Operation::Query).then(answer);
        let query = client.read_status("k").webhook_token(WEBHOOK);
        seen.debug(&query);
        match query.send().await {
            Ok(page) => seen.debug(&page.cursor()),
            Err(error) => seen.error(error),
        }
    }
    let proxied = builder(sandbox, StaticToken::new(STATIC))
        .proxy(format!("http://user:{PROXY}@127.0.0.1:1"))
        .retry(RetryPolicy::never());
    seen.debug(&proxied);
    let proxied = proxied.build().unwrap();
    seen.debug(&proxied);
    seen.error(query(&proxied).await.unwrap_err());
}

#[test]
fn no_secret_is_seen_anywhere() {
    // The server's own log is not the client's: it runs on threads that are not watched.
    let server = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let sandbox = server.block_on(start());

    let _second = crate::support::second_subscriber();
    let seen = Seen::default();
    let watched = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_span_events(FmtSpan::FULL)
        .with_writer(seen.clone())
        .finish()
        .set_default();
    let client = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let mut secrets = [
        APP_SECRET,
        WRONG_SECRET,
        SUITE_SECRET,
        TICKET,
        STATIC,
        WEBHOOK,
        PROXY,
    ]
    .map(str::to_owned)
    .to_vec();
    client.block_on(everything(&sandbox, &seen, &mut secrets));
    drop(watched);

    let text = seen.text();
    // Something was watched, the libraries below included.
    for said in [
        "dingtalk_receipts.attempt",
        "got an access token",
        "hyper_util",
        "InvalidAuthentication",
    ] {
        assert!(text.contains(said), "`{said}` is not in what was seen");
    }
    assert!(secrets.len() > 10);
    for secret in secrets {
        if let Some(at) = text.find(&secret) {
            let around: String = text[..at].chars().rev().take(300).collect();
            let around: String = around.chars().rev().collect();
            panic!("`{secret}` was seen after:\n{around}");
        }
    }
}

#[test]
fn the_tokens_header_is_marked_as_sensitive() {
    let client = api::Client::new_with_client("http://127.0.0.1:1", reqwest::Client::new());
    let query = api::types::ReadStatusQuery {
        process_query_key: "k".to_owned(),
        ..serde_json::from_value(json!({ "processQueryKey": "k" })).unwrap()
    };
    let request = client
        .query_read_status_request(&api::Secret::from(STATIC), &query)
        .unwrap();
    let header = &request.headers()[api::headers::ACCESS_TOKEN];
    assert!(header.is_sensitive());
    assert!(!format!("{request:?}").contains(STATIC));
}
