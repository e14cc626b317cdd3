//! What nobody else may know of a login: its state, and the verifier of PKCE (RFC 7636, rulings 33).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::functions::crypto::Hash;
use crate::random::Random;

/// Whether PKCE is added to a login whose connector has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Pkce {
    /// Only what the connector says is sent.
    #[default]
    Off,
    /// `code_challenge` with S256 is added to the address, and `code_verifier` to the exchange of the code, where
    /// the connector has neither.
    Auto,
}

pub(super) struct Secrets {
    pub(super) state: String,
    pub(super) verifier: String,
}

impl Secrets {
    pub(super) fn new(random: &dyn Random) -> Self {
        Self { state: token(random), verifier: token(random) }
    }

    /// The SHA-256 of the verifier, as it travels.
    pub(super) fn challenge(&self) -> String {
        URL_SAFE_NO_PAD.encode(Hash::Sha256.digest(self.verifier.as_bytes()))
    }
}

/// 256 random bits in 43 characters that need no encoding.
fn token(random: &dyn Random) -> String {
    let mut bytes = [0; 32];
    for part in bytes.chunks_exact_mut(8) {
        part.copy_from_slice(&random.next().to_le_bytes());
    }
    URL_SAFE_NO_PAD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SystemRandom;

    /// The example of RFC 7636, appendix B.
    #[test]
    fn the_challenge_of_rfc_7636() {
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk".to_owned();
        let secrets = Secrets { state: String::new(), verifier };
        assert_eq!(secrets.challenge(), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    #[test]
    fn no_two_are_alike() {
        let (a, b) = (Secrets::new(&SystemRandom), Secrets::new(&SystemRandom));
        assert_eq!((a.state.len(), a.verifier.len()), (43, 43));
        assert!(a.state != b.state && a.verifier != b.verifier && a.state != a.verifier);
    }
}
