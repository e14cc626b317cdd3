//! Webhooks with one url for all accounts (connector.md 13.1).

use bytes::Bytes;
use http::Request;
use linchpin::ErrorKind;
use linchpin::webhook::Hook;

use crate::support::Server;
use crate::tickets::{Accounts, Client, Nobody};
use crate::world::*;

const ITEMS: &str = r#"{"items":[{"id":"a","account":1},{"id":"b","account":"2"},{"id":"c","account":1},
    {"id":"d","account":3},{"id":"e"},{"id":"skip-me","account":1}]}"#;

fn sent(body: &str) -> Request<Bytes> {
    let mut request = event(body);
    request.headers_mut().insert("x-token", "t0ken-of-the-app".parse().unwrap());
    request
}

async fn hook(server: &Server, key: &str, tag: &str) -> Hook {
    let form = Accounts::new().tag(tag);
    client_of(server, key).webhooks().accounts().attach("https://app.example/all", form).await.unwrap()
}

/// The app's own client: it has the constants, and no account.
fn app() -> Client {
    Client::builder().common("token", "t0ken-of-the-app").build().unwrap()
}

#[tokio::test]
async fn items_go_to_the_hooks_of_their_account_and_see_its_connection() {
    let server = service().await;
    let (ada, bob) = (hook(&server, "k-ada-1815", "skip-me").await, hook(&server, "k-bob-1962", "B").await);
    let second = hook(&server, "k-ada-1815", "A2").await;
    let delivery = app().webhooks().accounts().shared().receive(sent(ITEMS)).await.unwrap();
    assert_eq!(delivery.uids(), ["1", "2", "3"], "each once; items without an account belong to nobody");
    assert_eq!(shown(delivery.reply()), (200, "Accepted".to_owned()));
    let bundle = |id: &str, tag: &str, uid: &str, key: &str| {
        format!(r#"{{"id":"{id}","tag":"{tag}","uid":{uid},"key":"{key}"}}"#)
    };
    let key = "k-ada-1815";
    let expected = [bundle("a", "skip-me", "1", key), bundle("c", "skip-me", "1", key)].join(",");
    assert_eq!(text(delivery.route(&ada).await.unwrap().bundles()), same(&format!("[{expected}]")));
    assert_eq!(
        delivery.route(&second).await.unwrap().bundles().len(),
        3,
        "every hook of the account gets them"
    );
    let expected = bundle("b", "B", "\"2\"", "k-bob-1962");
    assert_eq!(text(delivery.route(&bob).await.unwrap().bundles()), same(&format!("[{expected}]")));
}

#[tokio::test]
async fn what_is_not_meant_for_anybody_reaches_nobody() {
    let server = service().await;
    let ada = hook(&server, "k-ada-1815", "x").await;
    let shared = app().webhooks().accounts().shared();
    let delivery = shared.receive(event(ITEMS)).await.unwrap();
    assert!(delivery.uids().is_empty(), "the token is missing");
    assert!(delivery.route(&ada).await.unwrap().bundles().is_empty());
    let delivery = shared.receive(sent(r#"{"items":[{"id":"b","account":2}]}"#)).await.unwrap();
    assert!(delivery.route(&ada).await.unwrap().bundles().is_empty());
    let delivery = shared.receive(sent(r#"{"hello":"you"}"#)).await.unwrap();
    assert!(delivery.is_verification() && delivery.route(&ada).await.unwrap().is_verification());
    assert_eq!(shown(delivery.reply()), (200, r#"{"hello":"you"}"#.to_owned()));
}

#[tokio::test]
async fn a_hook_of_its_own_takes_only_what_is_its() {
    let server = service().await;
    let bob = hook(&server, "k-bob-1962", "B").await;
    assert_eq!(bob.handle(sent(ITEMS)).await.unwrap().bundles().len(), 1);
}

#[tokio::test]
async fn a_webhook_that_says_of_no_item_whose_it_is_cannot_be_shared() {
    let server = service().await;
    let client = client(&server);
    let error = client.webhooks().nobody().shared().receive(sent("{}")).await.unwrap_err();
    assert_eq!((error.status().as_u16(), error.error().kind()), (500, ErrorKind::InvalidConfiguration));
    let other = client.webhooks().nobody().attach("https://app.example", Nobody::new()).await.unwrap();
    let delivery = app().webhooks().accounts().shared().receive(sent(ITEMS)).await.unwrap();
    assert_eq!(delivery.route(&other).await.unwrap_err().error().kind(), ErrorKind::InvalidConfiguration);
}
