//! What a form makes of values that are not yet of their type (connector.md 15.4).

use crate::functions::date_of;
use crate::plan::ParameterType;
use crate::scope::Scope;
use crate::value::Value;

/// The value as `ty`: `None` when it is of that type already.
///
/// # Errors
/// What was expected, in words, when the value cannot be it.
pub(super) fn to_type(
    ty: &ParameterType,
    value: &Value,
    scope: &Scope,
) -> Result<Option<Value>, &'static str> {
    match ty {
        ParameterType::Any | ParameterType::Select(_) => Ok(None),
        ParameterType::Text => text(value),
        ParameterType::Number => number(value, |_| true).ok_or("a number"),
        ParameterType::Integer => number(value, |_| true).filter(|_| whole(value)).ok_or("a whole number"),
        ParameterType::Unsigned => number(value, |number| number >= 0.0)
            .filter(|_| whole(value))
            .ok_or("a whole number, not negative"),
        ParameterType::Port => number(value, |number| (0.0..=65535.0).contains(&number))
            .filter(|_| whole(value))
            .ok_or("a port from 0 to 65535"),
        ParameterType::Boolean => boolean(value).ok_or("a boolean"),
        ParameterType::Date => date(value, scope).ok_or("a date"),
        ParameterType::Buffer => match value {
            Value::Buffer(_) => Ok(None),
            Value::Text(text) => Ok(Some(Value::from(text.as_bytes().to_vec()))),
            Value::EmptyText => Ok(Some(Value::from(Vec::<u8>::new()))),
            _ => Err("bytes"),
        },
        ParameterType::Array(_) => match value {
            Value::Array(_) => Ok(None),
            single => Ok(Some(Value::array(vec![single.clone()]))),
        },
        ParameterType::Collection(_) => match value {
            Value::Object(_) => Ok(None),
            _ => Err("a collection"),
        },
    }
}

fn text(value: &Value) -> Result<Option<Value>, &'static str> {
    match value {
        Value::Text(_) | Value::EmptyText => Ok(None),
        Value::Number(_) | Value::Bool(_) | Value::Date(_) => Ok(Some(Value::from(value.to_text()))),
        _ => Err("text"),
    }
}

/// The outer option is whether the value is such a number, the inner one whether it was converted.
#[allow(clippy::option_option)]
fn number(value: &Value, fits: impl Fn(f64) -> bool) -> Option<Option<Value>> {
    let number = as_number(value).filter(|number| number.is_finite() && fits(*number))?;
    Some(match value {
        Value::Number(_) => None,
        // Digits keep large integers exact.
        Value::Text(text) => {
            Some(Value::parse_json(text.trim().as_bytes()).unwrap_or_else(|_| Value::from(number)))
        }
        _ => Some(Value::from(number)),
    })
}

fn as_number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => Some(number.as_f64()),
        Value::Text(text) => text.trim().parse().ok(),
        _ => None,
    }
}

fn whole(value: &Value) -> bool {
    as_number(value).is_some_and(|number| number.fract() == 0.0)
}

#[allow(clippy::option_option)]
fn boolean(value: &Value) -> Option<Option<Value>> {
    match value {
        Value::Bool(_) => Some(None),
        Value::Text(text) => match text.trim() {
            "true" | "1" => Some(Some(Value::TRUE)),
            "false" | "0" => Some(Some(Value::FALSE)),
            _ => None,
        },
        Value::Number(_) => match value.as_i64()? {
            1 => Some(Some(Value::TRUE)),
            0 => Some(Some(Value::FALSE)),
            _ => None,
        },
        _ => None,
    }
}

#[allow(clippy::option_option)]
fn date(value: &Value, scope: &Scope) -> Option<Option<Value>> {
    match value {
        Value::Date(_) => Some(None),
        Value::Text(text) => Some(Some(Value::from(date_of(&Value::from(text.trim()), scope)?))),
        _ => None,
    }
}
