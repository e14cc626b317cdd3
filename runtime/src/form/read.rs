//! From what an RPC says about fields to what is checked (connector.md 15).

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use super::choice::{Choice, Keys, choices};
use super::field::{Field, Fields, RpcReference};
use super::wrong;
use crate::error::Error;
use crate::plan::{List, Literal, Nested, Parameter, ParameterType, Rules};
use crate::value::{Object, Value};

/// Forms within forms end here.
const MOST_LEVELS: usize = 32;

/// The type names of connector.md 15.3 that are not text or anything.
const TYPES: &[(&str, ParameterType)] = &[
    ("number", ParameterType::Number),
    ("integer", ParameterType::Integer),
    ("timestamp", ParameterType::Integer),
    ("uinteger", ParameterType::Unsigned),
    ("port", ParameterType::Port),
    ("boolean", ParameterType::Boolean),
    ("checkbox", ParameterType::Boolean),
    ("date", ParameterType::Date),
    ("buffer", ParameterType::Buffer),
];

const TEXTS: &[&str] = &[
    "text", "password", "email", "url", "path", "filename", "color", "timezone", "uuid", "html", "time",
    "file", "folder", "editor", "code", "cert", "pkey",
];

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
    let items = match result {
        Value::Undefined | Value::Null => return Ok(fields),
        Value::Array(items) => &**items,
        single @ (Value::Object(_) | Value::Text(_)) => std::slice::from_ref(single),
        other => return Err(no_field(path, other.type_name())),
    };
    for (at, item) in items.iter().enumerate().filter(|(_, item)| !item.is_nullish()) {
        let path = format!("{path}{at}");
        match item {
            Value::Object(object) => fields.list.extend(field(object, &path, depth)?),
            Value::Text(text) => fields.more.push(reference(text).ok_or_else(|| no_field(&path, "text"))?),
            other => return Err(no_field(&path, other.type_name())),
        }
    }
    Ok(fields)
}

fn no_field(path: &str, what: &str) -> Error {
    let place = if path.is_empty() { "its result".to_owned() } else { format!("item {path}") };
    wrong(format!("the RPC does not list fields: {place} is {what}"))
}

/// One field; `None` for one that holds no value.
fn field(definition: &Object, path: &str, depth: usize) -> Result<Option<Field>, Error> {
    let get = |key: &str| definition.get(key).unwrap_or(&NOTHING);
    let kind = get("type").as_text().unwrap_or("any").to_ascii_lowercase();
    if VISUAL.contains(&kind.as_str()) {
        return Ok(None);
    }
    let Some(name) = get("name").as_text().filter(|name| !name.is_empty()) else {
        return Err(wrong(format!("the RPC does not list fields: item {path} has no \"name\"")));
    };
    let label = if get("label").is_blank() { name.to_owned() } else { get("label").to_text().into() };
    let (choices, options_from) = options(get("options"))?;
    Ok(Some(Field {
        name: name.to_owned(),
        label,
        required: get("required").is_truthy(),
        default: get("default").clone(),
        parameter: parameter(name, &kind, definition, &choices, depth)?,
        kind,
        choices,
        options_from,
        definition: definition.clone(),
    }))
}

fn parameter(
    name: &str,
    kind: &str,
    definition: &Object,
    choices: &[Choice],
    depth: usize,
) -> Result<Parameter, Error> {
    let get = |key: &str| definition.get(key).unwrap_or(&NOTHING);
    let is_unchecked = get("validate").as_bool() == Some(false);
    let spec = get("spec");
    let ty = match kind {
        "array" => ParameterType::Array(vec![item(spec, depth)?].into()),
        "collection" => ParameterType::Collection(members(spec, depth)?),
        _ if is_unchecked => ParameterType::Any,
        "select" | "list" | "radio" if get("dynamic").is_truthy() => ParameterType::Any,
        "select" | "list" | "radio" => ParameterType::Select(values(choices)),
        _ => simple(kind),
    };
    let mut nested = nested(kind, get("nested"), depth)?;
    for choice in flat(choices) {
        nested.extend(when(literal(&choice.value), &choice.nested, depth)?);
    }
    nested.extend(when(None, get("options").key("nested"), depth)?);
    Ok(Parameter {
        name: Cow::Owned(name.to_owned()),
        ty,
        required: get("required").is_truthy(),
        multiple: get("multiple").is_truthy(),
        secret: matches!(kind, "password" | "pkey"),
        rules: if is_unchecked { Rules::NONE } else { rules(get("validate")) },
        nested: nested.into(),
    })
}

fn simple(kind: &str) -> ParameterType {
    if TEXTS.contains(&kind) {
        return ParameterType::Text;
    }
    TYPES.iter().find(|(name, _)| *name == kind).map_or(ParameterType::Any, |(_, ty)| ty.clone())
}

