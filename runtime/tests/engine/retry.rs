//! Retries: what is sent again, when, and what never is (rulings 26, 27).

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::support::*;
use linchpin::client::{Client, ClientBuilder};
use linchpin::clock::{Clock as _, ManualClock};
use linchpin::plan::ModuleKind;
use linchpin::random::SeededRandom;
use linchpin::resilience::RetryPolicy;
use linchpin::value::Date;
use linchpin::{Error, ErrorKind, Value};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;

/// Sun, 06 Nov 1994 08:49:37 GMT.
const NOW: i64 = 784_111_777_000;

/// A client with default retries, on a clock that nobody waits for.
struct Setup {
    client: Client,
    clock: Arc<ManualClock>,
}

impl Setup {
    fn new(url: &str, change: impl FnOnce(ClientBuilder<Client>) -> ClientBuilder<Client>) -> Self {
        let clock = Arc::new(ManualClock::new(Date::from_millis(NOW)));
        let builder = ClientBuilder::for_connector(Arc::new(connector("{}"))).base_url(url);
        let builder = builder.clock(Arc::clone(&clock)).random(SeededRandom::new(1));
        Self { client: change(builder).build().unwrap(), clock }
    }

    fn usual(server: &Server) -> Self {
        Self::new(&server.url, |builder| builder)
    }

    async fn act(&self, request: &str) -> Result<Value, Error> {
        act(&self.client, "{}", request).await
    }

    fn waited(&self) -> Duration {
        Duration::from_millis(u64::try_from(self.clock.now().as_millis() - NOW).unwrap())
    }
}

