//! AWS Signature Version 4.

use http::header::{AUTHORIZATION, CONTENT_TYPE, HOST, HeaderName, HeaderValue};
use percent_encoding::percent_decode_str;
use url::{Url, form_urlencoded};

use super::{Parts, encode, invalid, put_secret, required, text};
use crate::error::Error;
use crate::functions::crypto::Hash;
use crate::value::{Date, Object};

const ALGORITHM: &str = "AWS4-HMAC-SHA256";
const DATE: HeaderName = HeaderName::from_static("x-amz-date");
const TOKEN: HeaderName = HeaderName::from_static("x-amz-security-token");
const CONTENT_HASH: HeaderName = HeaderName::from_static("x-amz-content-sha256");

/// What a signature is valid for.
struct Scope {
    /// `20150830T123600Z`
    time: String,
    region: String,
    service: String,
}

impl Scope {
    fn day(&self) -> &str {
        self.time.get(..8).unwrap_or_default()
    }

    fn text(&self) -> String {
        format!("{}/{}/{}/aws4_request", self.day(), self.region, self.service)
    }
}

/// Signs with `key`, `secret`, and where given `session`, `service` and `region`.
pub(super) fn sign(settings: &Object, parts: &mut Parts<'_>, now: Date) -> Result<(), Error> {
    let key = required(settings, "key", "aws")?;
    let secret = required(settings, "secret", "aws")?;
    let (service, region) = from_host(parts.url.host_str().unwrap_or_default());
    let scope = Scope {
        time: compact(now),
        region: text(settings, "region").unwrap_or(region),
        service: text(settings, "service").unwrap_or(service),
    };
    parts.headers.insert(DATE, header(&scope.time)?);
    if let Some(session) = text(settings, "session") {
        put_secret(parts.headers, TOKEN, &session)?;
    }
    if scope.service == "s3" {
        parts.headers.insert(CONTENT_HASH, header(&hex(&Hash::Sha256.digest(parts.body)))?);
    }
    let (canonical, signed) = canonical_request(parts, &scope);
    let digest = hex(&Hash::Sha256.digest(canonical.as_bytes()));
    let to_sign = format!("{ALGORITHM}\n{}\n{}\n{digest}", scope.time, scope.text());
    let signature = hex(&mac(&signing_key(&secret, &scope)?, &to_sign)?);
    let credential = format!("{key}/{}", scope.text());
    let value = format!("{ALGORITHM} Credential={credential}, SignedHeaders={signed}, Signature={signature}");
    put_secret(parts.headers, AUTHORIZATION, &value)
}

/// Service and region as AWS writes them into its hosts (connector.md 6.10).
fn from_host(host: &str) -> (String, String) {
    let host = host.trim_end_matches(".cn").trim_end_matches(".amazonaws.com");
    let labels: Vec<&str> = host.split('.').collect();
    let (service, region) = match labels.as_slice() {
        [.., "s3", region] => ("s3", *region),
        [.., service, region] if region.contains('-') && !region.starts_with("s3-") => (*service, *region),
        [.., last] => last.strip_prefix("s3-").map_or((*last, "us-east-1"), |region| ("s3", region)),
        [] => ("", "us-east-1"),
    };
    (service.to_owned(), region.to_owned())
}

/// The canonical request and the list of the headers that it covers.
fn canonical_request(parts: &Parts<'_>, scope: &Scope) -> (String, String) {
    let mut headers: Vec<(String, String)> = parts
        .headers
        .iter()
        .filter(|(name, _)| covers(name))
        .map(|(name, value)| (name.as_str().to_owned(), folded(value)))
        .collect();
    if !parts.headers.contains_key(HOST) {
        headers.push((HOST.as_str().to_owned(), authority(parts.url)));
    }
    headers.sort();
    let signed = headers.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(";");
    let lines: String = headers.iter().map(|(name, value)| format!("{name}:{value}\n")).collect();
    let canonical = format!(
        "{}\n{}\n{}\n{lines}\n{signed}\n{}",
        parts.method,
        canonical_path(parts.url, &scope.service),
        canonical_query(parts.url),
        hex(&Hash::Sha256.digest(parts.body)),
    );
    (canonical, signed)
}

/// Proxies and the transport may touch other headers.
fn covers(name: &HeaderName) -> bool {
    *name == HOST || *name == CONTENT_TYPE || name.as_str().starts_with("x-amz-")
}

