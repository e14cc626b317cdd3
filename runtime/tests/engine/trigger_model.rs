//! Random histories of a feed against the promise of triggers: every item once, except the one batch that a crash
//! repeats. They go through the client, over a transport in this process that pages through the feed.
//!
//! The feed keeps what connectors promise: the declared order, unique ids, and nothing new below what was delivered.
//! It grows while it is read. What breaks these promises loses items: one that is inserted with an older date or a
//! lower id than the last that was delivered counts as known; and where pages are counted by offset, one that is
//! removed while the feed is read hides the item that slips over the border of two pages.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use linchpin::client::{Client, ClientBuilder};
use linchpin::resilience::RetryPolicy;
use linchpin::transport::{Body, BoxFuture, SendOptions, Transport};
use linchpin::trigger::TriggerState;
use linchpin::{Error, ErrorKind, Value};
use proptest::prelude::*;

use super::support::*;

/// For each of the two types: 10,000 in all.
const HISTORIES: u32 = 5_000;

#[derive(Debug, Clone)]
enum Event {
    /// An item appears, this many milliseconds behind the newest one (0: the same date).
    Insert(i64),
    /// The item with this index disappears.
    Delete(usize),
    /// An item is changed: it gets the newest date.
    Touch(usize),
    /// A poll whose batch arrives and whose state is saved. Another item appears before its second page.
    Poll { grows: bool },
    /// A poll whose batch arrives, and the program dies before the state is saved.
    Crash,
    /// A poll of which this page does not arrive.
    Fail(usize),
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        5 => (0..3i64).prop_map(Event::Insert),
        1 => (0..40usize).prop_map(Event::Delete),
        1 => (0..40usize).prop_map(Event::Touch),
        3 => any::<bool>().prop_map(|grows| Event::Poll { grows }),
        1 => Just(Event::Crash),
        1 => (0..3usize).prop_map(Event::Fail),
    ]
}

#[derive(Debug, Clone, Copy)]
struct Kind {
    by_date: bool,
    order: &'static str,
    limit: usize,
    page: usize,
}

fn kind(by_date: bool) -> impl Strategy<Value = Kind> {
    let order = prop_oneof![Just("asc"), Just("desc"), Just("unordered")];
    (order, 1..5usize, 1..6usize).prop_map(move |(order, limit, page)| Kind { by_date, order, limit, page })
}

/// The service: items as id and date.
struct Feed {
    kind: Kind,
    items: Vec<(i64, i64)>,
    next_id: i64,
    clock: i64,
    /// Places items of one date, and all items of an unordered feed; fixed while a poll runs.
    shuffle: i64,
    fails_at: Option<usize>,
    grows: bool,
    /// Everything that ever was in it and has not vanished since without being delivered.
    expected: Vec<(i64, i64)>,
}

impl Feed {
    fn insert(&mut self, later: i64) {
        self.clock += later;
        let item = (self.next_id, self.clock);
        self.items.push(item);
        self.expected.push(item);
        self.next_id += 1;
    }

    fn ordered(&self) -> Vec<(i64, i64)> {
        let mut items = self.items.clone();
        let key = |item: &(i64, i64)| if self.kind.by_date { item.1 } else { item.0 };
        items.sort_by_key(|item| item.0.wrapping_mul(self.shuffle | 1).rem_euclid(97));
        match self.kind.order {
            "asc" => items.sort_by_key(key),
            "desc" => items.sort_by_key(|item| std::cmp::Reverse(key(item))),
            _ => {}
        }
        items
    }

