//! The state of a trigger as text and back: versioned, and checked when it is read.

use serde_core::de::{Deserialize, Deserializer, Error as _};
use serde_core::ser::{Serialize, Serializer};

use super::key::ItemId;
use super::state::{Begin, TriggerState};
use crate::error::{Error, ErrorKind};
use crate::value::{Date, Object, Value};

/// The form that is written; a greater one is refused.
const FORMAT: i64 = 1;

impl TriggerState {
    /// The state as JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        Value::from(self.to_object()).to_json().unwrap_or_default()
    }

    /// Reads a state that [`TriggerState::to_json`] has written.
    ///
    /// # Errors
    /// `InvalidConfiguration` for what is no state, is damaged, or was written by a newer version. A state is never
    /// guessed: beginning anew would deliver everything twice, and beginning late would lose items.
    pub fn from_json(text: &[u8]) -> Result<Self, Error> {
        let value = Value::parse_json(text)
            .map_err(|error| damaged(&format!("it is cut short or damaged: {error}")))?;
        Self::from_value(&value)
    }

    fn to_object(&self) -> Object {
        let mut object = Object::with_capacity(6);
        object.set("format", FORMAT);
        if let Some(date) = self.last_date {
            object.set("lastDate", date.as_millis());
        }
        if let Some(id) = &self.last_id {
            object.set("lastId", id.to_value());
        }
        if !self.same_date_ids.is_empty() {
            let ids = self.same_date_ids.iter().map(ItemId::to_value).collect();
            object.set("sameDateIds", Value::array(ids));
        }
        match &self.begin {
            Begin::Fields => {}
            Begin::AtId(id) => object.set("startAt", id.to_value()),
            Begin::FromNow => object.set("fromNow", true),
        }
        if self.is_cut {
            object.set("isCut", true);
        }
        object
    }

    fn from_value(value: &Value) -> Result<Self, Error> {
        let Value::Object(object) = value else { return Err(damaged("it is no collection")) };
        match value.key("format").as_i64() {
            Some(FORMAT) => {}
            Some(newer) if newer > FORMAT => {
                return Err(damaged(&format!("it was written by a newer version, in format {newer}")));
            }
            _ => return Err(damaged("it has no known format")),
        }
        let mut state = Self::default();
        for (key, value) in object {
            let read = match key.as_str() {
                "format" => Some(()),
                "lastDate" => value.as_i64().map(|millis| state.last_date = Some(Date::from_millis(millis))),
                "lastId" => ItemId::read(value).map(|id| state.last_id = Some(id)),
                "sameDateIds" => ids(value).map(|ids| state.same_date_ids = ids),
                "startAt" => ItemId::read(value).map(|id| state.begin = Begin::AtId(id)),
                "fromNow" => value.as_bool().map(|_| state.begin = Begin::FromNow),
                "isCut" => value.as_bool().map(|is_cut| state.is_cut = is_cut),
                _ => None,
            };
            read.ok_or_else(|| damaged(&format!("its member {key:?} cannot be read")))?;
        }
        Ok(state)
    }
}

fn ids(value: &Value) -> Option<Vec<ItemId>> {
    value.as_array()?.iter().map(ItemId::read).collect()
}

fn damaged(why: &str) -> Error {
    Error::new(ErrorKind::InvalidConfiguration, format!("the state of a trigger cannot be read: {why}"))
}

impl Serialize for TriggerState {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_object().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for TriggerState {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        Self::from_value(&value).map_err(|error| D::Error::custom(error.message()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn states() -> Vec<TriggerState> {
        let id = |value: Value| ItemId::read(&value).unwrap();
        vec![
            TriggerState::all(),
            TriggerState::since(Date::from_millis(-5)),
            TriggerState::from_now(Date::from_millis(1_767_225_600_000)),
            TriggerState::starting_at(41).unwrap(),
            TriggerState::starting_at("abc").unwrap(),
            TriggerState {
                last_date: Some(Date::from_millis(7)),
                last_id: Some(id(Value::from("9007199254740993"))),
                same_date_ids: vec![id(Value::from(3)), id(Value::from("x"))],
                is_cut: true,
                ..TriggerState::default()
            },
        ]
    }

    #[test]
    fn states_come_back_as_they_went() {
        for state in states() {
            assert_eq!(TriggerState::from_json(state.to_json().as_bytes()).unwrap(), state);
            let json = serde_json::to_string(&state).unwrap();
            assert_eq!(serde_json::from_str::<TriggerState>(&json).unwrap(), state, "{json}");
        }
    }

    #[test]
    fn what_is_no_state_is_refused_in_words() {
        for (text, complaint) in [
            (r#"{"format":1,"lastDate":5"#, "cut short or damaged"),
            (r#"{"format":2,"cursor":"x"}"#, "written by a newer version, in format 2"),
            (r#"{"lastDate":5}"#, "no known format"),
            (r#"{"format":"1"}"#, "no known format"),
            ("[]", "no collection"),
            (r#"{"format":1,"lastDate":"soon"}"#, "\"lastDate\" cannot be read"),
            (r#"{"format":1,"lastDate":1.5}"#, "\"lastDate\" cannot be read"),
            (r#"{"format":1,"lastId":null}"#, "\"lastId\" cannot be read"),
            (r#"{"format":1,"sameDateIds":[1,{}]}"#, "\"sameDateIds\" cannot be read"),
            (r#"{"format":1,"sameDateIds":"1"}"#, "\"sameDateIds\" cannot be read"),
            (r#"{"format":1,"lastdate":5}"#, "\"lastdate\" cannot be read"),
        ] {
            let error = TriggerState::from_json(text.as_bytes()).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidConfiguration);
            assert!(error.message().contains(complaint), "{text}: {error}");
            assert!(serde_json::from_str::<TriggerState>(text).is_err());
        }
    }
}
