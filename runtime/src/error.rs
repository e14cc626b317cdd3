//! Errors of calls.

use std::fmt;

/// What kind of thing went wrong (connector.md 8.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// `RuntimeError`: anything without a kind of its own.
    Runtime,
}

/// What went wrong.
pub struct Error {
    kind: ErrorKind,
    message: String,
}

impl Error {
    /// An error of `kind`.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into() }
    }

    /// An error of a template, made where it fails: `place` is the template's place.
    pub fn template(place: &str, message: impl fmt::Display) -> Self {
        Self::new(ErrorKind::Runtime, format!("{message} ({place})"))
    }

    /// Its kind.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}
