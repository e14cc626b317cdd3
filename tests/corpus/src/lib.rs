//! Clients of a corpus of connectors, and the means to compare what they send with what the connectors say.
//!
//! `build.rs` generates a client for every connector of `../shared/corpus`, or of what `LINCHPIN_CORPUS` names, and a
//! call with sample input for every module. Nothing here knows any of those connectors by name.

pub mod event;
pub mod folders;
pub mod oracle;
pub mod pattern;
pub mod recorder;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use linchpin::__private::v1::{ClientBuilder, Credentials, Input};
use linchpin::clock::ManualClock;
use linchpin::random::SeededRandom;
use linchpin::transport::Transport;
use linchpin::{Date, Error, Object, Value};

/// Makes a client and its calls.
pub type Prepare = fn(Setup) -> Result<Prepared, Error>;

/// One connector of the corpus.
#[derive(Clone, Copy)]
pub struct Subject {
    /// Where it is.
    pub folder: &'static str,
    /// Makes a client and its calls; or what is wrong with the connector.
    pub prepare: Result<Prepare, &'static str>,
}

/// What clients of a test have in common.
#[derive(Clone)]
pub struct Setup {
    /// How requests are sent.
    pub transport: Arc<dyn Transport>,
}

impl Setup {
    /// Gives a client's builder a transport, a clock on which waiting takes no time, and chance that can be repeated.
    pub fn apply<C>(&self, builder: ClientBuilder<C>) -> ClientBuilder<C> {
        let new_year = Date::from_millis(1_767_225_600_000);
        builder
            .transport(Arc::clone(&self.transport))
            .clock(ManualClock::new(new_year))
            .random(SeededRandom::new(1))
    }

    /// Sets a constant to a sample.
    pub fn common<C>(
        &self,
        builder: ClientBuilder<C>,
        prepared: &mut Prepared,
        name: &str,
    ) -> ClientBuilder<C> {
        let sample = format!("sample-common-{name}");
        prepared.common.set(name, sample.as_str());
        builder.common(name, sample)
    }
}

/// A future that is called later.
pub type Run = Pin<Box<dyn Future<Output = Result<(), Error>> + Send>>;

/// A client that is ready, and its calls.
#[derive(Default)]
pub struct Prepared {
    /// Sample constants.
    pub common: Object,
    /// Sample credentials, by the name of the connection.
    pub credentials: Vec<(&'static str, Object)>,
    /// The calls: module, parameters, and what to await.
    pub calls: Vec<(&'static str, Object, Run)>,
    /// The instant triggers, each with its webhook.
    pub events: Vec<event::Event>,
}

impl Prepared {
    /// Notes the credentials of a connection.
    pub fn credentials(&mut self, name: &'static str, credentials: impl Credentials) {
        self.credentials.push((name, credentials.into_object()));
    }

    /// Notes a call.
    pub fn call(
        &mut self,
        module: &'static str,
        input: impl Input,
        run: impl Future<Output = Result<(), Error>> + Send + 'static,
    ) {
        self.calls.push((module, input.into_object(), Box::pin(run)));
    }
}

/// Sets a key that no field has to a sample.
pub fn fill(extra: &mut Object, fields: &[&str], key: &str, sample: &str) {
    if !fields.contains(&key) {
        extra.set(key, Value::from(sample));
    }
}

#[allow(missing_docs, unreachable_pub, clippy::all, reason = "the build script writes this module")]
mod subjects {
    include!(concat!(env!("OUT_DIR"), "/subjects.rs"));
}

pub use subjects::SUBJECTS;
