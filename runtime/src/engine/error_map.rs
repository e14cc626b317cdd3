//! `response.error`: what an answer that failed is called (connector.md 7.5, 8.1, 8.2).

use std::time::{Duration, SystemTime};

use http::StatusCode;
use http::header::{HeaderMap, RETRY_AFTER};

use super::eval;
use super::valid::Verdict;
use crate::error::{Error, ErrorKind};
use crate::plan::{ErrorEntry, Response, TextTemplate, Valid, ValueTemplate};
use crate::scope::Scope;
use crate::value::{Date, Value};

/// The error of an answer that failed by `verdict`; `default` is its kind where the author names none.
pub(crate) fn make(
    response: &Response,
    verdict: Verdict,
    status: Option<StatusCode>,
    default: Option<ErrorKind>,
    scope: &Scope,
) -> Error {
    let code = status.map(|status| status.as_u16());
    let by_status = response.error.as_ref().and_then(|map| {
        map.by_status.iter().find(|(wanted, _)| Some(*wanted) == code).map(|(_, entry)| entry)
    });
    let general = response.error.as_ref().map(|map| &map.general);
    // A message or type of `valid` speaks for every answer that `valid` refuses; without a condition it is the test of
    // the status.
    let refuses = |valid: &&Valid| verdict == Verdict::Invalid || valid.condition.is_none();
    let own = response.valid.as_ref().filter(refuses);
    let entries = [by_status, general];
    let mut trouble = None;
    let messages = own.and_then(|valid| valid.message.as_ref()).into_iter();
    let message = messages
        .chain(entries.iter().filter_map(|entry| entry.and_then(|entry: &ErrorEntry| entry.message.as_ref())))
        .find_map(|template| message(template, scope, &mut trouble));
    let types = own.and_then(|valid| valid.ty.as_ref()).into_iter();
    let kind = types
        .chain(entries.iter().filter_map(|entry| entry.and_then(|entry| entry.ty.as_ref())))
        .find_map(|template| kind(template, scope, &mut trouble));
    let message = message.unwrap_or_else(|| default_message(verdict, status));
    let error = Error::new(kind.or(default).unwrap_or_else(|| default_kind(code)), message);
    match trouble {
        Some(trouble) => error.with_source(trouble),
        None => error,
    }
}

/// A template that fails must not hide what the service said: the next message takes its place.
fn message(template: &ValueTemplate, scope: &Scope, trouble: &mut Option<Error>) -> Option<String> {
    let text = match eval::value(template, scope) {
        Ok(Value::Undefined | Value::Null) => return None,
        Ok(value) => match value.as_text() {
            Some(text) => text.to_owned(),
            None => value.to_json().unwrap_or_default(),
        },
        Err(error) => {
            trouble.get_or_insert(error);
            return None;
        }
    };
    (!text.trim().is_empty()).then_some(text)
}

fn kind(template: &TextTemplate, scope: &Scope, trouble: &mut Option<Error>) -> Option<ErrorKind> {
    match eval::text(template, scope) {
        Ok(name) if name.trim().is_empty() => None,
        Ok(name) => Some(ErrorKind::from_name(name.trim())),
        Err(error) => {
            trouble.get_or_insert(error);
            None
        }
    }
}

fn default_message(verdict: Verdict, status: Option<StatusCode>) -> String {
    match (verdict, status) {
        (Verdict::BadStatus, Some(status)) => match status.canonical_reason() {
            Some(reason) => format!("[{}] {reason}", status.as_u16()),
            None => format!("[{}]", status.as_u16()),
        },
        _ => "Response marked as invalid.".to_owned(),
    }
}

fn default_kind(status: Option<u16>) -> ErrorKind {
    match status {
        Some(429) => ErrorKind::RateLimit,
        Some(500..=599) => ErrorKind::Connection,
        _ => ErrorKind::Runtime,
    }
}

/// What `Retry-After` asks for, in either of its forms: seconds, or a date (rulings 27).
pub(crate) fn retry_after(headers: &HeaderMap, now: Date) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse::<f64>() {
        return Duration::try_from_secs_f64(seconds).ok();
    }
    let until = httpdate::parse_http_date(text).ok()?;
    Some(until.duration_since(SystemTime::from(now)).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_of_retry_after() {
        let now = Date::from_millis(784_111_777_000); // Sun, 06 Nov 1994 08:49:37 GMT
        let after = |text: &'static str| {
            retry_after(&HeaderMap::from_iter([(RETRY_AFTER, http::HeaderValue::from_static(text))]), now)
        };
        assert_eq!(after("120"), Some(Duration::from_secs(120)));
        assert_eq!(after("0.5"), Some(Duration::from_millis(500)));
        assert_eq!(after("Sun, 06 Nov 1994 08:50:07 GMT"), Some(Duration::from_secs(30)));
        assert_eq!(after("Sun, 06 Nov 1994 08:49:00 GMT"), Some(Duration::ZERO));
        assert_eq!(after("soon"), None);
        assert_eq!(after("-5"), None);
        assert_eq!(after("1e300"), None);
        assert_eq!(retry_after(&HeaderMap::new(), now), None);
    }
}
