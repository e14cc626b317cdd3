//! What goes wrong with a request that arrives.

use std::error::Error as StdError;
use std::fmt;

use bytes::Bytes;
use http::StatusCode;

use super::Reply;
use crate::error::{Error, ErrorKind};

/// A request that was not taken: nothing of it was delivered, and its sender is told so (rulings 30).
///
/// Send [`WebhookError::reply`]: most services send their event again when they get such an answer, so nothing is
/// lost. The answer never says what went wrong; `Display` does, without secrets.
pub struct WebhookError {
    status: StatusCode,
    error: Error,
}

impl WebhookError {
    /// A request that cannot be taken, with the status of its answer.
    pub(crate) fn refused(status: StatusCode, kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { status, error: Error::new(kind, message) }
    }

    /// A request that is larger than the cap.
    pub(crate) fn too_large(cap: u64) -> Self {
        let message = format!("the request is larger than {cap} bytes");
        Self::refused(StatusCode::PAYLOAD_TOO_LARGE, ErrorKind::MaxFileSizeExceeded, message)
    }

    /// The status of the answer: 413 above the cap, 415 for a compression that is not known, 400 for one that is
    /// broken, 500 for everything else.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The answer to send: the status and its name.
    #[must_use]
    pub fn reply(&self) -> Reply {
        let words = self.status.canonical_reason().unwrap_or_default();
        let mut reply = Reply::new(Bytes::from_static(words.as_bytes()));
        *reply.status_mut() = self.status;
        super::reply::set_content_type(&mut reply, super::reply::TEXT);
        reply
    }

    /// What went wrong.
    #[must_use]
    pub fn error(&self) -> &Error {
        &self.error
    }
}

/// What fails while a request is worked on is answered with 500.
impl From<Error> for WebhookError {
    fn from(error: Error) -> Self {
        Self { status: StatusCode::INTERNAL_SERVER_ERROR, error }
    }
}

impl From<WebhookError> for Error {
    fn from(refused: WebhookError) -> Self {
        refused.error
    }
}

impl fmt::Display for WebhookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl fmt::Debug for WebhookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhookError").field("status", &self.status).field("error", &self.error).finish()
    }
}

impl StdError for WebhookError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&self.error)
    }
}
