//! One execution of a module, RPC, endpoint or connection (connector.md 4.3).

use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, StatusCode};
use url::Url;

use super::account::Kept;
use super::blotter::Blotter;
use super::build::{self, Additions};
use super::condition::{self, Verdict};
use super::iterate::{self, Yield};
use super::job::Job;
use super::pagination::{Next, Paging, page_limit};
use super::{eval, filter, limit, temp};
use crate::client::core::Core;
use crate::connection::state::{ConnectionState, Snapshot};
use crate::error::{Error, ErrorKind};
use crate::plan::{Code, Module, ModuleKind, Repeat, Request, Target};
use crate::resilience::RetryPolicy;
use crate::scope::{Root, Scope};
use crate::value::{Date, Object, Value};

/// `maxRequestCount` and `maxPaginationRequestCount`, for what is no search (connector.md 19, rulings 28).
const MOST_REQUESTS: u64 = 100;
const MOST_PAGES: u64 = 50;
/// Repeats never run more often (connector.md 12.3).
const MOST_REPEATS: u64 = 1000;

/// One execution, with its variables.
pub(crate) struct Run {
    pub(crate) core: Arc<Core>,
    pub(crate) job: Job,
    pub(crate) connection: Option<Arc<ConnectionState>>,
    pub(crate) scope: Scope,
    pub(crate) kept: Kept,
    /// Status and headers of the latest answer.
    pub(crate) answered: Option<(StatusCode, HeaderMap)>,
    /// Requests that count against the cap.
    pub(super) counted: u64,
    pub(super) endpoint_calls: u32,
    /// The iteration of `repeat` that runs is not the first one.
    pub(super) repeating: bool,
    /// Which request runs.
    pub(super) at: usize,
    pub(crate) options: RunOptions,
    /// What a login adds to the first request that is sent.
    pub(crate) additions: Option<Additions>,
    /// A refresh that was asked for runs whatever its condition says.
    pub(crate) ignores_conditions: bool,
    /// The connection as the latest request has used it.
    pub(super) used: Option<Arc<Snapshot>>,
}

/// What a run does otherwise than the client's settings say.
#[derive(Clone, Default)]
pub(crate) struct RunOptions {
    /// In place of the client's policy.
    pub(crate) retry: Option<RetryPolicy>,
    /// No wait is begun that would end later.
    pub(crate) deadline: Option<Date>,
}

/// What one page gave.
pub(crate) struct Page {
    pub(crate) found: Yield,
    pub(crate) next: Next,
}

/// What one request gave, all its pages together.
enum Gathered {
    List(Vec<Value>),
    Each(Vec<Value>),
}

impl Run {
    pub(crate) fn new(
        core: Arc<Core>,
        job: Job,
        scope: Scope,
        connection: Option<Arc<ConnectionState>>,
    ) -> Self {
        let run = Self {
            core,
            job,
            connection,
            scope,
            kept: Kept::default(),
            answered: None,
            counted: 0,
            endpoint_calls: 0,
            repeating: false,
            at: 0,
            options: RunOptions::default(),
            additions: None,
            ignores_conditions: false,
            used: None,
        };
        run.with_functions()
    }

    #[cfg(feature = "js")]
    fn with_functions(mut self) -> Self {
        // Only now it is known what is secret.
        if let Some(functions) = self.core.javascript.functions(|| self.blotter()) {
            self.scope.set_custom(functions);
        }
        self
    }

    #[cfg(not(feature = "js"))]
    fn with_functions(self) -> Self {
        self
    }

    /// Runs everything and gives the result, wrapped but not filtered.
    pub(crate) async fn finish(&mut self) -> Result<Value, Error> {
        let result = match self.run_to_end().await {
            Ok(result) => result,
            Err(error) => return Err(self.explain(error)),
        };
        Ok(result)
    }

