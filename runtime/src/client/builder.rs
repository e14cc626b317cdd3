//! Builds clients.

#[cfg(feature = "js")]
mod js;

use std::collections::HashMap;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;

use super::Client;
use super::core::Core;
use super::generated::Generated;
use super::install::{self, GivenInstallation, Installation};
use crate::clock::{Clock, SystemClock};
use crate::connection::state::ConnectionState;
use crate::connection::{Given, GivenConnection};
use crate::engine::blotter::Blotter;
use crate::engine::hosts::Home;
use crate::error::{Error, ErrorKind};
use crate::login::{Login, Pkce};
use crate::plan::Connector;
use crate::plan::Plan;
use crate::random::Random;
use crate::resilience::{Interceptor, Interceptors, Limiter, RateLimit, RetryPolicy};
use crate::transport::Transport;
use crate::value::{Object, Value};

/// The cap on an answer, unless the builder sets another one: 64 MiB.
const RESPONSE_CAP: u64 = 64 << 20;
/// The cap on a request that a webhook takes, unless the builder sets another one: 8 MiB.
const WEBHOOK_CAP: u64 = 8 << 20;

/// Builds a client of a connector.
///
/// Everything has a default; `build` says what does not fit together.
#[must_use]
pub struct ClientBuilder<C> {
    settings: Settings,
    client: PhantomData<fn() -> C>,
}

/// What can be set, whatever the connector.
pub(crate) struct Settings {
    plan: Plan<Connector>,
    connections: Vec<GivenConnection>,
    common: Object,
    connection_common: HashMap<String, Object>,
    installations: Vec<GivenInstallation>,
    base_url: Option<String>,
    transport: Option<Arc<dyn Transport>>,
    #[cfg(feature = "http")]
    http: crate::transport::HttpConfig,
    clock: Arc<dyn Clock>,
    random: Option<Arc<dyn Random>>,
    time_zone: Option<String>,
    hosts: Vec<String>,
    user_agent: Option<String>,
    timeout: Option<Duration>,
    call_timeout: Option<Duration>,
    retry: RetryPolicy,
    rate_limit: Option<RateLimit>,
    interceptors: Interceptors,
    max_pages: Option<u64>,
    max_requests: Option<u64>,
    response_cap: u64,
    webhook_cap: u64,
    checks_options: bool,
    retries_after_access_error: Option<bool>,
    pkce: Pkce,
    #[cfg(feature = "js")]
    javascript: super::javascript::Settings,
}

impl Settings {
    pub(crate) fn new(plan: Plan<Connector>) -> Self {
        Self {
            plan,
            connections: Vec::new(),
            common: Object::new(),
            connection_common: HashMap::new(),
            installations: Vec::new(),
            base_url: None,
            transport: None,
            #[cfg(feature = "http")]
            http: crate::transport::HttpConfig::default(),
            clock: Arc::new(SystemClock),
            random: None,
            time_zone: None,
            hosts: Vec::new(),
            user_agent: None,
            timeout: None,
            call_timeout: None,
            retry: RetryPolicy::new(),
            rate_limit: None,
            interceptors: Interceptors::default(),
            max_pages: None,
            max_requests: None,
            response_cap: RESPONSE_CAP,
            webhook_cap: WEBHOOK_CAP,
            checks_options: true,
            retries_after_access_error: None,
            pkce: Pkce::Off,
            #[cfg(feature = "js")]
            javascript: super::javascript::Settings::default(),
        }
    }

    pub(crate) fn connect(mut self, connection: GivenConnection) -> Self {
        self.connections.push(connection);
        self
    }

