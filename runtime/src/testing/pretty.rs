//! JSON that people read and compare.

use crate::value::Value;

/// JSON with one member a line.
pub(super) fn json(value: &Value) -> String {
    let mut out = String::new();
    write(value, 0, &mut out);
    out.push('\n');
    out
}

fn write(value: &Value, depth: usize, out: &mut String) {
    match value {
        Value::Array(items) if !items.is_empty() => {
            out.push('[');
            lines(items.iter().map(|item| (String::new(), item)), depth, out);
            out.push(']');
        }
        Value::Object(object) if !object.is_empty() => {
            out.push('{');
            lines(
                object
                    .iter()
                    .map(|(key, member)| (format!("{}: ", text(&Value::from(key.as_str()))), member)),
                depth,
                out,
            );
            out.push('}');
        }
        leaf => out.push_str(&text(leaf)),
    }
}

fn lines<'a>(members: impl Iterator<Item = (String, &'a Value)>, depth: usize, out: &mut String) {
    for (at, (lead, value)) in members.enumerate() {
        out.push_str(if at == 0 { "\n" } else { ",\n" });
        out.push_str(&"  ".repeat(depth + 1));
        out.push_str(&lead);
        write(value, depth + 1, out);
    }
    out.push('\n');
    out.push_str(&"  ".repeat(depth));
}

fn text(leaf: &Value) -> String {
    leaf.to_json().unwrap_or_else(|| "null".to_owned())
}
