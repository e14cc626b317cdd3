//! The store of connections, and the ids under which they lie in it.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use linchpin::connection::{ConnectionRecord, ConnectionStore, FileStore, StoredConnection};
use linchpin::plan::Module;

use crate::opened::Opened;
use crate::output::told;

/// Where connections are kept.
#[derive(Args)]
pub(crate) struct Store {
    /// Folder of stored connections; ~/.linchpin/connections by default
    #[arg(long = "store", value_name = "DIR", env = "LINCHPIN_STORE")]
    folder: Option<PathBuf>,
    /// Id of the connection in the store; <connector>-<connection> by default
    #[arg(long, value_name = "ID")]
    id: Option<String>,
}

impl Store {
    /// Opens the store.
    pub(crate) fn open(&self) -> Result<Arc<FileStore>, String> {
        open(self.folder.as_deref())
    }

    /// The id of a connection of this connector.
    pub(crate) fn id(&self, opened: &Opened, connection: &str) -> String {
        self.id.clone().unwrap_or_else(|| format!("{}-{connection}", opened.connector.name))
    }

    /// The stored connection for a module, and its name in the connector; `None` where it needs none.
    pub(crate) fn connection_for<'m>(
        &self,
        opened: &Opened,
        module: &'m Module,
    ) -> Result<Option<(&'m str, StoredConnection)>, String> {
        let Some(first) = module.connections.first() else { return Ok(None) };
        let store = self.open()?;
        let stored = store.ids().map_err(|error| told(&error))?;
        let mut ids =
            module.connections.iter().map(|connection| (&**connection, self.id(opened, connection)));
        let (name, found) = ids.find(|(_, id)| stored.contains(id)).ok_or_else(|| {
            let id = self.id(opened, first);
            format!(
                "`{}` needs a connection, and none is stored under `{id}`: run `linchpin login` first",
                module.name
            )
        })?;
        Ok(Some((name, StoredConnection::new(store, found))))
    }
}

/// Writes a record, in place of the one that is there.
pub(crate) async fn save(store: &FileStore, id: &str, record: &ConnectionRecord) -> Result<(), String> {
    // A record that cannot be read must be deleted by its owner: it may be of a newer version.
    let known = store.load(id).await.map_err(|error| told(&error))?.map(|known| known.version());
    store.save(id, record.clone(), known).await.map(|_| ()).map_err(|error| told(&error))
}

/// The error of a call, and what to do about it where that is known.
pub(crate) fn describe(error: &linchpin::Error) -> String {
    let text = told(error);
    if error.needs_login() { format!("{text}\n  run `linchpin login` again") } else { text }
}

/// Opens the store in `folder`, or the usual one.
pub(crate) fn open(folder: Option<&std::path::Path>) -> Result<Arc<FileStore>, String> {
    let folder = match folder {
        Some(folder) => folder.to_owned(),
        None => std::env::home_dir()
            .map(|home| home.join(".linchpin").join("connections"))
            .ok_or("the home folder is not known: say where connections are kept by `--store DIR`")?,
    };
    FileStore::new(folder).map(Arc::new).map_err(|error| told(&error))
}
