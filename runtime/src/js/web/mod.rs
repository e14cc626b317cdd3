//! What code finds beside the language: loaded piece by piece, when it is first used (rulings 37).
//!
//! Each piece is a JavaScript source that is called with its native functions and with `load`, and gives the
//! piece's value. Pieces that were loaded are kept for the rest of the run.

pub(super) mod buffer;
mod crypto;
pub(super) mod locale;
mod url;
mod zlib;

use rquickjs::function::This;
use rquickjs::object::{Accessor, Property};
use rquickjs::{Ctx, Exception, Function, Object, Value as JsValue};

/// A piece: its name, its source, and its native functions.
struct Piece {
    name: &'static str,
    source: &'static str,
    natives: for<'js> fn(&Ctx<'js>, &Object<'js>) -> rquickjs::Result<()>,
}

const PIECES: &[Piece] = &[
    Piece { name: "buffer", source: include_str!("buffer.js"), natives: buffer::natives },
    Piece { name: "url", source: include_str!("url.js"), natives: url::natives },
    Piece { name: "crypto", source: include_str!("crypto.js"), natives: crypto::natives },
    Piece { name: "date", source: include_str!("date.js"), natives: locale::natives },
    Piece { name: "zlib", source: include_str!("zlib.js"), natives: zlib::natives },
    Piece { name: "locale", source: include_str!("locale.js"), natives: none },
    Piece { name: "number", source: include_str!("number.js"), natives: none },
    Piece { name: "path", source: include_str!("path.js"), natives: none },
    Piece { name: "events", source: include_str!("events.js"), natives: none },
    Piece { name: "string_decoder", source: include_str!("string_decoder.js"), natives: none },
    Piece { name: "flow", source: include_str!("flow.js"), natives: none },
    Piece { name: "form", source: include_str!("form.js"), natives: none },
    Piece { name: "process", source: include_str!("process.js"), natives: none },
    Piece { name: "urls", source: include_str!("urls.js"), natives: none },
    Piece { name: "inspect", source: include_str!("inspect.js"), natives: none },
    Piece { name: "util", source: include_str!("util.js"), natives: none },
    Piece { name: "assert", source: include_str!("assert.js"), natives: none },
    Piece { name: "querystring", source: include_str!("querystring.js"), natives: none },
    Piece { name: "encoding", source: include_str!("encoding.js"), natives: none },
    Piece { name: "clone", source: include_str!("clone.js"), natives: none },
    Piece { name: "abort", source: include_str!("abort.js"), natives: none },
    Piece { name: "timers", source: include_str!("timers.js"), natives: none },
    Piece { name: "console", source: include_str!("console.js"), natives: none },
    Piece { name: "fetch", source: include_str!("fetch.js"), natives: none },
    Piece { name: "require", source: include_str!("require.js"), natives: none },
];

/// Globals of code blocks: name, piece, and the piece's member.
const GLOBALS: &[(&str, &str, &str)] = &[
    ("Buffer", "buffer", "Buffer"),
    ("URL", "url", "URL"),
    ("URLSearchParams", "url", "URLSearchParams"),
    ("TextEncoder", "encoding", "TextEncoder"),
    ("TextDecoder", "encoding", "TextDecoder"),
    ("crypto", "crypto", "web"),
    ("CryptoKey", "crypto", "CryptoKey"),
    ("structuredClone", "clone", "structuredClone"),
    ("Event", "abort", "Event"),
    ("EventTarget", "abort", "EventTarget"),
    ("AbortController", "abort", "AbortController"),
    ("AbortSignal", "abort", "AbortSignal"),
    ("setTimeout", "timers", "setTimeout"),
    ("setInterval", "timers", "setInterval"),
    ("setImmediate", "timers", "setImmediate"),
    ("clearTimeout", "timers", "clearTimeout"),
    ("clearInterval", "timers", "clearInterval"),
    ("clearImmediate", "timers", "clearImmediate"),
    ("console", "console", "console"),
    ("fetch", "fetch", "fetch"),
    ("Blob", "form", "Blob"),
    ("File", "form", "File"),
    ("FormData", "form", "FormData"),
    ("process", "process", "process"),
    ("Intl", "locale", "Intl"),
    ("Headers", "fetch", "Headers"),
    ("Request", "fetch", "Request"),
    ("Response", "fetch", "Response"),
];

