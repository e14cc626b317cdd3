//! Where `fetch` may go (rulings 40).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use std::sync::Arc;
#[cfg(feature = "http")]
use std::sync::OnceLock;

use url::{Host, Url};

use crate::transport::Transport;
#[cfg(feature = "http")]
use crate::transport::{HttpConfig, HttpTransport};

/// Where `fetch` may go: by default to `http` and `https` at public addresses.
///
/// The policy is asked for the address before a request, again for each address that a name stands for, and again
/// for each redirect. With a [`Transport`](crate::transport::Transport) of the caller's own, names are resolved by
/// that transport, out of the reach of this policy: only addresses that stand literally in the URL are tested.
///
/// ```
/// use linchpin::js::FetchPolicy;
///
/// let policy = FetchPolicy::public().allow("127.0.0.1:8080").allow("intranet.example");
/// assert!(FetchPolicy::none().check(&"https://api.example/".parse()?).is_err());
/// assert!(policy.check(&"http://127.0.0.1:8080/x".parse()?).is_ok());
/// assert!(policy.check(&"http://127.0.0.1:9090/x".parse()?).is_err());
/// # Ok::<(), url::ParseError>(())
/// ```
#[derive(Debug, Clone)]
pub struct FetchPolicy {
    public: bool,
    allowed: Vec<String>,
}

impl Default for FetchPolicy {
    fn default() -> Self {
        Self::public()
    }
}

impl FetchPolicy {
    /// Public addresses only: not loopback, private, link-local or otherwise reserved ones.
    #[must_use]
    pub fn public() -> Self {
        Self { public: true, allowed: Vec::new() }
    }

    /// Nothing, except what is allowed by name.
    #[must_use]
    pub fn none() -> Self {
        Self { public: false, allowed: Vec::new() }
    }

    /// Allows a host whatever its address: `host` with every port, `host:port` with that one and no other.
    #[must_use]
    pub fn allow(mut self, host: impl Into<String>) -> Self {
        self.allowed.push(host.into().to_ascii_lowercase());
        self
    }

    /// Tests a URL, without resolving its name.
    ///
    /// # Errors
    ///
    /// The reason, in words.
    pub fn check(&self, url: &Url) -> Result<(), String> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(format!("only http and https can be fetched, not `{}`", url.scheme()));
        }
        let Some(host) = url.host() else { return Err("the URL has no host".to_owned()) };
        if self.is_allowed(url) {
            return Ok(());
        }
        if self.names(&host.to_string()) {
            // A name may stand for an inner address, which the resolver admits for all ports.
            return Err(format!(
                "`{host}` is allowed at other ports than {}",
                url.port_or_known_default().unwrap_or_default()
            ));
        }
        let is_public = match &host {
            Host::Ipv4(address) => is_public(IpAddr::V4(*address)),
            Host::Ipv6(address) => is_public(IpAddr::V6(*address)),
            Host::Domain(_) => true,
        };
        if self.public && is_public {
            return Ok(());
        }
        Err(refusal(&host.to_string()))
    }

    /// Whether a name may stand for an address.
    #[cfg(feature = "http")]
    pub(super) fn admits(&self, name: &str, address: IpAddr) -> bool {
        (self.public && is_public(address)) || self.names(name)
    }

    /// Whether an entry names the host, with or without a port: the port was tested with the URL.
    fn names(&self, name: &str) -> bool {
        let name = name.to_ascii_lowercase();
        self.allowed.iter().any(|entry| {
            entry.strip_prefix(name.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
        })
    }

    fn is_allowed(&self, url: &Url) -> bool {
        let Some(host) = url.host_str() else { return false };
        let port = url.port_or_known_default().unwrap_or_default();
        self.allowed.iter().any(|entry| {
            entry.strip_prefix(host).is_some_and(|rest| {
                rest.is_empty() || rest.strip_prefix(':').is_some_and(|own| own.parse() == Ok(port))
            })
        })
    }
}

pub(super) fn refusal(host: &str) -> String {
    format!("`{host}` is no address that code may reach; `FetchPolicy::allow` names others")
}

/// Whether an address is one of the public internet.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let is_reserved = address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_documentation()
        || address.is_multicast()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && (18..20).contains(&b));
    !is_reserved
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, c, ..] = address.segments();
    let embedded = |high: u16, low: u16| {
        let ([w, x], [y, z]) = (high.to_be_bytes(), low.to_be_bytes());
        is_public_v4(Ipv4Addr::new(w, x, y, z))
    };
    let [.., high, low] = address.segments();
    match (a, b) {
        // Addresses that carry one of the older kind are as public as that one.
        (0x0064, 0xff9b) if address.segments().get(2..6) == Some(&[0; 4]) => embedded(high, low),
        (0x2002, _) => embedded(b, c),
        (0x2001, 0x0db8 | 0x0000) => false,
        _ => match address.to_ipv4_mapped() {
            Some(older) => is_public_v4(older),
            None => a & 0xE000 == 0x2000,
        },
    }
}

