//! Deep merge, as `temp` asks for it (connector.md 6.7).

use std::sync::Arc;

use super::{Object, Value};

impl Value {
    /// Merges `other` into this value: collections key by key, arrays item by item, anything else is replaced.
    /// Undefined changes nothing, null overwrites, nothing is ever removed (connector.md 6.7).
    ///
    /// ```
    /// use linchpin::value::Value;
    ///
    /// let mut temp = Value::parse_json(br#"{ "page": { "size": 50, "at": 1 } }"#)?;
    /// temp.merge(Value::parse_json(br#"{ "page": { "at": 2 } }"#)?);
    /// assert_eq!(temp, Value::parse_json(br#"{ "page": { "size": 50, "at": 2 } }"#)?);
    /// # Ok::<(), linchpin::value::ParseJsonError>(())
    /// ```
    pub fn merge(&mut self, other: Self) {
        match (self, other) {
            (_, Self::Undefined) => {}
            (Self::Object(own), Self::Object(other)) => own.merge(other),
            (Self::Array(own), Self::Array(other)) => {
                merge_items(Arc::make_mut(own), Arc::unwrap_or_clone(other));
            }
            (own, other) => *own = other,
        }
    }
}

impl Object {
    /// Merges every key of `other` into this collection: see [`Value::merge`].
    pub fn merge(&mut self, other: Self) {
        for (key, value) in other {
            match self.get_mut(&key) {
                Some(own) => own.merge(value),
                None if matches!(value, Value::Undefined) => {}
                None => self.insert_text(key, value),
            }
        }
    }
}

fn merge_items(own: &mut Vec<Value>, other: Vec<Value>) {
    let mut other = other.into_iter();
    for (own, other) in own.iter_mut().zip(&mut other) {
        own.merge(other);
    }
    own.extend(other);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merged(own: &str, other: Value) -> Value {
        let mut own = Value::parse_json(own.as_bytes()).unwrap();
        own.merge(other);
        own
    }

    fn json(text: &str) -> Value {
        Value::parse_json(text.as_bytes()).unwrap()
    }

    #[test]
    fn collections_and_arrays_are_merged_in_depth() {
        assert_eq!(
            merged(
                r#"{"a":{"x":1,"y":2},"l":[1,{"k":1},3]}"#,
                json(r#"{"a":{"y":3,"z":4},"l":[9,{"m":2}]}"#)
            ),
            json(r#"{"a":{"x":1,"y":3,"z":4},"l":[9,{"k":1,"m":2},3]}"#)
        );
        assert_eq!(merged("[1]", json("[1,2,3]")), json("[1,2,3]"));
    }

    #[test]
    fn undefined_is_ignored_and_null_overwrites() {
        let update: Object =
            [("a", Value::Undefined), ("b", Value::Null), ("c", Value::Undefined)].into_iter().collect();
        assert_eq!(merged(r#"{"a":1,"b":2}"#, Value::from(update)), json(r#"{"a":1,"b":null}"#));
    }

    #[test]
    fn unlike_kinds_replace() {
        assert_eq!(merged(r#"{"a":{"x":1}}"#, json(r#"{"a":[1]}"#)), json(r#"{"a":[1]}"#));
        assert_eq!(merged(r#"{"a":[1]}"#, json(r#"{"a":"t"}"#)), json(r#"{"a":"t"}"#));
    }

    #[test]
    fn what_was_shared_stays_as_it_was() {
        let mut own = json(r#"{"a":{"x":1}}"#);
        let before = own.clone();
        own.merge(json(r#"{"a":{"x":2}}"#));
        assert_eq!(before, json(r#"{"a":{"x":1}}"#));
    }
}
