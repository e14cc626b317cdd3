//! A connection as it is kept.

use std::fmt;

use super::pack::{pack, serde_by_object, unpack};
use crate::error::{Error, ErrorKind};
use crate::value::{Date, Object, Value};

/// The form of records that this version writes.
const FORMAT: i64 = 1;

/// A connection as a store keeps it: the values of its form and what answers have added, tokens among them.
///
/// It can be written as JSON and by serde, and holds secrets: keep it as a password is kept. `Debug` shows none of
/// them.
#[derive(Clone, PartialEq)]
pub struct ConnectionRecord {
    version: u64,
    connection: String,
    pub(crate) data: Object,
    pub(crate) metadata: Option<Value>,
    pub(crate) uid: Option<Value>,
    pub(crate) expires: Option<Value>,
    /// Scopes that were granted, or asked for where the server did not say.
    pub(crate) scope: Vec<String>,
    /// What a login does has been done.
    pub(crate) logged_in: bool,
    /// The server has refused a refresh for good.
    pub(crate) refused: bool,
    pub(crate) in_flight: Option<InFlight>,
}

/// A refresh that was sent and whose answer has not been stored (rulings 32).
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct InFlight {
    pub(crate) since: Date,
    /// How many were sent with the same token, this one included.
    pub(crate) tries: i64,
}

impl ConnectionRecord {
    /// A record of the connection `name` of a connector, with the values of its form.
    pub fn new(name: impl Into<String>, data: Object) -> Self {
        let connection = name.into();
        Self {
            version: 0,
            connection,
            data,
            metadata: None,
            uid: None,
            expires: None,
            scope: Vec::new(),
            logged_in: false,
            refused: false,
            in_flight: None,
        }
    }

    /// The connection's name in the connector.
    #[must_use]
    pub fn connection(&self) -> &str {
        &self.connection
    }

    /// Counts the writes: stores compare it.
    #[must_use]
    pub fn version(&self) -> u64 {
        self.version
    }

    /// Sets the version: for stores.
    pub fn set_version(&mut self, version: u64) {
        self.version = version;
    }

    /// What tells the account to its user, such as an address of mail.
    #[must_use]
    pub fn metadata(&self) -> Option<&Value> {
        self.metadata.as_ref()
    }

    /// The stable id of the account.
    #[must_use]
    pub fn uid(&self) -> Option<&Value> {
        self.uid.as_ref()
    }

    /// Until when the connection can be used without a new login, where the service says so (`response.expires`).
    #[must_use]
    pub fn expires(&self) -> Option<&Value> {
        self.expires.as_ref()
    }

    /// The scopes that the server granted; those that were asked for, where it did not say.
    #[must_use]
    pub fn scope(&self) -> &[String] {
        &self.scope
    }

    /// Only a new login can help: the server has refused to renew this one.
    #[must_use]
    pub fn needs_login(&self) -> bool {
        self.refused
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
        let value = Value::parse_json(text).map_err(|error| {
            // The parser's message names a place in the text, never the text.
            broken(&format!("it is cut short or damaged: {error}"))
        })?;
        Self::from_value(&value)
    }

    fn to_object(&self) -> Object {
        let mut object = Object::with_capacity(8);
        object.set("format", FORMAT);
        object.set("version", self.version);
        object.set("connection", self.connection.as_str());
        object.set("data", pack(&Value::from(self.data.clone())));
        for (key, value) in [("metadata", &self.metadata), ("uid", &self.uid), ("expires", &self.expires)] {
            if let Some(value) = value {
                object.set(key, pack(value));
            }
        }
        if !self.scope.is_empty() {
            object.set("scope", Value::array(self.scope.iter().map(Value::from).collect()));
        }
        for (key, flag) in [("loggedIn", self.logged_in), ("refused", self.refused)] {
            if flag {
                object.set(key, true);
            }
        }
        if let Some(mark) = self.in_flight {
            object.set("inFlight", mark.since.as_millis());
            object.set("tries", mark.tries);
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
        let connection = value.key("connection").as_text().ok_or_else(|| broken("it names no connection"))?;
        let Value::Object(data) = unpack(value.key("data")) else { return Err(broken("it has no data")) };
        let version = value.key("version").as_i64().and_then(|version| u64::try_from(version).ok());
        let optional = |key: &str| Some(unpack(value.key(key))).filter(|value| !value.is_nullish());
        Ok(Self {
            version: version.ok_or_else(|| broken("it has no version"))?,
            connection: connection.to_owned(),
            data,
            metadata: optional("metadata"),
            uid: optional("uid"),
            expires: optional("expires"),
            scope: value.key("scope").items().iter().map(|scope| scope.to_text().into()).collect(),
            logged_in: value.key("loggedIn").is_truthy(),
            refused: value.key("refused").is_truthy(),
            in_flight: value.key("inFlight").as_i64().map(|since| InFlight {
                since: Date::from_millis(since),
                tries: value.key("tries").as_i64().unwrap_or(1),
            }),
        })
    }
}

fn broken(why: &str) -> Error {
    Error::new(ErrorKind::InvalidConfiguration, format!("a stored connection cannot be read: {why}"))
}

serde_by_object!(ConnectionRecord);

impl fmt::Debug for ConnectionRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConnectionRecord")
            .field("connection", &self.connection)
            .field("version", &self.version)
            .field("keys", &self.data.keys().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record() -> ConnectionRecord {
        let mut data = Object::new();
        data.set("apiKey", "very secret");
        data.set("expires", Date::from_millis(1_700_000_000_000));
        data.set("blob", Value::from(vec![0_u8, 255]));
        data.set("odd", [("$date", "text")].into_iter().collect::<Object>());
        let mut record = ConnectionRecord::new("apiKey", data);
        record.set_version(7);
        record.uid = Some(Value::from("user 1"));
        record.scope = vec!["tasks:read".to_owned()];
        record.logged_in = true;
        record.in_flight = Some(InFlight { since: Date::from_millis(5), tries: 2 });
        record
    }

    #[test]
    fn comes_back_as_it_went() {
        assert_eq!(ConnectionRecord::from_json(record().to_json().as_bytes()).unwrap(), record());
    }

    #[test]
    fn what_is_no_record_is_named_and_not_shown() {
        let text = record().to_json();
        for broken in [&text[..text.len() - 9], "{}", "[]", &text.replacen("\"format\":1", "\"format\":9", 1)]
        {
            let error = ConnectionRecord::from_json(broken.as_bytes()).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidConfiguration);
            assert!(!format!("{error} {error:?}").contains("very secret"));
        }
        assert!(!format!("{:?}", record()).contains("very secret"));
    }
}
