//! `linchpin explain`: what a code means.

use clap::Args;
use linchpin_spec::diagnostic::{CODES, Code, CodeInfo, Level};

use crate::levels::code;
use crate::output::{BOLD, print};

/// Say what a diagnostic's code means
#[derive(Args)]
pub(crate) struct Arguments {
    /// An id such as LP0204, or a name such as unknown-variable; without one, all are listed
    #[arg(value_parser = code)]
    code: Option<Code>,
}

/// Prints one code, or the list of all.
pub(crate) fn run(arguments: &Arguments) -> Result<bool, String> {
    match arguments.code {
        Some(code) => print(&explain(code.info())),
        None => {
            for info in CODES {
                print(&format!("{BOLD}{}{BOLD:#} {:<24} {}\n", info.id, info.name, info.summary));
            }
        }
    }
    Ok(true)
}

fn explain(info: &CodeInfo) -> String {
    let mut text = format!("{BOLD}{} {}{BOLD:#}\n\n{}\n\n", info.id, info.name, info.summary);
    text.push_str(&format!("In one-file connectors and OAuth documents: {}.\n", word(info.strict)));
    text.push_str(&format!("In the layouts of Make apps: {}.\n", word(info.lenient)));
    if info.template {
        text.push_str(
            "When it is allowed, the template that it concerns fails when it runs; the rest works.\n",
        );
    }
    text.push_str(&format!(
        "\nTo change its level:\n  linchpin check PATH --warn {name}\n  \
         include_connector!(path = \"..\", warn = [\"{name}\"])\n",
        name = info.name
    ));
    text
}

fn word(level: Level) -> &'static str {
    match level {
        Level::Allow => "not shown",
        Level::Warn => "a warning",
        Level::Deny => "an error",
    }
}
