//! Connections: who calls, and what is remembered about it (connector.md 10, rulings 24, 34).

mod file;
mod given;
mod memory;
mod record;
pub(crate) mod state;
mod store;

pub use file::FileStore;
pub use given::{Credentials, GivenConnection, StoredConnection};
pub use memory::MemoryStore;
pub use record::ConnectionRecord;
pub(crate) use record::{pack, unpack};
pub use store::{ConnectionStore, Lease};
