//! The runtime of Linchpin: what generated clients call and users touch.

pub mod clock;
mod decimal;
mod engine;
pub mod error;
pub mod functions;
pub mod ops;
pub mod plan;
pub mod random;
pub mod scope;
pub mod transport;
pub mod value;
