//! States of triggers in memory.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::state::TriggerState;
use super::store::TriggerStore;
use crate::error::Error;
use crate::transport::BoxFuture;

/// Keeps states in memory, for tests and for programs that keep them elsewhere themselves.
#[derive(Default)]
pub struct MemoryTriggerStore(Mutex<HashMap<String, TriggerState>>);

impl MemoryTriggerStore {
    /// A store without states.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn states(&self) -> MutexGuard<'_, HashMap<String, TriggerState>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl TriggerStore for MemoryTriggerStore {
    fn load<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<Option<TriggerState>, Error>> {
        let found = self.states().get(id).cloned();
        Box::pin(async { Ok(found) })
    }

    fn save<'a>(&'a self, id: &'a str, state: &'a TriggerState) -> BoxFuture<'a, Result<(), Error>> {
        self.states().insert(id.to_owned(), state.clone());
        Box::pin(async { Ok(()) })
    }

    fn delete<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<(), Error>> {
        self.states().remove(id);
        Box::pin(async { Ok(()) })
    }
}

impl fmt::Debug for MemoryTriggerStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryTriggerStore").field("states", &self.states().len()).finish_non_exhaustive()
    }
}
