//! `linchpin functions`: Rust stubs for a connector's custom functions.

use std::path::PathBuf;

use clap::Args;
use linchpin_spec::Options;
use linchpin_spec::diagnostic::render_text;

use crate::output::{colour, print, report};

/// Print Rust stubs for the custom functions of a connector
///
/// Each holds the function's JavaScript as a comment. Written out, they take its place:
/// `include_connector!(path = "..", functions = crate::functions)`.
#[derive(Args)]
#[command(after_help = "\
Example:
  linchpin functions apps/crm > src/functions.rs")]
pub(crate) struct Arguments {
    /// File or folder of the connector
    path: PathBuf,
}

/// Prints the stubs; false when the connector does not compile.
pub(crate) fn run(arguments: &Arguments) -> Result<bool, String> {
    let loaded = linchpin_spec::load(&arguments.path, &Options::default());
    let Some(connector) = &loaded.connector else {
        report(&render_text(&loaded.diagnostics, &loaded.sources, colour()));
        return Ok(false);
    };
    if connector.functions.is_empty() {
        return Err(format!("`{}` has no custom functions", connector.name));
    }
    print(&linchpin_codegen::function_stubs(connector));
    Ok(true)
}
