//! Fields as the client checks them (connector.md 15.4).

use std::borrow::Cow;

use super::choice::Choice;
use super::field::{Field, Fields, When};
use crate::plan::{Convert, List, Literal, Nested, Parameter, ParameterType, Rules};
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
        multiple: is_select && is_true(get("multiple")),
        secret: matches!(field.kind.as_str(), "password" | "pkey"),
        rules: if is_unchecked { Rules::NONE } else { rules(validate) },
        nested: field
            .nested
            .iter()
            .map(|nested| Nested { when: when(&nested.when), parameters: parameters(&nested.fields) })
            .collect(),
        convert: convert(&field.kind, get("convert")),
    }
}

/// How a date is written before it is used (connector.md 15.1).
fn convert(kind: &str, convert: &Value) -> Option<Convert> {
    let convert = convert.as_object().filter(|_| kind == "date")?;
    let text = |key: &str| {
        let text = convert.get(key).and_then(Value::as_text).map(str::trim);
        text.filter(|text| !text.is_empty()).map(|text| Cow::Owned(text.to_owned()))
    };
    if convert.get("type").is_some_and(|ty| !ty.is_nullish() && ty.as_text() != Some("text")) {
        return None;
    }
    Some(Convert { format: text("format")?, timezone: text("timezone") })
}

fn ty(field: &Field, is_unchecked: bool, is_select: bool) -> ParameterType {
    let get = |key: &str| field.definition.get(key).unwrap_or(&Value::UNDEFINED);
    match field.kind.as_str() {
        "array" => ParameterType::Array(Cow::Owned(vec![item(field)])),
        "collection" => ParameterType::Collection(parameters(&field.members)),
        "upload" | "filestorage" => list(ParameterType::Any),
        "filter" => filter(get("logic"), get("options")),
        _ if is_unchecked => ParameterType::Any,
        _ if is_select && (field.is_listed || is_true(get("dynamic"))) => ParameterType::Any,
        _ if is_select => ParameterType::Select(values(&field.choices)),
        kind if TEXTS.contains(&kind) => ParameterType::Text,
        kind => TYPES.iter().find(|(name, _)| *name == kind).map_or(ParameterType::Any, |(_, ty)| ty.clone()),
    }
}

/// The items of an array.
fn item(field: &Field) -> Parameter {
    if let Some(item) = &field.item {
        return parameter(item);
    }
    let spec = field.definition.get("spec").unwrap_or(&Value::UNDEFINED);
    // Forms take texts where nothing says what an array holds (connector.md 15.3).
    let ty = match is_empty(spec) {
        true => ParameterType::Text,
        false => ParameterType::Collection(parameters(&field.members)),
    };
    crate::emitted::parameter("", ty, false)
}

fn list(item: ParameterType) -> ParameterType {
    ParameterType::Array(Cow::Owned(vec![crate::emitted::parameter("", item, false)]))
}

/// Lists of terms, or one list where the field says by which logic its terms are joined (connector.md 15.3).
fn filter(own: &Value, options: &Value) -> ParameterType {
    let said = options.as_object().and_then(|options| options.get("logic")).unwrap_or(own);
    let term =
        [("a", ParameterType::Any, true), ("o", ParameterType::Text, true), ("b", ParameterType::Any, false)];
    let term = term.map(|(name, ty, required)| crate::emitted::parameter(name, ty, required));
    let terms = list(ParameterType::Collection(Cow::Owned(term.into())));
    if matches!(said.as_text(), Some("and" | "or")) { terms } else { list(terms) }
}

fn when(when: &When) -> Option<Literal> {
    match when {
        // What no form can hold is chosen by nobody.
        When::Is(value) => Some(literal(value).unwrap_or(Literal::Array(Cow::Borrowed(&[])))),
        When::Filled => None,
        When::Empty => Some(Literal::Null),
    }
}

/// How tools write that there is nothing.
fn is_empty(spec: &Value) -> bool {
    match spec {
        Value::Array(items) => items.is_empty(),
        Value::Object(object) => object.is_empty(),
        other => other.is_blank(),
    }
}

/// A switch that is on; its text counts as well.
pub(super) fn is_true(value: &Value) -> bool {
    value.as_bool() == Some(true) || value.as_text().is_some_and(|text| text.trim() == "true")
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
    let number = |key: &str| match get(key) {
        Value::Text(text) => text.trim().parse().ok(),
        number => number.as_f64(),
    };
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
        unique: is_true(get("unique")),
    }
}
