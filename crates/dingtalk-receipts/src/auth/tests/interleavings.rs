//! The cache under every order of events that a scheduler can come up with: callers are polled by hand, one at a time,
//! on a clock that is moved by hand, and may be dropped between any two polls. A failing order is shrunk by proptest.

use std::collections::VecDeque;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant, SystemTime};

use proptest::prelude::*;

use crate::access_token::AccessToken;
use crate::auth::cache::{Cache, Source};
use crate::auth::issued::Issued;
use crate::auth::token_info::TokenSubject;
use crate::clock::{Clock, Sleep};
use crate::error::{Advice, Error, Kind, Result};
use crate::future::BoxFuture;

const LIMIT: Duration = Duration::from_secs(30);

/// Time that stands still until it is moved.
#[derive(Debug, Clone)]
struct HandClock {
    start: Instant,
    passed: Arc<Mutex<Duration>>,
}

impl HandClock {
    fn pass(&self, time: Duration) {
        *self.passed.lock().unwrap() += time;
    }
}

impl Clock for HandClock {
    fn now(&self) -> Instant {
        self.start + *self.passed.lock().unwrap()
    }

    fn sleep(&self, duration: Duration) -> Sleep {
        let (clock, until) = (self.clone(), self.now() + duration);
        Box::pin(poll_fn(move |_| {
            if clock.now() >= until {
                Poll::Ready(())
            } else {
                Poll::Pending
            }
        }))
    }

    fn wall(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + *self.passed.lock().unwrap()
    }
}

#[derive(Debug, Default)]
struct World {
    /// Fetches under way.
    under_way: usize,
    most_under_way: usize,
    issued: usize,
    answers: VecDeque<Answer>,
    /// Tokens by number: until when, and whether they were rejected.
    tokens: Vec<(Instant, bool)>,
}

#[derive(Debug, Clone, Copy)]
enum Answer {
    Token { seconds: u64 },
    Passing,
    Terminal,
}

/// Answers a fetch when there is an answer.
#[derive(Debug)]
struct Scripted {
    world: Arc<Mutex<World>>,
    clock: HandClock,
    subject: TokenSubject,
}

/// Counts a fetch as long as it lives.
struct UnderWay(Arc<Mutex<World>>);

impl UnderWay {
    fn begin(world: &Arc<Mutex<World>>) -> Self {
        let mut guard = world.lock().unwrap();
        guard.under_way += 1;
        guard.most_under_way = guard.most_under_way.max(guard.under_way);
        Self(Arc::clone(world))
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.lock().unwrap().under_way -= 1;
    }
}

impl Source for Scripted {
    fn fetch<'a>(&'a self, _: Option<&'a AccessToken>) -> BoxFuture<'a, Result<Issued>> {
        Box::pin(async move {
            let _under_way = UnderWay::begin(&self.world);
            let answer = poll_fn(|_| {
                let answer = self.world.lock().unwrap().answers.pop_front();
                answer.map_or(Poll::Pending, Poll::Ready)
            })
            .await;
            let failed = |advice| {
                Err(Error::new(Kind::Refused, "refused").with(|details| details.advice = advice))
            };
            match answer {
                Answer::Passing => failed(Advice::Backoff),
                Answer::Terminal => failed(Advice::Never),
                Answer::Token { seconds } => {
                    let mut world = self.world.lock().unwrap();
                    let lifetime = Duration::from_secs(seconds);
                    world.tokens.push((self.clock.now() + lifetime, false));
                    world.issued += 1;
                    let token = AccessToken::new((world.tokens.len() - 1).to_string())?;
                    Ok(Issued::new(token, lifetime))
                }
            }
        })
    }

    fn subject(&self) -> &TokenSubject {
        &self.subject
    }
}

#[derive(Debug, Clone, Copy)]
enum Event {
    /// A caller comes and is polled once.
    Call { patience_s: u64 },
    /// A caller is polled.
    Poll(usize),
    /// A caller is dropped.
    Drop(usize),
    /// The source will answer one fetch so.
    Answer(Answer),
    /// Time passes.
    Pass { millis: u64 },
    /// A token that some caller got is rejected.
    Reject(usize),
}

fn event() -> impl Strategy<Value = Event> {
    let answer = prop_oneof![
        4 => prop_oneof![Just(1u64), Just(12), Just(7_200)].prop_map(|seconds| Answer::Token { seconds }),
        1 => Just(Answer::Passing),
        1 => Just(Answer::Terminal),
    ];
    prop_oneof![
        4 => prop_oneof![Just(1u64), Just(60)].prop_map(|patience_s| Event::Call { patience_s }),
        6 => any::<usize>().prop_map(Event::Poll),
        2 => any::<usize>().prop_map(Event::Drop),
        4 => answer.prop_map(Event::Answer),
        4 => prop_oneof![Just(1u64), 1u64..2_000, Just(6_700_000)]
            .prop_map(|millis| Event::Pass { millis }),
        2 => any::<usize>().prop_map(Event::Reject),
    ]
}

