//! Calls that give one bundle: actions and universal modules.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};
use std::time::Duration;

use http::{HeaderMap, StatusCode};

use super::Client;
use super::generated::Bundle;
use super::setup::{Ticket, within};
use crate::engine::filter;
use crate::error::{Error, ErrorKind};
use crate::plan::Module;
use crate::plan::Plan;
use crate::resilience::RetryPolicy;
use crate::transport::BoxFuture;
use crate::value::{Object, Value};

/// A call of a module that gives one bundle. Nothing happens until it is awaited; dropping it ends the work.
///
/// `.await?` gives the output, or an error of kind `NoBundle` when the module yields none (rulings 19).
#[must_use = "a call does nothing until it is awaited"]
pub struct Call<T, S = Plain> {
    ticket: Ticket,
    shape: PhantomData<fn() -> (T, S)>,
}

/// The output itself.
#[derive(Debug)]
pub struct Plain;

/// The output, if there is one.
#[derive(Debug)]
pub struct Optional;

/// What `S` gives, with status and headers of the last answer.
#[derive(Debug)]
pub struct WithResponse<S>(PhantomData<S>);

/// An output with status and headers of the last answer.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Response<T> {
    /// The output.
    pub value: T,
    /// The status of the last answer; `None` when the module sent no request.
    pub status: Option<StatusCode>,
    /// The headers of the last answer.
    pub headers: HeaderMap,
}

impl<T> Response<T> {
    pub(super) fn new(value: T, answered: Option<(StatusCode, HeaderMap)>) -> Self {
        let (status, headers) =
            answered.map_or_else(Default::default, |(status, headers)| (Some(status), headers));
        Self { value, status, headers }
    }
}

/// What a call came to, before it has a type.
pub struct Outcome {
    bundle: Option<Object>,
    answered: Option<(StatusCode, HeaderMap)>,
    module: Plan<Module>,
}

/// How a call gives its output.
pub trait Shape<T> {
    /// What it gives.
    type Output;

    /// Gives it.
    ///
    /// # Errors
    /// `NoBundle` where an output must be there and is not.
    fn shape(outcome: Outcome) -> Result<Self::Output, Error>;
}

impl<T: Bundle> Shape<T> for Plain {
    type Output = T;

    fn shape(outcome: Outcome) -> Result<T, Error> {
        let Outcome { bundle, module, .. } = outcome;
        bundle.map(T::from_bundle).or_else(T::from_nothing).ok_or_else(|| {
            let error = Error::new(ErrorKind::NoBundle, "the module yielded no bundle");
            error.with_may_have_been_sent(true).in_module(&module.name)
        })
    }
}

impl<T: Bundle> Shape<T> for Optional {
    type Output = Option<T>;

    fn shape(outcome: Outcome) -> Result<Option<T>, Error> {
        Ok(outcome.bundle.map(T::from_bundle))
    }
}

impl<T, S: Shape<T>> Shape<T> for WithResponse<S> {
    type Output = Response<S::Output>;

    fn shape(mut outcome: Outcome) -> Result<Self::Output, Error> {
        let answered = outcome.answered.take();
        Ok(Response::new(S::shape(outcome)?, answered))
    }
}

impl<T> Call<T> {
    /// A call of `module`: generated code makes it.
    pub fn new(client: &Client, module: impl Into<Plan<Module>>, input: Object) -> Self {
        Self { ticket: Ticket::new(client, module.into(), input), shape: PhantomData }
    }
}

impl<T, S> Call<T, S> {
    fn with<U, R>(self) -> Call<U, R> {
        Call { ticket: self.ticket, shape: PhantomData }
    }

    /// Gives the bundle as it is, without a type of its own.
    pub fn raw(self) -> Call<Value, S> {
        self.with()
    }

    /// Gives `None` where there is no bundle.
    pub fn optional(self) -> Call<T, Optional> {
        self.with()
    }

    /// Gives status and headers of the last answer as well.
    pub fn with_response(self) -> Call<T, WithResponse<S>> {
        self.with()
    }

    /// Limits the time of the whole call, waits between its requests included.
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

async fn run(ticket: Ticket) -> Result<Outcome, Error> {
    let (limit, module) = (ticket.timeout, ticket.module.clone());
    let work = async {
        let mut run = ticket.begin().await?;
        let result = run.finish().await?;
        Ok((filter::action(run.unwrapped(result)), run.answered))
    };
    let (bundle, answered) = within(limit, &module.name, pin!(work)).await?;
    Ok(Outcome { bundle, answered, module })
}

impl<T, S: Shape<T>> IntoFuture for Call<T, S> {
    type Output = Result<S::Output, Error>;
    type IntoFuture = CallFuture<T, S>;

    fn into_future(self) -> CallFuture<T, S> {
        CallFuture { work: Box::pin(run(self.ticket)), shape: PhantomData }
    }
}

/// A call that runs.
#[must_use = "a call does nothing until it is awaited"]
pub struct CallFuture<T, S = Plain> {
    work: BoxFuture<'static, Result<Outcome, Error>>,
    shape: PhantomData<fn() -> (T, S)>,
}

impl<T, S: Shape<T>> Future for CallFuture<T, S> {
    type Output = Result<S::Output, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.work.as_mut().poll(context).map(|outcome| S::shape(outcome?))
    }
}

impl<T, S> fmt::Debug for Call<T, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("module", &self.ticket.module.name).finish_non_exhaustive()
    }
}

impl<T, S> fmt::Debug for CallFuture<T, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallFuture").finish_non_exhaustive()
    }
}
