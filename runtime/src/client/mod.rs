//! Clients and their calls.

mod builder;
mod call;
#[cfg(feature = "js")]
pub(crate) mod code;
pub(crate) mod core;
mod generated;
pub(crate) mod install;
#[cfg(feature = "js")]
pub(crate) mod javascript;
mod pull;
mod rpc;
mod search;
pub(crate) mod setup;
mod trigger;
mod watch;

use std::fmt;
use std::sync::Arc;

use self::builder::Settings;
use self::core::Core;
use crate::connection::state::ConnectionState;
use crate::connection::{ConnectionRecord, GivenConnection};
use crate::error::{Error, ErrorKind};
use crate::value::Value;

pub use self::builder::ClientBuilder;
pub use self::call::{Call, CallFuture, Optional, Outcome, Plain, Response, Shape, WithResponse};
pub use self::generated::{Bundle, Generated, Input};
pub use self::install::{GivenInstallation, Installation};
pub use self::rpc::{RpcCall, RpcFuture, RpcOutcome, RpcShape};
pub use self::search::{ListShape, Pages, Search, SearchFuture, SearchStream};
pub use self::trigger::Trigger;
pub use self::watch::Watch;
pub use crate::form::Choice;

/// What stands behind every generated client. Clones share connections, pool and settings.
#[derive(Clone)]
pub struct Client(Result<Arc<Core>, Arc<Refused>>);

/// Why a client cannot work; each of its calls says so again.
struct Refused(ErrorKind, String);

impl Client {
    /// A client with this connection and default settings.
    ///
    /// Settings that cannot work, such as a connection that the connector does not have, are the error of each call.
    #[must_use]
    pub fn new<C: Generated>(connection: GivenConnection) -> Self {
        Self::from_built(Settings::new(C::CONNECTOR.into()).connect(connection).build())
    }

    /// A client of a connector that needs no connection, with default settings.
    #[must_use]
    pub fn without_connection<C: Generated>() -> Self {
        Self::from_built(Settings::new(C::CONNECTOR.into()).build())
    }

    fn from_built(built: Result<Core, Error>) -> Self {
        Self(built.map(Arc::new).map_err(|error| Arc::new(Refused(error.kind(), error.message().to_owned()))))
    }

    fn from_core(core: Core) -> Self {
        Self(Ok(Arc::new(core)))
    }

    pub(crate) fn core(&self) -> Result<Arc<Core>, Error> {
        match &self.0 {
            Ok(core) => Ok(Arc::clone(core)),
            Err(refused) => Err(Error::new(refused.0, refused.1.clone())),
        }
    }

    fn connections(&self) -> &[Arc<ConnectionState>] {
        self.0.as_ref().map_or(&[], |core| &core.connections)
    }

    /// Runs what verifies each connection that is set, and keeps what the answers say about it (connector.md 10.2).
    ///
    /// # Errors
    /// That of the first connection that is refused.
    pub async fn verify(&self) -> Result<(), Error> {
        let core = self.core()?;
        for connection in &core.connections {
            connection.verify(&core).await?;
        }
        Ok(())
    }

    /// Renews each connection that is set, by its `refresh`, or where nobody has to agree, by its `token`
    /// (connector.md 10.3). Requests do this by themselves when it is time. Basic connections have nothing to renew.
    ///
    /// # Errors
    /// That of the first connection that cannot be renewed; `needs_login()` says that only its user can.
    pub async fn refresh(&self) -> Result<(), Error> {
        let core = self.core()?;
        for connection in &core.connections {
            connection.refresh(&core).await?;
        }
        Ok(())
    }

    /// Ends each connection that is set: tells the service, by `invalidate`, and removes the connection from its
    /// store. What the service says to that does not matter (connector.md 10.3). This client cannot be used
    /// afterwards.
    ///
    /// # Errors
    /// When a store cannot be written.
    pub async fn revoke(&self) -> Result<(), Error> {
        let core = self.core()?;
        for connection in &core.connections {
            connection.revoke(&core).await?;
        }
        Ok(())
    }

    /// The first connection as it is now, with all its secrets: to be kept by programs that have no store.
    ///
    /// # Errors
    /// When its store cannot be read.
    pub async fn connection_record(&self) -> Result<Option<ConnectionRecord>, Error> {
        let core = self.core()?;
        let Some(connection) = core.connections.first() else { return Ok(None) };
        connection.load().await?;
        Ok(Some((**connection.snapshot()).clone()))
    }

    /// Until when the first connection can be used without a new login, where the service says so
    /// (`response.expires`).
    #[must_use]
    pub fn expires(&self) -> Option<Value> {
        self.connections().first().and_then(|connection| connection.snapshot().expires.clone())
    }

    /// What tells the account of the first connection to its user, such as an address of mail; known after
    /// [`Client::verify`], or from a store.
    #[must_use]
    pub fn metadata(&self) -> Option<Value> {
        self.connections().first().and_then(|connection| connection.snapshot().metadata.clone())
    }

    /// The stable id of the account of the first connection; known after [`Client::verify`], or from a store.
    #[must_use]
    pub fn uid(&self) -> Option<Value> {
        self.connections().first().and_then(|connection| connection.snapshot().uid.clone())
    }

    /// A key of the first connection's data, whether it comes from its form or from an answer.
    #[must_use]
    pub fn connection_value(&self, key: &str) -> Option<Value> {
        self.connections().first().and_then(|connection| connection.snapshot().data.get(key).cloned())
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Client");
        if let Ok(core) = &self.0 {
            out.field("connector", &core.plan.name);
        }
        out.finish_non_exhaustive()
    }
}
