//! Randomness, which tests must be able to fix.

use std::hash::{BuildHasher as _, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};

/// Where `uuid`, `random` and `shuffle` take their randomness from.
pub trait Random: Send + Sync + 'static {
    /// 64 random bits.
    fn next(&self) -> u64;
}

/// The randomness of the operating system.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemRandom;

impl Random for SystemRandom {
    fn next(&self) -> u64 {
        // The system's source fails only where there is none; then the seeds of the standard library's maps serve.
        getrandom::u64().unwrap_or_else(|_| RandomState::new().hash_one(0_u64))
    }
}

/// Numbers that look random but are the same for the same seed: for tests.
///
/// ```
/// use linchpin::random::{Random as _, SeededRandom};
///
/// assert_eq!(SeededRandom::new(7).next(), SeededRandom::new(7).next());
/// ```
#[derive(Debug)]
pub struct SeededRandom(AtomicU64);

impl SeededRandom {
    /// A sequence for a seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(AtomicU64::new(seed))
    }
}

impl Random for SeededRandom {
    /// The generator `SplitMix64`: a counter whose steps are scrambled.
    fn next(&self) -> u64 {
        const STEP: u64 = 0x9E37_79B9_7F4A_7C15;
        let mut bits = self.0.fetch_add(STEP, Ordering::Relaxed).wrapping_add(STEP);
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^ (bits >> 31)
    }
}

/// A number from 0 up to, but not including, 1.
#[allow(clippy::cast_precision_loss, reason = "53 bits fit exactly")]
pub(crate) fn unit(random: &dyn Random) -> f64 {
    (random.next() >> 11) as f64 / (1_u64 << 53) as f64
}

/// A version 4 UUID as text.
pub(crate) fn uuid(random: &dyn Random) -> String {
    let mut bytes = [0; 16];
    for half in bytes.chunks_exact_mut(8) {
        half.copy_from_slice(&random.next().to_le_bytes());
    }
    uuid::Builder::from_random_bytes(bytes).into_uuid().to_string()
}

/// A whole number below `bound`; 0 when `bound` is 0.
pub(crate) fn below(random: &dyn Random, bound: usize) -> usize {
    // Scaling by the high half of the product favours no number by more than one in 2^64 / bound.
    let scaled = (u128::from(random.next()) * bound as u128) >> 64;
    usize::try_from(scaled).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stays_in_range() {
        let random = SeededRandom::new(1);
        for _ in 0..1_000 {
            assert!((0.0..1.0).contains(&unit(&random)));
            assert!(below(&random, 7) < 7);
        }
        assert_eq!(below(&random, 0), 0);
        assert_ne!(SystemRandom.next(), SystemRandom.next());
    }

    #[test]
    fn every_number_below_the_bound_comes_up() {
        let random = SeededRandom::new(2);
        let mut seen = [false; 5];
        (0..200).for_each(|_| seen[below(&random, 5)] = true);
        assert_eq!(seen, [true; 5]);
    }

    #[test]
    fn a_uuid_is_of_version_4() {
        let uuid = uuid(&SeededRandom::new(3));
        assert_eq!(uuid.len(), 36);
        assert_eq!(uuid.as_bytes()[14], b'4');
        assert!(b"89ab".contains(&uuid.as_bytes()[19]));
    }
}
