//! The JSON dialect of connectors (connector.md 2.1).

mod node;

pub use node::{Kind, Member, Node};
