//! Values into JSON text (iml.md 12).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use smol_str::SmolStr;

use super::scan;
use crate::value::{Buffer, Number, Object, Value};

/// How a buffer is written.
#[derive(Clone, Copy)]
enum Buffers {
    /// As `JSON.stringify` does: `{"type":"Buffer","data":[..]}`.
    Listed,
    /// As base64 text.
    Base64,
}

impl Value {
    /// The value as `JSON.stringify` writes it, and as `createJSON` gives it (iml.md 12). Undefined has no JSON.
    ///
    /// ```
    /// use linchpin::value::{Object, Value};
    ///
    /// let mut task = Object::new();
    /// task.set("title", "Water \"all\" plants");
    /// task.set("due", Value::Undefined);
    /// assert_eq!(Value::from(task).to_json().as_deref(), Some(r#"{"title":"Water \"all\" plants"}"#));
    /// assert_eq!(Value::Undefined.to_json(), None);
    /// ```
    #[must_use]
    pub fn to_json(&self) -> Option<String> {
        self.json(Buffers::Listed)
    }

    /// The value as the body of a request: as [`Value::to_json`], but a buffer is base64 text (rulings 1).
    #[must_use]
    pub fn to_json_body(&self) -> Option<String> {
        self.json(Buffers::Base64)
    }

    fn json(&self, buffers: Buffers) -> Option<String> {
        if matches!(self, Self::Undefined) {
            return None;
        }
        let mut out = String::with_capacity(128);
        write_value(self, buffers, &mut out);
        Some(out)
    }
}

fn write_value(value: &Value, buffers: Buffers, out: &mut String) {
    match value {
        Value::Undefined | Value::Null => out.push_str("null"),
        Value::EmptyText => out.push_str("\"\""),
        Value::Bool(bool) => out.push_str(if *bool { "true" } else { "false" }),
        Value::Number(number) => write_number(number, out),
        Value::Text(text) => write_text(text, out),
        Value::Date(date) => write_text(&date.to_string(), out),
        Value::Buffer(buffer) => write_buffer(buffer, buffers, out),
        Value::Array(items) => write_array(items, buffers, out),
        Value::Object(object) => write_object(object, buffers, out),
    }
}

/// NaN and the infinities have no JSON.
fn write_number(number: &Number, out: &mut String) {
    if number.as_f64().is_finite() || number.is_exact() { number.write(out) } else { out.push_str("null") }
}

fn write_array(items: &[Value], buffers: Buffers, out: &mut String) {
    out.push('[');
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        write_value(item, buffers, out);
    }
    out.push(']');
}

fn write_object(object: &Object, buffers: Buffers, out: &mut String) {
    let mut before = '{';
    let mut write = |(key, value): (&SmolStr, &Value)| {
        if !matches!(value, Value::Undefined) {
            out.push(before);
            before = ',';
            write_text(key, out);
            out.push(':');
            write_value(value, buffers, out);
        }
    };
    if object.has_index_like_keys() {
        object.iter_like_javascript().for_each(write);
    } else {
        object.iter().for_each(&mut write);
    }
    if before == '{' {
        out.push('{');
    }
    out.push('}');
}

fn write_buffer(buffer: &Buffer, buffers: Buffers, out: &mut String) {
    match buffers {
        Buffers::Base64 => {
            out.push('"');
            STANDARD.encode_string(buffer.as_ref(), out);
            out.push('"');
        }
        Buffers::Listed => {
            out.push_str(r#"{"type":"Buffer","data":["#);
            for (at, byte) in buffer.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                out.push_str(itoa::Buffer::new().format(*byte));
            }
            out.push_str("]}");
        }
    }
}

/// Writes a JSON string: `"`, `\` and control characters are escaped, nothing else (iml.md 12).
fn write_text(text: &str, out: &mut String) {
    const HEX: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    out.push('"');
    let mut rest = text;
    while let Some(at) = scan::plain_length(rest.as_bytes()) {
        // The byte found is ASCII, so both sides of it are text.
        let (Some(plain), Some(behind)) = (rest.get(..at), rest.get(at + 1..)) else { break };
        out.push_str(plain);
        match rest.as_bytes().get(at) {
            Some(b'"') => out.push_str("\\\""),
            Some(b'\\') => out.push_str("\\\\"),
            Some(0x08) => out.push_str("\\b"),
            Some(b'\t') => out.push_str("\\t"),
            Some(b'\n') => out.push_str("\\n"),
            Some(0x0C) => out.push_str("\\f"),
            Some(b'\r') => out.push_str("\\r"),
            Some(control) => {
                out.push_str(if *control < 0x10 { "\\u000" } else { "\\u001" });
                out.extend(HEX.get(usize::from(control % 16)));
            }
            None => {}
        }
        rest = behind;
    }
    out.push_str(rest);
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Date;

    fn json(value: impl Into<Value>) -> String {
        value.into().to_json().unwrap()
    }

    #[test]
    fn escapes_what_javascript_escapes() {
        assert_eq!(
            json("a\"\\/\u{8}\t\n\u{c}\r\u{1}\u{1f}\u{7f}é😀"),
            "\"a\\\"\\\\/\\b\\t\\n\\f\\r\\u0001\\u001f\u{7f}é😀\""
        );
        assert_eq!(json(""), "\"\"");
    }

    #[test]
    fn writes_every_kind() {
        let object: Object = [
            ("b", Value::Undefined),
            ("a", Value::Null),
            ("2", Value::EmptyText),
            ("1", Value::array(vec![Value::Undefined, Value::TRUE])),
            ("n", Value::number(f64::NAN)),
            ("i", Value::number(f64::NEG_INFINITY)),
            ("d", Value::from(Date::from_millis(0))),
        ]
        .into_iter()
        .collect();
        assert_eq!(
            json(object),
            r#"{"1":[null,true],"2":"","a":null,"n":null,"i":null,"d":"1970-01-01T00:00:00.000Z"}"#
        );
        assert_eq!(json(Object::new()), "{}");
        assert_eq!(Value::Undefined.to_json(), None);
        assert_eq!(json(Value::parse_json("1".repeat(400).as_bytes()).unwrap()), "1".repeat(400));
    }

    #[test]
    fn buffers_have_two_forms() {
        let value = Value::array(vec![Value::from(vec![0_u8, 255, 16])]);
        assert_eq!(value.to_json().unwrap(), r#"[{"type":"Buffer","data":[0,255,16]}]"#);
        assert_eq!(value.to_json_body().unwrap(), r#"["AP8Q"]"#);
    }
}