    async fn run_to_end(&mut self) -> Result<Value, Error> {
        if let Some((module, code)) = self.job.code() {
            return self.run_code(module, code).await;
        }
        let mut result = Value::Undefined;
        for at in 0..self.job.requests().len() {
            if let Some(value) = self.element(at).await? {
                result = value;
            }
        }
        self.wrap(result)
    }

    #[cfg(feature = "js")]
    async fn run_code(&self, module: &Module, code: &Code) -> Result<Value, Error> {
        let parameters = self.scope.root(Root::Parameters);
        crate::client::code::run(&self.core, module, code, parameters, self.connection.as_ref()).await
    }

    #[cfg(not(feature = "js"))]
    async fn run_code(&self, _: &Module, _: &Code) -> Result<Value, Error> {
        let message = "the module is JavaScript, which needs the feature `js` of the crate `linchpin`";
        Err(Error::new(ErrorKind::InvalidConfiguration, message))
    }

    /// Runs the requests before the last one, whose pages are to be pulled one by one.
    pub(crate) async fn lead_in(&mut self) -> Result<Value, Error> {
        let mut result = Value::Undefined;
        for at in 0..self.job.requests().len().saturating_sub(1) {
            if let Some(value) = self.element(at).await? {
                result = value;
            }
        }
        self.repeating = false;
        Ok(result)
    }

    /// `wrapper` of the last request, over the result of them all (connector.md 7.9).
    pub(super) fn wrap(&mut self, result: Value) -> Result<Value, Error> {
        let job = self.job.clone();
        let Some(wrapper) = job.requests().last().and_then(|request| request.response.wrapper.as_ref())
        else {
            return Ok(result);
        };
        let is_list = job.requests().last().is_some_and(|request| request.response.iterate.is_some());
        let result =
            if is_list && matches!(result, Value::Undefined) { Value::empty_array() } else { result };
        self.scope.set(Root::Output, result);
        eval::value(wrapper, &self.scope)
    }

    /// One request with its pages, again for as long as `repeat` says. `None` when it yields nothing.
    async fn element(&mut self, at: usize) -> Result<Option<Value>, Error> {
        let job = self.job.clone();
        let Some(request) = job.requests().get(at) else { return Ok(None) };
        let mut runs = 0;
        self.repeating = false;
        loop {
            match self.enter(request)? {
                Verdict::Run => {}
                Verdict::Skip(default) => return Ok(default),
            }
            let result = self.all_pages(at, request).await?;
            runs += 1;
            if !self.goes_again(request, runs).await? {
                return Ok(result);
            }
        }
    }

    /// Whether `repeat` asks for another run of a request; waits for it if so.
    pub(super) async fn goes_again(&mut self, request: &Request, runs: u64) -> Result<bool, Error> {
        match &request.repeat {
            Some(repeat) if self.repeats(repeat, runs)? => {
                self.core.clock.sleep(Duration::from_millis(repeat.delay)).await;
                self.repeating = true;
                Ok(true)
            }
            _ => Ok(false),
        }
    }

    /// `temp` and `condition`, with which a request begins.
    pub(crate) fn enter(&mut self, request: &Request) -> Result<Verdict, Error> {
        temp::merge(request.temp.as_ref(), &mut self.scope)?;
        let condition = request.condition.as_ref().filter(|_| !self.ignores_conditions);
        condition::check(condition, &self.scope)
    }

    /// Where a user is sent, by the first request whose condition holds: its position, its address, and the
    /// settings of its signature. `None` when none holds (connector.md 10.3, 10.5).
    pub(crate) fn redirect(&mut self) -> Result<Option<(usize, Url, Object)>, Error> {
        let job = self.job.clone();
        for (at, request) in job.requests().iter().enumerate() {
            if let Verdict::Run = self.enter(request)? {
                let url = build::address(request, &self.scope, &self.core)?;
                let signing = eval::optional(request.oauth.as_ref(), &self.scope)?;
                return Ok(Some((
                    at,
                    url,
                    signing.and_then(|it| it.as_object().cloned()).unwrap_or_default(),
                )));
            }
        }
        Ok(None)
    }

