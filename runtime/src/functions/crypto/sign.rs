//! Signatures with private keys.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::hash::Hash;
use super::key::PrivateKey;
use crate::error::Error;
use crate::functions::args::Call;
use crate::functions::encoding::Encoding;
use crate::scope::Site;
use crate::value::Value;

/// `cryptoSign(algorithm, data, key, [outputEncoding]) → text`: a signature by a private RSA key, PKCS#1 v1.5.
///
/// The algorithm is named as OpenSSL names it: `RSA-SHA256`, `sha256`, `sha256WithRSAEncryption`, in any case, and
/// the same with `MD5`, `SHA1`, `SHA224`, `SHA384`, `SHA512`. The data are text or a buffer; the key is PEM, PKCS#8 or
/// PKCS#1, not encrypted. The output is `hex` (the default), `base64`, `base64url` or `latin1` (iml.md 10).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let args = [Value::from("RSA-SHA256"), Value::from("data"), Value::from("no key")];
/// assert!(functions::crypto_sign(scope.at("doc"), &args.each_ref()).is_err());
/// ```
///
/// # Errors
/// Unknown algorithms and encodings; nullish data; what is no private RSA key; a build without the feature `rsa`.
pub fn crypto_sign(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    let call = Call::new(site, "cryptoSign", args);
    let hash =
        algorithm(&call.value(0).text_form()).ok_or_else(|| call.invalid(0, "not a known algorithm"))?;
    let data = call.bytes(1).ok_or_else(|| call.invalid(1, "there is nothing to sign"))?;
    let encode = encoding(&call)?;
    let key = PrivateKey::from_pem(&call.value(2).text_form()).map_err(|problem| call.invalid(2, problem))?;
    let signature = key.sign(hash, &data).map_err(|problem| call.invalid(2, problem))?;
    Ok(Value::from(encode(&signature)))
}

/// The hash function of an algorithm.
fn algorithm(name: &str) -> Option<Hash> {
    let name = name.to_ascii_lowercase();
    let name = name.strip_prefix("rsa-").unwrap_or(&name);
    let name = name.strip_suffix("withrsaencryption").unwrap_or(name);
    Hash::find(&name.replacen("sha-", "sha", 1))
}

fn encoding(call: &Call<'_>) -> Result<fn(&[u8]) -> String, Error> {
    let name = call.value(3).text_form();
    if name.eq_ignore_ascii_case("base64url") {
        return Ok(|bytes| URL_SAFE_NO_PAD.encode(bytes));
    }
    match Encoding::find(&name) {
        _ if name.is_empty() => Ok(|bytes| Encoding::Hex.decode(bytes)),
        Some(Encoding::Hex) => Ok(|bytes| Encoding::Hex.decode(bytes)),
        Some(Encoding::Base64) => Ok(|bytes| Encoding::Base64.decode(bytes)),
        Some(Encoding::Latin1) => Ok(|bytes| Encoding::Latin1.decode(bytes)),
        _ => Err(call.invalid(3, "not a known encoding (hex, base64, base64url, latin1)")),
    }
}
