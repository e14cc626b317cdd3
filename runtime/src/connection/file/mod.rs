//! Connections in files: one for each connection (rulings 34).

mod disk;

use std::collections::HashMap;
use std::fmt;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::OwnedMutexGuard;

use super::record::ConnectionRecord;
use super::store::{ConnectionStore, Lease};
use crate::disk::{file_name, lock, make_folder, off_thread};
use crate::error::Error;
use crate::transport::BoxFuture;

/// Keeps each connection in a file of its own, which only its owner may read.
///
/// A record is written to a temporary file, synced, and renamed into place: a reader, or a process that starts after
/// a crash, sees the old record or the new one and never a part of one. Locks are those of the operating system, so
/// they hold between processes, and end with the process that holds them. All processes must be on one machine: the
/// locks of network file systems are not to be relied on.
///
/// ```
/// use linchpin::connection::{ConnectionRecord, ConnectionStore, FileStore};
/// use linchpin::value::Object;
///
/// # let folder = std::env::temp_dir().join(format!("linchpin-doc-{}", std::process::id()));
/// # let runtime = tokio::runtime::Builder::new_current_thread().build()?;
/// # runtime.block_on(async {
/// let store = FileStore::new(&folder)?;
/// let mut key = Object::new();
/// key.set("apiKey", "secret");
/// store.save("ada", ConnectionRecord::new("apiKey", key), None).await?;
/// assert_eq!(store.load("ada").await?.map(|record| record.version()), Some(1));
/// # Ok::<(), linchpin::error::Error>(())
/// # })?;
/// # std::fs::remove_dir_all(&folder)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct FileStore {
    folder: Arc<Path>,
    /// Tasks of this process wait here, so that only one of them waits for the lock of the file.
    queues: Mutex<HashMap<String, Arc<tokio::sync::Mutex<()>>>>,
}

impl FileStore {
    /// A store in `folder`, which is made, for its owner alone, if it is not there.
    ///
    /// # Errors
    /// `InvalidConfiguration` when the folder cannot be made.
    pub fn new(folder: impl Into<PathBuf>) -> Result<Self, Error> {
        let folder = folder.into();
        make_folder(&folder)?;
        Ok(Self { folder: folder.into(), queues: Mutex::default() })
    }

    /// The ids of all records, sorted.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn ids(&self) -> Result<Vec<String>, Error> {
        disk::ids(&self.folder)
    }

    fn paths(&self, id: &str) -> Result<Paths, Error> {
        Ok(Paths { folder: Arc::clone(&self.folder), name: file_name(id)? })
    }

    fn queue(&self, id: &str) -> Arc<tokio::sync::Mutex<()>> {
        let mut queues = self.queues.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(queues.entry(id.to_owned()).or_default())
    }
}

/// Where a record and its locks are.
#[derive(Clone)]
struct Paths {
    folder: Arc<Path>,
    name: String,
}

impl Paths {
    fn record(&self) -> PathBuf {
        self.folder.join(format!("{}.json", self.name))
    }

    /// Held for as long as somebody holds the connection.
    fn lease(&self) -> PathBuf {
        self.folder.join(format!("{}.lock", self.name))
    }

    /// Held while a record is compared and written.
    fn write(&self) -> PathBuf {
        self.folder.join(format!("{}.write", self.name))
    }
}

impl ConnectionStore for FileStore {
    fn load<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<Option<ConnectionRecord>, Error>> {
        Box::pin(async move {
            let paths = self.paths(id)?;
            off_thread(move || disk::load(&paths.record())).await
        })
    }

    fn save<'a>(
        &'a self,
        id: &'a str,
        record: ConnectionRecord,
        expected: Option<u64>,
    ) -> BoxFuture<'a, Result<u64, Error>> {
        Box::pin(async move {
            let paths = self.paths(id)?;
            off_thread(move || disk::save(&paths.record(), &paths.write(), record, expected)).await
        })
    }

    fn delete<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let paths = self.paths(id)?;
            off_thread(move || disk::delete(&paths.record(), &paths.write())).await
        })
    }

    fn lock<'a>(&'a self, id: &'a str, _ttl: Duration) -> BoxFuture<'a, Result<Box<dyn Lease>, Error>> {
        // The operating system takes the lock from a process that dies, so no time has to run out.
        Box::pin(async move {
            let paths = self.paths(id)?;
            let turn = self.queue(id).lock_owned().await;
            let file = off_thread(move || lock(&paths.lease())).await?;
            Ok(Box::new(Held { _file: file, _turn: turn }) as Box<dyn Lease>)
        })
    }
}

/// Closing the file ends the lock; fields drop in order, so the next task finds it free.
struct Held {
    _file: File,
    _turn: OwnedMutexGuard<()>,
}

impl Lease for Held {
    fn release(self: Box<Self>) -> BoxFuture<'static, Result<(), Error>> {
        drop(self);
        Box::pin(async { Ok(()) })
    }
}

impl fmt::Debug for FileStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileStore").field("folder", &self.folder).finish_non_exhaustive()
    }
}
