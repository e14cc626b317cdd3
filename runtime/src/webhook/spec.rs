//! A webhook as the connector describes it.

use std::fmt;
use std::marker::PhantomData;

use super::hook::Hook;
use super::record::HookRecord;
use super::register;
use super::shared::SharedWebhook;
use crate::client::{Client, Input};
use crate::engine::job::Registration;
use crate::error::{Error, ErrorKind};
use crate::plan::{self, Plan};
use crate::random;
use crate::value::Object;

/// A webhook of a connector: generated code gives it, as `client.webhooks().name()`. `P` is its form.
///
/// The examples of the page on webhooks show it whole.
#[must_use = "a webhook does nothing until it is attached or opened"]
pub struct Webhook<P> {
    client: Client,
    plan: Plan<plan::Webhook>,
    id: Option<String>,
    form: PhantomData<fn(P)>,
}

impl<P> Webhook<P> {
    /// The webhook `plan`: generated code makes it.
    pub fn new(client: &Client, plan: impl Into<Plan<plan::Webhook>>) -> Self {
        Self { client: client.clone(), plan: plan.into(), id: None, form: PhantomData }
    }

    /// Sets the id of the hook that is attached next: templates see it as `webhook.id`. A random one by default.
    pub fn with_id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// A hook that was attached before, here or in another process.
    ///
    /// # Errors
    /// `InvalidConfiguration` when it is a hook of another webhook.
    pub fn open(&self, record: HookRecord) -> Result<Hook, Error> {
        if record.webhook != *self.plan.name {
            let message = format!("this is a hook of the webhook {:?}", record.webhook);
            return Err(Error::new(ErrorKind::InvalidConfiguration, message).in_module(&self.plan.name));
        }
        Ok(Hook::new(&self.client, &self.plan, record))
    }

    /// Takes the requests of all hooks of this webhook, where it is a shared one (connector.md 13.1).
    pub fn shared(&self) -> SharedWebhook {
        SharedWebhook::new(&self.client, &self.plan)
    }
}

impl<P: Input> Webhook<P> {
    /// Registers `url` at the service, by the connector's `attach`, and gives the hook. Where the connector has no
    /// `attach`, nothing is sent: its user registers the url by hand (connector.md 13.2).
    ///
    /// Keep [`Hook::record`]: it is needed to detach the hook. When one of several requests fails, the connector's
    /// `detach` takes back what those before it have registered, as far as that goes.
    ///
    /// # Errors
    /// `Data` for values that the form refuses, before any request; `InvalidConfiguration` when the webhook is shared
    /// and nothing says whose hook this is; and whatever the requests end with.
    pub async fn attach(&self, url: impl Into<String> + Send, parameters: P) -> Result<Hook, Error> {
        let core = self.client.core()?;
        // The form may be of a type that cannot move between threads; its values can.
        let parameters = register::form(&core, &self.plan, parameters.into_object())?;
        self.register(url.into(), parameters).await
    }

    async fn register(&self, url: String, parameters: Object) -> Result<Hook, Error> {
        let core = self.client.core()?;
        let id = self.id.clone().unwrap_or_else(|| random::uuid(core.scope().randomness()));
        let webhook = self.plan.name.to_string();
        let uid = register::account(&core, &self.plan).await?;
        let mut record = HookRecord { webhook, id, url, parameters, data: Object::new(), uid };
        let mut attached = register::run(&core, &self.plan, Registration::Attach, &mut record).await;
        if attached.is_ok() && self.plan.shared && record.uid.is_none() {
            attached = Err(register::no_account(&self.plan));
        }
        match attached {
            Ok(()) => Ok(Hook::new(&self.client, &self.plan, record)),
            Err(error) => {
                // What was registered half-way would be called for ever, and nobody could remove it.
                if !record.data.is_empty() {
                    let _ = register::run(&core, &self.plan, Registration::Detach, &mut record).await;
                }
                Err(error)
            }
        }
    }
}

impl<P> Clone for Webhook<P> {
    fn clone(&self) -> Self {
        Self { client: self.client.clone(), plan: self.plan.clone(), id: self.id.clone(), form: PhantomData }
    }
}

impl<P> fmt::Debug for Webhook<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Webhook").field("name", &self.plan.name).finish_non_exhaustive()
    }
}
