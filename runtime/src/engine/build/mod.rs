//! Builds requests (connector.md 6).

mod additions;
pub(crate) mod body;
pub(crate) mod headers;
mod identity;
mod multipart;
pub(crate) mod query;
pub(crate) mod rebase;
pub(crate) mod url;

pub(crate) use self::additions::Additions;

use std::sync::Arc;
use std::time::Duration;

use ::url::Url;
use bytes::Bytes;
use http::Method;
use http::header::{
    ACCEPT_ENCODING, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderValue, USER_AGENT,
};

use self::body::{Form, Written};
use self::url::Address;
use super::eval;
use super::pagination::Overlay;
use crate::client::core::Core;
use crate::error::{Error, ErrorKind};
use crate::plan::{BodyType, Request, Target, TextTemplate};
use crate::scope::{Root, Scope};
use crate::sign::{self, OAuth1, Parts};
use crate::transport::SendOptions;
use crate::value::{Object, Value};

/// The longest time limit that a connector may set (connector.md 6.8).
const LONGEST_TIMEOUT: u64 = 300_000;

/// A request that is ready to be signed and sent.
#[derive(Clone)]
pub(crate) struct Prepared {
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// The body before it was written, for logs.
    pub(crate) body_value: Value,
    pub(crate) options: SendOptions,
    /// Whether redirects are followed (connector.md 6.9).
    pub(crate) follow: bool,
    /// Tells requests apart, whatever their signatures say about the time. Meaningful only where there is paging.
    pub(crate) identity: u64,
    /// It may hold credentials, so it goes only to hosts that may have them (rulings 35).
    pub(crate) carries_credentials: bool,
}

/// Builds a request: its templates see `scope`, a page's `overlay` lies over them, and a login adds `additions`.
pub(crate) fn prepare(
    request: &Request,
    target: (&TextTemplate, Option<&TextTemplate>),
    overlay: Option<&Overlay>,
    additions: Option<&Additions>,
    scope: &Scope,
    core: &Core,
) -> Result<Prepared, Error> {
    let method = method(request, overlay, scope)?;
    let qs = eval_object(request.qs.as_ref().filter(|_| uses_parent(overlay)), scope)?;
    let mut url = build_url(request, target, overlay, qs.as_ref(), scope, core)?;
    if let Some(additions) = additions.filter(|_| matches!(method, Method::GET | Method::HEAD)) {
        additions.add_to_query(&mut url);
    }
    let mut headers = HeaderMap::new();
    let own = eval_object(request.headers.as_ref().filter(|_| uses_parent(overlay)), scope)?;
    for layer in [own.as_ref(), overlay.and_then(|overlay| overlay.headers.as_ref())].into_iter().flatten() {
        headers::overlay(&mut headers, layer).map_err(|error| error.at("headers"))?;
    }
    // Whoever sends it counts the bytes: a length that is wrong would cut the body, or wait for more of it.
    headers.remove(CONTENT_LENGTH);
    let carries_credentials = !headers.is_empty()
        || !scope.root(Root::Connection).is_nullish()
        || scope.root(Root::Common).as_object().is_some_and(|common| !common.is_empty());
    let (body_value, written) = build_body(request, &method, &headers, overlay, additions, scope)?;
    add_automatic(&mut headers, request, &url, &written, core)?;
    let url = without_user(url);
    let identity = match request.pagination {
        Some(_) => identity::of(&method, &url, &headers, &body_value, &written.bytes),
        None => 0,
    };
    let follow = request.options.follow_redirects
        && (matches!(method, Method::GET | Method::HEAD) || request.options.follow_all_redirects);
    let options = send_options(request, scope, core)?;
    Ok(Prepared {
        method,
        url,
        headers,
        body: written.bytes,
        body_value,
        identity,
        options,
        follow,
        carries_credentials,
    })
}

/// The address of a request that nobody sends, since a user is sent there: `url` and `qs`.
pub(crate) fn address(request: &Request, scope: &Scope, core: &Core) -> Result<Url, Error> {
    let Target::Url { url, base } = &request.target else {
        return Err(Error::new(ErrorKind::InvalidConfiguration, "there is no `url`").at("url"));
    };
    let qs = eval_object(request.qs.as_ref(), scope)?;
    build_url(request, (url, base.as_ref()), None, qs.as_ref(), scope, core)
}

