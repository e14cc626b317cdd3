//! Addresses (connector.md 6.2).

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use url::Url;

use crate::codec::percent::COMPONENT;
use crate::error::{Error, ErrorKind};

/// What JavaScript's `encodeURI` encodes.
const ENCODE_URI: &AsciiSet = &COMPONENT
    .remove(b';')
    .remove(b'/')
    .remove(b'?')
    .remove(b':')
    .remove(b'@')
    .remove(b'&')
    .remove(b'=')
    .remove(b'+')
    .remove(b'$')
    .remove(b',')
    .remove(b'#');

/// What may not stand in a path or a query as it is.
const ILLEGAL: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// An address before its query is settled.
#[derive(Debug, PartialEq)]
pub(crate) struct Address {
    /// Scheme, host and path, encoded.
    pub(crate) place: String,
    /// The query that stood in the url, as written, without `?`.
    pub(crate) query: Option<String>,
}

impl Address {
    /// Puts `base` before a relative `url`, tidies the path and encodes it.
    ///
    /// # Errors
    /// `Runtime` when there is no address, `InvalidConfiguration` for schemes other than http and https.
    pub(crate) fn new(url: &str, base: Option<&str>, encode: bool) -> Result<Self, Error> {
        let full = join(url.trim(), base)?;
        let full = full.split('#').next().unwrap_or_default();
        let (place, query) = match full.split_once('?') {
            Some((place, query)) => (place, Some(query)),
            None => (full, None),
        };
        let (scheme, rest) = place.split_once("://").ok_or_else(invalid)?;
        let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let mut tidy = String::with_capacity(place.len() + 16);
        tidy.push_str(scheme);
        tidy.push_str("://");
        push_host(&mut tidy, host)?;
        push_path(&mut tidy, path, encode);
        let query = query.map(tidy_query).filter(|query| !query.is_empty());
        Ok(Self { place: tidy, query })
    }

    /// The address with `query` in place of its own.
    ///
    /// # Errors
    /// `Runtime` when the host is not one.
    pub(crate) fn finish(self, query: Option<&str>) -> Result<Url, Error> {
        let mut text = self.place;
        if let Some(query) = query.filter(|query| !query.is_empty()) {
            text.push('?');
            text.push_str(query);
        }
        Url::parse(&text).map_err(|error| invalid().with_source(error))
    }
}

/// Whether `url` names scheme and host.
pub(crate) fn is_absolute(url: &str) -> bool {
    let starts =
        |scheme: &str| url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    starts("http://") || starts("https://")
}

fn join<'a>(url: &'a str, base: Option<&str>) -> Result<Cow<'a, str>, Error> {
    if is_absolute(url) {
        return Ok(Cow::Borrowed(url));
    }
    if let Some((scheme, _)) = url.split_once("://") {
        let named = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
        if !scheme.is_empty() && scheme.chars().all(named) {
            return Err(Error::new(
                ErrorKind::InvalidConfiguration,
                format!("only http and https can be called, not {scheme}"),
            ));
        }
    }
    let base = with_scheme(base.unwrap_or_default()).ok_or_else(invalid)?;
    if !is_absolute(&base) {
        return Err(Error::new(ErrorKind::InvalidConfiguration, "`baseUrl` is not an http or https address"));
    }
    Ok(Cow::Owned(format!("{base}/{url}")))
}

/// A `baseUrl` with its scheme: where an author has written a host alone, https is meant. `None` when there is none.
pub(crate) fn with_scheme(base: &str) -> Option<Cow<'_, str>> {
    let base = base.trim();
    let bare = base.trim_start_matches('/');
    match base.contains("://") {
        _ if bare.is_empty() => None,
        true => Some(Cow::Borrowed(base)),
        false => Some(Cow::Owned(format!("https://{bare}"))),
    }
}

fn push_host(out: &mut String, host: &str) -> Result<(), Error> {
    let (user, host) = match host.rsplit_once('@') {
        Some((user, host)) => (Some(user), host),
        None => (None, host),
    };
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => (name, Some(port)),
        _ => (host, None),
    };
    let name = name.strip_suffix('.').unwrap_or(name);
    if name.is_empty() {
        return Err(invalid());
    }
    if let Some(user) = user {
        out.push_str(user);
        out.push('@');
    }
    out.push_str(name);
    if let Some(port) = port {
        out.push(':');
        out.push_str(port);
    }
    Ok(())
}

