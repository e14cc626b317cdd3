//! What a polling trigger remembers between polls (connector.md 11.4).

use super::key::ItemId;
use crate::error::{Error, ErrorKind};
use crate::value::{Date, Object, Value};

/// What a polling trigger remembers between polls: what was delivered last. The program keeps it, or a
/// [`TriggerStore`](super::TriggerStore) does.
///
/// A poll changes it only when all bundles of that poll are there. It is text by [`TriggerState::to_json`] or serde,
/// carries the version of its form, and is checked when it is read.
///
/// ```
/// use linchpin::trigger::TriggerState;
/// use linchpin::Date;
///
/// let since: Date = "2026-01-01T00:00:00Z".parse()?;
/// let state = TriggerState::since(since);
/// assert_eq!(TriggerState::from_json(state.to_json().as_bytes())?, state);
/// assert!(TriggerState::from_json(b"{\"format\": 99}").is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TriggerState {
    /// Date of the last item that was delivered; before that, where to start.
    pub(super) last_date: Option<Date>,
    /// Id of the last item that was delivered.
    pub(super) last_id: Option<ItemId>,
    /// Ids of the items that were delivered and carry exactly `last_date`.
    pub(super) same_date_ids: Vec<ItemId>,
    /// A start that cannot be said by the fields above.
    pub(super) begin: Begin,
    /// The last poll did not read back to what was known.
    pub(super) is_cut: bool,
}

/// Where a trigger that has not delivered anything begins.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) enum Begin {
    /// By the other fields.
    #[default]
    Fields,
    /// With this item, whose id has none just below it.
    AtId(ItemId),
    /// By date: at `last_date`. By id: behind the newest item of the first poll.
    FromNow,
}

impl TriggerState {
    /// Everything in the feed is new. The default.
    #[must_use]
    pub fn all() -> Self {
        Self::default()
    }

    /// Only what comes from now on is new: with a date of `now` or later, or, where items are told apart by ids, with
    /// an id above all that the first poll sees. That poll delivers nothing then.
    #[must_use]
    pub fn from_now(now: Date) -> Self {
        Self { last_date: Some(now), begin: Begin::FromNow, ..Self::default() }
    }

    /// What carries `date` or a later one is new. For triggers that go by dates.
    #[must_use]
    pub fn since(date: Date) -> Self {
        Self { last_date: Some(date), ..Self::default() }
    }

    /// The item with this id is the first one that is new. For triggers that go by ids.
    ///
    /// # Errors
    /// `InvalidConfiguration` for what can be no id: an id is a number or a text that is not blank.
    pub fn starting_at(id: impl Into<Value>) -> Result<Self, Error> {
        let id = ItemId::read(&id.into())
            .ok_or_else(|| Error::new(ErrorKind::InvalidConfiguration, "an id is a number or a text"))?;
        Ok(Self::at(&id))
    }

    pub(super) fn at(id: &ItemId) -> Self {
        match id.below() {
            Some(below) => Self { last_id: Some(below), ..Self::default() },
            None => Self { begin: Begin::AtId(id.clone()), ..Self::default() },
        }
    }

    /// Date of the last item that was delivered, where the trigger goes by dates; before that, where it starts.
    #[must_use]
    pub fn last_date(&self) -> Option<Date> {
        self.last_date
    }

    /// Id of the last item that was delivered.
    #[must_use]
    pub fn last_id(&self) -> Option<&str> {
        self.last_id.as_ref().map(ItemId::as_str)
    }

    /// The last poll found more new items than it may look back for (`maxPastRecords`: 3,200 by default, 5,000 for
    /// feeds without an order): older ones were not read, and will not be (connector.md 11.4).
    #[must_use]
    pub fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// What templates see as `data` (connector.md 9.2).
    pub(crate) fn variables(&self, by_date: bool) -> Object {
        let mut data = Object::with_capacity(3);
        if by_date {
            data.insert("lastDate", Value::from(self.last_date.unwrap_or(Date::from_millis(0))));
        }
        if let Some(id) = &self.last_id {
            data.insert("lastId", id.to_value());
            data.insert("lastID", id.to_value());
        }
        data
    }

    /// Refuses a state that belongs to a trigger of the other type.
    ///
    /// # Errors
    /// `InvalidConfiguration`.
    pub(crate) fn fits(&self, by_date: bool) -> Result<(), Error> {
        let has_id = self.last_id.is_some() || matches!(self.begin, Begin::AtId(_));
        let message = match (by_date, self.last_date.is_some(), has_id) {
            (true, false, true) => "the state knows an id and no date, and this trigger goes by dates",
            (false, true, _) if self.begin != Begin::FromNow => {
                "the state knows a date, and this trigger goes by ids: start it at an id"
            }
            _ => return Ok(()),
        };
        Err(Error::new(ErrorKind::InvalidConfiguration, message))
    }
}
