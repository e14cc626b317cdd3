//! Values out of Rust's types.

use bytes::Bytes;

use super::Secret;
use super::secret::BLOT;
use crate::value::{Date, Object, Value};

/// Whether secrets are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Secrets {
    /// As they are: for requests.
    Shown,
    /// Replaced by `***`: for people.
    Blotted,
}

/// A type that has a value.
pub trait ToValue {
    /// The value.
    fn to_value(&self, secrets: Secrets) -> Value;
}

/// A generated type: a collection with named fields.
pub trait ToObject {
    /// The fields that are set, and those of `extra`.
    fn to_object(&self, secrets: Secrets) -> Object;
}

/// Anything that a parameter takes.
pub trait IntoValue {
    /// The value, with secrets as they are.
    fn into_value(self) -> Value;
}

impl<T: ToValue> IntoValue for T {
    fn into_value(self) -> Value {
        self.to_value(Secrets::Shown)
    }
}

impl<T: ToObject> ToValue for T {
    fn to_value(&self, secrets: Secrets) -> Value {
        Value::Object(self.to_object(secrets))
    }
}

/// Puts a field into a collection, unless it is not set.
///
/// ```
/// use linchpin::convert::{Secret, Secrets, put};
/// use linchpin::value::Object;
///
/// let mut input = Object::new();
/// put(&mut input, "limit", &Some(5_u64), Secrets::Shown);
/// put(&mut input, "cursor", &None::<String>, Secrets::Shown);
/// put(&mut input, "key", &Secret::from("s3cr3t"), Secrets::Blotted);
/// assert_eq!(format!("{input:?}"), r#"{"limit": 5, "key": "***"}"#);
/// ```
pub fn put<T: ToValue>(object: &mut Object, name: &'static str, field: &T, secrets: Secrets) {
    let value = field.to_value(secrets);
    if !matches!(value, Value::Undefined) {
        object.insert(name, value);
    }
}

impl ToValue for Value {
    fn to_value(&self, _: Secrets) -> Value {
        self.clone()
    }
}

impl ToValue for Object {
    fn to_value(&self, _: Secrets) -> Value {
        Value::Object(self.clone())
    }
}

impl<T: ToValue> ToValue for Option<T> {
    fn to_value(&self, secrets: Secrets) -> Value {
        self.as_ref().map_or(Value::Undefined, |value| value.to_value(secrets))
    }
}

impl<T: ToValue> ToValue for Vec<T> {
    fn to_value(&self, secrets: Secrets) -> Value {
        self.iter().map(|item| item.to_value(secrets)).collect()
    }
}

impl ToValue for String {
    fn to_value(&self, _: Secrets) -> Value {
        Value::from(self)
    }
}

impl ToValue for Bytes {
    fn to_value(&self, _: Secrets) -> Value {
        Value::from(self.clone())
    }
}

impl ToValue for Secret {
    fn to_value(&self, secrets: Secrets) -> Value {
        match secrets {
            Secrets::Shown => Value::Text(self.shared()),
            Secrets::Blotted => Value::text(BLOT),
        }
    }
}

macro_rules! to_value_by_copy {
    ($($ty:ty),*) => {$(
        impl ToValue for $ty {
            fn to_value(&self, _: Secrets) -> Value {
                Value::from(*self)
            }
        }
    )*};
}
to_value_by_copy!(&str, bool, f64, i64, i32, u64, u32, u16, Date);