    /// What the request at `at` says to the callback in `query`: its response alone runs.
    pub(crate) async fn come_back(&mut self, at: usize) -> Result<(), Error> {
        let job = self.job.clone();
        let Some(request) = job.requests().get(at) else { return Ok(()) };
        match self.page(at, request, &mut Paging::new()).await {
            Ok(_) => Ok(()),
            Err(error) => Err(self.explain(error)),
        }
    }

    fn repeats(&self, repeat: &Repeat, runs: u64) -> Result<bool, Error> {
        let most = repeat.limit.unwrap_or(MOST_REPEATS).min(MOST_REPEATS);
        let Some(condition) = &repeat.condition else { return Ok(false) };
        Ok(eval::value(condition, &self.scope)?.is_truthy() && runs < most)
    }

    async fn all_pages(&mut self, at: usize, request: &Request) -> Result<Option<Value>, Error> {
        let mut paging = Paging::new();
        let mut pages = Vec::new();
        let mut items = Vec::new();
        let mut iterated = false;
        loop {
            let Page { found, next } = self.page(at, request, &mut paging).await?;
            iterated |= found.iterated;
            if found.iterated {
                items.extend(found.values);
            } else {
                pages.extend(found.values);
            }
            match next {
                Next::More => {}
                Next::End => break,
                Next::Capped(most) => return Err(page_limit("pages", most)),
            }
        }
        let gathered = if iterated { Gathered::List(items) } else { Gathered::Each(pages) };
        Ok(self.gather(gathered))
    }

    fn gather(&self, gathered: Gathered) -> Option<Value> {
        match gathered {
            Gathered::List(items) => Some(Value::array(items)),
            Gathered::Each(mut pages) if pages.len() < 2 || self.job.gives_one() => pages.pop(),
            Gathered::Each(pages) => Some(Value::array(flatten(pages))),
        }
    }

    /// Reads one page: everything from the request to the decision about another page.
    pub(crate) async fn page(
        &mut self,
        at: usize,
        request: &Request,
        paging: &mut Paging,
    ) -> Result<Page, Error> {
        self.answer(at, request, paging).await?;
        let response = &request.response;
        let is_last = at + 1 == self.job.requests().len();
        let limit = match limit::evaluate(response.limit.as_ref().filter(|_| is_last), &self.scope)? {
            Some(limit) => Some(limit.saturating_sub(paging.emitted)),
            None => None,
        };
        let found = iterate::collect(response, limit, self.splices(), &mut self.scope)?;
        paging.emitted += iterate::count(&found.values, found.iterated);
        let next = if found.cut || found.empty { Next::End } else { self.turn(request, paging)? };
        Ok(Page { found, next })
    }

    /// Gets an answer, judges it and keeps what it teaches: everything before its items are looked at.
    pub(super) async fn answer(
        &mut self,
        at: usize,
        request: &Request,
        paging: &mut Paging,
    ) -> Result<(), Error> {
        paging.set_variables(&mut self.scope);
        self.at = at;
        self.ask(request, paging).await?;
        match &request.response.account {
            Some(account) => self.remember(account),
            None => Ok(()),
        }
    }

    /// Asks once, and once more with a new token when the old one is refused (rulings 31).
    async fn ask(&mut self, request: &Request, paging: &mut Paging) -> Result<(), Error> {
        let before = self.renews().then(|| (self.scope.clone(), paging.overlay.clone()));
        let error = match self.fetch(request, paging).await {
            Ok(()) => return Ok(()),
            Err(error) => error,
        };
        let is_refused = error.kind() == ErrorKind::InvalidAccessToken || error.status() == Some(401);
        let ((scope, overlay), connection, used) = match (before, &self.connection, &self.used) {
            (Some(before), Some(connection), Some(used)) if is_refused && !error.needs_login() => {
                (before, Arc::clone(connection), Arc::clone(used))
            }
            _ => return Err(error),
        };
        if !connection.renew_after(&self.core, used).await? {
            return Err(error);
        }
        self.scope = scope;
        paging.overlay = overlay;
        paging.forget_last();
        self.fetch(request, paging).await
    }

