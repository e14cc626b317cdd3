//! Instants.

use std::fmt;
use std::str::FromStr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// An instant, in milliseconds since 1970-01-01T00:00:00Z. Its text is ISO 8601 in UTC (iml.md 7.1).
///
/// ```
/// use linchpin::value::Date;
///
/// let date: Date = "2024-02-29T12:30:00+02:00".parse()?;
/// assert_eq!(date.to_string(), "2024-02-29T10:30:00.000Z");
/// assert_eq!(date.as_millis(), 1_709_202_600_000);
/// # Ok::<(), linchpin::value::ParseDateError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date(i64);

/// Text that is no date of RFC 3339.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParseDateError(());

const DAY: i64 = 86_400_000;

impl Date {
    /// The instant so many milliseconds after 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn as_millis(self) -> i64 {
        self.0
    }
}

/// Year, month (1 to 12) and day (1 to 31) of a day number counted from 1970-01-01.
///
/// The calendar repeats every 400 years of 146,097 days; with years that begin in March, the leap day is the last
/// day of its year, and months follow a pattern of 153 days in five months.
pub(crate) fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * march_month + 2) / 5 + 1;
    let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

/// The day number of a date, counted from 1970-01-01: the inverse of [`civil_from_days`].
pub(crate) fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let march_month = if month > 2 { month - 3 } else { month + 9 };
    let day_of_year = (153 * march_month + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = civil_from_days(self.0.div_euclid(DAY));
        let millis = self.0.rem_euclid(DAY);
        match year {
            0..=9999 => write!(f, "{year:04}")?,
            _ => write!(f, "{}{:06}", if year < 0 { '-' } else { '+' }, year.unsigned_abs())?,
        }
        let (hour, minute) = (millis / 3_600_000, millis / 60_000 % 60);
        let (second, milli) = (millis / 1_000 % 60, millis % 1_000);
        write!(f, "-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}Z")
    }
}

impl fmt::Display for ParseDateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the text is not a date of RFC 3339, such as 2024-02-29T10:30:00Z")
    }
}

impl std::error::Error for ParseDateError {}

impl FromStr for Date {
    type Err = ParseDateError;

    /// Reads RFC 3339: date, `T` or a space, time with optional fraction, `Z` or an offset. Fractions are cut to
    /// milliseconds.
    fn from_str(text: &str) -> Result<Self, ParseDateError> {
        parse(text.as_bytes()).ok_or(ParseDateError(()))
    }
}

/// A cursor over the text of a date.
struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    /// A number of exactly `width` digits within `min..=max`.
    fn number(&mut self, width: usize, min: i64, max: i64) -> Option<i64> {
        let (digits, rest) = self.0.split_at_checked(width)?;
        self.0 = rest;
        let mut number = 0;
        for digit in digits {
            number = number * 10 + i64::from(digit.is_ascii_digit().then(|| digit - b'0')?);
        }
        (min..=max).contains(&number).then_some(number)
    }

    /// One byte out of `allowed`.
    fn one_of(&mut self, allowed: &[u8]) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        allowed.contains(first).then_some(*first)
    }

    /// The milliseconds of a fraction that begins with a point; zero without one.
    fn fraction(&mut self) -> Option<i64> {
        let Some(digits) = self.0.strip_prefix(b".") else { return Some(0) };
        let count = digits.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (digits, rest) = digits.split_at_checked(count)?;
        self.0 = rest;
        let digit = |at: usize| digits.get(at).map_or(0, |digit| i64::from(digit - b'0'));
        (count > 0).then(|| digit(0) * 100 + digit(1) * 10 + digit(2))
    }

    /// The offset from UTC, in minutes.
    fn offset(&mut self) -> Option<i64> {
        let sign = match self.one_of(b"Zz+-")? {
            b'+' => 1,
            b'-' => -1,
            _ => return Some(0),
        };
        let hours = self.number(2, 0, 23)?;
        self.one_of(b":")?;
        Some(sign * (hours * 60 + self.number(2, 0, 59)?))
    }
}

