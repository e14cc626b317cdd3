//! Events for `tracing`: one for each request and each answer, without secrets (connector.md 6.12, rulings 36).

use tracing::Level;

use super::blotter::Blotter;
use super::build::Prepared;
use super::sanitize;
use super::send::Answer;
use crate::plan::Name;
use crate::value::Value;

/// How much of a body an event shows, in bytes.
const BODY_SHOWN: usize = 4096;

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

/// The address with the values of secret keys blotted in its query.
fn masked_url(prepared: &Prepared, request: &Value) -> String {
    let mut url = prepared.url.clone();
    if let Some(query) = request.key("qs").as_object().filter(|query| !query.is_empty()) {
        let pairs = query.iter().map(|(key, value)| format!("{key}={}", value.to_text()));
        url.set_query(Some(&pairs.collect::<Vec<_>>().join("&")));
    }
    url.into()
}

fn show(value: &Value, blotter: &Blotter) -> String {
    let text = match value.as_text() {
        Some(text) => text.to_owned(),
        None => value.to_json().unwrap_or_default(),
    };
    let mut text = blotter.blot(&text).into_owned();
    if text.len() > BODY_SHOWN {
        let end = (0..=BODY_SHOWN).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        text.truncate(end);
        text.push_str("...");
    }
    text
}
