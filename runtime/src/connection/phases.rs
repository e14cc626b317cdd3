//! Runs the phases of one connection, one after another, and gathers what they learn (connector.md 10).

use std::sync::Arc;

use url::Url;

use super::oauth_error;
use super::record::ConnectionRecord;
use crate::client::core::Core;
use crate::engine::Run;
use crate::engine::account::Kept;
use crate::engine::build::Additions;
use crate::engine::job::Job;
use crate::engine::{eval, temp};
use crate::error::{Error, ErrorKind};
use crate::functions;
use crate::ops;
use crate::plan::{Connection, ConnectionKind, PhaseKind, Request};
use crate::resilience::RetryPolicy;
use crate::scope::{Root, Scope};
use crate::value::{Date, Object, Value};

/// Numbers below it are seconds since 1970, others milliseconds: it is the year 5138 in the one, 1973 in the other.
const SECONDS_END: f64 = 1e11;

/// Whether a phase hands in what a server takes only once, so that it is never sent again by itself (rulings 31).
fn spends_a_grant(kind: PhaseKind) -> bool {
    matches!(kind, PhaseKind::RequestToken | PhaseKind::Token | PhaseKind::AccessToken | PhaseKind::Refresh)
}

/// A pass through phases of a connection. Nobody else sees what it learns until its record is stored.
pub(crate) struct Phases {
    core: Arc<Core>,
    at: usize,
    pub(crate) record: ConnectionRecord,
    /// `temp` lives from the first phase to the last.
    pub(crate) temp: Value,
    /// `oauth.*`
    pub(crate) oauth: Object,
    /// What a callback brought.
    pub(crate) query: Option<Object>,
    /// What is added to the first request of the next phase.
    pub(crate) additions: Option<Additions>,
    /// The next phase runs whatever its conditions say.
    pub(crate) ignores_conditions: bool,
}

impl Phases {
    pub(crate) fn new(core: Arc<Core>, at: usize, record: ConnectionRecord) -> Self {
        let mut oauth = Object::new();
        oauth.insert("scope", record.scope.iter().map(Value::from).collect());
        Self {
            core,
            at,
            record,
            temp: Object::new().into(),
            oauth,
            query: None,
            additions: None,
            ignores_conditions: false,
        }
    }

    fn plan(&self) -> Option<&Connection> {
        self.core.plan.connections.get(self.at)
    }

    /// Whether the connection has a phase.
    pub(crate) fn has(&self, kind: PhaseKind) -> bool {
        self.plan().is_some_and(|plan| plan.phase(kind).is_some())
    }

    /// The variables of a phase.
    fn scope(&self) -> Scope {
        let mut scope = self.core.scope();
        for root in [Root::Parameters, Root::Data, Root::Connection] {
            scope.set(root, self.record.data.clone());
        }
        if let Some(plan) = self.plan() {
            scope.set(Root::Common, self.core.connection_common(plan));
        }
        scope.set(Root::Temp, self.temp.clone());
        scope.set(Root::Oauth, self.oauth.clone());
        if let Some(query) = &self.query {
            scope.set(Root::Query, query.clone());
        }
        scope
    }

    fn check_installed(&self) -> Result<(), Error> {
        self.plan().map_or(Ok(()), |plan| self.core.check_installed(plan))
    }

    fn start(&mut self, job: Job) -> Run {
        let mut run = Run::new(Arc::clone(&self.core), job, self.scope(), None);
        if run.job.phase().is_some_and(spends_a_grant) {
            run.options.retry = Some(RetryPolicy::none());
        }
        run.additions = self.additions.take();
        run.ignores_conditions = std::mem::take(&mut self.ignores_conditions);
        run
    }

    fn job(&self, kind: PhaseKind) -> Job {
        Job::Phase(self.core.plan.clone(), self.at, kind)
    }

    /// Runs a phase, if the connection has it. What it learns before it fails is kept as well: a server may give a
    /// token only once.
    pub(crate) async fn run(&mut self, kind: PhaseKind) -> Result<(), Error> {
        if !self.has(kind) {
            return Ok(());
        }
        self.check_installed()?;
        let mut run = self.start(self.job(kind));
        let result = run.finish().await;
        let result = result.and_then(|_| check_token(kind, &run));
        self.absorb(run, &Keeps::of(Some(kind)));
        result
    }

    /// Runs what verifies the connection: `info`, or the requests of a basic one.
    pub(crate) async fn verify(&mut self) -> Result<(), Error> {
        if self.plan().is_some_and(|plan| plan.kind != ConnectionKind::Basic) {
            return self.run(PhaseKind::Info).await;
        }
        self.check_installed()?;
        let mut run = self.start(Job::Verify(self.core.plan.clone(), self.at));
        run.finish().await?;
        self.absorb(run, &Keeps::of(None));
        Ok(())
    }

    /// Runs all that makes a connection for which no user has to agree: client credentials, a password, a basic one.
    pub(crate) async fn create(&mut self) -> Result<(), Error> {
        self.run(PhaseKind::Preauthorize).await?;
        self.run(PhaseKind::Token).await?;
        self.verify().await?;
        self.record.logged_in = true;
        Ok(())
    }

    /// Where the user is sent, by which request of `authorize`, and the settings of its signature.
    pub(crate) fn redirect(&mut self) -> Result<Option<(usize, Url, Object)>, Error> {
        let mut run = self.start(self.job(PhaseKind::Authorize));
        let redirect = run.redirect().map_err(|error| run.explain(error))?;
        self.temp = run.scope.root(Root::Temp).clone();
        Ok(redirect)
    }

