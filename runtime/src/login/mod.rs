//! Logins: what happens between a form that is filled in and a connection that can be used (connector.md 10).
//!
//! A [`Login`] knows no browser and no store. Where a user has to agree, [`Login::start`] says where to send him and
//! gives a [`PendingLogin`], which another process may finish; [`Login::complete`] takes what he comes back with.
//! Where nobody has to agree, [`Login::finish`] does it all. Both give a
//! [`ConnectionRecord`], to be stored and used.

mod callback;
mod pending;
mod pkce;
mod scopes;

use std::fmt;
use std::sync::Arc;

use url::Url;

use crate::client::core::Core;
use crate::connection::ConnectionRecord;
use crate::connection::phases::Phases;
use crate::engine::build::Additions;
use crate::error::{Error, ErrorKind};
use crate::plan::{Connection, ConnectionKind, PhaseKind};
use crate::value::{Object, Value};

pub use pending::PendingLogin;
pub use pkce::Pkce;
use pkce::Secrets;

/// Logs in to one connection of a connector. Cheap to clone; made by
/// [`ClientBuilder::login`](crate::client::ClientBuilder::login).
///
/// ```no_run
/// # async fn example(login: linchpin::login::Login) -> Result<(), linchpin::Error> {
/// let pending = login.start("https://app.example/callback").await?;
/// println!("please visit {}", pending.url());
/// // The user comes back to the redirect URI:
/// let callback = "https://app.example/callback?code=4f7c&state=Zm9v";
/// let record = login.complete(&pending, callback).await?;
/// # let _ = record; Ok(())
/// # }
/// ```
#[derive(Clone)]
#[must_use = "a login does nothing until it is started or finished"]
pub struct Login {
    core: Arc<Core>,
    at: usize,
    /// The form.
    form: Object,
    scope: Vec<String>,
    pkce: Pkce,
}

impl Login {
    pub(crate) fn new(core: Core, connection: &str, mut form: Object, pkce: Pkce) -> Result<Self, Error> {
        let found = core.plan.connections.iter().position(|known| known.name == connection);
        let at =
            found.ok_or_else(|| invalid(format!("{} has no connection {connection:?}", core.plan.name)))?;
        let plan = core.plan.connections.get(at);
        let scope = plan.map(scopes::all).unwrap_or_default();
        if let Some(plan) = plan {
            core.check_installed(plan)?;
            core.check(&plan.parameters, &mut form)?;
        }
        Ok(Self { core: Arc::new(core), at, form, scope, pkce })
    }

    fn plan(&self) -> Result<&Connection, Error> {
        self.core
            .plan
            .connections
            .get(self.at)
            .ok_or_else(|| invalid("there is no such connection".to_owned()))
    }

    /// The connection's name in the connector.
    #[must_use]
    pub fn connection(&self) -> &str {
        self.core.plan.connections.get(self.at).map_or("", |plan| &plan.name)
    }

    /// Whether a user has to agree: then it goes by [`Login::start`] and [`Login::complete`], else by
    /// [`Login::finish`].
    #[must_use]
    pub fn needs_browser(&self) -> bool {
        self.plan().is_ok_and(|plan| plan.phase(PhaseKind::Authorize).is_some())
    }

    /// Asks for the scopes that these modules, webhooks or endpoints need, beside those that the connection always
    /// asks for. Without this call, all of the connector's are asked for (connector.md 3.11).
    ///
    /// # Errors
    /// `InvalidConfiguration` for a name that the connector does not have.
    pub fn scopes_for(mut self, modules: &[&str]) -> Result<Self, Error> {
        self.scope = scopes::of(self.plan()?, modules)?;
        Ok(self)
    }

