//! Connections in memory.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::OwnedMutexGuard;

use super::record::ConnectionRecord;
use super::store::{ConnectionStore, Lease};
use crate::error::{Error, ErrorKind};
use crate::transport::BoxFuture;

/// Keeps connections in memory, for tests and for programs that keep them elsewhere themselves.
#[derive(Default)]
pub struct MemoryStore {
    records: Mutex<HashMap<String, ConnectionRecord>>,
    locks: Mutex<HashMap<String, Arc<tokio::sync::Mutex<()>>>>,
}

impl MemoryStore {
    /// A store without records.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn write(&self, id: &str, mut record: ConnectionRecord, expected: Option<u64>) -> Result<u64, Error> {
        let mut records = self.records.lock().unwrap_or_else(PoisonError::into_inner);
        let found = records.get(id).map(ConnectionRecord::version);
        if found != expected {
            let message = format!("the connection {id:?} has been changed by somebody else");
            return Err(Error::new(ErrorKind::Inconsistency, message));
        }
        let version = expected.unwrap_or(0) + 1;
        record.set_version(version);
        records.insert(id.to_owned(), record);
        Ok(version)
    }
}

impl ConnectionStore for MemoryStore {
    fn load<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<Option<ConnectionRecord>, Error>> {
        let found = self.records.lock().unwrap_or_else(PoisonError::into_inner).get(id).cloned();
        Box::pin(async { Ok(found) })
    }

    fn save<'a>(
        &'a self,
        id: &'a str,
        record: ConnectionRecord,
        expected: Option<u64>,
    ) -> BoxFuture<'a, Result<u64, Error>> {
        Box::pin(async move { self.write(id, record, expected) })
    }

    fn delete<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<(), Error>> {
        self.records.lock().unwrap_or_else(PoisonError::into_inner).remove(id);
        Box::pin(async { Ok(()) })
    }

    fn lock<'a>(&'a self, id: &'a str, _ttl: Duration) -> BoxFuture<'a, Result<Box<dyn Lease>, Error>> {
        // Within one process a holder that is gone has dropped its lease, so no time has to run out.
        let lock = {
            let mut locks = self.locks.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(locks.entry(id.to_owned()).or_default())
        };
        Box::pin(async move { Ok(Box::new(Held(lock.lock_owned().await)) as Box<dyn Lease>) })
    }
}

struct Held(OwnedMutexGuard<()>);

impl Lease for Held {
    fn release(self: Box<Self>) -> BoxFuture<'static, Result<(), Error>> {
        drop(self.0);
        Box::pin(async { Ok(()) })
    }
}

impl fmt::Debug for MemoryStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let records = self.records.lock().unwrap_or_else(PoisonError::into_inner).len();
        f.debug_struct("MemoryStore").field("records", &records).finish_non_exhaustive()
    }
}
