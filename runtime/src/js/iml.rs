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

#[cfg(test)]
mod tests {
    use crate::clock::ManualClock;
    use crate::functions::TABLE;
    use crate::js::{JsEngine, JsFunctions};
    use crate::scope::Scope;
    use crate::value::{Date, Object, Value};

    fn scope() -> Scope {
        let mut scope = Scope::new();
        scope.set_clock(std::sync::Arc::new(ManualClock::new(Date::from_millis(1_700_000_000_000))));
        scope
    }

    /// Lists of arguments of all kinds.
    fn arguments() -> Vec<Vec<Value>> {
        let object: Object = [("a", Value::from(1)), ("b", Value::from("x"))].into_iter().collect();
        let list =
            Value::array(vec![Value::from(3), Value::from("b"), Value::Null, Value::from(object.clone())]);
        let date = Value::from(Date::from_millis(86_400_000));
        let bytes = Value::from(vec![0_u8, 255, 65]);
        let text = Value::from("ab,c é");
        vec![
            vec![],
            vec![text.clone()],
            vec![Value::from(2.5)],
            vec![date.clone(), Value::from("YYYY-MM-DD")],
            vec![date, Value::from(3)],
            vec![bytes, Value::from("hex")],
            vec![list.clone(), Value::from(",")],
            vec![list, Value::from("a"), Value::from(1)],
            vec![Value::from(object), Value::from("b")],
            vec![text, Value::from(","), Value::from("-")],
            vec![Value::Null, Value::Undefined, Value::TRUE],
            vec![Value::EmptyText, Value::from("other")],
        ]
    }

    #[test]
    fn every_built_in_gives_code_what_it_gives_templates() {
        let source = "function call(name, args) { return iml[name](...args); }";
        let functions = JsFunctions::new(JsEngine::shared(), [("call", source)]);
        let mut of_code = scope();
        of_code.set_custom(functions.run());
        let of_template = scope();
        for (name, call) in TABLE {
            for args in arguments() {
                let given: Vec<&Value> = args.iter().collect();
                let expected = call(of_template.at("x"), &given);
                let list = Value::array(args.clone());
                let found = crate::custom::custom(of_code.at("x"), "call", &[&Value::from(*name), &list]);
                if ["uuid", "random", "shuffle"].contains(name) {
                    continue;
                }
                match (&expected, &found) {
                    (Ok(expected), Ok(found)) => {
                        assert_eq!(format!("{found:?}"), format!("{expected:?}"), "{name} {args:?}");
                    }
                    (Err(expected), Err(found)) => {
                        assert_eq!(found.kind(), expected.kind(), "{name} {args:?}: {found}");
                    }
                    _ => panic!("{name} {args:?}: {expected:?}, but {found:?} in code"),
                }
            }
        }
    }
}
