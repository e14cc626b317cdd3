//! Answers (connector.md 11.6, 13.3).

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use http::{Response, StatusCode};

use crate::engine::build::body::{self, Form};
use crate::engine::eval;
use crate::error::{Error, ErrorKind};
use crate::plan::{ReplyType, Responder};
use crate::scope::Scope;
use crate::value::Value;

/// The answer to a request that has arrived: status, headers, body.
pub type Reply = Response<Bytes>;

pub(super) const TEXT: &str = "text/plain; charset=utf-8";

/// What the handler of a delivery decides about the answer: `()` sends the one of the connector, a [`Reply`] is sent
/// in its place, as is one inside `Some`.
pub trait IntoReply {
    /// The answer to send, where the connector's would be `usual`.
    fn into_reply(self, usual: Reply) -> Reply;
}

impl IntoReply for () {
    fn into_reply(self, usual: Reply) -> Reply {
        usual
    }
}

impl IntoReply for Reply {
    fn into_reply(self, _: Reply) -> Reply {
        self
    }
}

impl<R: IntoReply> IntoReply for Option<R> {
    fn into_reply(self, usual: Reply) -> Reply {
        match self {
            Some(own) => own.into_reply(usual),
            None => usual,
        }
    }
}

/// Composes an answer. Without a responder it is `Accepted`, as text.
///
/// # Errors
/// A template fails, or gives a status or a header that is none.
pub(super) fn compose(responder: Option<&Responder>, scope: &Scope) -> Result<Reply, Error> {
    let Some(responder) = responder else {
        let mut reply = Reply::new(Bytes::from_static(b"Accepted"));
        set_content_type(&mut reply, TEXT);
        return Ok(reply);
    };
    let status = status(&eval::optional(responder.status.as_ref(), scope)?.unwrap_or_default())?;
    let headers = eval::optional(responder.headers.as_ref(), scope)?.unwrap_or_default();
    let value = eval::optional(responder.body.as_ref(), scope)?.unwrap_or_default();
    let form = form(&responder.reply_type, &value, scope)?;
    let written = body::write(&value, form, None, scope.randomness())?;
    let mut reply = Reply::new(written.bytes);
    *reply.status_mut() = status;
    match written.content_type {
        Some(content_type) => set_content_type(&mut reply, &content_type),
        None if !value.is_blank() => set_content_type(&mut reply, TEXT),
        None => {}
    }
    set_headers(&mut reply, &headers)?;
    Ok(reply)
}

fn form(reply_type: &ReplyType, body: &Value, scope: &Scope) -> Result<Form, Error> {
    Ok(match reply_type {
        ReplyType::Automatic if matches!(body, Value::Object(_) | Value::Array(_)) => Form::Json,
        ReplyType::Automatic | ReplyType::Text => Form::Text,
        ReplyType::Json => Form::Json,
        ReplyType::Urlencoded => Form::Urlencoded,
        ReplyType::Template(template) => match Form::find(&eval::text(template, scope)?)? {
            form @ (Form::Json | Form::Urlencoded | Form::Text) => form,
            _ => return Err(wrong("respond.type", "an answer is of type json, urlencoded or text")),
        },
    })
}

/// A whole number from 100 to 999, or its digits; nothing is 200.
fn status(value: &Value) -> Result<StatusCode, Error> {
    if value.is_blank() || matches!(value, Value::EmptyText) {
        return Ok(StatusCode::OK);
    }
    let text = value.to_text();
    let code = text.trim().parse().ok().and_then(|code| StatusCode::from_u16(code).ok());
    code.ok_or_else(|| wrong("respond.status", "the status of an answer is a whole number from 100 to 999"))
}

pub(super) fn set_content_type(reply: &mut Reply, content_type: &str) {
    if let Ok(value) = HeaderValue::from_str(content_type) {
        reply.headers_mut().insert(CONTENT_TYPE, value);
    }
}

/// The author's headers; undefined and null ones are left out.
fn set_headers(reply: &mut Reply, headers: &Value) -> Result<(), Error> {
    for (name, value) in headers.as_object().into_iter().flatten().filter(|(_, value)| !value.is_nullish()) {
        let name = HeaderName::from_bytes(name.as_bytes());
        let value = HeaderValue::from_bytes(value.to_text().as_bytes());
        let (Ok(name), Ok(value)) = (name, value) else {
            return Err(wrong(
                "respond.headers",
                "a header of an answer has a name or a value that cannot be sent",
            ));
        };
        reply.headers_mut().insert(name, value);
    }
    Ok(())
}

fn wrong(directive: &'static str, message: &str) -> Error {
    Error::new(ErrorKind::Runtime, message).at(directive)
}