    pub(crate) fn build(self) -> Result<Core, Error> {
        let (hosts, blotter) = (self.homes()?, self.blotter());
        let mut connections: Vec<Arc<ConnectionState>> = Vec::new();
        for given in self.connections {
            let state = Arc::new(ConnectionState::new(self.plan.clone(), given.0)?);
            // One value for each connection: a later one takes the place of an earlier one.
            if let Some(name) = state.name() {
                connections.retain(|known| known.name() != Some(name));
            }
            connections.push(state);
        }
        let user_agent = match self.user_agent {
            Some(text) => HeaderValue::from_str(&text).map_err(|_| invalid("the user agent is no header"))?,
            None => HeaderValue::from_static(concat!("linchpin/", env!("CARGO_PKG_VERSION"))),
        };
        let mut environment = Object::new();
        if let Some(zone) = self.time_zone {
            environment.insert("timezone", Value::from(zone));
        }
        #[cfg(feature = "http")]
        let usual: Arc<dyn Transport> = Arc::new(crate::transport::HttpTransport::with_config(self.http));
        #[cfg(not(feature = "http"))]
        let usual: Arc<dyn Transport> = Arc::new(NoTransport);
        let by_connector = self.plan.retry_after_access_error;
        #[cfg(feature = "js")]
        let javascript = self.javascript.build(&self.plan, self.transport.as_ref());
        let mut core = Core {
            #[cfg(feature = "js")]
            javascript,
            retries_after_access_error: self.retries_after_access_error.unwrap_or(by_connector),
            plan: self.plan,
            connections,
            common: self.common,
            connection_common: self.connection_common,
            installed: HashMap::new(),
            base_url: self.base_url.map(|base| base.trim().to_owned()),
            transport: self.transport.unwrap_or(usual),
            clock: self.clock,
            random: self.random,
            environment,
            hosts,
            user_agent,
            timeout: self.timeout,
            call_timeout: self.call_timeout,
            retry: self.retry,
            limiter: self.rate_limit.as_ref().map(Limiter::new).transpose()?,
            interceptors: self.interceptors,
            max_pages: self.max_pages,
            max_requests: self.max_requests,
            response_cap: self.response_cap,
            webhook_cap: self.webhook_cap,
            checks_options: self.checks_options,
            blotter,
            module_data: std::sync::Mutex::default(),
        };
        install::apply(&mut core, &self.installations)?;
        Ok(core)
    }

    /// A login with the values of a form.
    fn login(mut self, connection: GivenConnection) -> Result<Login, Error> {
        let Given::Values { name, data } = connection.0 else {
            return Err(invalid(
                "a login takes the values of its form, not a connection that was made before",
            ));
        };
        self.connections.clear();
        let pkce = self.pkce;
        Login::new(self.build()?, &name, data, pkce)
    }

    /// The hosts of the connector, of the builder's base URL, and those that it allows.
    fn homes(&self) -> Result<Vec<Home>, Error> {
        let mut homes: Vec<Home> = self.plan.hosts.iter().filter_map(|host| Home::parse(host)).collect();
        if let Some(base) = &self.base_url {
            let is_http = crate::engine::build::url::is_absolute(base.trim());
            let home = Home::parse(base).filter(|_| is_http);
            homes.push(home.ok_or_else(|| invalid("the base URL is no http or https address"))?);
        }
        for host in &self.hosts {
            let home = Home::allowed(host);
            homes.push(home.ok_or_else(|| invalid(&format!("allow_host({host:?}): this is no host")))?);
        }
        Ok(homes)
    }

    fn blotter(&self) -> Blotter {
        let mut blotter = Blotter::default();
        blotter.add_leaves(&Value::from(self.common.clone()));
        for common in self.connection_common.values() {
            blotter.add_leaves(&Value::from(common.clone()));
        }
        blotter
    }
}

fn invalid(message: &str) -> Error {
    Error::new(ErrorKind::InvalidConfiguration, message)
}

impl<C: Generated> ClientBuilder<C> {
    /// A builder with the defaults.
    pub fn new() -> Self {
        Self { settings: Settings::new(C::CONNECTOR.into()), client: PhantomData }
    }

    /// Logs in by this connection. A connector may have several: one value of each can be set, and a module uses
    /// the one that it names, else its alternative (rulings 24).
    pub fn connection(mut self, connection: impl Into<C::Connection>) -> Self {
        self.settings.connections.push(connection.into().into());
        self
    }

    /// Supplies the constants that the connector, or one of its connections, is installed with: what its `install`
    /// makes of the form goes over `common` (connector.md 3.16).
    #[allow(clippy::needless_pass_by_value, reason = "it is given away, as the form of a connection is")]
    pub fn install<I: Installation<Client = C>>(mut self, form: I) -> Self {
        self.settings.installations.push(GivenInstallation::new(&form));
        self
    }

