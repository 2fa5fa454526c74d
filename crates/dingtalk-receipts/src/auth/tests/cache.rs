//! The cache under paused time: who fetches, who waits, and who sees which failure.

use std::collections::VecDeque;
use std::future::Future;
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use crate::access_token::AccessToken;
use crate::auth::cache::{Cache, Source};
use crate::auth::issued::Issued;
use crate::auth::store::{MemoryTokenStore, StoreClient, TokenStore};
use crate::auth::token_info::TokenSubject;
use crate::clock::{Clock, TokioClock};
use crate::error::{Advice, Error, Kind, Phase, Result};
use crate::future::BoxFuture;

const HOURS: Duration = Duration::from_secs(7_200);
const LIMIT: Duration = Duration::from_secs(30);

/// What the scripted source does next.
#[derive(Debug, Clone)]
enum Next {
    /// Issues this token for this long.
    Token(&'static str, Duration),
    /// Fails in a way that may pass.
    Passing,
    /// Fails for good.
    Terminal,
    /// Never answers.
    Hang,
}

/// A source that does what it is told, after a second, and then issues `token-1`, `token-2` and so on.
#[derive(Debug)]
struct Scripted {
    script: Mutex<VecDeque<Next>>,
    fetches: AtomicUsize,
    rejected: Mutex<Vec<Option<String>>>,
    subject: TokenSubject,
}

#[derive(Debug, Clone)]
struct Handle(Arc<Scripted>);

impl Source for Handle {
    fn fetch<'a>(&'a self, rejected: Option<&'a AccessToken>) -> BoxFuture<'a, Result<Issued>> {
        Box::pin(async move {
            let number = self.0.fetches.fetch_add(1, Ordering::SeqCst) + 1;
            let rejected = rejected.map(|token| token.expose().to_owned());
            self.0.rejected.lock().unwrap().push(rejected);
            let next = self.0.script.lock().unwrap().pop_front();
            tokio::time::sleep(Duration::from_secs(1)).await;
            let failure = |advice| {
                Err(Error::new(Kind::Refused, "refused").with(|details| details.advice = advice))
            };
            match next {
                None => Ok(grant(&format!("token-{number}"), HOURS)),
                Some(Next::Token(text, lifetime)) => Ok(grant(text, lifetime)),
                Some(Next::Passing) => failure(Advice::Backoff),
                Some(Next::Terminal) => failure(Advice::Never),
                Some(Next::Hang) => std::future::pending().await,
            }
        })
    }

