//! Webhooks: registering them, receiving what they are sent, answering (connector.md 11.5, 11.6, 13).
//!
//! Nothing here knows a web framework: a request goes in as `http::Request<Bytes>`, an answer comes out as
//! [`Reply`]. The feature `axum` turns a hook into a `Router`.
//!
//! - [`Webhook`] is what the connector describes. [`Webhook::attach`] registers a url at the service and gives a
//!   [`Hook`]; [`Hook::record`] is what to keep of it, and [`Webhook::open`] makes a hook of that again, in this
//!   process or another one.
//! - [`Hook::handle`] takes a request and gives a [`Delivery`]: the answer and the bundles.
//! - [`InstantTrigger`] gives the bundles their type, after the request of its own that it may have.
//! - [`SharedWebhook`] takes the requests of all hooks of a webhook that has one url, and routes them by `uid`.
//! - [`Respond`] is an answer that a responder of the connector composes.

#[cfg(feature = "axum")]
mod axum;
mod delivery;
mod error;
mod hook;
mod incoming;
mod instant;
mod items;
mod multipart;
mod record;
mod register;
mod reply;
mod respond;
mod shared;
mod spec;

pub use delivery::Delivery;
pub use error::WebhookError;
pub use hook::Hook;
pub use instant::InstantTrigger;
pub use record::HookRecord;
pub use reply::{IntoReply, Reply};
pub use respond::{Respond, RespondFuture};
pub use shared::{SharedDelivery, SharedWebhook};
pub use spec::Webhook;
