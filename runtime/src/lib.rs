//! The runtime of Linchpin: what generated clients call and users touch.

pub mod error;
pub mod plan;
pub mod scope;
pub mod value;