    /// Logs in by these values of a connection's form. Connections that were set do not matter to it.
    ///
    /// # Errors
    /// As [`ClientBuilder::build`], and `Data` for a form that is not filled in as it must be.
    pub fn login(self, connection: impl Into<C::Connection>) -> Result<Login, Error> {
        self.settings.login(connection.into().into())
    }

    /// Builds the client.
    ///
    /// # Errors
    /// `InvalidConfiguration` for a base URL, a host or a user agent that is none, for a rate limit that lets nothing
    /// through, for a connection that the connector does not have, and for an installation that is missing; `Data` for
    /// one that is not filled in as it must be.
    pub fn build(self) -> Result<C, Error> {
        Ok(C::from_client(Client::from_core(self.settings.build()?)))
    }
}

/// For connectors that are no generated code.
impl ClientBuilder<Client> {
    /// A builder for this connector, with the defaults.
    pub fn for_connector(connector: impl Into<Plan<Connector>>) -> Self {
        Self { settings: Settings::new(connector.into()), client: PhantomData }
    }

    /// Logs in by this connection: see the method of generated clients.
    pub fn connection(mut self, connection: impl Into<GivenConnection>) -> Self {
        self.settings.connections.push(connection.into());
        self
    }

    /// Supplies the constants of an installation: see the method of generated clients.
    pub fn install(mut self, form: GivenInstallation) -> Self {
        self.settings.installations.push(form);
        self
    }

    /// Logs in by these values of a connection's form: see the method of generated clients.
    ///
    /// # Errors
    /// As [`ClientBuilder::build`], and `Data` for a form that is not filled in as it must be.
    pub fn login(self, connection: impl Into<GivenConnection>) -> Result<Login, Error> {
        self.settings.login(connection.into())
    }

    /// Builds the client.
    ///
    /// # Errors
    /// `InvalidConfiguration` for a base URL, a host or a user agent that is none, for a rate limit that lets nothing
    /// through, for a connection that the connector does not have, and for an installation that is missing; `Data` for
    /// one that is not filled in as it must be.
    pub fn build(self) -> Result<Client, Error> {
        Ok(Client::from_core(self.settings.build()?))
    }
}

impl<C> ClientBuilder<C> {
    /// Sets a constant of the connector (`common`), such as a client secret. Constants are never compiled in
    /// (rulings 13).
    pub fn common(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.settings.common.set(name, value);
        self
    }

    /// Sets a constant of one connection, which only that connection sees (connector.md 3.3).
    pub fn connection_common(mut self, connection: &str, name: &str, value: impl Into<Value>) -> Self {
        self.settings.connection_common.entry(connection.to_owned()).or_default().set(name, value);
        self
    }

