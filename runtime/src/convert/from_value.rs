//! Rust's types out of values.

use bytes::Bytes;

use super::Secret;
use crate::value::{Date, Object, Value, parse_number};

/// A type that a value may convert to, as IML would convert it (iml.md 7).
pub trait FromValue: Sized {
    /// Converts a value.
    ///
    /// # Errors
    /// The value itself, unchanged, when it does not convert. Nullish values convert to [`Value`] and `Option` only.
    fn from_value(value: Value) -> Result<Self, Value>;
}

/// A generated type that is filled from a bundle. Every field of it is optional (rulings 23).
pub trait FromBundle: Sized {
    /// Takes the fields; what does not fit, or has no field, is kept in `extra`.
    fn from_object(object: Object) -> Self;
}

impl<T: FromBundle> FromValue for T {
    fn from_value(value: Value) -> Result<Self, Value> {
        match value {
            Value::Object(object) => Ok(T::from_object(object)),
            other => Err(other),
        }
    }
}

/// Takes a field out of a bundle. A value that does not convert stays where it is (rulings 23).
///
/// ```
/// use linchpin::convert::take;
/// use linchpin::value::Object;
///
/// let mut bundle: Object = [("id", "7"), ("size", "large")].into_iter().collect();
/// assert_eq!(take::<i64>(&mut bundle, "id"), Some(7));
/// assert_eq!(take::<i64>(&mut bundle, "size"), None);
/// assert_eq!(bundle.keys().collect::<Vec<_>>(), ["size"]);
/// ```
pub fn take<T: FromValue>(object: &mut Object, name: &str) -> Option<T> {
    let value = object.get_mut(name)?;
    match T::from_value(std::mem::take(value)) {
        Ok(converted) => {
            object.remove(name);
            Some(converted)
        }
        Err(unconverted) => {
            *value = unconverted;
            None
        }
    }
}

impl FromValue for Value {
    fn from_value(value: Value) -> Result<Self, Value> {
        Ok(value)
    }
}

impl FromValue for Object {
    fn from_value(value: Value) -> Result<Self, Value> {
        match value {
            Value::Object(object) => Ok(object),
            other => Err(other),
        }
    }
}

impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: Value) -> Result<Self, Value> {
        if value.is_nullish() { Ok(None) } else { T::from_value(value).map(Some) }
    }
}

impl<T: FromValue> FromValue for Vec<T> {
    /// A value that is no array becomes the only item (iml.md 7.5). One item that does not convert refuses all.
    fn from_value(value: Value) -> Result<Self, Value> {
        match &value {
            Value::Undefined | Value::Null => return Err(value),
            Value::Array(items) => items.iter().cloned().map(T::from_value).collect::<Result<_, _>>().ok(),
            one => T::from_value(one.clone()).ok().map(|item| vec![item]),
        }
        .ok_or(value)
    }
}

impl FromValue for String {
    /// Text, numbers, booleans and dates by their text. Lists and collections would lose their structure, so they do
    /// not convert.
    fn from_value(value: Value) -> Result<Self, Value> {
        match value {
            Value::Text(text) => Ok(text.into()),
            Value::EmptyText | Value::Bool(_) | Value::Number(_) | Value::Date(_) => Ok(value.to_string()),
            other => Err(other),
        }
    }
}

impl FromValue for Secret {
    fn from_value(value: Value) -> Result<Self, Value> {
        String::from_value(value).map(Self::from)
    }
}

impl FromValue for bool {
    /// Booleans, the texts `true` and `false`, and the numbers 1 and 0.
    fn from_value(value: Value) -> Result<Self, Value> {
        let converted = match &value {
            Value::Bool(bool) => Some(*bool),
            Value::Text(text) if text.eq_ignore_ascii_case("true") => Some(true),
            Value::Text(text) if text.eq_ignore_ascii_case("false") => Some(false),
            Value::Number(number) if number.as_f64() == 1.0 => Some(true),
            Value::Number(number) if number.as_f64() == 0.0 => Some(false),
            _ => None,
        };
        converted.ok_or(value)
    }
}

impl FromValue for f64 {
    /// Numbers and numeric text; booleans as 0 and 1, dates in milliseconds (iml.md 7.2).
    fn from_value(value: Value) -> Result<Self, Value> {
        match &value {
            Value::Number(_) | Value::Bool(_) | Value::Date(_) => Ok(value.to_number()),
            Value::Text(text) => parse_number(text).ok_or(value),
            _ => Err(value),
        }
    }
}

