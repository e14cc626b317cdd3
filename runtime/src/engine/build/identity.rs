//! Tells requests apart, so that paging can see that it runs in a circle (rulings 28).

use std::hash::{BuildHasher as _, RandomState};
use std::sync::LazyLock;

use http::Method;
use http::header::HeaderMap;
use url::Url;

use crate::value::Value;

/// Seeded once per process, so that a service cannot choose links that collide.
static HASHER: LazyLock<RandomState> = LazyLock::new(RandomState::new);

/// A number that two requests share only when they are the same. A body counts before it is written, since the
/// boundary of a multipart body is another one each time.
pub(super) fn of(method: &Method, url: &Url, headers: &HeaderMap, body: &Value, written: &[u8]) -> u64 {
    let written = if matches!(body, Value::Object(_)) { &[] } else { written };
    let mut lines: Vec<_> = headers
        .iter()
        .filter(|(name, _)| **name != http::header::CONTENT_TYPE)
        .map(|(name, value)| (name.as_str(), value.as_bytes()))
        .collect();
    lines.sort_unstable();
    let body = matches!(body, Value::Object(_)).then(|| body.to_json());
    HASHER.hash_one((method.as_str(), url.as_str(), lines, body, written))
}
