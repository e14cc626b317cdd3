//! Where a trigger may start (connector.md 3.15).

use super::key::Key;
use super::state::TriggerState;
use crate::functions::date_of;
use crate::scope::Scope;
use crate::value::{Date, Object, Value};

/// A recent item with which a trigger may start, as its `epoch` lists them.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Start {
    /// What a user sees.
    pub label: String,
    /// The item's date, if it has one.
    pub date: Option<Date>,
    /// What else the connector says about it.
    pub extra: Object,
    state: TriggerState,
}

impl Start {
    pub(crate) fn new(key: &Key, output: Value, scope: &Scope) -> Self {
        let mut extra = match output {
            Value::Object(object) => object,
            other => [("label", other)].into_iter().collect(),
        };
        let label = extra.remove("label").unwrap_or_default();
        let label = if label.is_blank() { key.id.to_value() } else { label };
        let own = extra.remove("date").and_then(|date| date_of(&date, scope));
        // What decides is the key that polls compare, not what the list shows.
        let state = key.date.map_or_else(|| TriggerState::at(&key.id), TriggerState::since);
        Self { label: label.to_text().into(), date: own.or(key.date), extra, state }
    }

    /// The state of a trigger that begins with this item: it is the first one that is delivered.
    #[must_use]
    pub fn state(&self) -> TriggerState {
        self.state.clone()
    }
}
