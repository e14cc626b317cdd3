//! Hashes, signatures and tokens (iml.md 9.2, 10).

mod duration;
mod hash;
mod jwt;
mod key;
mod options;
mod sign;

pub(crate) use hash::Hash;
pub use hash::{md5, sha1, sha256, sha512};
pub use jwt::{generate_jwt_with_key_id, jwt};
pub(crate) use key::PrivateKey;
pub use sign::crypto_sign;

#[cfg(test)]
mod tests;
