//! `temp` (connector.md 6.7).

use super::eval;
use crate::error::{Error, ErrorKind};
use crate::plan::ValueTemplate;
use crate::scope::{Root, Scope};
use crate::value::Value;

/// How deep the values in `temp` may be nested: enough for any answer, and what the stack carries.
const MAX_DEPTH: usize = 1_024;

/// Evaluates a block as one, so that its keys do not see each other, and merges it into `temp`.
///
/// # Errors
/// Those of the templates, and `InvalidConfiguration` when the values are nested too deep, as when `temp` wraps
/// itself page after page.
pub(crate) fn merge(block: Option<&ValueTemplate>, scope: &mut Scope) -> Result<(), Error> {
    let Some(block) = block else { return Ok(()) };
    let block = eval::value(block, scope)?;
    if !block.is_within(MAX_DEPTH) {
        let message = format!("the values are nested more than {MAX_DEPTH} levels deep");
        return Err(Error::new(ErrorKind::InvalidConfiguration, message).at("temp"));
    }
    if matches!(block, Value::Object(_)) {
        // Merging lays equal levels on each other: it makes nothing deeper than the deeper of the two.
        scope.root_mut(Root::Temp).merge(block);
    }
    Ok(())
}
