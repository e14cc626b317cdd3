//! Equality and order of values (iml.md 6.4).

use std::cmp::Ordering;

use subtle::ConstantTimeEq as _;

use super::{Value, utf16};

impl PartialEq for Value {
    /// The same kind and the same content, all the way down. Numbers are equal when their doubles are, so NaN equals
    /// nothing; collections are equal in any order of keys.
    ///
    /// This is not IML's `=`, which converts: see [`crate::ops::equal`].
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Undefined, Self::Undefined)
            | (Self::Null, Self::Null)
            | (Self::EmptyText, Self::EmptyText) => true,
            (Self::Bool(a), Self::Bool(b)) => a == b,
            (Self::Number(a), Self::Number(b)) => a == b,
            (Self::Text(a), Self::Text(b)) => a == b,
            (Self::Date(a), Self::Date(b)) => a == b,
            (Self::Buffer(a), Self::Buffer(b)) => a == b,
            (Self::Array(a), Self::Array(b)) => a == b,
            (Self::Object(a), Self::Object(b)) => a == b,
            _ => false,
        }
    }
}

impl Value {
    /// IML's `=`: the loose equality of JavaScript (iml.md 6.4).
    #[must_use]
    pub(crate) fn loosely_equals(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text(a), Self::Text(b)) => a == b,
            (Self::Number(a), Self::Number(b)) => a == b,
            (Self::Undefined | Self::Null, other) | (other, Self::Undefined | Self::Null) => {
                other.is_nullish()
            }
            (Self::Bool(a), Self::Bool(b)) => a == b,
            (Self::Bool(bool), other) | (other, Self::Bool(bool)) => {
                other.loosely_equals_number(f64::from(u8::from(*bool)))
            }
            (Self::Number(number), other) | (other, Self::Number(number)) => {
                other.loosely_equals_number(number.as_f64())
            }
            (a, b) => match (a.as_text(), b.as_text()) {
                (Some(text), _) => b.loosely_equals_text(text),
                (_, Some(text)) => a.loosely_equals_text(text),
                _ => a == b,
            },
        }
    }

    /// IML's `=`, comparing texts in constant time: how long it takes tells nothing of where two texts differ
    /// (rulings 30). It does tell whether they are equally long.
    #[must_use]
    pub(crate) fn secretly_equals(&self, other: &Self) -> bool {
        let is_text = self.as_text().is_some() || other.as_text().is_some();
        match (self, other) {
            (Self::Buffer(a), Self::Buffer(b)) => a.ct_eq(b).into(),
            (a, b) if is_text && a.compares_by_text() && b.compares_by_text() => {
                a.text_form().as_bytes().ct_eq(b.text_form().as_bytes()).into()
            }
            (a, b) => a.loosely_equals(b),
        }
    }

    /// Whether it equals a text by its own text.
    fn compares_by_text(&self) -> bool {
        self.compares_as_text() || matches!(self, Self::Date(_))
    }

    /// Whether a value that is neither nullish nor boolean equals a number: collections never do, anything else does
    /// by the number in its text. A date counts as its text, which is no number.
    fn loosely_equals_number(&self, number: f64) -> bool {
        match self {
            Self::Undefined | Self::Null | Self::Object(_) | Self::Date(_) => false,
            other => other.to_number() == number,
        }
    }

    /// Whether a value equals a text: arrays, buffers and dates do by their own text.
    fn loosely_equals_text(&self, text: &str) -> bool {
        match self {
            Self::Text(own) => own == text,
            Self::EmptyText => text.is_empty(),
            Self::Array(_) | Self::Buffer(_) | Self::Date(_) => self.text_form() == text,
            _ => false,
        }
    }

    /// The relational comparison of JavaScript: two texts by code units, anything else as numbers. `None` where a
    /// side is not a number, which makes every comparison false (iml.md 6.4).
    pub(crate) fn relation(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => a.as_f64().partial_cmp(&b.as_f64()),
            (a, b) if a.compares_as_text() && b.compares_as_text() => {
                Some(utf16::compare(&a.text_form(), &b.text_form()))
            }
            (a, b) => a.to_number().partial_cmp(&b.to_number()),
        }
    }

    fn compares_as_text(&self) -> bool {
        matches!(self, Self::Text(_) | Self::EmptyText | Self::Array(_) | Self::Buffer(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{Date, Object};

    fn texts(items: &[&str]) -> Value {
        Value::array(items.iter().copied().map(Value::from).collect())
    }

    #[test]
    fn loose_equality_converts() {
        let date = Value::from(Date::from_millis(0));
        let object = Value::from([("a", 1)].into_iter().collect::<Object>());
        let equal = [
            (Value::Null, Value::Undefined),
            (Value::from("1.0"), Value::from(1)),
            (Value::from(""), Value::from(0)),
            (Value::from(""), Value::EmptyText),
            (Value::EmptyText, Value::EmptyText),
            (Value::TRUE, Value::from("1")),
            (Value::FALSE, Value::from("")),
            (Value::FALSE, Value::empty_array()),
            (texts(&["a", "b"]), Value::from("a,b")),
            (texts(&["5"]), Value::from(5)),
            (Value::from(vec![b'x']), Value::from("x")),
            (date.clone(), Value::from("1970-01-01T00:00:00.000Z")),
            (date.clone(), date.clone()),
            (object.clone(), object.clone()),
            (texts(&["a"]), texts(&["a"])),
        ];
        for (a, b) in &equal {
            assert!(a.loosely_equals(b) && b.loosely_equals(a), "{a:?} and {b:?}");
            assert!(a.secretly_equals(b) && b.secretly_equals(a), "{a:?} and {b:?}");
        }
        let different = [
            (Value::Null, Value::from(0)),
            (Value::Null, Value::from("")),
            (Value::Undefined, Value::FALSE),
            (Value::Null, Value::EmptyText),
            (Value::TRUE, Value::from("true")),
            (Value::number(f64::NAN), Value::number(f64::NAN)),
            (Value::from("A"), Value::from("a")),
            (Value::from("aa"), Value::from("a")),
            (Value::from("a"), Value::EmptyText),
            (Value::from(vec![b'x']), Value::from(vec![b'y'])),
            (Value::from(vec![0xff]), Value::from("x")),
            (date.clone(), Value::from(0)),
            (date, Value::FALSE),
            (object.clone(), Value::from("{object}")),
            (object, Value::TRUE),
            (texts(&["1"]), Value::array(vec![Value::from(1)])),
        ];
        for (a, b) in &different {
            assert!(!a.loosely_equals(b) && !b.loosely_equals(a), "{a:?} and {b:?}");
            assert!(!a.secretly_equals(b) && !b.secretly_equals(a), "{a:?} and {b:?}");
        }
    }

    #[test]
    fn order_is_of_texts_or_of_numbers() {
        let relation = |a: Value, b: Value| a.relation(&b);
        assert_eq!(relation(Value::from("10"), Value::from("9")), Some(Ordering::Less));
        assert_eq!(relation(Value::from("10"), Value::from(9)), Some(Ordering::Greater));
        assert_eq!(relation(Value::from("B"), Value::from("a")), Some(Ordering::Less));
        assert_eq!(relation(texts(&["b"]), Value::from("a")), Some(Ordering::Greater));
        assert_eq!(relation(Value::Null, Value::from(0)), Some(Ordering::Equal));
        assert_eq!(relation(Value::Undefined, Value::from(0)), None);
        assert_eq!(relation(Value::from("x"), Value::from(0)), None);
        let date = Value::from(Date::from_millis(5));
        assert_eq!(relation(date.clone(), Value::from(4)), Some(Ordering::Greater));
        assert_eq!(relation(Value::from("2020-01-01T00:00:00.000Z"), date), None);
    }

    #[test]
    fn equality_of_content_ignores_the_order_of_keys() {
        let a: Object = [("x", 1), ("y", 2)].into_iter().collect();
        let b: Object = [("y", 2), ("x", 1)].into_iter().collect();
        assert_eq!(Value::from(a), Value::from(b));
        assert_ne!(Value::Null, Value::Undefined);
        assert_ne!(Value::from(1), Value::from("1"));
    }
}
