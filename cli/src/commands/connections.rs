//! `linchpin connections`: what is stored, and what can be done with it.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use linchpin::Value;
use linchpin::client::Client;
use linchpin::connection::{ConnectionRecord, ConnectionStore, FileStore, StoredConnection};

use crate::opened::Place;
use crate::output::{BOLD, GREEN, RED, Waiting, plain, print, told};
use crate::settings::Settings;
use crate::stored::{self, Store};

/// List, show, verify, refresh, revoke and delete stored connections
///
/// Nothing secret is shown: of what a connection holds, only the names are.
#[derive(Args)]
#[command(after_help = "\
Examples:
  linchpin connections list
  linchpin connections show tasks-apiKey
  linchpin connections verify tasks.json
  linchpin connections refresh apps/crm --connection oauth
  linchpin connections revoke apps/crm --id crm-of-ada")]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// List all stored connections
    List(Folder),
    /// Show what is known of one
    Show(Named),
    /// Ask the service whether one still works
    Verify(OfConnector),
    /// Get new tokens now
    Refresh(OfConnector),
    /// Tell the service to forget one, and delete it
    Revoke(OfConnector),
    /// Delete one here; the service is not told
    Delete(Named),
}

#[derive(Args)]
struct Folder {
    /// Folder of stored connections; ~/.linchpin/connections by default
    #[arg(long = "store", value_name = "DIR", env = "LINCHPIN_STORE")]
    folder: Option<PathBuf>,
}

#[derive(Args)]
struct Named {
    /// Id of the connection in the store
    id: String,
    #[command(flatten)]
    folder: Folder,
}

#[derive(Args)]
struct OfConnector {
    #[command(flatten)]
    place: Place,
    /// Which connection, where the connector has several
    #[arg(long, value_name = "NAME")]
    connection: Option<String>,
    #[command(flatten)]
    store: Store,
    #[command(flatten)]
    settings: Settings,
}

/// Runs one of the commands; false when a connector does not compile.
pub(crate) fn run(arguments: &Arguments) -> Result<bool, String> {
    match &arguments.command {
        Command::List(folder) => list(&*stored::open(folder.folder.as_deref())?).map(|()| true),
        Command::Show(named) => {
            let store = stored::open(named.folder.folder.as_deref())?;
            print(&shown(&named.id, &load(&store, &named.id)?));
            Ok(true)
        }
        Command::Delete(named) => {
            let store = stored::open(named.folder.folder.as_deref())?;
            // What cannot be read can still be deleted, but not what is not there.
            if !store.ids().map_err(|error| told(&error))?.contains(&named.id) {
                return Err(none(&named.id));
            }
            crate::runtime()?.block_on(store.delete(&named.id)).map_err(|error| told(&error))?;
            print(&format!("{GREEN}deleted{GREEN:#} {BOLD}{}{BOLD:#}\n", named.id));
            Ok(true)
        }
        Command::Verify(of) => of.work("verified", async |client| client.verify().await),
        Command::Refresh(of) => of.work("refreshed", async |client| client.refresh().await),
        Command::Revoke(of) => of.work("revoked", async |client| client.revoke().await),
    }
}

impl OfConnector {
    /// Does something with a client that uses the stored connection, and says so.
    fn work(
        &self,
        done: &str,
        work: impl AsyncFnOnce(&Client) -> Result<(), linchpin::Error>,
    ) -> Result<bool, String> {
        let Some(opened) = self.place.open() else { return Ok(false) };
        let connection = opened.connection(self.connection.as_deref())?;
        let id = self.store.id(&opened, &connection.id.value);
        let store = self.store.open()?;
        load(&store, &id)?;
        let builder = self.settings.builder(&opened, Some(&connection.id.value))?;
        let builder = builder.connection(StoredConnection::new(store, id.clone()));
        let client = builder.build().map_err(|error| told(&error))?;
        let waiting = Waiting::start("asking the service");
        let outcome = crate::runtime()?.block_on(work(&client));
        drop(waiting);
        outcome.map_err(|error| stored::describe(&error))?;
        let account = account(client.metadata().as_ref());
        print(&format!("{GREEN}{done}{GREEN:#} {BOLD}{id}{BOLD:#}{account}\n"));
        Ok(true)
    }
}

fn none(id: &str) -> String {
    format!("there is no stored connection `{id}`; `linchpin connections list` shows all")
}

fn load(store: &FileStore, id: &str) -> Result<ConnectionRecord, String> {
    let found = crate::runtime()?.block_on(store.load(id)).map_err(|error| told(&error))?;
    found.ok_or_else(|| none(id))
}

fn list(store: &FileStore) -> Result<(), String> {
    let ids = store.ids().map_err(|error| told(&error))?;
    let width = ids.iter().map(|id| id.chars().count()).max().unwrap_or_default();
    for id in ids {
        let about = match load(store, &id) {
            Ok(record) => format!("{}{}{}", record.connection(), account(record.metadata()), state(&record)),
            Err(error) => format!("{RED}unreadable{RED:#}: {error}"),
        };
        print(&format!("{BOLD}{id:width$}{BOLD:#}  {about}\n"));
    }
    Ok(())
}

/// Whose connection it is, where that is known.
fn account(metadata: Option<&Value>) -> String {
    let text = metadata.map(|account| plain(&account.to_text())).filter(|text| !text.is_empty());
    text.map_or_else(String::new, |text| format!(" of {text}"))
}

fn state(record: &ConnectionRecord) -> String {
    if record.needs_login() { format!(", {RED}needs a new login{RED:#}") } else { String::new() }
}

/// What may be shown of a record: names of its values, never a value that could be secret.
fn shown(id: &str, record: &ConnectionRecord) -> String {
    let text = |value: &Value| plain(&value.to_text());
    let names = Value::parse_json(record.to_json().as_bytes()).unwrap_or_default();
    let names = names.key("data").as_object().map(|data| data.keys().collect::<Vec<_>>().join(", "));
    let rows = [
        ("id", Some(id.to_owned())),
        ("connection", Some(record.connection().to_owned())),
        ("account", record.metadata().map(text)),
        ("uid", record.uid().map(text)),
        ("expires", record.expires().map(text)),
        ("scopes", Some(record.scope().join(" "))),
        ("holds", names),
        ("version", Some(record.version().to_string())),
        ("state", record.needs_login().then(|| format!("{RED}needs a new login{RED:#}"))),
    ];
    let rows =
        rows.into_iter().filter_map(|(name, value)| Some((name, value.filter(|text| !text.is_empty())?)));
    rows.map(|(name, value)| format!("{name:<10}  {value}\n")).collect()
}
