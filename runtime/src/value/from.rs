//! Making values out of Rust's own types.

use std::sync::Arc;
use std::time::SystemTime;

use bytes::Bytes;
use smol_str::SmolStr;

use super::{Buffer, Date, Number, Object, Value};

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(SmolStr::new(text))
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(SmolStr::from(text))
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::Text(SmolStr::new(text))
    }
}

impl From<SmolStr> for Value {
    fn from(text: SmolStr) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Value {
    fn from(bool: bool) -> Self {
        Self::Bool(bool)
    }
}

impl From<Number> for Value {
    fn from(number: Number) -> Self {
        Self::Number(number)
    }
}

macro_rules! from_number {
    ($($ty:ty),*) => {$(
        impl From<$ty> for Value {
            fn from(number: $ty) -> Self {
                Self::Number(Number::from(number))
            }
        }
    )*};
}
from_number!(f32, f64, i8, i16, i32, i64, i128, isize, u8, u16, u32, u64, u128, usize);

impl From<Date> for Value {
    fn from(date: Date) -> Self {
        Self::Date(date)
    }
}

impl From<SystemTime> for Value {
    fn from(time: SystemTime) -> Self {
        Self::Date(Date::from(time))
    }
}

impl From<Buffer> for Value {
    fn from(buffer: Buffer) -> Self {
        Self::Buffer(buffer)
    }
}

impl From<Bytes> for Value {
    fn from(bytes: Bytes) -> Self {
        Self::Buffer(Buffer::from(bytes))
    }
}

impl From<Vec<u8>> for Value {
    /// Bytes are a buffer, not a list of numbers.
    fn from(bytes: Vec<u8>) -> Self {
        Self::Buffer(Buffer::from(bytes))
    }
}

impl From<Vec<Self>> for Value {
    fn from(items: Vec<Self>) -> Self {
        Self::Array(Arc::new(items))
    }
}

impl From<Arc<Vec<Self>>> for Value {
    fn from(items: Arc<Vec<Self>>) -> Self {
        Self::Array(items)
    }
}

impl From<Object> for Value {
    fn from(object: Object) -> Self {
        Self::Object(object)
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    /// `None` is undefined: not there.
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Undefined, Into::into)
    }
}

impl FromIterator<Self> for Value {
    fn from_iter<I: IntoIterator<Item = Self>>(items: I) -> Self {
        Self::array(items.into_iter().collect())
    }
}
