//! A transport that answers with the connector's samples.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use http::{Method, Request, Response, StatusCode};

use crate::error::{Error, ErrorKind};
use crate::plan::Sample;
use crate::transport::{Body, BoxFuture, SendOptions, Transport};

/// Answers with the connector's samples, or with what a test tells it to; nothing is sent.
///
/// `include_connector!(path = "..", samples = true)` puts `SAMPLES` beside the client: for each module bodies from which
/// its outputs come as its sample says. A list has one item, and one page. Requests without a sample get `{}`. Clones
/// share everything: keep one to look at what was asked.
#[derive(Clone, Default)]
pub struct Mock(Arc<Mutex<State>>);

/// Status and body, or the kind of a failure.
type Answer = Result<(StatusCode, Bytes), ErrorKind>;

#[derive(Default)]
struct State {
    samples: Vec<Sample>,
    told: HashMap<String, VecDeque<Answer>>,
    asked: Vec<Asked>,
}

/// A request that a mock was asked. `Debug` shows method and module alone, since the rest may hold secrets.
#[derive(Clone)]
#[non_exhaustive]
pub struct Asked {
    /// The module, RPC, endpoint or connection that asked.
    pub module: String,
    /// The method.
    pub method: Method,
    /// The whole address.
    pub url: String,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

impl Mock {
    /// Answers with these samples: the constant that the macro emits, or none.
    #[must_use]
    pub fn new(samples: &[Sample]) -> Self {
        Self(Arc::new(Mutex::new(State { samples: samples.to_vec(), ..State::default() })))
    }

    /// Answers the next request of a module (by its id in the connector) with this instead: a status, and a body as
    /// JSON. Several are used up in their order, then the sample serves again.
    pub fn answer(&self, module: &str, status: u16, json: impl Into<Bytes>) -> &Self {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        self.tell(module, Ok((status, json.into())))
    }

    /// Lets the next request of a module fail before it is sent, as a network does: with kind `Connection`, say.
    pub fn fail(&self, module: &str, kind: ErrorKind) -> &Self {
        self.tell(module, Err(kind))
    }

    /// What was asked so far.
    #[must_use]
    pub fn asked(&self) -> Vec<Asked> {
        self.state().asked.clone()
    }

    fn tell(&self, module: &str, answer: Answer) -> &Self {
        self.state().told.entry(module.to_owned()).or_default().push_back(answer);
        self
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn reply(&self, request: Request<Bytes>, options: &SendOptions) -> Result<Response<Body>, Error> {
        let mut state = self.state();
        let (module, at, page) = options
            .origin
            .as_ref()
            .map_or_else(Default::default, |origin| (origin.module.clone(), origin.request, origin.page));
        let (parts, body) = request.into_parts();
        let (method, url, headers) = (parts.method, parts.uri.to_string(), parts.headers);
        state.asked.push(Asked { module: module.clone(), method, url, headers, body });
        let told = state.told.get_mut(&module).and_then(VecDeque::pop_front);
        let (status, body) = match told {
            Some(answer) => answer.map_err(|kind| Error::new(kind, "the mock was told to fail"))?,
            None => {
                let sample =
                    state.samples.iter().find(|sample| sample.module == module && sample.request == at);
                let body = sample
                    .map(|sample| if page > 1 { sample.last_page.clone() } else { sample.body.clone() });
                (StatusCode::OK, body.unwrap_or("{}".into()).into_owned().into())
            }
        };
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = status;
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        Ok(response)
    }
}

impl Transport for Mock {
    fn wants_origin(&self) -> bool {
        true
    }

    fn send(
        &self,
        request: Request<Bytes>,
        options: SendOptions,
    ) -> BoxFuture<'_, Result<Response<Body>, Error>> {
        Box::pin(std::future::ready(self.reply(request, &options)))
    }
}

impl fmt::Debug for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Asked")
            .field("module", &self.module)
            .field("method", &self.method)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Mock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mock").field("asked", &self.state().asked).finish_non_exhaustive()
    }
}
