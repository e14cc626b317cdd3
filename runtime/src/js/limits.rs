//! What code may use.

use std::time::Duration;

/// What one run of JavaScript may use, and how many run at once (rulings 37, 38).
///
/// ```
/// use std::time::Duration;
/// use linchpin::js::JsLimits;
///
/// let limits = JsLimits::new().memory(16 << 20).time(Duration::from_secs(2));
/// assert_eq!(limits.memory_bytes(), 16 << 20);
/// ```
#[derive(Debug, Clone)]
pub struct JsLimits {
    memory: usize,
    stack: usize,
    time: Duration,
    threads: usize,
    stuck_threads: usize,
    log: usize,
}

impl Default for JsLimits {
    fn default() -> Self {
        Self {
            memory: 64 << 20,
            stack: 1 << 20,
            time: Duration::from_secs(10),
            threads: 64,
            stuck_threads: 4,
            log: 1 << 20,
        }
    }
}

/// QuickJS takes a larger limit for none at all.
const MOST_STACK: usize = 16 << 20;

impl JsLimits {
    /// 64 MiB of memory, 1 MiB of stack, 10 seconds, 64 threads of which 4 may be stuck, 1 MiB of log.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Most bytes that a run may hold at once. Default: 64 MiB. Less than 1 MiB counts as 1 MiB, which the
    /// interpreter needs for itself.
    #[must_use]
    pub fn memory(mut self, bytes: usize) -> Self {
        self.memory = bytes.max(1 << 20);
        self
    }

    /// Most bytes of stack, which bounds the depth of calls. Default: 1 MiB; from 64 KiB to 16 MiB.
    #[must_use]
    pub fn stack(mut self, bytes: usize) -> Self {
        self.stack = bytes.clamp(64 << 10, MOST_STACK);
        self
    }

    /// Longest time of one block run, or of one call of a custom function. Default: 10 seconds.
    #[must_use]
    pub fn time(mut self, time: Duration) -> Self {
        self.time = time;
        self
    }

    /// Most threads, which is how many runs go on at once; further ones wait. Default: 64.
    #[must_use]
    pub fn threads(mut self, threads: usize) -> Self {
        self.threads = threads.max(1);
        self
    }

    /// How many threads may be stuck in code that does not stop. Each is replaced; when so many are stuck, no run
    /// begins until one ends. Default: 4.
    #[must_use]
    pub fn stuck_threads(mut self, threads: usize) -> Self {
        self.stuck_threads = threads.max(1);
        self
    }

    /// Most bytes of log that one run keeps; what comes after is dropped. Default: 1 MiB.
    #[must_use]
    pub fn log(mut self, bytes: usize) -> Self {
        self.log = bytes;
        self
    }

    /// Most bytes that a run may hold at once.
    #[must_use]
    pub fn memory_bytes(&self) -> usize {
        self.memory
    }

    /// Longest time of one run or call.
    #[must_use]
    pub fn time_limit(&self) -> Duration {
        self.time
    }

    pub(crate) fn stack_bytes(&self) -> usize {
        self.stack
    }

    pub(crate) fn most_threads(&self) -> usize {
        self.threads
    }

    pub(crate) fn most_stuck_threads(&self) -> usize {
        self.stuck_threads
    }

    pub(crate) fn log_bytes(&self) -> usize {
        self.log
    }
}
