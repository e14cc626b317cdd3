//! Forms that a service supplies while the program runs: options to choose from, and fields (connector.md 14.2).

mod check;
mod choice;
mod field;
mod read;
mod resolve;

pub use choice::Choice;
pub(crate) use choice::{Keys, choices};
pub use field::{Field, Fields, NestedFields, RpcReference, When};
pub(crate) use resolve::Resolver;

use crate::error::{Error, ErrorKind};

/// The error of a result that has not the shape that was asked for.
fn wrong(what: impl Into<String>) -> Error {
    Error::new(ErrorKind::Runtime, what).with_may_have_been_sent(true).at("response.output")
}
