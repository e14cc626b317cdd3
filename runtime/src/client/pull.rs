//! Pulls pages out of the engine, for streams that must not borrow.

use std::pin::pin;
use std::task::{Context, Poll};
use std::time::Duration;

use http::{HeaderMap, StatusCode};

use super::setup::{Ticket, within};
use crate::engine::Pages;
use crate::error::Error;
use crate::plan::Module;
use crate::plan::Plan;
use crate::resilience::later;
use crate::transport::BoxFuture;
use crate::value::Object;

/// Pages of bundles, one future at a time.
pub(super) struct Puller {
    state: State,
    /// How many bundles the caller still wants.
    left: Option<u64>,
    answered: Option<(StatusCode, HeaderMap)>,
}

enum State {
    Fresh(Box<Ticket>),
    Idle(Box<Reader>),
    Busy(BoxFuture<'static, (Box<Reader>, Read)>),
    Starting(BoxFuture<'static, Result<Box<Reader>, Error>>),
    Done,
}

/// A page, or the end.
type Read = Result<Option<Vec<Object>>, Error>;

struct Reader {
    pages: Pages,
    limit: Option<Duration>,
    module: Plan<Module>,
}

impl Reader {
    async fn start(ticket: Ticket) -> Result<Box<Self>, Error> {
        let (limit, module) = (ticket.timeout, ticket.module.clone());
        let run = ticket.begin().await?;
        Ok(Box::new(Self { pages: Pages::new(run, module.clone()), limit, module }))
    }

    async fn read(mut self: Box<Self>) -> (Box<Self>, Read) {
        if let Some(limit) = self.limit {
            let run = &mut self.pages.run;
            run.options.deadline = Some(later(run.core.clock.now(), limit));
        }
        let page = within(self.limit, &self.module.name, pin!(self.pages.next())).await;
        (self, page)
    }
}

impl Puller {
    pub(super) fn new(ticket: Ticket, most: Option<u64>) -> Self {
        let state = if most == Some(0) { State::Done } else { State::Fresh(Box::new(ticket)) };
        Self { state, left: most, answered: None }
    }

    /// The next page that has bundles.
    pub(super) fn poll_page(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Vec<Object>, Error>>> {
        loop {
            match std::mem::replace(&mut self.state, State::Done) {
                State::Done => return Poll::Ready(None),
                State::Fresh(ticket) => self.state = State::Starting(Box::pin(Reader::start(*ticket))),
                State::Idle(reader) => self.state = State::Busy(Box::pin(reader.read())),
                State::Starting(mut work) => match work.as_mut().poll(context) {
                    Poll::Pending => {
                        self.state = State::Starting(work);
                        return Poll::Pending;
                    }
                    Poll::Ready(Ok(reader)) => self.state = State::Idle(reader),
                    Poll::Ready(Err(error)) => return Poll::Ready(Some(Err(error))),
                },
                State::Busy(mut work) => match work.as_mut().poll(context) {
                    Poll::Pending => {
                        self.state = State::Busy(work);
                        return Poll::Pending;
                    }
                    Poll::Ready((reader, page)) => {
                        if let Some(page) = self.take_page(reader, page) {
                            return Poll::Ready(page);
                        }
                    }
                },
            }
        }
    }

    /// What a page that was read means to the caller; `None` when the next one has to be read.
    #[allow(
        clippy::option_option,
        reason = "the inner one is the end of the stream, the outer one a page to pass over"
    )]
    fn take_page(
        &mut self,
        mut reader: Box<Reader>,
        page: Read,
    ) -> Option<Option<Result<Vec<Object>, Error>>> {
        self.answered = reader.pages.run.answered.take().or(self.answered.take());
        let mut page = match page {
            Ok(Some(page)) => page,
            Ok(None) => return Some(None),
            Err(error) => return Some(Some(Err(error))),
        };
        if let Some(left) = &mut self.left {
            page.truncate(usize::try_from(*left).unwrap_or(usize::MAX));
            *left -= page.len() as u64;
        }
        if self.left != Some(0) {
            self.state = State::Idle(reader);
        }
        if page.is_empty() { None } else { Some(Some(Ok(page))) }
    }

    /// Status and headers of the last answer.
    pub(super) fn into_answered(self) -> Option<(StatusCode, HeaderMap)> {
        self.answered
    }
}
