//! Limits of time: of connecting, of each attempt, of a whole call.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::support::*;
use futures_util::StreamExt as _;
use linchpin::client::ClientBuilder;
use linchpin::plan::ModuleKind;
use linchpin::resilience::RetryPolicy;
use linchpin::{ErrorKind, Value};
use tokio::io::AsyncWriteExt as _;

const SOON: Duration = Duration::from_millis(150);

#[tokio::test]
async fn each_attempt_has_its_time_and_the_next_may_succeed() {
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    let server = RawServer::with(move |mut stream| {
        let at = counted.fetch_add(1, Ordering::SeqCst);
        async move {
            read_head(&mut stream).await;
            // A body that comes byte by byte must not outlast the limit either.
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n").await;
            for byte in b"[null]" {
                if at < 2 {
                    tokio::time::sleep(Duration::from_millis(400)).await;
                }
                let _ = stream.write_all(&[*byte]).await;
            }
        }
    })
    .await;
    let policy = RetryPolicy::new().base_delay(Duration::from_millis(1));
    let client = ClientBuilder::for_connector(Arc::new(connector("{}"))).base_url(&server.url);
    let client = client.timeout(Duration::from_secs(1)).retry(policy).build().unwrap();
    act(&client, "{}", r#"{"url":"/","response":{"output":{"ok":true}}}"#).await.unwrap();
    assert_eq!(count.load(Ordering::SeqCst), 3);
}

#[tokio::test]
async fn a_whole_call_has_its_time() {
    let server = RawServer::start(Vec::new(), true).await;
    let client = builder_at(&server.url, connector("{}")).call_timeout(SOON).build().unwrap();
    let started = Instant::now();
    let error = act(&client, "{}", r#"{"url":"/"}"#).await.unwrap_err();
    assert_eq!((error.kind(), error.message()), (ErrorKind::Timeout, "the call took longer than 150 ms"));
    assert!(error.may_have_been_sent());
    let module = Arc::new(module(ModuleKind::Action, r#"{"url":"/"}"#));
    let call = linchpin::client::Call::<Value>::new(&client, module, linchpin::Object::new());
    let error = call.timeout(Duration::from_millis(20)).await.unwrap_err();
    assert_eq!(error.message(), "the call took longer than 20 ms", "what a call sets for itself goes first");
    assert!(started.elapsed() < Duration::from_secs(10));
}

#[tokio::test]
async fn a_stream_has_its_time_for_each_page() {
    let count = Arc::new(AtomicUsize::new(0));
    let server = RawServer::with(move |mut stream| {
        let page = count.fetch_add(1, Ordering::SeqCst) % 4 + 1;
        async move {
            read_head(&mut stream).await;
            tokio::time::sleep(Duration::from_millis(400)).await;
            let body = format!(r#"{{"more":{},"items":[{{"page":{page}}}]}}"#, page != 4);
            let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close";
            let answer = format!("{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len());
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    })
    .await;
    let requests = r#"{"url":"/","qs":{"page":"{pagination.page}"},"response":{"iterate":"{body.items}"},
        "pagination":{"condition":"{body.more}"}}"#;
    let client =
        builder_at(&server.url, connector("{}")).call_timeout(Duration::from_secs(1)).build().unwrap();
    let list = || search(&client, module(ModuleKind::Search, requests), "{}");
    assert_eq!(list().stream().filter(|item| std::future::ready(item.is_ok())).count().await, 4);
    assert_eq!(list().await.unwrap_err().kind(), ErrorKind::Timeout, "as a list it is one call");
}

#[tokio::test]
async fn connecting_has_its_time() {
    // Nobody answers at an address that is kept for documentation; where the machine has no route there, it says so
    // at once, which is as good.
    let client = builder_at("http://192.0.2.1:9", connector("{}")).connect_timeout(SOON).build().unwrap();
    let started = Instant::now();
    let error = act(&client, "{}", r#"{"url":"/"}"#).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Timeout | ErrorKind::Connection), "{error}");
    assert!(!error.may_have_been_sent() && error.is_retryable());
    assert!(started.elapsed() < Duration::from_secs(10));
}
