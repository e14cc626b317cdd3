//! What all clones of a client share.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http::HeaderValue;

use super::install::Installed;
use crate::clock::Clock;
use crate::connection::state::ConnectionState;
use crate::engine::blotter::Blotter;
use crate::engine::hosts::Home;
use crate::error::{Error, ErrorKind};
use crate::plan::Plan;
use crate::plan::{Connection, Connector, Module, Name, Parameter};
use crate::random::{Random, SystemRandom};
use crate::resilience::{Interceptors, Limiter, RetryPolicy};
use crate::scope::{Root, Scope};
use crate::transport::Transport;
use crate::validate;
use crate::value::{Object, Value};

/// What all clones of a client share.
pub(crate) struct Core {
    pub(crate) plan: Plan<Connector>,
    pub(crate) connections: Vec<Arc<ConnectionState>>,
    /// Values of the connector's constants.
    pub(crate) common: Object,
    /// Values of the constants of single connections, by the connection's name.
    pub(crate) connection_common: HashMap<String, Object>,
    /// What installations of single connections have added, by the connection's name.
    pub(crate) installed: HashMap<String, Installed>,
    /// Takes the place of the connector's `baseUrl`.
    pub(crate) base_url: Option<String>,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Option<Arc<dyn Random>>,
    pub(crate) environment: Object,
    /// Hosts that may be sent credentials.
    pub(crate) hosts: Vec<Home>,
    pub(crate) user_agent: HeaderValue,
    pub(crate) timeout: Option<Duration>,
    /// The limit of each call as a whole.
    pub(crate) call_timeout: Option<Duration>,
    pub(crate) retry: RetryPolicy,
    pub(crate) limiter: Option<Limiter>,
    pub(crate) interceptors: Interceptors,
    pub(crate) max_pages: Option<u64>,
    pub(crate) max_requests: Option<u64>,
    /// The most bytes of an answer, decoded.
    pub(crate) response_cap: u64,
    /// The most bytes of a request that a webhook takes, decoded.
    pub(crate) webhook_cap: u64,
    /// Whether a request whose token is refused is made again with a new one (rulings 31).
    pub(crate) retries_after_access_error: bool,
    /// Whether values that are no option of a select are refused.
    pub(crate) checks_options: bool,
    /// What is secret in the constants.
    pub(crate) blotter: Blotter,
    /// What JavaScript runs with.
    #[cfg(feature = "js")]
    pub(crate) javascript: super::javascript::JavaScript,
    /// What modules have stored by `response.data`, by module.
    pub(crate) module_data: Mutex<HashMap<String, Object>>,
}

impl Core {
    /// A scope with what every run sees.
    pub(crate) fn scope(&self) -> Scope {
        let mut scope = Scope::new();
        scope.set_clock(Arc::clone(&self.clock));
        if let Some(random) = &self.random {
            scope.set_random(Arc::clone(random));
        }
        #[cfg(feature = "js")]
        if let Some(functions) = self.javascript.functions(|| self.blotter.clone()) {
            scope.set_custom(functions);
        }
        scope.set(Root::Common, self.common.clone());
        scope.set(Root::Environment, self.environment.clone());
        scope.set(Root::Temp, Object::new());
        scope
    }

    /// Checks the values of a form, and converts what forms convert.
    pub(crate) fn check(&self, parameters: &[Parameter], values: &mut Object) -> Result<(), Error> {
        let mut scope = Scope::new();
        scope.set(Root::Environment, self.environment.clone());
        validate::check(parameters, values, self.checks_options, &scope)
    }

    /// The source of randomness of everything that is no template.
    pub(crate) fn randomness(&self) -> &dyn Random {
        self.random.as_deref().unwrap_or(&SystemRandom)
    }

    /// The constants as a connection sees them: its own, or where it has none the connector's (connector.md 3.3), and
    /// what its installation adds.
    pub(crate) fn connection_common(&self, connection: &Connection) -> Object {
        let own = self.connection_common.get(&*connection.name);
        let value = |name: &str| own.and_then(|own| own.get(name)).or_else(|| self.common.get(name)).cloned();
        let mut common = match connection.common.is_empty() {
            true => self.common.clone(),
            false => connection.common.iter().filter_map(|name| Some((&**name, value(name)?))).collect(),
        };
        if let (true, Some(own)) = (connection.common.is_empty(), own) {
            common.spread(&Value::from(own.clone()));
        }
        if let Some(Ok(installed)) = self.installed.get(&*connection.name) {
            common.spread(&Value::from(installed.clone()));
        }
        common
    }

    /// The connection that a module uses: the first of those that it takes that is set (rulings 24). Stored ones are
    /// read first, since only then it is known which they are.
    pub(crate) async fn connection_for(
        &self,
        module: &Module,
    ) -> Result<Option<Arc<ConnectionState>>, Error> {
        #[cfg(feature = "js")]
        if module.code.is_some() {
            return self.connection_for_code(&module.connections).await;
        }
        self.first_of(&module.connections).await
    }

    /// The first of these connections that is set; none where none is named.
    pub(crate) async fn first_of(&self, names: &[Name]) -> Result<Option<Arc<ConnectionState>>, Error> {
        if names.is_empty() {
            return Ok(None);
        }
        for connection in self.connections.iter().filter(|connection| connection.name().is_none()) {
            connection.load().await?;
        }
        for wanted in names {
            let found = self.connections.iter().find(|connection| connection.name() == Some(wanted));
            if let Some(connection) = found {
                return Ok(Some(Arc::clone(connection)));
            }
        }
        let message = format!("no connection is set, {} is needed", names.join(" or "));
        Err(Error::new(ErrorKind::InvalidConfiguration, message))
    }

    /// What a module has stored.
    pub(crate) fn module_data(&self, module: &str) -> Option<Object> {
        self.module_data.lock().unwrap_or_else(PoisonError::into_inner).get(module).cloned()
    }

    /// Stores keys of a module.
    pub(crate) fn keep_module_data(&self, module: &str, fresh: &Value) {
        let mut all = self.module_data.lock().unwrap_or_else(PoisonError::into_inner);
        all.entry(module.to_owned()).or_default().spread(fresh);
    }
}
