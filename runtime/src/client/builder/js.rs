//! What JavaScript of a connector may use.

use std::sync::Arc;

use super::ClientBuilder;
use crate::js::{Context, FetchPolicy, JsEngine, JsLimits, LogLine, StateStore};

impl<C> ClientBuilder<C> {
    /// Limits JavaScript of this client, which gets threads of its own. Without it, clients share threads with the
    /// default limits (rulings 37, 38).
    ///
    /// ```
    /// use linchpin::client::{Client, ClientBuilder};
    /// use linchpin::js::JsLimits;
    /// # fn set(builder: ClientBuilder<Client>) -> ClientBuilder<Client> {
    /// builder.js_limits(JsLimits::new().memory(16 << 20))
    /// # }
    /// ```
    pub fn js_limits(self, limits: JsLimits) -> Self {
        self.js_engine(JsEngine::new(limits))
    }

    /// Runs JavaScript on the threads of this engine, which several clients may share.
    pub fn js_engine(mut self, engine: JsEngine) -> Self {
        self.settings.javascript.engine = Some(engine);
        self
    }

    /// Where `fetch` of code modules and data sources may go: by default to public addresses (rulings 40). Custom
    /// functions have no `fetch`.
    pub fn fetch_policy(mut self, policy: FetchPolicy) -> Self {
        self.settings.javascript.policy = policy;
        self
    }

    /// What code modules and data sources are told of where they run: customer, instance, flow, config variables.
    pub fn code_context(mut self, context: Context) -> Self {
        self.settings.javascript.context = context;
        self
    }

    /// Where states of code modules are kept between runs; nowhere by default (connector.md 18.6).
    pub fn state_store(mut self, store: Arc<dyn StateStore>) -> Self {
        self.settings.javascript.states = Some(store);
        self
    }

    /// Hands out what code modules and data sources log, line by line. It goes to `tracing` in any case.
    pub fn on_code_log(mut self, sink: impl Fn(&LogLine) + Send + Sync + 'static) -> Self {
        self.settings.javascript.sink = Some(Arc::new(sink));
        self
    }
}
