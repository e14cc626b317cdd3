//! XML as values (connector.md 7.3, iml.md 10).
//!
//! An element is the text that it contains, or a collection: `_value` is its text, `_attributes` its attributes, and
//! each other key a list of the child elements of that name. A document is a collection with its root element.

use std::fmt;

mod read;
mod write;

pub(crate) use read::parse;
pub(crate) use write::write;

/// The key of an element's text.
const VALUE: &str = "_value";

/// The key of an element's attributes.
const ATTRIBUTES: &str = "_attributes";

/// The deepest nesting of elements that is read or written.
const DEEPEST: usize = 256;

/// What is wrong with a document, or with a value that should become one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct XmlError(String);

impl XmlError {
    fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }

    fn too_deep() -> Self {
        Self(format!("it is nested deeper than {DEEPEST} levels"))
    }
}

impl fmt::Display for XmlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for XmlError {}

/// Whether a text can be the name of an element or an attribute.
///
/// Characters beyond ASCII are taken without a closer look: no reader confuses them with markup.
fn is_name(name: &str) -> bool {
    let is_start = |char: char| char.is_ascii_alphabetic() || matches!(char, '_' | ':') || !char.is_ascii();
    let is_part = |char: char| is_start(char) || char.is_ascii_digit() || matches!(char, '-' | '.');
    name.starts_with(is_start) && name.chars().all(|char| is_part(char) && !char.is_whitespace())
}

#[cfg(test)]
mod tests;
