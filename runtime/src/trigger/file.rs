//! States of triggers in files: one for each trigger.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::state::TriggerState;
use super::store::TriggerStore;
use crate::disk;
use crate::error::{Error, ErrorKind};
use crate::transport::BoxFuture;

/// Keeps each state in a file of its own. A state is written beside the old one, synced, and renamed into place: a
/// program that starts after a crash finds the old state or the new one and never a part of one.
pub struct FileTriggerStore {
    folder: Arc<Path>,
}

impl FileTriggerStore {
    /// A store in `folder`, which is made, for its owner alone, if it is not there.
    ///
    /// # Errors
    /// `InvalidConfiguration` when the folder cannot be made.
    pub fn new(folder: impl Into<PathBuf>) -> Result<Self, Error> {
        let folder = folder.into();
        disk::make_folder(&folder)?;
        Ok(Self { folder: folder.into() })
    }

    fn path(&self, id: &str) -> Result<PathBuf, Error> {
        Ok(self.folder.join(format!("{}.json", disk::file_name(id)?)))
    }
}

fn read(path: &Path) -> Result<Option<TriggerState>, Error> {
    let Some(file) = disk::open(path)? else { return Ok(None) };
    TriggerState::from_json(&disk::contents(file, path)?).map(Some).map_err(|error| {
        let message = format!("the file {}: {}", path.display(), error.message());
        Error::new(ErrorKind::InvalidConfiguration, message)
    })
}

/// Writers take turns, since all of them use the same temporary file.
fn write(path: &Path, text: &str) -> Result<(), Error> {
    let _writing = disk::lock(&path.with_extension("write"))?;
    disk::replace(path, text.as_bytes())
}

impl TriggerStore for FileTriggerStore {
    fn load<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<Option<TriggerState>, Error>> {
        Box::pin(async move {
            let path = self.path(id)?;
            disk::off_thread(move || read(&path)).await
        })
    }

    fn save<'a>(&'a self, id: &'a str, state: &'a TriggerState) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let (path, text) = (self.path(id)?, state.to_json());
            disk::off_thread(move || write(&path, &text)).await
        })
    }

    fn delete<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let path = self.path(id)?;
            disk::off_thread(move || disk::remove(&path)).await
        })
    }
}

impl fmt::Debug for FileTriggerStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileTriggerStore").field("folder", &self.folder).finish_non_exhaustive()
    }
}
