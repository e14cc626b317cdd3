//! Values of IML (iml.md 1).
//!
//! A [`Value`] is three words wide. Text, arrays, collections and buffers are shared, so a clone costs at most one
//! counter, and reading a path borrows.

mod buffer;
pub(crate) mod coerce;
mod compare;
mod date;
mod debug;
mod from;
mod json;
mod merge;
mod number;
mod object;
mod path;
mod serde;
pub(crate) mod utf16;

use std::sync::Arc;

use smol_str::SmolStr;

pub use buffer::Buffer;
pub(crate) use coerce::parse_number;
pub use date::{Date, ParseDateError};
pub(crate) use date::{civil_from_days, days_from_civil};
pub use json::ParseJsonError;
pub use number::Number;
use object::Builder;
pub use object::{IntoIter, Iter, Object};

/// A value of IML. Cloning is O(1).
///
/// ```
/// use linchpin::value::Value;
///
/// let body = Value::parse_json(br#"{ "users": [{ "name": "Ada" }, { "name": "Grace" }] }"#)?;
/// assert_eq!(body.key("users").index(2).key("name"), &Value::from("Grace"));
/// assert!(body.key("users").index(9).key("name").is_nullish());
/// # Ok::<(), linchpin::value::ParseJsonError>(())
/// ```
#[derive(Clone, Default)]
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
    Buffer(Buffer),
    /// A list.
    Array(Arc<Vec<Value>>),
    /// A collection.
    Object(Object),
}

impl Value {
    /// Undefined, to borrow.
    pub const UNDEFINED: Self = Self::Undefined;
    /// `null`, to borrow.
    pub const NULL: Self = Self::Null;
    /// The keyword `emptystring`.
    pub const EMPTY_TEXT: Self = Self::EmptyText;
    /// `true`
    pub const TRUE: Self = Self::Bool(true);
    /// `false`
    pub const FALSE: Self = Self::Bool(false);
    /// The variable `pi`.
    pub const PI: Self = Self::number(std::f64::consts::PI);

    /// Text that is part of the program: nothing is copied.
    #[must_use]
    pub const fn text(text: &'static str) -> Self {
        Self::Text(SmolStr::new_static(text))
    }

    /// A number.
    #[must_use]
    pub const fn number(number: f64) -> Self {
        Self::Number(Number::from_f64(number))
    }

    /// A list.
    #[must_use]
    pub fn array(items: Vec<Self>) -> Self {
        Self::Array(Arc::new(items))
    }

    /// The keyword `emptyarray`.
    #[must_use]
    pub fn empty_array() -> Self {
        Self::Array(Arc::default())
    }

    /// The text, when it is text. `emptystring` is the empty text.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::EmptyText => Some(""),
            _ => None,
        }
    }

    /// The number as a double, when it is a number.
    #[must_use]
    pub fn as_f64(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(number.as_f64()),
            _ => None,
        }
    }

    /// The number, when it is a whole one that fits.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Self::Number(number) => number.as_i64(),
            _ => None,
        }
    }

    /// The boolean, when it is one.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(bool) => Some(*bool),
            _ => None,
        }
    }

    /// The items, when it is an array.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Self]> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The collection, when it is one.
    #[must_use]
    pub fn as_object(&self) -> Option<&Object> {
        match self {
            Self::Object(object) => Some(object),
            _ => None,
        }
    }

    /// Undefined or null (iml.md 1).
    #[must_use]
    pub fn is_nullish(&self) -> bool {
        matches!(self, Self::Undefined | Self::Null)
    }

    /// Undefined, null or `''`; `emptystring` is none of them (iml.md 1, 4.3).
    #[must_use]
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Undefined | Self::Null => true,
            Self::Text(text) => text.is_empty(),
            _ => false,
        }
    }

    /// Counts as true where a condition is asked for (iml.md 7.3).
    #[must_use]
    pub fn is_truthy(&self) -> bool {
        match self {
            Self::Undefined | Self::Null => false,
            Self::Bool(bool) => *bool,
            Self::Number(number) => {
                let double = number.as_f64();
                double != 0.0 && !double.is_nan()
            }
            Self::Text(text) => !text.is_empty(),
            Self::EmptyText | Self::Date(_) | Self::Buffer(_) | Self::Array(_) | Self::Object(_) => true,
        }
    }

    /// What the value is, in the words of error messages.
    #[must_use]
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Undefined => "undefined",
            Self::Null => "null",
            Self::Bool(_) => "boolean",
            Self::Number(_) => "number",
            Self::Text(_) | Self::EmptyText => "text",
            Self::Date(_) => "date",
            Self::Buffer(_) => "buffer",
            Self::Array(_) => "array",
            Self::Object(_) => "collection",
        }
    }

    /// The items where an array is expected (iml.md 7.5): of an array its own, of nullish none, of anything else
    /// the value itself.
    #[must_use]
    pub fn items(&self) -> &[Self] {
        match self {
            Self::Array(items) => items,
            Self::Undefined | Self::Null => &[],
            other => std::slice::from_ref(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_three_words_wide() {
        assert_eq!(size_of::<Value>(), 24);
        assert_eq!(size_of::<Option<Value>>(), 24);
        assert_eq!(size_of::<Object>(), 8);
    }

    #[test]
    fn is_shared_between_threads() {
        fn check<T: Send + Sync + 'static>() {}
        check::<Value>();
    }

    #[test]
    fn blank_falsy_and_nullish_differ() {
        let blank = [Value::Undefined, Value::Null, Value::from("")];
        assert!(blank.iter().all(Value::is_blank));
        assert!(blank.iter().all(|value| !value.is_truthy()));
        assert!(!Value::from("").is_nullish());
        let kept = [Value::EmptyText, Value::FALSE, Value::from(0), Value::from(" "), Value::empty_array()];
        assert!(!kept.iter().any(Value::is_blank));
        for falsy in [Value::FALSE, Value::from(0), Value::number(-0.0), Value::number(f64::NAN)] {
            assert!(!falsy.is_truthy(), "{falsy:?}");
        }
        for truthy in ["0", "false", " "].map(Value::from) {
            assert!(truthy.is_truthy(), "{truthy:?}");
        }
        assert!(Value::EmptyText.is_truthy());
        assert!(Value::from(Object::new()).is_truthy());
        assert!(Value::from(Date::from_millis(0)).is_truthy());
    }

    #[test]
    fn items_wrap_what_is_no_array() {
        assert_eq!(Value::Null.items(), &[]);
        assert_eq!(Value::from("a").items(), &[Value::from("a")]);
        assert_eq!(Value::array(vec![Value::Null]).items(), &[Value::Null]);
    }
}
