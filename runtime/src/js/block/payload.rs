//! What triggers are fed with (connector.md 18.2).

use std::collections::BTreeMap;

use bytes::Bytes;
use http::{Request, header};
use url::form_urlencoded;

use super::context::Context;
use crate::value::{Object, Value};

/// The request that started a flow.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct TriggerPayload {
    /// `headers`; [`TriggerPayload::from_http`] has their names in small letters, as HTTP/2 sends them.
    pub headers: Object,
    /// `queryParameters`
    pub query_parameters: Object,
    /// `rawBody.data`: the bytes.
    pub raw_body: Value,
    /// `body.data`: parsed JSON or form data, text, or the bytes.
    pub body: Value,
    /// `contentType` of both.
    pub content_type: Option<String>,
    /// `pathFragment`: what follows the flow's own path.
    pub path_fragment: String,
    /// `globalDebug`
    pub global_debug: bool,
    /// `paginationState`
    pub pagination_state: Option<Object>,
}

impl TriggerPayload {
    /// An empty payload.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A payload with a body and nothing else.
    #[must_use]
    pub fn with_body(body: impl Into<Value>) -> Self {
        let body = body.into();
        let raw_body = body.to_json().map_or(Value::Undefined, Value::from);
        Self { body, raw_body, ..Self::default() }
    }

    /// The payload of an HTTP request. JSON and form data are parsed; a body that is neither stays text or bytes.
    #[must_use]
    pub fn from_http(request: &Request<Bytes>) -> Self {
        let mut headers = Object::new();
        for (name, value) in request.headers() {
            let value = String::from_utf8_lossy(value.as_bytes());
            match headers.get_mut(name.as_str()) {
                Some(before) => *before = Value::from(format!("{}, {value}", before.to_text())),
                None => headers.set(name.as_str(), value.as_ref()),
            }
        }
        let content_type = request.headers().get(header::CONTENT_TYPE);
        let content_type = content_type.and_then(|value| value.to_str().ok()).map(str::to_owned);
        Self {
            headers,
            query_parameters: pairs(request.uri().query().unwrap_or_default().as_bytes()),
            raw_body: Value::from(request.body().clone()),
            body: parse(request.body(), content_type.as_deref().unwrap_or_default()),
            content_type,
            path_fragment: request.uri().path().trim_start_matches('/').to_owned(),
            ..Self::default()
        }
    }

    pub(super) fn into_value(self, context: &Context) -> Value {
        let mut object = context.for_step();
        for name in ["configVars", "instanceState", "crossFlowState", "executionState", "integrationState"] {
            object.remove(name);
        }
        object.insert("headers", Value::from(self.headers));
        object.insert("queryParameters", Value::from(self.query_parameters));
        for (name, data) in [("rawBody", self.raw_body), ("body", self.body)] {
            let mut body = Object::new();
            body.insert("data", data);
            if let Some(content_type) = &self.content_type {
                body.insert("contentType", Value::from(content_type));
            }
            object.insert(name, Value::from(body));
        }
        object.insert("pathFragment", Value::from(self.path_fragment));
        object.insert("globalDebug", Value::from(self.global_debug));
        if let Some(state) = self.pagination_state {
            object.insert("paginationState", Value::from(state));
        }
        Value::from(object)
    }
}

/// Pairs of a query or form; a name that comes again holds a list.
fn pairs(text: &[u8]) -> Object {
    let mut lists = BTreeMap::<String, Vec<Value>>::new();
    let mut object = Object::new();
    for (name, value) in form_urlencoded::parse(text) {
        let list = lists.entry(name.to_string()).or_default();
        list.push(Value::from(value.as_ref()));
        let value = if list.len() == 1 { Value::from(value.as_ref()) } else { Value::array(list.clone()) };
        object.set(name.as_ref(), value);
    }
    object
}

fn parse(body: &Bytes, content_type: &str) -> Value {
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if body.is_empty() {
        return Value::Undefined;
    }
    if (essence == "application/json" || essence.ends_with("+json"))
        && let Ok(value) = Value::parse_json(body)
    {
        return value;
    }
    if essence == "application/x-www-form-urlencoded" {
        return Value::from(pairs(body));
    }
    match std::str::from_utf8(body) {
        Ok(text) if essence != "application/octet-stream" => Value::from(text),
        _ => Value::from(body.clone()),
    }
}
