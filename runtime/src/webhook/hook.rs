//! One instance of a webhook.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::Request;

use super::delivery::{Delivery, Role};
use super::error::WebhookError;
use super::incoming::Incoming;
use super::items::{self, Verdict};
use super::record::HookRecord;
use super::{register, reply};
use crate::client::core::Core;
use crate::client::{Client, Input};
use crate::engine::blotter::Blotter;
use crate::engine::job::{Registration, add_secrets};
use crate::error::Error;
use crate::plan::{Plan, Webhook};
use crate::scope::{Root, Scope};
use crate::value::Value;

/// A hook: one instance of a webhook, with its url. Clones are cheap.
#[derive(Clone)]
pub struct Hook {
    pub(super) client: Client,
    pub(super) webhook: Plan<Webhook>,
    record: Arc<HookRecord>,
}

impl Hook {
    pub(super) fn new(client: &Client, webhook: &Plan<Webhook>, record: HookRecord) -> Self {
        Self { client: client.clone(), webhook: webhook.clone(), record: Arc::new(record) }
    }

    /// What to keep of the hook.
    #[must_use]
    pub fn record(&self) -> &HookRecord {
        &self.record
    }

    pub(super) fn shared_record(&self) -> &Arc<HookRecord> {
        &self.record
    }

    /// Takes a request that the service has sent, and gives the answer with the bundles (connector.md 13.3).
    ///
    /// Nothing is remembered: a request that comes twice gives the same bundles twice. Send the answer once the
    /// bundles are safe; then no event is lost, and one may come again.
    ///
    /// # Errors
    /// A template fails, or the request is too large or not compressed as it says. Nothing is delivered then;
    /// [`WebhookError::reply`] is the answer (rulings 30).
    pub async fn handle(&self, request: Request<Bytes>) -> Result<Delivery, WebhookError> {
        let core = self.client.core()?;
        let incoming = Incoming::read(request, core.webhook_cap).await?;
        let mut scope = self.scope(&core).await?;
        incoming.show(&mut scope);
        self.look(&mut scope).map_err(|error| self.explain(&core, &scope, error).into())
    }

    fn look(&self, scope: &mut Scope) -> Result<Delivery, Error> {
        let webhook = &self.webhook;
        let (role, bundles) = match items::judge(webhook, scope)? {
            Verdict::Verification(reply) => {
                return Ok(Delivery::new(Role::Verification, reply, Vec::new(), &self.record));
            }
            Verdict::Ignored => (Role::Event, Vec::new()),
            Verdict::Counts => (Role::Event, self.bundles(scope)?),
        };
        let reply = reply::compose(webhook.respond.as_ref(), scope)?;
        Ok(Delivery::new(role, reply, bundles, &self.record))
    }

    /// The bundles that are this hook's: all of them, unless the webhook is shared.
    pub(super) fn bundles(&self, scope: &mut Scope) -> Result<Vec<Value>, Error> {
        let uid = self.record.uid.as_ref().map(Value::to_text);
        let wanted = match (self.webhook.shared, &uid) {
            (false, _) => None,
            (true, Some(uid)) => Some(uid.as_str()),
            (true, None) => return Err(register::no_account(&self.webhook)),
        };
        items::bundles(&self.webhook, wanted, scope)
    }

    /// What the templates of this hook see besides the request.
    pub(super) async fn scope(&self, core: &Arc<Core>) -> Result<Scope, Error> {
        let mut scope = core.scope();
        scope.set(Root::Temp, Value::Undefined);
        scope.set(Root::Parameters, self.record.parameters.clone());
        scope.set(Root::Data, self.record.data.clone());
        if let Some(connection) = core.first_of(&self.webhook.connections).await? {
            connection.learn(core).await?;
            scope.set(Root::Connection, connection.snapshot().data.clone());
        }
        Ok(scope)
    }

    /// Names the webhook and removes what is secret.
    pub(super) fn explain(&self, core: &Core, scope: &Scope, error: Error) -> Error {
        let mut blotter: Blotter = core.blotter.clone();
        blotter.add_leaves(scope.root(Root::Connection));
        blotter.add_leaves(scope.root(Root::Data));
        add_secrets(&self.webhook.parameters, scope.root(Root::Parameters), &mut blotter);
        error.in_module(&self.webhook.name).blotted(&blotter)
    }

    /// Changes the hook's form and registers that, by the connector's `update`. Where the connector has none, nothing
    /// is sent and the new values count for what arrives from now on. Keep the record of the hook that this gives.
    ///
    /// # Errors
    /// `Data` for values that the form refuses, before any request, and whatever the requests end with. The hook is as
    /// it was then.
    pub async fn update(&self, parameters: impl Input) -> Result<Self, Error> {
        let core = self.client.core()?;
        let parameters = register::form(&core, &self.webhook, parameters.into_object())?;
        self.register_again(HookRecord { parameters, ..HookRecord::clone(&self.record) }).await
    }

    async fn register_again(&self, mut record: HookRecord) -> Result<Self, Error> {
        let core = self.client.core()?;
        register::run(&core, &self.webhook, Registration::Update, &mut record).await?;
        Ok(Self::new(&self.client, &self.webhook, record))
    }

    /// Removes the registration, by the connector's `detach`. One that is gone already is no error
    /// (connector.md 13.2).
    ///
    /// # Errors
    /// Whatever the requests end with.
    pub async fn detach(&self) -> Result<(), Error> {
        let core = self.client.core()?;
        let mut record = HookRecord::clone(&self.record);
        register::run(&core, &self.webhook, Registration::Detach, &mut record).await
    }
}

impl fmt::Debug for Hook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hook").field("record", &self.record).finish_non_exhaustive()
    }
}
