//! How requests leave the process (rulings 25).
//!
//! The engine builds requests, follows redirects, decodes and parses answers; a [`Transport`] only sends one request
//! and hands back what arrives. The default one is `HttpTransport` over reqwest and rustls; recording, replay and
//! tests put their own in its place.

mod body;
#[cfg(feature = "http")]
mod http;
#[cfg(feature = "http")]
mod http_error;
mod origin;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use ::http::{Request, Response};
use ::url::Url;
use bytes::Bytes;

use crate::error::Error;

pub use body::Body;
#[cfg(feature = "http")]
pub(crate) use http::HttpConfig;
#[cfg(feature = "http")]
pub use http::HttpTransport;
pub use origin::Origin;

/// A future on the heap that can move between threads.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// What a request asks of the transport.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct SendOptions {
    /// Time from connecting to the last byte of the body (connector.md 6.8).
    pub timeout: Duration,
    /// PEM of the only certificates to trust, in place of the system's (connector.md 6.1, `ca`).
    pub ca: Option<Arc<str>>,
    /// Whether a certificate that cannot be trusted ends the call (`rejectUnauthorized`).
    pub reject_unauthorized: bool,
    /// Where the request comes from, if [`Transport::wants_origin`].
    pub origin: Option<Arc<Origin>>,
    /// The address as it was parsed, which saves parsing it again.
    pub(crate) url: Option<Url>,
}

impl SendOptions {
    /// The time limit of a request whose author says nothing: 40 seconds (connector.md 19).
    pub const DEFAULT_TIMEOUT: Duration = Duration::from_secs(40);
}

impl Default for SendOptions {
    fn default() -> Self {
        Self { timeout: Self::DEFAULT_TIMEOUT, ca: None, reject_unauthorized: true, origin: None, url: None }
    }
}

/// Sends one request and gives back the answer's head, with the body still to be read.
///
/// A transport neither follows redirects nor decodes bodies: the engine does both. It keeps to
/// [`SendOptions::timeout`], also while the body is read.
///
/// ```
/// use bytes::Bytes;
/// use linchpin::transport::{Body, BoxFuture, SendOptions, Transport};
/// use linchpin::error::Error;
///
/// /// Answers every request with its own body.
/// struct Echo;
///
/// impl Transport for Echo {
///     fn send(
///         &self,
///         request: http::Request<Bytes>,
///         _: SendOptions,
///     ) -> BoxFuture<'_, Result<http::Response<Body>, Error>> {
///         Box::pin(async { Ok(http::Response::new(Body::from(request.into_body()))) })
///     }
/// }
/// ```
pub trait Transport: Send + Sync + 'static {
    /// Sends `request`, whose URI is absolute.
    ///
    /// # Errors
    /// [`ErrorKind::Timeout`](crate::error::ErrorKind::Timeout) and
    /// [`ErrorKind::Connection`](crate::error::ErrorKind::Connection) as in connector.md 8.3;
    /// [`Error::with_may_have_been_sent`] says whether the server may have seen the request.
    fn send(
        &self,
        request: Request<Bytes>,
        options: SendOptions,
    ) -> BoxFuture<'_, Result<Response<Body>, Error>>;

    /// Whether it uses [`SendOptions::origin`], which costs something to tell: `false` by default.
    fn wants_origin(&self) -> bool {
        false
    }
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(
        &self,
        request: Request<Bytes>,
        options: SendOptions,
    ) -> BoxFuture<'_, Result<Response<Body>, Error>> {
        T::send(self, request, options)
    }

    fn wants_origin(&self) -> bool {
        T::wants_origin(self)
    }
}
