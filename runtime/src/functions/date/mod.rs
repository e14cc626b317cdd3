//! Dates and times (iml.md 9.4, 11).

mod calendar;
mod civil;
mod detect;
mod fields;
mod format;
mod parse;
mod resolve;
mod scan;
mod shift;
mod text;
mod token;
mod zone;

pub use fields::{set_date, set_day, set_hour, set_minute, set_month, set_second, set_year};
pub use shift::{add_days, add_hours, add_minutes, add_months, add_seconds, add_years, date_diff};
pub use text::{DateFormat, format_date, format_date_with, parse_date, parse_date_with};

use super::args::{Call, to_integer};
use crate::error::Error;
use crate::scope::Scope;
use crate::value::{Date, Value};
use civil::LIMIT;
#[cfg(not(feature = "js"))]
use zone::Zone;
#[cfg(feature = "js")]
pub(crate) use zone::Zone;

/// The default zone: `environment.timezone` where it is known, else UTC (iml.md 11.1).
fn default_zone(scope: &Scope) -> Zone {
    scope.time_zone().and_then(Zone::find).unwrap_or(Zone::UTC)
}

/// The instant that a value names: a date, a text in one of the forms of iml.md 11.2, or milliseconds since 1970.
pub(crate) fn date_of(value: &Value, scope: &Scope) -> Option<Date> {
    millis_of(value, scope).map(Date::from_millis)
}

fn millis_of(value: &Value, scope: &Scope) -> Option<i64> {
    let millis = match value {
        Value::Date(date) => Some(date.as_millis()),
        Value::Number(number) => Some(number.as_f64()).filter(|number| number.is_finite()).map(to_integer),
        Value::Text(text) => detect::detect(text, &default_zone(scope)),
        _ => None,
    };
    millis.filter(|millis| (-LIMIT..=LIMIT).contains(millis))
}

impl Call<'_> {
    /// A date argument, in milliseconds since 1970; `None` when it is blank (iml.md 7.4).
    fn date(&self, at: usize) -> Result<Option<i64>, Error> {
        let value = self.value(at);
        if value.is_blank() {
            return Ok(None);
        }
        millis_of(value, self.site.scope).map(Some).ok_or_else(|| self.no_date(at))
    }

    /// The error of an argument that is no date. It shows the beginning of a text.
    fn no_date(&self, at: usize) -> Error {
        match self.value(at) {
            Value::Text(text) => {
                let shown: String = text.chars().take(40).collect();
                self.invalid(at, format_args!("\"{shown}\" is not a valid date"))
            }
            other => self.invalid(at, format_args!("{} is not a valid date", other.type_name())),
        }
    }

    /// A result, unless no date can hold it.
    fn date_result(&self, millis: Option<i64>) -> Result<Value, Error> {
        match millis {
            Some(millis) => Ok(Value::from(Date::from_millis(millis))),
            None => Err(self.invalid(1, "the result is not a valid date")),
        }
    }
}

#[cfg(test)]
mod tests;
