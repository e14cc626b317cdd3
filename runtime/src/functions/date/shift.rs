//! Moving dates on, and the time between two of them.

use super::{calendar, default_zone};
use crate::error::Error;
use crate::functions::args::Call;
use crate::scope::Site;
use crate::value::Value;

/// `addSeconds(date, number) → date`: so many seconds later, or earlier if the number is negative.
///
/// The time is absolute: changes of the clocks do not matter. Fractions count. A blank number is 0, a blank date gives
/// null (iml.md 9.4, 11.1).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let args = [Value::from("2024-05-17T10:00Z"), Value::from(90)];
/// let date = functions::add_seconds(scope.at("doc"), &args.each_ref())?;
/// assert_eq!(date.to_text(), "2024-05-17T10:01:30.000Z");
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// What is no date or no number; a result that no date can hold.
pub fn add_seconds(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    add_time(&Call::new(site, "addSeconds", args), 1_000.0)
}

/// `addMinutes(date, number) → date`: so many minutes later, or earlier if the number is negative.
///
/// The time is absolute: changes of the clocks do not matter. Fractions count. A blank number is 0, a blank date gives
/// null (iml.md 9.4, 11.1).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let args = [Value::from("2024-05-17T10:00Z"), Value::from(-15)];
/// let date = functions::add_minutes(scope.at("doc"), &args.each_ref())?;
/// assert_eq!(date.to_text(), "2024-05-17T09:45:00.000Z");
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// What is no date or no number; a result that no date can hold.
pub fn add_minutes(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    add_time(&Call::new(site, "addMinutes", args), 60_000.0)
}

/// `addHours(date, number) → date`: so many hours later, or earlier if the number is negative.
///
/// The time is absolute: changes of the clocks do not matter. Fractions count. A blank number is 0, a blank date gives
/// null (iml.md 9.4, 11.1).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let args = [Value::from("2024-05-17T10:00Z"), Value::from(1.5)];
/// let date = functions::add_hours(scope.at("doc"), &args.each_ref())?;
/// assert_eq!(date.to_text(), "2024-05-17T11:30:00.000Z");
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// What is no date or no number; a result that no date can hold.
pub fn add_hours(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    add_time(&Call::new(site, "addHours", args), 3_600_000.0)
}

fn add_time(call: &Call<'_>, unit: f64) -> Result<Value, Error> {
    let Some(instant) = call.date(0)? else { return Ok(Value::Null) };
    let count = call.number(1)?.unwrap_or(0.0);
    call.date_result(calendar::add_millis(instant, count * unit))
}

/// `addDays(date, number) → date`: so many days later, or earlier if the number is negative.
///
/// The clock time in the default zone stays the same, also across changes of the clocks. Fractions are rounded,
/// halves away from zero. A blank number is 0, a blank date gives null (iml.md 9.4, 11.1).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let args = [Value::from("2024-05-17T10:00Z"), Value::from(10)];
/// let date = functions::add_days(scope.at("doc"), &args.each_ref())?;
/// assert_eq!(date.to_text(), "2024-05-27T10:00:00.000Z");
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// What is no date or no number; a result that no date can hold.
pub fn add_days(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    let call = Call::new(site, "addDays", args);
    let Some(instant) = call.date(0)? else { return Ok(Value::Null) };
    let count = call.number(1)?.unwrap_or(0.0);
    let zone = default_zone(site.scope);
    call.date_result(calendar::add_days(instant, count, &zone))
}

/// `addMonths(date, number) → date`: so many months later, or earlier if the number is negative.
///
/// The clock time in the default zone stays the same, and so does the day, or it is the last one of the month.
/// Fractions are rounded, halves away from zero. A blank number is 0, a blank date gives null (iml.md 9.4, 11.1).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let args = [Value::from("2024-05-17T10:00Z"), Value::from(-3)];
/// let date = functions::add_months(scope.at("doc"), &args.each_ref())?;
/// assert_eq!(date.to_text(), "2024-02-17T10:00:00.000Z");
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// What is no date or no number; a result that no date can hold.
pub fn add_months(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    let call = Call::new(site, "addMonths", args);
    let Some(instant) = call.date(0)? else { return Ok(Value::Null) };
    let count = call.number(1)?.unwrap_or(0.0);
    let zone = default_zone(site.scope);
    call.date_result(calendar::add_months(instant, count, &zone))
}

/// `addYears(date, number) → date`: so many years later, or earlier if the number is negative.
///
/// The clock time in the default zone stays the same, and so does the day; 29 February becomes the 28th. Fractions
/// are rounded to whole months, halves away from zero. A blank number is 0, a blank date gives null (iml.md 9.4,
/// 11.1).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let args = [Value::from("2024-05-17T10:00Z"), Value::from(2)];
/// let date = functions::add_years(scope.at("doc"), &args.each_ref())?;
/// assert_eq!(date.to_text(), "2026-05-17T10:00:00.000Z");
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// What is no date or no number; a result that no date can hold.
pub fn add_years(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    let call = Call::new(site, "addYears", args);
    let Some(instant) = call.date(0)? else { return Ok(Value::Null) };
    let count = call.number(1)?.unwrap_or(0.0);
    let zone = default_zone(site.scope);
    call.date_result(calendar::add_months(instant, count * 12.0, &zone))
}

/// `dateDiff(endDate, startDate, unit) → integer`: whole units between two dates, cut.
///
/// Units are `D` days, `H` hours, `m` minutes and `s` seconds; `RH`, `Rm` and `Rs` are the hours, minutes and seconds that
/// are left after the next larger unit. A blank date gives null (iml.md 9.4).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let args = [Value::from("2024-05-17"), Value::from("2024-05-10T18:00Z"), Value::from("RH")];
/// assert_eq!(functions::date_diff(scope.at("doc"), &args.each_ref())?, Value::from(6));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// What is no date; a start after the end; an unknown unit.
pub fn date_diff(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    let call = Call::new(site, "dateDiff", args);
    let (Some(end), Some(start)) = (call.date(0)?, call.date(1)?) else { return Ok(Value::Null) };
    if start > end {
        return Err(call.invalid(1, "the start is after the end"));
    }
    let difference = calendar::difference(end, start, &call.value(2).text_form());
    difference.map(Value::from).ok_or_else(|| call.invalid(2, "not a unit: D, H, m, s, RH, Rm or Rs"))
}
