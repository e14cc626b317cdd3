//! Logins and the life of connections, against authorization servers on loopback ports (connector.md 10).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, unreachable_pub)]

#[allow(dead_code, reason = "the tests of the engine use the rest")]
#[path = "../engine/support/server.rs"]
mod server;

mod service;

mod callback;
mod flow;
mod install;
mod machine;
mod oauth1;
mod processes;
mod provider;
mod refresh;
mod refusal;
mod rules;
