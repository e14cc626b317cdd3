//! Sends a request and follows redirects (connector.md 6.9, rulings 25, 35).

use std::borrow::Cow;
use std::time::Duration;

use bytes::Bytes;
use http::header::{
    ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_LENGTH,
    CONTENT_TYPE, HeaderMap, IF_MODIFIED_SINCE, IF_NONE_MATCH, LOCATION, RANGE, TRANSFER_ENCODING,
    USER_AGENT,
};
use http::{Method, Request, StatusCode, Uri};

use super::blotter::Blotter;
use super::build::Prepared;
use super::hosts;
use super::receive;
use crate::client::core::Core;
use crate::error::{Error, ErrorKind};
use crate::scope::Scope;
use crate::transport::{Body, SendOptions};

/// The most redirects of one request (connector.md 19).
const MOST_HOPS: u32 = 21;

/// An answer, read to its end.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// Sends a request, follows where it is sent on to, and reads the answer. `blotter` gives what is secret, should a
/// redirect lead elsewhere.
pub(crate) async fn exchange(
    prepared: &Prepared,
    scope: &Scope,
    core: &Core,
    blotter: impl Fn() -> Blotter + Send + Sync,
) -> Result<Answer, Error> {
    if prepared.carries_credentials && !hosts::is_home(&prepared.url, scope, core) {
        return Err(hosts::refusal(&prepared.url));
    }
    let started = core.clock.now();
    // The request as redirects have left it.
    let mut hop = Cow::Borrowed(prepared);
    let mut hops = 0;
    loop {
        let mut options = prepared.options.clone();
        if hops > 0 {
            let spent = core.clock.now().as_millis().saturating_sub(started.as_millis());
            let spent = Duration::from_millis(u64::try_from(spent).unwrap_or(0));
            options.timeout = options.timeout.saturating_sub(spent).max(Duration::from_millis(1));
        }
        let response = match transmit(&hop, options, core).await {
            // The request that led here has arrived, whatever became of this one.
            Err(error) if hops > 0 => return Err(error.with_may_have_been_sent(true)),
            sent => sent?,
        };
        let next = match location(&response) {
            Some(location) if prepared.follow => location?,
            _ => return read(&hop.method, response, core).await,
        };
        hops += 1;
        if hops > MOST_HOPS {
            return Err(Error::new(ErrorKind::Runtime, format!("more than {MOST_HOPS} redirects"))
                .with_may_have_been_sent(true));
        }
        go_on(hop.to_mut(), response.status(), &next, scope, core, &blotter)
            .map_err(|error| error.with_may_have_been_sent(true))?;
    }
}

async fn transmit(
    hop: &Prepared,
    mut options: SendOptions,
    core: &Core,
) -> Result<http::Response<Body>, Error> {
    options.url = Some(hop.url.clone());
    let uri = Uri::try_from(hop.url.as_str())
        .map_err(|error| Error::new(ErrorKind::Runtime, "Invalid URL").with_source(error))?;
    let mut request = Request::new(hop.body.clone());
    *request.method_mut() = hop.method.clone();
    *request.uri_mut() = uri;
    *request.headers_mut() = hop.headers.clone();
    core.transport.send(request, options).await
}

/// Turns a request into the one that a redirect asks for.
fn go_on(
    hop: &mut Prepared,
    status: StatusCode,
    location: &str,
    scope: &Scope,
    core: &Core,
    blotter: &(impl Fn() -> Blotter + Send + Sync),
) -> Result<(), Error> {
    let mut url = hop.url.join(location).map_err(|error| {
        Error::new(ErrorKind::Runtime, "a redirect leads to no valid address").with_source(error)
    })?;
    if !matches!(url.scheme(), "http" | "https") {
        let message = format!("a redirect leads to {}, which cannot be called", url.scheme());
        return Err(Error::new(ErrorKind::InvalidConfiguration, message));
    }
    url.set_fragment(None);
    let keeps_method = matches!(status, StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT);
    if !keeps_method && !matches!(hop.method, Method::GET | Method::HEAD) {
        hop.method = Method::GET;
        hop.body = Bytes::new();
        for name in [CONTENT_TYPE, CONTENT_LENGTH, CONTENT_ENCODING, CONTENT_LANGUAGE, TRANSFER_ENCODING] {
            hop.headers.remove(name);
        }
    }
    if !hosts::same_place(&hop.url, &url) {
        leave_credentials(&mut hop.headers);
        // What is in the body cannot be told apart by its name, so its values decide.
        if !hop.body.is_empty() && !hosts::is_home(&url, scope, core) && blotter().finds(&hop.body) {
            return Err(hosts::refusal(&url));
        }
    }
    hop.url = url;
    Ok(())
}

/// Keeps only headers that never hold credentials: an author may name the header of a key as he likes.
fn leave_credentials(headers: &mut HeaderMap) {
    const HARMLESS: [http::HeaderName; 9] = [
        ACCEPT,
        ACCEPT_ENCODING,
        ACCEPT_LANGUAGE,
        CONTENT_TYPE,
        CONTENT_ENCODING,
        IF_MODIFIED_SINCE,
        IF_NONE_MATCH,
        RANGE,
        USER_AGENT,
    ];
    let mut kept = HeaderMap::new();
    for (name, value) in &*headers {
        if HARMLESS.contains(name) {
            kept.append(name.clone(), value.clone());
        }
    }
    *headers = kept;
}

/// Where a redirect leads; `None` when the answer is none.
fn location(response: &http::Response<Body>) -> Option<Result<String, Error>> {
    if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let location = response.headers().get(LOCATION).filter(|location| !location.is_empty())?;
    // Some servers send UTF-8 here, against the rules; the parser of addresses encodes it.
    Some(String::from_utf8(location.as_bytes().to_vec()).map_err(|_| {
        Error::new(ErrorKind::Runtime, "a redirect leads to no valid address").with_may_have_been_sent(true)
    }))
}

async fn read(method: &Method, response: http::Response<Body>, core: &Core) -> Result<Answer, Error> {
    let (parts, body) = response.into_parts();
    let has_body = *method != Method::HEAD
        && !matches!(parts.status, StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED)
        && !parts.status.is_informational();
    let body = if has_body {
        receive::read(body, &parts.headers, core.response_cap)
            .await
            .map_err(|error| error.with_answer(parts.status.as_u16(), &Bytes::new()))?
    } else {
        Bytes::new()
    };
    Ok(Answer { status: parts.status, headers: parts.headers, body })
}
