//! Reads connectors: file layouts, JSON with places, the model, the IML front end, checks and diagnostics.

pub mod diagnostic;
pub mod iml;
pub mod json;
pub mod model;
pub mod similar;
pub mod source;
pub mod span;
