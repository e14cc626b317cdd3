//! Webhooks that have one url for all their hooks (connector.md 13.1).

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::Request;

use super::delivery::{Delivery, Role};
use super::error::WebhookError;
use super::hook::Hook;
use super::incoming::Incoming;
use super::items::{self, Verdict};
use super::reply::{self, Reply};
use crate::client::Client;
use crate::error::{Error, ErrorKind};
use crate::plan::{Plan, Webhook};
use crate::scope::{Root, Scope};
use crate::value::Value;

/// Takes the requests of all hooks of a shared webhook.
///
/// The hooks may be of many connections, each with a client of its own; the client behind this one gives the clock and
/// the constants, and needs no connection. Until an item is routed, its hook is not known: `verification`,
/// `condition`, `iterate.container` and `uid` see neither `connection`, `parameters` nor `data`.
///
/// ```no_run
/// # use linchpin::webhook::{Hook, SharedWebhook, WebhookError};
/// # async fn run(shared: SharedWebhook, request: http::Request<bytes::Bytes>, find: fn(&str) -> Vec<Hook>) -> Result<(), WebhookError> {
/// let delivery = shared.receive(request).await?;
/// for uid in delivery.uids() {
///     for hook in find(uid) {
///         for bundle in delivery.route(&hook).await?.bundles() {
///             println!("{bundle} for {}", hook.record().id());
///         }
///     }
/// }
/// let answer = delivery.reply();
/// # let _ = answer; Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct SharedWebhook {
    pub(super) client: Client,
    webhook: Plan<Webhook>,
}

impl SharedWebhook {
    pub(super) fn new(client: &Client, webhook: &Plan<Webhook>) -> Self {
        Self { client: client.clone(), webhook: webhook.clone() }
    }

    /// Takes a request that the service has sent.
    ///
    /// # Errors
    /// As [`Hook::handle`]; besides, `InvalidConfiguration` for a webhook that says of no item whose it is.
    pub async fn receive(&self, request: Request<Bytes>) -> Result<SharedDelivery, WebhookError> {
        let core = self.client.core()?;
        let incoming = Incoming::read(request, core.webhook_cap).await?;
        let mut scope = core.scope();
        scope.set(Root::Temp, Value::Undefined);
        incoming.show(&mut scope);
        let looked = self.look(&mut scope);
        let (role, reply, uids) =
            looked.map_err(|error| error.in_module(&self.webhook.name).blotted(&core.blotter))?;
        let webhook = self.webhook.clone();
        Ok(SharedDelivery { webhook, incoming: Arc::new(incoming), role, reply, uids })
    }

    fn look(&self, scope: &mut Scope) -> Result<(Role, Reply, Vec<String>), Error> {
        let webhook = &self.webhook;
        if webhook.uid.is_none() {
            let message = "the webhook has no `uid`: nothing says whose an item is";
            return Err(Error::new(ErrorKind::InvalidConfiguration, message));
        }
        let uids = match items::judge(webhook, scope)? {
            Verdict::Verification(reply) => return Ok((Role::Verification, reply, Vec::new())),
            Verdict::Ignored => Vec::new(),
            Verdict::Counts => items::uids(webhook, scope)?,
        };
        Ok((Role::Event, reply::compose(webhook.respond.as_ref(), scope)?, uids))
    }
}

/// What a request has brought to a shared webhook: the answer to send, and items of several accounts.
#[derive(Clone)]
pub struct SharedDelivery {
    webhook: Plan<Webhook>,
    incoming: Arc<Incoming>,
    role: Role,
    reply: Reply,
    uids: Vec<String>,
}

impl SharedDelivery {
    /// The accounts that have items in the request, each once: look for their hooks, and route to each.
    #[must_use]
    pub fn uids(&self) -> &[String] {
        &self.uids
    }

    /// What the request has brought to one hook: the items whose `uid` is the hook's.
    ///
    /// # Errors
    /// A template fails, or the hook is of another webhook. Answer with [`WebhookError::reply`], so that the service
    /// sends its request again: other hooks may then get their bundles twice, none loses them.
    pub async fn route(&self, hook: &Hook) -> Result<Delivery, WebhookError> {
        let record = hook.shared_record();
        if hook.webhook.name != self.webhook.name {
            let message =
                format!("a hook of {:?} cannot take what {:?} got", record.webhook, self.webhook.name);
            return Err(Error::new(ErrorKind::InvalidConfiguration, message).into());
        }
        let owns =
            record.uid.as_ref().is_some_and(|uid| self.uids.iter().any(|known| *known == uid.to_text()));
        if !owns {
            return Ok(Delivery::new(self.role, self.reply.clone(), Vec::new(), record));
        }
        let core = hook.client.core()?;
        let mut scope = hook.scope(&core).await?;
        self.incoming.show(&mut scope);
        let bundles = hook.bundles(&mut scope).map_err(|error| hook.explain(&core, &scope, error))?;
        Ok(Delivery::new(self.role, self.reply.clone(), bundles, record))
    }

    /// The answer to send once all bundles are safe.
    #[must_use]
    pub fn reply(&self) -> &Reply {
        &self.reply
    }

    /// The request only asked whether the url answers.
    #[must_use]
    pub fn is_verification(&self) -> bool {
        self.role == Role::Verification
    }
}

impl fmt::Debug for SharedWebhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SharedWebhook").field("name", &self.webhook.name).finish_non_exhaustive()
    }
}

impl fmt::Debug for SharedDelivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SharedDelivery")
            .field("role", &self.role)
            .field("status", &self.reply.status())
            .field("uids", &self.uids)
            .finish_non_exhaustive()
    }
}
