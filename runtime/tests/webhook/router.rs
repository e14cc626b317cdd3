//! Hooks behind a real server of axum.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use axum::Router;
use linchpin::webhook::{Delivery, IntoReply};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::tickets::{Accounts, Answer, ShapeTicket};
use crate::world::*;

/// Serves a router and gives its address.
async fn serve(router: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

/// Sends bytes and gives all that is answered until the server has nothing more to say.
async fn send(address: &str, head: &str, body: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = format!("{head}\r\nhost: app.example\r\nconnection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).await.unwrap();
    let _ = stream.write_all(body).await;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

async fn post_json(address: &str, path: &str, body: &str) -> String {
    let head =
        format!("POST {path} HTTP/1.1\r\ncontent-type: application/json\r\ncontent-length: {}", body.len());
    send(address, &head, body.as_bytes()).await
}

/// Keeps what is delivered, unless it is asked to fail.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<String>>>);

impl Kept {
    fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().unwrap())
    }

    fn keep(&self, delivery: &Delivery) -> Result<(), &'static str> {
        if delivery.bundles()[0].key("fail").is_truthy() {
            return Err("the disk is full");
        }
        self.0.lock().unwrap().push(text(delivery.bundles()));
        Ok(())
    }
}

async fn plain(kept: &Kept) -> Router {
    let hook = attach(
        builder().max_webhook_bytes(1000).build().unwrap().webhooks().plain(),
        crate::tickets::Plain::new(),
    )
    .await;
    let kept = kept.clone();
    hook.into_router(move |delivery| {
        let kept = kept.clone();
        async move { kept.keep(&delivery) }
    })
}

#[tokio::test]
async fn the_answer_follows_once_the_bundles_are_safe() {
    let kept = Kept::default();
    let address = serve(Router::new().nest("/in/7", plain(&kept).await)).await;
    for path in ["/in/7", "/in/7?x=1", "/in/7/deeper"] {
        let answer = post_json(&address, path, r#"{"a":1}"#).await;
        assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("Accepted"), "{path}: {answer}");
        assert_eq!(kept.take(), [same(r#"[{"a":1}]"#)], "{path}");
    }
    let answer = post_json(&address, "/in/7", r#"{"fail":true}"#).await;
    assert!(answer.starts_with("HTTP/1.1 500") && !answer.contains("disk"), "{answer}");
    assert!(kept.take().is_empty());
    assert!(post_json(&address, "/other", "{}").await.starts_with("HTTP/1.1 404"));
    let answer = post_json(&address, "/in/7", "[]").await;
    assert!(answer.starts_with("HTTP/1.1 200"), "nothing to keep, nobody is asked: {answer}");
}

#[tokio::test]
async fn a_body_of_a_gigabyte_is_refused_unread() {
    let kept = Kept::default();
    let address = serve(plain(&kept).await).await;
    let announced = "POST / HTTP/1.1\r\ncontent-type: text/plain\r\ncontent-length: 1073741824";
    assert!(send(&address, announced, b"the beginning").await.starts_with("HTTP/1.1 413"));
    // Pieces without an announced end: reading stops at the cap, however much is still to come.
    let chunk = format!("400\r\n{}\r\n", "x".repeat(0x400));
    let endless = "POST / HTTP/1.1\r\ncontent-type: text/plain\r\ntransfer-encoding: chunked";
    assert!(send(&address, endless, chunk.as_bytes()).await.starts_with("HTTP/1.1 413"));
    let exact = "x".repeat(1000);
    let head = "POST / HTTP/1.1\r\ncontent-type: text/plain\r\ncontent-length: 1000";
    assert!(send(&address, head, exact.as_bytes()).await.starts_with("HTTP/1.1 200"));
    assert_eq!(kept.take().len(), 1);
}

#[tokio::test]
async fn a_responder_composes_the_answer() {
    let client = offline();
    let hook = attach(client.webhooks().plain(), crate::tickets::Plain::new()).await;
    let answering = client.clone();
    let router = client.shape_ticket(ShapeTicket::new()).into_router(hook, move |delivery| {
        let client = answering.clone();
        async move {
            let label = delivery.bundles()[0].label.clone().unwrap_or_default();
            client.answer(Answer::new(201).text(label)).await
        }
    });
    let answer = post_json(&serve(router).await, "/", r#"{"title":"fire"}"#).await;
    assert!(answer.starts_with("HTTP/1.1 201") && answer.contains("x-by: tickets"), "{answer}");
    assert!(answer.ends_with("FIRE"), "{answer}");
}

#[tokio::test]
async fn a_shared_webhook_routes_behind_one_url() {
    let server = service().await;
    let webhooks = client(&server).webhooks();
    let hook = webhooks.accounts().attach("https://app.example", Accounts::new()).await.unwrap();
    let kept = Kept::default();
    let keep = kept.clone();
    let router = client(&server).webhooks().accounts().shared().into_router(move |delivery| {
        let (hook, kept) = (hook.clone(), keep.clone());
        async move {
            assert_eq!(delivery.uids(), ["1", "9"]);
            let mine = delivery.route(&hook).await.unwrap();
            kept.0.lock().unwrap().push(mine.bundles()[0].key("id").to_text().to_string());
            Ok::<_, Infallible>(())
        }
    });
    let body = r#"{"items":[{"id":"a","account":1},{"id":"b","account":9}]}"#;
    let head = format!(
        "POST /any HTTP/1.1\r\ncontent-type: application/json\r\nx-token: t0ken-of-the-app\r\ncontent-length: {}",
        body.len()
    );
    let answer = send(&serve(router).await, &head, body.as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert_eq!(kept.take(), ["a"]);
}

#[tokio::test]
async fn what_fails_inside_says_nothing_outside() {
    let hook = attach(offline().webhooks().failing(), crate::tickets::Failing::new()).await;
    let address = serve(hook.into_router(|_| async { Ok::<_, Infallible>(()) })).await;
    let answer = post_json(&address, "/", r#"{"n":"text"}"#).await;
    assert!(answer.starts_with("HTTP/1.1 500") && answer.ends_with("Internal Server Error"), "{answer}");
}

#[test]
fn an_answer_of_ones_own_takes_the_place_of_the_usual_one() {
    let usual = || http::Response::new(bytes::Bytes::from_static(b"usual"));
    let own = || http::Response::new(bytes::Bytes::from_static(b"own"));
    assert_eq!(().into_reply(usual()).body(), "usual");
    assert_eq!(own().into_reply(usual()).body(), "own");
    assert_eq!(Some(own()).into_reply(usual()).body(), "own");
    assert_eq!(None::<()>.into_reply(usual()).body(), "usual");
}
