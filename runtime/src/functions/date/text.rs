//! Dates to text and text to dates.

use std::sync::OnceLock;

use super::token::{Item, items};
use super::zone::Zone;
use super::{LIMIT, default_zone, format, parse};
use crate::error::Error;
use crate::functions::args::{Call, to_integer};
use crate::scope::Site;
use crate::value::{Date, Value};

/// A format of a date that is known at build time: it is taken apart once.
///
/// ```
/// use linchpin::functions::{DateFormat, format_date_with};
/// use linchpin::{scope::Scope, value::{Date, Value}};
///
/// static FORMAT: DateFormat = DateFormat::new("D MMM YYYY");
/// let scope = Scope::new();
/// let date = Value::from(Date::from_millis(0));
/// assert_eq!(format_date_with(scope.at("doc"), &FORMAT, &[&date])?, Value::from("1 Jan 1970"));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
#[derive(Debug)]
pub struct DateFormat {
    format: &'static str,
    items: OnceLock<Vec<Item>>,
}

impl DateFormat {
    /// A format in the tokens of moment.js. Blank is the default of `formatDate`.
    #[must_use]
    pub const fn new(format: &'static str) -> Self {
        Self { format, items: OnceLock::new() }
    }

    fn items(&self) -> &[Item] {
        self.items.get_or_init(|| items(self.format))
    }
}

/// What `formatDate` writes when nothing else is asked for.
static DEFAULT: DateFormat = DateFormat::new("YYYY-MM-DDTHH:mm:ss.SSSZ");

/// `formatDate(date, [format], [timezone]) → text`: the date in the tokens of moment.js, as clocks in the zone show
/// it.
///
/// The date may be a date, milliseconds, or text that [`parse_date`] reads without a format. The format defaults to
/// `YYYY-MM-DDTHH:mm:ss.SSSZ`; a zone that is no IANA name counts as the default zone. A blank date gives null
/// (iml.md 9.4, 11.3).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let args = [Value::from("2024-05-17T21:30Z"), Value::from("dddd, H:mm"), Value::from("Asia/Tokyo")];
/// let text = functions::format_date(scope.at("doc"), &args.each_ref())?;
/// assert_eq!(text, Value::from("Saturday, 6:30"));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// What is no date.
pub fn format_date(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    let call = Call::new(site, "formatDate", args);
    let format = call.value(1).text_form();
    if format.is_empty() { write(&call, DEFAULT.items()) } else { write(&call, &items(&format)) }
}

/// [`format_date`] with a format that is known at build time, in place of the second argument.
///
/// # Errors
/// As [`format_date`].
pub fn format_date_with(site: Site<'_>, format: &DateFormat, args: &[&Value]) -> Result<Value, Error> {
    let call = Call::new(site, "formatDate", args);
    write(&call, if format.format.is_empty() { DEFAULT.items() } else { format.items() })
}

fn write(call: &Call<'_>, items: &[Item]) -> Result<Value, Error> {
    let Some(millis) = call.date(0)? else { return Ok(Value::Null) };
    let mut out = String::new();
    format::write(&mut out, items, millis, &zone(call));
    Ok(Value::from(out))
}

/// `parseDate(text | number, [format], [timezone]) → date`: the date that a text names.
///
/// With a format the text is read as moment.js does when it is not strict: separators do not matter, what follows is
/// ignored, missing parts are the first or today. Without one the forms of iml.md 11.2 are known, and numbers are
/// milliseconds. Clock times without an offset are those of the zone. A date is given back; blank gives null
/// (iml.md 9.4, 11.4).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let args = [Value::from("17/05/24 9pm"), Value::from("DD/MM/YY ha"), Value::from("Europe/Lisbon")];
/// let date = functions::parse_date(scope.at("doc"), &args.each_ref())?;
/// assert_eq!(date.to_text(), "2024-05-17T20:00:00.000Z");
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// What is no date, or does not fit the format: `… is not a valid date`.
pub fn parse_date(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    let call = Call::new(site, "parseDate", args);
    let format = call.value(1).text_form();
    if format.is_empty() { read(&call, None) } else { read(&call, Some(&items(&format))) }
}

/// [`parse_date`] with a format that is known at build time, in place of the second argument.
///
/// # Errors
/// As [`parse_date`].
pub fn parse_date_with(site: Site<'_>, format: &DateFormat, args: &[&Value]) -> Result<Value, Error> {
    let call = Call::new(site, "parseDate", args);
    read(&call, (!format.format.is_empty()).then(|| format.items()))
}

fn read(call: &Call<'_>, items: Option<&[Item]>) -> Result<Value, Error> {
    let value = call.value(0);
    if value.is_blank() {
        return Ok(Value::Null);
    }
    let zone = zone(call);
    let millis = match (value, items) {
        (Value::Date(_), _) => return Ok(value.clone()),
        (Value::Text(_) | Value::Number(_), Some(items)) => {
            let now = call.site.scope.clock().now().as_millis();
            parse::parse(&value.text_form(), items, &zone, now)
        }
        (Value::Text(text), None) => super::detect::detect(text, &zone),
        (Value::Number(number), None) => {
            Some(number.as_f64()).filter(|number| number.abs() <= LIMIT as f64).map(to_integer)
        }
        _ => None,
    };
    millis.map(|millis| Value::from(Date::from_millis(millis))).ok_or_else(|| call.no_date(0))
}

/// The zone of the third argument, else the default zone (iml.md 11.1).
fn zone(call: &Call<'_>) -> Zone {
    let named = call.value(2).as_text().and_then(Zone::find);
    named.unwrap_or_else(|| default_zone(call.site.scope))
}
