//! `linchpin login`: logs in to a connection of a connector and stores it.

use std::time::Duration;

use clap::Args;
use linchpin::ErrorKind;
use linchpin::connection::{ConnectionRecord, GivenConnection};
use linchpin::login::{Login, Pkce};

use crate::callback::{Callback, Listener};
use crate::form::{Form, check_names};
use crate::given::{Given, given};
use crate::opened::Place;
use crate::output::{BOLD, GREEN, Waiting, YELLOW, plain, print, report, told};
use crate::settings::Settings;
use crate::stored::Store;

/// Log in to a connection and store it
///
/// Asks for the connection's form, has the service check it, and keeps the result for `linchpin call` and for programs
/// that open the store. For OAuth, a browser opens and comes back to a port of this machine.
#[derive(Args)]
#[command(after_help = "\
Examples:
  linchpin login tasks.json                            asks for what the form needs
  pass show tasks | linchpin login tasks.json --param apiKey=-
  linchpin login apps/crm --connection oauth --common clientSecret=- --port 8080
  linchpin login apps/crm --no-browser                 prints the address to open

The service has to know the redirect URI, http://127.0.0.1:PORT/callback. Many services take any
port there; for the others, name the one that is registered.

Secrets do not belong on a command line: `--param NAME=-` asks, or reads LINCHPIN_PARAM_NAME.")]
pub(crate) struct Arguments {
    #[command(flatten)]
    place: Place,
    /// Which connection, where the connector has several
    #[arg(long, value_name = "NAME")]
    connection: Option<String>,
    /// A value of the connection's form; `NAME=-` asks, or reads LINCHPIN_PARAM_NAME
    #[arg(long = "param", value_name = "NAME=VALUE", value_parser = given)]
    parameters: Vec<Given>,
    /// Ask only for the scopes that this module needs; all of them by default
    #[arg(long = "module", value_name = "NAME")]
    modules: Vec<String>,
    /// Ask for one more scope
    #[arg(long = "scope", value_name = "SCOPE")]
    scopes: Vec<String>,
    /// Add PKCE where the connector does not use it itself
    #[arg(long)]
    pkce: bool,
    /// Port of 127.0.0.1 for the browser to come back to; any free one by default
    #[arg(long, default_value_t = 0, hide_default_value = true)]
    port: u16,
    /// Print the address and open no browser
    #[arg(long)]
    no_browser: bool,
    /// Seconds to wait for the browser
    #[arg(long, value_name = "SECONDS", default_value_t = 300)]
    timeout: u64,
    #[command(flatten)]
    store: Store,
    #[command(flatten)]
    settings: Settings,
}

/// Logs in; false when the connector does not compile.
pub(crate) fn run(arguments: &Arguments) -> Result<bool, String> {
    let Some(opened) = arguments.place.open() else { return Ok(false) };
    let connection = opened.connection(arguments.connection.as_deref())?;
    let id = arguments.store.id(&opened, &connection.id.value);
    let store = arguments.store.open()?;
    let builder = arguments.settings.builder(&opened, Some(&connection.id.value))?;
    let form = Form::of_connection(connection);
    check_names(&[&form], &arguments.parameters)?;
    let form = form.fill(&arguments.parameters)?;
    let given = GivenConnection::named(connection.id.value.clone(), form);
    let login = arguments.scoped(builder.login(given).map_err(|error| told(&error))?)?;
    let record = crate::runtime()?.block_on(async {
        let record = if login.needs_browser() {
            arguments.in_browser(&login).await?
        } else {
            let _waiting = Waiting::start("logging in");
            login.finish().await.map_err(|error| told(&error))?
        };
        crate::stored::save(&store, &id, &record).await?;
        Ok::<_, String>(record)
    })?;
    print(&logged_in(&record, &id));
    Ok(true)
}

/// What is printed of a login: the account, and where it is kept.
fn logged_in(record: &ConnectionRecord, id: &str) -> String {
    let account = record.metadata().map(|account| plain(&account.to_text())).filter(|text| !text.is_empty());
    let account = account.map_or_else(String::new, |account| format!(" as {BOLD}{account}{BOLD:#}"));
    format!("{GREEN}logged in{GREEN:#}{account}, stored as {BOLD}{id}{BOLD:#}\n")
}

impl Arguments {
    fn scoped(&self, mut login: Login) -> Result<Login, String> {
        if !self.modules.is_empty() {
            let modules: Vec<&str> = self.modules.iter().map(String::as_str).collect();
            login = login.scopes_for(&modules).map_err(|error| told(&error))?;
        }
        for scope in &self.scopes {
            login = login.scope(scope);
        }
        Ok(if self.pkce { login.pkce(Pkce::Auto) } else { login })
    }

    /// Sends the user to the service and waits until he is back.
    async fn in_browser(&self, login: &Login) -> Result<ConnectionRecord, String> {
        let listener = Listener::bind(self.port).await?;
        let redirect_uri = listener.redirect_uri();
        let pending = login.start(&redirect_uri).await.map_err(|error| told(&error))?;
        let mut callbacks = listener.callbacks();
        self.show(pending.url(), &redirect_uri);
        let patience = Duration::from_secs(self.timeout);
        let work = async {
            while let Some(callback) = callbacks.recv().await {
                match login.complete(&pending, &callback.target).await {
                    Ok(record) => {
                        callback.welcome();
                        return Ok(record);
                    }
                    // Anybody can call a port of this machine: what belongs to no login of ours ends none.
                    Err(error) if error.kind() == ErrorKind::InvalidCallback => {
                        let error = told(&error);
                        report(&format!("{YELLOW}passed over{YELLOW:#}: {error}\n"));
                        callback.refuse(&error);
                    }
                    Err(error) => return Err(refused(callback, &error)),
                }
            }
            Err("the port was closed".to_owned())
        };
        let outcome = tokio::time::timeout(patience, work).await;
        // The last page has to leave before the program does.
        tokio::time::sleep(Duration::from_millis(100)).await;
        outcome.unwrap_or_else(|_| {
            Err(format!("nobody came back within {} seconds; `--timeout` waits longer", self.timeout))
        })
    }

    /// Shows the address, and opens it in a browser.
    fn show(&self, url: &str, redirect_uri: &str) {
        let url = plain(url);
        let is_web = url.starts_with("https://") || url.starts_with("http://");
        let opened = !self.no_browser && is_web && open::that_detached(&url).is_ok();
        let what = if opened { "A browser opens. If it does not, open" } else { "Open in a browser:" };
        report(&format!("{what}\n  {url}\nWaiting at {redirect_uri} ..\n"));
    }
}

fn refused(callback: Callback, error: &linchpin::Error) -> String {
    let text = told(error);
    callback.refuse(&text);
    text
}
