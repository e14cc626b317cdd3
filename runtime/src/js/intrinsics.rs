//! The built-in objects of an interpreter, before any other code runs (rulings 37).

use rquickjs::{Array, Ctx, Function, Object, Value as JsValue};

/// Constructors that get no further members, and neither do their prototypes.
const CLOSED: &[&str] = &[
    "Object",
    "Function",
    "Array",
    "Number",
    "Boolean",
    "String",
    "Symbol",
    "BigInt",
    "Date",
    "RegExp",
    "Promise",
    "Map",
    "Set",
    "WeakMap",
    "WeakSet",
    "WeakRef",
    "FinalizationRegistry",
    "Iterator",
    "ArrayBuffer",
    "SharedArrayBuffer",
    "DataView",
    "Int8Array",
    "Uint8Array",
    "Uint8ClampedArray",
    "Int16Array",
    "Uint16Array",
    "Int32Array",
    "Uint32Array",
    "Float32Array",
    "Float64Array",
    "BigInt64Array",
    "BigUint64Array",
    "Error",
    "TypeError",
    "RangeError",
    "SyntaxError",
    "ReferenceError",
    "EvalError",
    "URIError",
    "AggregateError",
];
/// Objects that get no further members.
const CLOSED_ALONE: &[&str] = &["Math", "JSON", "Reflect", "Atomics"];

/// What is taken, by its path, in the order in which `kit.js` reads it.
const TAKEN: &[&[&str]] = &[
    &["Object", "getPrototypeOf"],
    &["Date"],
    &["Date", "prototype"],
    &["Date", "prototype", "getTime"],
    &["String"],
    &["String", "prototype"],
    &["String", "prototype", "valueOf"],
    &["String", "prototype", "toWellFormed"],
    &["Number", "prototype"],
    &["Number", "prototype", "valueOf"],
    &["Boolean", "prototype"],
    &["Boolean", "prototype", "valueOf"],
    &["ArrayBuffer"],
    &["ArrayBuffer", "isView"],
    &["Uint8Array"],
    &["Uint8Array", "prototype", "toBase64"],
    &["Array", "isArray"],
];
/// The place behind them: `Object.prototype`.
pub(super) const OBJECT_PROTOTYPE: usize = TAKEN.len();
/// The place of what `kit.js` makes, once it has run.
pub(super) const KIT: usize = OBJECT_PROTOTYPE + 1;

/// Closes the intrinsics against additions and takes those that Rust uses, so that code cannot change these.
pub(super) fn take<'js>(ctx: &Ctx<'js>) -> rquickjs::Result<Array<'js>> {
    let globals = ctx.globals();
    let object: Object<'js> = globals.get("Object")?;
    let prevent: Function<'js> = object.get("preventExtensions")?;
    let close = |it: &Object<'js>| prevent.call::<_, JsValue<'js>>((it.clone(),)).map(drop);
    for name in CLOSED {
        let maker: Object<'js> = globals.get(*name)?;
        close(&maker)?;
        close(&maker.get("prototype")?)?;
    }
    for name in CLOSED_ALONE {
        close(&globals.get(*name)?)?;
    }
    let bytes: Object<'js> = globals.get("Uint8Array")?;
    if let Some(view) = bytes.get_prototype() {
        close(&view)?;
        close(&view.get("prototype")?)?;
    }
    let taken = Array::new(ctx.clone())?;
    for (at, path) in TAKEN.iter().enumerate() {
        let mut value: JsValue<'js> = globals.clone().into_value();
        for name in *path {
            value = value.get::<Object<'js>>()?.get(*name)?;
        }
        taken.set(at, value)?;
    }
    taken.set(OBJECT_PROTOTYPE, object.get::<_, JsValue<'js>>("prototype")?)?;
    taken.set(KIT, JsValue::new_null(ctx.clone()))?;
    Ok(taken)
}
