//! Multipart bodies, RFC 7578 (connector.md 6.5).

use std::fmt::Write as _;

use bytes::Bytes;

use super::body::{Written, bytes, text};
use crate::codec::mime;
use crate::random::Random;
use crate::value::{Object, Value};

/// Writes one part per member, in order, between the boundaries that the author's content type names.
pub(crate) fn write(object: &Object, content_type: Option<&str>, random: &dyn Random) -> Written {
    let own = content_type.and_then(own_boundary).map(str::to_owned);
    let boundary = own.unwrap_or_else(|| format!("----------{:016x}{:016x}", random.next(), random.next()));
    let mut out = Vec::new();
    for (name, value) in object {
        match value {
            Value::Array(items) => items.iter().for_each(|item| push(&mut out, &boundary, name, item)),
            value => push(&mut out, &boundary, name, value),
        }
    }
    out.extend_from_slice(b"--");
    out.extend_from_slice(boundary.as_bytes());
    out.extend_from_slice(b"--\r\n");
    Written {
        bytes: Bytes::from(out),
        content_type: Some(format!("multipart/form-data; boundary={boundary}")),
        boundary: Some(boundary),
    }
}

/// The boundary that a content type names.
fn own_boundary(content_type: &str) -> Option<&str> {
    let parameters = content_type.split(';').skip(1);
    let named = parameters.filter_map(|parameter| parameter.split_once('='));
    let (_, value) = named.into_iter().find(|(name, _)| name.trim().eq_ignore_ascii_case("boundary"))?;
    Some(value.trim().trim_matches('"')).filter(|boundary| !boundary.is_empty())
}

/// Whether a content type is multipart and lacks its boundary.
pub(crate) fn is_bare(content_type: &str) -> bool {
    content_type.trim_start().get(..10).is_some_and(|start| start.eq_ignore_ascii_case("multipart/"))
        && own_boundary(content_type).is_none()
}

/// A file: what is in it, and what it says about itself.
struct File<'a> {
    content: &'a Value,
    name: Option<String>,
    content_type: Option<String>,
}

impl<'a> File<'a> {
    /// A member is a file when it has `value`, and beside it nothing but `options`.
    fn find(value: &'a Value) -> Option<Self> {
        let object = value.as_object()?;
        let content = object.get("value")?;
        let known = |key: &str| matches!(key, "value" | "options");
        if !object.keys().all(known) {
            return None;
        }
        let option = |key: &str| {
            let option = value.key("options").key(key);
            (!option.is_blank()).then(|| String::from(option.to_text()))
        };
        Some(Self { content, name: option("filename"), content_type: option("contentType") })
    }
}

fn push(out: &mut Vec<u8>, boundary: &str, name: &str, value: &Value) {
    if value.is_nullish() {
        return;
    }
    let Some(file) = File::find(value) else {
        let content_type = matches!(value, Value::Buffer(_)).then_some("application/octet-stream");
        let content = if matches!(value, Value::Buffer(_)) { bytes(value) } else { Bytes::from(text(value)) };
        push_part(out, boundary, name, None, content_type, &content);
        return;
    };
    if file.content.is_nullish() {
        return;
    }
    let guessed = || match &file.name {
        Some(name) => mime::by_name(name).or(Some("application/octet-stream")),
        None => matches!(file.content, Value::Buffer(_)).then_some("application/octet-stream"),
    };
    let content_type = file.content_type.as_deref().or_else(guessed);
    push_part(out, boundary, name, file.name.as_deref(), content_type, &bytes(file.content));
}

fn push_part(
    out: &mut Vec<u8>,
    boundary: &str,
    name: &str,
    file_name: Option<&str>,
    content_type: Option<&str>,
    content: &[u8],
) {
    let mut head = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"", escape(name));
    if let Some(file_name) = file_name {
        let _ = write!(head, "; filename=\"{}\"", escape(file_name));
    }
    if let Some(content_type) = content_type {
        let _ = write!(head, "\r\nContent-Type: {}", content_type.replace(['\r', '\n'], ""));
    }
    head.push_str("\r\n\r\n");
    out.extend_from_slice(head.as_bytes());
    out.extend_from_slice(content);
    out.extend_from_slice(b"\r\n");
}

/// Quotes and line breaks as browsers escape them, so that a name cannot add headers.
fn escape(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}
