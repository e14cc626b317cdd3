//! Source files: which ones were read, and where in them a place is.

mod map;

pub use map::{SourceFile, SourceMap};