/// Fails `times` times, then answers.
async fn flaky(times: usize, fail: impl Fn() -> Reply + Send + Sync + 'static) -> Server {
    let count = AtomicUsize::new(0);
    Server::start(move |_| {
        if count.fetch_add(1, Ordering::SeqCst) < times { fail() } else { Reply::json(r#"{"ok":true}"#) }
    })
    .await
}

const GET: &str = r#"{"url":"/"}"#;
const POST: &str = r#"{"url":"/","method":"POST","body":{"a":1}}"#;

#[tokio::test]
async fn a_service_that_is_down_for_a_moment_is_no_error() {
    for status in [429, 500, 502, 503, 504] {
        let server = flaky(2, move || Reply::new(status)).await;
        let setup = Setup::usual(&server);
        assert_eq!(setup.act(GET).await.unwrap(), json(r#"{"ok":true}"#), "{status}");
        assert_eq!(server.lines(), ["GET /"; 3]);
        let waited = setup.waited();
        assert!((1_500..3_000).contains(&waited.as_millis()), "{waited:?}");
    }
}

#[tokio::test]
async fn three_attempts_are_enough_and_what_cannot_help_is_not_tried() {
    let server = flaky(9, || Reply::new(503).body("down")).await;
    let error = Setup::usual(&server).act(GET).await.unwrap_err();
    assert_eq!((error.status(), error.body()), (Some(503), Some(&b"down"[..])));
    assert_eq!(server.lines().len(), 3);
    for status in [400, 401, 403, 404, 409] {
        let server = flaky(1, move || Reply::new(status)).await;
        assert_eq!(Setup::usual(&server).act(GET).await.unwrap_err().status(), Some(status));
        assert_eq!(server.lines().len(), 1, "{status}");
    }
    let server = flaky(1, || Reply::new(503)).await;
    let never = Setup::new(&server.url, |builder| builder.retry(RetryPolicy::none()));
    assert_eq!(never.act(GET).await.unwrap_err().status(), Some(503));
    assert_eq!(server.lines().len(), 1);
}

#[tokio::test]
async fn both_forms_of_retry_after_are_waited_for() {
    for (text, seconds) in [("7", 7), ("Sun, 06 Nov 1994 08:50:07 GMT", 30)] {
        let server = flaky(1, move || Reply::new(429).header("retry-after", text)).await;
        let setup = Setup::usual(&server);
        setup.act(GET).await.unwrap();
        assert_eq!(setup.waited(), Duration::from_secs(seconds), "{text}");
    }
}

#[tokio::test]
async fn a_long_retry_after_is_left_to_the_caller() {
    let server = flaky(1, || Reply::new(429).header("retry-after", "61")).await;
    let setup = Setup::usual(&server);
    let error = setup.act(GET).await.unwrap_err();
    assert_eq!((error.kind(), error.retry_after()), (ErrorKind::RateLimit, Some(Duration::from_secs(61))));
    assert_eq!(setup.waited(), Duration::ZERO);
    let policy = RetryPolicy::new().longest_retry_after(Duration::from_secs(100));
    Setup::new(&server.url, |builder| builder.retry(policy)).act(GET).await.unwrap();
}

#[tokio::test]
async fn what_may_have_been_done_is_not_done_twice() {
    let server = flaky(1, || Reply::new(503)).await;
    assert_eq!(Setup::usual(&server).act(POST).await.unwrap_err().status(), Some(503));
    assert_eq!(server.lines(), ["POST /"]);

    let server = flaky(1, || Reply::new(429)).await;
    Setup::usual(&server).act(POST).await.unwrap();
    assert_eq!(server.lines(), ["POST /"; 2], "what was refused has not been done");
    assert_eq!(server.seen()[1].text(), r#"{"a":1}"#, "the body is sent again");

    let server = flaky(1, || Reply::new(503)).await;
    let policy = RetryPolicy::new().repeat_unsafe(true);
    Setup::new(&server.url, |builder| builder.retry(policy)).act(POST).await.unwrap();
    assert_eq!(server.lines().len(), 2, "the caller has said so");
}

#[tokio::test]
async fn a_key_of_idempotency_stays_the_same() {
    let server = flaky(2, || Reply::new(502)).await;
    let request = r#"{"url":"/","method":"POST","headers":{"Idempotency-Key":"{parameters.key}-{now}"}}"#;
    act(&Setup::usual(&server).client, r#"{"key":"k"}"#, request).await.unwrap();
    let keys: Vec<_> =
        server.seen().iter().map(|seen| seen.header("idempotency-key").unwrap().to_owned()).collect();
    assert_eq!(keys.len(), 3);
    assert!(keys.iter().all(|key| *key == keys[0]), "{keys:?}");
}

#[tokio::test]
async fn signatures_are_made_anew() {
    let server = flaky(1, || Reply::new(503)).await;
    let oauth = r#"{"url":"/","oauth":{"consumer_key":"ck","consumer_secret":"a-secret","token":"t","token_secret":"s-secret"}}"#;
    Setup::usual(&server).act(oauth).await.unwrap();
    let signed: Vec<_> =
        server.seen().iter().map(|seen| seen.header("authorization").unwrap().to_owned()).collect();
    assert_eq!(signed.len(), 2);
    assert_ne!(signed[0], signed[1], "a nonce is used once");
}

#[tokio::test]
async fn the_connector_says_what_has_failed() {
    let body = r#"{"error":"slow down"}"#;
    let server = flaky(2, move || Reply::json(body)).await;
    let request = r#"{"url":"/","response":{"valid":{"condition":"{!body.error}","type":"RateLimitError"}}}"#;
    Setup::usual(&server).act(request).await.unwrap();
    assert_eq!(server.lines().len(), 3, "a refusal with status 200");

    let server = flaky(9, || Reply::new(503)).await;
    let request = r#"{"url":"/","response":{"valid":"{statusCode == 503}","output":{"down":true}}}"#;
    Setup::usual(&server).act(request).await.unwrap();
    assert_eq!(server.lines().len(), 1, "an answer that is good to the connector");
}

#[tokio::test]
async fn an_answer_that_was_refused_leaves_nothing_in_temp() {
    let server = flaky(1, || Reply::json(r#"{"busy":true}"#).status(503)).await;
    let request = r#"{"url":"/","response":{"temp":{"busy":"{body.busy}"},"output":{"busy":"{temp.busy}","ok":"{body.ok}"}}}"#;
    assert_eq!(Setup::usual(&server).act(request).await.unwrap().to_json().unwrap(), r#"{"ok":true}"#);
}

#[tokio::test]
async fn one_page_is_asked_for_again_and_not_the_pages_before_it() {
    let count = AtomicUsize::new(0);
    let server = Server::start(move |seen| {
        if seen.target == "/?page=2" && count.fetch_add(1, Ordering::SeqCst) == 0 {
            return Reply::new(503);
        }
        let page = &seen.target["/?page=".len()..];
        Reply::json(format!(r#"{{"more":{},"items":[{{"page":{page}}}]}}"#, page != "3"))
    })
    .await;
    let requests = r#"{"url":"/","qs":{"page":"{pagination.page}"},"response":{"iterate":"{body.items}"},
        "pagination":{"condition":"{body.more}"}}"#;
    let setup = Setup::new(&server.url, |builder| builder.max_requests(3));
    let search = search(&setup.client, module(ModuleKind::Search, requests), "{}");
    assert_eq!(search.await.unwrap().len(), 3, "an attempt is no further request");
    assert_eq!(server.lines(), ["GET /?page=1", "GET /?page=2", "GET /?page=2", "GET /?page=3"]);
}

#[tokio::test]
async fn waits_end_before_the_call_must() {
    let server = flaky(1, || Reply::new(429).header("retry-after", "30")).await;
    let setup = Setup::new(&server.url, |builder| builder.call_timeout(Duration::from_secs(20)));
    let error = setup.act(GET).await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::RateLimit, Some(429)), "not a mere timeout");
    assert_eq!(setup.waited(), Duration::ZERO);
}

/// Serves by bytes: for each connection the next of `serve`, the last one for ever.
async fn raw(serve: Vec<&'static str>, seen: Arc<AtomicUsize>) -> RawServer {
    RawServer::with(move |mut stream: TcpStream| {
        let at = seen.fetch_add(1, Ordering::SeqCst);
        let answer = serve[at.min(serve.len() - 1)];
        async move {
            if answer == "reset before" {
                // Closing with zero linger resets the connection.
                let _ = stream.set_zero_linger();
                return;
            }
            read_head(&mut stream).await;
            if answer == "reset after" {
                let _ = stream.set_zero_linger();
                return;
            }
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    })
    .await
}

const OK: &str =
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n{\"ok\":true}";
const HALF: &str = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n{\"ok\"";

#[tokio::test]
async fn connections_that_break() {
    for fault in ["reset before", "reset after", "", HALF] {
        let seen = Arc::new(AtomicUsize::new(0));
        let server = raw(vec![fault, OK], Arc::clone(&seen)).await;
        let setup = Setup::new(&server.url, |builder| builder);
        assert_eq!(setup.act(GET).await.unwrap(), json(r#"{"ok":true}"#), "{fault:?}");
        assert_eq!(seen.load(Ordering::SeqCst), 2, "{fault:?}");
    }
    for fault in ["reset after", HALF] {
        let seen = Arc::new(AtomicUsize::new(0));
        let server = raw(vec![fault, OK], Arc::clone(&seen)).await;
        let error = Setup::new(&server.url, |builder| builder).act(r#"{"url":"/","method":"POST"}"#).await;
        let error = error.unwrap_err();
        assert!(error.kind() == ErrorKind::Connection && error.may_have_been_sent(), "{error}");
        assert_eq!(seen.load(Ordering::SeqCst), 1, "{fault:?}");
    }
}

#[tokio::test]
async fn what_was_never_sent_is_sent_again_whatever_its_method() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let setup = Setup::new(&url, |builder| builder);
    let error = setup.act(POST).await.unwrap_err();
    assert!(!error.may_have_been_sent(), "{error}");
    assert!(setup.waited() >= Duration::from_millis(1_500), "two waits");
}

#[tokio::test]
async fn an_earlier_attempt_may_have_been_sent_though_the_last_was_not() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    // One connection is served, then nobody listens any more.
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        drop(listener);
        read_head(&mut stream).await;
    });
    let error = Setup::new(&url, |builder| builder).act(GET).await.unwrap_err();
    assert!(error.message().contains("refused"), "{error}");
    assert!(error.may_have_been_sent());
}

#[tokio::test]
async fn a_redirect_that_leads_to_nowhere_was_reached_by_a_request() {
    let server = Server::start(|_| Reply::redirect(303, "http://127.0.0.1:1/")).await;
    let error = act(&client(&server), "{}", r#"{"url":"/","method":"POST"}"#).await.unwrap_err();
    assert!(error.may_have_been_sent(), "{error}");
}

#[tokio::test]
async fn a_call_may_have_a_policy_of_its_own() {
    let server = flaky(4, || Reply::new(503)).await;
    let setup = Setup::usual(&server);
    let module = Arc::new(module(ModuleKind::Action, GET));
    let call = linchpin::client::Call::<Value>::new(&setup.client, module, linchpin::Object::new());
    let policy = RetryPolicy::new().attempts(5).retry_if(|error| error.status() == Some(503));
    call.retry(policy).await.unwrap();
    assert_eq!(server.lines().len(), 5);
}
