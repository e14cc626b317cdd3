//! Runs plans (connector.md 4).

pub(crate) mod blotter;
pub(crate) mod build;
