//! The caller's side of `fetch`: it sends what code asks for, within the network policy (rulings 40).

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::task::{Context, Poll};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, header};
use tokio::sync::mpsc::UnboundedReceiver;
use url::Url;

use super::super::network::FetchPolicy;
use super::budget::{Budget, Share};
use crate::transport::{Body, BoxFuture, SendOptions, Transport};

/// More redirects are refused.
const MOST_REDIRECTS: usize = 20;
/// Of more answers whose bodies nobody reads, the oldest are given up: each holds a connection.
const MOST_UNREAD: usize = 64;

/// What code asks for.
pub(super) enum Command {
    /// Send a request.
    Send(Outgoing),
    /// Read the body of the answer to `call`.
    Read { call: u64, id: u64 },
    /// Forget the answer to `call`.
    Abort { call: u64 },
}

/// A request as code made it.
pub(super) struct Outgoing {
    pub(super) id: u64,
    pub(super) method: String,
    pub(super) url: String,
    pub(super) headers: Vec<Vec<String>>,
    pub(super) body: Option<String>,
    pub(super) redirect: String,
    /// What the body takes of the budget.
    pub(super) share: Share,
}

/// What code is told.
pub(super) enum Event {
    Head { id: u64, head: Head },
    Body { id: u64, bytes: Vec<u8>, share: Share },
    Failed { id: u64, reason: String },
}

/// The head of an answer.
pub(super) struct Head {
    pub(super) status: u16,
    pub(super) status_text: String,
    pub(super) url: String,
    pub(super) redirected: bool,
    pub(super) headers: Vec<(String, String)>,
}

/// What requests go through.
#[derive(Clone)]
pub(super) struct Network {
    pub(super) transport: Arc<dyn Transport>,
    pub(super) policy: Arc<FetchPolicy>,
    pub(super) timeout: Duration,
    pub(super) most_bytes: usize,
    /// What all bodies of the run that are on their way may take together, both ways.
    pub(super) budget: Budget,
}

/// A finished piece of work.
enum Done {
    Head(u64, Result<(Head, Body), String>),
    Bytes(u64, Result<(Vec<u8>, Share), String>),
}

/// Requests under way.
pub(super) struct Courier {
    network: Network,
    commands: UnboundedReceiver<Command>,
    events: Sender<Event>,
    under_way: Vec<(u64, BoxFuture<'static, Done>)>,
    bodies: BTreeMap<u64, Body>,
}

impl Courier {
    pub(super) fn new(network: Network, commands: UnboundedReceiver<Command>, events: Sender<Event>) -> Self {
        Self { network, commands, events, under_way: Vec::new(), bodies: BTreeMap::new() }
    }

    /// Takes commands and moves requests on.
    pub(super) fn poll(&mut self, cx: &mut Context<'_>) {
        while let Poll::Ready(Some(command)) = self.commands.poll_recv(cx) {
            self.take(command);
        }
        let mut at = 0;
        while let Some((_, work)) = self.under_way.get_mut(at) {
            match work.as_mut().poll(cx) {
                Poll::Pending => at += 1,
                Poll::Ready(done) => {
                    drop(self.under_way.swap_remove(at));
                    self.finish(done);
                }
            }
        }
    }

    fn take(&mut self, command: Command) {
        match command {
            Command::Send(outgoing) => {
                let (network, id) = (self.network.clone(), outgoing.id);
                let work = Box::pin(async move { Done::Head(id, network.send(outgoing).await) });
                self.under_way.push((id, work));
            }
            Command::Read { call, id } => match self.bodies.remove(&call) {
                Some(body) => {
                    let (most, share) = (self.network.most_bytes, self.network.budget.share());
                    let work = Box::pin(async move { Done::Bytes(id, read(body, most, share).await) });
                    self.under_way.push((call, work));
                }
                None => {
                    let reason = format!("the body is gone: at most {MOST_UNREAD} answers wait to be read");
                    self.tell(Event::Failed { id, reason });
                }
            },
            Command::Abort { call } => {
                self.bodies.remove(&call);
                let stopped: Vec<_> = self.under_way.extract_if(.., |(of, _)| *of == call).collect();
                for _ in stopped {
                    self.tell(Event::Failed { id: call, reason: "aborted".to_owned() });
                }
            }
        }
    }

    fn finish(&mut self, done: Done) {
        match done {
            Done::Head(id, Ok((head, body))) => {
                self.bodies.insert(id, body);
                while self.bodies.len() > MOST_UNREAD {
                    self.bodies.pop_first();
                }
                self.tell(Event::Head { id, head });
            }
            Done::Bytes(id, Ok((bytes, share))) => self.tell(Event::Body { id, bytes, share }),
            Done::Head(id, Err(reason)) | Done::Bytes(id, Err(reason)) => {
                self.tell(Event::Failed { id, reason });
            }
        }
    }

