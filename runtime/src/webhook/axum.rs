//! Hooks as routers of axum.

use std::fmt::Display;
use std::future::Future;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use bytes::Bytes;
use http_body_util::{BodyExt as _, LengthLimitError, Limited};

use super::{Delivery, Hook, InstantTrigger, IntoReply, Reply, SharedDelivery, SharedWebhook, WebhookError};
use crate::client::{Bundle, Client};
use crate::error::{Error, ErrorKind};

impl Hook {
    /// A router that takes every request to its root and below, whatever the method: nest it where the hook's url
    /// points to.
    ///
    /// `on_delivery` runs for each request that brings bundles, before the answer is sent: once it has returned, they
    /// must be safe. What it returns is the answer, `()` the connector's own. When it fails, the answer is 500, and
    /// services send such an event again.
    ///
    /// A request above the cap (`ClientBuilder::max_webhook_bytes`) is answered with 413 and not read to its end.
    pub fn into_router<F, Fut, R, E>(self, on_delivery: F) -> Router
    where
        F: Fn(Delivery) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = Result<R, E>> + Send + 'static,
        R: IntoReply + Send + 'static,
        E: Display + Send + 'static,
    {
        route(move |request| {
            let (hook, on_delivery) = (self.clone(), on_delivery.clone());
            async move {
                let delivery = hook.handle(read(request, &hook.client).await?).await?;
                settle(delivery.reply().clone(), delivery.bundles().is_empty(), || on_delivery(delivery))
                    .await
            }
        })
    }
}

impl<T: Bundle + Send + 'static> InstantTrigger<T> {
    /// A router as [`Hook::into_router`] makes it, with the trigger's output in place of what the hook was brought.
    pub fn into_router<F, Fut, R, E>(self, hook: Hook, on_delivery: F) -> Router
    where
        F: Fn(Delivery<T>) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = Result<R, E>> + Send + 'static,
        R: IntoReply + Send + 'static,
        E: Display + Send + 'static,
    {
        route(move |request| {
            let (trigger, hook, on_delivery) = (self.clone(), hook.clone(), on_delivery.clone());
            async move {
                let delivery = trigger.handle(&hook, read(request, &hook.client).await?).await?;
                settle(delivery.reply().clone(), delivery.bundles().is_empty(), || on_delivery(delivery))
                    .await
            }
        })
    }
}

impl SharedWebhook {
    /// A router as [`Hook::into_router`] makes it, for all hooks of the webhook: `on_delivery` looks for the hooks of
    /// [`SharedDelivery::uids`] and routes to each.
    pub fn into_router<F, Fut, R, E>(self, on_delivery: F) -> Router
    where
        F: Fn(SharedDelivery) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = Result<R, E>> + Send + 'static,
        R: IntoReply + Send + 'static,
        E: Display + Send + 'static,
    {
        route(move |request| {
            let (shared, on_delivery) = (self.clone(), on_delivery.clone());
            async move {
                let delivery = shared.receive(read(request, &shared.client).await?).await?;
                settle(delivery.reply().clone(), delivery.uids().is_empty(), || on_delivery(delivery)).await
            }
        })
    }
}

/// Every path and method leads to `take`.
fn route<F, Fut>(take: F) -> Router
where
    F: Fn(Request) -> Fut + Clone + Send + Sync + 'static,
    Fut: Future<Output = Result<Reply, WebhookError>> + Send + 'static,
{
    let serve = move |request: Request| {
        let work = take(request);
        async move { answer(work.await) }
    };
    Router::new().fallback(serve)
}

fn answer(result: Result<Reply, WebhookError>) -> Response {
    let reply = result.unwrap_or_else(|error| {
        tracing::warn!(target: "linchpin", status = error.status().as_u16(), %error, "a webhook refused a request");
        error.reply()
    });
    reply.map(Body::from)
}

/// The answer, once the bundles are safe. Without bundles nobody is asked.
async fn settle<Fut, R, E>(
    usual: Reply,
    is_empty: bool,
    on_delivery: impl FnOnce() -> Fut + Send,
) -> Result<Reply, WebhookError>
where
    Fut: Future<Output = Result<R, E>> + Send,
    R: IntoReply,
    E: Display,
{
    if is_empty {
        return Ok(usual);
    }
    match on_delivery().await {
        Ok(own) => Ok(own.into_reply(usual)),
        Err(error) => {
            let message = format!("what was delivered could not be kept: {error}");
            Err(Error::new(ErrorKind::Runtime, message).into())
        }
    }
}

/// Reads a request, but no more of it than the cap.
async fn read(request: Request, client: &Client) -> Result<http::Request<Bytes>, WebhookError> {
    let cap = client.core()?.webhook_cap;
    let (head, body) = request.into_parts();
    let announced = head.headers.get(http::header::CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    if announced.and_then(|length| length.parse::<u64>().ok()).is_some_and(|length| length > cap) {
        return Err(WebhookError::too_large(cap));
    }
    let body = Limited::new(body, usize::try_from(cap).unwrap_or(usize::MAX)).collect().await;
    match body {
        Ok(body) => Ok(http::Request::from_parts(head, body.to_bytes())),
        Err(error) if error.is::<LengthLimitError>() => Err(WebhookError::too_large(cap)),
        Err(error) => {
            let message = format!("the request broke off: {error}");
            Err(WebhookError::refused(http::StatusCode::BAD_REQUEST, ErrorKind::Connection, message))
        }
    }
}
