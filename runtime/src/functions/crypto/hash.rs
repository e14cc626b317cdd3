//! Hashes, with and without a key.

use bytes::Bytes;
use hmac::digest::KeyInit;
use hmac::{Hmac, Mac};
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha224, Sha256, Sha384, Sha512};

use crate::error::Error;
use crate::functions::args::Call;
use crate::functions::encoding::Encoding;
use crate::scope::Site;
use crate::value::Value;

/// A hash function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hash {
    /// MD5.
    Md5,
    /// SHA-1.
    Sha1,
    /// SHA-224.
    Sha224,
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
}

impl Hash {
    /// Finds a hash function by its name without dashes, in any case.
    pub(crate) fn find(name: &str) -> Option<Self> {
        let names = [
            ("md5", Self::Md5),
            ("sha1", Self::Sha1),
            ("sha224", Self::Sha224),
            ("sha256", Self::Sha256),
            ("sha384", Self::Sha384),
            ("sha512", Self::Sha512),
        ];
        names.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, hash)| hash)
    }

    /// The digest of `data`.
    pub(crate) fn digest(self, data: &[u8]) -> Vec<u8> {
        match self {
            Self::Md5 => Md5::digest(data).to_vec(),
            Self::Sha1 => Sha1::digest(data).to_vec(),
            Self::Sha224 => Sha224::digest(data).to_vec(),
            Self::Sha256 => Sha256::digest(data).to_vec(),
            Self::Sha384 => Sha384::digest(data).to_vec(),
            Self::Sha512 => Sha512::digest(data).to_vec(),
        }
    }

    /// The HMAC of `data`. Keys may have any length: `None` is never given for any of these functions, but an
    /// empty signature must not come of it.
    pub(crate) fn hmac(self, key: &[u8], data: &[u8]) -> Option<Vec<u8>> {
        match self {
            Self::Md5 => mac::<Hmac<Md5>>(key, data),
            Self::Sha1 => mac::<Hmac<Sha1>>(key, data),
            Self::Sha224 => mac::<Hmac<Sha224>>(key, data),
            Self::Sha256 => mac::<Hmac<Sha256>>(key, data),
            Self::Sha384 => mac::<Hmac<Sha384>>(key, data),
            Self::Sha512 => mac::<Hmac<Sha512>>(key, data),
        }
    }
}

fn mac<M: Mac + KeyInit>(key: &[u8], data: &[u8]) -> Option<Vec<u8>> {
    let mac = <M as KeyInit>::new_from_slice(key).ok()?;
    Some(mac.chain_update(data).finalize().into_bytes().to_vec())
}

/// `md5(text | buffer) → text`: the digest in lower-case hexadecimal digits. Nullish gives null (iml.md 9.2).
///
/// MD5 and SHA-1 protect nothing: they are here because services ask for them.
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let digest = functions::md5(scope.at("doc"), &[&Value::from("ada@example.com")])?;
/// assert_eq!(digest, Value::from("3e3417d7ef77d5932a6734b916515ed5"));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// None.
pub fn md5(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    let bytes = Call::new(site, "md5", args).bytes(0);
    let digest = |bytes: Bytes| Value::from(Encoding::Hex.decode(&Hash::Md5.digest(&bytes)));
    Ok(bytes.map_or(Value::Null, digest))
}

/// `sha1(text | buffer, [encoding], [key], [keyEncoding]) → text`: the digest, or the HMAC if there is a key.
///
/// The encoding is `hex` (the default), `base64` or `latin1`; the key's `text` (the default), `hex`, `base64` or
/// `binary`, for which the key must be a buffer. Blank encodings and keys count as absent. Nullish gives null
/// (iml.md 9.2).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let args = [Value::from("body"), Value::from("base64"), Value::from("key")];
/// let signature = functions::sha1(scope.at("doc"), &args.each_ref())?;
/// assert_eq!(signature, Value::from("cLv2gZ0QN6qUyn5/U3y+ol/kkoM="));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// Unknown encodings; `binary` with a key that is no buffer.
pub fn sha1(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    hash(&Call::new(site, "sha1", args), Hash::Sha1)
}

/// `sha256(text | buffer, [encoding], [key], [keyEncoding]) → text`: as [`sha1()`], with SHA-256 (iml.md 9.2).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let digest = functions::sha256(scope.at("doc"), &[&Value::from("body"), &Value::from("base64")])?;
/// assert_eq!(digest, Value::from("Iw2DWNyOiJC0xY3utikS7i8gNXrpKlzIYbmOaP4xrLU="));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// As [`sha1()`].
pub fn sha256(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    hash(&Call::new(site, "sha256", args), Hash::Sha256)
}

/// `sha512(text | buffer, [encoding], [key], [keyEncoding]) → text`: as [`sha1()`], with SHA-512 (iml.md 9.2).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let digest = functions::sha512(scope.at("doc"), &[&Value::from("body")])?;
/// assert_eq!(digest.to_text().len(), 128);
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// As [`sha1()`].
pub fn sha512(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    hash(&Call::new(site, "sha512", args), Hash::Sha512)
}

fn hash(call: &Call<'_>, hash: Hash) -> Result<Value, Error> {
    let Some(data) = call.bytes(0) else { return Ok(Value::Null) };
    let encoding = match call.value(1) {
        blank if blank.is_blank() => Encoding::Hex,
        name => match Encoding::find(&name.text_form()) {
            Some(encoding @ (Encoding::Hex | Encoding::Base64 | Encoding::Latin1)) => encoding,
            _ => return Err(call.invalid(1, "not a known encoding (hex, base64, latin1)")),
        },
    };
    let digest = match key(call)? {
        Some(key) => hash.hmac(&key, &data).ok_or_else(|| call.invalid(2, "not a key"))?,
        None => hash.digest(&data),
    };
    Ok(Value::from(encoding.decode(&digest)))
}

/// The bytes of the key, the third argument; `None` when it is blank.
fn key(call: &Call<'_>) -> Result<Option<Vec<u8>>, Error> {
    let key = call.value(2);
    if key.is_blank() {
        return Ok(None);
    }
    let name = call.value(3).text_form();
    if name.eq_ignore_ascii_case("binary") && !matches!(key, Value::Buffer(_)) {
        return Err(call.invalid(2, "a key of the encoding `binary` must be a buffer"));
    }
    let encoding = match name.to_ascii_lowercase().as_str() {
        "" | "text" | "utf8" => Encoding::Utf8,
        "hex" => Encoding::Hex,
        "base64" => Encoding::Base64,
        "binary" => Encoding::Latin1,
        _ => return Err(call.invalid(3, "not a known encoding of keys (text, hex, base64, binary)")),
    };
    Ok(Some(match key {
        Value::Buffer(buffer) => buffer.to_vec(),
        other => encoding.encode(&other.text_form()),
    }))
}
