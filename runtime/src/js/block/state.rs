//! State across runs (connector.md 18.6).

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::error::Error;
use crate::transport::BoxFuture;
use crate::value::Object;

/// Who shares a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum StateScope {
    /// `instanceState`: the executions of one flow of one instance.
    Instance,
    /// `crossFlowState`: the flows of one instance.
    CrossFlow,
    /// `executionState`: the steps of one execution.
    Execution,
    /// `integrationState`: the instances of one integration.
    Integration,
}

impl StateScope {
    /// All scopes.
    pub const ALL: [Self; 4] = [Self::Instance, Self::CrossFlow, Self::Execution, Self::Integration];

    /// The member of the context, and of what code returns.
    #[must_use]
    pub fn member(self) -> &'static str {
        match self {
            Self::Instance => "instanceState",
            Self::CrossFlow => "crossFlowState",
            Self::Execution => "executionState",
            Self::Integration => "integrationState",
        }
    }
}

/// Which state: its scope, and the id of the flow, instance, execution or integration that has it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub struct StateKey {
    /// Who shares it.
    pub scope: StateScope,
    /// Whose it is.
    pub id: String,
}

/// Keeps states between runs. A state that code returns takes the place of the one before.
pub trait StateStore: Send + Sync + 'static {
    /// The state, empty when there is none.
    ///
    /// # Errors
    /// Those of the store: the run does not begin.
    fn load<'a>(&'a self, key: &'a StateKey) -> BoxFuture<'a, Result<Object, Error>>;

    /// Keeps a state.
    ///
    /// # Errors
    /// Those of the store: the run fails, although its code ended well.
    fn save<'a>(&'a self, key: &'a StateKey, state: Object) -> BoxFuture<'a, Result<(), Error>>;
}

/// Keeps states in memory.
#[derive(Debug, Default)]
pub struct MemoryStateStore(Mutex<HashMap<StateKey, Object>>);

impl MemoryStateStore {
    /// An empty store.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

impl StateStore for MemoryStateStore {
    fn load<'a>(&'a self, key: &'a StateKey) -> BoxFuture<'a, Result<Object, Error>> {
        let states = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let state = states.get(key).cloned().unwrap_or_default();
        Box::pin(async { Ok(state) })
    }

    fn save<'a>(&'a self, key: &'a StateKey, state: Object) -> BoxFuture<'a, Result<(), Error>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(key.clone(), state);
        Box::pin(async { Ok(()) })
    }
}
