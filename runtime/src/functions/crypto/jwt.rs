//! JSON Web Tokens, as the package `jsonwebtoken` makes them (iml.md 10).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::hash::Hash;
use super::key::PrivateKey;
use super::options::Options;
use crate::error::Error;
use crate::functions::args::Call;
use crate::scope::Site;
use crate::value::{Object, Value};

/// How a token is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Algorithm {
    /// HMAC with a shared key.
    Hmac(Hash, &'static str),
    /// RSA with SHA-256.
    Rsa,
}

impl Algorithm {
    const HS256: Self = Self::Hmac(Hash::Sha256, "HS256");
    const HS384: Self = Self::Hmac(Hash::Sha384, "HS384");
    const HS512: Self = Self::Hmac(Hash::Sha512, "HS512");

    fn name(self) -> &'static str {
        match self {
            Self::Hmac(_, name) => name,
            Self::Rsa => "RS256",
        }
    }

    /// The algorithm of an argument; `default` where it is blank.
    fn of(call: &Call<'_>, at: usize, default: Self) -> Result<Self, Error> {
        match &*call.value(at).text_form() {
            "" => Ok(default),
            "HS256" => Ok(Self::HS256),
            "HS384" => Ok(Self::HS384),
            "HS512" => Ok(Self::HS512),
            "RS256" => Ok(Self::Rsa),
            _ => Err(call.invalid(at, "not a known algorithm (HS256, HS384, HS512, RS256)")),
        }
    }
}

/// `jwt(payload, secret, [algorithm], [options]) → text`: a signed JSON Web Token.
///
/// The payload is a collection, whose keys keep their order, or text. The algorithm is `HS256` (the default),
/// `HS384`, `HS512`, or `RS256` with a private key in PEM. The header is `alg`, `typ`, `kid` (the option `keyid`), then
/// what the option `header` adds. Options add claims: `expiresIn` and `notBefore` (seconds, or text such as `2h`),
/// `audience`, `issuer`, `subject`, `jwtid`. `iat` is not added unless `noTimestamp` is false (iml.md 10).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let payload = Value::parse_json(br#"{"sub": "ada"}"#)?;
/// let token = functions::jwt(scope.at("doc"), &[&payload, &Value::from("key")])?;
/// let expected = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhZGEifQ.Sh6ESZwQjBX8ksVPFhO9Ron-u0W8iIQD3o31FSYgtQk";
/// assert_eq!(token, Value::from(expected));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Unknown algorithms and options; a blank secret; payloads of other types; `iat`, `nbf` or `exp` that are no
/// numbers; claims that both payload and options have; RSA keys of less than 2048 bits.
pub fn jwt(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    let call = Call::new(site, "jwt", args);
    let algorithm = Algorithm::of(&call, 2, Algorithm::HS256)?;
    let options = Options::read(call.value(3)).map_err(|problem| call.invalid(3, problem))?;
    token(&call, algorithm, options, 3)
}

/// `generateJwtWithKeyId(payload, key, [jwtAlg], [thumbprintAlg], [options]) → text`: as [`jwt`], with the key's
/// thumbprint as `kid`.
///
/// The thumbprint is that of RFC 7638 for the octets of the key, hashed by SHA-256, SHA-384 or SHA-512 for `HS256` (the
/// default), `HS384` or `HS512`. The token is signed by `HS512` unless another algorithm is named (iml.md 10).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let payload = Value::parse_json(br#"{"sub": "ada"}"#)?;
/// let token = functions::generate_jwt_with_key_id(scope.at("doc"), &[&payload, &Value::from("key")])?;
/// assert!(token.to_text().starts_with("eyJhbGciOiJIUzUxMiIsInR5cCI6IkpXVCIsImtpZCI6"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// As [`jwt`].
pub fn generate_jwt_with_key_id(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    let call = Call::new(site, "generateJwtWithKeyId", args);
    let algorithm = Algorithm::of(&call, 2, Algorithm::HS512)?;
    let Algorithm::Hmac(hash, _) = Algorithm::of(&call, 3, Algorithm::HS256)? else {
        return Err(call.invalid(3, "not an algorithm of thumbprints (HS256, HS384, HS512)"));
    };
    let mut options = Options::read(call.value(4)).map_err(|problem| call.invalid(4, problem))?;
    let key = call.bytes(1).unwrap_or_default();
    let octets = format!(r#"{{"k":"{}","kty":"oct"}}"#, URL_SAFE_NO_PAD.encode(&key));
    let thumbprint = URL_SAFE_NO_PAD.encode(hash.digest(octets.as_bytes()));
    options.key_id = Some(Value::from(thumbprint));
    token(&call, algorithm, options, 4)
}

/// Makes the token. Payload and key are the first two arguments; `at` is the argument that the options come from.
fn token(call: &Call<'_>, algorithm: Algorithm, options: Options, at: usize) -> Result<Value, Error> {
    let payload = match call.value(0) {
        Value::Object(object) => {
            let claims = claims(call, object, &options).map_err(|problem| call.invalid(at, problem))?;
            Value::from(claims).to_json().unwrap_or_default().into_bytes()
        }
        Value::Undefined | Value::Null | Value::Array(_) => {
            return Err(call.invalid(0, "the payload must be a collection or text"));
        }
        other => {
            let changes_claims = options.expires_in.is_some()
                || options.not_before.is_some()
                || options.no_timestamp.is_some()
                || !options.claims.is_empty();
            if changes_claims {
                return Err(
                    call.invalid(at, "options that change claims need a payload that is a collection")
                );
            }
            match other {
                Value::Buffer(buffer) => buffer.to_vec(),
                other => other.text_form().into_owned().into_bytes(),
            }
        }
    };
    let is_object = call.value(0).as_object().is_some();
    let allow_short_keys = options.allow_short_keys;
    let header = header(algorithm, is_object, options).map_err(|problem| call.invalid(at, problem))?;
    let header = Value::from(header).to_json().unwrap_or_default();
    let signed = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(payload));
    let signature = sign(call, algorithm, &signed, allow_short_keys)?;
    Ok(Value::from(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))))
}

