//! The runtime of Linchpin: what generated clients call and users touch.

mod engine;
pub mod error;
pub mod plan;
pub mod scope;
pub mod transport;
pub mod value;