/// The items of an array: one definition without a name is that of a simple item, a list makes each a collection.
fn item(spec: &Value, depth: usize) -> Result<Parameter, Error> {
    let unnamed = |definition: &Object| {
        let kind = definition.get("type").and_then(Value::as_text).unwrap_or("any").to_ascii_lowercase();
        let (choices, _) = options(definition.get("options").unwrap_or(&NOTHING))?;
        parameter("", &kind, definition, &choices, depth + 1)
    };
    match spec {
        Value::Object(definition) => unnamed(definition),
        Value::Array(items) => match items.as_slice() {
            [Value::Object(only)] if only.get("name").is_none() => unnamed(only),
            _ => Ok(plain(ParameterType::Collection(members(spec, depth)?))),
        },
        _ => Ok(plain(ParameterType::Any)),
    }
}

fn plain(ty: ParameterType) -> Parameter {
    crate::emitted::parameter("", ty, false)
}

fn members(spec: &Value, depth: usize) -> Result<List<Parameter>, Error> {
    let fields = level(spec, "", depth + 1)?;
    Ok(fields.list.into_iter().map(|field| field.parameter).collect::<Vec<_>>().into())
}

/// Fields that appear with this one, for booleans also by their value.
fn nested(kind: &str, nested: &Value, depth: usize) -> Result<Vec<Nested>, Error> {
    let is_boolean = matches!(kind, "boolean" | "checkbox");
    let split = |key: &str| nested.as_object().and_then(|object| object.get(key));
    let parts = match (split("true"), split("false")) {
        (None, None) => vec![(is_boolean.then_some(Literal::Bool(true)), nested)],
        (yes, no) => vec![
            (Some(Literal::Bool(true)), yes.unwrap_or(&NOTHING)),
            (Some(Literal::Bool(false)), no.unwrap_or(&NOTHING)),
        ],
    };
    let mut all = Vec::new();
    for (literal, fields) in parts {
        all.extend(when(literal, fields, depth)?);
    }
    Ok(all)
}

fn when(literal: Option<Literal>, fields: &Value, depth: usize) -> Result<Option<Nested>, Error> {
    let parameters = members(fields, depth)?;
    Ok((!parameters.is_empty()).then_some(Nested { when: literal, parameters }))
}

/// The options of a select, and the RPC that lists them (connector.md 15.2).
fn options(options: &Value) -> Result<(Vec<Choice>, Option<RpcReference>), Error> {
    let (store, keys) = match options {
        Value::Object(object) => {
            let name = |key: &str| object.get(key).and_then(Value::as_text).unwrap_or(key).to_owned();
            (object.get("store").unwrap_or(&NOTHING), Keys { label: name("label"), value: name("value") })
        }
        other => (other, Keys::default()),
    };
    Ok(match store {
        Value::Array(_) => (choices(store, &keys)?, None),
        Value::Text(text) => (Vec::new(), reference(text)),
        _ => (Vec::new(), None),
    })
}

/// Options, those in groups included.
fn flat(choices: &[Choice]) -> Vec<&Choice> {
    choices
        .iter()
        .flat_map(|choice| if choice.options.is_empty() { vec![choice] } else { flat(&choice.options) })
        .collect()
}

fn values(choices: &[Choice]) -> List<Literal> {
    flat(choices).into_iter().filter_map(|choice| literal(&choice.value)).collect::<Vec<_>>().into()
}

fn literal(value: &Value) -> Option<Literal> {
    let owned = |text: &str| Cow::Owned(text.to_owned());
    Some(match value {
        Value::Null => Literal::Null,
        Value::Bool(bool) => Literal::Bool(*bool),
        Value::Number(_) => Literal::Number(owned(&value.to_text())),
        Value::Text(text) => Literal::Text(owned(text)),
        Value::EmptyText => Literal::Text(owned("")),
        Value::Array(items) => Literal::Array(items.iter().filter_map(literal).collect::<Vec<_>>().into()),
        Value::Object(object) => {
            let members = object.iter().filter_map(|(key, value)| Some((owned(key), literal(value)?)));
            Literal::Object(members.collect::<Vec<_>>().into())
        }
        Value::Undefined | Value::Date(_) | Value::Buffer(_) => return None,
    })
}

fn rules(validate: &Value) -> Rules {
    let number = |key: &str| validate.key(key).as_f64();
    // Bounds below zero hold for every list, and saturate to zero here.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let count = |key: &str| number(key).map(|number| number as u64);
    let pattern = validate.key("pattern");
    let pattern = pattern.key("regexp").as_text().or(pattern.as_text());
    let one_of = validate.key("enum").as_array().unwrap_or_default();
    Rules {
        min: number("min"),
        max: number("max"),
        pattern: pattern.map(|pattern| Cow::Owned(pattern.to_owned())),
        one_of: one_of.iter().map(|value| Cow::Owned(value.to_text().into())).collect::<Vec<_>>().into(),
        min_items: count("minItems"),
        max_items: count("maxItems"),
        unique: validate.key("unique").is_truthy(),
    }
}

/// `rpc://name@1?key=value`; the version says nothing to a client.
fn reference(text: &str) -> Option<RpcReference> {
    let rest = text.strip_prefix("rpc://")?;
    let (name, query) = rest.split_once('?').unwrap_or((rest, ""));
    let name = name.split('@').next().unwrap_or(name).to_owned();
    let decode = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let mut parameters = Object::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        parameters.set(decode(key), decode(value));
    }
    (!name.is_empty()).then_some(RpcReference { name, parameters })
}
