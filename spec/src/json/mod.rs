//! The JSON dialect of connectors (connector.md 2.1).

mod node;
mod number;
mod parse;
mod pointer;
mod quote;
mod scan;
mod string;

pub use node::{Kind, Member, Node};
pub use parse::{MAX_DEPTH, parse};
pub use pointer::{add_pointers, pointer_at};
pub use quote::quote;
