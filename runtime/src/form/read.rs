//! From what an RPC says about fields to fields (connector.md 14.2, 15).

use std::collections::HashSet;

use percent_encoding::percent_decode_str;

use super::check::{flat, is_true};
use super::choice::{Choice, Keys, choices};
use super::field::{Field, Fields, NestedFields, RpcReference, When};
use super::wrong;
use crate::error::Error;
use crate::value::{Object, Value};

/// Forms within forms end here.
const MOST_LEVELS: usize = 32;

const VISUAL: &[&str] = &["banner", "markdown", "separator"];

const NOTHING: Value = Value::Undefined;

pub(super) fn fields(result: &Value) -> Result<Fields, Error> {
    level(result, "", 0)
}

fn level(result: &Value, path: &str, depth: usize) -> Result<Fields, Error> {
    let mut fields = Fields::default();
    if depth > MOST_LEVELS {
        return Err(wrong("the RPC's fields stand too deep in one another"));
    }
    let items = match stored(result) {
        Value::Undefined | Value::Null => return Ok(fields),
        Value::Array(items) => &**items,
        single @ (Value::Object(_) | Value::Text(_)) => std::slice::from_ref(single),
        other => return Err(no_field(path, other.type_name())),
    };
    for (at, item) in items.iter().enumerate().filter(|(_, item)| !item.is_nullish()) {
        let path = format!("{path}{at}");
        match item {
            Value::Object(object) => fields.list.extend(field(object, &path, depth)?),
            Value::Text(text) => {
                let reference = reference(text).ok_or_else(|| no_field(&path, "text"))?;
                fields.more.push(RpcReference { at: fields.list.len(), ..reference });
            }
            other => return Err(no_field(&path, other.type_name())),
        }
    }
    keep_first(&mut fields.list);
    Ok(fields)
}

/// Of several fields with one name in a level the first is kept (connector.md 15.1).
pub(super) fn keep_first(list: &mut Vec<Field>) {
    let mut names = HashSet::new();
    list.retain(|field| names.insert(field.name.clone()));
}

fn no_field(path: &str, what: &str) -> Error {
    let place = if path.is_empty() { "its result".to_owned() } else { format!("item {path}") };
    wrong(format!("the RPC does not list fields: {place} is {what}"))
}

/// One field; `None` for one that holds no value.
fn field(definition: &Object, path: &str, depth: usize) -> Result<Option<Field>, Error> {
    let get = |key: &str| definition.get(key).unwrap_or(&NOTHING);
    let kind = kind(definition);
    if VISUAL.contains(&kind.as_str()) {
        return Ok(None);
    }
    let name = get("name");
    if name.is_blank() || !matches!(name, Value::Text(_) | Value::Number(_)) {
        return Err(wrong(format!("the RPC does not list fields: item {path} has no \"name\"")));
    }
    named(&name.to_text(), kind, definition, depth).map(Some)
}

/// The type of a field; `kind:of` means what stands in front of the colon.
fn kind(definition: &Object) -> String {
    let kind = definition.get("type").and_then(Value::as_text).filter(|kind| !kind.trim().is_empty());
    let kind = kind.unwrap_or("any").trim();
    kind.split(':').next().unwrap_or(kind).to_ascii_lowercase()
}

fn named(name: &str, kind: String, definition: &Object, depth: usize) -> Result<Field, Error> {
    let get = |key: &str| definition.get(key).unwrap_or(&NOTHING);
    let label = if get("label").is_blank() { name.to_owned() } else { get("label").to_text().into() };
    let (choices, options_from) = options(get("options"))?;
    let (members, item) = spec(&kind, get("spec"), depth)?;
    Ok(Field {
        name: name.to_owned(),
        label,
        required: is_true(get("required")),
        default: get("default").clone(),
        nested: nested(&kind, definition, &choices, depth)?,
        kind,
        choices,
        options_from,
        members,
        item: item.map(Box::new),
        definition: definition.clone(),
        is_listed: false,
    })
}

