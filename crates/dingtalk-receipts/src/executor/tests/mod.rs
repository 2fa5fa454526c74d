//! The retry loop under paused time: exact counts and exact times, without a socket.

mod deadlines;
mod laws;
mod pauses;
mod rate_limit;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use dingtalk_receipts_api as api;
use reqwest::header::HeaderMap;
use tokio::sync::Semaphore;

use super::{
    Backoff, CallOptions, Executor, Idempotency, Jitter, Limiter, Limits, Operation, RateLimit,
    RetryBudget, RetryPolicy, Unreadable,
};
use crate::access_token::AccessToken;
use crate::clock::{Clock as _, TokioClock};
use crate::error::Error;
use crate::future::{BoxFuture, within};
use crate::response::Response;
use crate::transport::{Exchange, Transport};

/// What a scripted server does with one request.
#[derive(Debug, Clone)]
enum Step {
    Answer {
        after: Duration,
        status: u16,
        body: &'static str,
        retry_after: Option<&'static str>,
    },
    Hang,
}

fn answer(status: u16, body: &'static str) -> Step {
    Step::Answer {
        after: Duration::ZERO,
        status,
        body,
        retry_after: None,
    }
}

fn ok() -> Step {
    answer(200, "fine")
}

fn unavailable() -> Step {
    answer(503, "")
}

/// A transport that follows a script, its last step for ever, and notes when each request came.
#[derive(Debug)]
struct Scripted {
    steps: Vec<Step>,
    times: Mutex<Vec<Duration>>,
    start: std::time::Instant,
}

impl Transport for Scripted {
    fn send<'a>(&'a self, exchange: Exchange<'a>) -> BoxFuture<'a, Result<Response, Error>> {
        let index = {
            let mut times = self.times.lock().unwrap();
            times.push(TokioClock.now() - self.start);
            times.len() - 1
        };
        let step = self.steps[index.min(self.steps.len() - 1)].clone();
        Box::pin(async move {
            let work = async {
                match step {
                    Step::Hang => std::future::pending().await,
                    Step::Answer {
                        after,
                        status,
                        body,
                        retry_after,
                    } => {
                        if !after.is_zero() {
                            tokio::time::sleep(after).await;
                        }
                        let mut headers = HeaderMap::new();
                        if let Some(hint) = retry_after {
                            headers.insert("retry-after", hint.parse().unwrap());
                        }
                        Response {
                            status,
                            headers,
                            body: Bytes::from_static(body.as_bytes()),
                        }
                    }
                }
            };
            within(exchange.clock, exchange.until, work)
                .await
                .ok_or_else(|| Error::timeout(crate::error::Phase::Head))
        })
    }
}

/// An operation whose response is its body.
struct Fetch(Idempotency);

impl Operation for Fetch {
    type Output = Bytes;

    fn contract(&self) -> &'static api::Operation {
        &api::operations::QUERY_READ_STATUS
    }

    fn idempotency(&self) -> Idempotency {
        self.0
    }

    fn request(&self, _: Option<&AccessToken>) -> Result<reqwest::Request, Error> {
        let url = reqwest::Url::parse("http://127.0.0.1/").unwrap();
        Ok(reqwest::Request::new(reqwest::Method::POST, url))
    }

    fn decode(&self, response: &Response) -> Result<Bytes, Unreadable> {
        Ok(response.body.clone())
    }
}

/// An executor with a scripted server, and the notes of the server.
struct Bench {
    executor: Executor,
    server: Arc<Scripted>,
    operation: Fetch,
    limits: Limits,
    retry: RetryPolicy,
}

impl Bench {
    fn new(steps: impl IntoIterator<Item = Step>) -> Self {
        let server = Arc::new(Scripted {
            steps: steps.into_iter().collect(),
            times: Mutex::default(),
            start: TokioClock.now(),
        });
        let executor = Executor {
            transport: Arc::clone(&server) as Arc<dyn Transport>,
            clock: Arc::new(TokioClock),
            rate_limit: None,
            permits: Some(Arc::new(Semaphore::new(2))),
            retry_budget: Arc::new(RetryBudget::default()),
        };
        let limits = Limits {
            attempt: Duration::from_secs(10),
            call: Duration::from_secs(60),
            body: 1024,
        };
        let backoff = Backoff::default().jitter(Jitter::None);
        Self {
            executor,
            server,
            operation: Fetch(Idempotency::Idempotent),
            limits,
            retry: RetryPolicy::default().backoff(backoff),
        }
    }

    fn rate_limit(mut self, rate_limit: RateLimit) -> Self {
        self.executor.rate_limit = Some(Arc::new(Limiter::new(
            rate_limit,
            Arc::clone(&self.executor.clock),
        )));
        self
    }

    async fn call(&self) -> Result<Bytes, Error> {
        let options = CallOptions {
            tokens: None,
            limits: self.limits,
            retry: &self.retry,
            deadline: None,
            call_budget: None,
        };
        self.executor.execute(&self.operation, &options).await
    }

    /// When the requests came, in milliseconds from the start.
    fn times(&self) -> Vec<u128> {
        self.server
            .times
            .lock()
            .unwrap()
            .iter()
            .map(Duration::as_millis)
            .collect()
    }

    fn permits(&self) -> usize {
        self.executor.permits.as_ref().unwrap().available_permits()
    }
}
