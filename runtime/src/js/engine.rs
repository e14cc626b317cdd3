//! The engine that callers hold.

use std::fmt;
use std::sync::{Arc, OnceLock};

use super::limits::JsLimits;
use super::pool::Pool;

/// Runs JavaScript: threads and limits. Cloning is cheap, and all clones share the threads.
///
/// A client or a [`CodeBlock`](super::CodeBlock) that is given none uses [`JsEngine::shared`].
///
/// ```
/// use linchpin::js::{JsEngine, JsLimits};
///
/// let engine = JsEngine::new(JsLimits::new().memory(16 << 20));
/// assert_eq!(engine.stuck_threads(), 0);
/// ```
#[derive(Clone)]
pub struct JsEngine(Arc<Owner>);

/// Lets the threads end when the last handle is gone; the threads themselves hold the pool.
struct Owner(Arc<Pool>);

impl Drop for Owner {
    fn drop(&mut self) {
        self.0.close();
    }
}

impl JsEngine {
    /// An engine with threads of its own, none of which is started before it is needed.
    #[must_use]
    pub fn new(limits: JsLimits) -> Self {
        Self(Arc::new(Owner(Pool::new(limits))))
    }

    /// The engine of the process, with the default limits.
    #[must_use]
    pub fn shared() -> Self {
        static SHARED: OnceLock<JsEngine> = OnceLock::new();
        SHARED.get_or_init(|| Self::new(JsLimits::new())).clone()
    }

    /// Its limits.
    #[must_use]
    pub fn limits(&self) -> &JsLimits {
        self.0.0.limits()
    }

    /// How many threads are stuck in code that does not stop.
    #[must_use]
    pub fn stuck_threads(&self) -> usize {
        self.0.0.threads().1
    }

    pub(super) fn pool(&self) -> &Arc<Pool> {
        &self.0.0
    }
}

impl Default for JsEngine {
    fn default() -> Self {
        Self::shared()
    }
}

impl fmt::Debug for JsEngine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsEngine").field("limits", self.limits()).finish_non_exhaustive()
    }
}
