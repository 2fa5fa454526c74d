//! One client for many corps.

use dingtalk_receipts::{
    Client, CorpApp, InternalApp, MemoryTokenStore, StaticToken, ThirdPartyApp,
};
use dingtalk_receipts_sandbox::{App, Operation, Sandbox};
use futures_util::future::join_all;

use super::builder;

async fn two_corps() -> Sandbox {
    Sandbox::builder()
        .app(
            App::third_party("suite", "suite-secret")
                .corp("a")
                .corp("b"),
        )
        .app(App::internal("key", "the-secret").corp("a").corp("b"))
        .start()
        .await
        .unwrap()
}

fn suite() -> ThirdPartyApp {
    ThirdPartyApp::new("suite", "suite-secret", "ticket", "a")
}

async fn token(client: &Client) -> String {
    client
        .token_info()
        .await
        .unwrap()
        .token()
        .expose()
        .to_owned()
}

#[tokio::test]
async fn each_corp_has_its_own_token_and_keeps_it() {
    let sandbox = two_corps().await;
    let client = builder(&sandbox, suite()).build().unwrap();
    let (a, b) = (client.for_corp("a").unwrap(), client.for_corp("b").unwrap());
    let (of_a, of_b) = (token(&client).await, token(&b).await);
    assert_ne!(of_a, of_b);
    // The corp that the credentials name is the client's own.
    assert_eq!(token(&a).await, of_a);
    assert_eq!(token(&client.for_corp("b").unwrap()).await, of_b);
    assert_eq!(token(&a.for_corp("b").unwrap()).await, of_b);
    assert_eq!(token(&b.for_corp("a").unwrap()).await, of_a);
    assert_eq!(sandbox.count(Operation::CorpToken), 2);
    let corps: Vec<_> = sandbox
        .calls_of(Operation::CorpToken)
        .iter()
        .map(|call| call.json()["authCorpId"].clone())
        .collect();
    assert_eq!(corps, ["a", "b"]);
    assert_eq!(b.token_info().await.unwrap().corp_id(), Some("b"));
}

#[tokio::test]
async fn views_of_one_corp_made_at_once_make_one_token_call() {
    let sandbox = two_corps().await;
    let client = builder(&sandbox, suite()).build().unwrap();
    let views: Vec<_> = (0..100).map(|_| client.for_corp("b").unwrap()).collect();
    let tokens = join_all(views.iter().map(token)).await;
    assert!(tokens.windows(2).all(|pair| pair[0] == pair[1]));
    assert_eq!(sandbox.token_count(), 1);
}

#[tokio::test]
async fn ten_thousand_corps_are_remembered_and_no_more() {
    let sandbox = two_corps().await;
    let client = builder(&sandbox, suite()).build().unwrap();
    let ask_for = |corps: std::ops::Range<u32>| {
        for number in corps {
            client.for_corp(format!("corp{number}")).unwrap();
        }
    };
    let first = token(&client.for_corp("b").unwrap()).await;
    ask_for(0..9_999);
    assert_eq!(token(&client.for_corp("b").unwrap()).await, first);
    ask_for(9_999..20_000);
    assert_ne!(token(&client.for_corp("b").unwrap()).await, first);
    assert_eq!(sandbox.token_count(), 2);
}

#[tokio::test]
async fn views_share_connections() {
    let sandbox = two_corps().await;
    let client = builder(&sandbox, suite()).build().unwrap();
    for corp in ["a", "b", "a", "b"] {
        token(&client.for_corp(corp).unwrap()).await;
    }
    assert_eq!(sandbox.connections(), 1);
}

#[tokio::test]
async fn views_share_the_rate_limit() {
    let sandbox = two_corps().await;
    let client = builder(&sandbox, suite())
        .rate_limit(dingtalk_receipts::RateLimit::per_second(0.01))
        .call_timeout(std::time::Duration::from_millis(500))
        .build()
        .unwrap();
    let ask = |client: Client| async move {
        client
            .read_status("k")
            .conversation("c")
            .robot("r")
            .send()
            .await
            .unwrap_err()
    };
    assert!(
        ask(client.clone()).await.status().is_some(),
        "the first goes through"
    );
    let error = ask(client.for_corp("b").unwrap()).await;
    assert_eq!(
        error.timeout_phase(),
        Some(dingtalk_receipts::Phase::RateLimit),
        "{error}"
    );
}

#[tokio::test]
async fn apps_and_kinds_of_credentials_never_share_a_token() {
    let sandbox = two_corps().await;
    let store = MemoryTokenStore::new();
    let mut tokens = std::collections::HashSet::new();
    let corp_app = |id: &str, secret: &str, corp: &str| CorpApp::new(id, secret, corp);
    let clients = [
        builder(&sandbox, InternalApp::new("key", "the-secret")),
        builder(&sandbox, corp_app("key", "the-secret", "a")),
        builder(&sandbox, corp_app("key", "the-secret", "b")),
        builder(&sandbox, corp_app("suite", "suite-secret", "a")),
        builder(&sandbox, suite()),
    ];
    let kinds = clients.len();
    for client in clients {
        let client = client.token_store(store.clone()).build().unwrap();
        tokens.insert(token(&client).await);
    }
    assert_eq!((tokens.len(), sandbox.token_count()), (kinds, kinds as u64));
}

#[tokio::test]
async fn credentials_of_one_corp_say_so() {
    let sandbox = two_corps().await;
    for (client, said) in [
        (
            builder(&sandbox, StaticToken::new("token")),
            "a static token is for one corp",
        ),
        (
            builder(&sandbox, InternalApp::new("k", "s")),
            "an internal app belongs to one corp",
        ),
    ] {
        let error = client.build().unwrap().for_corp("b").unwrap_err();
        assert!(error.is_invalid_input());
        assert!(error.to_string().contains(said), "{error}");
        assert!(
            error.to_string().contains("`ThirdPartyApp` or a `CorpApp`"),
            "{error}"
        );
    }
    let client = builder(&sandbox, suite()).build().unwrap();
    for corp in ["", "..", "b\n"] {
        assert!(
            client.for_corp(corp).unwrap_err().is_invalid_input(),
            "{corp:?}"
        );
    }
}
