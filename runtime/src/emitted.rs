//! Short forms of what emitted code says again and again.
//!
//! They exist for the sake of compile times: rustc checks a call of a plain function several times faster than the
//! struct literal or the chain of method calls that it stands for.

use std::borrow::Cow;

use crate::client::{Call, Client, Search, Trigger};
use crate::convert::{Secrets, ToObject, ToValue, take};
use crate::plan::{
    BodyType, ErrorMap, Iterate, Limits, List, Literal, Module, Name, Output, Pagination, Parameter,
    ParameterType, Plan, Request, RequestOptions, Responder, Response, Rules, Target, TextTemplate, Valid,
    ValueTemplate,
};
use crate::value::{Date, Object, Value};
use crate::webhook::{InstantTrigger, Respond};

/// The value of a constant piece.
pub fn literal(literal: &Literal) -> Value {
    crate::engine::eval::from_literal(literal)
}

/// A copy of a value that was borrowed; it is shared, so nothing is copied.
#[inline]
pub fn own(value: &Value) -> Value {
    value.clone()
}

/// Puts a copy of a value that was borrowed into a collection.
pub fn copy(object: &mut Object, key: &'static str, value: &Value) {
    object.insert(key, value.clone());
}

/// `ifempty` where both values are there already (iml.md 9.1).
#[inline]
pub fn ifempty<'v>(value: &'v Value, otherwise: &'v Value) -> &'v Value {
    if value.is_blank() { otherwise } else { value }
}

/// Puts members of `from` into a collection. `names` holds pairs: the key, and the name of the member.
pub fn pick(object: &mut Object, from: &Value, names: &[&'static str]) {
    let (pairs, _) = names.as_chunks::<2>();
    for [key, name] in pairs {
        object.insert(key, from.key(name).clone());
    }
}

/// A call of an action.
pub fn call<T>(client: &Client, module: &'static Module, input: &dyn ToObject) -> Call<T> {
    Call::new(client, module, input.to_object(Secrets::Shown))
}

/// A call of a search.
pub fn search<T>(client: &Client, module: &'static Module, input: &dyn ToObject) -> Search<T> {
    Search::new(client, module, input.to_object(Secrets::Shown))
}

/// A trigger, and what lists where it may start.
pub fn trigger<T>(
    client: &Client,
    module: &'static Module,
    epoch: Option<&'static Module>,
    input: &dyn ToObject,
) -> Trigger<T> {
    Trigger::new(client, module, epoch.map(Plan::Static), input.to_object(Secrets::Shown))
}

/// An instant trigger, and the webhook that it belongs to, if it names one.
pub fn instant_trigger<T>(
    client: &Client,
    module: &'static Module,
    webhook: Option<&'static str>,
    input: &dyn ToObject,
) -> InstantTrigger<T> {
    InstantTrigger::new(client, module, webhook.map(Cow::Borrowed), input.to_object(Secrets::Shown))
}

/// A call of a responder.
pub fn respond(
    client: &Client,
    module: &'static Module,
    responder: &'static Responder,
    input: &dyn ToObject,
) -> Respond {
    Respond::new(client, module, responder, input.to_object(Secrets::Shown))
}

/// The collection that a generated type stands for: its fields under their names, unless they are not set, and what
/// its `extra` holds, which wins.
pub fn fields(names: &[&'static str], values: &[&dyn ToValue], extra: &Object, secrets: Secrets) -> Object {
    let mut object = Object::with_capacity(names.len() + extra.len());
    for (name, value) in names.iter().zip(values) {
        let value = value.to_value(secrets);
        if !matches!(value, Value::Undefined) {
            object.insert(name, value);
        }
    }
    object.spread(&Value::Object(extra.clone()));
    object
}

/// An optional field that was given.
#[inline]
pub fn some<T>(value: impl Into<T>) -> Option<T> {
    Some(value.into())
}

macro_rules! take_one {
    ($($name:ident $ty:ty;)*) => {$(
        /// Takes a field of this type out of a bundle, as [`take`](crate::convert::take) does.
        pub fn $name(object: &mut Object, name: &str) -> Option<$ty> {
            take(object, name)
        }
    )*};
}
take_one! {
    take_bool bool;
    take_date Date;
    take_i64 i64;
    take_f64 f64;
    take_text String;
    take_u64 u64;
    take_value Value;
}

/// A connector that sets no limits.
pub const NO_LIMITS: Limits =
    Limits { timeout: None, max_requests: None, max_pages: None, max_past_records: None };

/// A parameter that has nothing but a name, a type without parts, and perhaps must be there.
pub const fn parameter(name: &'static str, ty: ParameterType, required: bool) -> Parameter {
    Parameter {
        name: Cow::Borrowed(name),
        ty,
        required,
        multiple: false,
        secret: false,
        rules: Rules::NONE,
        nested: Cow::Borrowed(&[]),
        convert: None,
    }
}

/// A request with the directives that most requests have.
#[allow(clippy::too_many_arguments, reason = "emitted code is the only caller")]
pub const fn request(
    target: Target,
    method: Option<TextTemplate>,
    headers: Option<ValueTemplate>,
    qs: Option<ValueTemplate>,
    body: Option<ValueTemplate>,
    sanitize: List<Name>,
    pagination: Option<Pagination>,
    response: Response,
) -> Request {
    Request {
        target,
        method,
        headers,
        qs,
        body,
        body_type: BodyType::Json,
        temp: None,
        condition: None,
        options: RequestOptions::DEFAULT,
        ca: None,
        oauth: None,
        aws: None,
        sanitize,
        pagination,
        repeat: None,
        response,
    }
}

/// A response with the directives that most responses have.
pub const fn response(
    valid: Option<Valid>,
    error: Option<ErrorMap>,
    iterate: Option<Iterate>,
    output: Output,
    limit: Option<ValueTemplate>,
) -> Response {
    Response {
        parse_as: Cow::Borrowed(&[]),
        temp: None,
        valid,
        error,
        iterate,
        output,
        limit,
        wrapper: None,
        trigger: None,
        account: None,
        unwrap: true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_picked_in_order_and_missing_ones_are_undefined() {
        let from = Value::parse_json(br#"{"id": 7, "name": "Ada"}"#).unwrap();
        let mut object = Object::new();
        pick(&mut object, &from, &["title", "name", "number", "id", "none", "gone"]);
        assert_eq!(object.keys().collect::<Vec<_>>(), ["title", "number", "none"]);
        assert_eq!(object.get("title"), Some(&Value::from("Ada")));
        assert_eq!(object.get("number"), Some(&Value::from(7)));
        assert!(matches!(object.get("none"), Some(Value::Undefined)));
    }
}
