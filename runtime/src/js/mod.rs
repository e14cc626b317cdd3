//! JavaScript: custom functions of connectors and code blocks (connector.md 16 and 18, rulings 37, 38 and 40).
//!
//! The engine is QuickJS. Every module run and every block run has an interpreter of its own, made fresh and dropped
//! at the run's end, on threads that run nothing else. [`JsLimits`] bounds its memory, stack and time. Code sees no
//! file, process, environment variable or network, except what `fetch` is allowed to reach.
//!
//! These limits keep mistakes and ordinary malice away from the process. Code from strangers who look for holes in
//! the interpreter itself belongs into a process of its own, which is the hard sandbox.

mod block;
mod convert;
mod engine;
mod failure;
mod functions;
mod iml;
mod intrinsics;
mod limits;
mod network;
mod pool;
mod realm;
mod session;
mod syntax;
mod watch;
mod web;

pub use crate::client::code::{CodeTrigger, DataSourceCall};
pub(crate) use block::LogSink;
#[cfg(feature = "axum")]
pub(crate) use block::serve;
#[cfg(feature = "axum")]
pub use block::trigger_router;
pub use block::{
    ActionResult, CodeBlock, ConnectionValue, Context, DataSourceInput, DataSourceResult, Element, JsonForm,
    LogLevel, LogLine, MemoryStateStore, ObjectSelection, Party, StateKey, StateScope, StateStore,
    StepOutcome, StepResults, TriggerPayload, TriggerResponse, TriggerResult, step_key,
};
pub use engine::JsEngine;
pub use functions::JsFunctions;
pub use limits::JsLimits;
pub use network::FetchPolicy;
pub use syntax::{SyntaxError, check_function};
