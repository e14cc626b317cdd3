//! When a request that failed is sent again.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::error::Error;

/// Decides whether an error is worth another attempt.
type Decide = Arc<dyn Fn(&Error) -> bool + Send + Sync>;

/// When a request that failed is sent again, and after which wait (rulings 26, 27).
///
/// By default a request is sent at most three times. Errors count that say that the same call may succeed later
/// ([`Error::is_retryable`]). The waits grow from half a second, each a random part longer; where the server says how
/// long to wait (`Retry-After`), it is at least that, and a wait of more than a minute is left to the caller. Nothing
/// is sent again two minutes after the first attempt began, nor when the call's own time limit would not last.
///
/// A request that the server may have acted upon is sent again only if that does no harm: when its method is
/// idempotent (`GET`, `PUT`, `DELETE` and the like), when it carries an `Idempotency-Key`, or when the server refused
/// it for coming too often. [`RetryPolicy::repeat_unsafe`] lifts this.
///
/// ```
/// use std::time::Duration;
/// use linchpin::resilience::RetryPolicy;
///
/// let patient = RetryPolicy::new().attempts(6).longest_retry_after(Duration::from_secs(600));
/// let never = RetryPolicy::none();
/// ```
#[derive(Clone)]
#[must_use]
pub struct RetryPolicy {
    pub(super) attempts: u32,
    pub(super) base_delay: Duration,
    pub(super) max_delay: Duration,
    pub(super) longest_retry_after: Duration,
    pub(super) budget: Duration,
    pub(super) repeats_unsafe: bool,
    pub(super) decide: Option<Decide>,
}

impl RetryPolicy {
    /// The default policy.
    pub const fn new() -> Self {
        Self {
            attempts: 3,
            base_delay: Duration::from_millis(500),
            max_delay: Duration::from_secs(20),
            longest_retry_after: Duration::from_secs(60),
            budget: Duration::from_secs(120),
            repeats_unsafe: false,
            decide: None,
        }
    }

    /// Sends each request once.
    pub const fn none() -> Self {
        let mut policy = Self::new();
        policy.attempts = 1;
        policy
    }

    /// How often a request is sent at most, the first time included: 3 by default. 0 means 1.
    pub const fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// The wait before the second attempt: half a second by default. It doubles with each further one, and each wait
    /// is longer by a random part of itself, so that clients which failed together do not come back together.
    pub const fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// The longest wait, unless the server asks for a longer one: 20 seconds by default.
    pub const fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// The longest `Retry-After` that is waited for: a minute by default. When the server asks for more, the call
    /// ends at once, and [`Error::retry_after`] says how long to wait.
    pub const fn longest_retry_after(mut self, delay: Duration) -> Self {
        self.longest_retry_after = delay;
        self
    }

    /// The time from the beginning of the first attempt after which no other one begins: two minutes by default.
    pub const fn budget(mut self, budget: Duration) -> Self {
        self.budget = budget;
        self
    }

    /// Whether requests are sent again that the server may have acted upon, although their method is not idempotent:
    /// `false` by default. Set it where creating something twice does no harm, or where the service tells
    /// duplicates apart by itself.
    pub const fn repeat_unsafe(mut self, repeats: bool) -> Self {
        self.repeats_unsafe = repeats;
        self
    }

    /// Which errors are worth another attempt, in place of [`Error::is_retryable`]. What may not be sent twice is
    /// still not sent twice.
    ///
    /// ```
    /// use linchpin::resilience::RetryPolicy;
    ///
    /// let only_too_many = RetryPolicy::new().retry_if(|error| error.status() == Some(429));
    /// ```
    pub fn retry_if(mut self, decide: impl Fn(&Error) -> bool + Send + Sync + 'static) -> Self {
        self.decide = Some(Arc::new(decide));
        self
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for RetryPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RetryPolicy")
            .field("attempts", &self.attempts)
            .field("base_delay", &self.base_delay)
            .field("max_delay", &self.max_delay)
            .field("longest_retry_after", &self.longest_retry_after)
            .field("budget", &self.budget)
            .field("repeat_unsafe", &self.repeats_unsafe)
            .field("retry_if", &self.decide.is_some())
            .finish()
    }
}
