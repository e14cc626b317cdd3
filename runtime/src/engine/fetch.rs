//! From a request to an answer that the connector takes for good (connector.md 4.3, steps 3.1 to 3.9).

use std::sync::Arc;

use http::StatusCode;

use super::attempt::Exchange;
use super::build;
use super::job::Job;
use super::pagination::Paging;
use super::run::Run;
use super::valid::{self, Verdict};
use super::{error_map, eval, sanitize, temp};
use crate::error::{Error, ErrorKind};
use crate::plan::{EndpointCall, PhaseKind, Request, Response, Target};
use crate::scope::{Root, Scope};
use crate::transport::BoxFuture;
use crate::value::{Object, Value};

/// Calls of endpoints in one execution (connector.md 19).
const MOST_ENDPOINT_CALLS: u32 = 100;

impl Run {
    /// Gets an answer, by HTTP or from an endpoint, shows it to templates and judges it. Without a target, templates
    /// keep what the request before has left (connector.md 4.5).
    pub(super) async fn fetch(&mut self, request: &Request, paging: &mut Paging) -> Result<(), Error> {
        // Nobody sends this: a user was sent there, and came back with `query`.
        if self.job.phase() == Some(PhaseKind::Authorize) {
            return self.accept(request, None);
        }
        let overlay = paging.overlay.take();
        let paged_call = overlay.as_ref().and_then(|overlay| overlay.endpoint.as_ref());
        match (&request.target, paged_call) {
            (Target::None, None) => {}
            (Target::Endpoint(call), paged) => {
                self.count()?;
                self.validate().await?;
                let merge = overlay.as_ref().is_none_or(|overlay| overlay.merge);
                self.call_endpoint(call, paged, merge).await?;
            }
            (_, Some(call)) => {
                self.count()?;
                self.validate().await?;
                self.call_endpoint(call, None, true).await?;
            }
            (Target::Url { url, base }, None) => {
                self.validate().await?;
                let target = (url, base.as_ref());
                let additions = self.additions.take();
                let prepared = build::prepare(
                    request,
                    target,
                    overlay.as_ref(),
                    additions.as_ref(),
                    &self.scope,
                    &self.core,
                )?;
                if request.pagination.is_some() {
                    paging.note(&prepared)?;
                }
                self.count()?;
                return self.attempts(request, prepared, additions.as_ref()).await;
            }
        }
        self.accept(request, None)
    }

    /// `response.temp`, then the verdict.
    pub(super) fn accept(&mut self, request: &Request, exchange: Option<&Exchange<'_>>) -> Result<(), Error> {
        temp::merge(request.response.temp.as_ref(), &mut self.scope)?;
        self.judge(request, exchange)
    }

    /// Brings the connection into a state in which it can be used, before every request (rulings 24).
    async fn validate(&mut self) -> Result<(), Error> {
        let Some(connection) = self.connection.clone() else { return Ok(()) };
        if !self.job.is_of_connection() {
            connection.validate(&self.core).await?;
            self.used = Some(connection.snapshot());
            // An endpoint may have been given keys of its own, which lie over the connection.
            if !matches!(self.job, Job::Endpoint(..)) {
                self.scope.set(Root::Connection, connection.snapshot().data.clone());
            }
        }
        Ok(())
    }

    /// Judges an answer, or in request-less mode what templates see.
    fn judge(&mut self, request: &Request, exchange: Option<&Exchange<'_>>) -> Result<(), Error> {
        let status = exchange.map(|exchange| exchange.answer.status);
        let response = &request.response;
        let code = status.map(|status| status.as_u16());
        if code.is_some_and(|code| self.job.accepts(code)) {
            return Ok(());
        }
        let policy = self.core.plan.valid_policy;
        let verdict = match valid::check(response.valid.as_ref(), code, policy, &self.scope) {
            Ok(Verdict::Good) if self.is_refused(response) => Verdict::Invalid,
            Ok(Verdict::Good) => return Ok(()),
            Ok(verdict) => verdict,
            Err(error) => return Err(self.blame_template(exchange, error)),
        };
        let shown = status.or_else(|| self.previous_status());
        let default = self.job.default_kind(code);
        let error = error_map::make(response, verdict, shown, default, &self.scope).at(match verdict {
            Verdict::Invalid => "response.valid",
            _ => "response",
        });
        Err(match exchange {
            Some(exchange) => self.blame(request, exchange, error),
            None => error,
        })
    }

