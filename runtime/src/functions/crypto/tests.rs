//! Hashes, signatures and tokens as templates call them. Expected values were made with Node's `crypto`.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::*;
use crate::clock::ManualClock;
use crate::error::Error;
use crate::functions::Function;
use crate::scope::Scope;
use crate::value::{Date, Value};

fn call(function: Function, args: &[Value]) -> Result<Value, Error> {
    let mut scope = Scope::new();
    scope.set_clock(Arc::new(ManualClock::new(Date::from_millis(1_700_000_000_900))));
    let args: Vec<&Value> = args.iter().collect();
    function(scope.at("test"), &args)
}

fn text(function: Function, args: &[Value]) -> String {
    call(function, args).unwrap().to_text().to_string()
}

fn error(function: Function, args: &[Value]) -> String {
    format!("{:?}", call(function, args).unwrap_err())
}

fn t(text: &str) -> Value {
    Value::from(text)
}

fn json(text: &str) -> Value {
    Value::parse_json(text.as_bytes()).unwrap()
}

/// Header and payload of a token.
fn decoded(token: &str) -> (String, String) {
    let mut parts = token
        .split('.')
        .map(|part| String::from_utf8_lossy(&URL_SAFE_NO_PAD.decode(part).unwrap()).into_owned());
    (parts.next().unwrap(), parts.next().unwrap())
}

#[test]
fn digests_and_their_encodings() {
    assert_eq!(text(md5, &[t("ada@example.com")]), "3e3417d7ef77d5932a6734b916515ed5");
    assert_eq!(text(sha256, &[t("body"), t("base64")]), "Iw2DWNyOiJC0xY3utikS7i8gNXrpKlzIYbmOaP4xrLU=");
    let latin1 = text(sha1, &[t("body"), t("latin1")]);
    assert_eq!((latin1.chars().count(), latin1.chars().all(|char| u32::from(char) < 256)), (20, true));
    assert_eq!(text(sha1, &[Value::from(12), Value::Null]), text(sha1, &[t("12"), t("hex")]));
    assert_eq!(text(md5, &[Value::from(vec![0xE9])]), text(md5, &[Value::from(vec![0xE9])]));
    assert_ne!(text(md5, &[Value::from(vec![0xE9])]), text(md5, &[t("é")]));
    for function in [md5 as Function, sha1, sha256, sha512] {
        assert!(matches!(call(function, &[Value::Undefined]), Ok(Value::Null)));
    }
}

#[test]
fn keys_make_hmacs() {
    let expected = [
        (sha1 as Function, "948712315a26f628cb771b1da42bcaf844f1fda7"),
        (sha256, "d1ea9976ce1627b0f365f25aa21201b197888fe74863ebf08716ab825cf9bfd5"),
        (
            sha512,
            "39c1b6c068ff373a8559b2ab63747d24678a68c389a0906ade8a919d2d35a07338cfcda3421ee2d638a44f5519e5bc170a95901827ebc4561efc5ee1275a25fd",
        ),
    ];
    for (function, hmac) in expected {
        let keys = [
            (t("010203"), "hex"),
            (t("AQID"), "base64"),
            (t("\u{1}\u{2}\u{3}"), "text"),
            (Value::from(vec![1, 2, 3]), "binary"),
        ];
        for (key, encoding) in keys {
            assert_eq!(text(function, &[t("čaj"), t("hex"), key, t(encoding)]), hmac, "{encoding}");
        }
        assert_eq!(text(function, &[t("čaj"), Value::Null, Value::from(vec![1, 2, 3])]), hmac);
        assert_eq!(text(function, &[t("čaj"), t(""), t("")]), text(function, &[t("čaj")]));
    }
}

#[test]
fn wrong_encodings_are_errors() {
    assert!(error(sha256, &[t("x"), t("base32")]).contains("sha256, argument 2"));
    assert!(error(sha256, &[t("x"), t("utf8")]).contains("argument 2"));
    assert!(error(sha256, &[t("x"), t("hex"), t("k"), t("base32")]).contains("argument 4"));
    assert!(error(sha256, &[t("x"), t("hex"), t("k"), t("binary")]).contains("must be a buffer"));
}

