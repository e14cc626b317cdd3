//! A connection in use, shared by all clones of a client.

use std::ops::Deref;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use super::given::{Given, Place, Stored};
use super::phases::Phases;
use super::record::ConnectionRecord;
use super::renew::{Flight, Wanted};
use crate::client::core::Core;
use crate::engine::blotter::Blotter;
use crate::engine::job::add_secrets;
use crate::error::{Error, ErrorKind};
use crate::plan::{Connection, ConnectionKind, Connector, Plan};
use crate::value::{Object, Value};

/// A connection in use.
pub(crate) struct ConnectionState {
    connector: Plan<Connector>,
    /// Its position among the connector's connections; that of a stored one is known when it has been read.
    at: OnceLock<usize>,
    pub(super) place: Option<Place>,
    snapshot: RwLock<Arc<Snapshot>>,
    /// One task at a time reads, verifies or renews; the others wait and take its result.
    pub(super) gate: Arc<tokio::sync::Mutex<Flight>>,
    /// How many have done so.
    pub(super) flights: AtomicU64,
}

/// What is known of a connection at one moment.
#[derive(Clone)]
pub(crate) struct Snapshot {
    pub(super) record: ConnectionRecord,
    /// All that is secret in the record.
    pub(crate) blotter: Blotter,
    loaded: bool,
    pub(super) verified: bool,
    /// The store could not be written when this was learned.
    pub(super) unsaved: bool,
    /// It was revoked by this client.
    pub(super) revoked: bool,
}

impl Deref for Snapshot {
    type Target = ConnectionRecord;

    fn deref(&self) -> &ConnectionRecord {
        &self.record
    }
}

impl ConnectionState {
    pub(crate) fn new(connector: Plan<Connector>, given: Given) -> Result<Self, Error> {
        let (record, place) = match given {
            Given::Values { name, data } => (Some(ConnectionRecord::new(name, data)), None),
            Given::Stored(stored) => match stored.0 {
                Stored::Record(record) => (Some(*record), None),
                Stored::In(place) => (None, Some(place)),
            },
        };
        let at = OnceLock::new();
        if let Some(record) = &record {
            let _ = at.set(position(&connector, record.connection())?);
        }
        let loaded = record.is_some();
        let snapshot = Snapshot {
            record: record.unwrap_or_else(|| ConnectionRecord::new("", Object::new())),
            blotter: Blotter::default(),
            loaded,
            verified: false,
            unsaved: false,
            revoked: false,
        };
        let state = Self {
            connector,
            at,
            place,
            snapshot: RwLock::new(Arc::new(snapshot.clone())),
            gate: Arc::default(),
            flights: AtomicU64::new(0),
        };
        state.replace(snapshot);
        Ok(state)
    }

    /// The plan, once it is known which connection this is.
    pub(super) fn plan(&self) -> Option<&Connection> {
        self.connector.connections.get(*self.at.get()?)
    }

    /// The connection's name, once it is known.
    pub(crate) fn name(&self) -> Option<&str> {
        self.plan().map(|plan| &*plan.name)
    }

    /// Its form.
    #[cfg(feature = "js")]
    pub(crate) fn parameters(&self) -> &[crate::plan::Parameter] {
        self.plan().map_or(&[], |plan| &plan.parameters)
    }

