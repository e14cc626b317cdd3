//! Checks of source before it runs, for `linchpin check` (connector.md 16).

use std::fmt;

use rquickjs::context::EvalOptions;
use rquickjs::{Context, Object, Runtime, Value as JsValue};

use super::failure::{column_in, place_in};

/// A mistake in source.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SyntaxError {
    /// What is wrong, in the interpreter's words.
    pub message: String,
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1.
    pub column: usize,
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message)
    }
}

impl std::error::Error for SyntaxError {}

/// Makes the source a function's body.
const PREFIX: &str = "(function(){";
/// The name of the source in the interpreter's reports.
const FILE: &str = "source.js";
/// Ends a script before anything else of it runs.
const STOP: &str = "throw null;";
const MEMORY: usize = 64 << 20;

/// Checks the source of a custom function. Nothing of it runs.
///
/// # Errors
///
/// The first mistake.
///
/// ```
/// use linchpin::js::check_function;
///
/// assert!(check_function("function twice(n) { return 2 * n; }").is_ok());
/// let mistake = check_function("function twice(n) {\n  return 2 * ;\n}").unwrap_err();
/// assert_eq!((mistake.line, mistake.column), (2, 14));
/// ```
pub fn check_function(source: &str) -> Result<(), SyntaxError> {
    check(source, PREFIX, "\n})")
}

/// Checks source between `before`, which stands on its first line, and `after`.
pub(super) fn check(source: &str, before: &str, after: &str) -> Result<(), SyntaxError> {
    // Code can close the function that it is put into. The whole text is parsed before any of it runs, and what would
    // run first ends it.
    let before = format!("{STOP}{before}");
    let own = |message: String| SyntaxError { message, line: 1, column: 1 };
    let failed = |error: rquickjs::Error| own(error.to_string());
    let runtime = Runtime::new().map_err(failed)?;
    runtime.set_memory_limit(MEMORY);
    let context = Context::full(&runtime).map_err(failed)?;
    context.with(|ctx| {
        let mut options = EvalOptions::default();
        options.strict = false;
        options.filename = Some(FILE.to_owned());
        let parsed: rquickjs::Result<JsValue<'_>> =
            ctx.eval_with_options(format!("{before}{source}{after}"), options);
        match parsed {
            Ok(_) => Ok(()),
            Err(rquickjs::Error::Exception) => match ctx.catch() {
                stopped if stopped.is_null() => Ok(()),
                thrown => Err(mistake(&thrown, before.len(), source)),
            },
            Err(error) => Err(failed(error)),
        }
    })
}

fn mistake(thrown: &JsValue<'_>, before: usize, source: &str) -> SyntaxError {
    let member = |name: &str| {
        let object = thrown.as_object();
        object.and_then(|error: &Object<'_>| error.get::<_, String>(name).ok()).unwrap_or_default()
    };
    let (line, column) = place_in(&member("stack"), FILE).unwrap_or((1, 1));
    let lines = source.lines().count().max(1);
    // A brace that is missing is noticed behind the source: the place is its end.
    if line > lines {
        let last = source.lines().last().map_or(0, |last| last.chars().count());
        return SyntaxError { message: member("message"), line: lines, column: last + 1 };
    }
    let column = column_in(source, line, column, before);
    SyntaxError { message: member("message"), line, column }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_line_and_column() {
        let cases = [
            ("function f() { return 1 + ; }", (1, 27)),
            // The interpreter notices a name that is taken when it reads what follows it.
            ("function f() {\n  const a = 1;\n  const a = 2;\n}", (3, 11)),
            ("function f() {\n  if (a {\n}", (2, 9)),
            ("function f() {\n  return 1;\n", (2, 12)),
            ("", (0, 0)),
        ];
        for (source, place) in cases {
            let found = check_function(source).err().map_or((0, 0), |error| (error.line, error.column));
            assert_eq!(found, place, "{source}");
        }
    }

    #[test]
    fn nothing_runs() {
        assert_eq!(check_function("for (;;) {} function f() {}"), Ok(()));
    }
}
