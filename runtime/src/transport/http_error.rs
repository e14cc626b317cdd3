//! What reqwest's errors mean (connector.md 8.3).

use std::error::Error as StdError;
use std::io;
use std::time::Duration;

use rustls::AlertDescription;

use crate::error::{Error, ErrorKind};

/// The error that users see. The URL is left out, since its query may hold secrets.
pub(super) fn classify(error: reqwest::Error, timeout: Duration) -> Error {
    let sent = !error.is_connect() && !error.is_builder();
    let (kind, message) = if error.is_timeout() {
        (ErrorKind::Timeout, format!("no complete answer within {} ms", timeout.as_millis()))
    } else if let Some(tls) = find_tls(&error) {
        (ErrorKind::Runtime, format!("the secure connection failed: {tls}"))
    } else if error.is_builder() {
        (ErrorKind::Runtime, "the request cannot be sent as it was built".to_owned())
    } else if find::<hyper::Error>(&error).is_some_and(hyper::Error::is_parse) {
        (ErrorKind::Runtime, "the answer is not HTTP".to_owned())
    } else if error.is_body() || error.is_decode() {
        (ErrorKind::Connection, "the connection broke off within the answer".to_owned())
    } else if let Some(cause) = find::<io::Error>(&error) {
        (ErrorKind::Connection, format!("the service cannot be reached: {}", describe(cause)))
    } else {
        (ErrorKind::Connection, "the service cannot be reached".to_owned())
    };
    Error::new(kind, message).with_may_have_been_sent(sent).with_source(error.without_url())
}

/// TLS alert 40, after which one more attempt is made.
pub(super) fn is_handshake_failure(error: &reqwest::Error) -> bool {
    matches!(find_tls(error), Some(rustls::Error::AlertReceived(AlertDescription::HandshakeFailure)))
}

fn describe(cause: &io::Error) -> String {
    match cause.kind() {
        io::ErrorKind::ConnectionRefused => "connection refused".to_owned(),
        io::ErrorKind::ConnectionReset => "connection reset".to_owned(),
        io::ErrorKind::UnexpectedEof | io::ErrorKind::BrokenPipe => "connection closed".to_owned(),
        _ => cause.to_string(),
    }
}

fn find<'a, T: StdError + 'static>(error: &'a (dyn StdError + 'static)) -> Option<&'a T> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref() {
            return Some(found);
        }
        next = error.source();
    }
    None
}

/// rustls hides its error inside one of the standard library's, which does not name it as its source.
fn find_tls<'a>(error: &'a (dyn StdError + 'static)) -> Option<&'a rustls::Error> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref() {
            return Some(found);
        }
        let inner = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        next = match inner {
            Some(inner) => Some(inner as &(dyn StdError + 'static)),
            None => error.source(),
        };
    }
    None
}
