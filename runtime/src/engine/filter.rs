//! The type filter at the end (connector.md 4.3, 7.7).

use crate::value::{Object, Value};

/// Actions and universal modules keep one object, anything else is no bundle.
pub(crate) fn action(result: Value) -> Option<Object> {
    match result {
        Value::Object(object) => Some(object),
        Value::Undefined | Value::Null => None,
        other => {
            tracing::debug!(target: "linchpin", kind = other.type_name(), "an action's output that is no collection was dropped");
            None
        }
    }
}

/// Searches keep objects, and the objects of lists.
pub(crate) fn search(result: Value) -> Vec<Object> {
    let mut bundles = Vec::new();
    match result {
        Value::Array(items) => match std::sync::Arc::try_unwrap(items) {
            Ok(items) => items.into_iter().for_each(|item| keep(item, &mut bundles)),
            Err(items) => items.iter().for_each(|item| keep(item.clone(), &mut bundles)),
        },
        other => keep(other, &mut bundles),
    }
    bundles
}

fn keep(item: Value, bundles: &mut Vec<Object>) {
    match item {
        Value::Object(object) => bundles.push(object),
        Value::Array(items) => {
            bundles.extend(items.iter().filter_map(|item| item.as_object().cloned()));
        }
        Value::Undefined | Value::Null => {}
        other => {
            tracing::debug!(target: "linchpin", kind = other.type_name(), "a search's output that is no collection was dropped");
        }
    }
}

/// RPCs keep objects, text and lists; anything else is an empty list.
pub(crate) fn rpc(result: Value) -> Value {
    match result {
        kept @ (Value::Object(_) | Value::Text(_) | Value::EmptyText | Value::Array(_)) => kept,
        _ => Value::empty_array(),
    }
}

/// Endpoints give a list of one as its item and an empty list as an empty collection, unless they walk a list or
/// say `unwrap: false` (connector.md 17).
pub(crate) fn endpoint(result: Value, unwrap: bool) -> Value {
    match &result {
        Value::Array(items) if unwrap => match items.as_slice() {
            [] => Value::from(Object::new()),
            [one] => one.clone(),
            _ => result,
        },
        _ => result,
    }
}
