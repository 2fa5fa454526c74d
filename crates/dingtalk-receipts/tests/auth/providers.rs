//! Tokens from the user's own source.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use dingtalk_receipts::{BoxFuture, IssuedToken, ProviderError, TokenAsk, TokenProvider};
use dingtalk_receipts_sandbox::{Answer, Operation};
use futures_util::future::join_all;

use super::{Shifted, ask, builder};
use crate::support::sandbox;

type Script = Box<dyn Fn(usize) -> Result<IssuedToken, ProviderError> + Send + Sync>;

/// Gives what a script says, and remembers what it was asked.
struct Vault {
    script: Script,
    asked: AtomicUsize,
    corps: Mutex<Vec<Option<String>>>,
    rejected: Mutex<Vec<Option<String>>>,
    corporate: bool,
}

fn vault(
    script: impl Fn(usize) -> Result<IssuedToken, ProviderError> + Send + Sync + 'static,
) -> Arc<Vault> {
    Arc::new(Vault {
        script: Box::new(script),
        asked: AtomicUsize::new(0),
        corps: Mutex::default(),
        rejected: Mutex::default(),
        corporate: true,
    })
}

impl TokenProvider for Vault {
    fn token<'a>(&'a self, ask: TokenAsk<'a>) -> BoxFuture<'a, Result<IssuedToken, ProviderError>> {
        Box::pin(async move {
            let asked = self.asked.fetch_add(1, Ordering::SeqCst);
            self.corps
                .lock()
                .unwrap()
                .push(ask.corp_id().map(str::to_owned));
            let rejected = ask.rejected().map(|token| token.expose().to_owned());
            self.rejected.lock().unwrap().push(rejected);
            tokio::task::yield_now().await;
            (self.script)(asked)
        })
    }

    fn has_corps(&self) -> bool {
        self.corporate
    }
}

#[tokio::test]
async fn a_provider_is_asked_once_for_many_callers_and_again_before_the_end() {
    let sandbox = sandbox(1).await;
    let text = sandbox.static_token().to_owned();
    let vault =
        vault(move |_| Ok(IssuedToken::new(text.clone()).expires_in(Duration::from_secs(600))));
    let clock = Shifted::default();
    let client = builder(&sandbox, Arc::clone(&vault))
        .clock(clock.clone())
        .build()
        .unwrap();
    let pages = join_all((0..100).map(|_| ask(&client, &sandbox))).await;
    assert!(pages.into_iter().all(|page| page.is_ok()));
    assert_eq!(vault.asked.load(Ordering::SeqCst), 1);
    clock.pass(Duration::from_secs(560), &sandbox);
    ask(&client, &sandbox).await.unwrap();
    assert_eq!(vault.asked.load(Ordering::SeqCst), 2);
    assert_eq!(client.token_info().await.unwrap().kind(), "token provider");
}

#[tokio::test]
async fn a_provider_is_told_which_token_was_rejected() {
    let sandbox = sandbox(1).await;
    let text = sandbox.static_token().to_owned();
    let vault = vault(move |asked| {
        Ok(IssuedToken::new(if asked == 0 {
            "stale".to_owned()
        } else {
            text.clone()
        }))
    });
    let client = builder(&sandbox, Arc::clone(&vault)).build().unwrap();
    ask(&client, &sandbox).await.unwrap();
    assert_eq!(
        *vault.rejected.lock().unwrap(),
        [None, Some("stale".to_owned())]
    );
}

