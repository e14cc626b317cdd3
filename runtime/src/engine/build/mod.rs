//! Builds requests (connector.md 6).

pub(crate) mod url;
