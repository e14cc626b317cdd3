//! How often and how many at once a client may send.

use std::time::Duration;

/// How often a client sends, and how many requests it has under way at once.
///
/// All clones of a client share the limit. Requests go in the order in which they came. Several windows hold at once,
/// as services count them: so many a second, and so many a day. In no span of a window's length do more attempts
/// begin than it allows.
///
/// ```
/// use std::time::Duration;
/// use linchpin::resilience::RateLimit;
///
/// let limit = RateLimit::new()
///     .per_second(10)
///     .window(600, Duration::from_secs(60))
///     .concurrency(4)
///     .longest_wait(Duration::from_secs(30));
/// ```
#[derive(Debug, Clone, Default)]
#[must_use]
pub struct RateLimit {
    pub(super) windows: Vec<(u32, Duration)>,
    pub(super) concurrency: Option<u32>,
    pub(super) longest_wait: Option<Duration>,
}

impl RateLimit {
    /// No limit.
    pub const fn new() -> Self {
        Self { windows: Vec::new(), concurrency: None, longest_wait: None }
    }

    /// At most `requests` begin in any span of this length, beside what other windows say. Both must be more than
    /// nothing.
    pub fn window(mut self, requests: u32, span: Duration) -> Self {
        self.windows.push((requests, span));
        self
    }

    /// At most `requests` in any second.
    pub fn per_second(self, requests: u32) -> Self {
        self.window(requests, Duration::from_secs(1))
    }

    /// At most `requests` in any minute.
    pub fn per_minute(self, requests: u32) -> Self {
        self.window(requests, Duration::from_secs(60))
    }

    /// At most `requests` under way at once, until the last byte of each answer.
    pub const fn concurrency(mut self, requests: u32) -> Self {
        self.concurrency = Some(requests);
        self
    }

    /// Rather than wait for a window longer than this, a call fails with kind `RateLimit`, and
    /// [`Error::retry_after`](crate::Error::retry_after) says how long it would have been. Without it, calls wait as
    /// long as their own time limit lets them.
    pub const fn longest_wait(mut self, wait: Duration) -> Self {
        self.longest_wait = Some(wait);
        self
    }
}
