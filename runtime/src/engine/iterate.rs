//! `response.iterate` and `response.output` (connector.md 7.6, 7.7).

use super::eval;
use crate::error::Error;
use crate::plan::{Iterate, Output, Response};
use crate::scope::{Root, Scope};
use crate::value::{Object, Value};

/// What one answer yields.
pub(crate) struct Yield {
    /// The outputs: of each item, or the one of the answer.
    pub(crate) values: Vec<Value>,
    /// They come from items.
    pub(crate) iterated: bool,
    /// There was nothing to walk, or no body: paging ends (connector.md 12.1).
    pub(crate) empty: bool,
    /// The limit was reached.
    pub(crate) cut: bool,
}

/// Walks an answer. No more than `limit` outputs leave, lists counting by their items.
pub(crate) fn collect(response: &Response, limit: Option<u64>, scope: &mut Scope) -> Result<Yield, Error> {
    match &response.iterate {
        Some(iterate) => walk(iterate, &response.output, limit, scope),
        None => once(&response.output, limit, scope),
    }
}

fn walk(iterate: &Iterate, output: &Output, limit: Option<u64>, scope: &mut Scope) -> Result<Yield, Error> {
    let container = eval::value(&iterate.container, scope)?;
    let items = container.items();
    set_ends(items, scope);
    let room = limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX));
    let mut values = Vec::with_capacity(items.len().min(room));
    let result = each(items, iterate, output, room, &mut values, scope);
    scope.set(Root::Item, Value::Undefined);
    result?;
    let cut = values.len() >= room;
    Ok(Yield { values, iterated: true, empty: items.is_empty(), cut })
}

fn each(
    items: &[Value],
    iterate: &Iterate,
    output: &Output,
    room: usize,
    values: &mut Vec<Value>,
    scope: &mut Scope,
) -> Result<(), Error> {
    for item in items {
        if values.len() >= room {
            break;
        }
        scope.set(Root::Item, item.clone());
        if !eval::holds(iterate.condition.as_ref(), scope)? {
            continue;
        }
        let value = match output {
            Output::Whole => item.clone(),
            Output::Nothing => continue,
            Output::Template(template) => eval::value(template, scope)?,
        };
        if !value.is_nullish() {
            values.push(value);
        }
    }
    Ok(())
}

/// `iterate.container.first` and `.last`, which paging can use as well.
pub(crate) fn set_ends(items: &[Value], scope: &mut Scope) {
    let mut container = Object::with_capacity(2);
    container.insert("first", items.first().cloned().unwrap_or_default());
    container.insert("last", items.last().cloned().unwrap_or_default());
    let mut ends = Object::with_capacity(1);
    ends.insert("container", Value::from(container));
    scope.set(Root::Iterate, ends);
}

fn once(output: &Output, limit: Option<u64>, scope: &Scope) -> Result<Yield, Error> {
    let body = scope.root(Root::Body);
    let value = match output {
        Output::Whole => body.clone(),
        Output::Nothing => Value::Undefined,
        Output::Template(template) => eval::value(template, scope)?,
    };
    let empty = is_empty(body);
    let room = limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX));
    let (values, cut) = match value {
        Value::Undefined | Value::Null => (Vec::new(), false),
        Value::Array(items) if items.len() >= room => {
            (vec![Value::array(items.iter().take(room).cloned().collect())], true)
        }
        Value::Array(items) => (vec![Value::Array(items)], false),
        value => (vec![value], room <= 1),
    };
    Ok(Yield { values, iterated: false, empty, cut })
}

/// A body without anything in it.
fn is_empty(body: &Value) -> bool {
    match body {
        Value::Array(items) => items.is_empty(),
        Value::Object(object) => object.is_empty(),
        Value::EmptyText => true,
        other => other.is_blank(),
    }
}

/// How many items an output counts for.
pub(crate) fn count(values: &[Value], iterated: bool) -> u64 {
    let one = |value: &Value| match value {
        Value::Array(items) if !iterated => items.len() as u64,
        _ => 1,
    };
    values.iter().map(one).sum()
}
