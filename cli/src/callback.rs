//! Receives the browser that comes back from a login, on a loopback port (RFC 8252).

use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr};

use hyper::body::Incoming;
use hyper::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, oneshot};

/// The path that the browser comes back to.
const PATH: &str = "/callback";

/// Waits for browsers.
pub(crate) struct Listener {
    listener: TcpListener,
    address: SocketAddr,
}

/// A browser that came back, and waits for a page.
pub(crate) struct Callback {
    /// What the authorization server says: path and query.
    pub(crate) target: String,
    answer: oneshot::Sender<Page>,
}

/// What the browser shows.
struct Page {
    status: StatusCode,
    text: String,
}

impl Listener {
    /// Listens on `port`, or on any free one for 0.
    pub(crate) async fn bind(port: u16) -> Result<Self, String> {
        let failed = |error: std::io::Error| {
            format!("cannot listen on port {port} of 127.0.0.1: {error}; `--port` takes another one")
        };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        Ok(Self { listener, address })
    }

    /// Where the authorization server has to send the browser.
    pub(crate) fn redirect_uri(&self) -> String {
        format!("http://{}{PATH}", self.address)
    }

    /// The browsers, one after the other. Ends when the receiver is dropped.
    pub(crate) fn callbacks(self) -> mpsc::Receiver<Callback> {
        let (sender, receiver) = mpsc::channel(1);
        tokio::spawn(async move {
            // A browser may open connections that it does not use, so each has a task.
            while let Ok((stream, _)) = self.listener.accept().await {
                if sender.is_closed() {
                    return;
                }
                tokio::spawn(serve(stream, sender.clone()));
            }
        });
        receiver
    }
}

impl Callback {
    /// Shows that all is well.
    pub(crate) fn welcome(self) {
        self.show(StatusCode::OK, "You are logged in. You can close this window.");
    }

    /// Shows what is wrong.
    pub(crate) fn refuse(self, why: &str) {
        self.show(StatusCode::BAD_REQUEST, &format!("You are not logged in: {why}"));
    }

    fn show(self, status: StatusCode, text: &str) {
        // A browser that went away needs no page.
        let _ = self.answer.send(Page { status, text: text.to_owned() });
    }
}

async fn serve(stream: TcpStream, sender: mpsc::Sender<Callback>) {
    let service = service_fn(|request| answer(request, sender.clone()));
    // A connection that breaks is the browser's business.
    let _ = http1::Builder::new().keep_alive(false).serve_connection(TokioIo::new(stream), service).await;
}

async fn answer(
    request: Request<Incoming>,
    sender: mpsc::Sender<Callback>,
) -> Result<Response<String>, Infallible> {
    let page = if request.method() == Method::GET && request.uri().path() == PATH {
        received(&request, &sender).await
    } else {
        Page { status: StatusCode::NOT_FOUND, text: "There is nothing here.".to_owned() }
    };
    let mut response = Response::new(format!("{}\n", page.text));
    *response.status_mut() = page.status;
    // Plain text: what a server says can never run in the browser.
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert("x-content-type-options", HeaderValue::from_static("nosniff"));
    Ok(response)
}

async fn received(request: &Request<Incoming>, sender: &mpsc::Sender<Callback>) -> Page {
    let (answer, page) = oneshot::channel();
    let over = || Page { status: StatusCode::GONE, text: "This login is over.".to_owned() };
    let target = request.uri().path_and_query().map_or(PATH, |target| target.as_str()).to_owned();
    if sender.send(Callback { target, answer }).await.is_err() {
        return over();
    }
    page.await.unwrap_or_else(|_| over())
}
