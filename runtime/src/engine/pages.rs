//! Bundles page by page, pulled by whoever wants them (rulings 20, 21).

use super::condition::Verdict;
use super::filter;
use super::job::Job;
use super::pagination::{Next, Paging, page_limit};
use super::run::{Page, Run};
use crate::error::Error;
use crate::plan::Module;
use crate::value::{Object, Value};

use crate::plan::Plan;

/// A search in progress.
pub(crate) struct Pages {
    pub(crate) run: Run,
    module: Plan<Module>,
    state: State,
}

enum State {
    Fresh,
    /// Pages of the last request follow; what the requests before it gave is the result if it yields nothing.
    Reading {
        paging: Box<Paging>,
        earlier: Value,
        yielded: bool,
    },
    /// The bundles have left, and this is how it ends.
    Failing(Error),
    Done,
}

impl Pages {
    pub(crate) fn new(run: Run, module: Plan<Module>) -> Self {
        Self { run, module, state: State::Fresh }
    }

    /// The bundles of the next page; a page may hold none. `None` at the end. A request is sent only by this call.
    pub(crate) async fn next(&mut self) -> Result<Option<Vec<Object>>, Error> {
        match self.advance().await {
            Ok(page) => Ok(page),
            Err(error) => {
                self.state = State::Done;
                Err(self.run.explain(error))
            }
        }
    }

    async fn advance(&mut self) -> Result<Option<Vec<Object>>, Error> {
        match std::mem::replace(&mut self.state, State::Done) {
            State::Done => Ok(None),
            State::Failing(error) => Err(error),
            State::Fresh if !self.module.streams => {
                let result = self.run.finish().await?;
                Ok(Some(filter::search(result)))
            }
            State::Fresh => self.begin().await,
            State::Reading { paging, earlier, yielded } => self.read(paging, earlier, yielded).await,
        }
    }

    async fn begin(&mut self) -> Result<Option<Vec<Object>>, Error> {
        let earlier = self.run.lead_in().await?;
        let module = self.module.clone();
        let Some(request) = module.requests.last() else { return Ok(None) };
        match self.run.enter(request)? {
            Verdict::Skip(Some(default)) => Ok(Some(filter::search(default))),
            Verdict::Skip(None) => Ok(Some(filter::search(earlier))),
            Verdict::Run => self.read(Box::new(Paging::new()), earlier, false).await,
        }
    }

    async fn read(
        &mut self,
        mut paging: Box<Paging>,
        earlier: Value,
        yielded: bool,
    ) -> Result<Option<Vec<Object>>, Error> {
        let module = self.module.clone();
        let Some(request) = module.requests.last() else { return Ok(None) };
        let at = module.requests.len() - 1;
        let Page { found, next } = self.run.page(at, request, &mut paging).await?;
        let yielded = yielded || found.iterated || !found.values.is_empty();
        let mut bundles = filter::search(Value::array(found.values));
        match next {
            Next::More => self.state = State::Reading { paging, earlier, yielded },
            Next::Capped(most) => self.state = State::Failing(page_limit("pages", most)),
            // A last request that yields nothing does not wipe what came before (connector.md 4.4).
            Next::End if !yielded => bundles = filter::search(earlier),
            Next::End => {}
        }
        Ok(Some(bundles))
    }
}

/// The job of a module.
pub(crate) fn job(module: &Plan<Module>) -> Job {
    Job::Module(module.clone())
}
