//! What a code block names of its surroundings: steps and config variables (connector.md 18.3, 18.5).
//!
//! The exported function's parameters say how the block calls them; from there, names are followed through
//! destructuring and plain assignments. It is a reading of tokens, not of scopes: what it cannot follow makes the
//! result open, which says that there may be more.

mod pattern;
mod token;
mod uses;

pub(crate) use uses::{Names, uses};
