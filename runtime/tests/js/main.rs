//! JavaScript: custom functions, code blocks, and what they find and may not do (connector.md 16 and 18).
#![cfg(feature = "js")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::too_many_lines, reason = "tests fail by panicking")]

mod blocks;
mod edges;
mod fetch;
mod functions;
mod hostile;
mod node;
mod web;

use linchpin::error::Error;
use linchpin::js::{CodeBlock, Context, StepResults};

/// Runs an action without steps and gives its data as JSON.
pub async fn data(code: &str) -> Result<String, Error> {
    let result = CodeBlock::new(code).action(&Context::new(), StepResults::new()).await?;
    Ok(result.data.to_json().unwrap_or_default())
}

/// Evaluates an expression in a block.
pub async fn eval(expression: &str) -> String {
    let code = format!("module.exports = async () => ({{ data: await ({expression}) }})");
    data(&code).await.unwrap_or_else(|error| panic!("{expression}: {error}"))
}
