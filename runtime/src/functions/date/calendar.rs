//! Moving dates: absolute time, calendar arithmetic and single fields (iml.md 9.4, 11.1).

use super::civil::{Civil, LIMIT, days_in_month};
use super::zone::Zone;

/// Adds absolute time. `None` where no date can hold the result.
pub(crate) fn add_millis(instant: i64, millis: f64) -> Option<i64> {
    // The sum is JavaScript's, on doubles, cut to whole milliseconds.
    let sum = instant as f64 + millis;
    (sum.abs() <= LIMIT as f64).then_some(sum.trunc() as i64)
}

/// Adds days of the calendar: the clock time stays. Fractions are rounded, halves away from zero.
pub(crate) fn add_days(instant: i64, days: f64, zone: &Zone) -> Option<i64> {
    let days = whole(days)?;
    // No day added: the second of two equal clock times must not become the first.
    if days == 0 {
        return Some(instant);
    }
    let civil = zone.civil(instant);
    zone.instant(Civil { day: civil.day.checked_add(days)?, ..civil })
}

/// Adds months: the clock time stays, and so does the day unless the month is too short for it. Fractions are
/// rounded, halves away from zero.
pub(crate) fn add_months(instant: i64, months: f64, zone: &Zone) -> Option<i64> {
    let months = whole(months)?;
    if months == 0 {
        return Some(instant);
    }
    let civil = zone.civil(instant);
    zone.instant(with_month(civil, civil.month.checked_add(months)?)?)
}

/// A field of the clock or the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    /// Second.
    Second,
    /// Minute.
    Minute,
    /// Hour.
    Hour,
    /// Day of the month, from 1.
    Day,
    /// Day of the week; 1 is Sunday.
    Weekday,
    /// Month, from 1.
    Month,
    /// Year.
    Year,
}

/// Sets one field as clocks in `zone` show it. Values out of range roll over; fractions are cut.
pub(crate) fn set(instant: i64, field: Field, value: f64, zone: &Zone) -> Option<i64> {
    let value = whole(value.trunc())?;
    let civil = zone.civil(instant);
    let changed = match field {
        Field::Second => Civil { second: value, ..civil },
        Field::Minute => Civil { minute: value, ..civil },
        Field::Hour => Civil { hour: value, ..civil },
        Field::Day => Civil { day: value, ..civil },
        Field::Weekday => Civil { day: civil.day.checked_add(value - 1 - civil.weekday())?, ..civil },
        Field::Month => with_month(civil, value)?,
        Field::Year => with_month(Civil { year: value, ..civil }, civil.month)?,
    };
    if changed == civil {
        return Some(instant);
    }
    zone.instant(changed)
}

/// Sets a month that may be out of range, and shortens the day to what that month has.
fn with_month(civil: Civil, month: i64) -> Option<Civil> {
    let months = civil.year.checked_mul(12)?.checked_add(month.checked_sub(1)?)?;
    let (year, month) = (months.div_euclid(12), months.rem_euclid(12) + 1);
    if year.abs() > 300_000 {
        return None;
    }
    Some(Civil { year, month, day: civil.day.min(days_in_month(year, month)), ..civil })
}

/// Rounds halves away from zero. `None` beyond every calendar.
fn whole(number: f64) -> Option<i64> {
    let rounded = number.round();
    (rounded.abs() <= 1e16).then_some(rounded as i64)
}

