//! Triggers that are polled for ever, over stores that survive crashes.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::StreamExt as _;
use linchpin::clock::{Clock as _, ManualClock};
use linchpin::transport::BoxFuture;
use linchpin::trigger::{FileTriggerStore, MemoryTriggerStore, StoredState, TriggerState, TriggerStore};
use linchpin::{Date, Error, ErrorKind, Value};

use super::support::*;

const TASKS: &str = r#"{"url":"/tasks","response":{"iterate":"{body}","limit":2,"trigger":{"type":"id","order":"asc","id":"{item.id}"}}}"#;
const HOUR: Duration = Duration::from_secs(3_600);

fn ids(batch: &[Value]) -> Vec<i64> {
    batch.iter().map(|bundle| bundle.key("id").as_i64().unwrap()).collect()
}

/// A store that fails when it is told to.
#[derive(Default)]
struct Flaky {
    inner: MemoryTriggerStore,
    fails: AtomicUsize,
    saves: AtomicUsize,
}

impl Flaky {
    fn check(&self) -> Result<(), Error> {
        let failing = self.fails.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        failing.map_or(Ok(()), |_| Err(Error::new(ErrorKind::Connection, "the disk is gone")))
    }
}

impl TriggerStore for Flaky {
    fn load<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<Option<TriggerState>, Error>> {
        Box::pin(async move {
            self.check()?;
            self.inner.load(id).await
        })
    }

    fn save<'a>(&'a self, id: &'a str, state: &'a TriggerState) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            self.check()?;
            self.saves.fetch_add(1, Ordering::SeqCst);
            self.inner.save(id, state).await
        })
    }

    fn delete<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<(), Error>> {
        self.inner.delete(id)
    }
}

fn start() -> Date {
    Date::from_millis(0)
}

#[tokio::test]
async fn the_state_is_saved_when_the_batch_was_taken() {
    let server = Server::start(|_| r#"[{"id":1},{"id":2},{"id":3}]"#).await;
    let clock = Arc::new(ManualClock::new(start()));
    let client = builder(&server, connector("{}")).clock(Arc::clone(&clock)).build().unwrap();
    let store = Arc::new(Flaky::default());
    let at = || StoredState::new(Arc::clone(&store) as Arc<dyn TriggerStore>, "ada/tasks");
    let mut watch = trigger(&client, TASKS).watch(HOUR, at());
    assert_eq!(ids(&watch.next().await.unwrap().unwrap()), [1, 2]);
    assert_eq!(store.inner.load("ada/tasks").await.unwrap(), Some(TriggerState::all()), "where it started");
    // The program dies: the batch comes again, and once.
    drop(watch);
    let mut watch = trigger(&client, TASKS).watch(HOUR, at());
    assert_eq!(ids(&watch.next().await.unwrap().unwrap()), [1, 2]);
    assert_eq!(clock.now(), start(), "the first poll waits for nothing");
    assert_eq!(ids(&watch.next().await.unwrap().unwrap()), [3]);
    assert_eq!(clock.now(), Date::from_millis(3_600_000));
    assert_eq!(store.inner.load("ada/tasks").await.unwrap().unwrap().last_id(), Some("2"));
}

#[tokio::test]
async fn errors_do_not_end_a_watch_and_lose_nothing() {
    let replies = vec![
        Reply::json(r#"[{"id":1}]"#),
        Reply::new(503).body("{}"),
        Reply::json(r#"[{"id":1},{"id":2}]"#),
        Reply::json(r#"[{"id":3}]"#),
    ];
    let server = Server::script(replies).await;
    let clock = Arc::new(ManualClock::new(start()));
    let client = builder(&server, connector("{}")).clock(Arc::clone(&clock)).build().unwrap();
    let store = Arc::new(Flaky::default());
    let mut watch = trigger(&client, TASKS)
        .watch(HOUR, StoredState::new(Arc::clone(&store) as Arc<dyn TriggerStore>, "t"))
        .start(TriggerState::all());
    store.fails.store(1, Ordering::SeqCst);
    assert_eq!(watch.next().await.unwrap().unwrap_err().message(), "the disk is gone");
    assert_eq!(ids(&watch.next().await.unwrap().unwrap()), [1]);
    assert_eq!(watch.next().await.unwrap().unwrap_err().status(), Some(503));
    assert_eq!(ids(&watch.next().await.unwrap().unwrap()), [2]);
    // Saving fails: nothing is polled before it has been saved, so that a crash repeats one batch and no more.
    store.fails.store(2, Ordering::SeqCst);
    let polls = server.seen().len();
    assert!(watch.next().await.unwrap().is_err());
    assert!(watch.next().await.unwrap().is_err());
    assert_eq!(server.seen().len(), polls);
    assert_eq!(ids(&watch.next().await.unwrap().unwrap()), [3]);
    assert_eq!(store.inner.load("t").await.unwrap().unwrap().last_id(), Some("2"));
}

#[tokio::test]
async fn a_clock_that_jumps_back_loses_and_repeats_nothing() {
    let feed = Arc::new(Mutex::new(vec![1]));
    let shown = Arc::clone(&feed);
    let server = Server::start(move |_| {
        let items =
            shown.lock().unwrap().iter().map(|id| format!(r#"{{"id":{id},"at":{id}}}"#)).collect::<Vec<_>>();
        Reply::json(format!("[{}]", items.join(",")))
    })
    .await;
    let clock = Arc::new(ManualClock::new(Date::from_millis(9_000_000_000)));
    let client = builder(&server, connector("{}")).clock(Arc::clone(&clock)).build().unwrap();
    let by_date = TASKS.replace(r#""type":"id""#, r#""type":"date","date":"{item.at}""#);
    let store: Arc<dyn TriggerStore> = Arc::new(MemoryTriggerStore::new());
    let mut watch = trigger(&client, &by_date).watch(HOUR, StoredState::new(store, "t"));
    assert_eq!(ids(&watch.next().await.unwrap().unwrap()), [1]);
    clock.set(Date::from_millis(-9_000_000_000));
    feed.lock().unwrap().extend([2, 3]);
    assert_eq!(ids(&watch.next().await.unwrap().unwrap()), [2, 3]);
}

#[tokio::test]
async fn files_hold_states_and_damaged_ones_are_refused() {
    let folder = std::env::temp_dir().join(format!("linchpin-triggers-{}", std::process::id()));
    let store = FileTriggerStore::new(&folder).unwrap();
    assert_eq!(store.load("a/../b").await.unwrap(), None);
    let state = TriggerState::starting_at("x").unwrap();
    store.save("a/../b", &state).await.unwrap();
    assert_eq!(FileTriggerStore::new(&folder).unwrap().load("a/../b").await.unwrap(), Some(state));
    let file = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    let file = file.into_iter().find(|path| path.extension().is_some_and(|end| end == "json")).unwrap();
    for damaged in ["", "{\"format\":1,\"last", "{\"format\":7}"] {
        std::fs::write(&file, damaged).unwrap();
        let error = store.load("a/../b").await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidConfiguration);
        assert!(error.message().contains("state of a trigger"), "{error}");
    }
    store.delete("a/../b").await.unwrap();
    store.delete("a/../b").await.unwrap();
    assert_eq!(store.load("a/../b").await.unwrap(), None);
    assert!(store.save("", &TriggerState::all()).await.is_err());
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn watches_move_between_threads() {
    fn moves<T: Send + Unpin + 'static>() {}
    moves::<linchpin::client::Watch<Value>>();
    moves::<linchpin::client::Trigger<Value>>();
}
