//! The transport over reqwest and rustls.

use std::collections::HashMap;
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::header::{CONTENT_LENGTH, HeaderValue, TRANSFER_ENCODING};
use http::{Method, Request, Response, Uri};
use http_body::Body as HttpBody;
use url::Url;

use super::http_error::{classify, is_handshake_failure};
use super::{Body, BoxFuture, SendOptions, Transport};
use crate::error::{Error, ErrorKind};

/// Changes the builder of each client.
pub(crate) type Configure = Arc<dyn Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync>;

/// How clients are made.
#[derive(Clone, Default)]
pub(crate) struct HttpConfig {
    pub(crate) connect_timeout: Option<Duration>,
    pub(crate) configure: Option<Configure>,
}

/// The certificates that are trusted, and whether others are refused.
type Trust = (Option<Arc<str>>, bool);

/// Clients beyond this number of certificates are dropped, so that a changing `ca` cannot fill the memory.
const MOST_CLIENTS: usize = 64;

/// Sends requests with reqwest: one pool of connections, HTTP over TLS by rustls.
///
/// reqwest sets trusted roots per client while `ca` is a directive of a request, so there is one client for each
/// certificate, made when it is first needed (rulings 25). Redirects are off: the engine follows them.
#[derive(Default)]
pub struct HttpTransport {
    config: HttpConfig,
    usual: OnceLock<reqwest::Client>,
    others: Mutex<HashMap<Trust, reqwest::Client>>,
}

impl HttpTransport {
    /// A transport with its own pool.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    pub(crate) fn with_config(config: HttpConfig) -> Self {
        Self { config, ..Self::default() }
    }

    fn client(&self, options: &SendOptions) -> Result<reqwest::Client, Error> {
        if options.ca.is_none() && options.reject_unauthorized {
            if let Some(client) = self.usual.get() {
                return Ok(client.clone());
            }
            let client = self.build(options)?;
            return Ok(self.usual.get_or_init(|| client).clone());
        }
        let key = (options.ca.clone(), options.reject_unauthorized);
        if let Some(client) = self.others.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok(client.clone());
        }
        let client = self.build(options)?;
        let mut others = self.others.lock().unwrap_or_else(PoisonError::into_inner);
        if others.len() >= MOST_CLIENTS {
            others.clear();
        }
        Ok(others.entry(key).or_insert(client).clone())
    }

    fn build(&self, options: &SendOptions) -> Result<reqwest::Client, Error> {
        choose_crypto();
        let mut builder =
            reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).http1_title_case_headers();
        if let Some(timeout) = self.config.connect_timeout {
            builder = builder.connect_timeout(timeout);
        }
        if let Some(configure) = &self.config.configure {
            builder = configure(builder).redirect(reqwest::redirect::Policy::none());
        }
        if let Some(pem) = &options.ca {
            let certificates = reqwest::Certificate::from_pem_bundle(pem.as_bytes())
                .ok()
                .filter(|found| !found.is_empty())
                .ok_or_else(|| {
                    Error::new(ErrorKind::InvalidConfiguration, "`ca` holds no PEM certificate")
                })?;
            builder = builder.tls_certs_only(certificates);
        }
        if !options.reject_unauthorized {
            builder = builder.tls_danger_accept_invalid_certs(true);
        }
        builder.build().map_err(|error| {
            Error::new(ErrorKind::InvalidConfiguration, "the HTTP client cannot be set up")
                .with_source(error.without_url())
        })
    }

    async fn attempt(&self, request: Request<Bytes>, options: SendOptions) -> Result<Response<Body>, Error> {
        let client = self.client(&options)?;
        let SendOptions { timeout, url, .. } = options;
        let classified = |error| classify(error, timeout);
        let is_secure = request.uri().scheme_str() == Some("https");
        let request = convert(request, url, timeout).map_err(classified)?;
        let again = if is_secure { request.try_clone() } else { None };
        match (client.execute(request).await, again) {
            // Some servers refuse the first handshake of many and take the second (connector.md 8.3).
            (Err(error), Some(request)) if is_handshake_failure(&error) => client.execute(request).await,
            (result, _) => result,
        }
        .map_err(classified)
        .map(|response| into_response(response, timeout))
    }
}

/// rustls needs a source of cryptography. The program's own choice goes first.
fn choose_crypto() {
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        // Another thread may have been faster, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
    }
}

