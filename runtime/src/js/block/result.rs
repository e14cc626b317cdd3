//! What code gives back (connector.md 18.2 to 18.4).

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Response, StatusCode, header};

use super::log::LogLine;
use super::state::StateScope;
use crate::error::{Error, ErrorKind};
use crate::value::{Object, Value};

/// Members that actions and triggers have in common.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct StepOutcome {
    /// States that were returned: each takes the place of what was stored.
    pub states: Vec<(StateScope, Object)>,
    /// `failed`: the code calls its own result a failure.
    pub failed: bool,
    /// `error`, beside `failed`.
    pub error: Option<Value>,
    /// What was logged.
    pub log: Vec<LogLine>,
}

/// The result of an action.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct ActionResult {
    /// `data`: the result of the step; null when nothing was returned.
    pub data: Value,
    /// `contentType`, beside bytes.
    pub content_type: Option<String>,
    /// `statusCode`, for the last step of a flow that answers its caller.
    pub status_code: Option<u16>,
    /// `headers`, likewise.
    pub headers: Object,
    /// States, failure and log.
    pub outcome: StepOutcome,
}

/// The result of a trigger.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct TriggerResult {
    /// `payload`: the results of the trigger; null when nothing was returned.
    pub payload: Value,
    /// `response`: the answer to the caller.
    pub response: Option<TriggerResponse>,
    /// Which execution this was.
    pub execution_id: String,
    /// `polledNoChanges`: nothing new, the execution ends quietly.
    pub polled_no_changes: bool,
    /// States, failure and log.
    pub outcome: StepOutcome,
}

/// The answer to the caller of a trigger.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct TriggerResponse {
    /// `statusCode`; 200 when there is none.
    pub status: StatusCode,
    /// `contentType`
    pub content_type: Option<HeaderValue>,
    /// `headers`
    pub headers: Vec<(HeaderName, HeaderValue)>,
    /// `body`: text or bytes as they are, anything else as JSON.
    pub body: Bytes,
}

impl TriggerResult {
    /// The answer to the caller: the code's, or status 200 and the execution's id as JSON.
    #[must_use]
    pub fn into_http(self) -> Response<Bytes> {
        let Some(answer) = self.response else {
            let body: Object = [("executionId", self.execution_id)].into_iter().collect();
            let body = Value::from(body).to_json().unwrap_or_default();
            let mut response = Response::new(Bytes::from(body));
            let json = HeaderValue::from_static("application/json");
            response.headers_mut().insert(header::CONTENT_TYPE, json);
            return response;
        };
        let mut response = Response::new(answer.body);
        *response.status_mut() = answer.status;
        response.headers_mut().extend(answer.headers);
        if let Some(content_type) = answer.content_type {
            response.headers_mut().insert(header::CONTENT_TYPE, content_type);
        }
        response
    }
}

impl StepOutcome {
    fn read(returned: &Value, log: Vec<LogLine>) -> Result<Self, Error> {
        let mut states = Vec::new();
        for scope in StateScope::ALL {
            match returned.key(scope.member()) {
                Value::Undefined => {}
                Value::Object(state) => states.push((scope, state.clone())),
                other => return Err(shape(scope.member(), "an object", other)),
            }
        }
        let error = Some(returned.key("error").clone()).filter(|error| !error.is_nullish());
        Ok(Self { states, failed: returned.key("failed").is_truthy(), error, log })
    }
}

impl ActionResult {
    pub(super) fn read(returned: &Value, mut log: Vec<LogLine>) -> Result<Self, Error> {
        let is_result = returned.as_object().is_some_and(|object| object.contains_key("data"));
        if !returned.is_nullish() && !is_result {
            let line = LogLine::new("warn", "the code returned no `data`: the result is null".to_owned());
            line.trace();
            log.push(line);
        }
        let data = match returned.key("data") {
            Value::Undefined => Value::Null,
            data => data.clone(),
        };
        Ok(Self {
            data,
            content_type: text(returned, "contentType")?,
            status_code: status(returned)?.map(|status| status.as_u16()),
            headers: object(returned, "headers")?,
            outcome: StepOutcome::read(returned, log)?,
        })
    }
}

impl TriggerResult {
    pub(super) fn read(returned: &Value, log: Vec<LogLine>) -> Result<Self, Error> {
        let payload = match returned.key("payload") {
            Value::Undefined => Value::Null,
            payload => payload.clone(),
        };
        let response = match returned.key("response") {
            Value::Undefined | Value::Null => None,
            response @ Value::Object(_) => Some(TriggerResponse::read(response)?),
            other => return Err(shape("response", "an object", other)),
        };
        let polled_no_changes = returned.key("polledNoChanges").is_truthy()
            || returned.key("resultType").as_text() == Some("polled_no_changes");
        let outcome = StepOutcome::read(returned, log)?;
        Ok(Self { payload, response, polled_no_changes, outcome, ..Self::default() })
    }
}

impl TriggerResponse {
    fn read(response: &Value) -> Result<Self, Error> {
        let content_type = text(response, "contentType")?.map(|text| header_value("contentType", &text));
        let mut headers = Vec::new();
        for (name, value) in &object(response, "headers")? {
            let key = HeaderName::from_bytes(name.as_bytes());
            let key =
                key.map_err(|_| shape("response.headers", "names of headers", &Value::from(name.as_str())))?;
            headers.push((key, header_value(name, &value.to_text())?));
        }
        let body = match response.key("body") {
            Value::Undefined | Value::Null => Bytes::new(),
            Value::Buffer(bytes) => bytes.bytes(),
            Value::Text(text) => Bytes::copy_from_slice(text.as_bytes()),
            other => Bytes::from(other.to_json().unwrap_or_default()),
        };
        let status = status(response)?.unwrap_or(StatusCode::OK);
        Ok(Self { status, content_type: content_type.transpose()?, headers, body })
    }
}

fn header_value(name: &str, text: &str) -> Result<HeaderValue, Error> {
    HeaderValue::from_str(text).map_err(|_| shape(name, "text that a header may hold", &Value::from(text)))
}

fn text(of: &Value, name: &str) -> Result<Option<String>, Error> {
    match of.key(name) {
        Value::Undefined | Value::Null => Ok(None),
        Value::Text(text) => Ok(Some(text.to_string())),
        other => Err(shape(name, "text", other)),
    }
}

fn object(of: &Value, name: &str) -> Result<Object, Error> {
    match of.key(name) {
        Value::Undefined | Value::Null => Ok(Object::new()),
        Value::Object(object) => Ok(object.clone()),
        other => Err(shape(name, "an object", other)),
    }
}

fn status(of: &Value) -> Result<Option<StatusCode>, Error> {
    match of.key("statusCode") {
        Value::Undefined | Value::Null => Ok(None),
        code => code
            .as_i64()
            .and_then(|code| StatusCode::from_u16(u16::try_from(code).ok()?).ok())
            .filter(|code| code.as_u16() >= 200)
            .map(Some)
            .ok_or_else(|| shape("statusCode", "a status from 200 to 999", code)),
    }
}

pub(super) fn shape(name: &str, expected: &str, found: &Value) -> Error {
    let message = format!("the code returned {} for `{name}`, which must be {expected}", found.type_name());
    Error::new(ErrorKind::Data, message)
}
