//! Values as JSON that comes back as it went: dates and bytes, which JSON has no form for, are marked.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::value::{Date, Object, Value};

const DATE: &str = "$date";
const BUFFER: &str = "$buffer";

/// Marks dates and bytes, so that they come back as such.
pub(crate) fn pack(value: &Value) -> Value {
    let mark = |key: &'static str, value: Value| {
        let mut object = Object::with_capacity(1);
        object.insert(key, value);
        Value::from(object)
    };
    match value {
        Value::Date(date) => mark(DATE, Value::from(date.as_millis())),
        Value::Buffer(buffer) => mark(BUFFER, Value::from(STANDARD.encode(&**buffer))),
        Value::Array(items) => Value::array(items.iter().map(pack).collect()),
        Value::Object(object) => {
            object.iter().map(|(key, value)| (key.clone(), pack(value))).collect::<Object>().into()
        }
        other => other.clone(),
    }
}

/// Gives back what [`pack`] was given.
pub(crate) fn unpack(value: &Value) -> Value {
    match value {
        Value::Array(items) => Value::array(items.iter().map(unpack).collect()),
        Value::Object(object) if object.len() == 1 => {
            let date =
                object.get(DATE).and_then(Value::as_i64).map(|millis| Value::from(Date::from_millis(millis)));
            let buffer = || STANDARD.decode(object.get(BUFFER)?.as_text()?).ok().map(Value::from);
            date.or_else(buffer).unwrap_or_else(|| unpack_members(object))
        }
        Value::Object(object) => unpack_members(object),
        other => other.clone(),
    }
}

fn unpack_members(object: &Object) -> Value {
    object.iter().map(|(key, value)| (key.clone(), unpack(value))).collect::<Object>().into()
}

/// Serializes a record by way of its object, and reads one with the checks that `from_value` makes.
macro_rules! serde_by_object {
    ($record:ty) => {
        impl serde_core::Serialize for $record {
            fn serialize<S: serde_core::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serde_core::Serialize::serialize(&self.to_object(), serializer)
            }
        }

        impl<'de> serde_core::Deserialize<'de> for $record {
            fn deserialize<D: serde_core::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = <crate::value::Value as serde_core::Deserialize>::deserialize(deserializer)?;
                Self::from_value(&value)
                    .map_err(|error| <D::Error as serde_core::de::Error>::custom(error.message()))
            }
        }
    };
}
pub(crate) use serde_by_object;