#[tokio::test]
async fn a_failure_is_told_with_its_cause_and_remembered_if_it_is_terminal() {
    let sandbox = sandbox(1).await;
    for terminal in [true, false] {
        let vault = vault(move |_| {
            let cause = "the vault is sealed";
            let error = if terminal {
                ProviderError::terminal(cause)
            } else {
                ProviderError::passing(cause)
            };
            assert_eq!(error.is_terminal(), terminal);
            Err(error)
        });
        let client = builder(&sandbox, Arc::clone(&vault)).build().unwrap();
        let errors = join_all((0..10).map(|_| ask(&client, &sandbox))).await;
        for error in errors.into_iter().map(Result::unwrap_err) {
            assert!(error.is_auth());
            assert_eq!(error.is_retryable(), !terminal);
            assert_eq!(
                error.to_string(),
                "no access token for the token provider: the token provider failed: the vault is sealed"
            );
            let cause = std::error::Error::source(&error).unwrap();
            assert_eq!(cause.to_string(), "the vault is sealed");
        }
        assert_eq!(vault.asked.load(Ordering::SeqCst), 1);
        ask(&client, &sandbox).await.unwrap_err();
        let asked = if terminal { 1 } else { 2 };
        assert_eq!(vault.asked.load(Ordering::SeqCst), asked);
    }
    assert_eq!(sandbox.count(Operation::Query), 0);
}

#[tokio::test]
async fn a_token_that_cannot_be_sent_is_the_providers_failure() {
    let sandbox = sandbox(1).await;
    let vault = vault(|_| Ok(IssuedToken::new("s3cret\n")));
    let client = builder(&sandbox, vault).build().unwrap();
    let error = ask(&client, &sandbox).await.unwrap_err();
    assert!(
        error.is_auth() && error.to_string().contains("gave no usable token"),
        "{error}"
    );
    assert!(
        error
            .to_string()
            .contains("a character that cannot be sent")
    );
    assert!(!format!("{error:?} {error:#?}").contains("s3cret"));
}

#[tokio::test]
async fn a_failure_is_one_line_with_all_its_causes_for_display_and_for_main() {
    #[derive(Debug)]
    struct Sealed(std::io::Error);

    impl std::fmt::Display for Sealed {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("the vault\nis sealed")
        }
    }

    impl std::error::Error for Sealed {
        fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
            Some(&self.0)
        }
    }

    let sandbox = sandbox(1).await;
    let vault = vault(|_| Err(Sealed(std::io::Error::other("no key\u{1b}[31m")).into()));
    let client = builder(&sandbox, vault).build().unwrap();
    let error = ask(&client, &sandbox).await.unwrap_err();
    let line = "no access token for the token provider: \
                the token provider failed: the vault is sealed: no key [31m";
    assert_eq!(error.to_string(), line);
    assert_eq!(format!("{error:?}"), line, "what `main` prints");
    let parts = format!("{error:#?}");
    assert!(
        parts.starts_with("Error {") && parts.contains("Credentials"),
        "{parts}"
    );
}

#[tokio::test]
async fn a_provider_of_several_corps_is_told_which() {
    let sandbox = sandbox(1).await;
    let vault = vault(|_| Ok(IssuedToken::new("any")));
    let client = builder(&sandbox, Arc::clone(&vault)).build().unwrap();
    client.token_info().await.unwrap();
    client.for_corp("b").unwrap().token_info().await.unwrap();
    assert_eq!(*vault.corps.lock().unwrap(), [None, Some("b".to_owned())]);

    struct OneCorp;
    impl TokenProvider for OneCorp {
        fn token<'a>(
            &'a self,
            _: TokenAsk<'a>,
        ) -> BoxFuture<'a, Result<IssuedToken, ProviderError>> {
            Box::pin(async { Ok(IssuedToken::new("any")) })
        }
    }
    let client = builder(&sandbox, Box::new(OneCorp)).build().unwrap();
    assert!(client.for_corp("b").unwrap_err().is_invalid_input());
}

#[tokio::test]
async fn a_provider_that_gives_the_rejected_token_again_is_asked_once() {
    let sandbox = sandbox(1).await;
    sandbox
        .script(Operation::Query)
        .always(Answer::error("InvalidAuthentication"));
    let vault = vault(|_| Ok(IssuedToken::new("stale")));
    let client = builder(&sandbox, Arc::clone(&vault)).build().unwrap();
    let errors = join_all((0..100).map(|_| ask(&client, &sandbox))).await;
    assert!(
        errors
            .into_iter()
            .all(|result| result.unwrap_err().is_auth())
    );
    assert_eq!(
        vault.asked.load(Ordering::SeqCst),
        2,
        "the first token, and once more"
    );
}
