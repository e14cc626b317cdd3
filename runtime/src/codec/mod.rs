//! Forms of data besides JSON.

pub(crate) mod mime;
pub(crate) mod percent;
pub(crate) mod xml;
