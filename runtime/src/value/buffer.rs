//! Binary data.

use std::ops::Deref;
use std::sync::Arc;

use bytes::Bytes;

/// Binary data. Cloning is O(1).
///
/// It stands behind one pointer, so that a rare kind of value does not make every other one larger.
#[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Buffer(Arc<Bytes>);

impl Buffer {
    /// The bytes, still shared.
    #[must_use]
    pub fn bytes(&self) -> Bytes {
        Bytes::clone(&self.0)
    }
}

impl Deref for Buffer {
    type Target = Bytes;

    fn deref(&self) -> &Bytes {
        &self.0
    }
}

impl From<Bytes> for Buffer {
    fn from(bytes: Bytes) -> Self {
        Self(Arc::new(bytes))
    }
}

impl From<Vec<u8>> for Buffer {
    fn from(bytes: Vec<u8>) -> Self {
        Self::from(Bytes::from(bytes))
    }
}

impl From<Buffer> for Bytes {
    fn from(buffer: Buffer) -> Self {
        Arc::unwrap_or_clone(buffer.0)
    }
}