    /// Asks for one more scope.
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        scopes::add(&mut self.scope, scope.into());
        self
    }

    /// Whether PKCE is added where the connector does not do it itself (rulings 33). Off by default.
    pub fn pkce(mut self, pkce: Pkce) -> Self {
        self.pkce = pkce;
        self
    }

    fn phases(&self) -> Phases {
        let mut record = ConnectionRecord::new(self.connection().to_owned(), self.form.clone());
        record.scope.clone_from(&self.scope);
        Phases::new(Arc::clone(&self.core), self.at, record)
    }

    /// Begins a login for which a user has to agree: gives the address to send him to, and what is to be kept until
    /// he comes back to `redirect_uri`.
    ///
    /// # Errors
    /// `InvalidConfiguration` for a redirect URI that is none, and for a connection without `authorize`; what the
    /// requests before it (`preauthorize`, `requestToken`) fail with.
    pub async fn start(&self, redirect_uri: &str) -> Result<PendingLogin, Error> {
        let plan = self.plan()?;
        check_redirect(redirect_uri)?;
        if !self.needs_browser() {
            let name = &plan.name;
            return Err(invalid(format!("{name} has no `authorize`: nobody has to agree, `finish` logs in")));
        }
        let secrets = Secrets::new(self.core.scope().randomness());
        let mut phases = self.phases();
        for name in ["redirectUri", "localRedirectUri", "makeRedirectUri"] {
            phases.oauth.insert(name, redirect_uri.into());
        }
        phases.oauth.insert("state", secrets.state.as_str().into());
        phases.oauth.insert("codeVerifier", secrets.verifier.as_str().into());
        phases.oauth.insert("codeChallenge", secrets.challenge().into());
        phases.run(PhaseKind::Preauthorize).await?;
        let signing = vec![("callback", redirect_uri.to_owned())];
        phases.additions = Some(Additions { form: Vec::new(), signing });
        phases.run(PhaseKind::RequestToken).await?;
        phases.additions = None;
        let Some((step, mut url, signing)) = phases.redirect()? else {
            let message = "`authorize` sends nobody anywhere: its condition does not hold";
            return Err(invalid(message.to_owned()).in_module(&plan.name));
        };
        let mut pending = PendingLogin::new(&self.core.plan.name, &plan.name, redirect_uri);
        if plan.kind == ConnectionKind::OAuth1 {
            pending.token = Some(add_token(&mut url, &signing, &phases)?);
        } else {
            pending.state = Some(add_state(&mut url, &secrets.state));
            if self.pkce == Pkce::Auto && !has(&url, "code_challenge") {
                url.query_pairs_mut()
                    .append_pair("code_challenge", &secrets.challenge())
                    .append_pair("code_challenge_method", "S256");
                pending.verifier = Some(secrets.verifier);
            }
        }
        pending.url = url.into();
        pending.step = step;
        pending.temp = phases.temp;
        pending.oauth = phases.oauth;
        pending.data = learned(phases.record.data, &self.form);
        Ok(pending)
    }

    /// Finishes a login that was begun, here or in another process: `callback` is the address that the user came
    /// back to, or its query.
    ///
    /// # Errors
    /// `InvalidCallback` when it does not belong to `pending`, `LoginDenied` when the login was refused, and what
    /// the requests that follow (`token` or `accessToken`, `info`) fail with. A code can be used once: after an
    /// error, begin anew.
    pub async fn complete(&self, pending: &PendingLogin, callback: &str) -> Result<ConnectionRecord, Error> {
        let plan = self.plan()?;
        pending.check_owner(&self.core.plan.name, &plan.name)?;
        let query = callback::read(callback)?;
        callback::check(pending, &query)?;
        let mut phases = self.phases();
        phases.record.data.spread(&pending.data.clone().into());
        phases.temp = pending.temp.clone();
        phases.oauth = pending.oauth.clone();
        phases.query = Some(query.clone());
        phases.come_back(pending.step).await.map_err(|error| callback::explain(error, &query))?;
        if let Some(verifier) = &pending.verifier {
            let form = vec![("code_verifier", verifier.clone())];
            phases.additions = Some(Additions { form, signing: Vec::new() });
        }
        let exchange = match plan.kind {
            ConnectionKind::OAuth1 => PhaseKind::AccessToken,
            _ => PhaseKind::Token,
        };
        phases.run(exchange).await?;
        phases.additions = None;
        phases.run(PhaseKind::Info).await?;
        phases.record.logged_in = true;
        Ok(phases.record)
    }

    /// Logs in where nobody has to agree: by client credentials, by a user's name and password, or by the
    /// verification of a basic connection.
    ///
    /// # Errors
    /// `InvalidConfiguration` for a connection with `authorize`, and what its requests fail with.
    pub async fn finish(&self) -> Result<ConnectionRecord, Error> {
        if self.needs_browser() {
            let name = self.connection();
            return Err(invalid(format!("{name} has `authorize`: a user has to agree, `start` says where")));
        }
        let mut phases = self.phases();
        phases.create().await?;
        Ok(phases.record)
    }
}

/// What phases have added to a form or changed in it: who finishes a login knows the form himself.
fn learned(mut data: Object, form: &Object) -> Object {
    data.retain(|key, value| form.get(key) != Some(value));
    data
}

fn check_redirect(redirect_uri: &str) -> Result<(), Error> {
    match Url::parse(redirect_uri) {
        Ok(url) if url.fragment().is_none() => Ok(()),
        Ok(_) => Err(invalid(format!("{redirect_uri:?} is no redirect URI: it has a fragment"))),
        Err(error) => Err(invalid(format!("{redirect_uri:?} is no redirect URI: {error}"))),
    }
}

fn has(url: &Url, key: &str) -> bool {
    url.query_pairs().any(|(known, _)| known == key)
}

/// Sends `state` along, unless the author does, and gives what must come back. One of his that nobody could not
/// guess is replaced.
fn add_state(url: &mut Url, state: &str) -> String {
    let own = url.query_pairs().find(|(key, _)| key == "state").map(|(_, value)| value.into_owned());
    if let Some(own) = own.filter(|own| own.contains(state)) {
        return own;
    }
    let others: Vec<(String, String)> =
        url.query_pairs().filter(|(key, _)| key != "state").map(|(k, v)| (k.into(), v.into())).collect();
    if has(url, "state") {
        url.query_pairs_mut().clear().extend_pairs(others);
    }
    url.query_pairs_mut().append_pair("state", state);
    state.to_owned()
}

/// Sends the temporary token of OAuth 1 along, unless the author does, and gives it (connector.md 10.5).
fn add_token(url: &mut Url, signing: &Object, phases: &Phases) -> Result<String, Error> {
    if let Some((_, token)) = url.query_pairs().find(|(key, _)| key == "oauth_token") {
        return Ok(token.into_owned());
    }
    let named = [signing.get("token"), phases.oauth.get("token")];
    let token = named.into_iter().flatten().find(|token| !token.is_blank()).map(Value::to_text);
    let token = token.ok_or_else(|| {
        let message = "`requestToken` has brought no token: `authorize.oauth.token` is empty";
        Error::new(ErrorKind::Unexpected, message).in_module(phases.record.connection())
    })?;
    url.query_pairs_mut().append_pair("oauth_token", &token);
    Ok(token.into())
}

fn invalid(message: String) -> Error {
    Error::new(ErrorKind::InvalidConfiguration, message)
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Login")
            .field("connection", &self.connection())
            .field("scope", &self.scope)
            .finish_non_exhaustive()
    }
}
