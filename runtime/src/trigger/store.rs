//! Where the states of triggers are kept between runs of a program.

use std::fmt;
use std::sync::Arc;

use super::state::TriggerState;
use crate::error::Error;
use crate::transport::BoxFuture;

/// Keeps the states of triggers. One trait to implement for a database or a file.
///
/// An id names one trigger of one account: two programs that watch under the same id deliver everything twice.
pub trait TriggerStore: Send + Sync + 'static {
    /// The state under `id`, if there is one.
    ///
    /// # Errors
    /// The store cannot be read, or holds something that is no state.
    fn load<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<Option<TriggerState>, Error>>;

    /// Writes a state as a whole: a reader sees the old one or the new one.
    ///
    /// # Errors
    /// The store cannot be written; it holds the old state then.
    fn save<'a>(&'a self, id: &'a str, state: &'a TriggerState) -> BoxFuture<'a, Result<(), Error>>;

    /// Removes a state, so that the trigger starts anew. None to remove is a success.
    ///
    /// # Errors
    /// The store cannot be written.
    fn delete<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<(), Error>>;
}

/// A place in a store.
#[derive(Clone)]
pub struct StoredState {
    store: Arc<dyn TriggerStore>,
    id: String,
}

impl StoredState {
    /// The state that `store` keeps under `id`, such as `ada/watchTasks`.
    pub fn new(store: Arc<dyn TriggerStore>, id: impl Into<String>) -> Self {
        Self { store, id: id.into() }
    }

    /// The id in the store.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    pub(crate) async fn load(&self) -> Result<Option<TriggerState>, Error> {
        self.store.load(&self.id).await
    }

    pub(crate) async fn save(&self, state: &TriggerState) -> Result<(), Error> {
        self.store.save(&self.id, state).await
    }
}

impl fmt::Debug for StoredState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredState").field("id", &self.id).finish_non_exhaustive()
    }
}
