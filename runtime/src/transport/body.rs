//! Bodies of answers, piece by piece.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;

use bytes::Bytes;
use futures_core::Stream;

use crate::error::Error;

/// The body of an answer: nothing, bytes that are there, or a stream of pieces.
pub struct Body(Repr);

enum Repr {
    Full(Option<Bytes>),
    Stream { pieces: Pin<Box<dyn Stream<Item = Result<Bytes, Error>> + Send>>, length: Option<u64> },
}

impl Body {
    /// No bytes.
    #[must_use]
    pub fn empty() -> Self {
        Self(Repr::Full(None))
    }

    /// Pieces as they arrive; `length` is their sum where it is known beforehand.
    #[must_use]
    pub fn from_stream(
        pieces: impl Stream<Item = Result<Bytes, Error>> + Send + 'static,
        length: Option<u64>,
    ) -> Self {
        Self(Repr::Stream { pieces: Box::pin(pieces), length })
    }

    /// The number of bytes to come, where it is known.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        match &self.0 {
            Repr::Full(bytes) => Some(bytes.as_ref().map_or(0, |bytes| bytes.len() as u64)),
            Repr::Stream { length, .. } => *length,
        }
    }

    /// The next piece; `None` at the end.
    ///
    /// # Errors
    /// What the transport says when the body breaks off.
    pub async fn next(&mut self) -> Option<Result<Bytes, Error>> {
        match &mut self.0 {
            Repr::Full(bytes) => bytes.take().map(Ok),
            Repr::Stream { pieces, .. } => poll_fn(|context| pieces.as_mut().poll_next(context)).await,
        }
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self(Repr::Full((!bytes.is_empty()).then_some(bytes)))
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<&'static str> for Body {
    fn from(text: &'static str) -> Self {
        Bytes::from_static(text.as_bytes()).into()
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Body").field("length", &self.length()).finish_non_exhaustive()
    }
}
