//! Values as vectors write them (iml.md 17): JSON, with `$undefined`, `$date` and `$buffer`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use linchpin::{Date, Object, Value};

/// The value that `json` stands for, given as it stands in the file.
///
/// # Errors
/// When a date or a buffer is not written as it should be.
pub fn decode(json: &Value) -> Result<Value, String> {
    Ok(match json {
        Value::Array(items) => Value::array(items.iter().map(decode).collect::<Result<_, _>>()?),
        Value::Object(members) => match special(members) {
            Some(special) => return special,
            None => {
                let mut object = Object::with_capacity(members.len());
                for (key, value) in members {
                    object.set(key.as_str(), decode(value)?);
                }
                Value::from(object)
            }
        },
        scalar => scalar.clone(),
    })
}

/// The value of an object with a single key that starts with `$`, if it is one of those that vectors have.
fn special(members: &Object) -> Option<Result<Value, String>> {
    let (key, value) = members.iter().next().filter(|_| members.len() == 1)?;
    match (key.as_str(), value.as_text()) {
        ("$undefined", _) => Some(Ok(Value::UNDEFINED)),
        ("$date", Some(text)) => Some(date(text)),
        ("$buffer", Some(text)) => Some(buffer(text)),
        _ => None,
    }
}

fn date(text: &str) -> Result<Value, String> {
    let at: Timestamp = text.parse().map_err(|error| format!("`{text}`: {error}"))?;
    Ok(Value::from(Date::from_millis(at.as_millisecond())))
}

fn buffer(text: &str) -> Result<Value, String> {
    let bytes = STANDARD.decode(text).map_err(|error| format!("`{text}`: {error}"))?;
    Ok(Value::from(bytes))
}
