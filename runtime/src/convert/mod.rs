//! Between values and Rust's own types: what generated inputs and outputs are made of.
//!
//! Generated types implement two traits, [`ToObject`] and [`FromBundle`]; all else that users expect of them
//! (`Debug`, `PartialEq`, serde) goes through these, so that it costs no time to compile.

mod from_value;
mod generated;
mod secret;
mod to_value;

pub use from_value::{FromBundle, FromValue, take};
pub use generated::{cloned, debug, deserialize, equals, serialize};
pub use secret::Secret;
pub use to_value::{IntoValue, Secrets, ToObject, ToValue, put};
