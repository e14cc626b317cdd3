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
    /// There was nothing to walk, no body, or a list without items as output: paging ends (connector.md 12.1).
    pub(crate) empty: bool,
    /// The limit was reached.
    pub(crate) cut: bool,
}

/// Walks an answer. No more than `limit` outputs leave; a list counts by its items, but of an item only where lists are
/// `spliced`.
pub(crate) fn collect(
    response: &Response,
    limit: Option<u64>,
    spliced: bool,
    scope: &mut Scope,
) -> Result<Yield, Error> {
    let room = limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX));
    match &response.iterate {
        Some(iterate) => walk(iterate, &response.output, room, spliced, scope),
        None => once(&response.output, room, scope),
    }
}

fn walk(
    iterate: &Iterate,
    output: &Output,
    room: usize,
    spliced: bool,
    scope: &mut Scope,
) -> Result<Yield, Error> {
    let container = eval::value(&iterate.container, scope)?;
    let items = container.items();
    set_ends(items, scope);
    let mut values = Vec::with_capacity(items.len().min(room));
    // A limit that a template has lowered on the way leaves no room.
    let wanted = if room == 0 { &[] } else { items };
    let result = each(wanted, iterate, scope, |item, scope| {
        match self::output(output, item, scope)? {
            Value::Undefined | Value::Null => {}
            Value::Array(list) if spliced => values.extend(list.iter().take(room - values.len()).cloned()),
            value => values.push(value),
        }
        Ok(values.len() < room)
    });
    scope.set(Root::Item, Value::Undefined);
    result?;
    let cut = values.len() >= room;
    Ok(Yield { values, iterated: true, empty: items.is_empty(), cut })
}

/// Goes through the items whose condition holds, until `visit` says that it is enough.
fn each(
    items: &[Value],
    iterate: &Iterate,
    scope: &mut Scope,
    mut visit: impl FnMut(&Value, &Scope) -> Result<bool, Error>,
) -> Result<(), Error> {
    for item in items {
        scope.set(Root::Item, item.clone());
        if eval::holds(iterate.condition.as_ref(), scope)? && !visit(item, scope)? {
            break;
        }
    }
    Ok(())
}

/// What `output` makes of an item, or of a body.
fn output(output: &Output, whole: &Value, scope: &Scope) -> Result<Value, Error> {
    match output {
        Output::Whole => Ok(whole.clone()),
        Output::Nothing => Ok(Value::Undefined),
        Output::Template(template) => eval::value(template, scope),
    }
}

/// Evaluates the output of an item.
pub(super) type OutputOf<'a> = &'a dyn Fn(&Scope) -> Result<Value, Error>;

/// Walks an answer item by item, until `visit` says that it is enough: `visit` is given the variables, with `item`
/// set, and what evaluates the item's output. Without `iterate` the body is the one item. Gives whether there was
/// nothing to walk, which ends paging.
pub(super) fn visit(
    response: &Response,
    scope: &mut Scope,
    visit: &mut dyn FnMut(&Scope, OutputOf<'_>) -> Result<bool, Error>,
) -> Result<bool, Error> {
    let Some(iterate) = &response.iterate else {
        let body = scope.root(Root::Body).clone();
        visit(scope, &|scope| output(&response.output, &body, scope))?;
        return Ok(is_empty(&body));
    };
    let container = eval::value(&iterate.container, scope)?;
    let items = container.items();
    set_ends(items, scope);
    each(items, iterate, scope, |item, scope| visit(scope, &|scope| output(&response.output, item, scope)))?;
    scope.set(Root::Item, Value::Undefined);
    Ok(items.is_empty())
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

fn once(output: &Output, room: usize, scope: &Scope) -> Result<Yield, Error> {
    let body = scope.root(Root::Body);
    let value = self::output(output, body, scope)?;
    let empty = is_empty(body) || value.as_array().is_some_and(<[Value]>::is_empty);
    let (values, cut) = match value {
        Value::Undefined | Value::Null => (Vec::new(), false),
        _ if room == 0 => (Vec::new(), true),
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
