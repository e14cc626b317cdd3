//! The variables that a template can see (connector.md 9).

use std::sync::Arc;

use smol_str::SmolStr;

use crate::clock::{Clock, SystemClock};
use crate::custom::CustomFunctions;
use crate::random::{self, Random, SystemRandom};
use crate::value::{Object, Value};

/// Roots that have a slot of their own (connector.md 9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Root {
    /// `parameters`
    Parameters,
    /// `connection`
    Connection,
    /// `common`
    Common,
    /// `data`
    Data,
    /// `temp`
    Temp,
    /// `body`
    Body,
    /// `headers`; its keys are compared without regard to case.
    Headers,
    /// `statusCode`
    StatusCode,
    /// `item`
    Item,
    /// `iterate`
    Iterate,
    /// `output`
    Output,
    /// `pagination`
    Pagination,
    /// `query`
    Query,
    /// `payload`
    Payload,
    /// `webhook`
    Webhook,
    /// `oauth`
    Oauth,
    /// `metadata`
    Metadata,
    /// `environment`
    Environment,
    /// `scenario`
    Scenario,
    /// `trigger`
    Trigger,
    /// `method`
    Method,
    /// `rawBody`
    RawBody,
    /// `uid`
    Uid,
}

impl Root {
    /// Every root, in order.
    pub const ALL: [(Self, &'static str); 23] = [
        (Self::Parameters, "parameters"),
        (Self::Connection, "connection"),
        (Self::Common, "common"),
        (Self::Data, "data"),
        (Self::Temp, "temp"),
        (Self::Body, "body"),
        (Self::Headers, "headers"),
        (Self::StatusCode, "statusCode"),
        (Self::Item, "item"),
        (Self::Iterate, "iterate"),
        (Self::Output, "output"),
        (Self::Pagination, "pagination"),
        (Self::Query, "query"),
        (Self::Payload, "payload"),
        (Self::Webhook, "webhook"),
        (Self::Oauth, "oauth"),
        (Self::Metadata, "metadata"),
        (Self::Environment, "environment"),
        (Self::Scenario, "scenario"),
        (Self::Trigger, "trigger"),
        (Self::Method, "method"),
        (Self::RawBody, "rawBody"),
        (Self::Uid, "uid"),
    ];

    /// Finds a root by the name that templates use.
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == name).map(|(root, _)| *root)
    }
}

/// The variables that a template can see, and the clock and randomness that it uses.
///
/// Values are cheap to clone, so a scope owns them; cloning a scope is cheap as well.
///
/// ```
/// use linchpin::scope::{Root, Scope};
/// use linchpin::value::Value;
///
/// let mut scope = Scope::new();
/// scope.insert("statusCode", 200);
/// assert_eq!(scope.root(Root::StatusCode), &Value::from(200));
/// assert!(scope.root(Root::Body).is_nullish());
/// ```
#[derive(Clone, Default)]
pub struct Scope {
    roots: [Value; Root::ALL.len()],
    others: Object,
    clock: Option<Arc<dyn Clock>>,
    random: Option<Arc<dyn Random>>,
    custom: Option<Arc<dyn CustomFunctions>>,
}

impl Scope {
    /// An empty scope: every variable is undefined, time and randomness are those of the system.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The value of a root; undefined when it was not set.
    #[must_use]
    #[inline]
    pub fn root(&self, root: Root) -> &Value {
        &self.roots[root as usize]
    }

    /// The member `key` of a root; undefined when there is none.
    #[must_use]
    #[inline]
    pub fn member(&self, root: Root, key: &str) -> &Value {
        self.root(root).key(key)
    }

    /// Sets a root.
    pub fn set(&mut self, root: Root, value: impl Into<Value>) {
        self.roots[root as usize] = value.into();
    }

    /// A root, to be changed in place.
    pub fn root_mut(&mut self, root: Root) -> &mut Value {
        &mut self.roots[root as usize]
    }

    /// The value of a root that has no slot.
    #[must_use]
    pub fn named(&self, name: &str) -> &Value {
        self.others.get(name).unwrap_or(&Value::UNDEFINED)
    }

    /// Sets a variable by name, also one that has a slot.
    pub fn insert(&mut self, name: &str, value: impl Into<Value>) {
        match Root::find(name) {
            Some(root) => self.set(root, value),
            None => self.others.insert_text(SmolStr::new(name), value.into()),
        }
    }

    /// The value of a variable by name, also of one that has a slot.
    #[must_use]
    pub fn get(&self, name: &str) -> &Value {
        Root::find(name).map_or_else(|| self.named(name), |root| self.root(root))
    }

    /// The place of a template, for the errors of what is called there.
    #[must_use]
    #[inline]
    pub fn at<'a>(&'a self, place: &'a str) -> Site<'a> {
        Site { scope: self, place }
    }

    /// Uses another clock than the system's.
    pub fn set_clock(&mut self, clock: Arc<dyn Clock>) {
        self.clock = Some(clock);
    }

