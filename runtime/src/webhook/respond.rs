//! Responders: modules that compose the answer to a webhook's caller (connector.md 11.6).

use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::task::{Context, Poll};

use super::reply::{self, Reply};
use crate::client::Client;
use crate::client::setup::Ticket;
use crate::error::Error;
use crate::plan::{Module, Plan, Responder};
use crate::transport::BoxFuture;
use crate::value::Object;

/// A call of a responder. `.await?` gives the answer; nothing is sent.
#[must_use = "a call does nothing until it is awaited"]
pub struct Respond {
    ticket: Ticket,
    responder: Plan<Responder>,
}

impl Respond {
    /// A call of the responder `module`: generated code makes it.
    pub fn new(
        client: &Client,
        module: impl Into<Plan<Module>>,
        responder: impl Into<Plan<Responder>>,
        input: Object,
    ) -> Self {
        Self { ticket: Ticket::new(client, module.into(), input), responder: responder.into() }
    }
}

async fn run(call: Respond) -> Result<Reply, Error> {
    let run = call.ticket.begin().await?;
    reply::compose(Some(&call.responder), &run.scope).map_err(|error| run.explain(error))
}

impl IntoFuture for Respond {
    type Output = Result<Reply, Error>;
    type IntoFuture = RespondFuture;

    fn into_future(self) -> RespondFuture {
        RespondFuture(Box::pin(run(self)))
    }
}

/// A responder that runs.
#[must_use = "a call does nothing until it is awaited"]
pub struct RespondFuture(BoxFuture<'static, Result<Reply, Error>>);

impl Future for RespondFuture {
    type Output = Result<Reply, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.as_mut().poll(context)
    }
}

impl fmt::Debug for Respond {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Respond").field("module", &self.ticket.module.name).finish_non_exhaustive()
    }
}

impl fmt::Debug for RespondFuture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RespondFuture").finish_non_exhaustive()
    }
}
