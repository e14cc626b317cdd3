//! What the engine adds to an error on its way out.

use std::borrow::Cow;

use bytes::Bytes;

use super::Error;
use crate::engine::blotter::Blotter;

/// How much of an answer's body an error keeps.
const BODY_CAP: usize = 64 * 1024;

impl Error {
    /// Says which answer led here. The body is cut to 64 KiB.
    pub(crate) fn with_answer(mut self, status: u16, body: &Bytes) -> Self {
        self.0.status = Some(status);
        self.0.may_have_been_sent = true;
        if !body.is_empty() {
            self.0.body = Some(body.slice(..body.len().min(BODY_CAP)));
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

    /// Removes what must not be seen from message and body.
    pub(crate) fn blotted(mut self, blotter: &Blotter) -> Self {
        if let Cow::Owned(clean) = blotter.blot(&self.0.message) {
            self.0.message = clean;
        }
        if let Some(body) = &self.0.body
            && blotter.finds(body)
        {
            let clean = blotter.blot(&String::from_utf8_lossy(body)).into_owned();
            self.0.body = Some(Bytes::from(clean));
        }
        self
    }
}
