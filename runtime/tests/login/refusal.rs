//! Refreshes that fail: for good, for now, or nobody knows (rulings 31, 32).

use std::sync::Arc;
use std::time::Duration;

use linchpin::connection::{ConnectionRecord, ConnectionStore as _, Lease, MemoryStore};
use linchpin::transport::BoxFuture;
use linchpin::{Error, ErrorKind};

use super::service::{Planned, Service, tasks};

async fn get(client: &tasks::Client) -> Result<(), Error> {
    client.get_task(tasks::GetTask::new("1")).await.map(drop)
}

async fn over() -> (Service, tasks::Client, Arc<MemoryStore>) {
    let service = Service::start().await;
    let (client, store) = service.stored().await;
    service.clock.advance(Duration::from_secs(3_600));
    (service, client, store)
}

#[tokio::test]
async fn a_refusal_for_good_asks_for_a_login_and_is_never_repeated() {
    for (status, body) in [
        (400, r#"{"error":"invalid_grant","error_description":"revoked"}"#),
        (401, r#"{"error_description":"revoked"}"#),
        (200, r#"{"error":"invalid_grant","error_description":"revoked"}"#),
    ] {
        let (service, client, store) = over().await;
        service.plan(Planned::Says(status, body));
        let results = futures_util::future::join_all((0..10).map(|_| get(&client))).await;
        for error in results.into_iter().map(Result::unwrap_err) {
            assert_eq!((error.kind(), error.needs_login()), (ErrorKind::InvalidAccessToken, true), "{error}");
        }
        assert_eq!(service.refreshes(), 1);
        assert!(get(&client).await.unwrap_err().needs_login());
        assert!(get(&service.client(&store)).await.unwrap_err().needs_login(), "the store knows it as well");
        assert_eq!(service.refreshes(), 1, "{status}");
        assert!(store.load("ada").await.unwrap().unwrap().needs_login());
        // The user logs in anew.
        service.known.lock().unwrap().redeemed.clear();
        let version = store.load("ada").await.unwrap().map(|record| record.version());
        store.save("ada", service.record().await, version).await.unwrap();
        get(&service.client(&store)).await.unwrap();
    }
}

#[tokio::test]
async fn a_failure_for_now_does_not() {
    for (status, body, kind) in [
        (429, "{}", ErrorKind::RateLimit),
        (500, "{}", ErrorKind::Connection),
        (503, r#"{"error":"invalid_grant"}"#, ErrorKind::Connection),
        (400, r#"{"error":"invalid_client"}"#, ErrorKind::InvalidAccessToken),
        (403, "{}", ErrorKind::Runtime),
        (200, r#"{"error":"temporarily_unavailable"}"#, ErrorKind::Connection),
        (200, "{}", ErrorKind::Unexpected),
    ] {
        let (service, client, store) = over().await;
        service.plan(Planned::Says(status, body));
        let error = get(&client).await.unwrap_err();
        assert_eq!((error.kind(), error.needs_login()), (kind, false), "{status} {body}");
        assert_eq!(service.refreshes(), 1, "a refresh is not repeated by itself");
        assert!(!store.load("ada").await.unwrap().unwrap().needs_login());
        get(&client).await.unwrap();
        assert_eq!((service.refreshes(), service.known.lock().unwrap().reused), (2, 0));
    }
}

#[tokio::test]
async fn all_who_wait_share_a_failure() {
    let (service, client, _) = over().await;
    service.plan(Planned::Says(503, "{}"));
    let results = futures_util::future::join_all((0..10).map(|_| get(&client))).await;
    assert!(results.iter().all(Result::is_err));
    assert_eq!(service.refreshes(), 1);
}

#[tokio::test]
async fn a_service_that_cannot_be_reached_asks_for_no_login() {
    let (service, _, store) = over().await;
    let client = tasks::Client::builder()
        .common("server", "http://127.0.0.1:1")
        .allow_host("127.0.0.1")
        .clock(Arc::clone(&service.clock))
        .connection(tasks::Connection::stored(Arc::clone(&store) as _, "ada"))
        .build()
        .unwrap();
    for _ in 0..3 {
        let error = get(&client).await.unwrap_err();
        assert_eq!((error.kind(), error.needs_login()), (ErrorKind::Connection, false), "{error}");
    }
    let record = store.load("ada").await.unwrap().unwrap();
    assert!(!record.to_json().contains("inFlight"), "a process that lives takes its mark away");
    get(&service.client(&store)).await.unwrap();
}

/// As a process leaves it that dies while it waits for the answer of a refresh.
async fn dies_refreshing(store: &Arc<MemoryStore>, tries: u32) {
    let record = store.load("ada").await.unwrap().unwrap();
    let marked = record.to_json().replacen('{', &format!("{{\"inFlight\":1,\"tries\":{tries},"), 1);
    let marked = ConnectionRecord::from_json(marked.as_bytes()).unwrap();
    store.save("ada", marked, Some(record.version())).await.unwrap();
}

#[tokio::test]
async fn a_mark_of_a_dead_process_lets_the_old_token_be_tried_once() {
    let (service, _, store) = over().await;
    dies_refreshing(&store, 1).await;
    get(&service.client(&store)).await.unwrap();
    assert_eq!(service.refreshes(), 1);
    assert!(!store.load("ada").await.unwrap().unwrap().to_json().contains("inFlight"));

    let (service, _, store) = over().await;
    dies_refreshing(&store, 2).await;
    let error = get(&service.client(&store)).await.unwrap_err();
    assert_eq!((error.kind(), error.needs_login()), (ErrorKind::InvalidAccessToken, true), "{error}");
    assert_eq!(service.refreshes(), 0, "the once has been");
}

/// A store that is broken for as long as it is told.
struct Broken(Arc<MemoryStore>, Arc<std::sync::atomic::AtomicU32>);

impl linchpin::connection::ConnectionStore for Broken {
    fn load<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<Option<ConnectionRecord>, Error>> {
        self.0.load(id)
    }

    fn save<'a>(
        &'a self,
        id: &'a str,
        record: ConnectionRecord,
        expected: Option<u64>,
    ) -> BoxFuture<'a, Result<u64, Error>> {
        // The mark is written, the tokens are not.
        if record.to_json().contains("refresh-0002")
            && self.1.fetch_add(1, std::sync::atomic::Ordering::SeqCst) < 2
        {
            return Box::pin(async { Err(Error::new(ErrorKind::Connection, "the disk is full")) });
        }
        self.0.save(id, record, expected)
    }

    fn delete<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<(), Error>> {
        self.0.delete(id)
    }

    fn lock<'a>(&'a self, id: &'a str, ttl: Duration) -> BoxFuture<'a, Result<Box<dyn Lease>, Error>> {
        self.0.lock(id, ttl)
    }
}

#[tokio::test]
async fn tokens_that_cannot_be_stored_are_kept_and_stored_later() {
    let (service, _, store) = over().await;
    let broken = Arc::new(Broken(Arc::clone(&store), Arc::default()));
    let client = service.builder().connection(tasks::Connection::stored(broken, "ada")).build().unwrap();
    for _ in 0..2 {
        assert_eq!(get(&client).await.unwrap_err().message(), "the disk is full");
    }
    get(&client).await.unwrap();
    assert_eq!((service.refreshes(), service.known.lock().unwrap().reused), (1, 0));
    assert!(store.load("ada").await.unwrap().unwrap().to_json().contains("refresh-0002"));
}

#[derive(Clone, Default)]
struct Log(Arc<std::sync::Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, piece: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(piece);
        Ok(piece.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn nothing_secret_is_logged() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_ansi(false);
    let _guard = tracing::subscriber::set_default(subscriber.with_writer(move || writer.clone()).finish());
    let (service, client, _) = over().await;
    get(&client).await.unwrap();
    service.known.lock().unwrap().redeemed.clear();
    service.plan(Planned::Says(400, r#"{"error":"odd","refresh_token":"refresh-7777"}"#));
    let login = service.login();
    let pending = login.start(super::service::REDIRECT).await.unwrap();
    let callback = super::service::come_back(pending.url());
    let error = login.complete(&pending, &callback).await.unwrap_err();
    assert!(!String::from_utf8_lossy(error.body().unwrap()).contains("refresh-7777"));
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(log.contains("/token") && log.contains("grant_type"), "{log}");
    for secret in ["access-000", "refresh-000", "refresh-7777", "client-secret", "code-0001"] {
        assert!(!log.contains(secret), "{secret} is in\n{log}");
    }
}

#[tokio::test]
async fn nothing_secret_is_shown() {
    let (service, client, _) = over().await;
    service.plan(Planned::Says(
        400,
        r#"{"error":"invalid_grant","error_description":"refresh-0001 of client-secret is unknown"}"#,
    ));
    let error = get(&client).await.unwrap_err();
    assert_eq!(error.message(), "*** of *** is unknown");
    let body = String::from_utf8_lossy(error.body().unwrap()).into_owned();
    assert!(!body.contains("refresh-0001") && !body.contains("client-secret"), "{body}");
    assert!(!format!("{client:?} {error:?}").contains("refresh-0001"));
    let record = client.connection_record().await.unwrap().unwrap();
    assert!(!format!("{record:?}").contains("refresh-0001"));
}
