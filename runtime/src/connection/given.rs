//! Connections as users hand them over.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use super::record::ConnectionRecord;
use super::store::ConnectionStore;
use crate::convert::{Secrets, ToObject};
use crate::value::Object;

/// What a user fills in to log in: generated for each connection of a connector.
pub trait Credentials: ToObject + Sized {
    /// The connection's name in the connector.
    const NAME: &'static str;

    /// The values of the form, by the names of its parameters.
    fn into_object(self) -> Object {
        self.to_object(Secrets::Shown)
    }
}

/// A connection that was made before: in a store, or as a record that the program keeps itself.
#[derive(Clone)]
pub struct StoredConnection(pub(crate) Stored);

#[derive(Clone)]
pub(crate) enum Stored {
    In(Place),
    Record(Box<ConnectionRecord>),
}

/// Where a store keeps a connection.
#[derive(Clone)]
pub(crate) struct Place {
    pub(crate) store: Arc<dyn ConnectionStore>,
    pub(crate) id: String,
}

impl StoredConnection {
    /// The connection that `store` keeps under `id`.
    pub fn new(store: Arc<dyn ConnectionStore>, id: impl Into<String>) -> Self {
        Self(Stored::In(Place { store, id: id.into() }))
    }

    /// The connection of a record. What changes, such as a token that is renewed, is kept in memory alone: ask
    /// [`Client::connection_record`](crate::client::Client::connection_record) for it.
    #[must_use]
    pub fn from_record(record: ConnectionRecord) -> Self {
        Self(Stored::Record(Box::new(record)))
    }

    /// The id in the store; `None` for a record that is in no store.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        match &self.0 {
            Stored::In(place) => Some(&place.id),
            Stored::Record(_) => None,
        }
    }
}

impl fmt::Debug for StoredConnection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredConnection").field("id", &self.id()).finish_non_exhaustive()
    }
}

impl From<ConnectionRecord> for StoredConnection {
    fn from(record: ConnectionRecord) -> Self {
        Self::from_record(record)
    }
}

/// A connection for a client: filled in, or stored.
pub struct GivenConnection(pub(crate) Given);

pub(crate) enum Given {
    Values { name: Cow<'static, str>, data: Object },
    Stored(StoredConnection),
}

impl GivenConnection {
    /// The connection `name` with the values of its form.
    pub fn named(name: impl Into<Cow<'static, str>>, data: Object) -> Self {
        Self(Given::Values { name: name.into(), data })
    }
}

impl<C: Credentials> From<C> for GivenConnection {
    fn from(credentials: C) -> Self {
        Self::named(C::NAME, credentials.into_object())
    }
}

impl From<StoredConnection> for GivenConnection {
    fn from(stored: StoredConnection) -> Self {
        Self(Given::Stored(stored))
    }
}

impl From<ConnectionRecord> for GivenConnection {
    fn from(record: ConnectionRecord) -> Self {
        StoredConnection::from_record(record).into()
    }
}

impl fmt::Debug for GivenConnection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Given::Values { name, .. } => f.debug_tuple("GivenConnection").field(name).finish(),
            Given::Stored(stored) => stored.fmt(f),
        }
    }
}
