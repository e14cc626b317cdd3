//! Polling triggers: what is new in a feed, delivered once (connector.md 11.4).
//!
//! [`Trigger`](crate::client::Trigger) is the call. It reads a [`TriggerState`], which says what was delivered, and
//! changes it when it has all new bundles in hand. [`Watch`](crate::client::Watch) polls again and again and keeps the
//! state in a [`TriggerStore`].
//!
//! What is promised: nothing is lost, and nothing comes twice but the one batch whose state was not saved because the
//! program died. It holds for feeds that keep the promises of the connector: items come in the declared order, ids
//! are unique, and nothing new appears below what was delivered already. An item that a service inserts with an older
//! date, or a lower id, than the last one that was delivered counts as known.

pub(crate) mod collect;
pub(crate) mod epoch;
pub(crate) mod file;
pub(crate) mod key;
mod memory;
mod saved;
mod state;
mod store;

pub use epoch::Start;
pub use file::FileTriggerStore;
pub use memory::MemoryTriggerStore;
pub use state::TriggerState;
pub use store::{StoredState, TriggerStore};