/// Without `mergeWithParent`, a page takes qs, headers and body from `pagination` alone (connector.md 12.1).
fn uses_parent(overlay: Option<&Overlay>) -> bool {
    overlay.is_none_or(|overlay| overlay.merge)
}

/// Whether each attempt has to be signed.
pub(crate) fn is_signed(request: &Request) -> bool {
    request.oauth.is_some() || request.aws.is_some()
}

/// Signs a request that is complete otherwise (connector.md 6.10, 6.11). A signature holds for one attempt, since it
/// names the instant.
pub(crate) fn sign(
    request: &Request,
    additions: Option<&Additions>,
    scope: &Scope,
    prepared: &mut Prepared,
) -> Result<(), Error> {
    let now = scope.clock().now();
    let mut oauth = eval_object(request.oauth.as_ref(), scope).map_err(|error| error.at("oauth"))?;
    if let (Some(settings), Some(additions)) = (&mut oauth, additions) {
        additions.add_to_signing(settings);
    }
    let aws = eval_object(request.aws.as_ref(), scope).map_err(|error| error.at("aws"))?;
    let Prepared { method, url, headers, body, .. } = prepared;
    let mut parts = Parts { method, url, headers, body };
    if let Some(settings) = &oauth {
        let nonce = scope.uuid().to_text().replace('-', "");
        OAuth1::read(settings)
            .and_then(|oauth| oauth.sign(&mut parts, now.as_millis().div_euclid(1_000), &nonce))
            .map_err(|error| error.at("oauth"))?;
    }
    if let Some(settings) = &aws {
        sign::aws(settings, &mut parts, now).map_err(|error| error.at("aws"))?;
    }
    prepared.carries_credentials |= oauth.is_some() || aws.is_some();
    Ok(())
}

/// Evaluates `qs` or `headers`; what is no collection is passed over.
fn eval_object(
    template: Option<&crate::plan::ValueTemplate>,
    scope: &Scope,
) -> Result<Option<Object>, Error> {
    Ok(match eval::optional(template, scope)? {
        Some(Value::Object(object)) => Some(object),
        _ => None,
    })
}

fn method(request: &Request, overlay: Option<&Overlay>, scope: &Scope) -> Result<Method, Error> {
    let text = match (overlay.and_then(|overlay| overlay.method.as_deref()), &request.method) {
        (Some(method), _) => method.to_owned(),
        (None, Some(template)) => eval::text(template, scope)?,
        (None, None) => return Ok(Method::GET),
    };
    match text.trim() {
        "" => Ok(Method::GET),
        text => Method::from_bytes(text.to_ascii_uppercase().as_bytes()).map_err(|_| {
            Error::new(ErrorKind::Runtime, format!("{text:?} is not a method of HTTP")).at("method")
        }),
    }
}

fn build_url(
    request: &Request,
    (template, base): (&TextTemplate, Option<&TextTemplate>),
    overlay: Option<&Overlay>,
    qs: Option<&Object>,
    scope: &Scope,
    core: &Core,
) -> Result<Url, Error> {
    let link = overlay.and_then(|overlay| overlay.url.as_deref());
    let written = match link {
        Some(link) => link.to_owned(),
        None => eval::text(template, scope)?,
    };
    let written = written.trim();
    if written.is_empty() {
        return Err(Error::new(ErrorKind::Runtime, "Invalid URL").at("url"));
    }
    let moved = rebase::moved(written, scope, core);
    let written = moved.as_deref().unwrap_or(written);
    let base = match (&core.base_url, base) {
        _ if url::is_absolute(written) => None,
        (Some(base), Some(_)) => Some(base.clone()),
        (_, Some(base)) => Some(eval::text(base, scope)?),
        (_, None) => None,
    };
    let over = overlay.and_then(|overlay| overlay.qs.as_ref());
    let merged;
    let sources = match (link, over) {
        (Some(_), over) => query::Sources::Link { under: qs, over },
        (None, Some(over)) => {
            let mut both = qs.cloned().unwrap_or_default();
            both.spread(&Value::from(over.clone()));
            merged = both;
            query::Sources::Own(Some(&merged))
        }
        (None, None) => query::Sources::Own(qs),
    };
    let build = || {
        let mut address = Address::new(written, base.as_deref(), request.options.encode_url)?;
        let query = query::combine(address.query.take(), &sources, core.plan.qs_policy);
        address.finish(query.as_deref())
    };
    build().map_err(|error| error.at("url"))
}

