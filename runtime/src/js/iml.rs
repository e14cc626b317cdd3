//! `iml`: the functions of IML for code (connector.md 16).

use std::sync::Arc;

use rquickjs::object::Accessor;
use rquickjs::{Ctx, Object as JsObject, Value as JsValue};

use super::convert::{Bounds, function};
use crate::functions;
use crate::scope::Scope;
use crate::value::Value;

/// The place of a template that calls a function from within code.
const PLACE: &str = "JavaScript";

/// Makes the object `iml`: every built-in function, and the custom functions under their names, which come first.
pub(super) fn object<'js>(
    ctx: &Ctx<'js>,
    scope: &Arc<Scope>,
    custom: &[String],
    bounds: &Bounds,
) -> rquickjs::Result<JsValue<'js>> {
    let iml = JsObject::new(ctx.clone())?;
    for (name, call) in functions::TABLE {
        let scope = Arc::clone(scope);
        let built_in = function(ctx, bounds, move |_, args| {
            let args: Vec<&Value> = args.iter().collect();
            call(scope.at(PLACE), &args)
        })?;
        iml.set(*name, built_in)?;
    }
    for name in custom {
        // Read when it is used, so that a function nobody calls is not parsed.
        let of_get = name.clone();
        let get = move |ctx: Ctx<'js>| ctx.globals().get::<_, JsValue<'js>>(of_get.as_str());
        iml.prop(name.as_str(), Accessor::from(get).enumerable().configurable())?;
    }
    Ok(iml.into_value())
}
