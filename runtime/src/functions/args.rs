//! Arguments: what functions ask of them, and how they refuse them (iml.md 7.2, 8).

use std::borrow::Cow;
use std::fmt;

use crate::error::Error;
use crate::scope::Site;
use crate::value::{Value, parse_number};

/// The call of a function: its name and place for errors, and its arguments.
#[derive(Clone, Copy)]
pub(crate) struct Call<'a> {
    pub(crate) site: Site<'a>,
    name: &'static str,
    args: &'a [&'a Value],
}

impl<'a> Call<'a> {
    pub(crate) fn new(site: Site<'a>, name: &'static str, args: &'a [&'a Value]) -> Self {
        Self { site, name, args }
    }

    /// An argument, counted from 0; undefined when it is missing.
    pub(crate) fn value(&self, at: usize) -> &'a Value {
        value(self.args, at)
    }

    /// The arguments from `at` on.
    pub(crate) fn rest(&self, at: usize) -> &'a [&'a Value] {
        self.args.get(at..).unwrap_or(&[])
    }

    /// The text form of an argument; `None` when it is nullish.
    pub(crate) fn text(&self, at: usize) -> Option<Cow<'a, str>> {
        let value = self.value(at);
        (!value.is_nullish()).then(|| value.text_form())
    }

    /// A numeric argument; `None` when it is blank (iml.md 7.2).
    pub(crate) fn number(&self, at: usize) -> Result<Option<f64>, Error> {
        match numeric(self.value(at)) {
            Numeric::Blank => Ok(None),
            Numeric::Number(number) => Ok(Some(number)),
            Numeric::Invalid => {
                Err(self.invalid(at, format_args!("{} is not a valid number", self.value(at).type_name())))
            }
        }
    }

    /// The error of an argument, counted from 0.
    pub(crate) fn invalid(&self, at: usize, problem: impl fmt::Display) -> Error {
        Error::template(self.site.place, format_args!("{}, argument {}: {problem}", self.name, at + 1))
    }
}

/// An argument, counted from 0; undefined when it is missing.
pub(crate) fn value<'a>(args: &[&'a Value], at: usize) -> &'a Value {
    args.get(at).copied().unwrap_or(&Value::UNDEFINED)
}

/// What a value is where a function asks for a number.
enum Numeric {
    Blank,
    Number(f64),
    Invalid,
}

fn numeric(value: &Value) -> Numeric {
    match value {
        Value::Text(text) if !text.is_empty() => parse_number(text).map_or(Numeric::Invalid, Numeric::Number),
        value if value.is_blank() => Numeric::Blank,
        Value::Number(_) | Value::Bool(_) | Value::Date(_) => Numeric::Number(value.to_number()),
        _ => Numeric::Invalid,
    }
}

/// A double as a whole number, cut towards zero; NaN is 0, and what is too large is the limit.
#[allow(clippy::cast_possible_truncation, reason = "the cast saturates, which is what is meant")]
pub(crate) fn to_integer(number: f64) -> i64 {
    number as i64
}

/// Runs a function with the arguments of a test, at a place called `test`.
#[cfg(test)]
pub(crate) fn run(function: super::Function, args: &[Value]) -> Result<Value, Error> {
    let scope = crate::scope::Scope::new();
    let args: Vec<&Value> = args.iter().collect();
    function(scope.at("test"), &args)
}

/// Reads the arguments of a test from JSON, and runs a function.
#[cfg(test)]
pub(crate) fn run_json(function: super::Function, args: &str) -> Value {
    let args = Value::parse_json(args.as_bytes()).unwrap();
    run(function, args.items()).unwrap()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scope::Scope;
    use crate::value::Date;

    #[test]
    fn numbers_are_read_leniently_and_refused_with_their_place() {
        let scope = Scope::new();
        let number = |value: &Value| Call::new(scope.at("a.json:1:2 url"), "round", &[value]).number(0);
        for blank in [Value::Undefined, Value::Null, Value::from("")] {
            assert_eq!(number(&blank).unwrap(), None);
        }
        assert_eq!(number(&Value::from(" 1.5 ")).unwrap(), Some(1.5));
        assert_eq!(number(&Value::TRUE).unwrap(), Some(1.0));
        assert_eq!(number(&Value::from(Date::from_millis(7))).unwrap(), Some(7.0));
        for wrong in [Value::from("x"), Value::from(" "), Value::EmptyText, Value::empty_array()] {
            let error = format!("{:?}", number(&wrong).unwrap_err());
            for part in ["round", "argument 1", "is not a valid number", "a.json:1:2 url"] {
                assert!(error.contains(part), "{error}");
            }
        }
    }
}
