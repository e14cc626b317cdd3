//! `response.limit` (connector.md 7.8).

use super::eval;
use crate::error::{Error, ErrorKind};
use crate::plan::ValueTemplate;
use crate::scope::Scope;
use crate::value::Value;

/// How many items may be emitted, over all pages; `None` is no limit.
///
/// # Errors
/// `InvalidConfiguration` for zero, what is negative, and what is no number.
pub(crate) fn evaluate(limit: Option<&ValueTemplate>, scope: &Scope) -> Result<Option<u64>, Error> {
    let Some(limit) = limit else { return Ok(None) };
    let value = eval::value(limit, scope)?;
    if value.is_blank() || matches!(value, Value::EmptyText) {
        return Ok(None);
    }
    let number = match &value {
        Value::Number(_) | Value::Text(_) => value.to_number(),
        _ => f64::NAN,
    };
    if number >= 1.0 {
        // Casting cuts off a fraction and holds infinity at the greatest number, as is wanted.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        return Ok(Some(number as u64));
    }
    let message = format!("`limit` must be a number of at least 1, it is {}", value.to_text());
    Err(Error::new(ErrorKind::InvalidConfiguration, message).at("response.limit"))
}
