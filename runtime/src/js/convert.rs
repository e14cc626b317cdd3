//! Values across the border, both ways (connector.md 16).
//!
//! Dates become `Date`, buffers `Buffer`, collections objects; undefined and null stay what they are, and
//! `emptystring` is the empty `String` object that it is in IML (iml.md 1). On the way back only data counts:
//! functions and symbols disappear as they do in JSON, and what cannot be data is an error.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rquickjs::function::This;
use rquickjs::object::{Filter, Property};
use rquickjs::{
    Array, Atom, Ctx, Exception, Function, IntoJs as _, Object as JsObject, String as JsString, TypedArray,
    Value as JsValue,
};
use smol_str::SmolStr;

use super::realm::{Guard, Realm, Tool};
use super::web::buffer;
use crate::value::{Buffer, Date, Number, Object, Value};

/// Deeper values are refused, both ways.
const MOST_LEVELS: usize = 200;
/// What a value costs beside its text and bytes.
const NODE: usize = 64;
/// `Date` holds no instant beyond this many milliseconds from 1970.
const MOST_MILLIS: i64 = 8_640_000_000_000_000;

/// Makes a JavaScript value.
///
/// # Errors
///
/// An exception when memory is short, the value is too deep, or a date is beyond what `Date` holds.
pub(super) fn to_js<'js>(realm: &Realm<'js>, value: &Value) -> rquickjs::Result<JsValue<'js>> {
    inward(realm, value, 0)
}

fn inward<'js>(realm: &Realm<'js>, value: &Value, level: usize) -> rquickjs::Result<JsValue<'js>> {
    let ctx = &realm.ctx;
    Ok(match value {
        Value::Undefined => JsValue::new_undefined(ctx.clone()),
        Value::Null => JsValue::new_null(ctx.clone()),
        Value::EmptyText => realm.tool(Tool::EmptyText)?.call(())?,
        Value::Bool(truth) => JsValue::new_bool(ctx.clone(), *truth),
        Value::Number(number) => JsValue::new_number(ctx.clone(), number.as_f64()),
        Value::Text(text) => JsString::from_str(ctx.clone(), text)?.into_value(),
        Value::Date(date) => date_to_js(realm, *date)?,
        Value::Buffer(bytes) => buffer::make(ctx, TypedArray::<u8>::new_copy(ctx.clone(), bytes.as_ref())?)?,
        Value::Array(_) | Value::Object(_) if level >= MOST_LEVELS => {
            let message = format!("the value is nested deeper than {MOST_LEVELS} levels");
            return Err(Exception::throw_range(ctx, &message));
        }
        Value::Array(items) => {
            let array = Array::new(ctx.clone())?;
            for (at, item) in items.iter().enumerate() {
                array.set(at, inward(realm, item, level + 1)?)?;
            }
            array.into_value()
        }
        Value::Object(entries) => {
            let object = JsObject::new(ctx.clone())?;
            for (key, entry) in entries {
                set_member(&object, key, inward(realm, entry, level + 1)?)?;
            }
            object.into_value()
        }
    })
}

/// Sets a member of a fresh object. `__proto__` is a member like any other here, not the prototype.
fn set_member<'js>(object: &JsObject<'js>, key: &str, value: JsValue<'js>) -> rquickjs::Result<()> {
    if key == "__proto__" {
        return object.prop(key, Property::from(value).writable().enumerable().configurable());
    }
    object.set(key, value)
}

#[allow(clippy::cast_precision_loss, reason = "the bounds of a date fit a double exactly")]
fn date_to_js<'js>(realm: &Realm<'js>, date: Date) -> rquickjs::Result<JsValue<'js>> {
    let millis = date.as_millis();
    if millis.abs() > MOST_MILLIS {
        return Err(Exception::throw_range(&realm.ctx, "the date is beyond what Date holds"));
    }
    realm.tool(Tool::MakeDate)?.call((millis as f64,))
}

/// Why a JavaScript value is no data.
pub(super) enum Refusal {
    /// An exception is waiting in the interpreter.
    Thrown(rquickjs::Error),
    /// It is not data, for this reason.
    NotData(String),
}

impl From<rquickjs::Error> for Refusal {
    fn from(error: rquickjs::Error) -> Self {
        Self::Thrown(error)
    }
}

/// What bounds the reading of values: it runs no code that the interpreter could stop.
#[derive(Clone)]
pub(super) struct Bounds {
    /// Most bytes of one value.
    pub(super) bytes: usize,
    /// Stops with the run.
    pub(super) guard: Arc<Guard>,
}