    /// Uses another source of randomness than the system's.
    pub fn set_random(&mut self, random: Arc<dyn Random>) {
        self.random = Some(random);
    }

    /// Gives templates custom functions to call.
    pub fn set_custom(&mut self, functions: Arc<dyn CustomFunctions>) {
        self.custom = Some(functions);
    }

    /// The custom functions.
    pub(crate) fn custom(&self) -> Option<&dyn CustomFunctions> {
        self.custom.as_deref()
    }

    /// A scope with this one's clock, randomness and `environment`, and nothing else.
    #[cfg(feature = "js")]
    pub(crate) fn surroundings(&self) -> Self {
        let mut scope = Self { clock: self.clock.clone(), random: self.random.clone(), ..Self::default() };
        scope.set(Root::Environment, self.root(Root::Environment).clone());
        scope
    }

    /// The clock.
    #[must_use]
    pub fn clock(&self) -> &dyn Clock {
        self.clock.as_deref().unwrap_or(&SystemClock)
    }

    /// The source of randomness.
    #[must_use]
    pub fn randomness(&self) -> &dyn Random {
        self.random.as_deref().unwrap_or(&SystemRandom)
    }

    /// The name of the default time zone: `environment.timezone`. `None` stands for UTC (iml.md 11.1); whether the
    /// name is a known one is for the functions of dates to see.
    #[must_use]
    pub fn time_zone(&self) -> Option<&str> {
        self.root(Root::Environment).key("timezone").as_text().filter(|name| !name.is_empty())
    }

    /// The variable `now`: the current instant (iml.md 4.4).
    #[must_use]
    pub fn now(&self) -> Value {
        Value::Date(self.clock().now())
    }

    /// The variable `timestamp`: whole seconds since 1970-01-01T00:00:00Z (iml.md 4.4).
    #[must_use]
    pub fn timestamp(&self) -> Value {
        Value::from(self.clock().now().as_millis().div_euclid(1_000))
    }

    /// The variable `uuid`: a random UUID of version 4, another one at each use (iml.md 4.4).
    #[must_use]
    pub fn uuid(&self) -> Value {
        Value::from(random::uuid(self.randomness()))
    }

    /// The variable `random`: from 0 up to, but not including, 1, another one at each use (iml.md 4.4).
    #[must_use]
    pub fn random(&self) -> Value {
        Value::number(random::unit(self.randomness()))
    }

    /// The variable `executionId`, which the host supplies (iml.md 4.4).
    #[must_use]
    pub fn execution_id(&self) -> Value {
        self.named("executionId").clone()
    }
}

/// A scope and the place of the template that is running: what functions are given.
#[derive(Clone, Copy)]
pub struct Site<'a> {
    /// The scope, with clock, randomness and time zone.
    pub scope: &'a Scope,
    /// The template's place: file, line, column and key path.
    pub place: &'a str,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::ManualClock;
    use crate::random::SeededRandom;
    use crate::value::Date;

    #[test]
    fn every_root_has_its_own_slot_and_name() {
        let mut scope = Scope::new();
        for (at, (root, name)) in Root::ALL.into_iter().enumerate() {
            assert_eq!(root as usize, at);
            assert_eq!(Root::find(name), Some(root));
            scope.insert(name, at);
        }
        for (at, (root, name)) in Root::ALL.into_iter().enumerate() {
            assert_eq!(scope.root(root), &Value::from(at));
            assert_eq!(scope.get(name), &Value::from(at));
        }
    }

    #[test]
    fn other_variables_are_found_by_name() {
        let mut scope = Scope::new();
        scope.insert("executionId", "e-1");
        assert_eq!(scope.execution_id(), Value::from("e-1"));
        assert_eq!(scope.named("missing"), &Value::Undefined);
    }

    #[test]
    fn time_and_randomness_can_be_fixed() {
        let mut scope = Scope::new();
        scope.set_clock(Arc::new(ManualClock::new(Date::from_millis(1_999))));
        scope.set_random(Arc::new(SeededRandom::new(1)));
        assert_eq!(scope.now(), Value::from(Date::from_millis(1_999)));
        assert_eq!(scope.timestamp(), Value::from(1));
        let first = (scope.uuid(), scope.random());
        assert_ne!(first, (scope.uuid(), scope.random()));
        scope.set_random(Arc::new(SeededRandom::new(1)));
        assert_eq!(first, (scope.uuid(), scope.random()));
    }

    #[test]
    fn the_time_zone_comes_from_the_environment() {
        let mut scope = Scope::new();
        assert_eq!(scope.time_zone(), None);
        scope.set(Root::Environment, Value::parse_json(br#"{"timezone": "Asia/Tokyo"}"#).unwrap());
        assert_eq!(scope.time_zone(), Some("Asia/Tokyo"));
    }

    #[test]
    fn is_shared_between_threads() {
        fn check<T: Send + Sync + 'static>() {}
        check::<Scope>();
    }
}
