//! The functions of the connector `sales`, in Rust.

use linchpin::{Error, Object, Scope, Value};

use crate::{argument, is_truthy, object, or};

/// Conditions of a form as the service's query.
///
/// # Errors
/// Never.
pub fn map_filters(_: &Scope, args: &[Value]) -> Result<Value, Error> {
    let Some(filters) = argument(args, 0).as_array() else { return Ok(Value::Undefined) };
    let mut query = Object::new();
    for filter in filters {
        let operator = filter.key("operator").as_text().unwrap_or_default();
        let suffix = match operator {
            "equal" => "",
            "more" => "__gt",
            "atLeast" => "__gte",
            "less" => "__lt",
            "contains" => "__like",
            _ => continue,
        };
        let Some(field) = filter.key("field").as_text().filter(|field| !field.is_empty()) else { continue };
        let value = filter.key("value");
        let value =
            if operator == "contains" { Value::from(format!("%{}%", shown(value))) } else { value.clone() };
        query.set(format!("{field}{suffix}"), value);
    }
    Ok(query.into())
}

/// Text as a template literal of JavaScript makes it.
fn shown(value: &Value) -> String {
    match value {
        Value::Undefined => "undefined".to_owned(),
        Value::Null => "null".to_owned(),
        other => other.to_text().to_string(),
    }
}

/// Drops what holds nothing.
///
/// # Errors
/// Never.
pub fn remove_empty(_: &Scope, args: &[Value]) -> Result<Value, Error> {
    Ok(kept(argument(args, 0)))
}

fn kept(value: &Value) -> Value {
    match value {
        Value::Null => Value::Undefined,
        Value::Text(text) if text.is_empty() => Value::Undefined,
        Value::Array(items) => {
            let items: Vec<Value> = items.iter().map(kept).filter(|item| *item != Value::Undefined).collect();
            if items.is_empty() { Value::Undefined } else { Value::array(items) }
        }
        Value::Object(members) => {
            let mut object = Object::new();
            for (key, member) in members {
                let member = kept(member);
                if !matches!(member, Value::Undefined) {
                    object.set(key.clone(), member);
                }
            }
            if object.is_empty() { Value::Undefined } else { object.into() }
        }
        other => other.clone(),
    }
}

/// One line of text for every shape of error.
///
/// # Errors
/// Never.
pub fn error_text(_: &Scope, args: &[Value]) -> Result<Value, Error> {
    let body = argument(args, 0);
    if let Some(text) = body.as_text() {
        return Ok(or(&Value::from(text.trim()), "unknown error"));
    }
    let Some(errors) = body.key("errors").as_array().filter(|errors| !errors.is_empty()) else {
        return Ok(or(body.key("message"), "unknown error"));
    };
    let line = |error: &Value| {
        let message = if error.is_nullish() { shown(error) } else { shown(error.key("message")) };
        let field = error.key("field");
        if is_truthy(field) { format!("{}: {message}", shown(field)) } else { message }
    };
    Ok(Value::from(errors.iter().map(line).collect::<Vec<_>>().join("; ")))
}

/// The custom fields of a record, by their numbers.
///
/// # Errors
/// Never.
pub fn custom_fields(_: &Scope, args: &[Value]) -> Result<Value, Error> {
    let record = argument(args, 0).as_object().cloned().unwrap_or_default();
    let mut fields: Vec<(u32, Value)> = record
        .iter()
        .filter_map(|(key, value)| {
            let digits = key.strip_prefix("cf_").filter(|digits| (1..=9).contains(&digits.len()))?;
            let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
            let value = if matches!(value, Value::Undefined) { Value::Null } else { value.clone() };
            Some((digits.parse().ok().filter(|_| is_number)?, value))
        })
        .collect();
    fields.sort_by_key(|(id, _)| *id);
    let fields = fields.into_iter().map(|(id, value)| object([("id", id.into()), ("value", value)]));
    Ok(Value::array(fields.collect()))
}