fn folded(value: &HeaderValue) -> String {
    String::from_utf8_lossy(value.as_bytes()).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn authority(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// S3 signs the path as it is sent; all other services encode it once more.
fn canonical_path(url: &Url, service: &str) -> String {
    let segment = |segment: &str| {
        let once = encode(&percent_decode_str(segment).decode_utf8_lossy());
        if service == "s3" { once } else { encode(&once) }
    };
    url.path().split('/').map(segment).collect::<Vec<_>>().join("/")
}

fn canonical_query(url: &Url) -> String {
    let query = url.query().unwrap_or_default().as_bytes();
    let mut pairs: Vec<(String, String)> =
        form_urlencoded::parse(query).map(|(key, value)| (encode(&key), encode(&value))).collect();
    pairs.sort();
    pairs.iter().map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join("&")
}

fn signing_key(secret: &str, scope: &Scope) -> Result<Vec<u8>, Error> {
    let mut key = format!("AWS4{secret}").into_bytes();
    for part in [scope.day(), &scope.region, &scope.service, "aws4_request"] {
        key = mac(&key, part)?;
    }
    Ok(key)
}

fn mac(key: &[u8], text: &str) -> Result<Vec<u8>, Error> {
    Hash::Sha256.hmac(key, text.as_bytes()).ok_or_else(|| invalid("the secret is no key"))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn header(text: &str) -> Result<HeaderValue, Error> {
    HeaderValue::from_str(text).map_err(|_| invalid("a value of the signature holds a line break"))
}

/// `20150830T123600Z`
fn compact(now: Date) -> String {
    let text = now.to_string();
    let seconds = text.split('.').next().unwrap_or_default();
    let digits: String = seconds.chars().filter(|letter| !matches!(letter, '-' | ':' | 'Z')).collect();
    format!("{digits}Z")
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;
    use http::{HeaderMap, Method};

    /// Signs as the published test cases do and gives the signature.
    fn signature(
        method: &Method,
        path: &str,
        content_type: Option<&'static str>,
        body: &'static str,
    ) -> String {
        let mut settings = Object::new();
        for (key, value) in [
            ("key", "AKIDEXAMPLE"),
            ("secret", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
            ("service", "service"),
            ("region", "us-east-1"),
        ] {
            settings.set(key, value);
        }
        let mut url = Url::parse(&format!("https://example.amazonaws.com{path}")).unwrap();
        let mut headers = HeaderMap::new();
        if let Some(content_type) = content_type {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        }
        let mut body = Bytes::from_static(body.as_bytes());
        let mut parts = Parts { method, url: &mut url, headers: &mut headers, body: &mut body };
        sign(&settings, &mut parts, Date::from_millis(1_440_938_160_000)).unwrap();
        let header = headers[AUTHORIZATION].to_str().unwrap().to_owned();
        header.rsplit('=').next().unwrap().to_owned()
    }

    /// Names and results as in AWS's published test cases for Signature Version 4.
    #[test]
    fn the_published_cases() {
        let get = |path| signature(&Method::GET, path, None, "");
        assert_eq!(
            get("/"),
            "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
            "get-vanilla"
        );
        assert_eq!(
            get("/?Param2=value2&Param1=value1"),
            "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
            "get-vanilla-query-order-key-case"
        );
        assert_eq!(
            signature(&Method::POST, "/", None, ""),
            "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
            "post-vanilla"
        );
        let form = Some("application/x-www-form-urlencoded");
        assert_eq!(
            signature(&Method::POST, "/", form, "Param1=value1"),
            "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a",
            "post-x-www-form-urlencoded"
        );
    }

    #[test]
    fn service_and_region_stand_in_the_host() {
        let pair = |service: &str, region: &str| (service.to_owned(), region.to_owned());
        assert_eq!(from_host("dynamodb.eu-west-1.amazonaws.com"), pair("dynamodb", "eu-west-1"));
        assert_eq!(from_host("files.s3.eu-central-1.amazonaws.com"), pair("s3", "eu-central-1"));
        assert_eq!(from_host("files.s3-us-west-2.amazonaws.com"), pair("s3", "us-west-2"));
        assert_eq!(from_host("iam.amazonaws.com"), pair("iam", "us-east-1"));
    }
}
