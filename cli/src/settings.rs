//! Settings of clients that commands make.

use clap::Args;
use linchpin::client::{Client, ClientBuilder};
use linchpin::plan::Plan;

use crate::given::{Given, given};
use crate::opened::Opened;

/// What a client needs besides a connection.
#[derive(Args)]
pub(crate) struct Settings {
    /// A constant of the connector, such as a client secret, over those of its files; `NAME=-` asks, or reads
    /// LINCHPIN_COMMON_NAME
    #[arg(long = "common", value_name = "NAME=VALUE", value_parser = given)]
    common: Vec<Given>,
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

impl Settings {
    /// A builder with the constants that lie beside the connector, and those of the command line.
    pub(crate) fn builder(&self, opened: &Opened) -> Result<ClientBuilder<Client>, String> {
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
}
