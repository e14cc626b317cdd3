//! Settings of clients that commands make.

use clap::Args;
use linchpin::client::{Client, ClientBuilder, GivenInstallation};
use linchpin::plan::Plan;
use linchpin_spec::facts;
use linchpin_spec::model::{Common, Connector, Installation};

use crate::form::{Form, check_names};
use crate::given::{Given, given};
use crate::opened::Opened;

/// What a client needs besides a connection.
#[derive(Args)]
pub(crate) struct Settings {
    /// A constant of the connector, such as a client secret, over those of its files; `NAME=-` asks, or reads
    /// LINCHPIN_COMMON_NAME
    #[arg(long = "common", value_name = "NAME=VALUE", value_parser = given)]
    common: Vec<Given>,
    /// A value of the form with which the connector, or the connection, is installed; `NAME=-` asks, or reads
    /// LINCHPIN_INSTALL_NAME
    #[arg(long = "install", value_name = "NAME=VALUE", value_parser = given)]
    install: Vec<Given>,
    /// Call this address in place of the connector's base URL
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// A further host that may be sent credentials
    #[arg(long = "allow-host", value_name = "HOST")]
    hosts: Vec<String>,
    /// Time zone of dates, such as Europe/Prague; UTC by default
    #[arg(long, value_name = "ZONE")]
    timezone: Option<String>,
}

/// An installation, and the connection that it belongs to.
struct Installable<'c> {
    connection: Option<&'c str>,
    install: &'c Installation,
    form: Form<'c>,
}

impl Settings {
    /// A builder with the constants that lie beside the connector, and those of the command line. `connection` is the
    /// one that is used.
    pub(crate) fn builder(
        &self,
        opened: &Opened,
        connection: Option<&str>,
    ) -> Result<ClientBuilder<Client>, String> {
        let connector = &opened.connector;
        let mut builder = ClientBuilder::for_connector(Plan::from(opened.plans.connector.clone()));
        for (name, value) in connector.common.values.iter() {
            builder = builder.common(name, linchpin_loader::value(value));
        }
        for connection in &connector.connections {
            for (name, value) in connection.common.values.iter() {
                builder =
                    builder.connection_common(&connection.id.value, name, linchpin_loader::value(value));
            }
        }
        for given in &self.common {
            let value = given.read("COMMON")?;
            // A connection's own constant of that name is meant as well.
            for connection in &connector.connections {
                if connection.common.names.iter().any(|name| name.value == given.name) {
                    builder = builder.connection_common(&connection.id.value, &given.name, value.as_str());
                }
            }
            builder = builder.common(&given.name, value);
        }
        for form in self.installations(connector, connection)? {
            builder = builder.install(form);
        }
        for host in &self.hosts {
            builder = builder.allow_host(host);
        }
        if let Some(url) = &self.base_url {
            builder = builder.base_url(url);
        }
        if let Some(zone) = &self.timezone {
            builder = builder.timezone(zone);
        }
        Ok(builder)
    }

    /// The forms of the connector and of the connection that is used, filled in. One that nobody gives a value for is
    /// left out where the constants say already what it would add.
    fn installations(
        &self,
        connector: &Connector,
        used: Option<&str>,
    ) -> Result<Vec<GivenInstallation>, String> {
        let all = installable(connector);
        check_names(&all.iter().map(|one| &one.form).collect::<Vec<_>>(), &self.install)?;
        let mut filled = Vec::new();
        for Installable { connection, install, form } in &all {
            let is_used = connection.is_none() || *connection == used;
            let is_needed = form.is_given(&self.install) || !self.gives(connector, *connection, install);
            if install.form.is_empty() || !is_used || !is_needed {
                continue;
            }
            let values = form.fill(&self.install)?;
            filled.push(match connection {
                None => GivenInstallation::of_connector(values),
                Some(id) => GivenInstallation::of_connection((*id).to_owned(), values),
            });
        }
        Ok(filled)
    }

    /// Whether the constants hold all that an installation would add.
    fn gives(&self, connector: &Connector, connection: Option<&str>, install: &Installation) -> bool {
        let own = connector.connections.iter().find(|one| Some(one.id.value.as_str()) == connection);
        let holds = |common: &Common, key: &str| common.values.iter().any(|(name, _)| name == key);
        let known = |key: &str| {
            self.common.iter().any(|given| given.name == key)
                || holds(&connector.common, key)
                || own.is_some_and(|own| holds(&own.common, key))
        };
        let keys = install.common.as_ref().and_then(facts::entries);
        keys.is_some_and(|keys| keys.iter().all(|(key, _)| known(key)))
    }
}

/// What can be installed: the connector, and its connections.
fn installable(connector: &Connector) -> Vec<Installable<'_>> {
    let own = connector.install.iter().map(|install| {
        let whose = format!("the installation of `{}`", connector.name);
        Installable { connection: None, install, form: Form::of_installation(whose, &install.form) }
    });
    let of_connections = connector.connections.iter().filter_map(|connection| {
        let (id, install) = (connection.id.value.as_str(), connection.install.as_ref()?);
        let whose = format!("the installation of `{id}`");
        Some(Installable { connection: Some(id), install, form: Form::of_installation(whose, &install.form) })
    });
    own.chain(of_connections).collect()
}
