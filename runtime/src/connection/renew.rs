//! Work on a connection that must not be done twice: renewing it, above all (rulings 31, 32).
//!
//! One task at a time works, behind a gate in this process and a lease of the store among processes. What it sends
//! is never cut short: it goes on when those who wait for it go away. A mark is stored before a refresh is sent, and
//! the new tokens are stored before anybody sees them.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use super::given::Place;
use super::oauth_error;
use super::phases::Phases;
use super::record::{ConnectionRecord, InFlight};
use super::state::{ConnectionState, Snapshot};
use crate::client::core::Core;
use crate::error::{Error, ErrorKind};
use crate::plan::{Connection, ConnectionKind, PhaseKind};
use crate::transport::{BoxFuture, SendOptions};
use crate::value::{Object, Value};

/// How often one refresh token is sent when nobody knows what became of it (rulings 32).
const MOST_TRIES: i64 = 2;
/// How long a lease outlasts the requests that are made under it.
const MARGIN: Duration = Duration::from_secs(20);

/// What the last one behind the gate has to tell those who waited for it.
#[derive(Default)]
pub(crate) struct Flight {
    failure: Option<Error>,
}

/// What is asked of a connection.
pub(crate) enum Wanted {
    /// Whatever must precede a request.
    IfDue,
    /// Other tokens than those of this snapshot, which were refused.
    Instead(Arc<Snapshot>),
    /// New tokens.
    Renewed,
    /// The verification.
    Verified,
    /// The end.
    Revoked,
}

impl Wanted {
    /// Whether it is fulfilled by what somebody else did while this one waited.
    fn is_shared(&self) -> bool {
        matches!(self, Self::IfDue | Self::Instead(_) | Self::Renewed)
    }
}

impl ConnectionState {
    /// Whether something is to be done. Nothing is sent.
    pub(super) fn is_wanted(&self, core: &Arc<Core>, wanted: &Wanted) -> Result<bool, Error> {
        let snapshot = self.snapshot();
        if snapshot.revoked {
            return Err(needs_login("this connection was revoked"));
        }
        Ok(match wanted {
            Wanted::Instead(used) => snapshot.data == used.data,
            Wanted::Renewed | Wanted::Verified | Wanted::Revoked => true,
            Wanted::IfDue => {
                snapshot.unsaved
                    || self.must_learn(&snapshot)
                    || self.must_create(&snapshot)
                    || self.is_due(core, &snapshot)?
            }
        })
    }

    fn is_due(&self, core: &Arc<Core>, snapshot: &Snapshot) -> Result<bool, Error> {
        if self.can_renew() {
            return self.phases(core).is_due();
        }
        if snapshot.expires().is_some() && self.phases(core).is_over(snapshot.expires()) {
            return Err(needs_login("this connection is over, and has no `refresh`"));
        }
        Ok(false)
    }

    /// Templates read what only the verification of a basic connection teaches (rulings 24).
    pub(super) fn must_learn(&self, snapshot: &Snapshot) -> bool {
        let Some(plan) = self.plan().filter(|plan| !plan.learned.is_empty()) else { return false };
        !snapshot.verified && plan.learned.iter().any(|key| !snapshot.data.contains_key(key))
    }

    /// A form for which no user has to agree is filled in, and nobody has logged in with it.
    fn must_create(&self, snapshot: &Snapshot) -> bool {
        !snapshot.logged_in
            && self.plan().is_some_and(|plan| {
                plan.kind == ConnectionKind::OAuth2
                    && plan.phase(PhaseKind::Authorize).is_none()
                    && plan.phase(PhaseKind::Token).is_some()
            })
    }

    /// Does what is wanted, alone, or waits for somebody who does it.
    pub(super) async fn fly(self: &Arc<Self>, core: &Arc<Core>, wanted: Wanted) -> Result<(), Error> {
        let before = self.flights.load(Ordering::Acquire);
        let mut gate = Arc::clone(&self.gate).lock_owned().await;
        if self.flights.load(Ordering::Acquire) != before && wanted.is_shared() {
            match &gate.failure {
                Some(failure) => return Err(failure.again()),
                None if matches!(wanted, Wanted::Renewed) => return Ok(()),
                None => {}
            }
        }
        if !self.is_wanted(core, &wanted)? {
            return Ok(());
        }
        let (state, core) = (Arc::clone(self), Arc::clone(core));
        let work = async move {
            let is_shared = wanted.is_shared();
            let result = Arc::clone(&state).work(core, wanted).await;
            gate.failure = result.as_ref().err().filter(|_| is_shared).map(Error::again);
            state.flights.fetch_add(1, Ordering::Release);
            result
        };
        // A call that is dropped must not take the tokens with it that are on their way.
        match tokio::runtime::Handle::try_current() {
            Ok(runtime) => runtime.spawn(work).await.map_err(|_| {
                Error::new(ErrorKind::Runtime, "the runtime shut down while a connection was renewed")
            })?,
            Err(_) => work.await,
        }
    }

