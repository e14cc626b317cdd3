//! Instant triggers: what a webhook brings, as the bundles of a module (connector.md 11.5).

use std::fmt;
use std::marker::PhantomData;
use std::pin::pin;

use bytes::Bytes;
use http::Request;

use super::delivery::Delivery;
use super::error::WebhookError;
use super::hook::Hook;
use super::record::HookRecord;
use crate::client::setup::{Ticket, within};
use crate::client::{Bundle, Client};
use crate::engine::filter;
use crate::error::{Error, ErrorKind};
use crate::plan::{Module, Name, Plan};
use crate::scope::Root;
use crate::value::{Object, Value};

/// An instant trigger: it turns what a webhook brings into its output, one request for each item where it has a
/// request of its own. Clones are cheap; several triggers may look at what one webhook brings.
#[must_use = "a trigger does nothing until it is given what a webhook has brought"]
pub struct InstantTrigger<T> {
    client: Client,
    module: Plan<Module>,
    /// Its webhook, where it names one.
    webhook: Option<Name>,
    input: Object,
    output: PhantomData<fn() -> T>,
}

impl<T> InstantTrigger<T> {
    /// The trigger `module`, which belongs to a webhook: generated code makes it.
    pub fn new(
        client: &Client,
        module: impl Into<Plan<Module>>,
        webhook: Option<Name>,
        input: Object,
    ) -> Self {
        let (client, module) = (client.clone(), module.into());
        Self { client, module, webhook, input, output: PhantomData }
    }

    /// Gives the bundles as they are, without a type of their own.
    pub fn raw(self) -> InstantTrigger<Value> {
        let Self { client, module, webhook, input, .. } = self;
        InstantTrigger { client, module, webhook, input, output: PhantomData }
    }

    fn check(&self, record: &HookRecord) -> Result<(), Error> {
        match &self.webhook {
            Some(webhook) if *webhook != record.webhook => {
                let message = format!("it belongs to the webhook {webhook:?}, not to {:?}", record.webhook);
                Err(Error::new(ErrorKind::InvalidConfiguration, message).in_module(&self.module.name))
            }
            _ => Ok(()),
        }
    }

    async fn bundles(&self, record: &HookRecord, payload: Value) -> Result<Vec<Object>, Error> {
        if self.module.requests.is_empty() && self.module.code.is_none() {
            return Ok(filter::search(payload));
        }
        let ticket = Ticket::new(&self.client, self.module.clone(), self.input.clone());
        let limit = ticket.timeout;
        within(limit, &self.module.name, pin!(Self::enrich(ticket, record, payload))).await
    }

    async fn enrich(ticket: Ticket, record: &HookRecord, payload: Value) -> Result<Vec<Object>, Error> {
        let mut run = ticket.begin().await?;
        // The module adds to the form of the webhook, and to what is kept of the hook (connector.md 9.2, 11.1).
        for (root, under) in [(Root::Parameters, &record.parameters), (Root::Data, &record.data)] {
            let mut merged = under.clone();
            merged.spread(run.scope.root(root));
            run.scope.set(root, merged);
        }
        run.scope.set(Root::Webhook, record.variable());
        // What sends nothing keeps the body of the step before (connector.md 4.5), which is the item itself.
        run.scope.set(Root::Body, payload.clone());
        run.scope.set(Root::Payload, payload);
        Ok(filter::search(run.finish().await?))
    }
}

impl<T: Bundle> InstantTrigger<T> {
    /// Lets `hook` take a request, and gives the trigger's output for what it has brought.
    ///
    /// Requests of the trigger's own run before this returns; when one fails, nothing is delivered and the answer is
    /// 500, so that the service sends its event again. To answer at once, let [`Hook::handle`] take the request, keep
    /// its bundles, and [`run_item`](Self::run_item) later.
    ///
    /// # Errors
    /// As [`Hook::handle`], and whatever the trigger's own requests end with.
    pub async fn handle(&self, hook: &Hook, request: Request<Bytes>) -> Result<Delivery<T>, WebhookError> {
        self.check(hook.record())?;
        let delivery = hook.handle(request).await?;
        let bundles = self.run(&delivery).await?;
        Ok(delivery.with(bundles))
    }

    /// The trigger's output for what a hook was brought.
    ///
    /// # Errors
    /// `InvalidConfiguration` when the hook is of another webhook, and whatever the trigger's own requests end with.
    pub async fn run(&self, delivery: &Delivery) -> Result<Vec<T>, Error> {
        let mut all = Vec::with_capacity(delivery.bundles().len());
        for item in delivery.bundles() {
            all.extend(self.run_item(delivery.record(), item.clone()).await?);
        }
        Ok(all)
    }

    /// The trigger's output for one item: usually one bundle, none where the output is nothing.
    ///
    /// # Errors
    /// As [`run`](Self::run).
    pub async fn run_item(&self, record: &HookRecord, item: Value) -> Result<Vec<T>, Error> {
        self.check(record)?;
        let bundles = self.bundles(record, item).await?;
        Ok(bundles.into_iter().map(T::from_bundle).collect())
    }
}

impl<T> Clone for InstantTrigger<T> {
    fn clone(&self) -> Self {
        Self {
            client: self.client.clone(),
            module: self.module.clone(),
            webhook: self.webhook.clone(),
            input: self.input.clone(),
            output: PhantomData,
        }
    }
}

impl<T> fmt::Debug for InstantTrigger<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InstantTrigger").field("module", &self.module.name).finish_non_exhaustive()
    }
}
