//! Forms of data besides JSON.

pub(crate) mod percent;
pub(crate) mod xml;
