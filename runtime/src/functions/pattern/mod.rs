//! Text patterns (iml.md 9.2 `replace`): regular expressions of JavaScript, and literal text.

mod backtrack;
mod class;
mod escape;
mod linear;
mod program;
mod regexp;
mod replacement;
mod search;
mod set;
mod syntax;
mod units;

pub(crate) use search::test;
pub use search::{Pattern, replace, replace_with};

pub(crate) use set::Set;

#[cfg(test)]
mod tests;
