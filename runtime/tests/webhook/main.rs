//! Webhooks, instant triggers and responders, by a generated client against real servers on loopback ports.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, unreachable_pub)]
#![cfg(all(feature = "macros", feature = "http"))]

#[path = "../engine/support/mod.rs"]
#[allow(dead_code, unused_imports, reason = "the tests of the engine use the rest")]
mod support;
mod world;

mod anything;
mod bodies;
mod by_hand;
mod handle;
mod register;
mod respond;
#[cfg(feature = "axum")]
mod router;
mod shared;
mod trigger;

/// The connector of the tests.
#[allow(dead_code, reason = "each test uses a part of it")]
pub mod tickets {
    linchpin::include_connector!("connector.json");
}