    /// Calls another address than the connector's `baseUrl`: a sandbox, a proxy, a test. Absolute addresses below
    /// `baseUrl`, or on its host, move along.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.settings.base_url = Some(base_url.into());
        self
    }

    /// Sends requests by this transport.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.settings.transport = Some(Arc::new(transport));
        self
    }

    /// Changes the HTTP client before it is built: proxies, client certificates, pools. Redirects stay off, since
    /// the engine follows them itself (rulings 25).
    ///
    /// There is one client for each certificate that a `ca` directive names, so this may run several times.
    #[cfg(feature = "reqwest")]
    pub fn configure_http(
        mut self,
        configure: impl Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync + 'static,
    ) -> Self {
        self.settings.http.configure = Some(Arc::new(configure));
        self
    }

    /// Limits the time of connecting. Without it, only the time of the whole request is limited.
    #[cfg(feature = "http")]
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.settings.http.connect_timeout = Some(timeout);
        self
    }

    /// Limits the time of each attempt at a request, from connecting to the last byte: 40 seconds by default. A
    /// `timeout` that stands in the connector beside the request goes before it (connector.md 6.8).
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.timeout = Some(timeout);
        self
    }

    /// Limits the time of each call as a whole, with its pages, attempts and waits: none by default. Streams are
    /// limited page by page. The `timeout` of a single call goes before it.
    pub fn call_timeout(mut self, timeout: Duration) -> Self {
        self.settings.call_timeout = Some(timeout);
        self
    }

    /// When requests that failed are sent again: see [`RetryPolicy`] for what is done by default.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.settings.retry = policy;
        self
    }

    /// How often the client and its clones send together. No limit by default.
    pub fn rate_limit(mut self, limit: RateLimit) -> Self {
        self.settings.rate_limit = Some(limit);
        self
    }

    /// Runs `interceptor` around each attempt at a request, within those that were given before.
    pub fn interceptor(mut self, interceptor: impl Interceptor) -> Self {
        self.settings.interceptors.add(interceptor);
        self
    }

    /// The time zone of templates (`environment.timezone`), as an IANA name. UTC by default.
    pub fn timezone(mut self, zone: impl Into<String>) -> Self {
        self.settings.time_zone = Some(zone.into());
        self
    }

    /// The clock: of templates, and of everything that waits.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.settings.clock = Arc::new(clock);
        self
    }

    /// The source of randomness: of templates, and of the boundaries of multipart bodies.
    pub fn random(mut self, random: impl Random) -> Self {
        self.settings.random = Some(Arc::new(random));
        self
    }

    /// The most pages of one request. None by default for searches, 50 for everything else. Results that it cuts
    /// short end with an error of kind `PageLimit` (rulings 28).
    pub fn max_pages(mut self, pages: u64) -> Self {
        self.settings.max_pages = Some(pages);
        self
    }

    /// The most requests of one call. None by default for searches, 100 for everything else. Results that it cuts
    /// short end with an error of kind `PageLimit` (rulings 28).
    pub fn max_requests(mut self, requests: u64) -> Self {
        self.settings.max_requests = Some(requests);
        self
    }

    /// The most bytes of one answer, counted after it was decompressed: 64 MiB by default. A larger one is an error
    /// of kind `MaxFileSizeExceeded`.
    pub fn max_response_bytes(mut self, bytes: u64) -> Self {
        self.settings.response_cap = bytes;
        self
    }

    /// The most bytes of one request that a webhook takes, counted after it was decompressed: 8 MiB by default. A
    /// larger one is answered with 413, and not read to its end.
    pub fn max_webhook_bytes(mut self, bytes: u64) -> Self {
        self.settings.webhook_cap = bytes;
        self
    }

    /// Lets credentials go to one more host: `files.example`, or with a port `files.example:8443`. Without a port,
    /// every port of it (rulings 35).
    pub fn allow_host(mut self, host: impl Into<String>) -> Self {
        self.settings.hosts.push(host.into());
        self
    }

    /// What the client calls itself in `User-Agent`, unless the connector sets that header.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.settings.user_agent = Some(user_agent.into());
        self
    }

    /// Whether PKCE is added to logins whose connector has none (rulings 33). Off by default.
    pub fn pkce(mut self, pkce: Pkce) -> Self {
        self.settings.pkce = pkce;
        self
    }

    /// Whether a request whose token is refused renews the connection and is made once more. On by default where a
    /// one-file connector has `refresh`, off elsewhere (rulings 31).
    pub fn retry_after_access_error(mut self, retries: bool) -> Self {
        self.settings.retries_after_access_error = Some(retries);
        self
    }

    /// Takes values of selects that are none of their options (connector.md 15.4).
    pub fn allow_unknown_options(mut self) -> Self {
        self.settings.checks_options = false;
        self
    }
}

impl<C: Generated> Default for ClientBuilder<C> {
    fn default() -> Self {
        Self::new()
    }
}

impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder").field("connector", &self.settings.plan.name).finish_non_exhaustive()
    }
}

/// Stands where no transport was given and none is built in.
#[cfg(not(feature = "http"))]
pub(crate) struct NoTransport;

#[cfg(not(feature = "http"))]
impl Transport for NoTransport {
    fn send(
        &self,
        _: http::Request<bytes::Bytes>,
        _: crate::transport::SendOptions,
    ) -> crate::transport::BoxFuture<'_, Result<http::Response<crate::transport::Body>, Error>> {
        Box::pin(async { Err(invalid("the feature `http` is off and no transport was given")) })
    }
}
