//! A request that has arrived, as templates see it (connector.md 9.2, 13.3).

use bytes::Bytes;
use http::header::{CONTENT_ENCODING, HeaderMap};
use http::{Method, Request, StatusCode};

use super::error::WebhookError;
use super::multipart;
use crate::engine::{parse, receive};
use crate::error::ErrorKind;
use crate::scope::{Root, Scope};
use crate::transport::Body;
use crate::value::{Object, Value};

/// A request that has arrived. It is read once, whatever number of hooks look at it.
pub(super) struct Incoming {
    method: Value,
    query: Value,
    headers: Value,
    body: Value,
    raw: Value,
}

impl Incoming {
    /// Reads a request, at most `cap` bytes of it, also where it unpacks to more.
    pub(super) async fn read(request: Request<Bytes>, cap: u64) -> Result<Self, WebhookError> {
        let (head, body) = request.into_parts();
        if body.len() as u64 > cap {
            return Err(WebhookError::too_large(cap));
        }
        let bytes = decode(&head.headers, body, cap).await?;
        let body = match head.method {
            Method::GET | Method::HEAD => Value::from(Object::new()),
            _ if bytes.is_empty() => Value::from(Object::new()),
            _ => self::body(&head.headers, &bytes).await,
        };
        Ok(Self {
            method: Value::from(head.method.as_str()),
            query: parse::urlencoded(None, head.uri.query().unwrap_or_default().as_bytes()),
            headers: parse::headers(&head.headers),
            body,
            raw: parse::guess(&bytes),
        })
    }

    /// Shows the request to templates.
    pub(super) fn show(&self, scope: &mut Scope) {
        for (root, value) in [
            (Root::Method, &self.method),
            (Root::Query, &self.query),
            (Root::Headers, &self.headers),
            (Root::Body, &self.body),
            (Root::RawBody, &self.raw),
        ] {
            scope.set(root, value.clone());
        }
    }
}

async fn body(headers: &HeaderMap, bytes: &Bytes) -> Value {
    let form = match multipart::boundary(headers) {
        Some(boundary) => multipart::read(boundary, bytes.clone()).await,
        None => return parse::arrived(headers, bytes),
    };
    // A form that is broken is at least shown.
    form.unwrap_or_else(|| parse::guess(bytes))
}

/// Unpacks a compressed body. One that cannot be unpacked is refused: taken for text it would only look like an event.
async fn decode(headers: &HeaderMap, body: Bytes, cap: u64) -> Result<Bytes, WebhookError> {
    let coding = headers.get(CONTENT_ENCODING).map(|value| String::from_utf8_lossy(value.as_bytes()));
    match coding.map(|coding| coding.trim().to_ascii_lowercase()).as_deref() {
        None | Some("" | "identity") => Ok(body),
        Some("gzip" | "x-gzip" | "deflate") => {
            let decoded = receive::read(Body::from(body), headers, cap).await;
            decoded.map_err(|error| match error.kind() {
                ErrorKind::MaxFileSizeExceeded => WebhookError::too_large(cap),
                _ => {
                    let message = "the request is not compressed as it says";
                    WebhookError::refused(StatusCode::BAD_REQUEST, ErrorKind::Runtime, message)
                }
            })
        }
        Some(other) => {
            let message = format!("the request is compressed as {other:?}, which is not known here");
            Err(WebhookError::refused(StatusCode::UNSUPPORTED_MEDIA_TYPE, ErrorKind::Runtime, message))
        }
    }
}
