//! Forms: values from the command line, the environment, or a person.

use linchpin::{Object, Value};
use linchpin_spec::facts::{self, Flat, flatten, is_secret};
use linchpin_spec::json::Kind;
use linchpin_spec::model::{Connection, Field, Options, Parameter, ParameterType};
use linchpin_spec::similar;

use crate::given::{Given, ask, can_ask, from_environment, variable};

/// A form, and how its values are given.
pub(crate) struct Form<'f> {
    /// Whose it is, for messages.
    whose: String,
    /// The flag that gives a value.
    flag: &'static str,
    /// The middle of the names of its variables.
    kind: &'static str,
    fields: Vec<Flat<'f>>,
}

impl<'f> Form<'f> {
    /// What a connection asks for.
    pub(crate) fn of_connection(connection: &'f Connection) -> Self {
        let whose = format!("the connection `{}`", connection.id.value);
        Self { whose, flag: "--param", kind: "PARAM", fields: flatten(&connection.parameters) }
    }

    /// What an installation asks for.
    pub(crate) fn of_installation(whose: String, form: &'f [Field]) -> Self {
        Self { whose, flag: "--install", kind: "INSTALL", fields: flatten(form) }
    }

    /// The names of its fields.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'f str> {
        self.fields.iter().map(|field| field.parameter.name.value.as_str())
    }

    /// Whether a value stands on the command line or in the environment.
    pub(crate) fn is_given(&self, given: &[Given]) -> bool {
        self.names().any(|name| {
            given.iter().any(|given| given.name == name) || from_environment(self.kind, name).is_some()
        })
    }

    /// Fills in the form. What is missing is asked for on a terminal, and an error elsewhere.
    pub(crate) fn fill(&self, given: &[Given]) -> Result<Object, String> {
        let mut form = Object::new();
        for field in &self.fields {
            let name = &field.parameter.name.value;
            let given = given.iter().rfind(|given| given.name == *name);
            let value = match given {
                Some(given) => Some(Value::from(given.read(self.kind)?)),
                None => self.not_given(field)?,
            };
            if let Some(value) = value {
                form.set(name.as_str(), value);
            }
        }
        Ok(form)
    }

    /// The value of a field that does not stand on the command line; `None` leaves it out.
    fn not_given(&self, field: &Flat<'_>) -> Result<Option<Value>, String> {
        let parameter = field.parameter;
        let name = &parameter.name.value;
        if let Some(value) = from_environment(self.kind, name) {
            return Ok(Some(Value::from(value)));
        }
        let default = parameter.default.as_ref().map(linchpin_loader::value);
        // Fields that appear with a choice are left to the command line; the form is checked before it is used.
        if field.conditional || !can_ask() {
            if parameter.required && !field.conditional && default.is_none() {
                let (flag, variable) = (self.flag, variable(self.kind, name));
                return Err(format!(
                    "`{name}` is missing: write `{flag} {name}=-` and pipe it in, or set {variable}"
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
}

/// Refuses values that none of the forms has a field for.
pub(crate) fn check_names(forms: &[&Form<'_>], given: &[Given]) -> Result<(), String> {
    let known: Vec<&str> = forms.iter().flat_map(|form| form.names()).collect();
    let Some(unknown) = given.iter().find(|given| !known.contains(&given.name.as_str())) else {
        return Ok(());
    };
    let name = &unknown.name;
    let hint = match similar::nearest(name, known.iter().copied()) {
        Some(similar) => format!("did you mean `{similar}`?"),
        None if known.is_empty() => "it has none".to_owned(),
        None => format!("it has {}", known.join(", ")),
    };
    let whose = forms.first().map_or("the connector", |form| &form.whose);
    Err(format!("{whose} has no parameter `{name}`; {hint}"))
}

/// Fills in what the connector says of fields that nobody has touched, as clients that are compiled do.
pub(crate) fn fill_defaults(fields: &[Field], input: &mut Object) {
    for field in flatten(fields).iter().filter(|field| !field.conditional && !field.parameter.required) {
        let name = &field.parameter.name.value;
        if let Some(default) = facts::default(field.parameter).filter(|_| !input.contains_key(name)) {
            input.set(name.as_str(), linchpin_loader::value(default));
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
