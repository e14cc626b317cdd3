//! Time zones, for `Intl`.

use rquickjs::function::Func;
use rquickjs::{Array, Ctx, Object};

use crate::functions::Zone;

pub(super) fn natives<'js>(_: &Ctx<'js>, natives: &Object<'js>) -> rquickjs::Result<()> {
    natives.set("zone", Func::from(zone))
}

/// How far ahead of UTC clocks in a zone are at an instant, in seconds, and what the zone is called then; nothing when
/// there is no such zone.
#[allow(clippy::cast_possible_truncation, reason = "instants of Date fit")]
#[allow(clippy::needless_pass_by_value, reason = "the bindings hand over what they read")]
fn zone(ctx: Ctx<'_>, millis: f64, name: String) -> rquickjs::Result<Option<Array<'_>>> {
    let Some(zone) = Zone::find(&name) else { return Ok(None) };
    let about = Array::new(ctx)?;
    about.set(0, zone.offset(millis as i64))?;
    about.set(1, zone.abbreviation(millis as i64))?;
    Ok(Some(about))
}
