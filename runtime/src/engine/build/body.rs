//! Bodies of requests (connector.md 6.5).

use bytes::Bytes;

use super::multipart;
use super::query;
use crate::error::{Error, ErrorKind};
use crate::plan::BodyType;
use crate::random::Random;
use crate::value::Value;

/// How a body is written, once a template has been evaluated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Form {
    Json,
    Urlencoded,
    Multipart,
    Text,
    Binary,
}

impl Form {
    /// The form that an author's word means.
    pub(crate) fn find(word: &str) -> Result<Self, Error> {
        Ok(match word.trim().to_ascii_lowercase().as_str() {
            "" | "json" => Self::Json,
            "urlencoded" => Self::Urlencoded,
            "multipart/form-data" | "multipart" => Self::Multipart,
            "text" | "string" | "raw" => Self::Text,
            "binary" => Self::Binary,
            other => {
                let message = format!("{other:?} is not a type of body");
                return Err(Error::new(ErrorKind::InvalidConfiguration, message));
            }
        })
    }

    /// The form of a plan, unless a template decides.
    pub(crate) fn of(body_type: &BodyType) -> Option<Self> {
        match body_type {
            BodyType::Json => Some(Self::Json),
            BodyType::Urlencoded => Some(Self::Urlencoded),
            BodyType::Multipart => Some(Self::Multipart),
            BodyType::Text => Some(Self::Text),
            BodyType::Binary => Some(Self::Binary),
            BodyType::Template(_) => None,
        }
    }
}

/// A body in bytes.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Written {
    pub(crate) bytes: Bytes,
    /// The content type to send unless the author names one.
    pub(crate) content_type: Option<String>,
    /// The boundary of a multipart body, for an author's content type that lacks it.
    pub(crate) boundary: Option<String>,
}

/// Writes an evaluated body. Undefined, null and empty text are no body. `content_type` is the author's own, which may
/// name the boundary of a multipart body.
pub(crate) fn write(
    body: &Value,
    form: Form,
    content_type: Option<&str>,
    random: &dyn Random,
) -> Result<Written, Error> {
    if body.is_blank() {
        return Ok(Written::default());
    }
    match form {
        Form::Json => Ok(typed(body.to_json_body().unwrap_or_default(), "application/json")),
        Form::Urlencoded => match body {
            Value::Object(object) => {
                Ok(typed(query::encode(&query::flatten(object)), "application/x-www-form-urlencoded"))
            }
            Value::Text(_) | Value::EmptyText => {
                Ok(typed(body.to_text().into(), "application/x-www-form-urlencoded"))
            }
            other => Err(wrong_type("urlencoded", other)),
        },
        Form::Multipart => match body {
            Value::Object(object) => Ok(multipart::write(object, content_type, random)),
            other => Err(wrong_type("multipart/form-data", other)),
        },
        Form::Text => Ok(Written { bytes: Bytes::from(text(body)), ..Written::default() }),
        Form::Binary => Ok(Written { bytes: bytes(body), ..Written::default() }),
    }
}

/// The value as bytes: a buffer's own, or those of its text.
pub(super) fn bytes(value: &Value) -> Bytes {
    match value {
        Value::Buffer(buffer) => buffer.bytes(),
        other => Bytes::from(text(other)),
    }
}

/// The value as text; collections and lists are JSON text.
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::Object(_) | Value::Array(_) => value.to_json_body().unwrap_or_default(),
        other => other.to_text().into(),
    }
}

fn typed(text: String, content_type: &str) -> Written {
    Written { bytes: Bytes::from(text), content_type: Some(content_type.to_owned()), boundary: None }
}

fn wrong_type(form: &str, value: &Value) -> Error {
    Error::new(
        ErrorKind::Runtime,
        format!("a body of type {form} must be a collection, this one is of type {}", value.type_name()),
    )
}
