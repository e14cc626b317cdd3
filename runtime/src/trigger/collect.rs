//! Which items of a feed are new, and in which order they leave (connector.md 11.4, rulings 29).
//!
//! No I/O: the engine shows the keys of items in the order of the feed, and stops when it is told to.

use std::cmp::Ordering;
use std::collections::HashMap;

use smol_str::SmolStr;

use super::key::{ItemId, Key};
use super::state::{Begin, TriggerState};
use crate::plan::TriggerOrder;

/// How a feed is read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rules {
    /// Compare dates instead of ids.
    pub(crate) by_date: bool,
    /// The order in which the service delivers.
    pub(crate) order: TriggerOrder,
    /// Most items that leave in one poll, at least 1.
    pub(crate) limit: usize,
    /// Most new items that a descending feed is read back for, and most items that one without an order is read for.
    pub(crate) max_past_records: usize,
}

/// `maxPastRecords` unless the connector sets it (connector.md 19).
const PAST_RECORDS: u64 = 3_200;
/// Feeds without an order are read for this many items, or more where `maxPastRecords` is larger.
const UNORDERED_RECORDS: u64 = 5_000;

impl Rules {
    /// Rules with the limits of connector.md 19.
    pub(crate) fn new(by_date: bool, order: TriggerOrder, limit: u64, past: Option<u64>) -> Self {
        let past = past.unwrap_or(PAST_RECORDS);
        let past = if order == TriggerOrder::Unordered { past.max(UNORDERED_RECORDS) } else { past };
        let size = |number: u64| usize::try_from(number).unwrap_or(usize::MAX).max(1);
        Self { by_date, order, limit: size(limit), max_past_records: size(past) }
    }
}

/// What becomes of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It is new: [`Collector::keep`] its bundle.
    New,
    /// It is not new.
    Known,
    /// Nothing behind it can be new, or is needed in this poll; nor is this one.
    Enough,
}

/// What a poll gives.
#[derive(Debug)]
pub(crate) struct Batch<T> {
    /// The new bundles, oldest first.
    pub(crate) bundles: Vec<T>,
    /// The state once the bundles are in the caller's hands.
    pub(crate) state: TriggerState,
}

/// Picks the new items out of a feed.
pub(crate) struct Collector<T> {
    rules: Rules,
    state: TriggerState,
    fresh: Vec<(Key, T)>,
    /// Place in `fresh` by id: a feed that grows while it is paged shows an item twice.
    places: HashMap<SmolStr, usize>,
    newest: Option<ItemId>,
    seen: usize,
    is_cut: bool,
}

impl<T> Collector<T> {
    /// A collector that goes on from `state`.
    pub(crate) fn new(rules: Rules, state: &TriggerState) -> Self {
        Self {
            rules,
            state: state.clone(),
            fresh: Vec::new(),
            places: HashMap::new(),
            newest: None,
            seen: 0,
            is_cut: false,
        }
    }

    /// Looks at the next item of the feed.
    pub(crate) fn look(&mut self, key: &Key) -> Verdict {
        if self.marks_only() {
            return self.mark(&key.id);
        }
        let is_known = self.is_known(key);
        if is_known && self.ends_at(key) {
            return Verdict::Enough;
        }
        let is_passed_over = is_known && self.rules.order == TriggerOrder::Descending;
        if self.is_full() && !is_passed_over {
            self.is_cut = self.rules.order != TriggerOrder::Ascending;
            return Verdict::Enough;
        }
        self.seen += 1;
        if is_known { Verdict::Known } else { Verdict::New }
    }

    /// Keeps a new item.
    pub(crate) fn keep(&mut self, key: Key, bundle: T) {
        let place = *self.places.entry(SmolStr::new(key.id.as_str())).or_insert(self.fresh.len());
        match self.fresh.get_mut(place) {
            // An item that was changed while the feed was read counts as it is now.
            Some(known) if key.date > known.0.date => *known = (key, bundle),
            Some(_) => {}
            None => self.fresh.push((key, bundle)),
        }
    }

    /// Whether what was read so far can leave although the rest of the feed was not: the oldest items come first.
    pub(crate) fn may_leave_early(&self) -> bool {
        self.rules.order == TriggerOrder::Ascending && !self.fresh.is_empty()
    }

    /// Sorts, cuts to the limit and gives the state that follows.
    pub(crate) fn finish(mut self) -> Batch<T> {
        if self.marks_only() {
            let state = TriggerState { last_id: self.newest, ..TriggerState::default() };
            return Batch { bundles: Vec::new(), state };
        }
        let by_date = self.rules.by_date;
        self.fresh.sort_by(|(left, _), (right, _)| {
            let dates = if by_date { left.date.cmp(&right.date) } else { Ordering::Equal };
            dates.then_with(|| left.id.cmp(&right.id))
        });
        self.fresh.truncate(self.rules.limit);
        let state = self.state_behind();
        Batch { bundles: self.fresh.into_iter().map(|(_, bundle)| bundle).collect(), state }
    }

    /// The first poll of a trigger that goes by ids and starts now delivers nothing and notes the greatest id.
    fn marks_only(&self) -> bool {
        !self.rules.by_date && self.state.begin == Begin::FromNow
    }

    fn mark(&mut self, id: &ItemId) -> Verdict {
        if self.newest.as_ref().is_none_or(|newest| id > newest) {
            self.newest = Some(id.clone());
        }
        if self.rules.order == TriggerOrder::Descending { Verdict::Enough } else { Verdict::Known }
    }

    fn is_known(&self, key: &Key) -> bool {
        if !self.rules.by_date {
            return match &self.state.begin {
                Begin::AtId(first) => key.id < *first,
                _ => self.state.last_id.as_ref().is_some_and(|last| key.id <= *last),
            };
        }
        match (key.date, self.state.last_date) {
            (Some(date), Some(last)) => {
                date < last || date == last && self.state.same_date_ids.contains(&key.id)
            }
            _ => false,
        }
    }

    /// A descending feed holds nothing new behind a known item. With dates only an older one counts: items of the
    /// very same date stand in any order (rulings 29).
    fn ends_at(&self, key: &Key) -> bool {
        let is_older = !self.rules.by_date || key.date < self.state.last_date;
        self.rules.order == TriggerOrder::Descending && is_older
    }

    /// Whether no other item is needed, or may be looked at.
    fn is_full(&self) -> bool {
        match self.rules.order {
            TriggerOrder::Ascending => self.fresh.len() >= self.rules.limit,
            TriggerOrder::Descending => self.fresh.len() >= self.rules.max_past_records,
            TriggerOrder::Unordered => self.seen >= self.rules.max_past_records,
        }
    }

    /// Whether the next item of the feed is not worth a request.
    pub(crate) fn has_enough(&self) -> bool {
        self.rules.order == TriggerOrder::Ascending && !self.marks_only() && self.is_full()
    }

    fn state_behind(&mut self) -> TriggerState {
        let mut state = std::mem::take(&mut self.state);
        state.is_cut = self.is_cut;
        let Some((last, _)) = self.fresh.last() else { return state };
        if self.rules.by_date {
            if state.last_date != last.date {
                state.same_date_ids.clear();
            }
            let same = self.fresh.iter().filter(|(key, _)| key.date == last.date);
            state.same_date_ids.extend(same.map(|(key, _)| key.id.clone()));
            state.last_date = last.date;
        }
        state.last_id = Some(last.id.clone());
        state.begin = Begin::Fields;
        state
    }
}
