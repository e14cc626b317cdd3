//! A trigger as a web service (connector.md 18.2).

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use http::StatusCode;

use super::CodeBlock;
use super::context::Context;
use super::payload::TriggerPayload;
use super::result::TriggerResult;
use crate::error::Error;

/// Larger requests are refused.
const MOST_BYTES: usize = 16 << 20;

/// Serves a trigger: every request that arrives, whatever its method and path, runs `block` and gets the answer that
/// the code returned. A run that fails answers 500 without details.
///
/// `context` makes the context of each run. `results` takes what the trigger gave, to run the flow with.
pub fn trigger_router(
    block: CodeBlock,
    context: impl Fn() -> Context + Send + Sync + 'static,
    results: impl Fn(TriggerResult) + Send + Sync + 'static,
) -> Router {
    let run = move |payload| {
        let (block, context) = (block.clone(), context());
        async move { block.trigger(&context, payload).await }
    };
    serve(run, results)
}

/// Runs a trigger for every request.
pub(crate) fn serve<F>(
    run: impl Fn(TriggerPayload) -> F + Send + Sync + 'static,
    results: impl Fn(TriggerResult) + Send + Sync + 'static,
) -> Router
where
    F: Future<Output = Result<TriggerResult, Error>> + Send + 'static,
{
    let shared = Arc::new((run, results));
    Router::new().fallback(move |request: Request| {
        let shared = Arc::clone(&shared);
        async move {
            let (run, results) = &*shared;
            let (parts, body) = request.into_parts();
            let Ok(body) = to_bytes(body, MOST_BYTES).await else {
                return StatusCode::PAYLOAD_TOO_LARGE.into_response();
            };
            match run(TriggerPayload::from_http(&http::Request::from_parts(parts, body))).await {
                Ok(result) => {
                    let (parts, body) = result.clone().into_http().into_parts();
                    results(result);
                    Response::from_parts(parts, Body::from(body))
                }
                Err(error) => {
                    tracing::error!(target: "linchpin::js", "trigger failed: {error}");
                    StatusCode::INTERNAL_SERVER_ERROR.into_response()
                }
            }
        }
    })
}
