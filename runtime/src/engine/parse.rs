//! Reads bodies of answers as values (connector.md 7.2).

use std::borrow::Cow;
use std::sync::Arc;

use bytes::Bytes;
use encoding_rs::{Encoding, UTF_8};
use http::header::{CONTENT_TYPE, HeaderMap, HeaderValue, SET_COOKIE};
use percent_encoding::percent_decode;
use smol_str::SmolStr;
use url::form_urlencoded;

use super::eval;
use super::send::Answer;
use crate::codec::xml;
use crate::error::{Error, ErrorKind};
use crate::plan::{List, ParseAs};
use crate::scope::Scope;
use crate::value::{Object, Value};

/// How a body is read, once ranges, templates and content type have been looked at.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Reading {
    Json,
    Urlencoded,
    Xml,
    Text,
    Binary,
    /// Text if it is UTF-8, else bytes.
    Guess,
}

/// The body of an answer as a value. `scope` holds its status and headers already.
///
/// # Errors
/// `Runtime` when a type is set, the body is not of it, and the status is below 400.
pub(crate) fn body(
    types: &List<(u16, u16, ParseAs)>,
    answer: &Answer,
    scope: &Scope,
) -> Result<Value, Error> {
    if answer.body.is_empty() {
        return Ok(Value::Undefined);
    }
    let status = answer.status.as_u16();
    let content_type = content_type(&answer.headers);
    let chosen = find(types, status).map(|chosen| explicit(chosen, scope)).transpose()?.flatten();
    let reading = chosen.unwrap_or_else(|| automatic(&content_type));
    match read(reading, &content_type, &answer.body) {
        // The text may hold the service's own account of what went wrong.
        Err(_) if chosen.is_none() || status >= 400 => Ok(Value::from(text(&content_type, &answer.body))),
        other => other,
    }
}

/// The body of a request that has arrived, read by its content type; what is not of that type is text
/// (connector.md 13.3).
pub(crate) fn arrived(headers: &HeaderMap, body: &Bytes) -> Value {
    let content_type = content_type(headers);
    let parsed = read(automatic(&content_type), &content_type, body);
    parsed.unwrap_or_else(|_| Value::from(text(&content_type, body)))
}

fn read(reading: Reading, content_type: &ContentType, body: &Bytes) -> Result<Value, Error> {
    match reading {
        Reading::Json => {
            let utf8 = match named(content_type).filter(|encoding| *encoding != UTF_8) {
                // JSON is UTF-8, whatever else its sender says; but some mean what they say.
                Some(_) => Cow::Owned(text(content_type, body).into_bytes()),
                None if Encoding::for_bom(body).is_some() => {
                    Cow::Owned(text(content_type, body).into_bytes())
                }
                None => Cow::Borrowed(&body[..]),
            };
            Value::parse_json(&utf8).map_err(|error| failure("JSON", error))
        }
        Reading::Xml => xml::parse(&text(content_type, body)).map_err(|error| failure("XML", error)),
        Reading::Urlencoded => Ok(urlencoded(named(content_type), body)),
        Reading::Text => Ok(Value::from(text(content_type, body))),
        Reading::Binary => Ok(Value::from(body.clone())),
        Reading::Guess => Ok(guess(&without_mark(body))),
    }
}

fn failure(form: &str, error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::new(ErrorKind::Runtime, format!("the answer is not {form}: {error}"))
        .with_source(error)
        .at("response.type")
}

/// The narrowest range counts, the first of equal ones; no range that fits means automatic.
fn find(types: &List<(u16, u16, ParseAs)>, status: u16) -> Option<&ParseAs> {
    let fitting = types.iter().filter(|(from, to, _)| (*from..=*to).contains(&status));
    fitting.min_by_key(|(from, to, _)| to - from).map(|(_, _, parse_as)| parse_as)
}

fn explicit(parse_as: &ParseAs, scope: &Scope) -> Result<Option<Reading>, Error> {
    Ok(match parse_as {
        ParseAs::Automatic => None,
        ParseAs::Json => Some(Reading::Json),
        ParseAs::Urlencoded => Some(Reading::Urlencoded),
        ParseAs::Xml => Some(Reading::Xml),
        ParseAs::Text => Some(Reading::Text),
        ParseAs::Binary => Some(Reading::Binary),
        ParseAs::Template(template) => {
            match eval::text(template, scope)?.trim().to_ascii_lowercase().as_str() {
                "" | "automatic" => None,
                "json" => Some(Reading::Json),
                "urlencoded" => Some(Reading::Urlencoded),
                "xml" => Some(Reading::Xml),
                "text" | "string" | "raw" => Some(Reading::Text),
                "binary" => Some(Reading::Binary),
                other => {
                    let message = format!("{other:?} is not a type of answer");
                    return Err(Error::new(ErrorKind::InvalidConfiguration, message).at("response.type"));
                }
            }
        }
    })
}

