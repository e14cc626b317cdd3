//! Polls the feed of a trigger, and lists where one may start (connector.md 3.15, 11.4).

use super::condition::Verdict;
use super::pagination::{Next, Paging, page_limit};
use super::run::Run;
use super::{eval, filter, iterate, limit};
use crate::error::{Error, ErrorKind};
use crate::plan::{Request, Trigger};
use crate::scope::{Root, Scope};
use crate::trigger::TriggerState;
use crate::trigger::collect::{Batch, Collector, Rules, Verdict as Look};
use crate::trigger::epoch::Start;
use crate::trigger::key::Key;
use crate::value::{Object, Value};

/// New items of one poll unless the connector says how many (connector.md 19).
const USUAL_LIMIT: u64 = 1;

/// Reads the feed from `state` on, and gives the new bundles with the state that follows.
pub(crate) async fn poll(run: &mut Run, state: &TriggerState) -> Result<Batch<Object>, Error> {
    match read(run, state).await {
        Ok(batch) => Ok(batch),
        Err(error) => Err(run.explain(error)),
    }
}

async fn read(run: &mut Run, state: &TriggerState) -> Result<Batch<Object>, Error> {
    let job = run.job.clone();
    let (at, request, trigger) = last(job.requests())?;
    state.fits(trigger.by_date)?;
    set_variables(&mut run.scope, trigger, state);
    run.lead_in().await?;
    let mut batch = Batch { bundles: Vec::new(), state: state.clone() };
    let mut runs = 0;
    run.repeating = false;
    while let Verdict::Run = run.enter(request)? {
        batch = pages(run, (at, request, trigger), state).await?;
        runs += 1;
        if !run.goes_again(request, runs).await? {
            break;
        }
    }
    let Batch { bundles, state } = batch;
    // Nothing new stays nothing, whatever a wrapper would make of it.
    let bundles =
        if bundles.is_empty() { Vec::new() } else { filter::search(run.wrap(Value::array(bundles))?) };
    Ok(Batch { bundles, state })
}

/// The request whose response says what is new.
fn last(requests: &[Request]) -> Result<(usize, &Request, &Trigger), Error> {
    let found = requests.iter().enumerate().next_back();
    found.and_then(|(at, request)| Some((at, request, request.response.trigger.as_ref()?))).ok_or_else(|| {
        let message = "the last request does not say by `response.trigger` which items are new";
        Error::new(ErrorKind::InvalidConfiguration, message).at("response.trigger")
    })
}

/// `data.lastDate`, `data.lastId` and `trigger.matchEqual` (connector.md 9.2). Items of the last date itself are
/// wanted always: the limit may have cut among them.
fn set_variables(scope: &mut Scope, trigger: &Trigger, state: &TriggerState) {
    let mut data = scope.root(Root::Data).as_object().cloned().unwrap_or_default();
    data.spread(&Value::from(state.variables(trigger.by_date)));
    scope.set(Root::Data, data);
    let mut variables = Object::with_capacity(1);
    variables.insert("matchEqual", Value::from(trigger.by_date));
    scope.set(Root::Trigger, variables);
}

async fn pages(
    run: &mut Run,
    (at, request, trigger): (usize, &Request, &Trigger),
    state: &TriggerState,
) -> Result<Batch<Value>, Error> {
    let response = &request.response;
    let mut paging = Paging::new();
    let mut collector: Option<Collector<Value>> = None;
    loop {
        run.answer(at, request, &mut paging).await?;
        // Templates of the limit may read the answer, so it is not known before the first one.
        let collector = match &mut collector {
            Some(collector) => collector,
            none => {
                let most = limit::evaluate(response.limit.as_ref(), &run.scope)?.unwrap_or(USUAL_LIMIT);
                let past = run.core.plan.limits.max_past_records;
                none.insert(Collector::new(Rules::new(trigger.by_date, trigger.order, most, past), state))
            }
        };
        let mut wants_more = true;
        let empty = iterate::visit(response, &mut run.scope, &mut |scope, output| {
            let key = key(trigger, scope)?;
            match collector.look(&key) {
                Look::Enough => wants_more = false,
                Look::Known => {}
                Look::New => {
                    let value = output(scope)?;
                    if !value.is_nullish() {
                        collector.keep(key, value);
                    }
                }
            }
            Ok(wants_more)
        })?;
        let next = match wants_more && !empty && !collector.has_enough() {
            true => run.turn(request, &mut paging)?,
            false => Next::End,
        };
        match next {
            Next::More => {}
            // Older items than those that were read may be new, so nothing can leave (rulings 28).
            Next::Capped(most) if !collector.may_leave_early() => return Err(page_limit("pages", most)),
            Next::Capped(_) | Next::End => break,
        }
    }
    let batch = collector.map(Collector::finish);
    Ok(batch.unwrap_or(Batch { bundles: Vec::new(), state: state.clone() }))
}

/// What the item in `scope` is known by.
fn key(trigger: &Trigger, scope: &Scope) -> Result<Key, Error> {
    let id = eval::optional(trigger.id.as_ref(), scope)?.unwrap_or_default();
    let date = match trigger.by_date {
        true => Some(eval::optional(trigger.date.as_ref(), scope)?.unwrap_or_default()),
        false => None,
    };
    Key::read(&id, date.as_ref(), scope)
}

/// Lists recent items, with which a trigger may start.
pub(crate) async fn starts(run: &mut Run) -> Result<Vec<Start>, Error> {
    match list(run).await {
        Ok(starts) => Ok(starts),
        Err(error) => Err(run.explain(error)),
    }
}

async fn list(run: &mut Run) -> Result<Vec<Start>, Error> {
    let job = run.job.clone();
    let (at, request, trigger) = last(job.requests())?;
    set_variables(&mut run.scope, trigger, &TriggerState::all());
    run.lead_in().await?;
    let mut starts = Vec::new();
    if let Verdict::Skip(_) = run.enter(request)? {
        return Ok(starts);
    }
    let mut paging = Paging::new();
    loop {
        run.answer(at, request, &mut paging).await?;
        let most = limit::evaluate(request.response.limit.as_ref(), &run.scope)?.unwrap_or(u64::MAX);
        let empty = iterate::visit(&request.response, &mut run.scope, &mut |scope, output| {
            let value = output(scope)?;
            if !value.is_nullish() {
                starts.push(Start::new(&key(trigger, scope)?, value, scope));
            }
            Ok((starts.len() as u64) < most)
        })?;
        if empty || starts.len() as u64 >= most {
            return Ok(starts);
        }
        match run.turn(request, &mut paging)? {
            Next::More => {}
            Next::End => return Ok(starts),
            Next::Capped(most) => return Err(page_limit("pages", most)),
        }
    }
}
