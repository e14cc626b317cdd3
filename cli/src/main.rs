//! `linchpin`: checks connectors, shows what they compile to, makes crates of them, logs in and calls modules.

mod block;
mod callback;
mod commands;
mod copy;
mod count;
mod form;
mod given;
mod levels;
mod manifest;
mod opened;
mod output;
mod paths;
mod scripts;
mod settings;
mod state;
mod stored;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// What the help says beneath the list of commands: what people do first.
const EXAMPLES: &str = "\
Examples:
  linchpin check connector.json              all mistakes of a one-file connector
  linchpin check apps/crm apps/billing       several connectors; folders of any layout
  linchpin check apps --deny warnings        every connector below `apps`; warnings fail, too
  linchpin expand apps/crm --module getDeal  the Rust that one module becomes
  linchpin crate apps/crm --out crm-client   a crate of its own, ready for `cargo build`
  linchpin explain LP0201                    what a code means and what to do about it
  linchpin login apps/crm                    log in once; programs and `call` use the connection
  linchpin call apps/crm getDeal --param id=7  one module, run now; bundles as JSON
  linchpin functions apps/crm                Rust stubs for its custom functions
  linchpin run block.js --kind action        a code block, run now

Exit codes: 0 all is well, 1 something failed, which was said, 2 the command was not understood.";

/// Compiles connectors (JSON with IML templates) into typed async Rust clients.
#[derive(Parser)]
#[command(name = "linchpin", version, after_help = EXAMPLES, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Check(commands::check::Arguments),
    Expand(commands::expand::Arguments),
    Crate(commands::krate::Arguments),
    Explain(commands::explain::Arguments),
    Login(commands::login::Arguments),
    Connections(commands::connections::Arguments),
    Call(commands::call::Arguments),
    Functions(commands::functions::Arguments),
    Run(commands::run::Arguments),
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Check(arguments) => commands::check::run(&arguments),
        Command::Expand(arguments) => commands::expand::run(&arguments),
        Command::Crate(arguments) => commands::krate::run(&arguments),
        Command::Explain(arguments) => commands::explain::run(&arguments),
        Command::Login(arguments) => commands::login::run(&arguments),
        Command::Connections(arguments) => commands::connections::run(&arguments),
        Command::Call(arguments) => commands::call::run(&arguments),
        Command::Functions(arguments) => commands::functions::run(&arguments),
        Command::Run(arguments) => commands::run::run(&arguments),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            output::error(&error);
            ExitCode::FAILURE
        }
    }
}

/// What runs requests.
fn runtime() -> Result<tokio::runtime::Runtime, String> {
    let built = tokio::runtime::Builder::new_current_thread().enable_all().build();
    built.map_err(|error| format!("cannot start: {error}"))
}