    /// A callback without a test of the author's own is one that went well unless it says `error` (connector.md 10.3).
    fn is_refused(&self, response: &Response) -> bool {
        let is_tested = response.valid.as_ref().is_some_and(|valid| valid.condition.is_some());
        self.job.phase() == Some(PhaseKind::Authorize)
            && !is_tested
            && !self.scope.root(Root::Query).key("error").is_blank()
    }

    /// A test without a request may look at the answer before it.
    fn previous_status(&self) -> Option<StatusCode> {
        let code = self.scope.root(Root::StatusCode).as_i64()?;
        StatusCode::from_u16(u16::try_from(code).ok()?).ok()
    }

    /// Says which answer led to an error, without what the author wants hidden of it.
    pub(super) fn blame(&self, request: &Request, exchange: &Exchange<'_>, error: Error) -> Error {
        let Exchange { prepared, answer } = exchange;
        let mut error = error.with_answer(answer.status.as_u16(), &answer.body);
        if let Some(delay) = error_map::retry_after(&answer.headers, self.core.clock.now()) {
            error = error.with_retry_after(delay);
        }
        let mut blotter = self.blotter();
        let tree = sanitize::tree(Some(prepared), Some((answer, self.scope.root(Root::Body))));
        sanitize::learn(&tree, &request.sanitize, &mut blotter);
        error.blotted(&blotter)
    }

    fn blame_template(&self, exchange: Option<&Exchange<'_>>, error: Error) -> Error {
        match exchange {
            Some(exchange) => error.with_answer(exchange.answer.status.as_u16(), &exchange.answer.body),
            None => error,
        }
    }

    /// Calls an endpoint of the connector; its result becomes the body (connector.md 17).
    fn call_endpoint<'a>(
        &'a mut self,
        call: &'a EndpointCall,
        paged: Option<&'a EndpointCall>,
        merge: bool,
    ) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            self.endpoint_calls += 1;
            if self.endpoint_calls > MOST_ENDPOINT_CALLS {
                let message = format!("more than {MOST_ENDPOINT_CALLS} calls of endpoints in one execution");
                return Err(Error::new(ErrorKind::Runtime, message).at("endpoint"));
            }
            let name = paged.map_or(&call.name, |paged| &paged.name);
            let at = self.core.plan.endpoints.iter().position(|endpoint| endpoint.name == *name);
            let at = at.ok_or_else(|| Self::no_such_endpoint(name))?;
            let mut input = Object::new();
            for call in [merge.then_some(call), paged.or((!merge).then_some(call))].into_iter().flatten() {
                if let Some(own) = eval::optional(call.input.as_ref(), &self.scope)? {
                    input.spread(&own);
                }
            }
            let mut connection = self.scope.root(Root::Connection).clone();
            if let Some(own @ Value::Object(_)) = eval::optional(call.connection.as_ref(), &self.scope)? {
                let mut merged = connection.as_object().cloned().unwrap_or_default();
                merged.spread(&own);
                connection = Value::from(merged);
            }
            let job = Job::Endpoint(self.core.plan.clone(), at);
            let mut scope: Scope = self.core.scope();
            scope.set(Root::Parameters, input);
            scope.set(Root::Connection, connection);
            let mut run = Self::new(Arc::clone(&self.core), job, scope, self.connection.clone());
            run.options = self.options.clone();
            run.endpoint_calls = MOST_ENDPOINT_CALLS;
            let result = run.finish().await?;
            let result = run.endpoint_result(result);
            self.scope.set(Root::Body, result);
            self.scope.set(Root::Headers, Object::new());
            self.scope.set(Root::StatusCode, Value::from(200));
            Ok(())
        })
    }
}
