//! `temp` (connector.md 6.7).

use super::eval;
use crate::error::Error;
use crate::plan::ValueTemplate;
use crate::scope::{Root, Scope};
use crate::value::Value;

/// Evaluates a block as one, so that its keys do not see each other, and merges it into `temp`.
pub(crate) fn merge(block: Option<&ValueTemplate>, scope: &mut Scope) -> Result<(), Error> {
    let Some(block) = block else { return Ok(()) };
    let block = eval::value(block, scope)?;
    if matches!(block, Value::Object(_)) {
        scope.root_mut(Root::Temp).merge(block);
    }
    Ok(())
}