    /// The page of this number, from 0. An unordered feed would show a new item anywhere, so it grows at its end.
    fn page(&mut self, number: usize) -> Result<String, Error> {
        if self.fails_at == Some(number) {
            return Err(Error::new(ErrorKind::Connection, "the line is cut"));
        }
        if number == 1 && std::mem::take(&mut self.grows) && self.kind.order != "unordered" {
            self.insert(1);
        }
        let items = self.ordered().into_iter().skip(number * self.kind.page).take(self.kind.page);
        let items: Vec<_> = items.map(|(id, date)| format!(r#"{{"id":{id},"at":{date}}}"#)).collect();
        Ok(format!("[{}]", items.join(",")))
    }
}

#[derive(Clone)]
struct Service(Arc<Mutex<Feed>>);

impl Service {
    fn feed(&self) -> std::sync::MutexGuard<'_, Feed> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Transport for Service {
    fn send(
        &self,
        request: http::Request<Bytes>,
        _: SendOptions,
    ) -> BoxFuture<'_, Result<http::Response<Body>, Error>> {
        let number =
            request.uri().query().and_then(|query| query.strip_prefix("page=")?.parse::<usize>().ok());
        let page = self.feed().page(number.map_or(0, |number| number - 1));
        Box::pin(std::future::ready(page.map(|page| http::Response::new(Body::from(Bytes::from(page))))))
    }
}

/// The caller: what it saved, what arrived, and what a crash may repeat.
struct World {
    service: Service,
    trigger: linchpin::client::Trigger<Value>,
    saved: String,
    arrived: BTreeMap<(i64, i64), usize>,
    repeats: BTreeMap<(i64, i64), usize>,
}

impl World {
    fn new(kind: Kind) -> Self {
        let feed = Feed {
            kind,
            items: Vec::new(),
            next_id: 1,
            clock: 1,
            shuffle: 0,
            fails_at: None,
            grows: false,
            expected: Vec::new(),
        };
        let service = Service(Arc::new(Mutex::new(feed)));
        let builder: ClientBuilder<Client> = ClientBuilder::for_connector(Arc::new(connector("{}")));
        let client = builder.transport(service.clone()).retry(RetryPolicy::none()).build().unwrap();
        let by = if kind.by_date { "date" } else { "id" };
        let requests = format!(
            r#"{{"url":"https://api.tasks.example/","pagination":{{"qs":{{"page":"{{pagination.page}}"}}}},
            "response":{{"type":"json","iterate":"{{body}}","limit":{},
            "trigger":{{"type":"{by}","order":"{}","id":"{{item.id}}","date":"{{item.at}}"}}}}}}"#,
            kind.limit, kind.order
        );
        let saved = TriggerState::all().to_json();
        Self {
            service,
            trigger: trigger(&client, &requests),
            saved,
            arrived: BTreeMap::new(),
            repeats: BTreeMap::new(),
        }
    }

    /// Polls; the state goes through its text each time, as it does between runs of a program.
    fn poll(&mut self) -> Option<(Vec<(i64, i64)>, String)> {
        let mut state = TriggerState::from_json(self.saved.as_bytes()).unwrap();
        let before = state.clone();
        let polled = futures_util::FutureExt::now_or_never(self.trigger.poll(&mut state)).unwrap();
        let Ok(batch) = polled else {
            assert_eq!(state, before, "a poll that fails changes nothing");
            return None;
        };
        assert!(!state.is_cut());
        let number = |bundle: &Value, key: &str| bundle.key(key).as_i64().unwrap();
        Some((
            batch.iter().map(|bundle| (number(bundle, "id"), number(bundle, "at"))).collect(),
            state.to_json(),
        ))
    }

    fn step(&mut self, step: &Event, shuffle: i64) {
        let by_date = self.service.feed().kind.by_date;
        let count = self.service.feed().items.len();
        self.service.feed().shuffle = shuffle;
        match step {
            Event::Insert(later) => self.service.feed().insert(*later),
            Event::Delete(at) if count > 0 => {
                let gone = self.service.feed().items.remove(at % count);
                self.forget(gone);
            }
            Event::Touch(at) if by_date && count > 0 => {
                let mut feed = self.service.feed();
                feed.clock += 1;
                let (at, clock) = (at % count, feed.clock);
                let old = feed.items[at];
                feed.items[at].1 = clock;
                feed.expected.push((old.0, clock));
                drop(feed);
                self.forget(old);
            }
            Event::Delete(_) | Event::Touch(_) => {}
            Event::Poll { grows } => {
                self.service.feed().grows = *grows;
                self.deliver(true);
            }
            Event::Crash => self.deliver(false),
            Event::Fail(page) => {
                self.service.feed().fails_at = Some(*page);
                // A short feed has no such page: the poll succeeds then, and its batch arrives.
                self.deliver(true);
            }
        }
        let mut feed = self.service.feed();
        (feed.grows, feed.fails_at) = (false, None);
    }

    fn deliver(&mut self, saves: bool) {
        let Some((bundles, state)) = self.poll() else { return };
        assert!(bundles.len() <= self.service.feed().kind.limit);
        for bundle in bundles {
            *self.arrived.entry(bundle).or_default() += 1;
            if !saves {
                *self.repeats.entry(bundle).or_default() += 1;
            }
        }
        if saves {
            self.saved = state;
        }
    }

    /// An item that is gone before it was polled cannot be expected.
    fn forget(&mut self, item: (i64, i64)) {
        let arrived = self.arrived.contains_key(&item);
        self.service.feed().expected.retain(|known| *known != item || arrived);
    }

    /// Polls until the feed, which stands still now, gives nothing more.
    fn drain(&mut self) {
        loop {
            let before = self.saved.clone();
            self.step(&Event::Poll { grows: false }, 7);
            if self.saved == before {
                return;
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: HISTORIES, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_item_arrives_by_date_and_only_a_crash_repeats(kind in kind(true), history in history()) {
        check(kind, &history);
    }

    #[test]
    fn every_item_arrives_by_id_and_only_a_crash_repeats(kind in kind(false), history in history()) {
        check(kind, &history);
    }
}

fn history() -> impl Strategy<Value = Vec<(Event, i64)>> {
    prop::collection::vec((event(), 0..1_000i64), 0..16)
}

fn check(kind: Kind, history: &[(Event, i64)]) {
    let mut world = World::new(kind);
    for (step, shuffle) in history {
        world.step(step, *shuffle);
    }
    world.drain();
    for item in &world.service.feed().expected {
        assert!(world.arrived.contains_key(item), "lost {item:?}");
    }
    for (item, count) in &world.arrived {
        let allowed = 1 + world.repeats.get(item).copied().unwrap_or(0);
        assert!(*count <= allowed, "{item:?} arrived {count} times");
    }
}
