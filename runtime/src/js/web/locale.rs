//! Languages: `Intl` and the methods that use it, of which the interpreter itself knows nothing.

use rquickjs::function::{Func, Rest, This};
use rquickjs::object::Property;
use rquickjs::{Array, Ctx, Function, Object, Value as JsValue};

use super::member;

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

/// Methods of prototypes, with the piece and its function that they are.
const METHODS: &[(&str, &str, &str, &str)] = &[
    ("Number", "toLocaleString", "number", "format"),
    ("BigInt", "toLocaleString", "number", "format"),
    ("String", "localeCompare", "locale", "compare"),
    ("Date", "toLocaleString", "date", "format"),
    ("Date", "toLocaleDateString", "date", "formatDate"),
    ("Date", "toLocaleTimeString", "date", "formatTime"),
];

/// Puts the methods in place of the interpreter's own, which would give another text than elsewhere. The pieces are
/// loaded when a method is called.
pub(in crate::js) fn install(ctx: &Ctx<'_>) -> rquickjs::Result<()> {
    for (class, name, piece, of_piece) in METHODS {
        let prototype: Object<'_> = ctx.globals().get::<_, Object<'_>>(*class)?.get("prototype")?;
        prototype.prop(*name, Property::from(method(ctx, piece, of_piece)?).writable().configurable())?;
    }
    Ok(())
}

fn method<'js>(ctx: &Ctx<'js>, piece: &'static str, name: &'static str) -> rquickjs::Result<Function<'js>> {
    let call = move |ctx: Ctx<'js>, it: This<JsValue<'js>>, args: Rest<JsValue<'js>>| {
        let call: Function<'js> = member(&ctx, piece, name)?;
        let mut given = rquickjs::function::Args::new(ctx, args.0.len() + 1);
        given.push_arg(it.0)?;
        given.push_args(args.0)?;
        call.call_arg::<JsValue<'js>>(given)
    };
    Function::new(ctx.clone(), call)
}
