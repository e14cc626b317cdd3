//! A trigger that is polled for ever.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_core::Stream;

use super::call::Plain;
use super::generated::Bundle;
use super::search::ListShape;
use super::trigger::Trigger;
use crate::error::Error;
use crate::transport::BoxFuture;
use crate::trigger::{StoredState, TriggerState};

/// Batches of new bundles, for ever; polls that find nothing new give none.
///
/// The state is saved when the consumer asks for what follows a batch, and so has taken it. A program that dies before
/// that gets the batch again when it runs next, and no other one. When saving fails, the stream gives the error and
/// saves again before it polls on.
///
/// An error does not end the stream: it says what happened, and polls again after the interval, from the same state.
/// Stop by dropping it.
#[must_use = "a stream does nothing until it is polled"]
pub struct Watch<T, S: ListShape<T> = Plain> {
    /// Taken while a step runs, which gives it back.
    watcher: Option<Box<Watcher<T, S>>>,
    step: Option<BoxFuture<'static, Step<T, S>>>,
}

type Step<T, S> = (Box<Watcher<T, S>>, Result<Option<<S as ListShape<T>>::Output>, Error>);

struct Watcher<T, S> {
    trigger: Trigger<T, S>,
    interval: Duration,
    store: StoredState,
    first: TriggerState,
    /// The state, once it was read.
    state: Option<TriggerState>,
    /// The store holds that state.
    is_saved: bool,
    /// The interval has to pass before the next poll.
    has_polled: bool,
    /// The interval has to pass before anything is tried again.
    has_failed: bool,
}

impl<T: Bundle, S: ListShape<T>> Watch<T, S> {
    pub(super) fn new(trigger: Trigger<T, S>, interval: Duration, store: StoredState) -> Self {
        let watcher = Watcher {
            trigger,
            interval,
            store,
            first: TriggerState::all(),
            state: None,
            is_saved: false,
            has_polled: false,
            has_failed: false,
        };
        Self { watcher: Some(Box::new(watcher)), step: None }
    }

    /// Where to start if the store holds no state yet; [`TriggerState::all`] by default.
    pub fn start(mut self, state: TriggerState) -> Self {
        if let Some(watcher) = &mut self.watcher {
            watcher.first = state;
        }
        self
    }
}

impl<T: Bundle, S: ListShape<T>> Watcher<T, S> {
    async fn step(mut self: Box<Self>) -> Step<T, S> {
        let result = self.advance().await;
        self.has_failed = result.is_err();
        (self, result)
    }

    /// Saves what is due, waits, polls. `None` when there was nothing new.
    async fn advance(&mut self) -> Result<Option<S::Output>, Error> {
        if self.has_failed {
            self.rest().await?;
        }
        if self.state.is_none() {
            let found = self.store.load().await?;
            self.is_saved = found.is_some();
            self.state = Some(found.unwrap_or_else(|| self.first.clone()));
        }
        let Some(state) = self.state.clone() else { return Ok(None) };
        // The first state is saved before the first poll: else a crash would move a start that is "now".
        if !self.is_saved {
            self.store.save(&state).await?;
            self.is_saved = true;
        }
        if self.has_polled {
            self.rest().await?;
        }
        self.has_polled = true;
        let (output, is_empty, next) = self.trigger.poll_from(state.clone()).await?;
        self.is_saved = next == state;
        self.state = Some(next);
        Ok((!is_empty).then_some(output))
    }

    async fn rest(&mut self) -> Result<(), Error> {
        self.trigger.clock()?.sleep(self.interval).await;
        self.has_polled = false;
        Ok(())
    }
}

impl<T: Bundle + 'static, S: ListShape<T> + 'static> Stream for Watch<T, S>
where
    S::Output: Send,
{
    type Item = Result<S::Output, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let mut step = match (self.step.take(), self.watcher.take()) {
                (Some(step), _) => step,
                (None, Some(watcher)) => Box::pin(watcher.step()),
                (None, None) => return Poll::Ready(None),
            };
            match step.as_mut().poll(context) {
                Poll::Pending => {
                    self.step = Some(step);
                    return Poll::Pending;
                }
                Poll::Ready((watcher, result)) => {
                    self.watcher = Some(watcher);
                    match result {
                        Ok(Some(output)) => return Poll::Ready(Some(Ok(output))),
                        Ok(None) => {}
                        Err(error) => return Poll::Ready(Some(Err(error))),
                    }
                }
            }
        }
    }
}

impl<T, S: ListShape<T>> fmt::Debug for Watch<T, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Watch");
        if let Some(watcher) = &self.watcher {
            out.field("trigger", &watcher.trigger).field("store", &watcher.store);
        }
        out.finish_non_exhaustive()
    }
}