/// The whole number that a value stands for, if it does.
fn whole(value: &Value) -> Option<i128> {
    match value {
        Value::Number(number) => number.as_i128(),
        Value::Bool(bool) => Some(i128::from(*bool)),
        Value::Date(date) => Some(i128::from(date.as_millis())),
        // Digits are read as such first, so that long ids stay exact.
        Value::Text(text) => {
            text.parse().ok().or_else(|| crate::value::Number::from_f64(parse_number(text)?).as_i128())
        }
        _ => None,
    }
}

macro_rules! from_whole {
    ($($ty:ty),*) => {$(
        impl FromValue for $ty {
            /// Whole numbers in range, and text that is one (iml.md 7.2).
            fn from_value(value: Value) -> Result<Self, Value> {
                whole(&value).and_then(|whole| Self::try_from(whole).ok()).ok_or(value)
            }
        }
    )*};
}
from_whole!(i64, u64, u32, u16);

impl FromValue for Date {
    /// Dates, text of RFC 3339, and numbers of milliseconds (iml.md 7.4).
    fn from_value(value: Value) -> Result<Self, Value> {
        let date = match &value {
            Value::Date(date) => Some(*date),
            Value::Text(text) => text.trim().parse().ok(),
            Value::Number(number) => number.as_i64().map(Self::from_millis),
            _ => None,
        };
        date.ok_or(value)
    }
}

impl FromValue for Bytes {
    /// Buffers, and text in UTF-8.
    fn from_value(value: Value) -> Result<Self, Value> {
        match value {
            Value::Buffer(buffer) => Ok(buffer.into()),
            Value::Text(text) => Ok(Self::copy_from_slice(text.as_bytes())),
            Value::EmptyText => Ok(Self::new()),
            other => Err(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(text: &str) -> Value {
        Value::parse_json(text.as_bytes()).unwrap()
    }

    #[allow(clippy::needless_pass_by_value, reason = "cases read better without borrows")]
    fn check<T: FromValue + PartialEq + std::fmt::Debug>(text: &str, expected: Option<T>) {
        let value = json(text);
        match T::from_value(value.clone()) {
            Ok(converted) => assert_eq!(Some(converted), expected, "{text}"),
            Err(unconverted) => {
                assert_eq!(unconverted, value, "{text}");
                assert_eq!(None, expected, "{text}");
            }
        }
    }

    #[test]
    fn values_convert_as_iml_would() {
        check("12.50", Some("12.5".to_owned()));
        check("true", Some("true".to_owned()));
        check::<String>("[1]", None);
        check::<String>("null", None);
        check(r#""12.5""#, Some(12.5));
        check::<f64>(r#""12px""#, None);
        check::<f64>(r#""""#, None);
        check("18446744073709551615", Some(u64::MAX));
        check(r#""9007199254740993""#, Some(9_007_199_254_740_993_i64));
        check(r#""1e3""#, Some(1_000_i64));
        check::<i64>("1.5", None);
        check::<u16>("65536", None);
        check::<u64>("-1", None);
        check(r#""TRUE""#, Some(true));
        check("0", Some(false));
        check::<bool>("2", None);
        check(r#""2024-01-01T00:00:00Z""#, Some(Date::from_millis(1_704_067_200_000)));
        check::<Date>(r#""soon""#, None);
        check(r#""hi""#, Some(Bytes::from_static(b"hi")));
        check(r#"[1, "2"]"#, Some(vec![1_i64, 2]));
        check("7", Some(vec![7_i64]));
        check::<Vec<i64>>(r#"[1, "x"]"#, None);
        check::<Vec<i64>>("null", None);
        check::<Option<i64>>("null", Some(None));
        check(r#"{"a": null}"#, Some([("a", Value::Null)].into_iter().collect::<Object>()));
    }

    #[test]
    fn what_does_not_convert_stays_at_its_place() {
        let mut bundle = match json(r#"{"a": 1, "b": "x", "c": 3}"#) {
            Value::Object(object) => object,
            other => panic!("{other:?}"),
        };
        assert_eq!(take::<i64>(&mut bundle, "b"), None);
        assert_eq!(take::<i64>(&mut bundle, "missing"), None);
        assert_eq!(take::<i64>(&mut bundle, "a"), Some(1));
        assert_eq!(Value::from(bundle), json(r#"{"b": "x", "c": 3}"#));
    }
}
