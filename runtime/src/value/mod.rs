//! Values of IML (iml.md 1).

mod object;

use std::sync::Arc;

use bytes::Bytes;
use smol_str::SmolStr;

pub use object::Object;

/// A value of IML. Cloning is O(1).
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub enum Value {
    /// Not there.
    #[default]
    Undefined,
    /// `null`
    Null,
    /// The keyword `emptystring`: an empty text that does not count as blank.
    EmptyText,
    /// `true`, `false`
    Bool(bool),
    /// A number.
    Number(Number),
    /// Text.
    Text(SmolStr),
    /// An instant.
    Date(Date),
    /// Bytes.
    Buffer(Bytes),
    /// A list.
    Array(Arc<Vec<Value>>),
    /// A collection.
    Object(Object),
}

/// A number: a double, or an exact integer that prints unchanged (rulings 2).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Number(f64);

/// An instant, in milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date(i64);

impl Value {
    /// Undefined, to borrow.
    pub const UNDEFINED: Self = Self::Undefined;
}
