//! Options that a service lists.

use super::wrong;
use crate::error::Error;
use crate::value::{Object, Value};

/// One option of a list that a service supplies.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Choice {
    /// What a user sees; the value, where the RPC gives no label.
    pub label: String,
    /// What goes into the parameter.
    pub value: Value,
    /// Options of a group, which has no value of its own.
    pub options: Vec<Choice>,
    /// Fields that appear with this option, as [`Fields::read`](super::Fields::read) takes them.
    pub nested: Value,
    /// What else the RPC says about it.
    pub extra: Object,
}

/// The members that hold label and value (`options.label`, `options.value` of a select).
#[derive(Debug, Clone)]
pub(crate) struct Keys {
    pub(crate) label: String,
    pub(crate) value: String,
}

impl Default for Keys {
    fn default() -> Self {
        Self { label: "label".to_owned(), value: "value".to_owned() }
    }
}

impl Keys {
    /// The options under their usual names.
    pub(crate) fn rename(&self, result: &Value) -> Value {
        match result {
            Value::Array(items) => Value::array(items.iter().map(|item| self.rename(item)).collect()),
            Value::Object(object) => {
                let mut renamed = object.clone();
                let (label, value) = (renamed.remove(&self.label), renamed.remove(&self.value));
                for (key, found) in [("label", label), ("value", value)] {
                    if let Some(found) = found {
                        renamed.insert(key, found);
                    }
                }
                if let Some(options) = renamed.get_mut("options") {
                    *options = self.rename(options);
                }
                Value::from(renamed)
            }
            other => other.clone(),
        }
    }
}

/// Reads the options that an RPC lists. Items that are nothing are passed over.
///
/// # Errors
/// `Runtime` for what is no list, and for an item that is no option: it says which.
pub(crate) fn choices(result: &Value, keys: &Keys) -> Result<Vec<Choice>, Error> {
    list(result, keys, "")
}

fn list(result: &Value, keys: &Keys, path: &str) -> Result<Vec<Choice>, Error> {
    let Value::Array(items) = result else {
        let place = if path.is_empty() { "its result".to_owned() } else { format!("item {path}") };
        return Err(wrong(format!("the RPC does not list options: {place} is {}", result.type_name())));
    };
    let mut choices = Vec::with_capacity(items.len());
    for (at, item) in items.iter().enumerate().filter(|(_, item)| !item.is_nullish()) {
        choices.push(one(item, keys, &format!("{path}{at}"))?);
    }
    Ok(choices)
}

fn one(item: &Value, keys: &Keys, path: &str) -> Result<Choice, Error> {
    let mut extra = match item {
        Value::Object(object) => object.clone(),
        Value::Array(_) | Value::Buffer(_) => {
            return Err(wrong(format!("the RPC does not list options: item {path} is {}", item.type_name())));
        }
        plain => {
            let (label, extra) = (plain.to_text().into(), Object::new());
            return Ok(Choice {
                label,
                value: plain.clone(),
                options: Vec::new(),
                nested: Value::Undefined,
                extra,
            });
        }
    };
    let mut take = |key: &str| extra.remove(key).unwrap_or_default();
    let (value, label) = (take(&keys.value), take(&keys.label));
    let (nested, options) = (take("nested"), take("options"));
    if value.is_nullish() && options.is_nullish() {
        let message = format!("the RPC does not list options: item {path} has no {:?}", keys.value);
        return Err(wrong(message));
    }
    let options = if options.is_nullish() { Vec::new() } else { list(&options, keys, &format!("{path}."))? };
    let label = if label.is_blank() { value.to_text() } else { label.to_text() };
    Ok(Choice { label: label.into(), value, options, nested, extra })
}