    fn subject(&self) -> &TokenSubject {
        &self.0.subject
    }
}

fn grant(text: &str, lifetime: Duration) -> Issued {
    Issued::new(AccessToken::new(text).unwrap(), lifetime)
}

impl Handle {
    fn fetches(&self) -> usize {
        self.0.fetches.load(Ordering::SeqCst)
    }
}

fn source(script: impl IntoIterator<Item = Next>) -> Handle {
    Handle(Arc::new(Scripted {
        script: Mutex::new(script.into_iter().collect()),
        fetches: AtomicUsize::new(0),
        rejected: Mutex::default(),
        subject: TokenSubject {
            kind: "app",
            key: Some("the-key".to_owned()),
            corp: None,
            base_url: "https://api.dingtalk.io".to_owned(),
        },
    }))
}

fn cache(source: &Handle) -> Arc<Cache> {
    cache_with(source, None)
}

fn cache_with(source: &Handle, store: Option<Arc<dyn TokenStore>>) -> Arc<Cache> {
    let clock: Arc<dyn Clock> = Arc::new(TokioClock);
    let store_client = store.map(|store| {
        StoreClient::new(store, source.subject(), "secret".into(), Arc::clone(&clock))
    });
    Arc::new(Cache::new(
        Box::new(source.clone()),
        store_client,
        clock,
        LIMIT,
    ))
}

fn soon() -> Instant {
    TokioClock.now() + Duration::from_secs(60)
}

async fn token(cache: &Cache) -> String {
    cache.token(soon()).await.unwrap().expose().to_owned()
}

async fn pass(time: Duration) {
    tokio::time::advance(time).await;
}

/// Starts `callers` at once and waits for all.
async fn together(cache: &Arc<Cache>, callers: usize) -> Vec<Result<AccessToken>> {
    let tasks: Vec<_> = (0..callers)
        .map(|_| {
            let cache = Arc::clone(cache);
            tokio::spawn(async move { cache.token(soon()).await })
        })
        .collect();
    let mut results = Vec::new();
    for task in tasks {
        results.push(task.await.unwrap());
    }
    results
}

#[tokio::test(start_paused = true)]
async fn a_thousand_first_calls_make_one_fetch() {
    let source = source([]);
    let cache = cache(&source);
    for result in together(&cache, 1_000).await {
        assert_eq!(result.unwrap().expose(), "token-1");
    }
    assert_eq!(source.fetches(), 1);
}

#[tokio::test(start_paused = true)]
async fn all_who_waited_share_a_failure_and_the_next_caller_tries_again() {
    let source = source([Next::Passing]);
    let cache = cache(&source);
    for result in together(&cache, 100).await {
        let error = result.unwrap_err();
        assert!(error.is_retryable());
        assert!(
            error
                .to_string()
                .contains("no access token for the app `the-key`"),
            "{error}"
        );
    }
    assert_eq!(source.fetches(), 1);
    assert_eq!(token(&cache).await, "token-2");
}

#[tokio::test(start_paused = true)]
async fn passing_failures_in_a_row_are_spaced() {
    let source = source(std::iter::repeat_n(Next::Passing, 1_000));
    let cache = cache(&source);
    let start = TokioClock.now();
    while TokioClock.now() < start + Duration::from_secs(60) {
        cache.token(soon()).await.unwrap_err();
        pass(Duration::from_millis(10)).await;
    }
    // A fetch takes a second, and from the fifth or so on a pause of some seconds follows.
    assert!((10..35).contains(&source.fetches()), "{}", source.fetches());
}

#[tokio::test(start_paused = true)]
async fn a_terminal_failure_is_remembered_for_seconds() {
    let source = source(std::iter::repeat_n(Next::Terminal, 1_000));
    let cache = cache(&source);
    let start = TokioClock.now();
    let mut calls = 0;
    while TokioClock.now() < start + Duration::from_secs(60) {
        assert!(!cache.token(soon()).await.unwrap_err().is_retryable());
        calls += 1;
        pass(Duration::from_millis(10)).await;
    }
    assert!(calls > 1_000);
    assert!(
        (10..=30).contains(&source.fetches()),
        "{}",
        source.fetches()
    );
}

#[tokio::test(start_paused = true)]
async fn a_mended_secret_works_after_at_most_five_seconds() {
    let source = source([Next::Terminal]);
    let cache = cache(&source);
    cache.token(soon()).await.unwrap_err();
    pass(Duration::from_secs(5)).await;
    assert_eq!(token(&cache).await, "token-2");
}

#[tokio::test(start_paused = true)]
async fn in_the_early_window_one_caller_renews_and_nobody_waits() {
    let source = source([]);
    let cache = cache(&source);
    assert_eq!(token(&cache).await, "token-1");
    pass(HOURS - Duration::from_secs(601)).await;
    assert_eq!(cache.fresh().unwrap().expose(), "token-1");
    pass(Duration::from_secs(2)).await;
    assert!(cache.fresh().is_none());

    let renewing = tokio::spawn({
        let cache = Arc::clone(&cache);
        async move { token(&cache).await }
    });
    tokio::task::yield_now().await;
    let before = TokioClock.now();
    for result in together(&cache, 1_000).await {
        assert_eq!(result.unwrap().expose(), "token-1");
    }
    assert_eq!(TokioClock.now(), before, "somebody waited");
    assert_eq!(renewing.await.unwrap(), "token-2");
    assert_eq!(token(&cache).await, "token-2");
    assert_eq!(source.fetches(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_failing_renewal_is_not_seen_while_the_token_is_valid() {
    let failures = std::iter::repeat_n(Next::Passing, 10_000);
    let source = source([Next::Token("first", HOURS)].into_iter().chain(failures));
    let cache = cache(&source);
    assert_eq!(token(&cache).await, "first");
    let start = TokioClock.now();
    pass(HOURS - Duration::from_secs(600)).await;
    // A renewal takes a second: whoever makes one in the last second sees how it ends.
    while TokioClock.now() < start + HOURS - Duration::from_secs(2) {
        assert_eq!(token(&cache).await, "first");
        pass(Duration::from_millis(100)).await;
    }
    // Ten minutes at the pauses' length, which soon is up to a minute.
    assert!((8..40).contains(&source.fetches()), "{}", source.fetches());
    pass(Duration::from_secs(60)).await;
    assert!(cache.token(soon()).await.unwrap_err().is_retryable());
}

#[tokio::test(start_paused = true)]
async fn a_terminal_failure_is_not_seen_either_while_the_token_is_valid() {
    let source = source([Next::Token("first", HOURS), Next::Terminal]);
    let cache = cache(&source);
    token(&cache).await;
    pass(HOURS - Duration::from_secs(300)).await;
    assert_eq!(token(&cache).await, "first");
    assert_eq!(token(&cache).await, "first");
    assert_eq!(source.fetches(), 2);
}

#[tokio::test(start_paused = true)]
async fn an_early_renewal_that_hangs_costs_no_call() {
    let source = source([Next::Token("first", HOURS), Next::Hang]);
    let cache = cache(&source);
    token(&cache).await;
    pass(HOURS - Duration::from_secs(300)).await;
    let deadline = TokioClock.now() + Duration::from_secs(2);
    assert_eq!(cache.token(deadline).await.unwrap().expose(), "first");
    assert!(TokioClock.now() < deadline);
}

#[tokio::test(start_paused = true)]
async fn a_source_that_hangs_is_a_failure_for_all_who_wait() {
    let source = source([Next::Hang]);
    let cache = cache(&source);
    let start = TokioClock.now();
    for result in together(&cache, 10).await {
        assert_eq!(result.unwrap_err().timeout_phase(), Some(Phase::Token));
    }
    assert_eq!(TokioClock.now() - start, LIMIT);
    assert_eq!(source.fetches(), 1);
    assert_eq!(token(&cache).await, "token-2");
}

#[tokio::test(start_paused = true)]
async fn a_token_of_one_second_makes_no_busy_loop() {
    let short = std::iter::repeat_n(Next::Token("short", Duration::from_secs(1)), 1_000);
    let source = source(short);
    let cache = cache(&source);
    let start = TokioClock.now();
    while TokioClock.now() < start + Duration::from_secs(20) {
        token(&cache).await;
        pass(Duration::from_millis(1)).await;
    }
    assert!(source.fetches() <= 20, "{}", source.fetches());
}

#[tokio::test(start_paused = true)]
async fn a_hundred_rejections_make_one_fetch() {
    let source = source([]);
    let cache = cache(&source);
    let rejected = cache.token(soon()).await.unwrap();
    let tasks: Vec<_> = (0..100)
        .map(|_| {
            let (cache, rejected) = (Arc::clone(&cache), rejected.clone());
            tokio::spawn(async move {
                assert!(cache.reject(&rejected));
                token(&cache).await
            })
        })
        .collect();
    for task in tasks {
        assert_eq!(task.await.unwrap(), "token-2");
    }
    assert!(cache.reject(&rejected), "a late rejection");
    assert_eq!(token(&cache).await, "token-2");
    assert_eq!(source.fetches(), 2);
    assert_eq!(
        source.0.rejected.lock().unwrap()[1].as_deref(),
        Some("token-1")
    );
}

#[tokio::test(start_paused = true)]
async fn the_rejected_token_again_is_not_asked_for_by_everybody() {
    let source = source(std::iter::repeat_n(Next::Token("same", HOURS), 10));
    let cache = cache(&source);
    let first = cache.token(soon()).await.unwrap();
    assert!(cache.reject(&first));
    let second = cache.token(soon()).await.unwrap();
    assert!(second.same_text(&first) && !second.same_grant(&first));
    // The other ninety-nine, which held the first.
    assert!(cache.reject(&first));
    assert!(cache.token(soon()).await.unwrap().same_grant(&second));
    // The next call, which is rejected too.
    assert!(!cache.reject(&second));
    pass(Duration::from_secs(3)).await;
    assert!(cache.reject(&second));
    assert_eq!(source.fetches(), 2);
}

/// Polls a caller `polls` times, then drops it.
fn poll_and_drop(cache: &Cache, polls: usize) {
    let mut caller = pin!(cache.token(soon()));
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..polls {
        if caller.as_mut().poll(&mut context).is_ready() {
            break;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_caller_that_is_dropped_while_it_renews_leaves_nobody_behind() {
    for stored in [false, true] {
        for polls in 0..20 {
            let source = source([]);
            let store: Option<Arc<dyn TokenStore>> =
                stored.then(|| Arc::new(Slow(MemoryTokenStore::new())) as _);
            let cache = cache_with(&source, store);
            // With others that wait already, and with none.
            let waiting = tokio::spawn({
                let cache = Arc::clone(&cache);
                async move {
                    tokio::task::yield_now().await;
                    token(&cache).await
                }
            });
            poll_and_drop(&cache, polls);
            assert!(token(&cache).await.starts_with("token-"));
            assert!(waiting.await.unwrap().starts_with("token-"));
        }
    }
}

#[tokio::test(start_paused = true)]
async fn time_passes_between_the_polls_of_a_caller_that_is_dropped() {
    for stored in [false, true] {
        for dropped_after in 0..60 {
            let source = source([]);
            let store: Option<Arc<dyn TokenStore>> =
                stored.then(|| Arc::new(Slow(MemoryTokenStore::new())) as _);
            let cache = cache_with(&source, store);
            let renewing = tokio::spawn({
                let cache = Arc::clone(&cache);
                async move { token(&cache).await }
            });
            let waiting = tokio::spawn({
                let cache = Arc::clone(&cache);
                async move { token(&cache).await }
            });
            tokio::time::sleep(Duration::from_millis(30 * dropped_after)).await;
            renewing.abort();
            assert!(waiting.await.unwrap().starts_with("token-"));
            assert!(source.fetches() <= 2);
        }
    }
}

/// A store that takes its time.
#[derive(Debug)]
struct Slow(MemoryTokenStore);

impl TokenStore for Slow {
    fn load<'a>(
        &'a self,
        key: &'a crate::auth::StoreKey,
    ) -> BoxFuture<'a, std::io::Result<Option<crate::auth::StoreRecord>>> {
        Box::pin(async move {
            tokio::time::sleep(Duration::from_millis(100)).await;
            self.0.load(key).await
        })
    }

    fn save<'a>(
        &'a self,
        key: &'a crate::auth::StoreKey,
        record: &'a crate::auth::StoreRecord,
        lifetime: Duration,
    ) -> BoxFuture<'a, std::io::Result<()>> {
        Box::pin(async move {
            tokio::time::sleep(Duration::from_millis(100)).await;
            self.0.save(key, record, lifetime).await
        })
    }

    fn try_lock<'a>(
        &'a self,
        key: &'a crate::auth::StoreKey,
    ) -> BoxFuture<'a, std::io::Result<Option<crate::auth::StoreLock>>> {
        Box::pin(async move {
            let lock = self.0.try_lock(key).await;
            tokio::time::sleep(Duration::from_millis(100)).await;
            lock
        })
    }
}

#[tokio::test(start_paused = true)]
async fn two_caches_with_one_store_fetch_once() {
    let source = source([]);
    let store = MemoryTokenStore::new();
    let caches = [(); 2].map(|()| cache_with(&source, Some(Arc::new(store.clone()))));
    let (one, two) = tokio::join!(token(&caches[0]), token(&caches[1]));
    assert_eq!((one.as_str(), two.as_str()), ("token-1", "token-1"));
    assert_eq!(source.fetches(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_rejected_token_is_not_taken_from_the_store_but_its_successor_is() {
    let source = source([]);
    let store = MemoryTokenStore::new();
    let caches = [(); 2].map(|()| cache_with(&source, Some(Arc::new(store.clone()))));
    let [one, two] = [&caches[0], &caches[1]];
    let rejected = one.token(soon()).await.unwrap();
    let also = two.token(soon()).await.unwrap();
    assert!(one.reject(&rejected));
    assert_eq!(token(one).await, "token-2");
    assert!(two.reject(&also));
    assert_eq!(token(two).await, "token-2");
    assert_eq!(source.fetches(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_lock_that_nobody_gives_back_is_waited_for_and_then_ignored() {
    let source = source([]);
    let store = MemoryTokenStore::new();
    let key = crate::auth::StoreKey::of(source.subject());
    let _held = store.try_lock(&key).await.unwrap().unwrap();
    let cache = cache_with(&source, Some(Arc::new(store)));
    let start = TokioClock.now();
    assert_eq!(token(&cache).await, "token-1");
    let waited = TokioClock.now() - start;
    assert!(waited >= LIMIT / 2 && waited < LIMIT, "{waited:?}");
}

#[tokio::test(start_paused = true)]
async fn while_another_process_renews_early_nobody_waits_for_its_lock() {
    let source = source([]);
    let store = MemoryTokenStore::new();
    let cache = cache_with(&source, Some(Arc::new(store.clone())));
    token(&cache).await;
    pass(HOURS - Duration::from_secs(300)).await;
    let key = crate::auth::StoreKey::of(source.subject());
    let _held = store.try_lock(&key).await.unwrap().unwrap();
    let before = TokioClock.now();
    for _ in 0..100 {
        assert_eq!(token(&cache).await, "token-1");
    }
    assert_eq!(TokioClock.now(), before);
    assert_eq!(source.fetches(), 1);
}

/// A store that is broken in every way.
#[derive(Debug)]
struct Broken;

impl TokenStore for Broken {
    fn load<'a>(
        &'a self,
        _: &'a crate::auth::StoreKey,
    ) -> BoxFuture<'a, std::io::Result<Option<crate::auth::StoreRecord>>> {
        Box::pin(async { Err(std::io::Error::other("down")) })
    }

    fn save<'a>(
        &'a self,
        _: &'a crate::auth::StoreKey,
        _: &'a crate::auth::StoreRecord,
        _: Duration,
    ) -> BoxFuture<'a, std::io::Result<()>> {
        Box::pin(async { Err(std::io::Error::other("down")) })
    }

    fn try_lock<'a>(
        &'a self,
        _: &'a crate::auth::StoreKey,
    ) -> BoxFuture<'a, std::io::Result<Option<crate::auth::StoreLock>>> {
        Box::pin(async { Err(std::io::Error::other("down")) })
    }
}

#[tokio::test(start_paused = true)]
async fn a_store_that_is_down_costs_nothing() {
    let source = source([]);
    let cache = cache_with(&source, Some(Arc::new(Broken)));
    let results = together(&cache, 100).await;
    assert!(results.into_iter().all(|result| result.is_ok()));
    assert_eq!(source.fetches(), 1);
}

#[tokio::test(start_paused = true)]
async fn the_life_of_a_token_is_known_while_it_is_held() {
    let source = source([]);
    let cache = cache(&source);
    let held = cache.token(soon()).await.unwrap();
    pass(Duration::from_secs(200)).await;
    let (_, left, _) = cache.life(&held).unwrap();
    assert_eq!(left, HOURS - Duration::from_secs(200));
    assert!(cache.reject(&held));
    assert!(cache.life(&held).is_none());
}

#[test]
fn a_fresh_token_is_had_at_the_first_poll_and_without_a_runtime() {
    let source = source([]);
    let cache = cache(&source);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .unwrap();
    runtime.block_on(cache.token(soon())).unwrap();
    drop(runtime);
    let mut caller = pin!(cache.token(soon()));
    let polled = caller
        .as_mut()
        .poll(&mut Context::from_waker(Waker::noop()));
    assert!(matches!(polled, Poll::Ready(Ok(_))));
}
