//! What the macros do, apart from being macros: reading their arguments and giving tokens or errors.

mod include;
mod options;
mod place;
mod standalone;

pub use include::expand_include_connector;
pub use place::Bases;
pub use standalone::expand_iml;
