//! Time and randomness, which tests must be able to fix (rulings 26).

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use crate::value::Date;

/// What [`Clock::sleep`] gives: done when the time is over.
pub type Sleep = Pin<Box<dyn Future<Output = ()> + Send + 'static>>;

/// The time, and waiting.
///
/// Everything that asks for the time or waits goes through the client's clock: `now` and `timestamp` in templates,
/// `repeat`, retries, the expiry of tokens.
pub trait Clock: Send + Sync + 'static {
    /// The current instant.
    fn now(&self) -> Date;

    /// Waits.
    fn sleep(&self, duration: Duration) -> Sleep;
}

impl<T: Clock + ?Sized> Clock for Arc<T> {
    fn now(&self) -> Date {
        T::now(self)
    }

    fn sleep(&self, duration: Duration) -> Sleep {
        T::sleep(self, duration)
    }
}

/// The clock of the machine; it waits with tokio's timer.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods, reason = "this is where the time of the machine comes in")]
    fn now(&self) -> Date {
        Date::from(SystemTime::now())
    }

    fn sleep(&self, duration: Duration) -> Sleep {
        Box::pin(tokio::time::sleep(duration))
    }
}

/// A clock for tests: its time stands still, and waiting moves it on without delay.
///
/// ```
/// use std::time::Duration;
/// use linchpin::clock::{Clock as _, ManualClock};
/// use linchpin::value::Date;
///
/// let clock = ManualClock::new(Date::from_millis(1_000));
/// clock.advance(Duration::from_secs(5));
/// assert_eq!(clock.now(), Date::from_millis(6_000));
/// ```
#[derive(Debug)]
pub struct ManualClock(Mutex<Date>);

impl ManualClock {
    /// A clock that shows `now`.
    #[must_use]
    pub fn new(now: Date) -> Self {
        Self(Mutex::new(now))
    }

    /// Moves the time on.
    pub fn advance(&self, duration: Duration) {
        let millis = i64::try_from(duration.as_millis()).unwrap_or(i64::MAX);
        let mut now = self.lock();
        *now = Date::from_millis(now.as_millis().saturating_add(millis));
    }

    /// Sets the time.
    pub fn set(&self, now: Date) {
        *self.lock() = now;
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Date> {
        // A date cannot be left half written, so a panic elsewhere does not spoil it.
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Date {
        *self.lock()
    }

    fn sleep(&self, duration: Duration) -> Sleep {
        self.advance(duration);
        Box::pin(std::future::ready(()))
    }
}

#[cfg(test)]
mod tests {
    use std::task::{Context, Poll, Waker};

    use super::*;

    #[test]
    fn a_manual_clock_does_not_wait() {
        let clock = ManualClock::new(Date::from_millis(0));
        let mut sleep = clock.sleep(Duration::from_secs(9_000));
        assert_eq!(sleep.as_mut().poll(&mut Context::from_waker(Waker::noop())), Poll::Ready(()));
        assert_eq!(clock.now(), Date::from_millis(9_000_000));
        clock.set(Date::from_millis(5));
        assert_eq!(clock.now(), Date::from_millis(5));
    }

    #[test]
    fn the_system_clock_runs() {
        assert!(SystemClock.now() > Date::from_millis(1_600_000_000_000));
    }
}
