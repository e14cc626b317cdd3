//! Setting single fields of dates, in the default zone.

use super::calendar::{self, Field};
use super::default_zone;
use super::token::{MONTHS, WEEKDAYS};
use crate::error::Error;
use crate::functions::args::Call;
use crate::scope::Site;
use crate::value::Value;

/// `setSecond(date, number) → date`: the date with another value for the second.
///
/// Values out of range roll over into the minutes. The clock is that of the default zone; fractions are cut. A
/// blank date gives null (iml.md 9.4).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let args = [Value::from("2024-05-17T10:20:30Z"), Value::from(90)];
/// let date = functions::set_second(scope.at("doc"), &args.each_ref())?;
/// assert_eq!(date.to_text(), "2024-05-17T10:21:30.000Z");
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// What is no date; a blank number and what is no number; a result that no date can hold.
pub fn set_second(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    set(&Call::new(site, "setSecond", args), Field::Second, &[])
}

/// `setMinute(date, number) → date`: the date with another value for the minute.
///
/// Values out of range roll over into the hours. The clock is that of the default zone; fractions are cut. A blank
/// date gives null (iml.md 9.4).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let args = [Value::from("2024-05-17T10:20:30Z"), Value::from(0)];
/// let date = functions::set_minute(scope.at("doc"), &args.each_ref())?;
/// assert_eq!(date.to_text(), "2024-05-17T10:00:30.000Z");
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// What is no date; a blank number and what is no number; a result that no date can hold.
pub fn set_minute(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    set(&Call::new(site, "setMinute", args), Field::Minute, &[])
}

/// `setHour(date, number) → date`: the date with another value for the hour.
///
/// Values out of range roll over into the days. The clock is that of the default zone; fractions are cut. A blank
/// date gives null (iml.md 9.4).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let args = [Value::from("2024-05-17T10:20:30Z"), Value::from(-1)];
/// let date = functions::set_hour(scope.at("doc"), &args.each_ref())?;
/// assert_eq!(date.to_text(), "2024-05-16T23:20:30.000Z");
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// What is no date; a blank number and what is no number; a result that no date can hold.
pub fn set_hour(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    set(&Call::new(site, "setHour", args), Field::Hour, &[])
}

/// `setDate(date, number) → date`: the date with another value for the day of the month.
///
/// Values out of range roll over into the months. The clock is that of the default zone; fractions are cut. A blank
/// date gives null (iml.md 9.4).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let args = [Value::from("2024-05-17T10:20:30Z"), Value::from(31)];
/// let date = functions::set_date(scope.at("doc"), &args.each_ref())?;
/// assert_eq!(date.to_text(), "2024-05-31T10:20:30.000Z");
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// What is no date; a blank number and what is no number; a result that no date can hold.
pub fn set_date(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    set(&Call::new(site, "setDate", args), Field::Day, &[])
}

/// `setYear(date, number) → date`: the date with another value for the year.
///
/// 29 February becomes the 28th where the year has no leap day. The clock is that of the default zone; fractions
/// are cut. A blank date gives null (iml.md 9.4).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let args = [Value::from("2024-05-17T10:20:30Z"), Value::from(2023)];
/// let date = functions::set_year(scope.at("doc"), &args.each_ref())?;
/// assert_eq!(date.to_text(), "2023-05-17T10:20:30.000Z");
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// What is no date; a blank number and what is no number; a result that no date can hold.
pub fn set_year(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    set(&Call::new(site, "setYear", args), Field::Year, &[])
}

/// `setDay(date, number | name) → date`: the date with another weekday.
///
/// Weeks go from Sunday, which is 1, to Saturday, which is 7; other numbers reach into other weeks. Names are
/// English, whole or of three letters, in any case. The clock is that of the default zone; fractions are cut. A
/// blank date gives null (iml.md 9.4).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let args = [Value::from("2024-05-15T10:20:30Z"), Value::from("fri")];
/// let date = functions::set_day(scope.at("doc"), &args.each_ref())?;
/// assert_eq!(date.to_text(), "2024-05-17T10:20:30.000Z");
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// What is no date; a blank weekday and one that does not exist; a result that no date can hold.
pub fn set_day(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    set(&Call::new(site, "setDay", args), Field::Weekday, &WEEKDAYS)
}

/// `setMonth(date, number | name) → date`: the date with another month.
///
/// Months are 1 to 12; other numbers reach into other years. Names are English, whole or of three letters, in any
/// case. The day becomes the last one of the month where the month is too short for it. The clock is that of the
/// default zone; fractions are cut. A blank date gives null (iml.md 9.4).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let args = [Value::from("2024-05-31T10:20:30Z"), Value::from("Feb")];
/// let date = functions::set_month(scope.at("doc"), &args.each_ref())?;
/// assert_eq!(date.to_text(), "2024-02-29T10:20:30.000Z");
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// What is no date; a blank month and one that does not exist; a result that no date can hold.
pub fn set_month(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    set(&Call::new(site, "setMonth", args), Field::Month, &MONTHS)
}

fn set(call: &Call<'_>, field: Field, names: &[&str]) -> Result<Value, Error> {
    let Some(instant) = call.date(0)? else { return Ok(Value::Null) };
    let named = call.value(1).as_text().and_then(|text| position(names, text));
    let value = match named {
        Some(number) => number,
        None => call.number(1)?.ok_or_else(|| {
            call.invalid(1, format_args!("{} is not a valid number", call.value(1).type_name()))
        })?,
    };
    call.date_result(calendar::set(instant, field, value, &default_zone(call.site.scope)))
}

/// The number of a name, from 1.
fn position(names: &[&str], text: &str) -> Option<f64> {
    let text = text.trim();
    let is_meant = |name: &&str| {
        let short = name.get(..3).unwrap_or(name);
        name.eq_ignore_ascii_case(text) || short.eq_ignore_ascii_case(text)
    };
    let at = names.iter().position(is_meant)?;
    u8::try_from(at + 1).ok().map(f64::from)
}
