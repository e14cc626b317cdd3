//! What users put around each attempt.

use std::fmt;
use std::sync::Arc;

use http::{HeaderMap, Method, StatusCode};

use crate::error::Error;
use crate::transport::BoxFuture;

/// Runs before and after each attempt: for headers of one's own, for traces and metrics, for a circuit breaker.
///
/// Several run in the order in which the builder got them before an attempt, and in the reverse order after it.
/// Redirects belong to the attempt that they follow from. Headers that are set here count as credentials: they go only
/// to hosts that may have them, and a redirect to another host leaves them behind (rulings 35). Signatures are made
/// afterwards, so that they cover what was set.
///
/// ```
/// use linchpin::error::Error;
/// use linchpin::resilience::{Attempt, Interceptor};
/// use linchpin::transport::BoxFuture;
///
/// /// Numbers the attempts for the server's log.
/// struct Numbered;
///
/// impl Interceptor for Numbered {
///     fn before<'a>(&'a self, attempt: &'a mut Attempt) -> BoxFuture<'a, Result<(), Error>> {
///         Box::pin(async {
///             let number = attempt.number().into();
///             attempt.headers_mut().insert("x-attempt", number);
///             Ok(())
///         })
///     }
/// }
/// ```
pub trait Interceptor: Send + Sync + 'static {
    /// Runs when the attempt is about to be sent, after any wait.
    ///
    /// # Errors
    /// An error ends the attempt before anything is sent, and is treated like an error of the network: the retry
    /// policy decides by [`Error::is_retryable`].
    fn before<'a>(&'a self, attempt: &'a mut Attempt) -> BoxFuture<'a, Result<(), Error>> {
        let _ = attempt;
        Box::pin(std::future::ready(Ok(())))
    }

    /// Runs when the answer was read, or when there will be none. Not run when an interceptor's `before` failed.
    fn after<'a>(
        &'a self,
        attempt: &'a Attempt,
        outcome: Result<&'a Received, &'a Error>,
    ) -> BoxFuture<'a, ()> {
        let _ = (attempt, outcome);
        Box::pin(std::future::ready(()))
    }
}

/// An attempt at a request. `Debug` shows neither headers' values, nor path and query, which may hold secrets.
#[derive(Clone)]
pub struct Attempt {
    pub(crate) module: String,
    pub(crate) number: u32,
    pub(crate) method: Method,
    pub(crate) url: String,
    pub(crate) host: String,
    pub(crate) headers: HeaderMap,
}

impl Attempt {
    /// The module, RPC, endpoint or connection that runs.
    #[must_use]
    pub fn module(&self) -> &str {
        &self.module
    }

    /// 1 for the first attempt at a request, 2 for the one that the first retry makes.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.number
    }

    /// The method.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The whole address, with its query: it may hold secrets.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The host without port.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The headers, without those that the transport or a signature adds.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The headers, to be changed.
    pub fn headers_mut(&mut self) -> &mut HeaderMap {
        &mut self.headers
    }
}

impl fmt::Debug for Attempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attempt")
            .field("module", &self.module)
            .field("number", &self.number)
            .field("method", &self.method)
            .field("host", &self.host)
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}

/// An answer that was read to its end. `Debug` does not show headers' values.
#[derive(Clone)]
pub struct Received {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: usize,
}

impl Received {
    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The size of the body, decoded.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.bytes
    }
}

impl fmt::Debug for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Received")
            .field("status", &self.status)
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("bytes", &self.bytes)
            .finish()
    }
}

/// The interceptors of a client, in order.
#[derive(Clone, Default)]
pub(crate) struct Interceptors(Vec<Arc<dyn Interceptor>>);

impl Interceptors {
    pub(crate) fn add(&mut self, interceptor: impl Interceptor) {
        self.0.push(Arc::new(interceptor));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) async fn before(&self, attempt: &mut Attempt) -> Result<(), Error> {
        for interceptor in &self.0 {
            interceptor.before(attempt).await?;
        }
        Ok(())
    }

    pub(crate) async fn after(&self, attempt: &Attempt, outcome: Result<&Received, &Error>) {
        for interceptor in self.0.iter().rev() {
            interceptor.after(attempt, outcome).await;
        }
    }
}
