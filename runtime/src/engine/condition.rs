//! `condition` (connector.md 6.6).

use super::eval;
use crate::error::Error;
use crate::plan::Condition;
use crate::scope::Scope;
use crate::value::Value;

/// Whether a request runs.
pub(crate) enum Verdict {
    /// It does.
    Run,
    /// It does not; this is what it yields instead.
    Skip(Option<Value>),
}

/// Asks a request's condition.
pub(crate) fn check(condition: Option<&Condition>, scope: &Scope) -> Result<Verdict, Error> {
    let Some(condition) = condition else { return Ok(Verdict::Run) };
    if eval::holds(condition.test.as_ref(), scope)? {
        return Ok(Verdict::Run);
    }
    let default = eval::optional(condition.default.as_ref(), scope)?;
    Ok(Verdict::Skip(default.filter(|value| !value.is_nullish())))
}
