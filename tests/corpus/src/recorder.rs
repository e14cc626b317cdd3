//! A server on a loopback port that keeps every request, and a transport that sends every request there, whatever
//! host it names.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Request as Incoming, State};
use axum::response::IntoResponse;
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Request, Response, Uri};
use linchpin::error::{Error, ErrorKind};
use linchpin::transport::{Body, BoxFuture, HttpTransport, SendOptions, Transport};
use tokio::net::TcpListener;

/// Carries the url that the engine meant past the change of host.
const MEANT: &str = "x-recorder-url";
/// A call that repeats until something comes true loses its connection after this many requests.
const ENOUGH: usize = 20;
/// No connector of a test sends more.
const MOST_BYTES: usize = 16 << 20;

/// A request as the server saw it.
#[derive(Debug, Clone)]
pub struct Seen {
    /// Its method.
    pub method: String,
    /// The url that the engine asked for.
    pub url: Uri,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub body: Bytes,
}

/// What was seen since the last [`Recorder::take`].
#[derive(Clone, Default)]
pub struct Recorder(Arc<Mutex<Vec<Seen>>>);

impl Recorder {
    /// The requests since the last call, in order.
    pub fn take(&self) -> Vec<Seen> {
        std::mem::take(&mut *self.requests())
    }

    fn requests(&self) -> MutexGuard<'_, Vec<Seen>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Starts the server and gives a transport to it. The server ends with the runtime it was started on.
    ///
    /// # Errors
    /// When no port is free.
    pub async fn start(&self) -> std::io::Result<Detour> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?.to_string();
        let app = Router::new().fallback(record).with_state(self.clone());
        tokio::spawn(async move {
            let _ = axum::serve(listener, app).await;
        });
        Ok(Detour { address, recorder: self.clone(), inner: HttpTransport::new() })
    }
}

/// Keeps a request and answers with an empty object.
async fn record(State(recorder): State<Recorder>, request: Incoming) -> impl IntoResponse {
    let (mut parts, body) = request.into_parts();
    let body = to_bytes(body, MOST_BYTES).await.unwrap_or_default();
    let meant = parts.headers.remove(MEANT);
    let url = meant.and_then(|url| Uri::try_from(url.as_bytes()).ok()).unwrap_or(parts.uri);
    let seen = Seen { method: parts.method.to_string(), url, headers: parts.headers, body };
    recorder.requests().push(seen);
    ([("content-type", "application/json")], "{}")
}

/// Sends every request to the recorder.
pub struct Detour {
    address: String,
    recorder: Recorder,
    inner: HttpTransport,
}

impl Transport for Detour {
    fn send(
        &self,
        mut request: Request<Bytes>,
        options: SendOptions,
    ) -> BoxFuture<'_, Result<Response<Body>, Error>> {
        if self.recorder.requests().len() >= ENOUGH {
            return Box::pin(async { Err(Error::new(ErrorKind::Connection, "enough was seen")) });
        }
        let path = request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned();
        if let Ok(meant) = HeaderValue::try_from(request.uri().to_string()) {
            request.headers_mut().insert(MEANT, meant);
        }
        if let Ok(uri) = Uri::try_from(format!("http://{}{path}", self.address)) {
            *request.uri_mut() = uri;
        }
        self.inner.send(request, options)
    }
}