    /// Boxed, since the engine that waits for it is also what it runs.
    fn work(self: Arc<Self>, core: Arc<Core>, wanted: Wanted) -> BoxFuture<'static, Result<(), Error>> {
        Box::pin(async move {
            let Some(Place { store, id }) = self.place.clone() else {
                return self.work_alone(&core, &wanted).await;
            };
            let lease = store.lock(&id, self.longest(&core)).await?;
            let result = self.work_alone(&core, &wanted).await;
            // A lease that cannot be given back ends with its time.
            let _ = lease.release().await;
            result
        })
    }

    /// The time that all requests of a pass may take.
    fn longest(&self, core: &Core) -> Duration {
        let plan = self.plan();
        let phases =
            plan.iter().flat_map(|plan| plan.phases.iter().flat_map(|(_, requests)| requests.iter()));
        let requests = phases.chain(plan.iter().flat_map(|plan| plan.verify.iter()));
        let usual = core.timeout.unwrap_or(SendOptions::DEFAULT_TIMEOUT);
        let time = requests.map(|request| request.options.timeout.map_or(usual, Duration::from_millis));
        time.sum::<Duration>() + MARGIN
    }

    /// Runs while the gate and the lease are held.
    async fn work_alone(&self, core: &Arc<Core>, wanted: &Wanted) -> Result<(), Error> {
        if self.snapshot().unsaved {
            let late = (*self.snapshot()).clone();
            self.save(late).await?;
        } else {
            // Another process may have done it already.
            self.read().await?;
        }
        if !self.is_wanted(core, wanted)? {
            return Ok(());
        }
        let snapshot = self.snapshot();
        let mut phases = self.phases(core);
        match wanted {
            Wanted::Revoked => self.end(phases).await,
            Wanted::Verified => {
                phases.verify().await?;
                self.keep(phases).await
            }
            Wanted::IfDue if self.must_learn(&snapshot) => {
                phases.verify().await?;
                self.keep(phases).await
            }
            Wanted::IfDue if self.must_create(&snapshot) => {
                phases.create().await?;
                self.keep(phases).await
            }
            Wanted::IfDue | Wanted::Instead(_) | Wanted::Renewed => self.renew(core, phases).await,
        }
    }

    async fn keep(&self, phases: Phases) -> Result<(), Error> {
        let mut next = (*self.snapshot()).clone();
        next.record = phases.record;
        next.verified = true;
        self.save(next).await.map(|_| ())
    }

    async fn renew(&self, core: &Core, mut phases: Phases) -> Result<(), Error> {
        let found = phases.record.in_flight;
        let may_rotate = self.plan().and_then(Connection::renewal) == Some(PhaseKind::Refresh);
        if phases.record.refused {
            return Err(needs_login("the service has refused to renew this connection"));
        }
        if found.is_some_and(|mark| mark.tries >= MOST_TRIES) {
            let message =
                "what became of the refresh token is not known: processes died while they renewed it";
            return Err(needs_login(message));
        }
        if may_rotate && self.place.is_some() {
            let tries = found.map_or(0, |mark| mark.tries) + 1;
            let mut next = (*self.snapshot()).clone();
            next.record.in_flight = Some(InFlight { since: core.clock.now(), tries });
            if !self.save(next).await? {
                return Ok(());
            }
            phases.record.set_version(self.snapshot().version());
        }
        let result = phases.renew().await;
        let mut next = (*self.snapshot()).clone();
        next.record = phases.record;
        // A process that lives takes its own mark away.
        next.record.in_flight = None;
        let result = result.map_err(refusal);
        match &result {
            Ok(()) => next.record.logged_in = true,
            Err(error) => {
                next.record.refused = may_rotate && error.needs_login();
                if !was_answered(error) {
                    next.record.in_flight = found;
                }
            }
        }
        let saved = self.save(next).await;
        result.and(saved.map(|_| ()))
    }

    /// Stores what was learned before anybody sees it. What cannot be stored is stored later. `false` when somebody
    /// else has written in between, and what he wrote counts.
    async fn save(&self, mut next: Snapshot) -> Result<bool, Error> {
        next.unsaved = false;
        let Some(Place { store, id }) = &self.place else {
            self.replace(next);
            return Ok(true);
        };
        let saved = store.save(id, next.record.clone(), Some(next.version())).await;
        let result = match saved {
            Ok(version) => {
                next.record.set_version(version);
                Ok(true)
            }
            // Somebody wrote without asking for the lease: who logs in anew does.
            Err(error) if error.kind() == ErrorKind::Inconsistency => {
                self.read().await?;
                return Ok(false);
            }
            Err(error) => {
                next.unsaved = true;
                Err(error)
            }
        };
        self.replace(next);
        result
    }

    async fn end(&self, mut phases: Phases) -> Result<(), Error> {
        // The user wants to be rid of it, whatever the service says to that (connector.md 10.3).
        let _ = phases.run(PhaseKind::Invalidate).await;
        if let Some(Place { store, id }) = &self.place {
            store.delete(id).await?;
        }
        let mut next = (*self.snapshot()).clone();
        next.record = ConnectionRecord::new(next.connection().to_owned(), Object::new());
        next.revoked = true;
        self.replace(next);
        Ok(())
    }
}

fn needs_login(message: &str) -> Error {
    Error::new(ErrorKind::InvalidAccessToken, message).with_needs_login()
}

/// Whether the server has seen a request and said something: then its word is known, and no token was lost.
fn was_answered(error: &Error) -> bool {
    error.status().is_some() || !error.may_have_been_sent()
}

/// What a refresh that failed means: one that the server has refused for good needs a login (rulings 31).
fn refusal(error: Error) -> Error {
    let Some(status) = error.status().filter(|status| *status != 429 && *status < 500) else { return error };
    let body = error.body().and_then(|body| Value::parse_json(body).ok()).unwrap_or_default();
    let code = body.key("error").as_text().map(oauth_error::kind);
    let is_refused = match code {
        // What is wrong is the program's to mend; the tokens may still be good.
        Some(ErrorKind::InvalidConfiguration | ErrorKind::Connection) => false,
        Some(ErrorKind::InvalidAccessToken) => true,
        _ => {
            error.kind() == ErrorKind::InvalidAccessToken
                || matches!(status, 400 | 401) && !error.is_retryable()
        }
    };
    if is_refused { error.with_kind(ErrorKind::InvalidAccessToken).with_needs_login() } else { error }
}
