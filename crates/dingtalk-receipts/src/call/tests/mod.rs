//! The attempt loop under paused time: exact counts and exact times, without a socket.

mod deadlines;
mod laws;
mod pauses;
mod quota;

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use dingtalk_receipts_api as api;
use reqwest::header::HeaderMap;
use tokio::sync::Semaphore;

use super::{
    Answer, Backoff, Budget, Call, Caller, Jitter, Limiter, Limits, Quota, RetryPolicy, refused,
};
use crate::clock::{Clock as _, TokioClock};
use crate::error::{Error, Redactor};
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
    fn send<'a>(
        &'a self,
        exchange: Exchange<'a>,
    ) -> Pin<Box<dyn Future<Output = Result<Answer, Error>> + Send + 'a>> {
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
                        Answer {
                            status,
                            headers,
                            body: Bytes::from_static(body.as_bytes()),
                        }
                    }
                }
            };
            super::within(exchange.clock, exchange.until, work)
                .await
                .ok_or_else(|| crate::transport::late(crate::error::Phase::Head))
        })
    }
}

/// A caller of a scripted server, and the notes of the server.
struct Bench {
    caller: Caller,
    server: Arc<Scripted>,
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
        let caller = Caller {
            transport: Arc::clone(&server) as Arc<dyn Transport>,
            clock: Arc::new(TokioClock),
            quota: None,
            permits: Some(Arc::new(Semaphore::new(2))),
            budget: Arc::new(Budget::default()),
        };
        let limits = Limits {
            attempt: Duration::from_secs(10),
            call: Duration::from_secs(60),
            body: 1024,
        };
        let backoff = Backoff::default().jitter(Jitter::None);
        Self {
            caller,
            server,
            limits,
            retry: RetryPolicy::default().backoff(backoff),
        }
    }

    fn quota(mut self, quota: Quota) -> Self {
        self.caller.quota = Some(Arc::new(Limiter::new(
            quota,
            Arc::clone(&self.caller.clock),
        )));
        self
    }

    async fn call(&self) -> Result<Bytes, Error> {
        let call = Call {
            operation: &api::operations::QUERY_READ_STATUS,
            auth: None,
            limits: self.limits,
            retry: &self.retry,
            deadline: None,
        };
        let build = |_: Option<&_>| {
            let url = reqwest::Url::parse("http://127.0.0.1/").unwrap();
            Ok(reqwest::Request::new(reqwest::Method::POST, url))
        };
        self.caller
            .run(&call, build, |answer, _| match answer.status {
                200 => Ok(answer.body.clone()),
                _ => Err(refused(answer, &Redactor::default(), TokioClock.wall())),
            })
            .await
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
        self.caller.permits.as_ref().unwrap().available_permits()
    }
}
