//! OAuth 1.0a signatures (RFC 5849; connector.md 6.11).

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, Method};
use url::{Url, form_urlencoded};

use super::{Parts, encode, invalid, is_set, put_secret, text};
use crate::error::Error;
use crate::functions::crypto::{Hash, PrivateKey};
use crate::value::{Object, Value};

/// How a request is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Method1 {
    HmacSha1,
    RsaSha1,
    Plaintext,
}

impl Method1 {
    fn name(self) -> &'static str {
        match self {
            Self::HmacSha1 => "HMAC-SHA1",
            Self::RsaSha1 => "RSA-SHA1",
            Self::Plaintext => "PLAINTEXT",
        }
    }
}

/// Where the parameters of the signature travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Carrier {
    Header,
    Query,
    Body,
}

/// `body_hash`: the default of the library that Make uses is none (connector.md 20.1, row 12).
#[derive(Clone, PartialEq)]
enum BodyHash {
    None,
    Computed,
    Given(String),
}

/// The evaluated `oauth` directive.
pub(crate) struct OAuth1 {
    /// Parameters that are sent as they are, without the prefix `oauth_`.
    sent: Vec<(&'static str, String)>,
    consumer_secret: String,
    token_secret: String,
    private_key: Option<String>,
    realm: Option<String>,
    method: Method1,
    carrier: Carrier,
    body_hash: BodyHash,
}

impl OAuth1 {
    /// Reads the evaluated directive.
    ///
    /// # Errors
    ///
    /// `InvalidConfiguration` for an unknown method or carrier, and where a key is missing.
    pub(crate) fn read(settings: &Object) -> Result<Self, Error> {
        let method = match text(settings, "signature_method").as_deref() {
            None | Some("HMAC-SHA1") => Method1::HmacSha1,
            Some("RSA-SHA1") => Method1::RsaSha1,
            Some("PLAINTEXT") => Method1::Plaintext,
            Some(other) => return Err(invalid(format!("{other:?} is not a method of OAuth 1 signatures"))),
        };
        let carrier = match text(settings, "transport_method").as_deref() {
            None | Some("header") => Carrier::Header,
            Some("query") => Carrier::Query,
            Some("body") => Carrier::Body,
            Some(other) => return Err(invalid(format!("{other:?} is no place for an OAuth 1 signature"))),
        };
        let mut sent = vec![("consumer_key", super::required(settings, "consumer_key", "oauth")?)];
        for key in ["token", "verifier", "callback"] {
            sent.extend(text(settings, key).map(|value| (key, value)));
        }
        Ok(Self {
            sent,
            consumer_secret: text(settings, "consumer_secret").unwrap_or_default(),
            token_secret: text(settings, "token_secret").unwrap_or_default(),
            private_key: text(settings, "private_key"),
            realm: text(settings, "realm"),
            method,
            carrier,
            body_hash: body_hash(settings.get("body_hash")),
        })
    }

    /// Signs a request. `timestamp` is in seconds since 1970, `nonce` is used once.
    ///
    /// # Errors
    ///
    /// `InvalidConfiguration` when the parameters cannot travel in the body, or the private key is no key.
    pub(crate) fn sign(&self, parts: &mut Parts<'_>, timestamp: i64, nonce: &str) -> Result<(), Error> {
        let is_form = is_urlencoded(parts.headers);
        if self.carrier == Carrier::Body && !(is_form && *parts.method == Method::POST) {
            return Err(invalid(
                "an OAuth 1 signature travels in the body of a POST of type `urlencoded` only",
            ));
        }
        let mut oauth = self.parameters(timestamp, nonce);
        oauth.extend(self.hash_of(parts.body, is_form).map(|hash| ("oauth_body_hash".to_owned(), hash)));
        let base = base_string(parts, &oauth, is_form);
        oauth.push(("oauth_signature".to_owned(), self.signature(&base)?));
        self.attach(parts, &oauth)
    }

    fn parameters(&self, timestamp: i64, nonce: &str) -> Vec<(String, String)> {
        let own = self.sent.iter().map(|(key, value)| (format!("oauth_{key}"), value.clone()));
        let fixed = [
            ("oauth_signature_method", self.method.name().to_owned()),
            ("oauth_timestamp", timestamp.to_string()),
            ("oauth_nonce", nonce.to_owned()),
            ("oauth_version", "1.0".to_owned()),
        ];
        own.chain(fixed.map(|(key, value)| (key.to_owned(), value))).collect()
    }

    fn hash_of(&self, body: &Bytes, is_form: bool) -> Option<String> {
        if self.method == Method1::Plaintext || is_form {
            return None;
        }
        match &self.body_hash {
            BodyHash::None => None,
            BodyHash::Computed => Some(BASE64.encode(Hash::Sha1.digest(body))),
            BodyHash::Given(hash) => Some(hash.clone()),
        }
    }