fn parse(text: &[u8]) -> Option<Date> {
    let mut reader = Reader(text);
    let year = reader.number(4, 0, 9999)?;
    reader.one_of(b"-")?;
    let month = reader.number(2, 1, 12)?;
    reader.one_of(b"-")?;
    let day = reader.number(2, 1, 31)?;
    reader.one_of(b"Tt ")?;
    let hour = reader.number(2, 0, 23)?;
    reader.one_of(b":")?;
    let minute = reader.number(2, 0, 59)?;
    reader.one_of(b":")?;
    let second = reader.number(2, 0, 60)?;
    let millis = reader.fraction()?;
    let offset = reader.offset()?;
    let days = days_from_civil(year, month, day);
    // Days that the month does not have come back as another date.
    let is_real = reader.0.is_empty() && civil_from_days(days) == (year, month, day);
    let seconds = (hour * 60 + minute - offset) * 60 + second;
    is_real.then_some(Date(days * DAY + seconds * 1_000 + millis))
}

impl From<SystemTime> for Date {
    /// Cuts to whole milliseconds. Times beyond the range of a date become its limit.
    fn from(time: SystemTime) -> Self {
        Self(match time.duration_since(UNIX_EPOCH) {
            Ok(after) => i64::try_from(after.as_millis()).unwrap_or(i64::MAX),
            Err(error) => {
                i64::try_from(error.duration().as_nanos().div_ceil(1_000_000)).map_or(i64::MIN, |ms| -ms)
            }
        })
    }
}

impl From<Date> for SystemTime {
    /// Dates that the system cannot express become the epoch.
    fn from(date: Date) -> Self {
        let distance = Duration::from_millis(date.0.unsigned_abs());
        let time =
            if date.0 < 0 { UNIX_EPOCH.checked_sub(distance) } else { UNIX_EPOCH.checked_add(distance) };
        time.unwrap_or(UNIX_EPOCH)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_iso_in_utc() {
        let cases = [
            (0, "1970-01-01T00:00:00.000Z"),
            (-1, "1969-12-31T23:59:59.999Z"),
            (1_709_164_800_000, "2024-02-29T00:00:00.000Z"),
            (253_402_300_800_000, "+010000-01-01T00:00:00.000Z"),
            (-62_198_755_200_000, "-000001-01-01T00:00:00.000Z"),
        ];
        for (millis, text) in cases {
            assert_eq!(Date::from_millis(millis).to_string(), text);
        }
        for extreme in [i64::MIN, i64::MAX] {
            assert!(!Date::from_millis(extreme).to_string().is_empty());
        }
    }

    #[test]
    fn reads_rfc_3339_and_nothing_else() {
        let read = |text: &str| text.parse::<Date>().map(|date| date.to_string()).ok();
        assert_eq!(read("2020-01-02T03:04:05.6789Z").as_deref(), Some("2020-01-02T03:04:05.678Z"));
        assert_eq!(read("2020-01-02 03:04:05-05:30").as_deref(), Some("2020-01-02T08:34:05.000Z"));
        for wrong in [
            "",
            "2020-01-02",
            "2020-01-02T03:04:05",
            "2021-02-29T00:00:00Z",
            "2020-13-01T00:00:00Z",
            "2020-01-02T03:04:05.Z",
            "2020-01-02T03:04:05Zx",
            "2020-01-02T03:04:05+1",
            "２020-01-02T03:04:05Z",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn calendar_is_its_own_inverse() {
        for days in (-800_000..800_000).step_by(37) {
            let (year, month, day) = civil_from_days(days);
            assert_eq!(days_from_civil(year, month, day), days);
        }
    }

    #[test]
    fn system_time_goes_both_ways() {
        for millis in [0, 1, -1, -1_500, 1_700_000_000_123] {
            let date = Date::from_millis(millis);
            assert_eq!(Date::from(SystemTime::from(date)), date);
        }
    }
}
