//! The front end of IML (iml.md 2 to 6, 13).

pub mod ast;
