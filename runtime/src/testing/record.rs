//! A transport that notes what passes through it.

use std::fmt;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::{HeaderMap, Request, Response, StatusCode};

use super::{pretty, tape};
use crate::engine::blotter::Blotter;
use crate::engine::receive;
use crate::error::Error;
use crate::transport::{Body, BoxFuture, SendOptions, Transport};
use crate::value::{Object, Value};

/// The largest answer that is recorded.
const CAP: u64 = 64 << 20;

/// Sends requests by another transport and notes them with their answers, for [`Replay`](super::Replay).
///
/// What the client knows to be secret is blotted out by its value, wherever it stands, and what is secret by the name of
/// its header or key. Clones share the tape: keep one to save it.
///
/// ```no_run
/// # fn build(recorder: linchpin::testing::Recorder) {}
/// use linchpin::testing::Recorder;
/// use linchpin::transport::HttpTransport;
///
/// let recorder = Recorder::new(HttpTransport::new());
/// build(recorder.clone()); // Client::builder().transport(recorder.clone())
/// recorder.save("tests/fixtures/tasks.json")?;
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone)]
pub struct Recorder {
    transport: Arc<dyn Transport>,
    tape: Arc<Mutex<Tape>>,
}

/// What passed, as it was. It is cleaned when it is written, since a later answer may teach what was secret before.
#[derive(Default)]
struct Tape {
    exchanges: Vec<Exchange>,
    blotter: Blotter,
}

struct Exchange {
    request: Request<Bytes>,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl Recorder {
    /// Records what passes through `transport`.
    pub fn new(transport: impl Transport) -> Self {
        Self { transport: Arc::new(transport), tape: Arc::default() }
    }

    /// What was recorded, as the JSON of a fixture.
    #[must_use]
    pub fn to_json(&self) -> String {
        let tape = self.tape();
        let exchanges = tape.exchanges.iter().map(|exchange| {
            let Exchange { request, status, headers, body } = exchange;
            let mut object = Object::with_capacity(2);
            object.insert("request", tape::request(request, &tape.blotter));
            object.insert("response", tape::answer(*status, headers, body, &tape.blotter));
            Value::from(object)
        });
        let mut file = Object::with_capacity(1);
        file.insert("exchanges", Value::array(exchanges.collect()));
        pretty::json(&Value::from(file))
    }

    /// Writes what was recorded into a file.
    ///
    /// # Errors
    /// Those of writing a file.
    pub fn save(&self, path: impl AsRef<Path>) -> io::Result<()> {
        std::fs::write(path, self.to_json())
    }

    fn tape(&self) -> MutexGuard<'_, Tape> {
        self.tape.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Transport for Recorder {
    fn wants_origin(&self) -> bool {
        true
    }

    fn send(
        &self,
        request: Request<Bytes>,
        options: SendOptions,
    ) -> BoxFuture<'_, Result<Response<Body>, Error>> {
        Box::pin(async move {
            if let Some(origin) = &options.origin {
                self.tape().blotter.merge(&origin.blotter);
            }
            let response = self.transport.send(request.clone(), options).await?;
            let (mut parts, body) = response.into_parts();
            let body = receive::read(body, &parts.headers, CAP).await?;
            // It is decoded now.
            parts.headers.remove(http::header::CONTENT_ENCODING);
            let (status, headers) = (parts.status, parts.headers.clone());
            self.tape().exchanges.push(Exchange { request, status, headers, body: body.clone() });
            Ok(Response::from_parts(parts, Body::from(body)))
        })
    }
}

impl fmt::Debug for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recorder").field("exchanges", &self.tape().exchanges.len()).finish_non_exhaustive()
    }
}
