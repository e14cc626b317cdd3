//! Where a request comes from.

use std::borrow::Cow;
use std::fmt;

use crate::engine::blotter::Blotter;

/// Where a request comes from, and what is secret in it: for transports that record, or answer by themselves.
#[derive(Clone)]
pub struct Origin {
    pub(crate) module: String,
    pub(crate) request: usize,
    pub(crate) page: u64,
    pub(crate) blotter: Blotter,
}

impl Origin {
    /// The module, RPC, endpoint or connection that runs, by its id in the connector.
    #[must_use]
    pub fn module(&self) -> &str {
        &self.module
    }

    /// Which of its requests this is, from 0.
    #[must_use]
    pub fn request(&self) -> usize {
        self.request
    }

    /// Which page of the request this is, from 1.
    #[must_use]
    pub fn page(&self) -> u64 {
        self.page
    }

    /// `text` without what the client knows to be secret (rulings 36).
    #[must_use]
    pub fn blot<'a>(&self, text: &'a str) -> Cow<'a, str> {
        self.blotter.blot(text)
    }
}

impl fmt::Debug for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Origin")
            .field("module", &self.module)
            .field("request", &self.request)
            .field("page", &self.page)
            .finish_non_exhaustive()
    }
}
