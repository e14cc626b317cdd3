//! Whether a value is the one that a vector expects (iml.md 17).

use linchpin::{Object, Value};

/// True when both are the same: numbers numerically, dates by instant, objects without regard to the order of
/// their keys. A member that is undefined is as good as none.
pub fn same(expected: &Value, got: &Value) -> bool {
    match (expected, got) {
        (Value::Undefined, Value::Undefined) | (Value::Null, Value::Null) => true,
        (Value::Bool(left), Value::Bool(right)) => left == right,
        (Value::Number(left), Value::Number(right)) => left.as_f64() == right.as_f64(),
        (Value::Date(left), Value::Date(right)) => left == right,
        (Value::Buffer(left), Value::Buffer(right)) => left == right,
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right.iter()).all(|(left, right)| same(left, right))
        }
        (Value::Object(left), Value::Object(right)) => same_members(left, right),
        (Value::Text(left), Value::Text(right)) => left == right,
        // The keyword `emptystring` is a text of its own that looks like any other empty one.
        (Value::Text(left), Value::EmptyText) => left.is_empty(),
        _ => false,
    }
}

fn same_members(left: &Object, right: &Object) -> bool {
    let covers = |one: &Object, other: &Object| {
        one.iter().all(|(key, value)| same(value, other.get(key).unwrap_or(&Value::UNDEFINED)))
    };
    covers(left, right) && covers(right, left)
}

#[cfg(test)]
mod tests {
    use super::same;
    use crate::value::decode;
    use linchpin::Value;

    fn compare(left: &str, right: &str) -> bool {
        let value = |text: &str| decode(&Value::parse_json(text.as_bytes()).unwrap()).unwrap();
        same(&value(left), &value(right))
    }

    #[test]
    fn what_is_the_same() {
        assert!(compare("1", "1.0"));
        assert!(compare(r#"{ "a": 1, "b": [null] }"#, r#"{ "b": [null], "a": 1 }"#));
        assert!(compare(
            r#"{ "$date": "2026-01-01T00:00:00Z" }"#,
            r#"{ "$date": "2026-01-01T01:00:00+01:00" }"#
        ));
        assert!(compare(r#"{ "a": { "$undefined": true } }"#, "{}"));
        assert!(compare(r#"{ "$buffer": "aGk=" }"#, r#"{ "$buffer": "aGk=" }"#));
    }

    #[test]
    fn what_is_not() {
        assert!(!compare(r#""1""#, "1"));
        assert!(!compare("null", r#"{ "$undefined": true }"#));
        assert!(!compare(r#"{ "a": null }"#, "{}"));
        assert!(!compare("{}", r#"{ "a": 1 }"#));
        assert!(!compare("[1, 2]", "[2, 1]"));
        assert!(!compare("true", r#""true""#));
        assert!(!compare(r#"{ "$date": "2026-01-01T00:00:00Z" }"#, r#""2026-01-01T00:00:00.000Z""#));
    }
}