fn push_path(out: &mut String, path: &str, encode: bool) {
    let tidy = if path.contains("//") { Cow::Owned(single_slashes(path)) } else { Cow::Borrowed(path) };
    if tidy != "/" {
        out.extend(utf8_percent_encode(&tidy, if encode { ENCODE_URI } else { ILLEGAL }));
    }
}

fn single_slashes(path: &str) -> String {
    let mut tidy = String::with_capacity(path.len());
    for c in path.chars() {
        if c != '/' || !tidy.ends_with('/') {
            tidy.push(c);
        }
    }
    tidy
}

/// A second `?` is a `&`, and one without anything behind it is nothing.
fn tidy_query(query: &str) -> String {
    let parts: Vec<_> = query.split('?').filter(|part| !part.is_empty()).collect();
    utf8_percent_encode(&parts.join("&"), ILLEGAL).to_string()
}

fn invalid() -> Error {
    Error::new(ErrorKind::Runtime, "Invalid URL")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn full(url: &str, base: Option<&str>, encode: bool) -> String {
        let mut address = Address::new(url, base, encode).unwrap();
        let query = address.query.take();
        address.finish(query.as_deref()).unwrap().to_string()
    }

    #[test]
    fn relative_and_absolute() {
        let base = Some("https://api.tasks.example/v1");
        assert_eq!(full("/tasks", base, true), "https://api.tasks.example/v1/tasks");
        assert_eq!(full("tasks/", base, true), "https://api.tasks.example/v1/tasks/");
        assert_eq!(full("HTTPS://other.example//a///b", base, true), "https://other.example/a/b");
        assert_eq!(full("https://api.tasks.example.:443/", None, true), "https://api.tasks.example/");
        assert_eq!(full("http://api.tasks.example:80/a#part", None, true), "http://api.tasks.example/a");
        assert_eq!(full("/me", Some("api.tasks.example/v1"), true), "https://api.tasks.example/v1/me");
        assert_eq!(full("/me", Some("//api.tasks.example:8443"), true), "https://api.tasks.example:8443/me");
    }

    #[test]
    fn encoding_as_encode_uri() {
        let base = Some("https://api.tasks.example");
        assert_eq!(full("/f/a b", base, true), "https://api.tasks.example/f/a%20b");
        assert_eq!(full("/f/a%2Fb", base, true), "https://api.tasks.example/f/a%252Fb");
        assert_eq!(full("/f/a%2Fb", base, false), "https://api.tasks.example/f/a%2Fb");
        assert_eq!(full("/f/[ö]", base, true), "https://api.tasks.example/f/%5B%C3%B6%5D");
        assert_eq!(full("/f/ö b", base, false), "https://api.tasks.example/f/%C3%B6%20b");
    }

    #[test]
    fn own_query_is_kept() {
        let base = Some("https://api.tasks.example");
        assert_eq!(full("/t?a=1?b=2", base, true), "https://api.tasks.example/t?a=1&b=2");
        assert_eq!(full("/t?", base, true), "https://api.tasks.example/t");
        assert_eq!(full("/t?q=x y%20z", base, true), "https://api.tasks.example/t?q=x%20y%20z");
    }

    #[test]
    fn what_cannot_be_called() {
        assert_eq!(Address::new("", None, true).unwrap_err().kind(), ErrorKind::Runtime);
        assert_eq!(Address::new("/a", None, true).unwrap_err().message(), "Invalid URL");
        let other = Address::new("ftp://files.example/a", None, true).unwrap_err();
        assert_eq!(other.kind(), ErrorKind::InvalidConfiguration);
        for (base, kind) in
            [("ftp://files.example", ErrorKind::InvalidConfiguration), ("/", ErrorKind::Runtime)]
        {
            assert_eq!(Address::new("/a", Some(base), true).unwrap_err().kind(), kind, "{base}");
        }
    }
}
