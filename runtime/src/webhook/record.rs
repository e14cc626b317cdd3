//! A hook as it is kept.

use std::fmt;

use crate::connection::pack::{pack, serde_by_object, unpack};
use crate::engine::account::Kept;
use crate::error::{Error, ErrorKind};
use crate::value::{Object, Value};

/// The form of records that this version writes.
const FORMAT: i64 = 1;

/// What is known of a hook once it is attached: whatever `handle`, `update` and `detach` need, in this process or
/// another one.
///
/// It can be written as JSON and by serde, and may hold secrets, such as the one that the service signs with: keep it
/// as a password is kept. `Debug` shows none of them.
#[derive(Clone, PartialEq)]
pub struct HookRecord {
    pub(super) webhook: String,
    pub(super) id: String,
    pub(super) url: String,
    pub(super) parameters: Object,
    pub(super) data: Object,
    pub(super) uid: Option<Value>,
}

impl HookRecord {
    /// The id of the webhook in the connector.
    #[must_use]
    pub fn webhook(&self) -> &str {
        &self.webhook
    }

    /// The id of the hook: `webhook.id`.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The url at which the hook is called: `webhook.url`.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The account whose items a shared webhook routes to this hook (connector.md 13.1).
    #[must_use]
    pub fn uid(&self) -> Option<&Value> {
        self.uid.as_ref()
    }

    /// A key that an answer to `attach` or `update` has left by `response.data`.
    #[must_use]
    pub fn data(&self, key: &str) -> Option<&Value> {
        self.data.get(key)
    }

    /// The variable `webhook`: id, url and what was learned.
    pub(super) fn variable(&self) -> Value {
        let mut webhook = Object::with_capacity(self.data.len() + 2);
        webhook.set("id", self.id.as_str());
        webhook.set("url", self.url.as_str());
        webhook.spread(&Value::from(self.data.clone()));
        Value::from(webhook)
    }

    /// Adds what requests have left.
    pub(super) fn learn(&mut self, kept: Kept) {
        self.data.spread(&Value::from(kept.data));
        self.uid = kept.uid.or(self.uid.take());
    }

    /// The record as JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        Value::from(self.to_object()).to_json().unwrap_or_default()
    }

    /// Reads a record.
    ///
    /// # Errors
    /// `InvalidConfiguration` when the text is no record, or one of a newer version of this library.
    pub fn from_json(text: &[u8]) -> Result<Self, Error> {
        // The parser's message names a place in the text, never the text.
        let value = Value::parse_json(text)
            .map_err(|error| broken(&format!("it is cut short or damaged: {error}")))?;
        Self::from_value(&value)
    }

    fn to_object(&self) -> Object {
        let mut object = Object::with_capacity(7);
        object.set("format", FORMAT);
        object.set("webhook", self.webhook.as_str());
        object.set("id", self.id.as_str());
        object.set("url", self.url.as_str());
        object.set("parameters", pack(&Value::from(self.parameters.clone())));
        object.set("data", pack(&Value::from(self.data.clone())));
        if let Some(uid) = &self.uid {
            object.set("uid", pack(uid));
        }
        object
    }

    fn from_value(value: &Value) -> Result<Self, Error> {
        match value.key("format").as_i64() {
            Some(FORMAT) => {}
            Some(newer) if newer > FORMAT => {
                return Err(broken(&format!("it was written by a newer version, in format {newer}")));
            }
            _ => return Err(broken("it has no known format")),
        }
        let text = |key: &str| {
            let text = value.key(key).as_text().map(str::to_owned);
            text.ok_or_else(|| broken(&format!("it has no {key}")))
        };
        let collection = |key: &str| match unpack(value.key(key)) {
            Value::Object(object) => Ok(object),
            _ => Err(broken(&format!("it has no {key}"))),
        };
        Ok(Self {
            webhook: text("webhook")?,
            id: text("id")?,
            url: text("url")?,
            parameters: collection("parameters")?,
            data: collection("data")?,
            uid: Some(unpack(value.key("uid"))).filter(|uid| !uid.is_nullish()),
        })
    }
}

fn broken(why: &str) -> Error {
    Error::new(ErrorKind::InvalidConfiguration, format!("a stored hook cannot be read: {why}"))
}

serde_by_object!(HookRecord);

impl fmt::Debug for HookRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HookRecord")
            .field("webhook", &self.webhook)
            .field("id", &self.id)
            .field("keys", &self.data.keys().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}