fn build_body(
    request: &Request,
    method: &Method,
    headers: &HeaderMap,
    overlay: Option<&Overlay>,
    additions: Option<&Additions>,
    scope: &Scope,
) -> Result<(Value, Written), Error> {
    let over = overlay.and_then(|overlay| overlay.body.as_ref());
    if matches!(*method, Method::GET | Method::HEAD) || (request.body.is_none() && over.is_none()) {
        return Ok((Value::Undefined, Written::default()));
    }
    let parent = eval::optional(request.body.as_ref().filter(|_| uses_parent(overlay)), scope)?;
    let body = match (parent, over) {
        (Some(parent), None) => parent,
        (Some(mut parent @ Value::Object(_)), Some(over @ (Value::Object(_) | Value::Undefined))) => {
            parent.merge(over.clone());
            parent
        }
        (_, Some(over)) => over.clone(),
        (None, None) => Value::Undefined,
    };
    let body = match additions {
        Some(additions) => additions.add_to_body(body),
        None => body,
    };
    let form = match (Form::of(&request.body_type), &request.body_type) {
        (Some(form), _) => form,
        (None, BodyType::Template(template)) => {
            Form::find(&eval::text(template, scope)?).map_err(|error| error.at("type"))?
        }
        (None, _) => Form::Json,
    };
    let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let written =
        body::write(&body, form, content_type, scope.randomness()).map_err(|error| error.at("body"))?;
    Ok((body, written))
}

/// Headers that are sent unless the author set them.
fn add_automatic(
    headers: &mut HeaderMap,
    request: &Request,
    url: &Url,
    written: &Written,
    core: &Core,
) -> Result<(), Error> {
    let value = |text: &str| {
        HeaderValue::from_str(text).map_err(|_| Error::new(ErrorKind::Runtime, "a header cannot be sent"))
    };
    if let Some(content_type) = &written.content_type {
        match (headers.get(CONTENT_TYPE).map(HeaderValue::to_str), &written.boundary) {
            (None, _) => {
                headers.insert(CONTENT_TYPE, value(content_type)?);
            }
            (Some(Ok(own)), Some(boundary)) if multipart::is_bare(own) => {
                let complete = value(&format!("{own}; boundary={boundary}"))?;
                headers.insert(CONTENT_TYPE, complete);
            }
            _ => {}
        }
    }
    if !headers.contains_key(USER_AGENT) {
        headers.insert(USER_AGENT, core.user_agent.clone());
    }
    if request.options.gzip && !headers.contains_key(ACCEPT_ENCODING) {
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip, deflate"));
    }
    if !url.username().is_empty() && !headers.contains_key(AUTHORIZATION) {
        headers.insert(AUTHORIZATION, value(&basic(url))?);
    }
    Ok(())
}

/// A name and password that stand in the address travel as basic authentication.
fn basic(url: &Url) -> String {
    use base64::Engine as _;
    let decode = |text: &str| percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned();
    let pair = format!("{}:{}", decode(url.username()), decode(url.password().unwrap_or_default()));
    format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(pair))
}

fn without_user(mut url: Url) -> Url {
    if !url.username().is_empty() || url.password().is_some() {
        // Neither can fail for an address that has a host, and every http address has one.
        let _ = url.set_username("");
        let _ = url.set_password(None);
    }
    url
}

fn send_options(request: &Request, scope: &Scope, core: &Core) -> Result<SendOptions, Error> {
    let mut options = SendOptions::default();
    let limit = |millis: u64| Duration::from_millis(millis.clamp(1, LONGEST_TIMEOUT));
    options.timeout = match (request.options.timeout, core.timeout, core.plan.limits.timeout) {
        (Some(own), _, _) => limit(own),
        (None, Some(builder), _) => builder,
        (None, None, Some(common)) => limit(common),
        (None, None, None) => SendOptions::DEFAULT_TIMEOUT,
    };
    if let Some(ca) = &request.ca {
        let pem = eval::text(ca, scope)?;
        options.ca = (!pem.trim().is_empty()).then(|| Arc::from(pem));
    }
    options.reject_unauthorized = request.options.reject_unauthorized;
    Ok(options)
}
