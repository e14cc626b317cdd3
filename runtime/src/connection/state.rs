//! A connection in use, shared by all clones of a client.

use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use super::given::{Given, StoredConnection};
use super::record::ConnectionRecord;
use crate::client::core::Core;
use crate::engine::Run;
use crate::engine::account::Kept;
use crate::engine::blotter::Blotter;
use crate::engine::job::{Job, add_secrets};
use crate::error::{Error, ErrorKind};
use crate::plan::Plan;
use crate::plan::{Connection, Connector};
use crate::scope::Root;
use crate::transport::BoxFuture;
use crate::value::{Object, Value};

/// A connection in use.
pub(crate) struct ConnectionState {
    connector: Plan<Connector>,
    /// Its position among the connector's connections; that of a stored one is known when it has been read.
    at: OnceLock<usize>,
    stored: Option<StoredConnection>,
    snapshot: RwLock<Arc<Snapshot>>,
    /// One task at a time reads, verifies or renews; the others wait and take its result.
    gate: tokio::sync::Mutex<()>,
}

/// What is known of a connection at one moment.
#[derive(Clone, Default)]
pub(crate) struct Snapshot {
    /// The values of the form, and what answers have added.
    pub(crate) data: Object,
    pub(crate) metadata: Option<Value>,
    pub(crate) uid: Option<Value>,
    pub(crate) expires: Option<Value>,
    /// All that is secret in `data`.
    pub(crate) blotter: Blotter,
    version: Option<u64>,
    loaded: bool,
    verified: bool,
}

impl ConnectionState {
    pub(crate) fn new(connector: Plan<Connector>, given: Given) -> Result<Self, Error> {
        let (at, stored, snapshot) = match given {
            Given::Values { name, data } => {
                let at = position(&connector, &name)?;
                let at_once = OnceLock::from(at);
                let snapshot = Snapshot { data, loaded: true, ..Snapshot::default() };
                (at_once, None, snapshot)
            }
            Given::Stored(stored) => (OnceLock::new(), Some(stored), Snapshot::default()),
        };
        let state =
            Self { connector, at, stored, snapshot: RwLock::default(), gate: tokio::sync::Mutex::default() };
        state.replace(snapshot);
        Ok(state)
    }

    /// The plan, once it is known which connection this is.
    fn plan(&self) -> Option<&Connection> {
        self.connector.connections.get(*self.at.get()?)
    }

    /// The connection's name, once it is known.
    pub(crate) fn name(&self) -> Option<&str> {
        self.plan().map(|plan| &*plan.name)
    }

    pub(crate) fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&self.snapshot.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn replace(&self, mut snapshot: Snapshot) {
        let mut blotter = Blotter::default();
        let data = Value::from(snapshot.data.clone());
        if let Some(plan) = self.plan() {
            add_secrets(&plan.parameters, &data, &mut blotter);
        }
        blotter.add_leaves(&data);
        snapshot.blotter = blotter;
        *self.snapshot.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(snapshot);
    }

    /// Reads a stored connection, once for all clones.
    pub(crate) async fn load(&self) -> Result<(), Error> {
        if self.snapshot().loaded {
            return Ok(());
        }
        let _gate = self.gate.lock().await;
        if self.snapshot().loaded {
            return Ok(());
        }
        let Some(stored) = &self.stored else { return Ok(()) };
        let record = stored.store.load(&stored.id).await?.ok_or_else(|| {
            let message = format!("the store has no connection {:?}", stored.id);
            Error::new(ErrorKind::InvalidConfiguration, message)
        })?;
        let at = position(&self.connector, record.connection())?;
        if *self.at.get_or_init(|| at) != at {
            let message = format!("the stored connection {:?} has become one of another kind", stored.id);
            return Err(Error::new(ErrorKind::InvalidConfiguration, message));
        }
        let version = Some(record.version());
        let ConnectionRecord { data, metadata, uid, expires, .. } = record;
        self.replace(Snapshot { data, metadata, uid, expires, version, loaded: true, ..Snapshot::default() });
        Ok(())
    }

    /// What precedes every request.
    pub(crate) async fn validate(self: &Arc<Self>, core: &Arc<Core>) -> Result<(), Error> {
        self.learn(core).await
    }

    /// Reads a stored connection, and verifies one from whose answers templates expect keys, once (rulings 24).
    pub(crate) async fn learn(self: &Arc<Self>, core: &Arc<Core>) -> Result<(), Error> {
        self.load().await?;
        if !self.must_learn() {
            return Ok(());
        }
        let _gate = self.gate.lock().await;
        if !self.must_learn() {
            return Ok(());
        }
        self.run_verify(core).await
    }

    fn must_learn(&self) -> bool {
        let Some(plan) = self.plan().filter(|plan| !plan.learned.is_empty()) else { return false };
        let snapshot = self.snapshot();
        !snapshot.verified && plan.learned.iter().any(|key| !snapshot.data.contains_key(key))
    }

    /// Runs the connection's requests and keeps what they say (connector.md 10.2).
    pub(crate) async fn verify(self: &Arc<Self>, core: &Arc<Core>) -> Result<(), Error> {
        self.load().await?;
        let _gate = self.gate.lock().await;
        self.run_verify(core).await
    }

    /// Runs while the gate is held. It is boxed, since the engine that calls it is also what it runs.
    fn run_verify<'a>(self: &'a Arc<Self>, core: &'a Arc<Core>) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let Some(at) = self.at.get().copied() else { return Ok(()) };
            let mut scope = core.scope();
            let data = self.snapshot().data.clone();
            for root in [Root::Parameters, Root::Data, Root::Connection] {
                scope.set(root, data.clone());
            }
            if let Some(plan) = self.plan() {
                scope.set(Root::Common, core.connection_common(plan));
            }
            let job = Job::Verify(self.connector.clone(), at);
            let mut run = Run::new(Arc::clone(core), job, scope, Some(Arc::clone(self)));
            run.finish().await?;
            self.keep(run.kept).await
        })
    }

    /// Stores what was learned before anybody sees it.
    async fn keep(&self, kept: Kept) -> Result<(), Error> {
        let mut next = (*self.snapshot()).clone();
        next.data.spread(&Value::from(kept.data));
        next.metadata = kept.metadata.or(next.metadata);
        next.uid = kept.uid.or(next.uid);
        next.expires = kept.expires.or(next.expires);
        next.verified = true;
        if let (Some(stored), Some(name)) = (&self.stored, self.name()) {
            let mut record = ConnectionRecord::new(name, next.data.clone());
            record.metadata.clone_from(&next.metadata);
            record.uid.clone_from(&next.uid);
            record.expires.clone_from(&next.expires);
            next.version = Some(stored.store.save(&stored.id, record, next.version).await?);
        }
        self.replace(next);
        Ok(())
    }
}

fn position(connector: &Connector, name: &str) -> Result<usize, Error> {
    connector.connections.iter().position(|connection| connection.name == name).ok_or_else(|| {
        let message = format!("{} has no connection {name:?}", connector.name);
        Error::new(ErrorKind::InvalidConfiguration, message)
    })
}
