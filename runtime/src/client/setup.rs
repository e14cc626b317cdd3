//! What precedes the first request of a call.

use std::pin::Pin;
use std::time::Duration;

use super::Client;
use crate::engine::{Run, RunOptions, eval, module_job};
use crate::error::{Error, ErrorKind};
use crate::plan::Plan;
use crate::plan::{Module, ModuleKind};
use crate::resilience::{RetryPolicy, later};
use crate::scope::Root;
use crate::value::{Date, Object, Value};

/// A call that has not begun: what to run, with what.
#[derive(Clone)]
pub(crate) struct Ticket {
    pub(super) client: Client,
    pub(crate) module: Plan<Module>,
    pub(super) input: Object,
    pub(crate) timeout: Option<Duration>,
    /// When the time of the whole call is over, if `timeout` does not say it.
    pub(crate) deadline: Option<Date>,
    pub(crate) retry: Option<RetryPolicy>,
}

impl Ticket {
    pub(crate) fn new(client: &Client, module: Plan<Module>, input: Object) -> Self {
        let timeout = client.0.as_ref().ok().and_then(|core| core.call_timeout);
        Self { client: client.clone(), module, input, timeout, deadline: None, retry: None }
    }

    /// When a limit of time that begins now is over.
    pub(super) fn until(&self, limit: Option<Duration>) -> Option<Date> {
        let core = self.client.0.as_ref().ok()?;
        limit.map(|limit| later(core.clock.now(), limit))
    }

    /// Checks the input and chooses the connection. Nothing is sent yet.
    pub(crate) async fn begin(self) -> Result<Run, Error> {
        let name = self.module.name.clone();
        self.start().await.map_err(|error| error.in_module(&name))
    }

    async fn start(self) -> Result<Run, Error> {
        let deadline = self.deadline.or_else(|| self.until(self.timeout));
        let core = self.client.core()?;
        let mut input = self.input;
        // The platform does not check what a form hands to an RPC (connector.md 14.1).
        if self.module.kind != ModuleKind::Rpc {
            core.check(&self.module.parameters, &mut input)?;
        }
        let connection = core.connection_for(&self.module).await?;
        let mut scope = core.scope();
        scope.set(Root::Parameters, input);
        scope.set(Root::Data, core.module_data(&self.module.name).unwrap_or_default());
        if let Some(connection) = &connection {
            scope.set(Root::Connection, connection.snapshot().data.clone());
        }
        scope.set(Root::Metadata, eval::metadata(&self.module));
        scope.set(Root::Scenario, Value::from(Object::new()));
        let mut run = Run::new(core, module_job(&self.module), scope, connection);
        run.options = RunOptions { retry: self.retry, deadline };
        Ok(run)
    }
}

/// Runs `work` within a limit of time, if there is one. It stays where its caller has pinned it: a call is several
/// thousand bytes, which would otherwise be moved and held twice.
pub(crate) async fn within<T>(
    limit: Option<Duration>,
    name: &str,
    work: Pin<&mut (dyn Future<Output = Result<T, Error>> + Send)>,
) -> Result<T, Error> {
    let Some(limit) = limit else { return work.await };
    match tokio::time::timeout(limit, work).await {
        Ok(result) => result,
        Err(_) => {
            let message = format!("the call took longer than {} ms", limit.as_millis());
            Err(Error::new(ErrorKind::Timeout, message).with_may_have_been_sent(true).in_module(name))
        }
    }
}
