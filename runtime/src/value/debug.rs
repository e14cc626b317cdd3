//! How values look to programmers.

use std::fmt;

use super::{Buffer, Object, Value};

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Undefined => f.write_str("undefined"),
            Self::Null => f.write_str("null"),
            Self::EmptyText => f.write_str("emptystring"),
            Self::Bool(bool) => write!(f, "{bool}"),
            Self::Number(number) => write!(f, "{number}"),
            Self::Text(text) => write!(f, "{text:?}"),
            Self::Date(date) => write!(f, "{date}"),
            Self::Buffer(buffer) => write!(f, "{buffer:?}"),
            Self::Array(items) => f.debug_list().entries(items.iter()).finish(),
            Self::Object(object) => write!(f, "{object:?}"),
        }
    }
}

impl fmt::Debug for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self).finish()
    }
}

impl fmt::Debug for Buffer {
    /// Only the size: files are long, and may be secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "buffer({} bytes)", self.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_like_json_where_there_is_json_for_it() {
        let object: Object =
            [("a", Value::Undefined), ("b", Value::from("x\"")), ("c", Value::from(vec![1_u8]))]
                .into_iter()
                .collect();
        let value = Value::array(vec![Value::from(object), Value::EmptyText, Value::from(1.5)]);
        assert_eq!(
            format!("{value:?}"),
            r#"[{"a": undefined, "b": "x\"", "c": buffer(1 bytes)}, emptystring, 1.5]"#
        );
    }
}
