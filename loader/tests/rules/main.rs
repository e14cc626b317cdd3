//! The rules of connector.md the whole way: a connector's text, the loader, the engine, a server on loopback.

#![allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests may fail loudly, and their helpers are no API"
)]

mod answers;
mod requests;
mod results;
mod support;
