//! Events for `tracing`: one for each request and each answer, without secrets (connector.md 6.12, rulings 36).

use std::borrow::Cow;

use tracing::Level;

use super::blotter::{BLOT, Blotter};
use super::build::{Prepared, query};
use super::sanitize;
use super::send::Answer;
use crate::plan::Name;
use crate::value::Value;

/// How much of a body an event shows, in bytes.
const BODY_SHOWN: usize = 4096;
/// What is looked at beyond that, so that the cut goes through no secret.
const MARGIN: usize = 16 * 1024;

/// Whether anybody listens; building an event costs more than asking.
pub(crate) fn is_on() -> bool {
    tracing::enabled!(target: "linchpin", Level::DEBUG)
}

/// A request that is about to be sent.
pub(crate) fn request(module: &str, prepared: &Prepared, paths: &[Name], mut blotter: Blotter) {
    let mut tree = sanitize::tree(Some(prepared), None);
    sanitize::learn(&tree, paths, &mut blotter);
    sanitize::mask(&mut tree, paths);
    let request = tree.key("request");
    let url = masked_url(prepared, request);
    let (method, url) = (prepared.method.as_str(), blotter.blot(&url).into_owned());
    let headers = show(request.key("headers"), &blotter);
    if tracing::enabled!(target: "linchpin", Level::TRACE) {
        let body = show(request.key("body"), &blotter);
        tracing::trace!(target: "linchpin", module, method, url, headers, body, "request");
    } else {
        tracing::debug!(target: "linchpin", module, method, url, headers, "request");
    }
}

/// An answer that was read.
pub(crate) fn answer(
    module: &str,
    prepared: &Prepared,
    answer: &Answer,
    body: &Value,
    paths: &[Name],
    mut blotter: Blotter,
) {
    let mut tree = sanitize::tree(Some(prepared), Some((answer, body)));
    sanitize::learn(&tree, paths, &mut blotter);
    sanitize::mask(&mut tree, paths);
    let response = tree.key("response");
    let (status, headers) = (answer.status.as_u16(), show(response.key("headers"), &blotter));
    if tracing::enabled!(target: "linchpin", Level::TRACE) {
        let body = show(response.key("body"), &blotter);
        tracing::trace!(target: "linchpin", module, status, headers, body, "answer");
    } else {
        tracing::debug!(target: "linchpin", module, status, headers, bytes = answer.body.len(), "answer");
    }
}

/// The address, with the values of its query blotted that are masked in `request`.
fn masked_url(prepared: &Prepared, request: &Value) -> String {
    let url = prepared.url.as_str();
    let Some((place, query)) = url.split_once('?') else { return url.to_owned() };
    let masked = request.key("qs");
    let parts = query.split('&').map(|part| match part.split_once('=') {
        Some((key, _)) if masked.key(&query::key_of(part)).as_text() == Some(BLOT) => {
            Cow::Owned(format!("{key}={BLOT}"))
        }
        _ => Cow::Borrowed(part),
    });
    format!("{place}?{}", parts.collect::<Vec<_>>().join("&"))
}

fn show(value: &Value, blotter: &Blotter) -> String {
    let text = match value.as_text() {
        Some(text) => text.to_owned(),
        None => value.to_json().unwrap_or_default(),
    };
    // A long body is cut before it is searched, and again behind what may be half a secret.
    let text = text.get(..text.floor_char_boundary(BODY_SHOWN + MARGIN)).unwrap_or_default();
    let mut text = blotter.blot(text).into_owned();
    if text.len() > BODY_SHOWN {
        text.truncate(text.floor_char_boundary(BODY_SHOWN));
        text.push_str("...");
    }
    text
}