/// Reads a JavaScript value.
///
/// # Errors
///
/// See [`Refusal`].
pub(super) fn from_js<'js>(
    realm: &Realm<'js>,
    value: &JsValue<'js>,
    bounds: &Bounds,
) -> Result<Value, Refusal> {
    let mut reader = Reader { realm, bounds, left: bounds.bytes, nodes: 0, above: Vec::new() };
    match reader.read(value)? {
        Some(value) => Ok(value),
        None if value.is_symbol() => Err(Refusal::NotData("a symbol is not a value".to_owned())),
        None => Err(Refusal::NotData("a function is not a value".to_owned())),
    }
}

struct Reader<'a, 'js> {
    realm: &'a Realm<'js>,
    bounds: &'a Bounds,
    left: usize,
    nodes: usize,
    /// The objects that the one being read stands in.
    above: Vec<JsValue<'js>>,
}

impl<'js> Reader<'_, 'js> {
    /// Reads a value. `None` stands for functions and symbols.
    fn read(&mut self, value: &JsValue<'js>) -> Result<Option<Value>, Refusal> {
        self.pay(NODE)?;
        self.nodes += 1;
        if self.nodes.is_multiple_of(1024) && self.bounds.guard.must_stop() {
            return not_data("the run was stopped");
        }
        if let Some(number) = value.as_number() {
            return Ok(Some(Value::number(number)));
        }
        if let Some(text) = value.as_string() {
            return self.text(text).map(|text| Some(Value::Text(text)));
        }
        if let Some(truth) = value.as_bool() {
            return Ok(Some(Value::Bool(truth)));
        }
        if value.is_undefined() {
            return Ok(Some(Value::Undefined));
        }
        if value.is_null() {
            return Ok(Some(Value::Null));
        }
        if value.is_function() || value.is_symbol() {
            return Ok(None);
        }
        if value.is_big_int() {
            return self.big_int(value).map(Some);
        }
        match value.as_object() {
            Some(object) => self.object(object),
            None => Ok(Some(Value::Undefined)),
        }
    }

    fn object(&mut self, object: &JsObject<'js>) -> Result<Option<Value>, Refusal> {
        if self.above.len() >= MOST_LEVELS {
            return not_data(format!("the result is nested deeper than {MOST_LEVELS} levels"));
        }
        if self.above.contains(object.as_value()) {
            return not_data("the result contains itself");
        }
        self.above.push(object.as_value().clone());
        let read =
            if object.as_value().is_array() { self.array(object).map(Some) } else { self.other(object) };
        self.above.pop();
        read
    }

    fn array(&mut self, array: &JsObject<'js>) -> Result<Value, Refusal> {
        let length = self.length(array)?;
        let mut items = Vec::with_capacity(length);
        for at in 0..length {
            let item: JsValue<'js> = array.get(u32::try_from(at).unwrap_or(u32::MAX))?;
            // A function among items becomes null, as it does in JSON.
            items.push(self.read(&item)?.unwrap_or(Value::Null));
        }
        Ok(Value::Array(Arc::new(items)))
    }

    /// The length of a list. It must be payable before room is made for it: an array may be long and empty.
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "what does not fit is unpayable"
    )]
    fn length(&self, list: &JsObject<'js>) -> Result<usize, Refusal> {
        let length = list.get::<_, f64>("length")?.max(0.0) as usize;
        if length.saturating_mul(NODE) > self.left { Err(self.too_large()) } else { Ok(length) }
    }

    fn other(&mut self, object: &JsObject<'js>) -> Result<Option<Value>, Refusal> {
        if object.as_value().is_promise() {
            return not_data("a promise is not a value");
        }
        // Asking a proxy for its prototype runs code, which the bindings do not expect.
        let is_plain = !object.as_value().is_proxy()
            && object.get_prototype().as_ref() == Some(&self.realm.object_prototype);
        if is_plain {
            return self.collection(object).map(Some);
        }
        let value = object.as_value();
        Ok(Some(match self.realm.tool(Tool::Class)?.call((value.clone(),))? {
            1 => self.date(value)?,
            2 => {
                let text = self.realm.method::<JsString<'js>>(Tool::Unbox, value)?;
                let text = self.text(&text)?;
                if text.is_empty() { Value::EmptyText } else { Value::Text(text) }
            }
            3 => Value::number(self.realm.method(Tool::Unbox, value)?),
            4 => Value::Bool(self.realm.method(Tool::Unbox, value)?),
            5 => self.bytes(value)?,
            6 | 8 => self.array(object)?,
            7 => {
                let bytes: JsValue<'js> = self.realm.tool(Tool::BytesFromView)?.call((value.clone(),))?;
                self.bytes(&bytes)?
            }
            _ => return self.own_form(object),
        }))
    }

    /// An object of a class: what its `toJSON` gives, as in JSON, or its own members.
    fn own_form(&mut self, object: &JsObject<'js>) -> Result<Option<Value>, Refusal> {
        let form: JsValue<'js> = object.get("toJSON")?;
        match form.as_function() {
            Some(form) => {
                let form: JsValue<'js> = form.call((This(object.clone()), ""))?;
                if form == *object.as_value() { self.collection(object).map(Some) } else { self.read(&form) }
            }
            None => self.collection(object).map(Some),
        }
    }

    fn collection(&mut self, object: &JsObject<'js>) -> Result<Value, Refusal> {
        let mut entries = Object::new();
        for entry in object.own_props::<Atom<'js>, JsValue<'js>>(Filter::new().string().enum_only()) {
            let (key, entry) = entry?;
            let key = self.text(&key.to_js_string()?)?;
            if let Some(entry) = self.read(&entry)? {
                entries.insert_text(key, entry);
            }
        }
        Ok(Value::Object(entries))
    }

    #[allow(clippy::cast_possible_truncation, reason = "a valid Date holds whole milliseconds that fit")]
    fn date(&mut self, value: &JsValue<'js>) -> Result<Value, Refusal> {
        let millis: f64 = self.realm.method(Tool::DateValue, value)?;
        if millis.is_nan() {
            return not_data("the result contains an invalid date");
        }
        Ok(Value::Date(Date::from_millis(millis as i64)))
    }

    fn bytes(&mut self, value: &JsValue<'js>) -> Result<Value, Refusal> {
        let text = self.realm.method::<JsString<'js>>(Tool::ToBase64, value)?.to_string()?;
        self.pay(text.len())?;
        match STANDARD.decode(text) {
            Ok(bytes) => Ok(Value::Buffer(Buffer::from(bytes))),
            Err(_) => not_data("the bytes cannot be read"),
        }
    }

    /// An integer of any size that fits a number exactly: the digits are kept (rulings 2).
    fn big_int(&mut self, value: &JsValue<'js>) -> Result<Value, Refusal> {
        let digits: JsString<'js> = self.realm.tool(Tool::Describe)?.call((value.clone(),))?;
        match digits.to_string()?.parse::<i128>() {
            Ok(integer) => Ok(Value::Number(Number::from(integer))),
            Err(_) => not_data("the result contains an integer beyond 128 bits"),
        }
    }

    /// Reads text. Half a surrogate pair becomes U+FFFD, since Rust's text cannot hold it (iml.md 18).
    fn text(&mut self, text: &JsString<'js>) -> Result<SmolStr, Refusal> {
        let text = read_text(self.realm, text)?;
        self.pay(text.len())?;
        Ok(SmolStr::from(text))
    }

    fn pay(&mut self, bytes: usize) -> Result<(), Refusal> {
        self.left = self.left.checked_sub(bytes).ok_or_else(|| self.too_large())?;
        Ok(())
    }

    fn too_large(&self) -> Refusal {
        Refusal::NotData(format!("the result is larger than {} bytes", self.bounds.bytes))
    }
}

