//! What the engine adds to an error on its way out.

use std::borrow::Cow;
use std::error::Error as StdError;

use bytes::Bytes;

use super::{Error, ErrorKind, Inner, Source};
use crate::engine::blotter::Blotter;

/// How much of an answer's body an error keeps.
const BODY_CAP: usize = 64 * 1024;
/// What it keeps beyond that until secrets are removed, so that the cut goes through none of them.
const MARGIN: usize = 16 * 1024;

impl Error {
    /// Says which answer led here. The body is cut to 64 KiB once it is without secrets.
    pub(crate) fn with_answer(mut self, status: u16, body: &Bytes) -> Self {
        self.0.status = Some(status);
        self.0.may_have_been_sent = true;
        if !body.is_empty() {
            self.0.body = Some(body.slice(..body.len().min(BODY_CAP + MARGIN)));
        }
        self
    }

    /// Names the directive, unless a template has named its place already.
    pub(crate) fn at(mut self, directive: &'static str) -> Self {
        self.0.place.get_or_insert(Cow::Borrowed(directive));
        self
    }

    /// Names what was running, unless something within it has been named already.
    pub(crate) fn in_module(mut self, name: &str) -> Self {
        self.0.module.get_or_insert_with(|| Cow::Owned(name.to_owned()));
        self
    }

    /// Says that only a new login can help (rulings 31).
    pub(crate) fn with_needs_login(mut self) -> Self {
        self.0.needs_login = true;
        self
    }

    /// Says something else.
    pub(crate) fn with_message(mut self, message: &str) -> Self {
        message.clone_into(&mut self.0.message);
        self
    }

    /// Changes what kind of thing went wrong.
    pub(crate) fn with_kind(mut self, kind: ErrorKind) -> Self {
        self.0.kind = Some(kind);
        self
    }

    /// The same error once more, for another one who waits for the same work; only its cause stays with the first.
    pub(crate) fn again(&self) -> Self {
        let inner = &self.0;
        Self(Box::new(Inner {
            kind: inner.kind,
            message: inner.message.clone(),
            status: inner.status,
            retry_after: inner.retry_after,
            needs_login: inner.needs_login,
            body: inner.body.clone(),
            module: inner.module.clone(),
            place: inner.place.clone(),
            may_have_been_sent: inner.may_have_been_sent,
            source: None,
        }))
    }

    /// Removes what must not be seen from message, body and causes.
    pub(crate) fn blotted(mut self, blotter: &Blotter) -> Self {
        if let Cow::Owned(clean) = blotter.blot(&self.0.message) {
            self.0.message = clean;
        }
        if let Some(body) = self.0.body.take() {
            let clean = if blotter.finds(&body) {
                Bytes::from(blotter.blot(&String::from_utf8_lossy(&body)).into_owned())
            } else {
                body
            };
            self.0.body = Some(clean.slice(..clean.len().min(BODY_CAP)));
        }
        self.0.source = self.0.source.take().and_then(|source| clean_source(source, blotter));
        self
    }
}

/// An error of the client's own is cleaned; another cause that shows a secret is dropped.
fn clean_source(source: Source, blotter: &Blotter) -> Option<Source> {
    let source = match source.downcast::<Error>() {
        Ok(own) => return Some(Box::new(own.blotted(blotter))),
        Err(other) => other,
    };
    let mut next: Option<&(dyn StdError + 'static)> = Some(&*source);
    while let Some(cause) = next {
        if blotter.finds(cause.to_string().as_bytes()) {
            return None;
        }
        next = cause.source();
    }
    Some(source)
}
