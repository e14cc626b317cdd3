//! What is wrong in a connector: codes, levels, and how they are shown.

mod code;

pub use code::{CODES, Code, CodeInfo};

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
