//! The runtime of Linchpin: what generated clients call and users touch.

pub mod error;
#[allow(dead_code)]
pub mod functions;
pub mod plan;
pub mod scope;
pub mod value;
