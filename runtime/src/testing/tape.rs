//! Requests and answers as fixtures hold them: JSON, in which nothing secret is left (rulings 36).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, TRANSFER_ENCODING};
use http::{HeaderName, HeaderValue, Request, StatusCode};

use crate::engine::blotter::{BLOT, Blotter};
use crate::engine::sanitize::is_secret_key;
use crate::value::{Object, Value};

/// What stands in place of the boundary of a multipart body, which differs each time.
const BOUNDARY: &str = "boundary";

/// A request as a fixture holds it.
pub(super) fn request(request: &Request<Bytes>, blotter: &Blotter) -> Value {
    let mut headers = request.headers().clone();
    let mut bytes = request.body().clone();
    if let Some(boundary) = boundary(&headers) {
        bytes = replace(&bytes, boundary.as_bytes(), BOUNDARY.as_bytes()).into();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("multipart/form-data; boundary=boundary"));
    }
    let mut object = Object::with_capacity(4);
    object.insert("method", Value::from(request.method().as_str()));
    object.insert("url", Value::from(url(&request.uri().to_string(), blotter)));
    object.insert("headers", write_headers(&headers, blotter));
    if let Some(body) = write_body(&bytes, blotter, is_secret_key) {
        object.insert("body", body);
    }
    Value::from(object)
}

/// An answer as a fixture holds it. Its body is decoded already.
pub(super) fn answer(status: StatusCode, headers: &HeaderMap, body: &[u8], blotter: &Blotter) -> Value {
    let mut headers = headers.clone();
    for name in [CONTENT_ENCODING, CONTENT_LENGTH, TRANSFER_ENCODING] {
        headers.remove(name);
    }
    let mut object = Object::with_capacity(3);
    object.insert("status", Value::from(status.as_u16()));
    object.insert("headers", write_headers(&headers, blotter));
    // `key` names secrets in requests; in answers it names things.
    if let Some(body) = write_body(body, blotter, |key| is_secret_key(key) && key != "key") {
        object.insert("body", body);
    }
    Value::from(object)
}

/// Reads an answer back. What does not fit is left out.
pub(super) fn read_answer(answer: &Value) -> (StatusCode, HeaderMap, Bytes) {
    let status = answer.key("status").as_i64().and_then(|code| u16::try_from(code).ok());
    let status = status.and_then(|code| StatusCode::from_u16(code).ok()).unwrap_or_default();
    let mut headers = HeaderMap::new();
    for (name, value) in answer.key("headers").as_object().into_iter().flatten() {
        let Ok(name) = HeaderName::try_from(name.as_str()) else { continue };
        for value in value.items() {
            if let Ok(value) = HeaderValue::from_str(&value.to_text()) {
                headers.append(name.clone(), value);
            }
        }
    }
    (status, headers, read_body(answer.key("body")))
}

fn read_body(body: &Value) -> Bytes {
    let Some(body) = body.as_object() else { return Bytes::new() };
    if let Some(json) = body.get("json") {
        return json.to_json().unwrap_or_default().into();
    }
    match (body.get("text"), body.get("base64")) {
        (Some(text), _) => text.to_text().to_string().into(),
        (None, Some(coded)) => STANDARD.decode(&*coded.to_text()).unwrap_or_default().into(),
        (None, None) => Bytes::new(),
    }
}

/// `json` where it is JSON, else `text`, else `base64`.
fn write_body(bytes: &[u8], blotter: &Blotter, is_secret: impl Fn(&str) -> bool + Copy) -> Option<Value> {
    if bytes.is_empty() {
        return None;
    }
    let is_structured = matches!(bytes.trim_ascii_start().first(), Some(b'{' | b'['));
    let parsed = if is_structured { Value::parse_json(bytes).ok() } else { None };
    let (key, value) = match (parsed, std::str::from_utf8(bytes)) {
        (Some(json), _) => ("json", clean(&json, blotter, is_secret)),
        (None, Ok(text)) => ("text", Value::from(&*blotter.blot(text))),
        (None, Err(_)) if blotter.finds(bytes) => {
            ("text", Value::from(&*blotter.blot(&String::from_utf8_lossy(bytes))))
        }
        (None, Err(_)) => ("base64", Value::from(STANDARD.encode(bytes))),
    };
    Some(Value::from([(key, value)].into_iter().collect::<Object>()))
}

/// A value without what is secret by its key or by its text.
fn clean(value: &Value, blotter: &Blotter, is_secret: impl Fn(&str) -> bool + Copy) -> Value {
    match value {
        Value::Array(items) => {
            Value::array(items.iter().map(|item| clean(item, blotter, is_secret)).collect())
        }
        Value::Object(object) => {
            let members = object.iter().map(|(key, member)| {
                let is_leaf = matches!(member, Value::Text(_) | Value::Number(_));
                let secret = is_leaf && is_secret(key);
                (key.clone(), if secret { Value::text(BLOT) } else { clean(member, blotter, is_secret) })
            });
            Value::from(members.collect::<Object>())
        }
        Value::Text(text) => Value::from(&*blotter.blot(text)),
        Value::Number(_) if blotter.finds(value.to_text().as_bytes()) => Value::text(BLOT),
        other => other.clone(),
    }
}

fn write_headers(headers: &HeaderMap, blotter: &Blotter) -> Value {
    let mut object = Object::with_capacity(headers.keys_len());
    for name in headers.keys() {
        let values = headers.get_all(name).iter().map(|value| {
            if is_secret_key(name.as_str()) {
                return Value::text(BLOT);
            }
            Value::from(&*blotter.blot(&String::from_utf8_lossy(value.as_bytes())))
        });
        let mut values: Vec<Value> = values.collect();
        let value = if values.len() == 1 { values.remove(0) } else { Value::array(values) };
        object.set(name.as_str(), value);
    }
    Value::from(object)
}

/// An address without secrets.
fn url(url: &str, blotter: &Blotter) -> String {
    let clean = blotter.blot(url);
    let Some((place, query)) = clean.split_once('?') else { return clean.into_owned() };
    let pairs = query.split('&').map(|pair| match pair.split_once('=') {
        Some((key, _)) if is_secret_key(key) => format!("{key}={BLOT}"),
        _ => pair.to_owned(),
    });
    format!("{place}?{}", pairs.collect::<Vec<_>>().join("&"))
}

fn boundary(headers: &HeaderMap) -> Option<String> {
    let text = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    let (_, rest) = text.strip_prefix("multipart/")?.split_once("boundary=")?;
    Some(rest.split(';').next().unwrap_or(rest).trim().trim_matches('"').to_owned())
}

fn replace(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((byte, after)) = rest.split_first() {
        match rest.strip_prefix(from) {
            Some(behind) if !from.is_empty() => {
                out.extend_from_slice(to);
                rest = behind;
            }
            _ => {
                out.push(*byte);
                rest = after;
            }
        }
    }
    out
}