/// Whole units between two instants, both in milliseconds since 1970.
///
/// `D` days, `H` hours, `m` minutes, `s` seconds; `RH`, `Rm`, `Rs` are what is left after the next larger unit.
/// `None` where the unit is not known.
pub(crate) fn difference(end: i64, start: i64, unit: &str) -> Option<i64> {
    let seconds = (end - start) / 1_000;
    Some(match unit {
        "D" => seconds / 86_400,
        "H" => seconds / 3_600,
        "m" => seconds / 60,
        "s" => seconds,
        "RH" => seconds / 3_600 % 24,
        "Rm" => seconds / 60 % 60,
        "Rs" => seconds % 60,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::{detect::detect, format, token};
    use super::*;

    fn vienna() -> Zone {
        Zone::find("Europe/Vienna").unwrap()
    }

    /// Reads and writes clock times of a zone around a change of the date.
    fn changed(zone: &Zone, text: &str, change: impl Fn(i64, &Zone) -> Option<i64>) -> Option<String> {
        let mut out = String::new();
        let instant = change(detect(text, zone).unwrap(), zone)?;
        format::write(&mut out, &token::items("YYYY-MM-DD HH:mm:ss"), instant, zone);
        Some(out)
    }

    #[test]
    fn hours_are_absolute_and_days_keep_the_clock() {
        let before = "2024-03-30 12:00";
        let by_hours = changed(&vienna(), before, |instant, _| add_millis(instant, 86_400_000.0));
        assert_eq!(by_hours.as_deref(), Some("2024-03-31 13:00:00"));
        let by_days = changed(&vienna(), before, |instant, zone| add_days(instant, 1.0, zone));
        assert_eq!(by_days.as_deref(), Some("2024-03-31 12:00:00"));
        let into_gap = changed(&vienna(), "2024-03-30 02:30", |instant, zone| add_days(instant, 1.0, zone));
        assert_eq!(into_gap.as_deref(), Some("2024-03-31 03:30:00"));
    }

    #[test]
    fn months_shorten_the_day() {
        let add = |text, months| {
            changed(&Zone::UTC, text, |instant, zone| add_months(instant, months, zone)).unwrap()
        };
        assert_eq!(add("2024-01-31", 1.0), "2024-02-29 00:00:00");
        assert_eq!(add("2024-03-31", -1.0), "2024-02-29 00:00:00");
        assert_eq!(add("2024-08-31", 6.0), "2025-02-28 00:00:00");
        assert_eq!(add("2024-05-15", -17.0), "2022-12-15 00:00:00");
        assert_eq!(add("2024-02-29", 12.0), "2025-02-28 00:00:00");
    }

    #[test]
    fn fractions_round_for_the_calendar_and_count_for_the_clock() {
        let days =
            |days| changed(&Zone::UTC, "2024-05-10", |instant, zone| add_days(instant, days, zone)).unwrap();
        assert_eq!(
            (days(1.4), days(1.5), days(-1.5)),
            ("2024-05-11 00:00:00".into(), "2024-05-12 00:00:00".into(), "2024-05-08 00:00:00".into())
        );
        assert_eq!(add_millis(0, 1_500.7), Some(1_500));
        assert_eq!(add_millis(0, -0.5), Some(0));
    }

    #[test]
    fn fields_are_set_and_roll_over() {
        let set = |field, value| {
            changed(&Zone::UTC, "2024-05-15 10:20:30", |instant, zone| set(instant, field, value, zone))
                .unwrap()
        };
        assert_eq!(set(Field::Second, 5.9), "2024-05-15 10:20:05");
        assert_eq!(set(Field::Second, -1.0), "2024-05-15 10:19:59");
        assert_eq!(set(Field::Minute, 75.0), "2024-05-15 11:15:30");
        assert_eq!(set(Field::Hour, 24.0), "2024-05-16 00:20:30");
        assert_eq!(set(Field::Day, 0.0), "2024-04-30 10:20:30");
        assert_eq!(set(Field::Weekday, 1.0), "2024-05-12 10:20:30");
        assert_eq!(set(Field::Weekday, 7.0), "2024-05-18 10:20:30");
        assert_eq!(set(Field::Weekday, -6.0), "2024-05-05 10:20:30");
        assert_eq!(set(Field::Month, 13.0), "2025-01-15 10:20:30");
        assert_eq!(set(Field::Month, 0.0), "2023-12-15 10:20:30");
        assert_eq!(set(Field::Year, 1999.0), "1999-05-15 10:20:30");
    }

    #[test]
    fn months_and_years_that_are_too_short_take_their_last_day() {
        let zone = Zone::UTC;
        let month = changed(&zone, "2024-05-31", |instant, zone| set(instant, Field::Month, 6.0, zone));
        assert_eq!(month.as_deref(), Some("2024-06-30 00:00:00"));
        let year = changed(&zone, "2024-02-29", |instant, zone| set(instant, Field::Year, 2023.0, zone));
        assert_eq!(year.as_deref(), Some("2023-02-28 00:00:00"));
    }

    #[test]
    fn setting_what_is_already_there_keeps_the_instant() {
        // Half past two is shown twice on this night; the second time is meant here.
        let second = detect("2024-10-27T01:30Z", &Zone::UTC).unwrap();
        assert_eq!(set(second, Field::Minute, 30.0, &vienna()), Some(second));
        assert_eq!(add_days(second, 0.0, &vienna()), Some(second));
        assert_eq!(add_months(second, 0.2, &vienna()), Some(second));
    }

    #[test]
    fn beyond_every_date_is_none() {
        for number in [1e15, 1e17, f64::INFINITY, f64::NAN, -1e300] {
            assert_eq!(add_days(0, number, &Zone::UTC), None);
            assert_eq!(add_months(0, number, &Zone::UTC), None);
            assert_eq!(set(0, Field::Year, number, &Zone::UTC), None);
            assert_eq!(set(0, Field::Second, number * 1e3, &Zone::UTC), None);
        }
        for number in [1e17, f64::INFINITY, f64::NAN] {
            assert_eq!(add_millis(0, number), None);
        }
    }

    #[test]
    fn differences_are_whole_units() {
        let (start, end) = (0, ((3 * 24 + 4) * 60 + 5) * 60_000 + 6_999);
        let all = ["D", "H", "m", "s", "RH", "Rm", "Rs"].map(|unit| difference(end, start, unit));
        assert_eq!(all, [Some(3), Some(76), Some(4_565), Some(273_906), Some(4), Some(5), Some(6)]);
        assert_eq!(difference(end, start, "h"), None);
    }
}
