//! A login between its two halves.

use std::fmt;

use crate::connection::pack::{pack, serde_by_object, unpack};
use crate::error::{Error, ErrorKind};
use crate::value::{Object, Value};

/// The form that this version writes.
const FORMAT: i64 = 1;

/// A login that waits for its user to come back.
///
/// It can be written as JSON and by serde, so that another process, which has built the same
/// [`Login`](super::Login), may finish it. It holds secrets: keep it where the user cannot see it, such as in a
/// session on the server, and use it once. `Debug` shows none of them.
#[derive(Clone, PartialEq)]
#[must_use = "the user must be sent to its address"]
pub struct PendingLogin {
    connector: String,
    connection: String,
    redirect_uri: String,
    pub(super) url: String,
    /// The `state` that must come back; none in OAuth 1.
    pub(super) state: Option<String>,
    /// The temporary token that must come back in OAuth 1.
    pub(super) token: Option<String>,
    /// The verifier of PKCE, where it was added to what the connector says.
    pub(super) verifier: Option<String>,
    /// Which request of `authorize` sent the user away.
    pub(super) step: usize,
    pub(super) temp: Value,
    pub(super) oauth: Object,
    /// What the requests before have taught.
    pub(super) data: Object,
}

impl PendingLogin {
    pub(super) fn new(connector: &str, connection: &str, redirect_uri: &str) -> Self {
        Self {
            connector: connector.to_owned(),
            connection: connection.to_owned(),
            redirect_uri: redirect_uri.to_owned(),
            url: String::new(),
            state: None,
            token: None,
            verifier: None,
            step: 0,
            temp: Value::Undefined,
            oauth: Object::new(),
            data: Object::new(),
        }
    }

    /// Where to send the user. It holds the state: it is for his eyes alone.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The connection's name in the connector.
    #[must_use]
    pub fn connection(&self) -> &str {
        &self.connection
    }

    /// Where the user comes back to.
    #[must_use]
    pub fn redirect_uri(&self) -> &str {
        &self.redirect_uri
    }

    /// Whether it was begun by a login of this connection.
    pub(super) fn check_owner(&self, connector: &str, connection: &str) -> Result<(), Error> {
        if self.connector == connector && self.connection == connection {
            return Ok(());
        }
        let message = format!(
            "this login was begun for {} of {}, and not for {connection} of {connector}",
            self.connection, self.connector
        );
        Err(Error::new(ErrorKind::InvalidConfiguration, message))
    }

    /// It as JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        Value::from(self.to_object()).to_json().unwrap_or_default()
    }

    /// Reads it.
    ///
    /// # Errors
    /// `InvalidConfiguration` when the text is none, or of a newer version of this library.
    pub fn from_json(text: &[u8]) -> Result<Self, Error> {
        let value = Value::parse_json(text)
            .map_err(|error| broken(&format!("it is cut short or damaged: {error}")))?;
        Self::from_value(&value)
    }

    fn texts(&self) -> [(&'static str, Option<&str>); 7] {
        [
            ("connector", Some(&self.connector)),
            ("connection", Some(&self.connection)),
            ("redirectUri", Some(&self.redirect_uri)),
            ("url", Some(&self.url)),
            ("state", self.state.as_deref()),
            ("token", self.token.as_deref()),
            ("verifier", self.verifier.as_deref()),
        ]
    }

    fn to_object(&self) -> Object {
        let mut object = Object::with_capacity(12);
        object.set("format", FORMAT);
        for (key, text) in self.texts() {
            if let Some(text) = text {
                object.set(key, text);
            }
        }
        object.set("step", self.step);
        object.set("temp", pack(&self.temp));
        object.set("oauth", pack(&self.oauth.clone().into()));
        object.set("data", pack(&self.data.clone().into()));
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
        let optional = |key: &str| value.key(key).as_text().map(str::to_owned);
        let text = |key: &str| optional(key).ok_or_else(|| broken(&format!("it has no `{key}`")));
        let object = |key: &str| unpack(value.key(key)).as_object().cloned().unwrap_or_default();
        let (state, token) = (optional("state"), optional("token"));
        if state.is_none() && token.is_none() {
            return Err(broken("it has no `state`"));
        }
        Ok(Self {
            connector: text("connector")?,
            connection: text("connection")?,
            redirect_uri: text("redirectUri")?,
            url: text("url")?,
            state,
            token,
            verifier: optional("verifier"),
            step: value.key("step").as_i64().and_then(|step| step.try_into().ok()).unwrap_or_default(),
            temp: unpack(value.key("temp")),
            oauth: object("oauth"),
            data: object("data"),
        })
    }
}

fn broken(why: &str) -> Error {
    Error::new(ErrorKind::InvalidConfiguration, format!("a pending login cannot be read: {why}"))
}

serde_by_object!(PendingLogin);

impl fmt::Debug for PendingLogin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PendingLogin")
            .field("connector", &self.connector)
            .field("connection", &self.connection)
            .field("redirect_uri", &self.redirect_uri)
            .finish_non_exhaustive()
    }
}
