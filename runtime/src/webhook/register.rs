//! Runs the requests that register a hook, change its registration or remove it (connector.md 13.2).

use std::pin::pin;
use std::sync::Arc;

use super::record::HookRecord;
use crate::client::core::Core;
use crate::client::setup::within;
use crate::engine::Run;
use crate::engine::job::{Job, Registration};
use crate::error::{Error, ErrorKind};
use crate::plan::{Plan, Webhook};
use crate::resilience::later;
use crate::scope::Root;
use crate::value::{Object, Value};

/// Runs them, and notes in `record` what they have to say about the hook, also when a later one fails.
pub(super) async fn run(
    core: &Arc<Core>,
    webhook: &Plan<Webhook>,
    registration: Registration,
    record: &mut HookRecord,
) -> Result<(), Error> {
    let limit = core.call_timeout;
    let deadline = limit.map(|limit| later(core.clock.now(), limit));
    let work = async {
        let connection = core.first_of(&webhook.connections).await?;
        let mut scope = core.scope();
        scope.set(Root::Parameters, record.parameters.clone());
        scope.set(Root::Data, record.data.clone());
        scope.set(Root::Webhook, record.variable());
        if let Some(connection) = &connection {
            scope.set(Root::Connection, connection.snapshot().data.clone());
        }
        let job = Job::Hook(webhook.clone(), registration);
        let mut run = Run::new(Arc::clone(core), job, scope, connection);
        run.options.deadline = deadline;
        let result = run.finish().await;
        record.learn(run.kept);
        result.map(drop)
    };
    within(limit, &webhook.name, pin!(work)).await.map_err(|error| error.in_module(&webhook.name))
}

/// The values of a webhook's form, checked.
pub(super) fn form(core: &Core, webhook: &Webhook, mut input: Object) -> Result<Object, Error> {
    core.check(&webhook.parameters, &mut input).map_err(|error| error.in_module(&webhook.name))?;
    Ok(input)
}

/// The account whose items a shared webhook routes to a hook: that of the connection, which is verified when it is
/// not known yet (connector.md 13.1).
pub(super) async fn account(core: &Arc<Core>, webhook: &Webhook) -> Result<Option<Value>, Error> {
    let Some(connection) = core.first_of(&webhook.connections).await? else { return Ok(None) };
    connection.load().await?;
    if let Some(uid) = &connection.snapshot().uid {
        return Ok(Some(uid.clone()));
    }
    if !webhook.shared {
        return Ok(None);
    }
    connection.verify(core).await?;
    Ok(connection.snapshot().uid.clone())
}

/// The error of a shared webhook's hook whose account is not known.
pub(super) fn no_account(webhook: &Webhook) -> Error {
    let message = "nobody says whose hook this is: neither the connection nor `attach` gives a `uid`";
    Error::new(ErrorKind::InvalidConfiguration, message).in_module(&webhook.name)
}
