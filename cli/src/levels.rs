//! `--allow`, `--warn` and `--deny`, which work like rustc's.

use clap::Args;
use linchpin_spec::Options;
use linchpin_spec::diagnostic::{CODES, Code, Diagnostic, Level};

/// Levels of single codes.
#[derive(Args)]
#[command(
    next_help_heading = "Levels of diagnostics (CODE is an id such as LP0204 or a name such as unknown-variable)"
)]
pub(crate) struct Levels {
    /// Do not show it; a template that only this concerns fails when it runs
    #[arg(long, value_name = "CODE", value_parser = code)]
    allow: Vec<Code>,
    /// Show it as a warning
    #[arg(long, value_name = "CODE", value_parser = code)]
    warn: Vec<Code>,
    /// Show it as an error; `warnings` stands for every warning
    #[arg(long, value_name = "CODE", value_parser = denied)]
    deny: Vec<Denied>,
}

/// What `--deny` takes.
#[derive(Clone, Copy)]
enum Denied {
    Warnings,
    Code(Code),
}

impl Levels {
    /// The options for loading a connector.
    pub(crate) fn options(&self) -> Options {
        let denied = self.deny.iter().filter_map(|denied| match denied {
            Denied::Code(code) => Some(*code),
            Denied::Warnings => None,
        });
        let levels = self
            .allow
            .iter()
            .map(|code| (*code, Level::Allow))
            .chain(self.warn.iter().map(|code| (*code, Level::Warn)))
            .chain(denied.map(|code| (code, Level::Deny)));
        Options { levels: levels.collect(), ..Options::default() }
    }

    /// The same levels as options of `include_connector!`.
    pub(crate) fn macro_options(&self) -> String {
        let list = |option: &str, codes: Vec<Code>| {
            let names: Vec<String> = codes.iter().map(|code| format!("\"{}\"", code.info().name)).collect();
            (!names.is_empty()).then(|| format!("{option} = [{}]", names.join(", ")))
        };
        let denied = self.deny.iter().filter_map(|denied| match denied {
            Denied::Code(code) => Some(*code),
            Denied::Warnings => None,
        });
        let options = [
            list("allow", self.allow.clone()),
            list("warn", self.warn.clone()),
            list("deny", denied.collect()),
        ];
        options.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// `--deny warnings`: what is left as a warning becomes an error.
    pub(crate) fn apply(&self, diagnostics: &mut [Diagnostic]) {
        if self.deny.iter().any(|denied| matches!(denied, Denied::Warnings)) {
            for diagnostic in diagnostics.iter_mut().filter(|diagnostic| diagnostic.level == Level::Warn) {
                diagnostic.level = Level::Deny;
            }
        }
    }
}

/// Finds a code by its id or its name; the error names those that come near.
pub(crate) fn code(text: &str) -> Result<Code, String> {
    Code::find(text).ok_or_else(|| {
        let wanted = text.to_ascii_lowercase();
        let near: Vec<&str> = CODES
            .iter()
            .filter(|info| wanted.split('-').any(|word| word.len() > 2 && info.name.contains(word)))
            .map(|info| info.name)
            .collect();
        let hint =
            if near.is_empty() { String::new() } else { format!("; there are `{}`", near.join("`, `")) };
        format!("there is no such code{hint} (`linchpin explain` lists all)")
    })
}

fn denied(text: &str) -> Result<Denied, String> {
    if text == "warnings" { Ok(Denied::Warnings) } else { code(text).map(Denied::Code) }
}
