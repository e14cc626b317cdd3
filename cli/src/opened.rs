//! A connector that a command runs.

use std::path::PathBuf;

use clap::Args;
use linchpin_loader::Plans;
use linchpin_spec::Options;
use linchpin_spec::diagnostic::render_text;
use linchpin_spec::model::{Connection, Connector};

use crate::output::{colour, report};

/// Which connector.
#[derive(Args)]
pub(crate) struct Place {
    /// File or folder of the connector
    path: PathBuf,
}

/// A connector and its plans.
pub(crate) struct Opened {
    pub(crate) connector: Connector,
    pub(crate) plans: Plans,
}

impl Place {
    /// Reads the connector. `None` when it has mistakes, which have been shown then; warnings are for `check`.
    pub(crate) fn open(&self) -> Option<Opened> {
        let read = linchpin_spec::load(&self.path, &Options::default());
        let Some(connector) = read.connector else {
            report(&render_text(&read.diagnostics, &read.sources, colour()));
            return None;
        };
        let plans = linchpin_loader::load(&connector, &read.sources);
        Some(Opened { connector, plans })
    }
}

impl Opened {
    /// The connection of this name; without a name, the only one.
    pub(crate) fn connection(&self, name: Option<&str>) -> Result<&Connection, String> {
        let all = &self.connector.connections;
        let names =
            || all.iter().map(|connection| connection.id.value.as_str()).collect::<Vec<_>>().join(", ");
        match (name, all.as_slice()) {
            (_, []) => {
                Err(format!("{} has no connection: there is nothing to log in to", self.connector.name))
            }
            (None, [only]) => Ok(only),
            (None, _) => Err(format!("which connection? `--connection` takes one of {}", names())),
            (Some(name), _) => all
                .iter()
                .find(|connection| connection.id.value == name)
                .ok_or_else(|| format!("there is no connection `{name}`; there are {}", names())),
        }
    }
}
