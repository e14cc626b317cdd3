//! Templates on their own, as `iml!` makes them.

use std::fmt;

use crate::error::Error;
use crate::plan::{TextFn, ValueFn};
use crate::scope::Scope;
use crate::value::Value;

/// Room for the text of most templates: growing costs more than the room.
const USUAL_LENGTH: usize = 64;

/// A compiled template: it needs nothing but a scope to run.
///
/// Made by `iml!`, and `Copy`, so that it can stand in a `const` or `static`.
#[derive(Clone, Copy)]
pub struct Template(Form);

#[derive(Clone, Copy)]
enum Form {
    /// Text with mustaches in it.
    Text(TextFn),
    /// One mustache and nothing around it: its value keeps its type.
    Value(ValueFn),
}

impl Template {
    /// A template whose result is text, whatever is in it (iml.md 2, rule 3).
    #[must_use]
    pub const fn mixed(write: TextFn) -> Self {
        Self(Form::Text(write))
    }

    /// A template whose result keeps its type (iml.md 2, rule 2).
    #[must_use]
    pub const fn single(evaluate: ValueFn) -> Self {
        Self(Form::Value(evaluate))
    }

    /// The value of the template.
    ///
    /// # Errors
    /// A function refused its arguments, or failed.
    pub fn eval(&self, scope: &Scope) -> Result<Value, Error> {
        match self.0 {
            Form::Text(write) => {
                let mut text = String::with_capacity(USUAL_LENGTH);
                write(scope, &mut text)?;
                Ok(Value::from(text))
            }
            Form::Value(evaluate) => evaluate(scope),
        }
    }

    /// The text of the template's value (iml.md 7.1).
    ///
    /// # Errors
    /// A function refused its arguments, or failed.
    pub fn text(&self, scope: &Scope) -> Result<String, Error> {
        let mut text = String::with_capacity(USUAL_LENGTH);
        self.write_text(scope, &mut text)?;
        Ok(text)
    }

    /// Appends the text of the template's value.
    ///
    /// # Errors
    /// A function refused its arguments, or failed.
    pub fn write_text(&self, scope: &Scope, out: &mut String) -> Result<(), Error> {
        match self.0 {
            Form::Text(write) => write(scope, out),
            Form::Value(evaluate) => {
                evaluate(scope)?.write_text(out);
                Ok(())
            }
        }
    }
}

impl fmt::Debug for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Template").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_a_value_or_text() {
        let mut scope = Scope::new();
        scope.insert("limit", 5);
        let single = Template::single(|s| Ok(s.named("limit").clone()));
        assert_eq!(single.eval(&scope).unwrap(), Value::from(5));
        assert_eq!(single.text(&scope).unwrap(), "5");
        let mixed = Template::mixed(|s, b| {
            b.push_str("at most ");
            s.named("limit").write_text(b);
            Ok(())
        });
        assert_eq!(mixed.eval(&scope).unwrap(), Value::from("at most 5"));
        let mut text = String::from("> ");
        mixed.write_text(&scope, &mut text).unwrap();
        assert_eq!(text, "> at most 5");
    }
}
