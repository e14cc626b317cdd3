//! Connections as users hand them over.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

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

/// A connection that lies in a store.
#[derive(Clone)]
pub struct StoredConnection {
    pub(crate) store: Arc<dyn ConnectionStore>,
    pub(crate) id: String,
}

impl StoredConnection {
    /// The connection that `store` keeps under `id`.
    pub fn new(store: Arc<dyn ConnectionStore>, id: impl Into<String>) -> Self {
        Self { store, id: id.into() }
    }

    /// The id in the store.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }
}

impl fmt::Debug for StoredConnection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredConnection").field("id", &self.id).finish_non_exhaustive()
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

impl fmt::Debug for GivenConnection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Given::Values { name, .. } => f.debug_tuple("GivenConnection").field(name).finish(),
            Given::Stored(stored) => stored.fmt(f),
        }
    }
}
