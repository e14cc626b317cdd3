//! What differs between a request that was recorded and one that is made.

use crate::value::Value;

/// The most lines that a difference shows.
const MOST_LINES: usize = 40;

/// The parts of a request by which it is found.
const PARTS: [&str; 3] = ["method", "url", "body"];

/// Whether both are the same request: headers do not count.
pub(super) fn is_same(recorded: &Value, made: &Value) -> bool {
    PARTS.iter().all(|part| recorded.key(part) == made.key(part))
}

/// How much two requests have in common: the more, the nearer.
pub(super) fn likeness(recorded: &Value, made: &Value) -> usize {
    let same = PARTS.iter().filter(|part| recorded.key(part) == made.key(part)).count();
    let path = |request: &Value| request.key("url").to_text().split('?').next().map(str::to_owned);
    same * 2 + usize::from(path(recorded) == path(made))
}

/// The difference, one place after the other: `-` is what was recorded, `+` what is made.
pub(super) fn show(recorded: &Value, made: &Value) -> String {
    let mut lines = Vec::new();
    for part in PARTS {
        compare(part, recorded.key(part), made.key(part), &mut lines);
    }
    let more = lines.len().saturating_sub(MOST_LINES);
    lines.truncate(MOST_LINES);
    if more > 0 {
        lines.push(format!("({more} more lines)"));
    }
    lines.join("\n")
}

fn compare(place: &str, recorded: &Value, made: &Value, lines: &mut Vec<String>) {
    if recorded == made {
        return;
    }
    match (recorded, made) {
        (Value::Object(a), Value::Object(b)) => {
            let added = b.keys().filter(|key| !a.contains_key(key));
            for key in a.keys().chain(added) {
                let place = format!("{place}.{key}");
                compare(&place, recorded.key(key), made.key(key), lines);
            }
        }
        (Value::Array(a), Value::Array(b)) => {
            for at in 0..a.len().max(b.len()) {
                let place = format!("{place}[{}]", at + 1);
                let (a, b) = (a.get(at), b.get(at));
                compare(&place, a.unwrap_or(&Value::Undefined), b.unwrap_or(&Value::Undefined), lines);
            }
        }
        _ => {
            for (sign, value) in [('-', recorded), ('+', made)] {
                if let Some(text) = value.to_json() {
                    lines.push(format!("{sign} {place}: {text}"));
                }
            }
        }
    }
}