    fn tell(&self, event: Event) {
        // The run may have ended: then nobody waits for it.
        let _ = self.events.send(event);
    }
}

async fn read(mut body: Body, most_bytes: usize, mut share: Share) -> Result<(Vec<u8>, Share), String> {
    let mut bytes = Vec::new();
    while let Some(part) = body.next().await {
        let part = part.map_err(|error| error.message().to_owned())?;
        if bytes.len() + part.len() > most_bytes {
            return Err(format!("the body is larger than {most_bytes} bytes"));
        }
        share.grow(part.len())?;
        bytes.extend_from_slice(&part);
    }
    Ok((bytes, share))
}

impl Network {
    async fn send(&self, outgoing: Outgoing) -> Result<(Head, Body), String> {
        let _share = outgoing.share;
        let mut url: Url = outgoing.url.parse().map_err(|error| format!("{error}"))?;
        let mut method =
            Method::from_bytes(outgoing.method.as_bytes()).map_err(|_| "no such method".to_owned())?;
        let mut headers = read_headers(&outgoing.headers)?;
        let mut body = match outgoing.body {
            Some(text) => {
                Bytes::from(STANDARD.decode(text).map_err(|_| "the body cannot be read".to_owned())?)
            }
            None => Bytes::new(),
        };
        for hop in 0..=MOST_REDIRECTS {
            self.policy.check(&url)?;
            let response = self.exchange(&url, &method, &headers, &body).await?;
            let Some(next) = redirect(&url, &response).filter(|_| outgoing.redirect != "manual") else {
                return Ok((head_of(&response, &url, hop > 0), response.into_body()));
            };
            if outgoing.redirect == "error" {
                return Err("the answer is a redirect".to_owned());
            }
            let status = response.status().as_u16();
            let becomes_get = status == 303 && method != Method::HEAD
                || matches!(status, 301 | 302) && method == Method::POST;
            if becomes_get {
                method = Method::GET;
                body = Bytes::new();
                for name in [header::CONTENT_TYPE, header::CONTENT_LENGTH, header::CONTENT_ENCODING] {
                    headers.remove(name);
                }
            }
            let next = next?;
            if next.origin() != url.origin() {
                for name in [header::AUTHORIZATION, header::COOKIE, header::PROXY_AUTHORIZATION] {
                    headers.remove(name);
                }
            }
            url = next;
        }
        Err(format!("more than {MOST_REDIRECTS} redirects"))
    }

    async fn exchange(
        &self,
        url: &Url,
        method: &Method,
        headers: &HeaderMap,
        body: &Bytes,
    ) -> Result<Response<Body>, String> {
        let mut request = Request::new(body.clone());
        *request.method_mut() = method.clone();
        let mut sent = url.clone();
        sent.set_fragment(None);
        *request.uri_mut() = sent.as_str().parse().map_err(|_| "the URL cannot be sent".to_owned())?;
        *request.headers_mut() = headers.clone();
        let options = SendOptions { timeout: self.timeout, ..SendOptions::default() };
        self.transport.send(request, options).await.map_err(|error| error.message().to_owned())
    }
}

/// Where a redirect leads; nothing when the answer is none.
fn redirect(url: &Url, response: &Response<Body>) -> Option<Result<Url, String>> {
    if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let location = response.headers().get(header::LOCATION)?;
    let location = location.to_str().map_err(|_| "the redirect cannot be read".to_owned());
    Some(location.and_then(|location| url.join(location).map_err(|error| error.to_string())))
}

fn head_of(response: &Response<Body>, url: &Url, redirected: bool) -> Head {
    let status = response.status();
    let headers = response.headers().iter();
    let headers = headers
        .map(|(name, value)| (name.to_string(), value.as_bytes().iter().copied().map(char::from).collect()));
    Head {
        status: status.as_u16(),
        status_text: status.canonical_reason().unwrap_or_default().to_owned(),
        url: url.to_string(),
        redirected,
        headers: headers.collect(),
    }
}

/// Headers of code. Those that shape the message itself are the transport's.
fn read_headers(pairs: &[Vec<String>]) -> Result<HeaderMap, String> {
    let mut headers = HeaderMap::new();
    headers.insert(header::ACCEPT, HeaderValue::from_static("*/*"));
    headers.insert(header::USER_AGENT, HeaderValue::from_static("linchpin"));
    for pair in pairs {
        let [name, value] = pair.as_slice() else { continue };
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| format!("`{name}` is no header"))?;
        let is_framing =
            [header::HOST, header::CONTENT_LENGTH, header::CONNECTION, header::TRANSFER_ENCODING];
        if is_framing.contains(&name) {
            continue;
        }
        let value =
            HeaderValue::from_str(value).map_err(|_| format!("the value of `{name}` cannot be sent"))?;
        headers.insert(name, value);
    }
    Ok(headers)
}
