//! Signs requests that are ready to be sent (connector.md 6.10, 6.11). No I/O, no clock of its own.

mod aws2;
mod aws4;
mod oauth1;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use url::Url;

use crate::error::{Error, ErrorKind};
use crate::value::{Date, Object, Value};

pub(crate) use oauth1::OAuth1;

/// What a signature covers and may change.
pub(crate) struct Parts<'a> {
    /// Method.
    pub(crate) method: &'a Method,
    /// Address with its query.
    pub(crate) url: &'a mut Url,
    /// Headers, the content type included.
    pub(crate) headers: &'a mut HeaderMap,
    /// Body as it is sent.
    pub(crate) body: &'a mut Bytes,
}

/// Signs with the version that `aws.sign_version` names, 2 by default (connector.md 6.10).
///
/// # Errors
///
/// `InvalidConfiguration` when a key is missing or the version is not 2 or 4.
pub(crate) fn aws(settings: &Object, parts: &mut Parts<'_>, now: Date) -> Result<(), Error> {
    match text(settings, "sign_version").as_deref() {
        None | Some("2") => aws2::sign(settings, parts, now),
        Some("4") => aws4::sign(settings, parts, now),
        Some(other) => {
            Err(invalid(format!("{other:?} is not a version of AWS signatures; there are 2 and 4")))
        }
    }
}

/// The member as text; blank ones do not count.
fn text(settings: &Object, key: &str) -> Option<String> {
    settings.get(key).filter(|value| !value.is_blank()).map(|value| value.to_text().to_string())
}

/// The member as text.
fn required(settings: &Object, key: &str, directive: &str) -> Result<String, Error> {
    text(settings, key).ok_or_else(|| invalid(format!("`{directive}.{key}` is missing")))
}

fn invalid(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::InvalidConfiguration, message)
}

/// Everything but the unreserved characters of RFC 3986.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Percent-encodes as signatures demand it.
fn encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// Puts a header that the signature consists of; its value is never shown.
fn put_secret(headers: &mut HeaderMap, name: HeaderName, value: &str) -> Result<(), Error> {
    let mut value =
        HeaderValue::from_str(value).map_err(|_| invalid("a key of the signature holds a line break"))?;
    value.set_sensitive(true);
    headers.insert(name, value);
    Ok(())
}

/// Whether a value asks for something: absent, `false`, null and blank text do not.
fn is_set(value: Option<&Value>) -> bool {
    value.is_some_and(Value::is_truthy)
}
