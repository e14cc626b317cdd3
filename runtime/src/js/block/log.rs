//! What code logs (connector.md 18.5).

use std::fmt;

/// How grave a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum LogLevel {
    /// `logger.trace`
    Trace,
    /// `logger.debug`
    Debug,
    /// `logger.info`, `logger.log`, `console.log`
    Info,
    /// `logger.metric`
    Metric,
    /// `logger.warn`
    Warn,
    /// `logger.error`
    Error,
}

impl LogLevel {
    pub(super) fn of(name: &str) -> Self {
        match name {
            "trace" => Self::Trace,
            "debug" => Self::Debug,
            "metric" => Self::Metric,
            "warn" => Self::Warn,
            "error" => Self::Error,
            _ => Self::Info,
        }
    }

    /// The name that code uses.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Trace => "trace",
            Self::Debug => "debug",
            Self::Info => "info",
            Self::Metric => "metric",
            Self::Warn => "warn",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for LogLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A line that code logged: at most 4,096 characters.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LogLine {
    /// How grave it is.
    pub level: LogLevel,
    /// The line, its arguments joined as `util.format` joins them.
    pub text: String,
}

/// Longer lines are cut (connector.md 18.5).
const MOST_CHARS: usize = 4096;

impl LogLine {
    pub(super) fn new(level: &str, mut text: String) -> Self {
        if let Some((end, _)) = text.char_indices().nth(MOST_CHARS) {
            text.truncate(end);
        }
        Self { level: LogLevel::of(level), text }
    }

    /// Hands the line to `tracing`.
    pub(super) fn trace(&self) {
        let text = &self.text;
        match self.level {
            LogLevel::Trace => tracing::trace!(target: "linchpin::js", "{text}"),
            LogLevel::Debug => tracing::debug!(target: "linchpin::js", "{text}"),
            LogLevel::Info | LogLevel::Metric => tracing::info!(target: "linchpin::js", "{text}"),
            LogLevel::Warn => tracing::warn!(target: "linchpin::js", "{text}"),
            LogLevel::Error => tracing::error!(target: "linchpin::js", "{text}"),
        }
    }
}