/// The request in reqwest's own form. `url` is its address, parsed, unless a transport in between has changed it.
fn convert(
    request: Request<Bytes>,
    url: Option<Url>,
    timeout: Duration,
) -> Result<reqwest::Request, reqwest::Error> {
    let mut request = match url.filter(|url| is_at(request.uri(), url)) {
        None => reqwest::Request::try_from(request)?,
        Some(url) => {
            let (parts, body) = request.into_parts();
            let mut request = reqwest::Request::new(parts.method, url);
            *request.headers_mut() = parts.headers;
            *request.version_mut() = parts.version;
            *request.body_mut() = Some(body.into());
            request
        }
    };
    *request.timeout_mut() = Some(timeout);
    // Some servers refuse such a request unless it says that there is no body; hyper leaves that out.
    let is_empty = request.body().and_then(reqwest::Body::as_bytes).is_some_and(<[u8]>::is_empty);
    let may_have_one = matches!(*request.method(), Method::POST | Method::PUT | Method::PATCH);
    if is_empty && may_have_one && !request.headers().contains_key(TRANSFER_ENCODING) {
        request.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
    Ok(request)
}

/// Whether `url` is the address `uri`, letter by letter.
fn is_at(uri: &Uri, url: &Url) -> bool {
    let rest = uri.scheme_str().and_then(|scheme| url.as_str().strip_prefix(scheme)?.strip_prefix("://"));
    let rest = rest.zip(uri.authority()).and_then(|(rest, host)| rest.strip_prefix(host.as_str()));
    rest.zip(uri.path_and_query()).is_some_and(|(rest, path)| rest == path.as_str())
}

fn into_response(response: reqwest::Response, timeout: Duration) -> Response<Body> {
    let length = response.content_length();
    let (parts, body) = Response::<reqwest::Body>::from(response).into_parts();
    Response::from_parts(parts, Body::from_stream(Pieces { body, timeout }, length))
}

struct Pieces {
    body: reqwest::Body,
    timeout: Duration,
}

impl Stream for Pieces {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let frame = match Pin::new(&mut self.body).poll_frame(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(None) => return Poll::Ready(None),
                Poll::Ready(Some(Err(error))) => {
                    return Poll::Ready(Some(Err(classify(error, self.timeout))));
                }
                Poll::Ready(Some(Ok(frame))) => frame,
            };
            // Trailers carry nothing that a connector can read.
            if let Ok(data) = frame.into_data() {
                return Poll::Ready(Some(Ok(data)));
            }
        }
    }
}

impl Transport for HttpTransport {
    fn send(
        &self,
        request: Request<Bytes>,
        options: SendOptions,
    ) -> BoxFuture<'_, Result<Response<Body>, Error>> {
        Box::pin(async move { self.attempt(request, options).await })
    }
}

impl fmt::Debug for HttpTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpTransport").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A certificate for `localhost` that vouches for itself.
    const PEM: &str = include_str!("../../tests/engine/certificates/localhost.pem");
    const OTHER: &str = include_str!("../../tests/engine/certificates/other.pem");

    fn trusting(pem: &str) -> SendOptions {
        SendOptions { ca: Some(pem.into()), ..SendOptions::default() }
    }

    #[test]
    fn there_is_one_client_for_each_certificate() {
        let transport = HttpTransport::new();
        let clients = || transport.others.lock().unwrap().len();
        for (options, expected) in [
            (trusting(PEM), 1),
            (trusting(PEM), 1),
            (trusting(OTHER), 2),
            (SendOptions { reject_unauthorized: false, ..SendOptions::default() }, 3),
            (SendOptions::default(), 3),
        ] {
            transport.client(&options).unwrap();
            assert_eq!(clients(), expected);
        }
        let error = transport.client(&trusting("no certificate")).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidConfiguration);
    }

    #[test]
    fn an_address_that_a_transport_in_between_has_changed_counts() {
        let url = Url::parse("https://api.tasks.example:8443/a/b?c=d%20e").unwrap();
        let sent_to = |uri: &str| {
            let request = Request::get(uri).body(Bytes::new()).unwrap();
            convert(request, Some(url.clone()), Duration::from_secs(1)).unwrap().url().to_string()
        };
        for uri in [url.as_str(), "https://api.tasks.example:8443/a/b?c=d", "http://127.0.0.1:1/"] {
            assert_eq!(sent_to(uri), uri);
        }
    }

    #[test]
    fn a_certificate_that_changes_does_not_fill_the_memory() {
        let transport = HttpTransport::new();
        for at in 0..MOST_CLIENTS + 2 {
            transport.client(&trusting(&format!("{PEM}{}", "\n".repeat(at)))).unwrap();
        }
        assert!(transport.others.lock().unwrap().len() <= MOST_CLIENTS);
    }
}
