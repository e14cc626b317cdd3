//! Errors of calls.

mod kind;
mod parts;

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;

pub use kind::ErrorKind;

/// What went wrong with a call.
///
/// `Display` and `Debug` show the kind of thing, the message, the status and the place in the connector. They never
/// show the body of an answer, nor a header, nor a value that the client knows to be secret (rulings 36).
pub struct Error(Box<Inner>);

#[derive(Default)]
struct Inner {
    kind: Option<ErrorKind>,
    message: String,
    status: Option<u16>,
    retry_after: Option<Duration>,
    needs_login: bool,
    body: Option<Bytes>,
    module: Option<Cow<'static, str>>,
    place: Option<Cow<'static, str>>,
    may_have_been_sent: bool,
    source: Option<Source>,
}

type Source = Box<dyn StdError + Send + Sync>;

impl Error {
    /// An error of `kind`.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner { kind: Some(kind), message: message.into(), ..Inner::default() }))
    }

    /// An error of a template, made where it fails.
    ///
    /// `place` is the template's place: file, line and column, then a space and the key path.
    pub fn template(place: &str, message: impl fmt::Display) -> Self {
        let mut error = Self::new(ErrorKind::Runtime, message.to_string());
        error.0.place = Some(Cow::Owned(place.to_owned()));
        error
    }

    /// Says in which template it happened; an inner place stays.
    #[cfg(feature = "js")]
    #[must_use]
    pub(crate) fn at_template(mut self, place: &str) -> Self {
        self.0.place.get_or_insert_with(|| Cow::Owned(place.to_owned()));
        self
    }

    /// What kind of thing went wrong.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind.unwrap_or(ErrorKind::Runtime)
    }

    /// The message: the author's, or the runtime's.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The status of the answer that led to this error.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// How long the server asked to wait; `None` when it said nothing (rulings 27).
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// The same call may succeed later: by the kind, or by a status of 429, 502, 503 or 504 (rulings 27).
    ///
    /// Whether it is safe to repeat is another question: see [`Error::may_have_been_sent`].
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        matches!(
            self.kind(),
            ErrorKind::RateLimit | ErrorKind::Connection | ErrorKind::Timeout | ErrorKind::IncompleteData
        ) || matches!(self.0.status, Some(429 | 502 | 503 | 504))
    }

    /// Only a new login by the user can help (rulings 31).
    #[must_use]
    pub fn needs_login(&self) -> bool {
        self.0.needs_login
    }

    /// The beginning of the answer's body, at most 64 KiB.
    #[must_use]
    pub fn body(&self) -> Option<&[u8]> {
        self.0.body.as_deref()
    }

    /// The module, RPC or connection that was running.
    #[must_use]
    pub fn module(&self) -> Option<&str> {
        self.0.module.as_deref()
    }

    /// The directive that failed, as a key path such as `response.output.name`.
    #[must_use]
    pub fn directive(&self) -> Option<&str> {
        let place = self.0.place.as_deref()?;
        Some(place.split_once(' ').map_or(place, |(_, path)| path))
    }

    /// Whether the request may have reached the server. `false` means that nothing was sent.
    #[must_use]
    pub fn may_have_been_sent(&self) -> bool {
        self.0.may_have_been_sent
    }

    /// Says which template failed.
    #[must_use]
    pub(crate) fn with_place(mut self, place: &str) -> Self {
        self.0.place = Some(Cow::Owned(place.to_owned()));
        self
    }

    /// Keeps what caused this error, for [`std::error::Error::source`].
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// Says whether the request may have reached the server: transports call this.
    #[must_use]
    pub fn with_may_have_been_sent(mut self, may_have_been_sent: bool) -> Self {
        self.0.may_have_been_sent = may_have_been_sent;
        self
    }

    /// Says how long the server asked to wait.
    #[must_use]
    pub fn with_retry_after(mut self, delay: Duration) -> Self {
        self.0.retry_after = Some(delay);
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(module) = &self.0.module {
            write!(f, "{module}: ")?;
        }
        f.write_str(&self.0.message)?;
        if let Some(place) = &self.0.place {
            write!(f, " ({place})")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Error");
        out.field("kind", &self.kind()).field("message", &self.0.message);
        if let Some(status) = self.0.status {
            out.field("status", &status);
        }
        if let Some(module) = &self.0.module {
            out.field("module", module);
        }
        if let Some(place) = &self.0.place {
            out.field("place", place);
        }
        if let Some(delay) = self.0.retry_after {
            out.field("retry_after", &delay);
        }
        out.finish_non_exhaustive()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as &(dyn StdError + 'static))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_one_pointer_wide() {
        assert_eq!(size_of::<Error>(), size_of::<usize>());
        assert_eq!(size_of::<Result<(), Error>>(), size_of::<usize>());
    }

    #[test]
    fn a_template_error_names_its_directive() {
        let error = Error::template("tasks.json:12:7 response.output.name", "not a date");
        assert_eq!(error.directive(), Some("response.output.name"));
        assert_eq!(error.message(), "not a date");
        assert_eq!(error.to_string(), "not a date (tasks.json:12:7 response.output.name)");
    }
}
