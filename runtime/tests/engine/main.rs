//! The engine against real servers on loopback ports. One file per chapter of the reference.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, unreachable_pub)]

mod support;

mod body;
mod calls;
mod connections;
mod echoes;
mod endpoints;
mod errors;
mod failures;
mod forms;
mod headers;
mod hosts;
mod input;
mod interceptors;
#[cfg(feature = "testing")]
mod kit;
mod output;
mod paging;
mod pipeline;
mod rate;
mod redirects;
mod repeat;
mod resolve;
mod response;
mod retry;
mod secrets;
mod time_limits;
mod tls;
mod trigger;
mod trigger_model;
mod url;
mod watch;
