//! What a polling trigger knows an item by (connector.md 11.4).

use std::cmp::Ordering;

use smol_str::SmolStr;

use crate::error::{Error, ErrorKind};
use crate::functions::date_of;
use crate::scope::Scope;
use crate::value::{Date, Value};

/// The id of an item.
///
/// Two ids are compared as numbers when both are plain decimals, else as text. Decimals come before all other ids:
/// without that, ids of both kinds in one feed would have no order (`9` < `10` < `1x` < `9`). Ids that are equal as
/// numbers and written differently, such as `1.1` and `1.10`, are different ids.
#[derive(Debug, Clone)]
pub(crate) struct ItemId {
    text: SmolStr,
    /// The service gave a number, so templates see one.
    is_number: bool,
}

impl ItemId {
    /// Reads an id; `None` for what can be none: nothing, blank text, lists, collections, bytes.
    pub(crate) fn read(value: &Value) -> Option<Self> {
        let is_number = matches!(value, Value::Number(_));
        let text = match value {
            Value::Number(_) | Value::Text(_) | Value::Date(_) => value.to_text(),
            _ => return None,
        };
        (!text.trim().is_empty()).then_some(Self { text, is_number })
    }

    /// The id as templates see it.
    pub(crate) fn to_value(&self) -> Value {
        if self.is_number
            && let Ok(number) = Value::parse_json(self.text.as_bytes())
        {
            return number;
        }
        Value::Text(self.text.clone())
    }

    /// The id as text.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// The id just below this one, where that can be said: below a whole number.
    pub(crate) fn below(&self) -> Option<Self> {
        let number: i128 = self.text.trim().parse().ok()?;
        Some(Self { text: SmolStr::new(number.checked_sub(1)?.to_string()), is_number: self.is_number })
    }
}

impl PartialEq for ItemId {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for ItemId {}

impl PartialOrd for ItemId {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ItemId {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_kind = match (Decimal::read(&self.text), Decimal::read(&other.text)) {
            (Some(left), Some(right)) => left.compare(&right),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        };
        by_kind.then_with(|| self.text.cmp(&other.text))
    }
}

/// A plain decimal of any length: ids outgrow doubles, and one such as `12e5` is a name rather than a number.
struct Decimal<'a> {
    negative: bool,
    whole: &'a str,
    fraction: &'a str,
}

impl<'a> Decimal<'a> {
    fn read(text: &'a str) -> Option<Self> {
        let text = text.trim();
        let (negative, digits) = text.strip_prefix('-').map_or((false, text), |digits| (true, digits));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let are_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let (whole, fraction) = (are_digits(whole) && are_digits(fraction))
            .then(|| (whole.trim_start_matches('0'), fraction.trim_end_matches('0')))?;
        let is_zero = whole.is_empty() && fraction.is_empty();
        Some(Self { negative: negative && !is_zero, whole, fraction })
    }

    fn compare(&self, other: &Self) -> Ordering {
        let size = |left: &Self, right: &Self| {
            left.whole
                .len()
                .cmp(&right.whole.len())
                .then_with(|| left.whole.cmp(right.whole))
                .then_with(|| left.fraction.cmp(right.fraction))
        };
        match (self.negative, other.negative) {
            (false, false) => size(self, other),
            (true, true) => size(other, self),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        }
    }
}

/// What one item is known by.
#[derive(Debug, Clone)]
pub(crate) struct Key {
    pub(crate) id: ItemId,
    /// For triggers of type date.
    pub(crate) date: Option<Date>,
}

impl Key {
    /// Reads what the templates of `response.trigger` gave for an item.
    ///
    /// # Errors
    /// `Runtime` for an item without an id, or without a date that can be read.
    pub(crate) fn read(id: &Value, date: Option<&Value>, scope: &Scope) -> Result<Self, Error> {
        let id = ItemId::read(id).ok_or_else(|| {
            let message = format!("an item has no id: `trigger.id` is {}", shown(id));
            Error::new(ErrorKind::Runtime, message).at("response.trigger.id")
        })?;
        let date = date.map(|date| read_date(date, &id, scope)).transpose()?;
        Ok(Self { id, date })
    }
}

/// Dates may be written in any form that the language reads, another for each item (iml.md 11.2); numbers are
/// milliseconds.
fn read_date(date: &Value, id: &ItemId, scope: &Scope) -> Result<Date, Error> {
    date_of(date, scope).ok_or_else(|| {
        let message = format!("item {} has no date: `trigger.date` is {}", id.as_str(), shown(date));
        Error::new(ErrorKind::Runtime, message).at("response.trigger.date")
    })
}

/// What stands where an id or a date belongs, cut to a length that can be read.
fn shown(value: &Value) -> String {
    match value {
        Value::Text(text) => format!("{:?}", text.chars().take(40).collect::<String>()),
        Value::Number(_) | Value::Bool(_) => value.to_text().into(),
        other => other.type_name().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(text: &str) -> ItemId {
        ItemId::read(&Value::from(text)).unwrap()
    }

    #[test]
    fn ids_are_ordered_as_numbers_and_else_as_text() {
        let sorted = [
            "-12",
            "-2.5",
            "0",
            "1.05",
            "1.1",
            "1.10",
            "2",
            "9",
            "10",
            "9007199254740993",
            "9007199254740994",
            "12e5",
            "1x",
            "50e9",
            "5e10",
            "b10",
            "b9",
        ];
        for (at, left) in sorted.iter().enumerate() {
            for (other, right) in sorted.iter().enumerate() {
                assert_eq!(id(left).cmp(&id(right)), at.cmp(&other), "{left} {right}");
            }
        }
    }

    #[test]
    fn numbers_stay_numbers_and_equal_their_text() {
        let number = ItemId::read(&Value::from(7)).unwrap();
        assert_eq!((number.to_value(), id("7").to_value()), (Value::from(7), Value::from("7")));
        assert_eq!(number, id("7"));
        assert_eq!(number.below().unwrap().to_value(), Value::from(6));
        assert_eq!(id("9007199254740993").below().unwrap().as_str(), "9007199254740992");
        assert!(id("a7").below().is_none() && id("1.5").below().is_none());
    }

    #[test]
    fn what_is_no_id() {
        let empty = Value::empty_array();
        for value in
            [Value::Undefined, Value::Null, Value::EmptyText, Value::from(" "), Value::from(true), empty]
        {
            assert!(ItemId::read(&value).is_none(), "{value:?}");
        }
    }
}
