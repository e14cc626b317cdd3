//! Calls that fill forms (connector.md 14).

use std::fmt;
use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};
use std::time::Duration;

use http::{HeaderMap, StatusCode};
use smol_str::SmolStr;

use super::Client;
use super::call::{Response, WithResponse};
use super::setup::{Ticket, within};
use crate::engine::filter;
use crate::error::Error;
use crate::form::{Choice, Fields, Keys, Resolver, choices};
use crate::plan::Module;
use crate::plan::Plan;
use crate::resilience::RetryPolicy;
use crate::transport::BoxFuture;
use crate::value::{Object, Value};

/// A call of an RPC. `.await?` gives its choices where the connector takes them from it, its fields where it takes
/// those, else its result; [`RpcCall::choices`], [`RpcCall::fields`] and [`RpcCall::raw`] say which.
#[must_use = "a call does nothing until it is awaited"]
pub struct RpcCall<S = Choice> {
    ticket: Ticket,
    more: More,
    shape: PhantomData<fn() -> S>,
}

/// What a call is told beside the form.
#[derive(Clone, Default)]
struct More {
    /// Parameters that win over the form's.
    query: Object,
    /// The members of an option, where they have names of their own.
    keys: Option<Keys>,
    /// Fields are given with those that they refer to.
    resolves: bool,
}

/// What an RPC gives: choices, or its result as it is.
pub trait RpcShape {
    /// What it gives.
    type Output;

    /// Gives it.
    ///
    /// # Errors
    /// `Runtime` for a result of another shape.
    fn shape(outcome: RpcOutcome) -> Result<Self::Output, Error>;
}

/// A list of choices.
impl RpcShape for Choice {
    type Output = Vec<Choice>;

    fn shape(outcome: RpcOutcome) -> Result<Vec<Choice>, Error> {
        choices(&outcome.result, &Keys::default())
    }
}

/// Fields of a form.
impl RpcShape for Fields {
    type Output = Fields;

    fn shape(outcome: RpcOutcome) -> Result<Fields, Error> {
        outcome.fields.map_or_else(|| Fields::read(&outcome.result), Ok)
    }
}

/// A sample, or a list of another form.
impl RpcShape for Value {
    type Output = Value;

    fn shape(outcome: RpcOutcome) -> Result<Value, Error> {
        Ok(outcome.result)
    }
}

impl<S: RpcShape> RpcShape for WithResponse<S> {
    type Output = Response<S::Output>;

    fn shape(mut outcome: RpcOutcome) -> Result<Self::Output, Error> {
        let answered = outcome.answered.take();
        Ok(Response::new(S::shape(outcome)?, answered))
    }
}

impl<S> RpcCall<S> {
    /// A call of `rpc`: generated code makes it.
    pub fn new(client: &Client, rpc: impl Into<Plan<Module>>, input: Object) -> Self {
        Self { ticket: Ticket::new(client, rpc.into(), input), more: More::default(), shape: PhantomData }
    }

    fn shaped<R>(mut self) -> RpcCall<R> {
        self.more.resolves = false;
        self.with_shape()
    }

    fn with_shape<R>(self) -> RpcCall<R> {
        RpcCall { ticket: self.ticket, more: self.more, shape: PhantomData }
    }

    /// Gives the result as it is: a sample, or a list of another form.
    pub fn raw(self) -> RpcCall<Value> {
        self.shaped()
    }

    /// Gives options to choose from.
    pub fn choices(self) -> RpcCall<Choice> {
        self.shaped()
    }

    /// Gives fields of a form.
    pub fn fields(self) -> RpcCall<Fields> {
        self.shaped()
    }

    /// Gives status and headers of the last answer as well.
    pub fn with_response(self) -> RpcCall<WithResponse<S>> {
        self.with_shape()
    }

    /// Gives the RPC one more parameter, which wins over the form's: what a connector writes behind the name, as in
    /// `rpc://listBoards?archived=false` (connector.md 14.1).
    pub fn with(mut self, name: impl Into<SmolStr>, value: impl Into<Value>) -> Self {
        self.more.query.set(name, value);
        self
    }

    /// The members that hold label and value of an option, where a connector says so (`options.label`,
    /// `options.value`).
    pub fn named(mut self, label: impl Into<String>, value: impl Into<String>) -> Self {
        self.more.keys = Some(Keys { label: label.into(), value: value.into() });
        self
    }

    /// Limits the time of the whole call.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.ticket.timeout = Some(limit);
        self
    }

    /// When requests of this call that failed are sent again, in place of what the client's settings say.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.ticket.retry = Some(policy);
        self
    }
}

impl RpcCall<Fields> {
    /// Calls the RPCs that the fields refer to as well: see [`Fields::resolve`].
    pub fn resolved(mut self) -> Self {
        self.more.resolves = true;
        self
    }
}

/// What an RPC came to, before it has its shape.
pub struct RpcOutcome {
    result: Value,
    /// Fields that were resolved, in place of the result.
    fields: Option<Fields>,
    /// Status and headers of the RPC's own last answer.
    answered: Option<(StatusCode, HeaderMap)>,
    module: Plan<Module>,
}

async fn run(mut ticket: Ticket, more: More) -> Result<RpcOutcome, Error> {
    let (limit, module) = (ticket.timeout, ticket.module.clone());
    let work = async {
        let mut resolver = Resolver::new(ticket.client.clone(), ticket.input.clone());
        resolver.retry.clone_from(&ticket.retry);
        resolver.deadline = ticket.deadline.or_else(|| ticket.until(ticket.timeout));
        ticket.input.spread(&Value::from(more.query.clone()));
        let mut run = ticket.begin().await?;
        let result = run.finish().await?;
        let result = more.keys.map_or_else(|| result.clone(), |keys| keys.rename(&result));
        let result = filter::rpc(result);
        let fields = match more.resolves {
            true => {
                let fields = Fields::read(&result).map_err(|error| error.in_module(&module.name))?;
                Some(resolver.behind(&module.name, more.query).run(fields).await?)
            }
            false => None,
        };
        Ok(RpcOutcome { result, fields, answered: run.answered, module: module.clone() })
    };
    within(limit, &module.name, pin!(work)).await
}

impl<S: RpcShape> IntoFuture for RpcCall<S> {
    type Output = Result<S::Output, Error>;
    type IntoFuture = RpcFuture<S>;

    fn into_future(self) -> RpcFuture<S> {
        RpcFuture { work: Box::pin(run(self.ticket, self.more)), shape: PhantomData }
    }
}

/// An RPC that runs.
#[must_use = "a call does nothing until it is awaited"]
pub struct RpcFuture<S = Choice> {
    work: BoxFuture<'static, Result<RpcOutcome, Error>>,
    shape: PhantomData<fn() -> S>,
}

impl<S: RpcShape> Future for RpcFuture<S> {
    type Output = Result<S::Output, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.work.as_mut().poll(context).map(|given| {
            let outcome = given?;
            let module = outcome.module.clone();
            S::shape(outcome).map_err(|error| error.in_module(&module.name))
        })
    }
}

impl<S> fmt::Debug for RpcCall<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RpcCall").field("rpc", &self.ticket.module.name).finish_non_exhaustive()
    }
}

impl<S> fmt::Debug for RpcFuture<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RpcFuture").finish_non_exhaustive()
    }
}