#[test]
fn tokens_keep_the_order_of_their_payload() {
    let payload = json(r#"{"z": 1, "a": {"b": [true, null]}, "2": "č"}"#);
    let token = text(jwt, &[payload, t("secret")]);
    let (header, claims) = decoded(&token);
    assert_eq!(header, r#"{"alg":"HS256","typ":"JWT"}"#);
    // Keys that are numbers come first, as in all JSON of JavaScript.
    assert_eq!(claims, r#"{"2":"č","z":1,"a":{"b":[true,null]}}"#);
    let ada = json(r#"{"sub": "ada"}"#);
    let expected =
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhZGEifQ.Sh6ESZwQjBX8ksVPFhO9Ron-u0W8iIQD3o31FSYgtQk";
    for algorithm in [Value::Undefined, t(""), t("HS256")] {
        assert_eq!(text(jwt, &[ada.clone(), t("key"), algorithm]), expected);
    }
    assert_eq!(text(jwt, &[ada, Value::from(b"key".to_vec())]), expected);
}

#[test]
fn options_add_to_header_and_claims() {
    let token = |payload: &str, options: &str| {
        decoded(&text(jwt, &[json(payload), t("key"), t("HS512"), json(options)]))
    };
    let (header, claims) = token("{}", r#"{"header": {"cty": "x", "typ": "at+jwt"}, "keyid": "7"}"#);
    assert_eq!((&*header, &*claims), (r#"{"alg":"HS512","typ":"at+jwt","kid":"7","cty":"x"}"#, "{}"));
    let (_, claims) = token(
        r#"{"a": 1}"#,
        r#"{"jwtid": "j", "subject": "s", "issuer": "i", "audience": ["x", "y"], "expiresIn": "1h", "notBefore": -5, "mutatePayload": false}"#,
    );
    assert_eq!(
        claims,
        r#"{"a":1,"nbf":1699999995,"exp":1700003600,"aud":["x","y"],"iss":"i","sub":"s","jti":"j"}"#
    );
    assert_eq!(token(r#"{"iat": 100}"#, r#"{"expiresIn": 60}"#).1, r#"{"iat":100,"exp":160}"#);
    assert_eq!(token(r#"{"iat": 100}"#, r#"{"expiresIn": "1500ms"}"#).1, r#"{"iat":100,"exp":101}"#);
    assert_eq!(token(r#"{"iat": 100.5}"#, r#"{"expiresIn": 60}"#).1, r#"{"iat":100.5,"exp":160.5}"#);
    assert_eq!(token(r#"{"iat": 100, "a": 1}"#, r#"{"noTimestamp": true}"#).1, r#"{"a":1}"#);
    assert_eq!(token(r#"{"a": 1}"#, r#"{"noTimestamp": false}"#).1, r#"{"a":1,"iat":1700000000}"#);
    assert_eq!(token(r#"{"a": 1}"#, r#"{"issuer": null, "encoding": "utf-8"}"#).1, r#"{"a":1}"#);
}

#[test]
fn payloads_may_be_text() {
    let (header, payload) = decoded(&text(jwt, &[t("plain"), t("key")]));
    assert_eq!((&*header, &*payload), (r#"{"alg":"HS256"}"#, "plain"));
    assert!(
        error(jwt, &[t("plain"), t("key"), Value::Null, json(r#"{"issuer": "i"}"#)]).contains("argument 4")
    );
}

#[test]
fn wrong_arguments_of_tokens_are_errors() {
    let empty = || json("{}");
    for payload in [Value::Undefined, Value::Null, Value::empty_array()] {
        assert!(error(jwt, &[payload, t("key")]).contains("jwt, argument 1"));
    }
    for key in [Value::Undefined, t(""), Value::EmptyText] {
        assert!(error(jwt, &[empty(), key]).contains("argument 2: a key is needed"));
    }
    for algorithm in ["none", "hs256", "RS512", "ES256"] {
        assert!(error(jwt, &[empty(), t("key"), t(algorithm)]).contains("argument 3"));
    }
    let options = [
        r#"[]"#,
        r#"{"unheard": 1}"#,
        r#"{"expiresIn": 1.5}"#,
        r#"{"expiresIn": "soon"}"#,
        r#"{"expiresIn": ""}"#,
        r#"{"audience": 1}"#,
        r#"{"issuer": 1}"#,
        r#"{"header": "x"}"#,
        r#"{"header": {"alg": "none"}}"#,
        r#"{"noTimestamp": "yes"}"#,
        r#"{"encoding": "hex"}"#,
    ];
    for options in options {
        let error = error(jwt, &[empty(), t("key"), Value::Null, json(options)]);
        assert!(error.contains("argument 4"), "{options}: {error}");
    }
    for (payload, options) in [
        (r#"{"exp": 1}"#, r#"{"expiresIn": 1}"#),
        (r#"{"nbf": 1}"#, r#"{"notBefore": 1}"#),
        (r#"{"iss": null}"#, r#"{"issuer": "i"}"#),
        (r#"{"exp": "1"}"#, "{}"),
        (r#"{"iat": "1"}"#, "{}"),
    ] {
        assert!(
            call(jwt, &[json(payload), t("key"), Value::Null, json(options)]).is_err(),
            "{payload} {options}"
        );
    }
}

#[test]
fn key_ids_are_thumbprints() {
    let token = |args: &[Value]| decoded(&text(generate_jwt_with_key_id, args)).0;
    let key = "{\"k\":\"a2V5\",\"kty\":\"oct\"}";
    let sha256 = URL_SAFE_NO_PAD.encode(hash::Hash::Sha256.digest(key.as_bytes()));
    let sha384 = URL_SAFE_NO_PAD.encode(hash::Hash::Sha384.digest(key.as_bytes()));
    let header = token(&[json("{}"), t("key")]);
    assert_eq!(header, format!(r#"{{"alg":"HS512","typ":"JWT","kid":"{sha256}"}}"#));
    let header = token(&[json("{}"), t("key"), t("HS256"), t("HS384"), json(r#"{"keyid": "x"}"#)]);
    assert_eq!(header, format!(r#"{{"alg":"HS256","typ":"JWT","kid":"{sha384}"}}"#));
    assert!(
        error(generate_jwt_with_key_id, &[json("{}"), t("key"), Value::Null, t("RS256")])
            .contains("argument 4")
    );
    assert!(error(generate_jwt_with_key_id, &[json("{}"), Value::Null]).contains("a key is needed"));
    let wrong_option = [json("{}"), t("key"), Value::Null, Value::Null, json(r#"{"x": 1}"#)];
    assert!(error(generate_jwt_with_key_id, &wrong_option).contains("argument 5"));
}

#[test]
fn wrong_arguments_of_signatures_are_errors() {
    let key = || t("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----");
    assert!(error(crypto_sign, &[t("RSA-SHA3"), t("x"), key()]).contains("cryptoSign, argument 1"));
    assert!(error(crypto_sign, &[Value::Null, t("x"), key()]).contains("argument 1"));
    assert!(error(crypto_sign, &[t("sha256"), Value::Null, key()]).contains("argument 2"));
    assert!(error(crypto_sign, &[t("sha256"), t("x"), key()]).contains("argument 3"));
    assert!(error(crypto_sign, &[t("sha256"), t("x"), t("hunter2")]).contains("argument 3"));
    assert!(!error(crypto_sign, &[t("sha256"), t("x"), t("hunter2")]).contains("hunter2"));
    assert!(error(crypto_sign, &[t("sha256"), t("x"), key(), t("base32")]).contains("argument 4"));
}

#[cfg(feature = "rsa")]
mod rsa {
    use super::super::hash::Hash;
    use super::*;

    const PKCS1: &str = include_str!("../../../tests/keys/rsa-2048-pkcs1.pem");
    const PKCS8: &str = include_str!("../../../tests/keys/rsa-2048-pkcs8.pem");
    const SHORT: &str = include_str!("../../../tests/keys/rsa-1024-pkcs1.pem");

    #[test]
    fn signatures_are_those_of_openssl() {
        let cases = [
            ("RSA-MD5", "975c2298b75363ef5ad4f222993c53aa"),
            ("RSA-SHA1", "0897542315feb45baa5fedb93fff7f9c"),
            ("sha224", "7ae2911182f86e53586a3a5f1c239fe4"),
            ("RSA-SHA384", "9c5b7756c06ecb64cce8bb10afcf8f2e"),
            ("rsa-sha-512", "2d66a4134d56d8c3b77f4142481d961d"),
            ("sha256WithRSAEncryption", "93b4ca0d2c0eecc450b316437cd46867"),
        ];
        for (algorithm, expected) in cases {
            let signature = text(crypto_sign, &[t(algorithm), t("data"), t(SHORT)]);
            assert_eq!((signature.len(), signature.get(..32)), (256, Some(expected)), "{algorithm}");
        }
        let data = Value::from(b"data".to_vec());
        let [hex, base64, base64url] = ["", "base64", "base64url"]
            .map(|encoding| text(crypto_sign, &[t("sha1"), data.clone(), t(SHORT), t(encoding)]));
        assert!(hex.starts_with("0897542315feb45b"));
        assert_eq!(base64.len(), 172);
        assert_eq!(base64url, base64.replace('+', "-").replace('/', "_").trim_end_matches('='));
    }

    #[test]
    fn keys_come_as_pkcs1_and_pkcs8_however_they_are_wrapped() {
        let one_line = PKCS8.replace('\n', " ");
        let indented = format!("comment\r\n{}", PKCS8.replace('\n', "\r\n   "));
        for key in [PKCS1, PKCS8, &one_line, &indented] {
            let signature = text(crypto_sign, &[t("RSA-SHA256"), t("data"), t(key), t("latin1")]);
            let bytes: Vec<u8> =
                signature.chars().map(|char| u8::try_from(u32::from(char)).unwrap()).collect();
            let digest = crate::functions::encoding::Encoding::Hex.decode(&Hash::Sha256.digest(&bytes));
            assert_eq!(digest, "a88e111bc7e58ec31b1a0be90fe9ed9a3879de0e3f37573cfff1f3bfd4ce3de7");
        }
    }

    #[test]
    fn other_keys_are_refused_by_their_kind() {
        let cases = [
            (include_str!("../../../tests/keys/ec.pem"), "only RSA keys"),
            (include_str!("../../../tests/keys/encrypted.pem"), "encrypted"),
            (include_str!("../../../tests/keys/public.pem"), "not a private key"),
            ("", "not a private key"),
            ("-----BEGIN PRIVATE KEY-----", "not a private key"),
            ("-----BEGIN PRIVATE KEY-----AAAA-----END RSA PRIVATE KEY-----", "not a private key"),
            ("-----BEGIN RSA PRIVATE KEY-----AAAA-----END RSA PRIVATE KEY-----", "not a private RSA key"),
        ];
        for (key, expected) in cases {
            let error = error(crypto_sign, &[t("sha256"), t("x"), t(key)]);
            assert!(error.contains(expected), "{error}");
        }
    }

    #[test]
    fn tokens_are_signed_with_long_keys() {
        let args = |key: &str, options: &str| [json(r#"{"sub": "ada"}"#), t(key), t("RS256"), json(options)];
        let token = text(jwt, &args(PKCS8, r#"{"keyid": "7"}"#));
        let expected = "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6IjcifQ.eyJzdWIiOiJhZGEifQ.Q4UjLTX_KeY8yhWdeJPPA73xxmylr0htQispbKF0";
        assert!(token.starts_with(expected), "{token}");
        assert!(error(jwt, &args(SHORT, "{}")).contains("2048 bits"));
        assert!(call(jwt, &args(SHORT, r#"{"allowInsecureKeySizes": true}"#)).is_ok());
        assert!(error(jwt, &args("secret", "{}")).contains("argument 2"));
    }
}

#[cfg(not(feature = "rsa"))]
#[test]
fn without_the_feature_rsa_keys_say_so() {
    let error = error(crypto_sign, &[t("sha256"), t("x"), t("key")]);
    assert!(error.contains("feature `rsa`"), "{error}");
    assert!(self::error(jwt, &[json("{}"), t("key"), t("RS256")]).contains("feature `rsa`"));
}