fn not_data<T>(reason: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal::NotData(reason.into()))
}

/// Reads text, with U+FFFD for half a surrogate pair.
pub(super) fn read_text<'js>(realm: &Realm<'js>, text: &JsString<'js>) -> rquickjs::Result<String> {
    match text.to_string() {
        Err(rquickjs::Error::Utf8(_)) => {
            realm.method::<JsString<'js>>(Tool::WellFormed, text.as_value())?.to_string()
        }
        read => read,
    }
}

/// Makes a function that exchanges values with Rust; what Rust refuses is thrown.
pub(super) fn function<'js>(
    ctx: &Ctx<'js>,
    bounds: &Bounds,
    work: impl Fn(&Ctx<'js>, &[Value]) -> Result<Value, crate::error::Error> + 'js,
) -> rquickjs::Result<Function<'js>> {
    let bounds = bounds.clone();
    Function::new(ctx.clone(), move |ctx: Ctx<'js>, args: rquickjs::function::Rest<JsValue<'js>>| {
        let realm = Realm::of(&ctx)?;
        let mut values = Vec::with_capacity(args.0.len());
        for arg in &args.0 {
            match from_js(&realm, arg, &bounds) {
                Ok(value) => values.push(value),
                Err(Refusal::Thrown(error)) => return Err(error),
                Err(Refusal::NotData(reason)) => return Err(Exception::throw_type(&ctx, &reason)),
            }
        }
        match work(&ctx, &values) {
            Ok(value) => to_js(&realm, &value),
            Err(error) => Err(throw(&ctx, &error)),
        }
    })
}

/// Throws an error of Rust: its kind is the name, so that it comes out as what it was.
pub(super) fn throw(ctx: &Ctx<'_>, error: &crate::error::Error) -> rquickjs::Error {
    let made = Exception::from_message(ctx.clone(), error.message());
    match made {
        Ok(exception) => {
            // The message stands without its name, should there be no memory for it.
            let _ = error.kind().name().into_js(ctx).and_then(|name| exception.as_object().set("name", name));
            exception.throw()
        }
        Err(error) => error,
    }
}
