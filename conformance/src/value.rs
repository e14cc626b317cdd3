//! Values as vectors write them (iml.md 17): JSON, with `$undefined`, `$date` and `$buffer`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use linchpin::{Date, Object, Value};
use serde_json::Value as Json;

/// The value that `json` stands for.
///
/// # Errors
/// When a date or a buffer is not written as it should be.
pub fn decode(json: &Json) -> Result<Value, String> {
    Ok(match json {
        Json::Null => Value::NULL,
        Json::Bool(value) => Value::from(*value),
        Json::Number(value) => Value::from(value.as_f64().unwrap_or_default()),
        Json::String(text) => Value::from(text.as_str()),
        Json::Array(items) => Value::array(items.iter().map(decode).collect::<Result<_, _>>()?),
        Json::Object(members) => {
            if let Some(special) = special(json) {
                return special;
            }
            let mut object = Object::with_capacity(members.len());
            for (key, value) in members {
                object.insert_text(key.as_str().into(), decode(value)?);
            }
            Value::from(object)
        }
    })
}

/// The value of an object with a single key that starts with `$`, if it is one of those that vectors have.
fn special(json: &Json) -> Option<Result<Value, String>> {
    let members = json.as_object()?;
    let (key, value) = members.iter().next().filter(|_| members.len() == 1)?;
    let text = value.as_str();
    match (key.as_str(), text) {
        ("$undefined", _) => Some(Ok(Value::UNDEFINED)),
        ("$date", Some(text)) => Some(date(text)),
        ("$buffer", Some(text)) => {
            Some(STANDARD.decode(text).map(Value::from).map_err(|error| format!("`{text}`: {error}")))
        }
        _ => None,
    }
}

fn date(text: &str) -> Result<Value, String> {
    let at: Timestamp = text.parse().map_err(|error| format!("`{text}`: {error}"))?;
    Ok(Value::from(Date::from_millis(at.as_millisecond())))
}