type Caller = Pin<Box<dyn Future<Output = Result<AccessToken>> + Send>>;

struct Run {
    world: Arc<Mutex<World>>,
    clock: HandClock,
    cache: Arc<Cache>,
    callers: Vec<Caller>,
    got: Vec<AccessToken>,
}

impl Run {
    fn new() -> Self {
        let world = Arc::<Mutex<World>>::default();
        let clock = HandClock {
            start: Instant::now(),
            passed: Arc::default(),
        };
        let source = Scripted {
            world: Arc::clone(&world),
            clock: clock.clone(),
            subject: TokenSubject {
                kind: "app",
                key: None,
                corp: None,
                base_url: String::new(),
            },
        };
        let cache = Cache::new(Box::new(source), None, Arc::new(clock.clone()), LIMIT);
        Self {
            world,
            clock,
            cache: Arc::new(cache),
            callers: Vec::new(),
            got: Vec::new(),
        }
    }

    /// Whether there is a token that a caller should get at once.
    fn has_valid_token(&self) -> bool {
        let now = self.clock.now();
        let world = self.world.lock().unwrap();
        // Only the newest is held: each replaces the one before.
        world
            .tokens
            .last()
            .is_some_and(|(until, rejected)| now < *until && !rejected)
    }

    fn poll(&mut self, index: usize) {
        let mut context = Context::from_waker(Waker::noop());
        let Poll::Ready(result) = self.callers[index].as_mut().poll(&mut context) else {
            return;
        };
        drop(self.callers.swap_remove(index));
        if let Ok(token) = result {
            let number: usize = token.expose().parse().unwrap();
            let (until, rejected) = self.world.lock().unwrap().tokens[number];
            assert!(
                self.clock.now() <= until,
                "a token that has ended was served"
            );
            assert!(!rejected, "a rejected token was served");
            self.got.push(token);
        } else {
            assert!(
                !self.has_valid_token(),
                "a failure was seen although a token was valid"
            );
        }
    }

    fn apply(&mut self, event: Event) {
        match event {
            Event::Call { patience_s } => {
                let cache = Arc::clone(&self.cache);
                let deadline = self.clock.now() + Duration::from_secs(patience_s);
                let valid = self.has_valid_token();
                let busy = self.world.lock().unwrap().under_way > 0;
                let before = self.callers.len();
                self.callers
                    .push(Box::pin(async move { cache.token(deadline).await }));
                self.poll(before);
                if valid && busy {
                    assert_eq!(
                        self.callers.len(),
                        before,
                        "a caller waited beside a valid token"
                    );
                }
            }
            Event::Poll(which) if !self.callers.is_empty() => self.poll(which % self.callers.len()),
            Event::Drop(which) if !self.callers.is_empty() => {
                drop(self.callers.swap_remove(which % self.callers.len()));
            }
            Event::Answer(answer) => self.world.lock().unwrap().answers.push_back(answer),
            Event::Pass { millis } => self.clock.pass(Duration::from_millis(millis)),
            Event::Reject(which) if !self.got.is_empty() => {
                let token = &self.got[which % self.got.len()];
                self.cache.reject(token);
                let number: usize = token.expose().parse().unwrap();
                self.world.lock().unwrap().tokens[number].1 = true;
            }
            Event::Poll(_) | Event::Drop(_) | Event::Reject(_) => {}
        }
        let world = self.world.lock().unwrap();
        assert!(
            world.most_under_way <= 1,
            "two fetches were under way at once"
        );
    }

    /// With a source that answers, whoever is still there gets an end, one way or another.
    fn settle(&mut self) {
        for _ in 0..1_000 {
            if self.callers.is_empty() {
                return;
            }
            self.world.lock().unwrap().answers = [Answer::Token { seconds: 7_200 }].into();
            for index in (0..self.callers.len()).rev() {
                self.poll(index);
            }
        }
        panic!("{} callers are stuck", self.callers.len());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn in_any_order_of_events_nobody_is_stuck_or_served_a_bad_token(
        events in prop::collection::vec(event(), 1..120),
    ) {
        let mut run = Run::new();
        for event in events {
            run.apply(event);
        }
        run.settle();
        // And the cache is of use to whoever comes next.
        run.world.lock().unwrap().answers.clear();
        run.clock.pass(Duration::from_secs(5));
        run.apply(Event::Call { patience_s: 60 });
        run.settle();
        prop_assert!(run.cache.fresh().is_some());
    }
}