/// The transport of blocks that were given none: names are resolved to admitted addresses only.
#[cfg(feature = "http")]
pub(super) fn default_transport(policy: &Arc<FetchPolicy>) -> Arc<dyn Transport> {
    static USUAL: OnceLock<Arc<HttpTransport>> = OnceLock::new();
    let make = |policy: &Arc<FetchPolicy>| {
        let resolver = Arc::new(Resolver(Arc::clone(policy)));
        let configure = move |builder: reqwest::ClientBuilder| {
            // A proxy would resolve names in place of the resolver.
            builder.dns_resolver(Arc::clone(&resolver)).no_proxy()
        };
        Arc::new(HttpTransport::with_config(HttpConfig {
            configure: Some(Arc::new(configure)),
            ..HttpConfig::default()
        }))
    };
    if policy.public && policy.allowed.is_empty() {
        return Arc::clone(USUAL.get_or_init(|| make(policy))) as Arc<dyn Transport>;
    }
    make(policy)
}

/// Without the feature `http` there is no transport of our own.
#[cfg(not(feature = "http"))]
pub(super) fn default_transport(_: &Arc<FetchPolicy>) -> Arc<dyn Transport> {
    Arc::new(NoTransport)
}

#[cfg(not(feature = "http"))]
struct NoTransport;

#[cfg(not(feature = "http"))]
impl Transport for NoTransport {
    fn send(
        &self,
        _: http::Request<bytes::Bytes>,
        _: crate::transport::SendOptions,
    ) -> crate::transport::BoxFuture<'_, Result<http::Response<crate::transport::Body>, crate::error::Error>>
    {
        let message = "there is no transport: give the block one, or enable the feature `http`";
        let error = crate::error::Error::new(crate::error::ErrorKind::InvalidConfiguration, message);
        Box::pin(async { Err(error) })
    }
}

/// Resolves names to the addresses that a policy admits, right before the connection is made.
#[cfg(feature = "http")]
struct Resolver(Arc<FetchPolicy>);

#[cfg(feature = "http")]
impl reqwest::dns::Resolve for Resolver {
    fn resolve(&self, name: reqwest::dns::Name) -> reqwest::dns::Resolving {
        let policy = Arc::clone(&self.0);
        Box::pin(async move {
            let name = name.as_str().to_owned();
            let found: Vec<_> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            let admitted: Vec<_> =
                found.into_iter().filter(|found| policy.admits(&name, found.ip())).collect();
            if admitted.is_empty() {
                return Err(refusal(&name).into());
            }
            Ok(Box::new(admitted.into_iter()) as reqwest::dns::Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allows(policy: &FetchPolicy, url: &str) -> bool {
        policy.check(&url.parse().unwrap()).is_ok()
    }

    #[test]
    fn only_public_addresses_pass() {
        let policy = FetchPolicy::public();
        for url in ["https://api.example/x", "http://8.8.8.8/", "https://[2606:4700::1111]/"] {
            assert!(allows(&policy, url), "{url}");
        }
        for url in [
            "http://127.0.0.1/",
            "http://0x7f.1/",
            "http://2130706433/",
            "http://10.0.0.1/",
            "http://172.16.0.1/",
            "http://192.168.1.1/",
            "http://169.254.169.254/latest",
            "http://100.64.0.1/",
            "http://0.0.0.0/",
            "http://[::1]/",
            "http://[::]/",
            "http://[fe80::1]/",
            "http://[fc00::1]/",
            "http://[::ffff:10.0.0.1]/",
            "http://[64:ff9b::7f00:1]/",
            "http://[2002:7f00:1::]/",
            "http://224.0.0.1/",
            "http://255.255.255.255/",
            "ftp://8.8.8.8/",
            "file:///etc/passwd",
            "data:text/plain,x",
        ] {
            assert!(!allows(&policy, url), "{url}");
        }
    }

    #[cfg(feature = "http")]
    #[test]
    fn names_are_tested_by_their_addresses() {
        let policy = FetchPolicy::public().allow("inner.example:81");
        let loopback = IpAddr::V4(Ipv4Addr::LOCALHOST);
        assert!(!policy.admits("evil.example", loopback));
        assert!(policy.admits("inner.example", loopback));
        assert!(policy.admits("evil.example", IpAddr::V4(Ipv4Addr::new(8, 8, 8, 8))));
        assert!(!allows(&FetchPolicy::none().allow("inner.example:81"), "http://inner.example/"));
        assert!(!policy.admits("inner.example.evil", loopback));
    }
}
