//! What a user comes back with from an authorization server.

use subtle::ConstantTimeEq as _;
use url::form_urlencoded;

use super::PendingLogin;
use crate::connection::oauth_error;
use crate::error::{Error, ErrorKind};
use crate::value::{Object, Value};

/// The longest callback that is looked at: what browsers and servers take is shorter.
const LONGEST: usize = 64 * 1024;

/// Reads an address, or its query.
///
/// # Errors
/// `InvalidCallback` for a parameter that is there twice (RFC 6749, 3.1): nobody could say which one counts.
pub(super) fn read(callback: &str) -> Result<Object, Error> {
    if callback.len() > LONGEST {
        return Err(invalid("the callback is longer than any callback"));
    }
    let text = callback.trim().split('#').next().unwrap_or_default();
    let query = match text.split_once('?') {
        Some((_, query)) => query,
        // An address without a query, not a query.
        None if text.starts_with('/') || text.contains("://") => "",
        None => text,
    };
    let mut pairs = Object::new();
    for (key, value) in form_urlencoded::parse(query.as_bytes()) {
        if pairs.contains_key(&key) {
            return Err(invalid(&format!(
                "the callback has {:?} twice",
                key.chars().take(40).collect::<String>()
            )));
        }
        pairs.set(&*key, &*value);
    }
    Ok(pairs)
}

/// Whether a callback belongs to a login. Values are compared in constant time, and never shown.
///
/// # Errors
/// `InvalidCallback`.
pub(super) fn check(pending: &PendingLogin, query: &Object) -> Result<(), Error> {
    let expected = [("state", &pending.state), ("oauth_token", &pending.token)];
    for (key, expected) in expected {
        let Some(expected) = expected else { continue };
        // A user who refuses comes back without the token at some services of OAuth 1.
        let found = query.get(key).map(Value::to_text);
        match found.filter(|found| !found.is_empty()) {
            None => return Err(invalid(&format!("the callback has no `{key}`"))),
            Some(found) if bool::from(found.as_bytes().ct_eq(expected.as_bytes())) => {}
            Some(_) => {
                return Err(invalid(&format!("the `{key}` of the callback is not that of this login")));
            }
        }
    }
    Ok(())
}

/// The error of a callback that says `error`, where the author does not say it himself.
pub(super) fn explain(error: Error, query: &Object) -> Error {
    let text = |key: &str| query.get(key).and_then(Value::as_text);
    let Some(code) = text("error") else { return error };
    let said = oauth_error::error(code, text("error_description"));
    let error = match error.kind() {
        ErrorKind::Runtime => error.with_kind(said.kind()),
        _ => error,
    };
    if error.message() == "Response marked as invalid." { error.with_message(said.message()) } else { error }
}

fn invalid(message: &str) -> Error {
    Error::new(ErrorKind::InvalidCallback, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(callback: &str) -> Vec<String> {
        read(callback).unwrap().keys().map(str::to_owned).collect()
    }

    #[test]
    fn all_forms_of_a_callback() {
        for callback in [
            "https://app.example/cb?code=a&state=b",
            "/cb?code=a&state=b#rest",
            "?code=a&state=b",
            " code=a&state=b ",
        ] {
            assert_eq!(keys(callback), ["code", "state"], "{callback}");
        }
        assert!(keys("https://app.example/cb").is_empty());
        assert!(keys("/cb").is_empty());
        assert_eq!(read("code=a%2Bb+c").unwrap().get("code"), Some(&Value::from("a+b c")));
    }

    #[test]
    fn what_is_there_twice_is_refused_without_being_shown() {
        let error = read("?code=secret-1&code=secret-2").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidCallback);
        assert!(!format!("{error} {error:?}").contains("secret"));
        assert_eq!(read(&"a".repeat(70_000)).unwrap_err().kind(), ErrorKind::InvalidCallback);
    }
}