/// The content type's essence and charset, in lower case.
struct ContentType {
    essence: String,
    charset: Option<String>,
}

fn content_type(headers: &HeaderMap) -> ContentType {
    let text =
        headers.get(CONTENT_TYPE).map(|value| String::from_utf8_lossy(value.as_bytes()).to_ascii_lowercase());
    let text = text.unwrap_or_default();
    let mut parts = text.split(';');
    let essence = parts.next().unwrap_or_default().trim().to_owned();
    let charset = parts.find_map(|part| part.trim().strip_prefix("charset="));
    ContentType { essence, charset: charset.map(|charset| charset.trim_matches(['"', '\'', ' ']).to_owned()) }
}

fn automatic(content_type: &ContentType) -> Reading {
    match content_type.essence.as_str() {
        "" => Reading::Guess,
        "application/json" | "text/json" => Reading::Json,
        "application/x-www-form-urlencoded" => Reading::Urlencoded,
        "application/xml" | "text/xml" => Reading::Xml,
        "image/svg+xml" | "application/xhtml+xml" => Reading::Binary,
        essence if essence.ends_with("+json") => Reading::Json,
        essence if essence.ends_with("+xml") => Reading::Xml,
        essence if essence.starts_with("text/") => Reading::Text,
        _ => Reading::Binary,
    }
}

/// The encoding that the content type names, if it is a known one.
fn named(content_type: &ContentType) -> Option<&'static Encoding> {
    content_type.charset.as_deref().and_then(|label| Encoding::for_label(label.as_bytes()))
}

fn text(content_type: &ContentType, bytes: &[u8]) -> String {
    named(content_type).unwrap_or(UTF_8).decode(bytes).0.into_owned()
}

/// The mark of a byte order is no part of a text.
fn without_mark(bytes: &Bytes) -> Bytes {
    bytes.slice(if bytes.starts_with("\u{feff}".as_bytes()) { 3.. } else { 0.. })
}

pub(crate) fn guess(bytes: &Bytes) -> Value {
    match std::str::from_utf8(bytes) {
        Ok(text) => Value::from(text),
        Err(_) => Value::from(bytes.clone()),
    }
}

/// A flat collection; a key that is repeated holds a list.
pub(crate) fn urlencoded(encoding: Option<&'static Encoding>, bytes: &[u8]) -> Value {
    let mut object = Object::new();
    match encoding.filter(|encoding| *encoding != UTF_8) {
        None => form_urlencoded::parse(bytes)
            .for_each(|(key, value)| add(&mut object, SmolStr::new(&key), Value::from(&*value))),
        Some(encoding) => {
            let decode = |piece: &[u8]| {
                let spaced: Vec<u8> =
                    piece.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
                let bytes: Vec<u8> = percent_decode(&spaced).collect();
                encoding.decode_without_bom_handling(&bytes).0.into_owned()
            };
            for pair in bytes.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
                let at = pair.iter().position(|byte| *byte == b'=');
                let (key, value) = at.map_or((pair, &[][..]), |at| (&pair[..at], &pair[at + 1..]));
                add(&mut object, SmolStr::from(decode(key)), Value::from(decode(value)));
            }
        }
    }
    Value::from(object)
}

/// Puts a value, and makes a list of values that share their key. The list grows in place: a stranger may repeat a
/// key as often as a body has room for.
pub(crate) fn add(object: &mut Object, key: SmolStr, value: Value) {
    match object.get_mut(&key) {
        None => object.insert_text(key, value),
        Some(Value::Array(items)) => Arc::make_mut(items).push(value),
        Some(first) => *first = Value::array(vec![std::mem::take(first), value]),
    }
}

/// A header that is not UTF-8 is in the letters that HTTP began with.
fn header_text(value: &HeaderValue) -> Cow<'_, str> {
    let bytes = value.as_bytes();
    std::str::from_utf8(bytes).map_or_else(|_| encoding_rs::mem::decode_latin1(bytes), Cow::Borrowed)
}

/// Headers as templates see them: names in lower case, `set-cookie` a list, others that are repeated joined
/// (connector.md 9.2).
pub(crate) fn headers(headers: &HeaderMap) -> Value {
    let mut object = Object::with_capacity(headers.keys_len());
    for name in headers.keys() {
        let mut values = headers.get_all(name).iter().map(header_text);
        let value = if *name == SET_COOKIE {
            Value::array(values.map(|value| Value::from(&*value)).collect())
        } else {
            let first = values.next().unwrap_or_default();
            let joined = values.fold(first, |all, next| format!("{all}, {next}").into());
            Value::from(&*joined)
        };
        object.insert_text(SmolStr::new(name.as_str()), value);
    }
    Value::from(object)
}
