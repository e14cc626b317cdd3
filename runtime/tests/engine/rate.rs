//! Limits of rate and of requests at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::support::*;
use futures_util::future::join_all;
use linchpin::ErrorKind;
use linchpin::client::ClientBuilder;
use linchpin::clock::{Clock as _, ManualClock};
use linchpin::resilience::RateLimit;
use linchpin::value::Date;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::sync::mpsc;

const GET: &str = r#"{"url":"/"}"#;

#[tokio::test]
async fn clones_share_the_windows() {
    let server = Server::quiet().await;
    let clock = Arc::new(ManualClock::new(Date::from_millis(0)));
    let limit = RateLimit::new().per_second(2).window(3, Duration::from_secs(10));
    let client =
        builder(&server, connector("{}")).clock(Arc::clone(&clock)).rate_limit(limit).build().unwrap();
    let mut began = Vec::new();
    for _ in 0..7 {
        act(&client.clone(), "{}", GET).await.unwrap();
        began.push(clock.now().as_millis());
    }
    assert_eq!(began, [0, 0, 1_000, 10_000, 10_000, 11_000, 20_000]);
}

#[tokio::test]
async fn each_attempt_counts_and_a_refusal_holds_the_whole_client_back() {
    let server = Server::script(vec![
        Reply::new(429).header("retry-after", "5"),
        Reply::json("{}"),
        Reply::json("{}"),
    ])
    .await;
    let clock = Arc::new(ManualClock::new(Date::from_millis(0)));
    let client = builder(&server, connector("{}")).clock(Arc::clone(&clock));
    let client = client.rate_limit(RateLimit::new().window(2, Duration::from_secs(60))).build().unwrap();
    assert_eq!(act(&client, "{}", GET).await.unwrap_err().kind(), ErrorKind::RateLimit);
    act(&client, "{}", GET).await.unwrap();
    assert_eq!(clock.now().as_millis(), 5_000, "another call waits for what the server has told the first");
    act(&client, "{}", GET).await.unwrap();
    assert_eq!(clock.now().as_millis(), 60_000, "the attempt that was refused counts");
}

#[tokio::test]
async fn too_long_a_wait_fails_at_once() {
    let server = Server::quiet().await;
    let limit = RateLimit::new().per_minute(1).longest_wait(Duration::from_secs(5));
    let client = builder(&server, connector("{}")).rate_limit(limit).build().unwrap();
    act(&client, "{}", GET).await.unwrap();
    let error = act(&client, "{}", GET).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::RateLimit);
    assert!(error.retry_after().unwrap() > Duration::from_secs(50) && !error.may_have_been_sent());
    assert_eq!(server.lines().len(), 1);
}

#[tokio::test]
async fn a_limit_that_lets_nothing_through_is_refused() {
    let client = ClientBuilder::for_connector(Arc::new(connector("{}")));
    let error = client.rate_limit(RateLimit::new().concurrency(0)).build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidConfiguration);
}

/// A server that holds each request until the test lets it go, and says how many it holds at once.
async fn gated() -> (RawServer, Arc<tokio::sync::Semaphore>, Arc<AtomicUsize>) {
    let gate = Arc::new(tokio::sync::Semaphore::new(0));
    let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let (opened, seen) = (Arc::clone(&gate), Arc::clone(&most));
    let server = RawServer::with(move |mut stream| {
        let (gate, now, most) = (Arc::clone(&opened), Arc::clone(&now), Arc::clone(&seen));
        async move {
            read_head(&mut stream).await;
            most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            gate.acquire().await.unwrap().forget();
            now.fetch_sub(1, Ordering::SeqCst);
            let _ = stream
                .write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 7\r\n\r\n{\"a\":1}")
                .await;
        }
    })
    .await;
    (server, gate, most)
}

#[tokio::test]
async fn no_more_than_so_many_at_once() {
    let (server, gate, most) = gated().await;
    let client = builder_at(&server.url, connector("{}")).rate_limit(RateLimit::new().concurrency(3));
    let client = client.build().unwrap();
    let calls = join_all((0..12).map(|_| act(&client, "{}", GET)));
    gate.add_permits(12);
    for result in calls.await {
        result.unwrap();
    }
    assert!(most.load(Ordering::SeqCst) <= 3, "{most:?}");
}

#[tokio::test]
async fn dropping_a_call_ends_its_connection_and_lets_the_next_one_go() {
    let (told, mut hear) = mpsc::unbounded_channel();
    let server = RawServer::with(move |mut stream| {
        let told = told.clone();
        async move {
            read_head(&mut stream).await;
            told.send("asked").unwrap();
            let mut rest = Vec::new();
            let _ = stream.read_to_end(&mut rest).await;
            told.send("closed").unwrap();
        }
    })
    .await;
    let client = builder_at(&server.url, connector("{}")).rate_limit(RateLimit::new().concurrency(1));
    let client = client.build().unwrap();
    for _ in 0..3 {
        let call = tokio::spawn({
            let client = client.clone();
            async move { act(&client, "{}", GET).await }
        });
        assert_eq!(hear.recv().await, Some("asked"));
        call.abort();
        assert!(call.await.unwrap_err().is_cancelled());
        assert_eq!(hear.recv().await, Some("closed"));
    }
}
