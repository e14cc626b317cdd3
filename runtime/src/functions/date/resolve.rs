//! From the parts that were read to an instant (iml.md 11.4).

use super::civil::{Civil, LIMIT, Weeks, days_in_month, days_in_year};
use super::zone::Zone;
use crate::value::civil_from_days;

/// What was read of a date.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Parts {
    /// Year.
    pub(crate) year: Option<i64>,
    /// Month, from 1.
    pub(crate) month: Option<i64>,
    /// Day of the month.
    pub(crate) day: Option<i64>,
    /// Hour.
    pub(crate) hour: Option<i64>,
    /// Minute.
    pub(crate) minute: Option<i64>,
    /// Second.
    pub(crate) second: Option<i64>,
    /// Millisecond.
    pub(crate) millis: Option<i64>,
    /// Day of the year, from 1.
    pub(crate) day_of_year: Option<i64>,
    /// Any of the week's parts was there.
    pub(crate) has_week: bool,
    /// Day of the week; 0 is Sunday.
    pub(crate) weekday: Option<i64>,
    /// The same by the locale's token.
    pub(crate) weekday_locale: Option<i64>,
    /// Day of the week; 1 is Monday.
    pub(crate) weekday_iso: Option<i64>,
    /// Week by the locale.
    pub(crate) week: Option<i64>,
    /// Week of ISO 8601.
    pub(crate) week_iso: Option<i64>,
    /// Year of the locale's week.
    pub(crate) week_year: Option<i64>,
    /// Year of the ISO week.
    pub(crate) week_year_iso: Option<i64>,
    /// The year counts before Christ.
    pub(crate) before_christ: Option<bool>,
    /// `PM`
    pub(crate) afternoon: Option<bool>,
    /// Minutes ahead of UTC.
    pub(crate) offset: Option<i64>,
    /// Milliseconds since 1970, maybe with a fraction.
    pub(crate) instant: Option<f64>,
    /// Anything was read.
    pub(crate) found: bool,
}

impl Parts {
    /// Keeps a part that was read; of two, the last counts.
    pub(crate) fn set<T>(&mut self, field: impl Fn(&mut Self) -> &mut Option<T>, value: Option<T>) {
        if value.is_some() {
            *field(self) = value;
            self.found = true;
        }
    }

    /// Whether a part of the calendar or the clock is there.
    fn has_fields(&self) -> bool {
        let fields = [self.year, self.month, self.day, self.hour, self.minute, self.second, self.millis];
        fields.iter().any(Option::is_some)
    }
}

/// The instant that the parts name, `None` where they contradict each other or cannot be.
pub(crate) fn resolve(mut parts: Parts, zone: &Zone, now: i64) -> Option<i64> {
    if !parts.found || (parts.afternoon.is_some() && !parts.has_fields()) {
        return None;
    }
    if let Some(instant) = parts.instant {
        // Within the limit a double holds every millisecond.
        return (instant.abs() <= LIMIT as f64).then_some(instant.trunc() as i64);
    }
    let today = zone.civil(now);
    parts.hour = parts.hour.map(|hour| match parts.afternoon {
        Some(true) if hour < 12 => hour + 12,
        Some(false) if hour == 12 => 0,
        _ => hour,
    });
    if parts.before_christ == Some(true) {
        parts.year = parts.year.map(|year| 1 - year);
    }
    if parts.has_week && parts.day.is_none() && parts.month.is_none() {
        name_day_by_week(&mut parts, &today)?;
    }
    if let Some(day_of_year) = parts.day_of_year {
        let year = checked_year(parts.year.unwrap_or(today.year))?;
        if !(1..=days_in_year(year)).contains(&day_of_year) {
            return None;
        }
        let (_, month, day) = civil_from_days(Civil::days(&first_of(year)) + day_of_year - 1);
        (parts.month, parts.day) = (Some(month), Some(day));
    }
    let civil = complete(&parts, &today)?;
    // A day of the week that was read must be the one that the date has, also where parts of it are only assumed.
    if parts.weekday.is_some_and(|weekday| weekday != civil.weekday()) {
        return None;
    }
    match parts.offset {
        Some(minutes) => {
            let shifted = Civil { minute: civil.minute - minutes, ..civil };
            Zone::UTC.instant(shifted)
        }
        None => zone.instant(civil),
    }
}

/// Fills in what is missing: from today what is larger than the largest part that was read, the first of what is
/// smaller. `None` where a part is out of its range.
fn complete(parts: &Parts, today: &Civil) -> Option<Civil> {
    let (mut month, mut day) = (1, 1);
    if parts.year.is_none() {
        month = today.month;
        if parts.month.is_none() {
            day = today.day;
        }
    }
    let civil = Civil {
        year: checked_year(parts.year.unwrap_or(today.year))?,
        month: parts.month.unwrap_or(month),
        day: parts.day.unwrap_or(day),
        hour: parts.hour.unwrap_or(0),
        minute: parts.minute.unwrap_or(0),
        second: parts.second.unwrap_or(0),
        millis: parts.millis.unwrap_or(0),
    };
    let is_midnight = civil.hour == 24 && civil.minute == 0 && civil.second == 0 && civil.millis == 0;
    let is_real = (1..=12).contains(&civil.month)
        && (1..=days_in_month(civil.year, civil.month)).contains(&civil.day)
        && ((0..24).contains(&civil.hour) || is_midnight)
        && (0..60).contains(&civil.minute)
        && (0..60).contains(&civil.second)
        && (0..1_000).contains(&civil.millis);
    is_real.then_some(civil)
}

/// Turns week and day of the week into year and day of the year.
fn name_day_by_week(parts: &mut Parts, today: &Civil) -> Option<()> {
    let is_iso = parts.week_year_iso.is_some() || parts.week_iso.is_some() || parts.weekday_iso.is_some();
    let (weeks, year, week, weekday, days) = if is_iso {
        let year = parts.week_year_iso.or(parts.year).unwrap_or_else(|| today.week(Weeks::ISO).1);
        (Weeks::ISO, year, parts.week_iso.unwrap_or(1), parts.weekday_iso.unwrap_or(1), 1..=7)
    } else {
        let (this_week, this_year) = today.week(Weeks::LOCALE);
        let year = parts.week_year.or(parts.year).unwrap_or(this_year);
        let weekday = parts.weekday.or(parts.weekday_locale).unwrap_or(0);
        (Weeks::LOCALE, year, parts.week.unwrap_or(this_week), weekday, 0..=6)
    };
    let year = checked_year(year)?;
    if !(1..=weeks.count(year)).contains(&week) || !days.contains(&weekday) {
        return None;
    }
    let days = weeks.start_of(year) + (week - 1) * 7 + weekday - days.start();
    let (year, month, day) = civil_from_days(days);
    let date = Civil { month, day, ..first_of(year) };
    parts.year = Some(year);
    parts.day_of_year = Some(date.day_of_year());
    Some(())
}

fn first_of(year: i64) -> Civil {
    Civil { year, month: 1, day: 1, hour: 0, minute: 0, second: 0, millis: 0 }
}

/// Years far beyond what a date holds would overflow the calendar.
fn checked_year(year: i64) -> Option<i64> {
    (-300_000..=300_000).contains(&year).then_some(year)
}
