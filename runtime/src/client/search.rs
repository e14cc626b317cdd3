//! Calls that give many bundles.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;
use http::{HeaderMap, StatusCode};

use super::Client;
use super::call::{Plain, Response, WithResponse};
use super::generated::Bundle;
use super::pull::Puller;
use super::setup::{Ticket, within};
use crate::error::Error;
use crate::plan::Module;
use crate::plan::Plan;
use crate::resilience::RetryPolicy;
use crate::transport::BoxFuture;
use crate::value::{Object, Value};

/// A call of a module that gives many bundles. Nothing happens until it is awaited or streamed; dropping it ends the
/// work.
///
/// `.await?` reads everything into a `Vec`, `.stream()` asks for the next page only when the bundles of the last one
/// have been taken (rulings 20).
#[must_use = "a search does nothing until it is awaited or streamed"]
pub struct Search<T, S = Plain> {
    ticket: Ticket,
    most: Option<u64>,
    shape: PhantomData<fn() -> (T, S)>,
}

/// How a search gives its bundles.
pub trait ListShape<T> {
    /// What it gives.
    type Output;

    /// Gives it.
    fn shape(bundles: Vec<T>, answered: Option<(StatusCode, HeaderMap)>) -> Self::Output;
}

impl<T> ListShape<T> for Plain {
    type Output = Vec<T>;

    fn shape(bundles: Vec<T>, _: Option<(StatusCode, HeaderMap)>) -> Vec<T> {
        bundles
    }
}

impl<T> ListShape<T> for WithResponse<Plain> {
    type Output = Response<Vec<T>>;

    fn shape(bundles: Vec<T>, answered: Option<(StatusCode, HeaderMap)>) -> Self::Output {
        Response::new(bundles, answered)
    }
}

impl<T> Search<T> {
    /// A call of `module`: generated code makes it.
    pub fn new(client: &Client, module: impl Into<Plan<Module>>, input: Object) -> Self {
        Self { ticket: Ticket::new(client, module.into(), input), most: None, shape: PhantomData }
    }

    /// Gives status and headers of the last answer as well.
    pub fn with_response(self) -> Search<T, WithResponse<Plain>> {
        Search { ticket: self.ticket, most: self.most, shape: PhantomData }
    }

    /// The bundles one by one.
    pub fn stream(self) -> SearchStream<T> {
        let pages = Puller::new(self.ticket, self.most);
        SearchStream { pages, bundles: Vec::new().into_iter(), bundle: PhantomData }
    }

    /// The bundles page by page; pages without bundles are passed over.
    pub fn pages(self) -> Pages<T> {
        Pages { pages: Puller::new(self.ticket, self.most), bundle: PhantomData }
    }
}

impl<T, S> Search<T, S> {
    /// Gives the bundles as they are, without a type of their own.
    pub fn raw(self) -> Search<Value, S> {
        Search { ticket: self.ticket, most: self.most, shape: PhantomData }
    }

    /// Ends after `most` bundles; pages beyond them are not asked for.
    pub fn take(mut self, most: u64) -> Self {
        self.most = Some(self.most.map_or(most, |before| before.min(most)));
        self
    }

    /// Limits the time: of the whole search when it is awaited, of each page when it is streamed.
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

type Everything = (Vec<Object>, Option<(StatusCode, HeaderMap)>);

async fn read_all(mut ticket: Ticket, most: Option<u64>) -> Result<Everything, Error> {
    let (limit, module) = (ticket.timeout.take(), ticket.module.clone());
    ticket.deadline = ticket.until(limit);
    let work = async {
        let mut pages = Puller::new(ticket, most);
        let mut all = Vec::new();
        while let Some(mut page) =
            std::future::poll_fn(|context| pages.poll_page(context)).await.transpose()?
        {
            if all.is_empty() {
                all = page;
            } else {
                all.append(&mut page);
            }
        }
        Ok((all, pages.into_answered()))
    };
    within(limit, &module.name, pin!(work)).await
}

impl<T: Bundle, S: ListShape<T>> IntoFuture for Search<T, S> {
    type Output = Result<S::Output, Error>;
    type IntoFuture = SearchFuture<T, S>;

    fn into_future(self) -> SearchFuture<T, S> {
        SearchFuture { work: Box::pin(read_all(self.ticket, self.most)), shape: PhantomData }
    }
}

/// A search that reads everything.
#[must_use = "a search does nothing until it is awaited"]
pub struct SearchFuture<T, S = Plain> {
    work: BoxFuture<'static, Result<Everything, Error>>,
    shape: PhantomData<fn() -> (T, S)>,
}

impl<T: Bundle, S: ListShape<T>> Future for SearchFuture<T, S> {
    type Output = Result<S::Output, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.work.as_mut().poll(context).map_ok(|(bundles, answered)| {
            S::shape(bundles.into_iter().map(T::from_bundle).collect(), answered)
        })
    }
}

/// The bundles of a search, one by one. An error ends it.
#[must_use = "a stream does nothing until it is polled"]
pub struct SearchStream<T> {
    pages: Puller,
    bundles: std::vec::IntoIter<Object>,
    bundle: PhantomData<fn() -> T>,
}

impl<T: Bundle> Stream for SearchStream<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(bundle) = self.bundles.next() {
                return Poll::Ready(Some(Ok(T::from_bundle(bundle))));
            }
            match ready!(self.pages.poll_page(context)) {
                Some(Ok(page)) => self.bundles = page.into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.bundles.len(), None)
    }
}

/// The bundles of a search, page by page. An error ends it.
#[must_use = "a stream does nothing until it is polled"]
pub struct Pages<T> {
    pages: Puller,
    bundle: PhantomData<fn() -> T>,
}

impl<T: Bundle> Stream for Pages<T> {
    type Item = Result<Vec<T>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.pages.poll_page(context).map(|page| {
            page.map(|page| page.map(|bundles| bundles.into_iter().map(T::from_bundle).collect()))
        })
    }
}

impl<T, S> fmt::Debug for Search<T, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Search").field("module", &self.ticket.module.name).finish_non_exhaustive()
    }
}

impl<T, S> fmt::Debug for SearchFuture<T, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SearchFuture").finish_non_exhaustive()
    }
}

impl<T> fmt::Debug for SearchStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SearchStream").finish_non_exhaustive()
    }
}

impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").finish_non_exhaustive()
    }
}
