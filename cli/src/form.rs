//! The form of a connection: values from the command line, the environment, or a person.

use linchpin::{Object, Value};
use linchpin_spec::facts::{Flat, flatten, is_secret};
use linchpin_spec::json::Kind;
use linchpin_spec::model::{Connection, Options, Parameter, ParameterType};
use linchpin_spec::similar;

use crate::given::{Given, ask, can_ask, from_environment, variable};

/// Fills in the form. What is missing is asked for on a terminal, and an error elsewhere.
pub(crate) fn fill(connection: &Connection, given: &[Given]) -> Result<Object, String> {
    let fields = flatten(&connection.parameters);
    let known = || fields.iter().map(|field| field.parameter.name.value.as_str());
    if let Some(unknown) = given.iter().find(|given| !known().any(|name| name == given.name)) {
        return Err(unknown_field(connection, &unknown.name, known()));
    }
    let mut form = Object::new();
    for field in &fields {
        let name = &field.parameter.name.value;
        let given = given.iter().rfind(|given| given.name == *name);
        let value = match given {
            Some(given) => Some(Value::from(given.read("PARAM")?)),
            None => not_given(field)?,
        };
        if let Some(value) = value {
            form.set(name.as_str(), value);
        }
    }
    Ok(form)
}

fn unknown_field<'k>(connection: &Connection, name: &str, known: impl Iterator<Item = &'k str>) -> String {
    let known: Vec<_> = known.collect();
    let hint = match similar::nearest(name, known.iter().copied()) {
        Some(similar) => format!("did you mean `{similar}`?"),
        None if known.is_empty() => "it has none".to_owned(),
        None => format!("it has {}", known.join(", ")),
    };
    format!("the connection `{}` has no parameter `{name}`; {hint}", connection.id.value)
}

/// The value of a field that does not stand on the command line; `None` leaves it out.
fn not_given(field: &Flat<'_>) -> Result<Option<Value>, String> {
    let parameter = field.parameter;
    let name = &parameter.name.value;
    if let Some(value) = from_environment("PARAM", name) {
        return Ok(Some(Value::from(value)));
    }
    let default = parameter.default.as_ref().map(linchpin_loader::value);
    // Fields that appear with a choice are left to the command line; the form is checked before it is used.
    if field.conditional || !can_ask() {
        if parameter.required && !field.conditional && default.is_none() {
            let variable = variable("PARAM", name);
            return Err(format!(
                "`{name}` is missing: write `--param {name}=-` and pipe it in, or set {variable}"
            ));
        }
        return Ok(default);
    }
    loop {
        let answer = ask(&question(parameter, default.as_ref()), is_secret(&parameter.ty))?;
        if !answer.is_empty() {
            return Ok(Some(Value::from(answer)));
        }
        if default.is_some() || !parameter.required {
            return Ok(default);
        }
    }
}

/// What a person is asked: the label, the options, what an empty answer means.
fn question(parameter: &Parameter, default: Option<&Value>) -> String {
    let name = &parameter.name.value;
    let mut question = parameter.label.clone().unwrap_or_else(|| name.clone());
    if let ParameterType::Select(options) = &parameter.ty {
        question.push_str(&choices(options));
    }
    match default {
        Some(default) => question.push_str(&format!(" [{}]", default.to_text())),
        None if !parameter.required => question.push_str(" (may be empty)"),
        None => {}
    }
    question
}

fn choices(options: &Options) -> String {
    let texts = options.choices.iter().filter_map(|choice| match &choice.value.kind {
        Kind::String(text) => Some(text.value.to_string()),
        Kind::Number(number) => Some(number.clone()),
        _ => None,
    });
    let texts: Vec<String> = texts.collect();
    if texts.is_empty() { String::new() } else { format!(" ({})", texts.join(", ")) }
}