fn sign(
    call: &Call<'_>,
    algorithm: Algorithm,
    signed: &str,
    allow_short_keys: bool,
) -> Result<Vec<u8>, Error> {
    let key =
        call.bytes(1).filter(|key| !key.is_empty()).ok_or_else(|| call.invalid(1, "a key is needed"))?;
    match algorithm {
        Algorithm::Hmac(hash, _) => {
            hash.hmac(&key, signed.as_bytes()).ok_or_else(|| call.invalid(1, "not a key"))
        }
        Algorithm::Rsa => {
            let pem = std::str::from_utf8(&key).map_err(|_| call.invalid(1, "not a private key in PEM"))?;
            let key = PrivateKey::from_pem(pem).map_err(|problem| call.invalid(1, problem))?;
            if key.bits() < 2_048 && !allow_short_keys {
                return Err(call.invalid(1, "RSA keys for tokens need 2048 bits"));
            }
            key.sign(Hash::Sha256, signed.as_bytes()).map_err(|problem| call.invalid(1, problem))
        }
    }
}

/// Tokens whose payload is no collection have no `typ`.
fn header(algorithm: Algorithm, is_object: bool, options: Options) -> Result<Object, String> {
    let mut header = Object::with_capacity(3);
    header.insert("alg", Value::from(algorithm.name()));
    if is_object {
        header.insert("typ", Value::from("JWT"));
    }
    if let Some(key_id) = options.key_id {
        header.insert("kid", key_id);
    }
    for (key, value) in options.header {
        if key == "alg" && value.as_text() != Some(algorithm.name()) {
            return Err("`header.alg` contradicts the algorithm".to_owned());
        }
        header.insert_text(key, value);
    }
    Ok(header)
}

/// The claims of the payload and of the options.
fn claims(call: &Call<'_>, payload: &Object, options: &Options) -> Result<Object, String> {
    for time in ["iat", "nbf", "exp"] {
        if payload.get(time).is_some_and(|value| !matches!(value, Value::Undefined | Value::Number(_))) {
            return Err(format!("`{time}` of the payload must be a number of seconds"));
        }
    }
    let mut claims = payload.clone();
    let issued = claims.get("iat").and_then(Value::as_f64).filter(|issued| *issued != 0.0);
    let start = issued.unwrap_or_else(|| call.site.scope.timestamp().to_number());
    match options.no_timestamp {
        Some(true) => drop(claims.remove("iat")),
        Some(false) => claims.insert("iat", Value::from(start)),
        None => {}
    }
    let mut add = |claim: &'static str, option: &str, value: Value| {
        if claims.get(claim).is_some_and(|value| !matches!(value, Value::Undefined)) {
            return Err(format!("both the payload has `{claim}` and the options have `{option}`"));
        }
        claims.insert(claim, value);
        Ok(())
    };
    if let Some(span) = options.not_before {
        add("nbf", "notBefore", Value::from(span.after(start)))?;
    }
    if let Some(span) = options.expires_in {
        add("exp", "expiresIn", Value::from(span.after(start)))?;
    }
    for (claim, option, value) in in_order(options) {
        add(claim, option, value)?;
    }
    Ok(claims)
}

/// Claims of options in the order in which the package adds them, whatever the order of the options.
fn in_order(options: &Options) -> impl Iterator<Item = (&'static str, &'static str, Value)> + '_ {
    let order = ["aud", "iss", "sub", "jti"];
    order
        .into_iter()
        .flat_map(|claim| options.claims.iter().filter(move |(known, ..)| *known == claim).cloned())
}
