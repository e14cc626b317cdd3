//! Attempts at one request: sent, answered, judged, and made again where that may help (rulings 27).

use std::borrow::Cow;
use std::sync::Arc;

use http::HeaderMap;
use tracing::Level;

use super::build::{self, Additions, Prepared};
use super::run::Run;
use super::send::{self, Answer};
use super::{log, parse, sanitize};
use crate::error::{Error, ErrorKind};
use crate::plan::Request;
use crate::resilience::{Attempt, Permit, Received, Retries, is_safe};
use crate::scope::Root;
use crate::transport::Origin;
use crate::value::Value;

/// The exchange that led to what templates see now.
pub(super) struct Exchange<'a> {
    pub(super) prepared: Cow<'a, Prepared>,
    pub(super) answer: Answer,
}

impl Run {
    /// Sends a request until the connector takes the answer for good or the retry policy has enough. What is sent stays
    /// the same, keys of idempotency included; only signatures are made anew.
    pub(super) async fn attempts(
        &mut self,
        request: &Request,
        prepared: Prepared,
        additions: Option<&Additions>,
    ) -> Result<(), Error> {
        let policy = self.options.retry.clone().unwrap_or_else(|| self.core.retry.clone());
        let mut retries = Retries::new(&policy, self.core.clock.now());
        let temp = self.scope.root(Root::Temp).clone();
        let mut sent = false;
        loop {
            let permit = self.leave_to_send().await?;
            let error = match self.attempt(request, &prepared, additions, retries.number(), permit).await {
                Ok(()) => return Ok(()),
                Err(error) => error,
            };
            sent |= error.may_have_been_sent();
            let error = error.with_may_have_been_sent(sent);
            self.pause_for(&error);
            let safe = is_safe(&error, &prepared.method, &prepared.headers);
            let (now, random) = (self.core.clock.now(), self.core.randomness());
            let Some(delay) = retries.next(&error, safe, now, self.options.deadline, random) else {
                return Err(error);
            };
            if tracing::enabled!(target: "linchpin", Level::DEBUG) {
                let (module, attempt) = (self.job.name(), retries.number());
                let (kind, status, delay) = (error.kind().name(), error.status(), delay.as_millis());
                tracing::debug!(target: "linchpin", module, attempt, kind, status, delay, "another attempt");
            }
            self.core.clock.sleep(delay).await;
            // What an answer that was refused has put there is not seen by the next attempt.
            self.scope.set(Root::Temp, temp.clone());
        }
    }

    async fn leave_to_send(&self) -> Result<Option<Permit>, Error> {
        match &self.core.limiter {
            Some(limiter) => limiter.enter(&*self.core.clock, self.options.deadline).await.map(Some),
            None => Ok(None),
        }
    }

    /// One client that is refused for sending too much holds all its calls back.
    fn pause_for(&self, error: &Error) {
        let refused = error.kind() == ErrorKind::RateLimit || error.status() == Some(429);
        if let (Some(limiter), Some(delay), true) = (&self.core.limiter, error.retry_after(), refused) {
            limiter.pause(&*self.core.clock, delay);
        }
    }

    async fn attempt(
        &mut self,
        request: &Request,
        prepared: &Prepared,
        additions: Option<&Additions>,
        number: u32,
        permit: Option<Permit>,
    ) -> Result<(), Error> {
        let mut prepared = Cow::Borrowed(prepared);
        let around = self.before(&mut prepared, number).await?;
        if build::is_signed(request) {
            build::sign(request, additions, &self.scope, prepared.to_mut())?;
        }
        if self.core.transport.wants_origin() {
            let origin = self.origin(request, &prepared);
            prepared.to_mut().options.origin = Some(Arc::new(origin));
        }
        let logged = log::is_on();
        if logged {
            log::request(self.job.name(), &prepared, &request.sanitize, self.blotter());
        }
        let sent = send::exchange(&prepared, &self.scope, &self.core, || self.blotter()).await;
        // Others may send now; what is left to do costs only this call time.
        drop(permit);
        if let Some(attempt) = around {
            self.after(&attempt, sent.as_ref()).await;
        }
        let exchange = Exchange { prepared, answer: sent? };
        self.show(request, &exchange)?;
        if logged {
            let (Exchange { prepared, answer }, body) = (&exchange, self.scope.root(Root::Body));
            let mut blotter = self.blotter();
            if self.job.is_of_connection() {
                // What a login is answered may become a token under any name.
                blotter.add_leaves(body);
            }
            log::answer(self.job.name(), prepared, answer, body, &request.sanitize, blotter);
        }
        self.answered = Some((exchange.answer.status, exchange.answer.headers.clone()));
        self.accept(request, Some(&exchange))
    }

    fn origin(&self, request: &Request, prepared: &Prepared) -> Origin {
        let mut blotter = self.blotter();
        sanitize::learn(&sanitize::tree(Some(prepared), None), &request.sanitize, &mut blotter);
        let page = self.scope.root(Root::Pagination).key("page").as_i64();
        let page = page.and_then(|page| u64::try_from(page).ok()).unwrap_or(1);
        Origin { module: self.job.name().to_owned(), request: self.at, page, blotter }
    }

    /// Shows an answer to templates.
    fn show(&mut self, request: &Request, exchange: &Exchange<'_>) -> Result<(), Error> {
        let answer = &exchange.answer;
        self.scope.set(Root::Headers, parse::headers(&answer.headers));
        self.scope.set(Root::StatusCode, Value::from(answer.status.as_u16()));
        self.scope.set(Root::Body, Value::Undefined);
        match parse::body(&request.response.parse_as, answer, &self.scope) {
            Ok(body) => self.scope.set(Root::Body, body),
            Err(error) => return Err(self.blame(request, exchange, error)),
        }
        Ok(())
    }

    /// Lets the interceptors change the headers. `None` when there are none.
    async fn before(&self, prepared: &mut Cow<'_, Prepared>, number: u32) -> Result<Option<Attempt>, Error> {
        let interceptors = &self.core.interceptors;
        if interceptors.is_empty() {
            return Ok(None);
        }
        let mut attempt = Attempt {
            module: self.job.name().to_owned(),
            number,
            method: prepared.method.clone(),
            url: prepared.url.as_str().to_owned(),
            host: prepared.url.host_str().unwrap_or_default().to_owned(),
            headers: prepared.headers.clone(),
        };
        interceptors.before(&mut attempt).await?;
        if attempt.headers != prepared.headers {
            let changed = prepared.to_mut();
            changed.headers = attempt.headers.clone();
            changed.carries_credentials = true;
        }
        Ok(Some(attempt))
    }

    async fn after(&self, attempt: &Attempt, sent: Result<&Answer, &Error>) {
        let received = sent.map(|answer| Received {
            status: answer.status,
            headers: HeaderMap::clone(&answer.headers),
            bytes: answer.body.len(),
        });
        self.core.interceptors.after(attempt, received.as_ref().map_err(|error| *error)).await;
    }
}