    pub(crate) fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&self.snapshot.read().unwrap_or_else(PoisonError::into_inner))
    }

    pub(super) fn replace(&self, mut snapshot: Snapshot) {
        let mut blotter = Blotter::default();
        let data = Value::from(snapshot.data.clone());
        if let Some(plan) = self.plan() {
            add_secrets(&plan.parameters, &data, &mut blotter);
        }
        blotter.add_leaves(&data);
        snapshot.blotter = blotter;
        *self.snapshot.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(snapshot);
    }

    /// What runs phases, from what is known now.
    pub(super) fn phases(&self, core: &Arc<Core>) -> Phases {
        let at = self.at.get().copied().unwrap_or_default();
        Phases::new(Arc::clone(core), at, self.snapshot().record.clone())
    }

    /// Reads a stored connection, once for all clones.
    pub(crate) async fn load(&self) -> Result<(), Error> {
        if self.snapshot().loaded {
            return Ok(());
        }
        let _gate = self.gate.lock().await;
        if self.snapshot().loaded { Ok(()) } else { self.read().await }
    }

    /// Reads the record, if it is another one than the one that is known. Runs while the gate is held.
    pub(super) async fn read(&self) -> Result<(), Error> {
        let Some(Place { store, id }) = &self.place else { return Ok(()) };
        let record = store.load(id).await?.ok_or_else(|| {
            let message = format!("the store has no connection {id:?}");
            Error::new(ErrorKind::InvalidConfiguration, message)
        })?;
        let at = position(&self.connector, record.connection())?;
        if *self.at.get_or_init(|| at) != at {
            let message = format!("the stored connection {id:?} has become one of another kind");
            return Err(Error::new(ErrorKind::InvalidConfiguration, message));
        }
        let known = self.snapshot();
        if !known.loaded || known.version() != record.version() {
            self.replace(Snapshot { record, loaded: true, unsaved: false, ..(*known).clone() });
        }
        Ok(())
    }

    /// What precedes every request: what templates expect is learned once (rulings 24), and a token that is over is
    /// renewed (connector.md 10.3).
    pub(crate) async fn validate(self: &Arc<Self>, core: &Arc<Core>) -> Result<(), Error> {
        self.load().await?;
        if self.is_wanted(core, &Wanted::IfDue)? { self.fly(core, Wanted::IfDue).await } else { Ok(()) }
    }

    /// What precedes templates that send nothing: what they expect is learned once. A token that is over may stay.
    pub(crate) async fn learn(self: &Arc<Self>, core: &Arc<Core>) -> Result<(), Error> {
        self.load().await?;
        if self.must_learn(&self.snapshot()) { self.fly(core, Wanted::IfDue).await } else { Ok(()) }
    }

    /// Verifies the connection, also one that has been verified.
    pub(crate) async fn verify(self: &Arc<Self>, core: &Arc<Core>) -> Result<(), Error> {
        self.validate(core).await?;
        self.fly(core, Wanted::Verified).await
    }

    /// Renews the connection, also one that is not due. Basic ones have nothing that could be renewed.
    pub(crate) async fn refresh(self: &Arc<Self>, core: &Arc<Core>) -> Result<(), Error> {
        self.load().await?;
        if self.plan().is_some_and(|plan| plan.kind == ConnectionKind::Basic) {
            return Ok(());
        }
        self.fly(core, Wanted::Renewed).await
    }

    /// Ends the connection at the service, as well as it goes, and removes it from its store.
    pub(crate) async fn revoke(self: &Arc<Self>, core: &Arc<Core>) -> Result<(), Error> {
        self.load().await?;
        self.fly(core, Wanted::Revoked).await
    }

    /// Whether something can be done about a token that is refused.
    pub(crate) fn can_renew(&self) -> bool {
        self.plan().is_some_and(|plan| plan.renewal().is_some())
    }

    /// The token of `used` has been refused: gets another one, unless somebody has since. `false` when there is none
    /// to get.
    pub(crate) async fn renew_after(
        self: &Arc<Self>,
        core: &Arc<Core>,
        used: Arc<Snapshot>,
    ) -> Result<bool, Error> {
        if !self.can_renew() {
            return Ok(false);
        }
        self.fly(core, Wanted::Instead(used)).await?;
        Ok(true)
    }
}

fn position(connector: &Connector, name: &str) -> Result<usize, Error> {
    connector.connections.iter().position(|connection| connection.name == name).ok_or_else(|| {
        let message = format!("{} has no connection {name:?}", connector.name);
        Error::new(ErrorKind::InvalidConfiguration, message)
    })
}
