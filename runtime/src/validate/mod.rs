//! Checks parameters before any request (connector.md 15.4).

mod coerce;
mod rules;

use std::borrow::Cow;

use crate::engine::eval::from_literal;
use crate::error::{Error, ErrorKind};
use crate::functions;
use crate::plan::{Convert, Literal, Nested, Parameter, ParameterType};
use crate::scope::Scope;
use crate::value::{Object, Value};

/// Checks `values` against `parameters` and converts what forms convert; `scope` says in which time zone dates are.
///
/// # Errors
/// One error of kind `Data` with every violation and its path, such as `address.city`. Values are never shown.
pub(crate) fn check(
    parameters: &[Parameter],
    values: &mut Object,
    checks_options: bool,
    scope: &Scope,
) -> Result<(), Error> {
    let mut check = Check { checks_options, scope, found: Vec::new() };
    check.level(parameters, values, "");
    if check.found.is_empty() {
        return Ok(());
    }
    let plural = if check.found.len() == 1 { "a parameter is" } else { "parameters are" };
    Err(Error::new(ErrorKind::Data, format!("{plural} not acceptable: {}", check.found.join("; "))))
}

/// A check in progress.
struct Check<'a> {
    checks_options: bool,
    scope: &'a Scope,
    /// Path and complaint of each violation.
    found: Vec<String>,
}

impl Check<'_> {
    fn complain(&mut self, path: &str, complaint: impl Into<Cow<'static, str>>) {
        self.found.push(format!("{path}: {}", complaint.into()));
    }

    /// The parameters of one collection, and those that appear with the values of others.
    fn level(&mut self, parameters: &[Parameter], values: &mut Object, prefix: &str) {
        for parameter in parameters {
            let path = match prefix {
                "" => Cow::Borrowed(parameter.name.as_ref()),
                _ => Cow::Owned(format!("{prefix}{}", parameter.name)),
            };
            let mut value = values.get(&parameter.name).cloned().unwrap_or_default();
            if value.is_blank() {
                if parameter.required {
                    self.complain(&path, "is mandatory");
                }
            } else if let Some(converted) = self.value(parameter, &value, &path) {
                value = converted.clone();
                values.set(parameter.name.as_ref(), converted);
            }
            for at in appearing(parameter, &value) {
                if let Some(nested) = parameter.nested.get(at) {
                    self.level(&nested.parameters, values, prefix);
                }
            }
        }
    }

    /// One value that is there. Gives what takes its place, if a form would convert it.
    fn value(&mut self, parameter: &Parameter, value: &Value, path: &str) -> Option<Value> {
        if !parameter.multiple || matches!(parameter.ty, ParameterType::Array(_)) {
            return self.single(parameter, value, path);
        }
        let Value::Array(items) = value else {
            self.complain(path, "is not an array");
            return None;
        };
        self.items(&parameter.rules, items, path);
        self.each(items, path, |check, item, path| check.single(parameter, item, path))
    }

    fn single(&mut self, parameter: &Parameter, value: &Value, path: &str) -> Option<Value> {
        let converted = match coerce::to_type(&parameter.ty, value, self.scope) {
            Ok(converted) => converted,
            Err(expected) => {
                self.complain(path, format!("must be {expected}, not {}", value.type_name()));
                return None;
            }
        };
        let value = converted.as_ref().unwrap_or(value);
        if let (Some(convert), ParameterType::Date) = (&parameter.convert, &parameter.ty) {
            return self.written(convert, value, path);
        }
        let deeper = match &parameter.ty {
            ParameterType::Array(spec) => self.array(parameter, spec, value, path),
            ParameterType::Collection(members) => self.collection(members, value, path),
            ParameterType::Select(options) => {
                self.option(options, value, path);
                None
            }
            _ => {
                self.scalar(&parameter.rules, value, path);
                None
            }
        };
        deeper.or(converted)
    }

    /// A date as the text that the connector asks for.
    fn written(&mut self, convert: &Convert, date: &Value, path: &str) -> Option<Value> {
        let (format, zone) = (Value::from(&*convert.format), convert.timezone.as_deref().map(Value::from));
        let arguments: Vec<&Value> = [date, &format].into_iter().chain(&zone).collect();
        let text = functions::format_date(self.scope.at("convert"), &arguments);
        if text.is_err() {
            self.complain(path, "cannot be written as the connector asks for");
        }
        text.ok()
    }

    fn array(
        &mut self,
        parameter: &Parameter,
        spec: &[Parameter],
        value: &Value,
        path: &str,
    ) -> Option<Value> {
        let Value::Array(items) = value else { return None };
        self.items(&parameter.rules, items, path);
        let spec = spec.first()?;
        self.each(items, path, |check, item, path| {
            if item.is_blank() {
                if spec.required {
                    check.complain(path, "is mandatory");
                }
                return None;
            }
            check.value(spec, item, path)
        })
    }

    /// Checks each item, and gives the list with those that were converted.
    fn each(
        &mut self,
        items: &[Value],
        path: &str,
        mut check: impl FnMut(&mut Self, &Value, &str) -> Option<Value>,
    ) -> Option<Value> {
        let mut changed: Option<Vec<Value>> = None;
        for (at, item) in items.iter().enumerate() {
            if let Some(converted) = check(self, item, &format!("{path}.{at}"))
                && let Some(slot) = changed.get_or_insert_with(|| items.to_vec()).get_mut(at)
            {
                *slot = converted;
            }
        }
        changed.map(Value::array)
    }

    fn collection(&mut self, members: &[Parameter], value: &Value, path: &str) -> Option<Value> {
        let Value::Object(object) = value else { return None };
        let mut checked = object.clone();
        self.level(members, &mut checked, &format!("{path}."));
        Some(Value::from(checked))
    }

    /// Numbers and texts are different options: `1` is not `"1"`.
    fn option(&mut self, options: &[Literal], value: &Value, path: &str) {
        if self.checks_options
            && !options.is_empty()
            && !options.iter().any(|option| from_literal(option) == *value)
        {
            self.complain(path, "is none of its options");
        }
    }
}

/// Which of the nested fields of a parameter appear with a value: those of the option that was chosen, or where it has
/// none of its own those of any option; while nothing is chosen, those of the placeholder (connector.md 14.2).
pub(crate) fn appearing(parameter: &Parameter, value: &Value) -> Vec<usize> {
    if parameter.nested.is_empty() {
        return Vec::new();
    }
    let chosen: &[Value] = match value {
        blank if blank.is_blank() => &[],
        Value::Array(items) if parameter.multiple => items,
        one => std::slice::from_ref(one),
    };
    let waits_for = |nested: &Nested, value: &Value| {
        nested.when.as_ref().is_some_and(|wanted| from_literal(wanted) == *value)
    };
    let has_own = |value: &Value| parameter.nested.iter().any(|nested| waits_for(nested, value));
    let any_lacks = chosen.iter().any(|value| !has_own(value));
    let appears = |nested: &Nested| match &nested.when {
        None => any_lacks,
        Some(Literal::Null) => chosen.is_empty(),
        Some(_) => chosen.iter().any(|value| waits_for(nested, value)),
    };
    let all = parameter.nested.iter().enumerate();
    all.filter(|(_, nested)| appears(nested)).map(|(at, _)| at).collect()
}
