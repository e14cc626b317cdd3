//! JSON text into values and back (iml.md 12).

mod read;
mod scan;
mod write;

pub use read::ParseJsonError;
