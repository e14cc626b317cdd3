//! Connections: who calls, and what is remembered about it (connector.md 10, rulings 24, 34).

mod file;
mod given;
mod memory;
pub(crate) mod oauth_error;
pub(crate) mod pack;
pub(crate) mod phases;
pub(crate) mod record;
mod renew;
pub(crate) mod state;
mod store;

pub use file::FileStore;
pub(crate) use given::Given;
pub use given::{Credentials, GivenConnection, StoredConnection};
pub use memory::MemoryStore;
pub use record::ConnectionRecord;
pub use store::{ConnectionStore, Lease};
