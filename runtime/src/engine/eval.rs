//! Evaluates the templates of plans.

use std::borrow::Cow;

use smol_str::SmolStr;

use crate::error::Error;
use crate::plan::{Literal, Module, Name, TextTemplate, ValueTemplate};
use crate::scope::Scope;
use crate::value::{Object, Value};

/// The text of a template.
pub(crate) fn text(template: &TextTemplate, scope: &Scope) -> Result<String, Error> {
    let mut out = String::new();
    match template {
        TextTemplate::Const(text) => out.push_str(text),
        TextTemplate::Static(write) => write(scope, &mut out)?,
        TextTemplate::Dynamic(write) => write(scope, &mut out)?,
    }
    Ok(out)
}

/// The value of a template.
pub(crate) fn value(template: &ValueTemplate, scope: &Scope) -> Result<Value, Error> {
    match template {
        ValueTemplate::Const(literal) => Ok(from_literal(literal)),
        ValueTemplate::Static(evaluate) => evaluate(scope),
        ValueTemplate::Dynamic(evaluate) => evaluate(scope),
        ValueTemplate::Object(members) => {
            let mut object = Object::with_capacity(members.len());
            for (key, member) in members.iter() {
                object.insert_text(shared(key), value(member, scope)?);
            }
            Ok(Value::from(object))
        }
    }
}

/// The members of an object that can be evaluated, and the first error of those that cannot.
pub(crate) fn members(template: &ValueTemplate, scope: &Scope) -> Result<(Value, Option<Error>), Error> {
    let ValueTemplate::Object(members) = template else { return Ok((value(template, scope)?, None)) };
    let mut object = Object::with_capacity(members.len());
    let mut failed = None;
    for (key, member) in members.iter() {
        match value(member, scope) {
            Ok(value) => object.insert_text(shared(key), value),
            Err(error) => {
                failed.get_or_insert(error);
            }
        }
    }
    Ok((Value::from(object), failed))
}

/// The value of a template that may be absent.
pub(crate) fn optional(template: Option<&ValueTemplate>, scope: &Scope) -> Result<Option<Value>, Error> {
    template.map(|template| value(template, scope)).transpose()
}

/// Whether a condition holds; an absent one does.
pub(crate) fn holds(template: Option<&ValueTemplate>, scope: &Scope) -> Result<bool, Error> {
    template.map_or(Ok(true), |template| Ok(value(template, scope)?.is_truthy()))
}

/// The value of a constant piece.
pub(crate) fn from_literal(literal: &Literal) -> Value {
    match literal {
        Literal::Null => Value::Null,
        Literal::Bool(bool) => Value::from(*bool),
        // Reading the digits keeps large integers exact (rulings 2).
        Literal::Number(text) | Literal::Json(text) => {
            Value::parse_json(text.as_bytes()).unwrap_or(Value::Undefined)
        }
        Literal::Text(text) => Value::Text(shared(text)),
        Literal::Array(items) => Value::array(items.iter().map(from_literal).collect()),
        Literal::Object(members) => {
            let mut object = Object::with_capacity(members.len());
            for (key, member) in members.iter() {
                object.insert_text(shared(key), from_literal(member));
            }
            Value::from(object)
        }
    }
}

/// What the templates of a module see as `metadata`.
pub(crate) fn metadata(module: &Module) -> Value {
    if module.metadata.is_empty() {
        return Value::Undefined;
    }
    let members = module.metadata.iter();
    members.map(|(key, fields)| (shared(key), from_literal(fields))).collect::<Object>().into()
}

/// Text that is compiled in is not copied.
fn shared(text: &Name) -> SmolStr {
    match text {
        Cow::Borrowed(text) => SmolStr::new_static(text),
        Cow::Owned(text) => SmolStr::new(text),
    }
}
