//! Text that must not be shown.

use std::fmt;

use smol_str::SmolStr;

/// A password, key or token: it does not print (rulings 36).
///
/// ```
/// use linchpin::convert::Secret;
///
/// let key = Secret::from("s3cr3t");
/// assert_eq!(format!("{key:?} {key}"), "*** ***");
/// assert_eq!(key.expose(), "s3cr3t");
/// ```
#[derive(Clone, Default)]
pub struct Secret(SmolStr);

/// What is shown in place of a secret.
pub(crate) const BLOT: &str = "***";

impl Secret {
    /// Hides a text.
    pub fn new(secret: impl Into<SmolStr>) -> Self {
        Self(secret.into())
    }

    /// The text itself. Take care where it goes.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    pub(super) fn shared(&self) -> SmolStr {
        self.0.clone()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(BLOT)
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(BLOT)
    }
}

impl From<String> for Secret {
    fn from(secret: String) -> Self {
        Self(secret.into())
    }
}

impl From<&str> for Secret {
    fn from(secret: &str) -> Self {
        Self(secret.into())
    }
}