    /// What that request says to the callback in `query`.
    pub(crate) async fn come_back(&mut self, at: usize) -> Result<(), Error> {
        let mut run = self.start(self.job(PhaseKind::Authorize));
        run.come_back(at).await?;
        self.absorb(run, &Keeps::of(Some(PhaseKind::Authorize)));
        Ok(())
    }

    fn absorb(&mut self, run: Run, keeps: &Keeps) {
        let Kept { data, metadata, uid, expires, scope, .. } = run.kept;
        let record = &mut self.record;
        if keeps.data {
            record.data.spread(&data.into());
        }
        if keeps.account {
            record.metadata = metadata.or(record.metadata.take());
            record.uid = uid.or(record.uid.take());
        }
        if keeps.expires {
            record.expires = expires.or(record.expires.take());
        }
        if keeps.scope && !scope.is_empty() {
            record.scope = scope;
        }
        self.temp = run.scope.root(Root::Temp).clone();
        if let Value::Object(oauth) = run.scope.root(Root::Oauth) {
            self.oauth = oauth.clone();
        }
    }

    /// Whether the connection is to be renewed before it is used: by the conditions of the phase that renews it, or
    /// where `refresh` has none, when `data.expires` is over (connector.md 10.3).
    pub(crate) fn is_due(&self) -> Result<bool, Error> {
        let Some((kind, requests)) = self.renewal() else { return Ok(false) };
        let over = kind == PhaseKind::Refresh && self.is_over(self.record.data.get("expires"));
        self.any_holds(requests, over)
    }

    fn renewal(&self) -> Option<(PhaseKind, &[Request])> {
        let plan = self.plan()?;
        let kind = plan.renewal()?;
        Some((kind, plan.phase(kind)?))
    }

    /// Whether a request of the phase would run; `default` speaks for those without a condition.
    fn any_holds(&self, requests: &[Request], default: bool) -> Result<bool, Error> {
        let mut scope = None;
        for request in requests {
            let Some(condition) = &request.condition else {
                if default {
                    return Ok(true);
                }
                continue;
            };
            let scope = scope.get_or_insert_with(|| self.scope());
            temp::merge(request.temp.as_ref(), scope)?;
            if eval::holds(condition.test.as_ref(), scope)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Renews the connection. A renewal that was asked for runs also where its conditions do not hold.
    pub(crate) async fn renew(&mut self) -> Result<(), Error> {
        let Some((kind, requests)) = self.renewal() else {
            let message = "this connection has no `refresh` and cannot be renewed without its user";
            return Err(Error::new(ErrorKind::InvalidAccessToken, message).with_needs_login());
        };
        self.ignores_conditions = !self.any_holds(requests, true)?;
        self.run(kind).await
    }

    /// Whether a moment that a connector has stored has come.
    pub(crate) fn is_over(&self, moment: Option<&Value>) -> bool {
        let Some(moment) = moment.filter(|moment| !moment.is_blank()) else { return false };
        let scope = self.core.scope();
        let zero = Value::number(0.0);
        let date = match moment {
            Value::Number(_) if moment.to_number() < SECONDS_END => {
                let seconds = moment.clone();
                functions::add_seconds(scope.at(""), &[&Value::Date(Date::from_millis(0)), &seconds])
            }
            other => functions::add_seconds(scope.at(""), &[other, &zero]),
        };
        // What is no moment never comes.
        date.is_ok_and(|date| ops::less_equal(&date, &scope.now()))
    }
}

/// What a phase may change of a record (connector.md 10.4).
struct Keeps {
    data: bool,
    expires: bool,
    /// `metadata` and `uid`
    account: bool,
    scope: bool,
}

impl Keeps {
    /// What a phase may change, or the verification of a basic connection.
    fn of(phase: Option<PhaseKind>) -> Self {
        use PhaseKind::{AccessToken, Info, Invalidate, Refresh, Token};
        Self {
            data: phase != Some(Invalidate),
            expires: matches!(phase, Some(Token | AccessToken | Refresh)),
            account: matches!(phase, None | Some(Token | AccessToken | Info)),
            scope: matches!(phase, Some(Token | AccessToken)),
        }
    }
}

/// A phase that is to bring a token and whose answer has none has failed, whatever its status says: a login without
/// a token is none, and a refresh without one would be repeated for ever.
fn check_token(kind: PhaseKind, run: &Run) -> Result<(), Error> {
    if !matches!(kind, PhaseKind::Token | PhaseKind::AccessToken | PhaseKind::Refresh) {
        return Ok(());
    }
    let lacks = |key: &&String| is_token(key) && run.kept.data.get(key).is_none_or(Value::is_blank);
    let Some(missing) = run.kept.missing.iter().find(lacks) else { return Ok(()) };
    let body = run.scope.root(Root::Body);
    let mut error = match body.key("error").as_text() {
        Some(code) => oauth_error::error(code, body.key("error_description").as_text()),
        None => Error::new(ErrorKind::Unexpected, format!("the answer has nothing for `{missing}`")),
    };
    if let Some((status, _)) = &run.answered {
        error = error.with_answer(status.as_u16(), &body.to_json().unwrap_or_default().into());
    }
    Err(run.explain(error))
}

/// Names under which authors keep what requests are made with.
fn is_token(key: &str) -> bool {
    let name: String =
        key.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    name == "token" || name.ends_with("accesstoken")
}
