//! Servers that misbehave (connector.md 8.3).

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::support::*;
use linchpin::client::Client;
use linchpin::{Error, ErrorKind};
use tokio::io::AsyncWriteExt as _;

fn raw_client(server: &RawServer) -> Client {
    builder_at(&server.url, connector("{}")).build().unwrap()
}

async fn fails(answer: &[u8], request: &str) -> Error {
    let server = RawServer::start(answer.to_vec(), false).await;
    act(&raw_client(&server), "{}", request).await.unwrap_err()
}

#[tokio::test]
async fn garbage() {
    let error = fails(b"this is no HTTP at all\r\n\r\n", r#"{"url":"/"}"#).await;
    assert_eq!((error.kind(), error.message()), (ErrorKind::Runtime, "the answer is not HTTP"));
    assert!(error.may_have_been_sent());
}

#[tokio::test]
async fn nothing_at_all() {
    let error = fails(b"", r#"{"url":"/"}"#).await;
    assert_eq!(error.kind(), ErrorKind::Connection);
    assert!(error.may_have_been_sent() && error.is_retryable());
}

#[tokio::test]
async fn half_a_body() {
    for head in ["Content-Length: 100\r\n", "Transfer-Encoding: chunked\r\n"] {
        let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n{head}\r\n{{\"a\":");
        let error = fails(answer.as_bytes(), r#"{"url":"/"}"#).await;
        assert_eq!((error.kind(), error.status()), (ErrorKind::Connection, Some(200)), "{head}");
    }
}

#[tokio::test]
async fn the_wrong_type() {
    let answer = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n<html>503";
    let error = fails(answer, r#"{"url":"/","response":{"type":"json"}}"#).await;
    assert_eq!((error.kind(), error.directive()), (ErrorKind::Runtime, Some("response.type")));
    assert_eq!(error.body(), Some(&b"<html>503"[..]));
}

#[tokio::test]
async fn a_deep_body_is_an_error_and_no_overflow() {
    let body = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    let error = fails(format!("{head}{body}").as_bytes(), r#"{"url":"/","response":{"type":"json"}}"#).await;
    assert_eq!(error.kind(), ErrorKind::Runtime);
}

#[tokio::test]
async fn nobody_listens() {
    // A port that was free a moment ago.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let client = builder_at(&url, connector("{}")).build().unwrap();
    let error = act(&client, "{}", r#"{"url":"/"}"#).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connection);
    assert!(error.message().contains("connection refused"), "{error}");
    assert!(!error.may_have_been_sent() && error.is_retryable());
}

#[tokio::test]
async fn silence_until_the_time_is_over() {
    let silent = RawServer::start(Vec::new(), true).await;
    let half = RawServer::start(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{".to_vec(), true).await;
    for server in [&silent, &half] {
        let started = Instant::now();
        let error = act(&raw_client(server), "{}", r#"{"url":"/","timeout":200}"#).await.unwrap_err();
        assert_eq!((error.kind(), error.message()), (ErrorKind::Timeout, "no complete answer within 200 ms"));
        assert!(error.may_have_been_sent() && error.is_retryable());
        assert!(started.elapsed() < Duration::from_secs(5));
    }
}

#[tokio::test]
async fn whose_limit_of_time_counts() {
    let silent = RawServer::start(Vec::new(), true).await;
    let limited = |spec: &str, builder: Option<u64>| {
        let mut client = builder_at(&silent.url, connector(spec));
        if let Some(millis) = builder {
            client = client.timeout(Duration::from_millis(millis));
        }
        client.build().unwrap()
    };
    for (client, request, expected) in [
        (limited(r#"{"timeout":150}"#, None), r#"{"url":"/"}"#, 150),
        (limited(r#"{"timeout":9000}"#, Some(160)), r#"{"url":"/"}"#, 160),
        (limited(r#"{"timeout":9000}"#, Some(9000)), r#"{"url":"/","timeout":170}"#, 170),
    ] {
        let error = act(&client, "{}", request).await.unwrap_err();
        assert_eq!(error.message(), format!("no complete answer within {expected} ms"));
    }
}

#[tokio::test]
async fn a_huge_body_ends_at_the_cap() {
    let written = Arc::new(AtomicU64::new(0));
    let count = Arc::clone(&written);
    // 300 MB, without a length that would tell beforehand.
    let server = RawServer::with(move |mut stream| {
        let count = Arc::clone(&count);
        async move {
            read_head(&mut stream).await;
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n").await;
            let piece = vec![b'a'; 64 << 10];
            for _ in 0..(300 << 20) / piece.len() {
                if stream.write_all(&piece).await.is_err() {
                    return;
                }
                count.fetch_add(piece.len() as u64, Ordering::SeqCst);
            }
        }
    })
    .await;
    let client = builder_at(&server.url, connector("{}"));
    let client = client.max_response_bytes(4 << 20).build().unwrap();
    let error = act(&client, "{}", r#"{"url":"/"}"#).await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::MaxFileSizeExceeded, Some(200)));
    assert!(written.load(Ordering::SeqCst) < 100 << 20, "the connection is given up");
    let announced = fails(b"HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n", r#"{"url":"/"}"#).await;
    assert_eq!(announced.kind(), ErrorKind::MaxFileSizeExceeded, "a length that is told is believed");
}

#[tokio::test]
async fn the_usual_cap_is_64_mebibytes() {
    let fits = Server::start(|_| Reply::new(200).body(vec![b'a'; 64 << 20])).await;
    let request = r#"{"url":"/","response":{"type":"binary","output":{"ok":true}}}"#;
    act(&client(&fits), "{}", request).await.unwrap();
    let larger = Server::start(|_| Reply::new(200).body(vec![b'a'; (64 << 20) + 1])).await;
    assert_eq!(
        act(&client(&larger), "{}", request).await.unwrap_err().kind(),
        ErrorKind::MaxFileSizeExceeded
    );
}

#[tokio::test]
async fn dropping_a_call_ends_its_work() {
    let silent = RawServer::start(Vec::new(), true).await;
    let client = raw_client(&silent);
    let call = act(&client, "{}", r#"{"url":"/"}"#);
    assert!(tokio::time::timeout(Duration::from_millis(100), call).await.is_err());
}

#[tokio::test]
async fn a_certificate_that_is_none() {
    let server = Server::quiet().await;
    for ca in ["no certificate", "-----BEGIN CERTIFICATE-----\\nAAAA\\n-----END CERTIFICATE-----"] {
        let error = act(&client(&server), "{}", &format!(r#"{{"url":"/","ca":"{ca}"}}"#)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidConfiguration, "{ca}");
    }
    assert!(server.seen().is_empty());
}
