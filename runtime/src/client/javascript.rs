//! What a client runs JavaScript with.

use std::sync::Arc;

use crate::custom::CustomFunctions;
use crate::engine::blotter::Blotter;
use crate::js::{CodeBlock, Context, FetchPolicy, JsEngine, JsFunctions, LogSink, StateStore};
use crate::plan::Connector;
use crate::transport::Transport;

/// What the builder sets.
#[derive(Default)]
pub(crate) struct Settings {
    pub(super) engine: Option<JsEngine>,
    pub(super) policy: FetchPolicy,
    pub(super) context: Context,
    pub(super) states: Option<Arc<dyn StateStore>>,
    pub(super) sink: Option<LogSink>,
}

/// What all clones of a client share.
pub(crate) struct JavaScript {
    functions: Option<JsFunctions>,
    /// A block without code, from which those of modules are made.
    block: CodeBlock,
    pub(super) context: Context,
}

impl Settings {
    /// `transport` is the caller's own; without it, `fetch` has one that looks at the addresses of names.
    pub(super) fn build(self, connector: &Connector, transport: Option<&Arc<dyn Transport>>) -> JavaScript {
        let engine = self.engine.unwrap_or_default();
        let sources = connector.functions.iter();
        let sources = sources.map(|function| (function.name.clone(), function.code.clone()));
        let functions = (!connector.functions.is_empty()).then(|| JsFunctions::new(engine.clone(), sources));
        let block = CodeBlock::new("").engine(engine).fetch_policy(self.policy);
        let block = block.parts(transport.cloned(), self.states, self.sink);
        JavaScript { functions, block, context: self.context }
    }
}

impl JavaScript {
    /// The custom functions of one run, for its scope. Their interpreter is made at the first call (rulings 37).
    /// `secrets` makes what stays out of logs.
    pub(crate) fn functions(&self, secrets: impl FnOnce() -> Blotter) -> Option<Arc<dyn CustomFunctions>> {
        self.functions.as_ref().map(|functions| functions.run_hiding(secrets()))
    }

    /// A block with this code.
    pub(super) fn block(&self, name: &str, code: &str) -> CodeBlock {
        self.block.with_code(name, code)
    }
}
