//! Credentials stay home: where requests that carry them may go (rulings 35).

use url::Url;

use super::build::url::with_scheme;
use super::eval;
use crate::client::core::Core;
use crate::error::{Error, ErrorKind};
use crate::scope::Scope;

/// A host that may have credentials.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Home {
    host: String,
    port: Port,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Port {
    /// 80 and 443.
    Default,
    Exactly(u16),
    Any,
}

impl Home {
    /// Reads `host` or `host:port`. Without a port, the ports of http and https are meant.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (home, port) = Self::split(text)?;
        Some(Self { host: home, port: port.map_or(Port::Default, Port::Exactly) })
    }

    /// As the builder's `allow_host` means it: without a port, every port.
    pub(crate) fn allowed(text: &str) -> Option<Self> {
        let (host, port) = Self::split(text)?;
        Some(Self { host, port: port.map_or(Port::Any, Port::Exactly) })
    }

    fn split(text: &str) -> Option<(String, Option<u16>)> {
        let text = text.trim();
        let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
        let rest = rest.split(['/', '?', '#']).next().filter(|rest| !rest.is_empty())?;
        // The parser of addresses brings names into their usual form: lower case, ASCII, IPv4 in digits.
        let url = Url::parse(&format!("http://{rest}")).ok()?;
        let port = if rest.ends_with(":80") { Some(80) } else { url.port() };
        Some((url.host_str()?.trim_end_matches('.').to_owned(), port))
    }

    /// The host of an address.
    pub(crate) fn of(url: &Url) -> Option<Self> {
        let host = url.host_str()?.trim_end_matches('.').to_owned();
        Some(Self { host, port: url.port().map_or(Port::Default, Port::Exactly) })
    }

    fn takes(&self, other: &Self) -> bool {
        self.host == other.host
            && match (self.port, other.port) {
                (Port::Any, _) => true,
                (Port::Exactly(80 | 443), Port::Default) => true,
                (own, other) => own == other,
            }
    }
}

/// Whether two addresses are one place to a credential: the same host and port, and not from https back to http.
pub(crate) fn same_place(from: &Url, to: &Url) -> bool {
    let downgrade = from.scheme() == "https" && to.scheme() == "http";
    !downgrade && Home::of(from).is_some() && Home::of(from) == Home::of(to)
}

/// Whether credentials may go to `url`.
pub(crate) fn is_home(url: &Url, scope: &Scope, core: &Core) -> bool {
    let Some(place) = Home::of(url) else { return false };
    if core.hosts.iter().any(|home| home.takes(&place)) {
        return true;
    }
    // The base URL may hold a template, such as the user's own subdomain.
    let base = core.plan.base_url.as_ref().and_then(|base| eval::text(base, scope).ok());
    let base = base.as_deref().and_then(with_scheme);
    base.and_then(|base| Url::parse(&base).ok())
        .is_some_and(|base| Home::of(&base).is_some_and(|home| home.takes(&place)))
}

/// The error for a request that may not go where it points.
pub(crate) fn refusal(url: &Url) -> Error {
    let mut host = url.host_str().unwrap_or_default().to_owned();
    if let Some(port) = url.port() {
        host = format!("{host}:{port}");
    }
    let message = format!(
        "credentials are not sent to {host}, which is no host of this connector; \
         if they belong there, say `allow_host(\"{host}\")` when the client is built"
    );
    Error::new(ErrorKind::InvalidConfiguration, message).at("url")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn takes(home: &Home, url: &str) -> bool {
        home.takes(&Home::of(&Url::parse(url).unwrap()).unwrap())
    }

    #[test]
    fn ports_and_spellings() {
        let home = Home::parse("API.tasks.example").unwrap();
        assert!(takes(&home, "https://api.tasks.example/a"));
        assert!(takes(&home, "http://api.tasks.example:80/a"));
        assert!(!takes(&home, "https://api.tasks.example:8443/a"));
        assert!(!takes(&home, "https://evil.example/api.tasks.example"));
        assert!(!takes(&home, "https://api.tasks.example@evil.example/"));
        let exact = Home::parse("https://127.0.0.1:4000/v1").unwrap();
        assert!(takes(&exact, "http://127.0.0.1:4000/x"));
        assert!(!takes(&exact, "http://127.0.0.1:4001/x"));
        let any = Home::allowed("127.0.0.1").unwrap();
        assert!(takes(&any, "http://127.0.0.1:4001/x"));
    }

    #[test]
    fn back_to_http_is_another_place() {
        let url = |text| Url::parse(text).unwrap();
        assert!(same_place(&url("http://a.example/"), &url("https://a.example/")));
        assert!(!same_place(&url("https://a.example/"), &url("http://a.example/")));
        assert!(!same_place(&url("http://a.example:1/"), &url("http://a.example:2/")));
    }
}
