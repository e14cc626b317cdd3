//! Private RSA keys.
//!
//! The `rsa` crate is what there is in plain Rust. Its arithmetic does not take the same time for all values
//! (RUSTSEC-2023-0071), so keys are used only to sign, and only blinded with fresh randomness: that leaves an
//! observer of the time nothing to compare. Nothing here decrypts.

#[cfg(feature = "rsa")]
pub(crate) use with_rsa::PrivateKey;
#[cfg(not(feature = "rsa"))]
pub(crate) use without_rsa::PrivateKey;

/// Takes the content out of a PEM text: what kind it is, and its bytes.
///
/// Line lengths, line ends and text around do not matter, as with OpenSSL.
#[cfg_attr(not(feature = "rsa"), allow(dead_code, reason = "only RSA keys come as PEM"))]
fn unwrap_pem(text: &str) -> Option<(&str, Vec<u8>)> {
    let (_, text) = text.split_once("-----BEGIN ")?;
    let (label, text) = text.split_once("-----")?;
    let (content, end) = text.split_once("-----END ")?;
    end.strip_prefix(label)?.strip_prefix("-----")?;
    // Headers, as encrypted keys have, are no base64.
    let is_base64 = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    let is_clean = content.bytes().all(|byte| is_base64(byte) || byte.is_ascii_whitespace());
    is_clean.then(|| (label, crate::functions::encoding::Encoding::Base64.encode(content)))
}

#[cfg(feature = "rsa")]
mod with_rsa {
    use rand_core::OsRng;
    use rsa::pkcs1::DecodeRsaPrivateKey as _;
    use rsa::pkcs8::DecodePrivateKey as _;
    use rsa::traits::PublicKeyParts as _;
    use rsa::{Pkcs1v15Sign, RsaPrivateKey};

    use super::super::hash::Hash;

    /// The longest text that is taken for a key, in bytes.
    const LONGEST: usize = 32_768;

    /// A private RSA key. It does not print.
    pub(crate) struct PrivateKey(RsaPrivateKey);

    impl PrivateKey {
        /// Reads a key from PEM, as PKCS#8 or PKCS#1.
        ///
        /// # Errors
        /// What is wrong with the text, which is not repeated.
        pub(crate) fn from_pem(text: &str) -> Result<Self, &'static str> {
            let unknown = "not a private key in PEM";
            let (label, der) =
                Some(text).filter(|text| text.len() <= LONGEST).and_then(super::unwrap_pem).ok_or(unknown)?;
            let key = match label {
                "PRIVATE KEY" => RsaPrivateKey::from_pkcs8_der(&der).map_err(|_| "not a private RSA key")?,
                "RSA PRIVATE KEY" => {
                    RsaPrivateKey::from_pkcs1_der(&der).map_err(|_| "not a private RSA key")?
                }
                "ENCRYPTED PRIVATE KEY" => return Err("the private key is encrypted"),
                "EC PRIVATE KEY" => return Err("only RSA keys can sign"),
                _ => return Err(unknown),
            };
            Ok(Self(key))
        }

        /// The length of its modulus.
        pub(crate) fn bits(&self) -> usize {
            self.0.n().bits()
        }

        /// Signs data by PKCS#1 v1.5.
        ///
        /// # Errors
        /// The key is too short for the hash, or there is no randomness.
        pub(crate) fn sign(&self, hash: Hash, data: &[u8]) -> Result<Vec<u8>, &'static str> {
            let padding = match hash {
                Hash::Md5 => Pkcs1v15Sign::new::<md5::Md5>(),
                Hash::Sha1 => Pkcs1v15Sign::new::<sha1::Sha1>(),
                Hash::Sha224 => Pkcs1v15Sign::new::<sha2::Sha224>(),
                Hash::Sha256 => Pkcs1v15Sign::new::<sha2::Sha256>(),
                Hash::Sha384 => Pkcs1v15Sign::new::<sha2::Sha384>(),
                Hash::Sha512 => Pkcs1v15Sign::new::<sha2::Sha512>(),
            };
            let signature = self.0.sign_with_rng(&mut OsRng, padding, &hash.digest(data));
            signature.map_err(|_| "the key cannot sign this")
        }
    }
}

#[cfg(not(feature = "rsa"))]
mod without_rsa {
    use super::super::hash::Hash;

    /// What is said of RSA keys.
    const ABSENT: &str = "RSA keys need the feature `rsa` of the crate linchpin";

    /// Stands where RSA is not compiled in: there are no keys.
    pub(crate) enum PrivateKey {}

    impl PrivateKey {
        /// Says that RSA is not compiled in.
        pub(crate) fn from_pem(_: &str) -> Result<Self, &'static str> {
            Err(ABSENT)
        }

        /// There are no keys.
        pub(crate) fn bits(&self) -> usize {
            match *self {}
        }

        /// There are no keys.
        pub(crate) fn sign(&self, _: Hash, _: &[u8]) -> Result<Vec<u8>, &'static str> {
            match *self {}
        }
    }
}
