//! What is wrong in a connector: codes, levels, and how they are shown.

mod code;
mod json;
mod render;
mod snippet;

pub use code::{CODES, Code, CodeInfo};
pub use json::render_json;
pub use render::render_text;

use crate::span::Span;

/// How much a diagnostic weighs. Works like the levels of rustc's lints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// Not shown. A template that only this concerns fails when it runs.
    Allow,
    /// Shown; the connector compiles.
    Warn,
    /// Shown; nothing is generated.
    Deny,
}

/// Default levels of a connector's diagnostics (rulings 7). Changes levels and nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Dialect {
    /// One-file connectors and bare OAuth 2 documents.
    #[default]
    Strict,
    /// The layouts of Make apps: what runs on Make today compiles.
    Lenient,
}

/// One thing to tell the author.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostic {
    /// Its stable code.
    pub code: Code,
    /// Its level after dialect and settings.
    pub level: Level,
    /// What is wrong: lower case, no final stop, names in backticks.
    pub message: String,
    /// The place; `None` only where no file could be read.
    pub span: Option<Span>,
    /// A few words under the span.
    pub label: Option<String>,
    /// What to do about it.
    pub help: Option<String>,
    /// JSON pointer of the value inside its file, such as `/response/output/name`.
    pub pointer: Option<String>,
}

impl Diagnostic {
    /// A diagnostic without a label or help, at the level that its code has in the strict dialect.
    /// The final level is set when a connector is loaded, in one place, from its dialect and the settings.
    pub fn new(code: Code, message: impl Into<String>, span: impl Into<Option<Span>>) -> Self {
        Self {
            code,
            level: code.default_level(Dialect::Strict),
            message: message.into(),
            span: span.into(),
            label: None,
            help: None,
            pointer: None,
        }
    }

    /// Adds a few words under the span.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds the JSON pointer of the value inside its file.
    #[must_use]
    pub fn pointer(mut self, pointer: impl Into<String>) -> Self {
        self.pointer = Some(pointer.into());
        self
    }
}
