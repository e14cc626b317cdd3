//! `linchpin expand`: the Rust that a connector compiles to.

use std::path::PathBuf;

use clap::Args;
use linchpin_codegen::{Config, Source, generate};

use crate::levels::Levels;
use crate::output::{colour, print, report};

/// Print the Rust that a connector compiles to
///
/// It is what `include_connector!` puts into a crate, formatted.
#[derive(Args)]
#[command(after_help = "\
Examples:
  linchpin expand connector.json | less
  linchpin expand apps/crm --module getDeal --module listDeals")]
pub(crate) struct Arguments {
    /// File or folder of the connector
    path: PathBuf,
    /// Only this module and what it reaches; by its id or the name of its method
    #[arg(long = "module", value_name = "NAME")]
    modules: Vec<String>,
    #[command(flatten)]
    levels: Levels,
}

/// Prints the code to the standard output; what is wrong goes to the error stream.
pub(crate) fn run(arguments: &Arguments) -> Result<bool, String> {
    let mut config = Config::default();
    config.options = arguments.levels.options();
    config.only = (!arguments.modules.is_empty()).then(|| arguments.modules.clone());
    let mut output = generate(Source::Path(&arguments.path), &config);
    arguments.levels.apply(&mut output.diagnostics);
    if output.is_denied() {
        report(&output.rendered(colour()));
        return Ok(false);
    }
    print(&output.formatted());
    Ok(true)
}
