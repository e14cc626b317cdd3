//! Servers on loopback ports, which remember what they were asked and end with the test.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// A request that arrived.
#[derive(Debug, Clone)]
pub struct Seen {
    pub method: String,
    /// Path and query as they were on the wire.
    pub target: String,
    pub headers: http::HeaderMap,
    pub body: Bytes,
}

impl Seen {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub fn line(&self) -> String {
        format!("{} {}", self.method, self.target)
    }
}

/// What a server answers.
pub struct Reply(http::Response<Full<Bytes>>);

impl Reply {
    pub fn new(status: u16) -> Self {
        let mut reply = http::Response::new(Full::default());
        *reply.status_mut() = http::StatusCode::from_u16(status).unwrap();
        Self(reply)
    }

    pub fn json(text: impl Into<Bytes>) -> Self {
        Self::new(200).header("content-type", "application/json").body(text)
    }

    pub fn redirect(status: u16, location: &str) -> Self {
        Self::new(status).header("location", location)
    }

    pub fn status(mut self, status: u16) -> Self {
        *self.0.status_mut() = http::StatusCode::from_u16(status).unwrap();
        self
    }

    pub fn header(mut self, name: &'static str, value: &str) -> Self {
        self.0.headers_mut().append(name, value.parse().unwrap());
        self
    }

    pub fn body(mut self, body: impl Into<Bytes>) -> Self {
        *self.0.body_mut() = Full::new(body.into());
        self
    }
}

impl From<&'static str> for Reply {
    fn from(json: &'static str) -> Self {
        Self::json(json)
    }
}

/// A server over hyper.
pub struct Server {
    pub url: String,
    /// Host and port.
    pub host: String,
    seen: Arc<Mutex<Vec<Seen>>>,
    task: JoinHandle<()>,
}

impl Server {
    pub async fn start<R: Into<Reply>>(answer: impl Fn(&Seen) -> R + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let host = listener.local_addr().unwrap().to_string();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (log, answer) = (Arc::clone(&seen), Arc::new(answer));
        let task = tokio::spawn(async move {
            let mut connections = tokio::task::JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                let (log, answer) = (Arc::clone(&log), Arc::clone(&answer));
                connections.spawn(async move {
                    let service = service_fn(move |request: http::Request<Incoming>| {
                        let (log, answer) = (Arc::clone(&log), Arc::clone(&answer));
                        async move {
                            let (parts, body) = request.into_parts();
                            let body = body
                                .collect()
                                .await
                                .map(http_body_util::Collected::to_bytes)
                                .unwrap_or_default();
                            let seen = Seen {
                                method: parts.method.to_string(),
                                target: parts.uri.to_string(),
                                headers: parts.headers,
                                body,
                            };
                            let reply = answer(&seen).into();
                            log.lock().unwrap().push(seen);
                            Ok::<_, Infallible>(reply.0)
                        }
                    });
                    let _ = hyper::server::conn::http1::Builder::new()
                        .serve_connection(TokioIo::new(stream), service)
                        .await;
                });
            }
        });
        Self { url: format!("http://{host}"), host, seen, task }
    }

    /// A server that gives its answers in turn, the last one for ever.
    pub async fn script<R: Into<Reply> + Send + 'static>(answers: Vec<R>) -> Self {
        let answers = Mutex::new(answers.into_iter().map(Some).collect::<Vec<_>>());
        let at = Mutex::new(0);
        Self::start(move |_| {
            let mut at = at.lock().unwrap();
            *at += 1;
            let mut answers = answers.lock().unwrap();
            let answer = answers.get_mut(*at - 1).and_then(Option::take);
            answer.map_or_else(|| Reply::new(500).body("the script is over"), Into::into)
        })
        .await
    }

    /// A server that answers everything with an empty collection.
    pub async fn quiet() -> Self {
        Self::start(|_| "{}").await
    }

    /// Everything that arrived.
    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    /// The only request that arrived.
    pub fn only(&self) -> Seen {
        let seen = self.seen();
        assert_eq!(seen.len(), 1, "{seen:?}");
        seen.into_iter().next().unwrap()
    }

    /// Methods and targets of everything that arrived.
    pub fn lines(&self) -> Vec<String> {
        self.seen().iter().map(Seen::line).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A server that speaks in bytes, for what no decent server does.
pub struct RawServer {
    pub url: String,
    task: JoinHandle<()>,
}

impl RawServer {
    /// Reads the head of each request, sends `answer`, then closes, or does nothing more if `hangs`.
    pub async fn start(answer: Vec<u8>, hangs: bool) -> Self {
        Self::with(move |mut stream| {
            let answer = answer.clone();
            async move {
                read_head(&mut stream).await;
                let _ = stream.write_all(&answer).await;
                if hangs {
                    std::future::pending::<()>().await;
                }
            }
        })
        .await
    }

    pub async fn with<F>(serve: impl Fn(TcpStream) -> F + Send + 'static) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let task = tokio::spawn(async move {
            let mut connections = tokio::task::JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                connections.spawn(serve(stream));
            }
        });
        Self { url, task }
    }
}

impl Drop for RawServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Reads until the empty line behind the headers.
pub async fn read_head(stream: &mut TcpStream) {
    let mut head = Vec::new();
    let mut byte = [0; 1];
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read(&mut byte).await {
            Ok(1) => head.extend_from_slice(&byte),
            _ => return,
        }
    }
}