    /// An endpoint leaves it to its caller, who knows what it was given.
    fn renews(&self) -> bool {
        self.core.retries_after_access_error
            && matches!(self.job, Job::Module(_) | Job::Hook(..))
            && self.connection.as_ref().is_some_and(|connection| connection.can_renew())
    }

    /// Decides on another page, behind one that had items.
    pub(super) fn turn(&mut self, request: &Request, paging: &mut Paging) -> Result<Next, Error> {
        match &request.pagination {
            Some(pagination) if !matches!(request.target, Target::None) => {
                let most = self.most_pages();
                paging.go_on(pagination, most, &mut self.scope)
            }
            _ => Ok(Next::End),
        }
    }

    /// A list that a search makes of an item is several bundles, unless its wrapper is to see it.
    fn splices(&self) -> bool {
        self.is_search() && self.job.requests().last().is_some_and(|last| last.response.wrapper.is_none())
    }

    fn is_search(&self) -> bool {
        self.job.kind() == Some(ModuleKind::Search)
    }

    fn most_pages(&self) -> Option<u64> {
        let usual = (!self.is_search()).then_some(MOST_PAGES);
        self.core.max_pages.or(self.core.plan.limits.max_pages).or(usual)
    }

    /// Counts a request against the cap. Runs that `repeat` adds do not count (connector.md 12.3).
    pub(super) fn count(&mut self) -> Result<(), Error> {
        if self.repeating {
            return Ok(());
        }
        let usual = (!self.is_search()).then_some(MOST_REQUESTS);
        let most = self.core.max_requests.or(self.core.plan.limits.max_requests).or(usual);
        match most {
            Some(most) if self.counted >= most => Err(page_limit("requests", most)),
            _ => {
                self.counted += 1;
                Ok(())
            }
        }
    }

    /// All that is secret in this run.
    pub(crate) fn blotter(&self) -> Blotter {
        let mut blotter = self.core.blotter.clone();
        if let Some(connection) = &self.connection {
            blotter.merge(&connection.snapshot().blotter);
        }
        self.job.add_secrets(&self.scope, &mut blotter);
        if self.job.is_of_connection() {
            blotter.add_tokens(self.scope.root(Root::Body));
        }
        blotter
    }

    /// Names the module and removes what is secret.
    pub(crate) fn explain(&self, error: Error) -> Error {
        error.in_module(&self.job.label()).blotted(&self.blotter())
    }

    /// The error of a call that a test of the connector's own refused.
    pub(super) fn no_such_endpoint(name: &str) -> Error {
        Error::new(ErrorKind::InvalidConfiguration, format!("there is no endpoint {name:?}")).at("endpoint")
    }

    /// The result of a call: that of an endpoint as it gives it to other callers.
    pub(crate) fn unwrapped(&self, result: Value) -> Value {
        if self.job.kind() == Some(ModuleKind::Endpoint) { self.endpoint_result(result) } else { result }
    }

    /// The result as an endpoint gives it to its caller.
    pub(super) fn endpoint_result(&self, result: Value) -> Value {
        let unwrap = self
            .job
            .requests()
            .last()
            .is_some_and(|request| request.response.unwrap && request.response.iterate.is_none());
        filter::endpoint(result, unwrap)
    }
}

fn flatten(pages: Vec<Value>) -> Vec<Value> {
    let mut items = Vec::new();
    for page in pages {
        match page {
            Value::Array(page) => items.extend(page.iter().cloned()),
            page => items.push(page),
        }
    }
    items
}