    fn signature(&self, base: &str) -> Result<String, Error> {
        let key = format!("{}&{}", encode(&self.consumer_secret), encode(&self.token_secret));
        match self.method {
            Method1::Plaintext => Ok(key),
            Method1::HmacSha1 => {
                let signature = Hash::Sha1.hmac(key.as_bytes(), base.as_bytes());
                Ok(BASE64.encode(signature.ok_or_else(|| invalid("the secrets are no key"))?))
            }
            Method1::RsaSha1 => {
                let key =
                    self.private_key.as_deref().ok_or_else(|| invalid("`oauth.private_key` is missing"))?;
                let signature = PrivateKey::from_pem(key)
                    .and_then(|key| key.sign(Hash::Sha1, base.as_bytes()))
                    .map_err(|what| invalid(format!("`oauth.private_key` cannot sign: {what}")))?;
                Ok(BASE64.encode(signature))
            }
        }
    }

    fn attach(&self, parts: &mut Parts<'_>, oauth: &[(String, String)]) -> Result<(), Error> {
        match self.carrier {
            Carrier::Header => {
                let realm = self.realm.iter().map(|realm| format!("realm=\"{realm}\""));
                let own = oauth.iter().map(|(key, value)| format!("{}=\"{}\"", encode(key), encode(value)));
                let header = format!("OAuth {}", realm.chain(own).collect::<Vec<_>>().join(", "));
                put_secret(parts.headers, AUTHORIZATION, &header)
            }
            Carrier::Query => {
                append_query(parts.url, oauth);
                Ok(())
            }
            Carrier::Body => {
                let own = joined(oauth);
                let separator = if parts.body.is_empty() { "" } else { "&" };
                let mut body = parts.body.to_vec();
                body.extend_from_slice(separator.as_bytes());
                body.extend_from_slice(own.as_bytes());
                *parts.body = Bytes::from(body);
                Ok(())
            }
        }
    }
}

fn body_hash(value: Option<&Value>) -> BodyHash {
    match value {
        Some(Value::Text(hash)) if !hash.is_empty() && hash != "true" && hash != "false" => {
            BodyHash::Given(hash.to_string())
        }
        Some(Value::Text(word)) if word == "false" => BodyHash::None,
        value if is_set(value) => BodyHash::Computed,
        _ => BodyHash::None,
    }
}

fn is_urlencoded(headers: &HeaderMap) -> bool {
    let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    content_type
        .split(';')
        .next()
        .is_some_and(|name| name.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded"))
}

/// The signature base string (RFC 5849, 3.4.1).
fn base_string(parts: &Parts<'_>, oauth: &[(String, String)], is_form: bool) -> String {
    let mut pairs: Vec<(String, String)> =
        oauth.iter().map(|(key, value)| (encode(key), encode(value))).collect();
    let mut add = |text: &[u8]| {
        pairs.extend(form_urlencoded::parse(text).map(|(key, value)| (encode(&key), encode(&value))));
    };
    add(parts.url.query().unwrap_or_default().as_bytes());
    if is_form {
        add(parts.body);
    }
    pairs.sort();
    let normal = pairs.iter().map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join("&");
    format!(
        "{}&{}&{}",
        parts.method.as_str().to_ascii_uppercase(),
        encode(&base_url(parts.url)),
        encode(&normal)
    )
}

/// The address without query and fragment; `Url` has dropped default ports and lowered the host already.
fn base_url(url: &Url) -> String {
    let mut base = url.clone();
    base.set_query(None);
    base.set_fragment(None);
    base.to_string()
}

fn append_query(url: &mut Url, oauth: &[(String, String)]) {
    let own = joined(oauth);
    let query = match url.query() {
        Some(query) if !query.is_empty() => format!("{query}&{own}"),
        _ => own,
    };
    url.set_query(Some(&query));
}

fn joined(pairs: &[(String, String)]) -> String {
    pairs
        .iter()
        .map(|(key, value)| format!("{}={}", encode(key), encode(value)))
        .collect::<Vec<_>>()
        .join("&")
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    /// The example of RFC 5849, section 3.4.1.1: a form with encoded and repeated names.
    #[test]
    fn the_base_string_of_rfc_5849() {
        let mut url = Url::parse("http://EXAMPLE.COM:80/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b").unwrap();
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
        let mut body = Bytes::from_static(b"c2&a3=2+q");
        let parts = Parts { method: &Method::POST, url: &mut url, headers: &mut headers, body: &mut body };
        let oauth = [
            ("oauth_consumer_key", "9djdj82h48djs9d2"),
            ("oauth_token", "kkk9d7dh3k39sjv7"),
            ("oauth_signature_method", "HMAC-SHA1"),
            ("oauth_timestamp", "137131201"),
            ("oauth_nonce", "7d8f3e4a"),
        ]
        .map(|(key, value)| (key.to_owned(), value.to_owned()));
        assert_eq!(
            base_string(&parts, &oauth, true),
            "POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D\
             %26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3D\
             HMAC-SHA1%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7"
        );
    }

    /// The photo example of RFC 5849, section 1.2 (without `oauth_version`, which it leaves out).
    #[test]
    fn the_signature_of_rfc_5849() {
        let settings = settings(&[
            ("consumer_key", "dpf43f3p2l4k3l03"),
            ("consumer_secret", "kd94hf93k423kf44"),
            ("token", "nnch734d00sl2jdk"),
            ("token_secret", "pfkkdhi9sl3r4s00"),
        ]);
        let oauth1 = OAuth1::read(&settings).unwrap();
        let mut url = Url::parse("http://photos.example.net/photos?file=vacation.jpg&size=original").unwrap();
        let (mut headers, mut body) = (HeaderMap::new(), Bytes::new());
        let parts = Parts { method: &Method::GET, url: &mut url, headers: &mut headers, body: &mut body };
        let mut parameters = oauth1.parameters(137_131_202, "chapoH");
        parameters.retain(|(key, _)| key != "oauth_version");
        let signature = oauth1.signature(&base_string(&parts, &parameters, false)).unwrap();
        assert_eq!(signature, "MdpQcU8iPSUjWoN/UDMsK2sui9I=");
    }

    fn settings(pairs: &[(&str, &str)]) -> Object {
        let mut settings = Object::new();
        for (key, value) in pairs {
            settings.set(*key, *value);
        }
        settings
    }

    fn signed(settings: &Object, content_type: &'static str) -> Result<(Url, HeaderMap, Bytes), Error> {
        let mut url = Url::parse("https://api.tasks.example/tasks?x=1").unwrap();
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        let mut body = Bytes::from_static(b"a=b");
        let mut parts =
            Parts { method: &Method::POST, url: &mut url, headers: &mut headers, body: &mut body };
        OAuth1::read(settings)?.sign(&mut parts, 1, "n")?;
        Ok((url, headers, body))
    }

    #[test]
    fn plaintext_in_header_query_and_body() {
        let with = |carrier: &'static str| {
            settings(&[
                ("consumer_key", "key"),
                ("consumer_secret", "a&b"),
                ("signature_method", "PLAINTEXT"),
                ("transport_method", carrier),
            ])
        };
        let form = "application/x-www-form-urlencoded";
        let (_, headers, _) = signed(&with("header"), form).unwrap();
        let header = headers[AUTHORIZATION].to_str().unwrap();
        assert!(header.starts_with("OAuth oauth_consumer_key=\"key\""), "{header}");
        assert!(header.ends_with("oauth_signature=\"a%2526b%26\""), "{header}");
        let (url, ..) = signed(&with("query"), form).unwrap();
        assert!(url.query().unwrap().starts_with("x=1&oauth_consumer_key=key&"));
        let (.., body) = signed(&with("body"), form).unwrap();
        assert!(body.starts_with(b"a=b&oauth_consumer_key=key&"));
        assert!(signed(&with("body"), "application/json").is_err());
    }

    #[test]
    fn a_body_hash_only_where_it_is_asked_for_and_allowed() {
        let mut asked = settings(&[("consumer_key", "key"), ("body_hash", "true")]);
        let header = |settings: &Object, content_type| {
            let (_, headers, _) = signed(settings, content_type).unwrap();
            headers[AUTHORIZATION].to_str().unwrap().to_owned()
        };
        // SHA-1 of `a=b`.
        assert!(
            header(&asked, "application/json").contains("oauth_body_hash=\"zP8v7ksV4LRvefhs5dHeWRY7tIM%3D\"")
        );
        assert!(!header(&asked, "application/x-www-form-urlencoded").contains("body_hash"));
        asked.set("body_hash", "given");
        assert!(header(&asked, "application/json").contains("oauth_body_hash=\"given\""));
        asked.set("body_hash", false);
        assert!(!header(&asked, "application/json").contains("body_hash"));
    }

    #[test]
    fn what_is_missing_is_named() {
        assert!(OAuth1::read(&Object::new()).err().unwrap().to_string().contains("oauth.consumer_key"));
        let unknown = settings(&[("consumer_key", "k"), ("signature_method", "MD5")]);
        assert!(OAuth1::read(&unknown).is_err());
    }
}
