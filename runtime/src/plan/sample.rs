//! Samples, for tests.

use std::borrow::Cow;

use super::Name;

/// What a service answers to one request of a module, so that the module's output is its sample (connector.md 3.12).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// The module's id in the connector.
    pub module: Name,
    /// The request, by its position in the module.
    pub request: usize,
    /// The answer's body, as JSON.
    pub body: Cow<'static, str>,
    /// The same for pages after the first one, which hold nothing.
    pub last_page: Cow<'static, str>,
}
