//! Calls that give what is new: polling triggers (connector.md 11.4).

use std::fmt;
use std::marker::PhantomData;
use std::pin::pin;
use std::time::Duration;

use http::{HeaderMap, StatusCode};

use super::Client;
use super::call::{Plain, WithResponse};
use super::generated::Bundle;
use super::search::ListShape;
use super::setup::{Ticket, within};
use super::watch::Watch;
use crate::clock::Clock;
use crate::engine::poll;
use crate::error::{Error, ErrorKind};
use crate::plan::{Module, Plan};
use crate::resilience::RetryPolicy;
use crate::trigger::collect::Batch;
use crate::trigger::{Start, StoredState, TriggerState};
use crate::value::{Object, Value};

/// A polling trigger. Nothing happens until it is polled; it may be polled again and again.
///
/// [`Trigger::poll`] gives what is new since a state that the program keeps; [`Trigger::watch`] polls for ever and
/// keeps the state in a store.
#[must_use = "a trigger does nothing until it is polled"]
pub struct Trigger<T, S = Plain> {
    ticket: Ticket,
    epoch: Option<Plan<Module>>,
    shape: PhantomData<fn() -> (T, S)>,
}

impl<T> Trigger<T> {
    /// A trigger of `module`: generated code makes it. `epoch` is what lists where it may start.
    pub fn new(
        client: &Client,
        module: impl Into<Plan<Module>>,
        epoch: Option<Plan<Module>>,
        input: Object,
    ) -> Self {
        Self { ticket: Ticket::new(client, module.into(), input), epoch, shape: PhantomData }
    }

    /// Gives status and headers of the last answer as well.
    pub fn with_response(self) -> Trigger<T, WithResponse<Plain>> {
        self.with()
    }
}

impl<T, S> Trigger<T, S> {
    fn with<U, R>(self) -> Trigger<U, R> {
        Trigger { ticket: self.ticket, epoch: self.epoch, shape: PhantomData }
    }

    /// Gives the bundles as they are, without a type of their own.
    pub fn raw(self) -> Trigger<Value, S> {
        self.with()
    }

    /// Limits the time of each poll.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.ticket.timeout = Some(limit);
        self
    }

    /// When requests of a poll that failed are sent again, in place of what the client's settings say.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.ticket.retry = Some(policy);
        self
    }

    /// Recent items with which the trigger may start, as its `epoch` lists them (connector.md 3.15).
    ///
    /// # Errors
    /// `InvalidConfiguration` when the connector lists none for this trigger; else those of any call.
    pub async fn epoch(&self) -> Result<Vec<Start>, Error> {
        let Some(module) = self.epoch.clone() else {
            let message = "the connector does not list where this trigger may start";
            return Err(
                Error::new(ErrorKind::InvalidConfiguration, message).in_module(&self.ticket.module.name)
            );
        };
        let ticket = Ticket { module: module.clone(), ..self.ticket.clone() };
        let limit = ticket.timeout;
        let work = async {
            let mut run = ticket.begin().await?;
            poll::starts(&mut run).await
        };
        within(limit, &module.name, pin!(work)).await
    }
}

/// New bundles, and status and headers of the last answer.
type Polled = (Batch<Object>, Option<(StatusCode, HeaderMap)>);

impl<T: Bundle, S: ListShape<T>> Trigger<T, S> {
    /// Gives what is new since `state`, oldest first, and no more than the connector's `limit`, which is 1 where it
    /// sets none. What is left comes with the next poll.
    ///
    /// The state changes only when all bundles are there: a poll that fails, or is dropped, leaves it as it was. Save
    /// it when the bundles have been worked on, and a crash repeats them at most.
    ///
    /// # Errors
    /// Those of any call; `Runtime` for an item without an id, or without a date that can be read;
    /// `InvalidConfiguration` for a state that belongs to a trigger of the other type; `PageLimit` when a cap forbids
    /// to read back to what is known (see [`ClientBuilder::max_pages`](crate::client::ClientBuilder::max_pages)).
    pub async fn poll(&self, state: &mut TriggerState) -> Result<S::Output, Error> {
        let (batch, answered) = read(self.ticket.clone(), state.clone()).await?;
        *state = batch.state;
        Ok(S::shape(batch.bundles.into_iter().map(T::from_bundle).collect(), answered))
    }

    /// Polls for ever: at once, and then `interval` after each poll, by the client's clock. The state lies in
    /// `store`; it is saved when the consumer comes back for the next batch, and so has taken the last one.
    ///
    /// See [`Watch`].
    pub fn watch(self, interval: Duration, store: StoredState) -> Watch<T, S> {
        Watch::new(self, interval, store)
    }

    /// One poll that borrows nothing, for [`Watch`].
    pub(super) async fn poll_from(
        &self,
        state: TriggerState,
    ) -> Result<(S::Output, bool, TriggerState), Error> {
        let (batch, answered) = read(self.ticket.clone(), state).await?;
        let is_empty = batch.bundles.is_empty();
        Ok((
            S::shape(batch.bundles.into_iter().map(T::from_bundle).collect(), answered),
            is_empty,
            batch.state,
        ))
    }

    pub(super) fn clock(&self) -> Result<std::sync::Arc<dyn Clock>, Error> {
        Ok(std::sync::Arc::clone(&self.ticket.client.core()?.clock))
    }
}

async fn read(ticket: Ticket, state: TriggerState) -> Result<Polled, Error> {
    let (limit, module) = (ticket.timeout, ticket.module.clone());
    let work = async {
        let mut run = ticket.begin().await?;
        let batch = poll::poll(&mut run, &state).await?;
        Ok((batch, run.answered))
    };
    within(limit, &module.name, pin!(work)).await
}

impl<T, S> Clone for Trigger<T, S> {
    fn clone(&self) -> Self {
        Self { ticket: self.ticket.clone(), epoch: self.epoch.clone(), shape: PhantomData }
    }
}

impl<T, S> fmt::Debug for Trigger<T, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Trigger").field("module", &self.ticket.module.name).finish_non_exhaustive()
    }
}