/// Installs what code blocks find beside the language (connector.md 18.8). `host` has the functions that reach out
/// of the interpreter.
pub(super) fn install<'js>(ctx: &Ctx<'js>, host: Object<'js>) -> rquickjs::Result<()> {
    loaded(ctx)?.set("host", host)?;
    for (name, piece, member) in GLOBALS {
        lazy(ctx, name, |ctx| load(ctx, piece)?.get::<Object<'js>>()?.get(*member))?;
    }
    lazy(ctx, "global", |ctx| Ok(ctx.globals().into_value()))
}

/// The global `Intl`.
pub(super) fn intl<'js>(ctx: &Ctx<'js>) -> rquickjs::Result<JsValue<'js>> {
    member(ctx, "locale", "Intl")
}

/// A member of a piece.
pub(super) fn member<'js, V: rquickjs::FromJs<'js>>(
    ctx: &Ctx<'js>,
    piece: &str,
    member: &str,
) -> rquickjs::Result<V> {
    load(ctx, piece)?.get::<Object<'js>>()?.get(member)
}

fn none<'js>(_: &Ctx<'js>, _: &Object<'js>) -> rquickjs::Result<()> {
    Ok(())
}

/// Loads a piece, or gives the one that was loaded before.
///
/// # Errors
///
/// An exception, mostly for want of memory.
pub(super) fn load<'js>(ctx: &Ctx<'js>, name: &str) -> rquickjs::Result<JsValue<'js>> {
    let loaded = loaded(ctx)?;
    let known: JsValue<'js> = loaded.get(name)?;
    if !known.is_undefined() {
        return Ok(known);
    }
    let Some(piece) = PIECES.iter().find(|piece| piece.name == name) else {
        return Err(Exception::throw_internal(ctx, &format!("there is no piece {name}")));
    };
    let natives = Object::new(ctx.clone())?;
    (piece.natives)(ctx, &natives)?;
    let make: Function<'js> = ctx.eval(piece.source)?;
    let made: JsValue<'js> = make.call((natives, loader(ctx)?))?;
    loaded.set(name, made.clone())?;
    Ok(made)
}

/// [`load`], for code of our own.
pub(super) fn loader<'js>(ctx: &Ctx<'js>) -> rquickjs::Result<Function<'js>> {
    Function::new(ctx.clone(), |ctx: Ctx<'js>, name: String| load(&ctx, &name))
}

/// Where pieces are kept, out of the reach of code.
fn loaded<'js>(ctx: &Ctx<'js>) -> rquickjs::Result<Object<'js>> {
    if let Some(loaded) = ctx.userdata::<Object<'js>>() {
        return Ok((*loaded).clone());
    }
    let loaded = Object::new_proto(ctx.clone(), None)?;
    match ctx.store_userdata(loaded.clone()) {
        Ok(_) => Ok(loaded),
        Err(_) => Err(Exception::throw_internal(ctx, "the interpreter is in use")),
    }
}

/// Defines a global whose value is made at its first use. Code may set it to something else.
pub(super) fn lazy<'js>(
    ctx: &Ctx<'js>,
    name: &'static str,
    make: impl Fn(&Ctx<'js>) -> rquickjs::Result<JsValue<'js>> + 'js,
) -> rquickjs::Result<()> {
    lazy_named(ctx, name.to_owned(), make)
}

/// As [`lazy`], for a name that is known at run time.
pub(super) fn lazy_named<'js>(
    ctx: &Ctx<'js>,
    name: String,
    make: impl Fn(&Ctx<'js>) -> rquickjs::Result<JsValue<'js>> + 'js,
) -> rquickjs::Result<()> {
    let (of_get, of_set) = (name.clone(), name.clone());
    let get = move |ctx: Ctx<'js>| {
        let value = make(&ctx)?;
        settle(&ctx, &of_get, &value)?;
        Ok::<_, rquickjs::Error>(value)
    };
    let set = move |ctx: Ctx<'js>, value: JsValue<'js>| settle(&ctx, &of_set, &value);
    ctx.globals().prop(name, Accessor::new(get, set).configurable())
}

/// Makes a global an ordinary one.
fn settle<'js>(ctx: &Ctx<'js>, name: &str, value: &JsValue<'js>) -> rquickjs::Result<()> {
    ctx.globals().prop(name, Property::from(value.clone()).writable().configurable())
}

/// A method of a piece that was loaded.
pub(super) fn call_piece<'js, R: rquickjs::FromJs<'js>>(
    piece: &JsValue<'js>,
    method: &str,
    argument: JsValue<'js>,
) -> rquickjs::Result<R> {
    let function: Function<'js> = piece.get::<Object<'js>>()?.get(method)?;
    function.call((This(piece.clone()), argument))
}
