//! Calls that fill forms (connector.md 14).

use std::fmt;
use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use http::{HeaderMap, StatusCode};

use super::Client;
use super::call::{Response, WithResponse};
use super::setup::{Ticket, within};
use crate::engine::filter;
use crate::error::Error;
use crate::plan::Module;
use crate::plan::Plan;
use crate::resilience::RetryPolicy;
use crate::transport::BoxFuture;
use crate::value::{Object, Value};

/// A call of an RPC. `.await?` gives its choices where it lists some, else its result; `.raw().await?` always gives
/// the result as it is.
#[must_use = "a call does nothing until it is awaited"]
pub struct RpcCall<S = Choice> {
    ticket: Ticket,
    shape: PhantomData<fn() -> S>,
}

/// One option of a list that a service supplies.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Choice {
    /// What a user sees; the value, where the RPC gives no label.
    pub label: String,
    /// What goes into the parameter.
    pub value: Value,
    /// Options of a group, which has no value of its own.
    pub options: Vec<Choice>,
    /// Fields that appear with this option.
    pub nested: Value,
    /// What else the RPC says about it.
    pub extra: Object,
}

impl Choice {
    fn from_value(value: Value) -> Option<Self> {
        let mut extra = match value {
            Value::Object(object) => object,
            Value::Undefined | Value::Null => return None,
            plain => {
                let label = plain.to_text().into();
                return Some(Self {
                    label,
                    value: plain,
                    options: Vec::new(),
                    nested: Value::Undefined,
                    extra: Object::new(),
                });
            }
        };
        let mut take = |key: &str| extra.remove(key).unwrap_or_default();
        let (label, value, nested, options) = (take("label"), take("value"), take("nested"), take("options"));
        let label = if label.is_blank() { value.to_text() } else { label.to_text() };
        Some(Self { label: label.into(), value, options: list(options), nested, extra })
    }
}

fn list(value: Value) -> Vec<Choice> {
    match value {
        Value::Array(items) => items.iter().cloned().filter_map(Choice::from_value).collect(),
        other => Choice::from_value(other).into_iter().collect(),
    }
}

/// What an RPC gives: choices, or its result as it is.
pub trait RpcShape {
    /// What it gives.
    type Output;

    /// Gives it.
    fn shape(result: Value, answered: Option<(StatusCode, HeaderMap)>) -> Self::Output;
}

/// A list of choices.
impl RpcShape for Choice {
    type Output = Vec<Choice>;

    fn shape(result: Value, _: Option<(StatusCode, HeaderMap)>) -> Vec<Choice> {
        list(result)
    }
}

/// Fields, a sample, or a list of another form.
impl RpcShape for Value {
    type Output = Value;

    fn shape(result: Value, _: Option<(StatusCode, HeaderMap)>) -> Value {
        result
    }
}

impl<S: RpcShape> RpcShape for WithResponse<S> {
    type Output = Response<S::Output>;

    fn shape(result: Value, answered: Option<(StatusCode, HeaderMap)>) -> Self::Output {
        Response::new(S::shape(result, None), answered)
    }
}

impl<S> RpcCall<S> {
    /// A call of `rpc`: generated code makes it.
    pub fn new(client: &Client, rpc: impl Into<Plan<Module>>, input: Object) -> Self {
        Self { ticket: Ticket::new(client, rpc.into(), input), shape: PhantomData }
    }

    /// Gives the result as it is: fields, a sample, or a list of another form.
    pub fn raw(self) -> RpcCall<Value> {
        RpcCall { ticket: self.ticket, shape: PhantomData }
    }

    /// Gives status and headers of the last answer as well.
    pub fn with_response(self) -> RpcCall<WithResponse<S>> {
        RpcCall { ticket: self.ticket, shape: PhantomData }
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

type Given = (Value, Option<(StatusCode, HeaderMap)>);

async fn run(ticket: Ticket) -> Result<Given, Error> {
    let (limit, module) = (ticket.timeout, ticket.module.clone());
    let work = async {
        let mut run = ticket.begin().await?;
        let result = run.finish().await?;
        Ok((filter::rpc(result), run.answered))
    };
    within(limit, &module.name, work).await
}

impl<S: RpcShape> IntoFuture for RpcCall<S> {
    type Output = Result<S::Output, Error>;
    type IntoFuture = RpcFuture<S>;

    fn into_future(self) -> RpcFuture<S> {
        RpcFuture { work: Box::pin(run(self.ticket)), shape: PhantomData }
    }
}

/// An RPC that runs.
#[must_use = "a call does nothing until it is awaited"]
pub struct RpcFuture<S = Choice> {
    work: BoxFuture<'static, Result<Given, Error>>,
    shape: PhantomData<fn() -> S>,
}

impl<S: RpcShape> Future for RpcFuture<S> {
    type Output = Result<S::Output, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.work.as_mut().poll(context).map_ok(|(result, answered)| S::shape(result, answered))
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
