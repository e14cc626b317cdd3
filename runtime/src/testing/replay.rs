//! A transport that answers from a fixture.

use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::{Request, Response};

use super::{difference, tape};
use crate::engine::blotter::Blotter;
use crate::error::{Error, ErrorKind};
use crate::transport::{Body, BoxFuture, SendOptions, Transport};
use crate::value::Value;

/// Answers from what a [`Recorder`](super::Recorder) noted; nothing is sent.
///
/// An exchange answers a request with the same method, address and body, once; equal ones in their order. Secrets need
/// not be the recorded ones, since both sides are compared without them. A request that was not recorded is an error of
/// kind `InvalidConfiguration` that shows how it differs from the most similar one. Clones share what is left.
#[derive(Clone)]
pub struct Replay(Arc<Mutex<Vec<Exchange>>>);

struct Exchange {
    request: Value,
    response: Value,
    used: bool,
}

impl Replay {
    /// Reads the JSON of a fixture.
    ///
    /// # Errors
    /// `InvalidConfiguration` when it is none.
    pub fn from_json(json: &str) -> Result<Self, Error> {
        let invalid = |message: &str| Error::new(ErrorKind::InvalidConfiguration, message);
        let file = Value::parse_json(json.as_bytes())
            .map_err(|error| invalid("the fixture is not JSON").with_source(error))?;
        let exchanges = file.key("exchanges");
        let Some(exchanges) = exchanges.as_array() else {
            return Err(invalid("the fixture has no list `exchanges`"));
        };
        let exchanges = exchanges.iter().map(|exchange| Exchange {
            request: exchange.key("request").clone(),
            response: exchange.key("response").clone(),
            used: false,
        });
        Ok(Self(Arc::new(Mutex::new(exchanges.collect()))))
    }

    /// Reads a fixture from a file.
    ///
    /// # Errors
    /// `InvalidConfiguration` when it cannot be read or is no fixture.
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let text = std::fs::read_to_string(path).map_err(|error| {
            let message = format!("the fixture {} cannot be read", path.display());
            Error::new(ErrorKind::InvalidConfiguration, message).with_source(error)
        })?;
        Self::from_json(&text)
    }

    /// Methods and addresses of exchanges that no request has asked for yet.
    #[must_use]
    pub fn unused(&self) -> Vec<String> {
        self.exchanges()
            .iter()
            .filter(|exchange| !exchange.used)
            .map(|exchange| line(&exchange.request))
            .collect()
    }

    fn exchanges(&self) -> MutexGuard<'_, Vec<Exchange>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answer(&self, made: &Value) -> Result<Value, Error> {
        let mut exchanges = self.exchanges();
        let found = exchanges
            .iter_mut()
            .find(|exchange| !exchange.used && difference::is_same(&exchange.request, made));
        if let Some(exchange) = found {
            exchange.used = true;
            return Ok(exchange.response.clone());
        }
        let mut message = format!("no exchange was recorded for {}", line(made));
        if exchanges.iter().any(|exchange| exchange.used && difference::is_same(&exchange.request, made)) {
            message.push_str("\nit was recorded, but has been asked for already");
        }
        let left = exchanges.iter().filter(|exchange| !exchange.used);
        match left.max_by_key(|exchange| difference::likeness(&exchange.request, made)) {
            None => message.push_str("\nno recorded exchange is left"),
            Some(near) => {
                let (line, differs) = (line(&near.request), difference::show(&near.request, made));
                message.push_str(&format!("\nthe most similar one that is left is {line}:\n{differs}"));
            }
        }
        Err(Error::new(ErrorKind::InvalidConfiguration, message))
    }
}

fn line(request: &Value) -> String {
    format!("{} {}", request.key("method").to_text(), request.key("url").to_text())
}

impl Transport for Replay {
    fn wants_origin(&self) -> bool {
        true
    }

    fn send(
        &self,
        request: Request<Bytes>,
        options: SendOptions,
    ) -> BoxFuture<'_, Result<Response<Body>, Error>> {
        let usual = Blotter::default();
        let blotter = options.origin.as_ref().map_or(&usual, |origin| &origin.blotter);
        let answer = self.answer(&tape::request(&request, blotter));
        Box::pin(std::future::ready(answer.map(|answer| {
            let (status, headers, body) = tape::read_answer(&answer);
            let mut response = Response::new(Body::from(body));
            *response.status_mut() = status;
            *response.headers_mut() = headers;
            response
        })))
    }
}

impl fmt::Debug for Replay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Replay").field("unused", &self.unused().len()).finish_non_exhaustive()
    }
}
