//! What users put around each attempt.

use std::sync::{Arc, Mutex};

use super::support::*;
use linchpin::clock::ManualClock;
use linchpin::resilience::{Attempt, Interceptor, Received, RetryPolicy};
use linchpin::transport::BoxFuture;
use linchpin::value::Date;
use linchpin::{Error, ErrorKind};

type Log = Arc<Mutex<Vec<String>>>;

/// Notes what it sees, and sets a header.
struct Noting(&'static str, Log);

impl Interceptor for Noting {
    fn before<'a>(&'a self, attempt: &'a mut Attempt) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let (name, number) = (self.0, attempt.number());
            self.1.lock().unwrap().push(format!("{name} before {number} {}", attempt.module()));
            attempt.headers_mut().insert("x-by", name.parse().unwrap());
            Ok(())
        })
    }

    fn after<'a>(&'a self, _: &'a Attempt, outcome: Result<&'a Received, &'a Error>) -> BoxFuture<'a, ()> {
        Box::pin(async move {
            let outcome = match outcome {
                Ok(received) => format!("{} {}", received.status().as_u16(), received.bytes()),
                Err(error) => error.kind().to_string(),
            };
            self.1.lock().unwrap().push(format!("{} after {outcome}", self.0));
        })
    }
}

#[tokio::test]
async fn several_run_in_order_around_each_attempt() {
    let server = Server::script(vec![Reply::new(503), Reply::json("{}")]).await;
    let log = Log::default();
    let client = builder(&server, connector("{}"))
        .retry(RetryPolicy::new())
        .clock(ManualClock::new(Date::from_millis(0)))
        .interceptor(Noting("a", Arc::clone(&log)))
        .interceptor(Noting("b", Arc::clone(&log)));
    act(&client.build().unwrap(), "{}", r#"{"url":"/","headers":{"x-own":"1"}}"#).await.unwrap();
    let expected = [
        "a before 1 listTasks",
        "b before 1 listTasks",
        "b after 503 0",
        "a after 503 0",
        "a before 2 listTasks",
        "b before 2 listTasks",
        "b after 200 2",
        "a after 200 2",
    ];
    assert_eq!(*log.lock().unwrap(), expected);
    for seen in server.seen() {
        assert_eq!((seen.header("x-by"), seen.header("x-own")), (Some("b"), Some("1")));
    }
}

#[tokio::test]
async fn what_went_wrong_is_seen() {
    let server = RawServer::start(Vec::new(), false).await;
    let log = Log::default();
    let client = builder_at(&server.url, connector("{}")).interceptor(Noting("a", Arc::clone(&log)));
    act(&client.build().unwrap(), "{}", r#"{"url":"/"}"#).await.unwrap_err();
    assert_eq!(*log.lock().unwrap(), ["a before 1 listTasks", "a after ConnectionError"]);
}

/// Refuses everything, as an open circuit breaker does.
struct Open;

impl Interceptor for Open {
    fn before<'a>(&'a self, _: &'a mut Attempt) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async { Err(Error::new(ErrorKind::OutOfSpace, "the circuit is open")) })
    }
}

#[tokio::test]
async fn an_error_before_an_attempt_keeps_it_from_being_sent() {
    let server = Server::quiet().await;
    let client = builder(&server, connector("{}")).interceptor(Open).build().unwrap();
    let error = act(&client, "{}", r#"{"url":"/"}"#).await.unwrap_err();
    assert_eq!((error.kind(), error.message()), (ErrorKind::OutOfSpace, "the circuit is open"));
    assert!(!error.may_have_been_sent() && server.lines().is_empty());
}

#[tokio::test]
async fn a_header_of_ones_own_goes_home_only() {
    let (home, away) = (Server::quiet().await, Server::quiet().await);
    let log = Log::default();
    let client = builder(&home, connector("{}")).interceptor(Noting("a", log)).build().unwrap();
    let error = act(&client, "{}", &format!(r#"{{"url":"{}/"}}"#, away.url)).await.unwrap_err();
    assert!(error.message().contains("allow_host"), "{error}");
    assert!(away.lines().is_empty());
}

#[tokio::test]
async fn debug_shows_no_secret() {
    struct Shown(Log);
    impl Interceptor for Shown {
        fn before<'a>(&'a self, attempt: &'a mut Attempt) -> BoxFuture<'a, Result<(), Error>> {
            self.0.lock().unwrap().push(format!("{attempt:?}"));
            Box::pin(std::future::ready(Ok(())))
        }

        fn after<'a>(
            &'a self,
            attempt: &'a Attempt,
            outcome: Result<&'a Received, &'a Error>,
        ) -> BoxFuture<'a, ()> {
            self.0.lock().unwrap().push(format!("{attempt:?} {outcome:?}"));
            Box::pin(std::future::ready(()))
        }
    }
    let server = Server::start(|_| Reply::json("{}").header("set-cookie", "c=s3cret-cookie")).await;
    let log = Log::default();
    let client = builder(&server, connector("{}")).interceptor(Shown(Arc::clone(&log))).build().unwrap();
    let request =
        r#"{"url":"/bot-s3cret-path/x?key=s3cret-query","headers":{"authorization":"Bearer s3cret-token"}}"#;
    act(&client, "{}", request).await.unwrap();
    let log = log.lock().unwrap().join("\n");
    assert!(log.contains("127.0.0.1") && log.contains("authorization"), "{log}");
    assert!(!log.contains("s3cret"), "{log}");
}