/// What is in a collection or an array. One definition without a name is that of a simple item; a list makes each item
/// a collection.
fn spec(kind: &str, spec: &Value, depth: usize) -> Result<(Fields, Option<Field>), Error> {
    let simple = match spec {
        Value::Object(only) if !only.contains_key("store") => Some(only),
        Value::Array(items) => match items.as_slice() {
            [Value::Object(only)] if only.get("name").is_none() => Some(only),
            _ => None,
        },
        _ => None,
    };
    match (kind, simple) {
        ("array", Some(item)) if depth <= MOST_LEVELS => {
            Ok((Fields::default(), Some(named("", self::kind(item), item, depth + 1)?)))
        }
        ("array" | "collection", _) => Ok((level(spec, "", depth + 1)?, None)),
        _ => Ok((Fields::default(), None)),
    }
}

/// Fields that appear with a value of this one; never none at all (connector.md 14.2, 15.2).
fn nested(
    kind: &str,
    definition: &Object,
    choices: &[Choice],
    depth: usize,
) -> Result<Vec<NestedFields>, Error> {
    let mut all = Vec::new();
    for (when, definitions) in variants(kind, definition, choices) {
        let fields = level(definitions, "", depth + 1)?;
        if !fields.list.is_empty() || !fields.more.is_empty() {
            all.push(NestedFields { when, fields });
        }
    }
    Ok(all)
}

/// What may be nested, by the value that it waits for.
fn variants<'d>(kind: &str, definition: &'d Object, choices: &'d [Choice]) -> Vec<(When, &'d Value)> {
    let get = |key: &str| definition.get(key).unwrap_or(&NOTHING);
    let (own, reversed, options) = (get("nested"), get("reversedNested"), get("options"));
    if !matches!(kind, "boolean" | "checkbox") {
        let flat = flat(choices).into_iter();
        let mut all: Vec<_> = flat.map(|choice| (When::Is(choice.value.clone()), &choice.nested)).collect();
        all.push((When::Filled, if own.is_nullish() { member(options, "nested") } else { own }));
        all.push((When::Empty, member(member(options, "placeholder"), "nested")));
        return all;
    }
    let is = |value: bool| When::Is(Value::Bool(value));
    let is_split = |own: &Object| own.contains_key("true") || own.contains_key("false");
    match own {
        Value::Object(split) if is_split(split) => {
            let parts = [(true, "true"), (false, "false")].into_iter();
            parts.filter_map(|(value, key)| Some((is(value), split.get(key)?))).collect()
        }
        // The key is a switch, or holds fields itself.
        _ if reversed.as_bool() == Some(true) => vec![(is(false), own)],
        _ if reversed.as_bool().is_some() => vec![(is(true), own)],
        _ => vec![(is(true), own), (is(false), reversed)],
    }
}

/// Nested fields of the options that an RPC has listed, in front of what the field says itself.
pub(super) fn nested_of_choices(choices: &[Choice]) -> Result<Vec<NestedFields>, Error> {
    let nested = nested("select", &Object::new(), choices, 0)?;
    Ok(nested.into_iter().filter(|nested| matches!(nested.when, When::Is(_))).collect())
}

/// A member of a collection; unlike a path, it finds nothing in a list.
fn member<'v>(value: &'v Value, key: &str) -> &'v Value {
    value.as_object().and_then(|object| object.get(key)).unwrap_or(&NOTHING)
}

/// Fields may stand in `{"store": ..}`, which says to which part of a form they belong.
fn stored(fields: &Value) -> &Value {
    fields.as_object().and_then(|object| object.get("store")).unwrap_or(fields)
}

/// The members that hold label and value of an option.
pub(super) fn keys(options: &Value) -> Keys {
    let name = |key: &str| member(options, key).as_text().unwrap_or(key).to_owned();
    Keys { label: name("label"), value: name("value") }
}

/// The options of a select, and the RPC that lists them (connector.md 15.2).
fn options(options: &Value) -> Result<(Vec<Choice>, Option<RpcReference>), Error> {
    let store = stored(options);
    Ok(match store {
        Value::Array(_) => (choices(store, &keys(options))?, None),
        Value::Text(text) => (Vec::new(), reference(text)),
        _ => (Vec::new(), None),
    })
}

/// `rpc://name@1?key=value`; the version says nothing to a client.
fn reference(text: &str) -> Option<RpcReference> {
    let rest = text.trim().strip_prefix("rpc://")?;
    let (name, query) = rest.split_once('?').unwrap_or((rest, ""));
    let name = name.split('@').next().unwrap_or(name).trim_end_matches('/').to_owned();
    let decode = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let mut parameters = Object::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        parameters.set(decode(key), decode(value));
    }
    (!name.is_empty()).then_some(RpcReference { name, parameters, at: 0 })
}
