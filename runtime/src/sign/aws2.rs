//! AWS signatures of version 2, in the form of S3.

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use http::header::{AUTHORIZATION, CONTENT_TYPE, DATE, HeaderName, HeaderValue};

use super::{Parts, invalid, put_secret, required, text};
use crate::error::Error;
use crate::functions::crypto::Hash;
use crate::value::{Date, Object};

const CONTENT_MD5: HeaderName = HeaderName::from_static("content-md5");
const AMZ_DATE: HeaderName = HeaderName::from_static("x-amz-date");
const TOKEN: HeaderName = HeaderName::from_static("x-amz-security-token");

/// Keys of a query that are part of the resource.
const SUBRESOURCES: [&str; 22] = [
    "acl",
    "cors",
    "delete",
    "lifecycle",
    "location",
    "logging",
    "notification",
    "partNumber",
    "policy",
    "requestPayment",
    "response-cache-control",
    "response-content-disposition",
    "response-content-encoding",
    "response-content-language",
    "response-content-type",
    "response-expires",
    "torrent",
    "uploadId",
    "uploads",
    "versionId",
    "versioning",
    "website",
];

/// Signs with `key`, `secret`, and where given `bucket` and `session`.
pub(super) fn sign(settings: &Object, parts: &mut Parts<'_>, now: Date) -> Result<(), Error> {
    let key = required(settings, "key", "aws")?;
    let secret = required(settings, "secret", "aws")?;
    if !parts.headers.contains_key(DATE) && !parts.headers.contains_key(AMZ_DATE) {
        let date = httpdate::fmt_http_date(now.into());
        parts
            .headers
            .insert(DATE, HeaderValue::from_str(&date).map_err(|_| invalid("the clock shows no date"))?);
    }
    if let Some(session) = text(settings, "session") {
        put_secret(parts.headers, TOKEN, &session)?;
    }
    let to_sign = string_to_sign(parts, text(settings, "bucket").as_deref());
    let signature = Hash::Sha1.hmac(secret.as_bytes(), to_sign.as_bytes());
    let signature = BASE64.encode(signature.ok_or_else(|| invalid("the secret is no key"))?);
    put_secret(parts.headers, AUTHORIZATION, &format!("AWS {key}:{signature}"))
}

fn string_to_sign(parts: &Parts<'_>, bucket: Option<&str>) -> String {
    let header =
        |name: &HeaderName| parts.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    // `x-amz-date` replaces `date`, whose line stays empty.
    let date = if parts.headers.contains_key(AMZ_DATE) { "" } else { header(&DATE) };
    let mut amz: Vec<String> = parts
        .headers
        .keys()
        .filter(|name| name.as_str().starts_with("x-amz-"))
        .map(|name| format!("{name}:{}\n", header(name).trim()))
        .collect();
    amz.sort();
    format!(
        "{}\n{}\n{}\n{date}\n{}{}",
        parts.method,
        header(&CONTENT_MD5),
        header(&CONTENT_TYPE),
        amz.concat(),
        resource(parts, bucket),
    )
}

fn resource(parts: &Parts<'_>, bucket: Option<&str>) -> String {
    let bucket = bucket.map(|bucket| format!("/{bucket}")).unwrap_or_default();
    let mut query: Vec<String> = parts
        .url
        .query_pairs()
        .filter(|(key, _)| SUBRESOURCES.contains(&&**key))
        .map(|(key, value)| if value.is_empty() { key.to_string() } else { format!("{key}={value}") })
        .collect();
    query.sort();
    let mark = if query.is_empty() { "" } else { "?" };
    format!("{bucket}{}{mark}{}", parts.url.path(), query.join("&"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;
    use http::{HeaderMap, Method};
    use url::Url;

    /// The object GET of the signing page of the S3 documentation.
    #[test]
    fn the_published_get() {
        let mut settings = Object::new();
        settings.set("key", "AKIAIOSFODNN7EXAMPLE");
        settings.set("secret", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
        settings.set("bucket", "awsexamplebucket1");
        let mut url =
            Url::parse("https://awsexamplebucket1.us-west-1.s3.amazonaws.com/photos/puppy.jpg").unwrap();
        let mut headers = HeaderMap::new();
        headers.insert(DATE, HeaderValue::from_static("Tue, 27 Mar 2007 19:36:42 +0000"));
        let mut body = Bytes::new();
        let mut parts = Parts { method: &Method::GET, url: &mut url, headers: &mut headers, body: &mut body };
        sign(&settings, &mut parts, Date::from_millis(0)).unwrap();
        assert_eq!(headers[AUTHORIZATION], "AWS AKIAIOSFODNN7EXAMPLE:qgk2+6Sv9/oM7G3qLEjTH1a1l1g=");
    }

    #[test]
    fn subresources_belong_to_the_resource() {
        let mut url = Url::parse("https://files.example/x?prefix=a&uploads&acl=").unwrap();
        let (mut headers, mut body) = (HeaderMap::new(), Bytes::new());
        let parts = Parts { method: &Method::GET, url: &mut url, headers: &mut headers, body: &mut body };
        assert_eq!(resource(&parts, None), "/x?acl&uploads");
    }
}
