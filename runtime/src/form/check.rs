//! Fields as the client checks them (connector.md 15.4).

use std::borrow::Cow;

use super::choice::Choice;
use super::field::{Field, Fields, When};
use crate::plan::{List, Literal, Nested, Parameter, ParameterType, Rules};
use crate::value::Value;

/// The type names of connector.md 15.3 that are not text or anything.
const TYPES: &[(&str, ParameterType)] = &[
    ("number", ParameterType::Number),
    ("integer", ParameterType::Integer),
    ("timestamp", ParameterType::Integer),
    ("uinteger", ParameterType::Unsigned),
    ("udt", ParameterType::Unsigned),
    ("account", ParameterType::Unsigned),
    ("hook", ParameterType::Unsigned),
    ("keychain", ParameterType::Unsigned),
    ("datastore", ParameterType::Unsigned),
    ("device", ParameterType::Unsigned),
    ("port", ParameterType::Port),
    ("boolean", ParameterType::Boolean),
    ("checkbox", ParameterType::Boolean),
    ("date", ParameterType::Date),
    ("buffer", ParameterType::Buffer),
];

const TEXTS: &[&str] = &[
    "text", "password", "email", "url", "path", "filename", "color", "timezone", "uuid", "html", "time",
    "file", "folder", "editor", "code", "cert", "pkey", "aiagent", "scenario",
];

/// The parameters of one level.
pub(super) fn parameters(fields: &Fields) -> List<Parameter> {
    fields.list.iter().map(parameter).collect()
}

/// A field as a parameter.
pub(super) fn parameter(field: &Field) -> Parameter {
    let get = |key: &str| field.definition.get(key).unwrap_or(&Value::UNDEFINED);
    let validate = get("validate");
    let is_unchecked = validate.as_bool() == Some(false);
    let is_select = matches!(field.kind.as_str(), "select" | "list" | "radio");
    Parameter {
        name: Cow::Owned(field.name.clone()),
        ty: ty(field, is_unchecked, is_select),
        required: field.required,
        multiple: is_select && get("multiple").is_truthy(),
        secret: matches!(field.kind.as_str(), "password" | "pkey"),
        rules: if is_unchecked { Rules::NONE } else { rules(validate) },
        nested: field
            .nested
            .iter()
            .map(|nested| Nested { when: when(&nested.when), parameters: parameters(&nested.fields) })
            .collect(),
    }
}

fn ty(field: &Field, is_unchecked: bool, is_select: bool) -> ParameterType {
    let get = |key: &str| field.definition.get(key).unwrap_or(&Value::UNDEFINED);
    match field.kind.as_str() {
        "array" => ParameterType::Array(Cow::Owned(vec![item(field)])),
        "collection" => ParameterType::Collection(parameters(&field.members)),
        _ if is_unchecked => ParameterType::Any,
        _ if is_select && (field.is_listed || get("dynamic").is_truthy()) => ParameterType::Any,
        _ if is_select => ParameterType::Select(values(&field.choices)),
        kind if TEXTS.contains(&kind) => ParameterType::Text,
        kind => TYPES.iter().find(|(name, _)| *name == kind).map_or(ParameterType::Any, |(_, ty)| ty.clone()),
    }
}

/// The items of an array.
fn item(field: &Field) -> Parameter {
    match &field.item {
        Some(item) => parameter(item),
        None if field.members.list.is_empty() => crate::emitted::parameter("", ParameterType::Any, false),
        None => crate::emitted::parameter("", ParameterType::Collection(parameters(&field.members)), false),
    }
}

fn when(when: &When) -> Option<Literal> {
    match when {
        // What no form can hold is chosen by nobody.
        When::Is(value) => Some(literal(value).unwrap_or(Literal::Array(Cow::Borrowed(&[])))),
        When::Filled => None,
        When::Empty => Some(Literal::Null),
    }
}

/// Options, those in groups included.
pub(super) fn flat(choices: &[Choice]) -> Vec<&Choice> {
    choices
        .iter()
        .flat_map(|choice| if choice.options.is_empty() { vec![choice] } else { flat(&choice.options) })
        .collect()
}

fn values(choices: &[Choice]) -> List<Literal> {
    flat(choices).into_iter().filter_map(|choice| literal(&choice.value)).collect()
}

fn literal(value: &Value) -> Option<Literal> {
    let owned = |text: &str| Cow::Owned(text.to_owned());
    Some(match value {
        Value::Null => Literal::Null,
        Value::Bool(bool) => Literal::Bool(*bool),
        Value::Number(_) => Literal::Number(owned(&value.to_text())),
        Value::Text(text) => Literal::Text(owned(text)),
        Value::EmptyText => Literal::Text(owned("")),
        Value::Array(items) => Literal::Array(items.iter().filter_map(literal).collect()),
        Value::Object(object) => {
            let members = object.iter().filter_map(|(key, value)| Some((owned(key), literal(value)?)));
            Literal::Object(members.collect())
        }
        Value::Undefined | Value::Date(_) | Value::Buffer(_) => return None,
    })
}

fn rules(validate: &Value) -> Rules {
    let get = |key: &str| validate.as_object().and_then(|rules| rules.get(key)).unwrap_or(&Value::UNDEFINED);
    let number = |key: &str| get(key).as_f64();
    // Bounds below zero hold for every list, and saturate to zero here.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let count = |key: &str| number(key).map(|number| number as u64);
    let pattern = get("pattern");
    let pattern = pattern.key("regexp").as_text().or(pattern.as_text());
    let one_of = get("enum").as_array().unwrap_or_default();
    Rules {
        min: number("min"),
        max: number("max"),
        pattern: pattern.map(|pattern| Cow::Owned(pattern.to_owned())),
        one_of: one_of.iter().map(|value| Cow::Owned(value.to_text().into())).collect(),
        min_items: count("minItems"),
        max_items: count("maxItems"),
        unique: get("unique").is_truthy(),
    }
}
