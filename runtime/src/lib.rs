//! The runtime of Linchpin: what generated clients call and users touch.

pub mod client;
pub mod clock;
pub mod connection;
mod decimal;
mod engine;
pub mod error;
pub mod functions;
pub mod ops;
pub mod plan;
pub mod random;
pub mod scope;
pub mod transport;
mod validate;
pub mod value;
