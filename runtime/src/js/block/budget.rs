//! What the bodies of a run's requests may take of the process, which no limit of the interpreter sees.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Bytes that are left, shared by what takes some of them.
#[derive(Clone)]
pub(super) struct Budget(Arc<AtomicUsize>);

impl Budget {
    pub(super) fn new(bytes: usize) -> Self {
        Self(Arc::new(AtomicUsize::new(bytes)))
    }

    /// Takes bytes; they come back when the share is dropped.
    pub(super) fn share(&self) -> Share {
        Share { of: self.clone(), bytes: 0 }
    }
}

/// What one body has taken of a budget.
pub(super) struct Share {
    of: Budget,
    bytes: usize,
}

impl Share {
    /// Takes some more.
    pub(super) fn grow(&mut self, bytes: usize) -> Result<(), String> {
        let take = |left: usize| left.checked_sub(bytes);
        match self.of.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take) {
            Ok(_) => {
                self.bytes += bytes;
                Ok(())
            }
            Err(_) => Err("the bodies that are on their way are too large together".to_owned()),
        }
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.of.0.fetch_add(self.bytes, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_share_a_budget_and_give_back_what_they_took() {
        let budget = Budget::new(10);
        let (mut one, mut other) = (budget.share(), budget.share());
        one.grow(6).unwrap();
        other.grow(4).unwrap();
        assert!(other.grow(1).is_err());
        drop(one);
        other.grow(6).unwrap();
    }
}
