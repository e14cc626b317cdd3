//! Options of tokens, checked as the package `jsonwebtoken` checks them (iml.md 10).

use super::duration;
use crate::value::{Object, Value};

/// When a token begins or ends to be valid, in seconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Span {
    /// A number.
    Number(f64),
    /// Text such as `2h`.
    Text(f64),
}

impl Span {
    /// The moment so far from `start`, both in seconds since 1970. Only for text it is cut to whole seconds.
    pub(crate) fn after(self, start: f64) -> f64 {
        match self {
            Self::Number(seconds) => start + seconds,
            Self::Text(seconds) => (start + seconds).floor(),
        }
    }
}

/// Options of `jwt`.
#[derive(Debug, Default)]
pub(crate) struct Options {
    /// `expiresIn`
    pub(crate) expires_in: Option<Span>,
    /// `notBefore`
    pub(crate) not_before: Option<Span>,
    /// `audience`, `issuer`, `subject`, `jwtid`, by the names of their claims.
    pub(crate) claims: Vec<(&'static str, &'static str, Value)>,
    /// `header`
    pub(crate) header: Object,
    /// `keyid`
    pub(crate) key_id: Option<Value>,
    /// `noTimestamp`
    pub(crate) no_timestamp: Option<bool>,
    /// `allowInsecureKeySizes`
    pub(crate) allow_short_keys: bool,
}

impl Options {
    /// Reads options. Nullish ones count as absent.
    ///
    /// # Errors
    /// Options that do not exist, and values that they cannot have.
    pub(crate) fn read(value: &Value) -> Result<Self, String> {
        let mut options = Self::default();
        if value.is_nullish() {
            return Ok(options);
        }
        let object = value.as_object().ok_or("a collection is needed")?;
        for (key, value) in object.iter().filter(|(_, value)| !value.is_nullish()) {
            options.set(key, value)?;
        }
        Ok(options)
    }

    fn set(&mut self, key: &str, value: &Value) -> Result<(), String> {
        match key {
            "expiresIn" => self.expires_in = Some(span(key, value)?),
            "notBefore" => self.not_before = Some(span(key, value)?),
            "audience" => {
                if !matches!(value, Value::Text(_) | Value::Array(_)) {
                    return Err("`audience` must be text or an array".to_owned());
                }
                self.claims.push(("aud", "audience", value.clone()));
            }
            "issuer" => self.claims.push(("iss", "issuer", text(key, value)?)),
            "subject" => self.claims.push(("sub", "subject", text(key, value)?)),
            "jwtid" => self.claims.push(("jti", "jwtid", text(key, value)?)),
            "header" => {
                self.header = value.as_object().cloned().ok_or("`header` must be a collection")?;
            }
            "keyid" => self.key_id = Some(text(key, value)?),
            "encoding" => {
                if !value.text_form().replace('-', "").eq_ignore_ascii_case("utf8") {
                    return Err("`encoding` must be utf8".to_owned());
                }
            }
            "noTimestamp" => self.no_timestamp = Some(boolean(key, value)?),
            "allowInsecureKeySizes" => self.allow_short_keys = boolean(key, value)?,
            // Values are never changed in place, and only RSA keys sign.
            "mutatePayload" | "allowInvalidAsymmetricKeyTypes" => drop(boolean(key, value)?),
            other => return Err(format!("there is no option `{other}`")),
        }
        Ok(())
    }
}

fn text(key: &str, value: &Value) -> Result<Value, String> {
    if value.as_text().is_some() { Ok(value.clone()) } else { Err(format!("`{key}` must be text")) }
}

fn boolean(key: &str, value: &Value) -> Result<bool, String> {
    value.as_bool().ok_or_else(|| format!("`{key}` must be true or false"))
}

/// Whole seconds, or text such as `2 days`.
fn span(key: &str, value: &Value) -> Result<Span, String> {
    let span = match value {
        Value::Number(number) => {
            Some(number.as_f64()).filter(|seconds| seconds.fract() == 0.0).map(Span::Number)
        }
        Value::Text(text) => duration::millis(text).map(|millis| Span::Text(millis / 1_000.0)),
        _ => None,
    };
    span.ok_or_else(|| format!("`{key}` must be whole seconds or a span of time such as 2h"))
}
