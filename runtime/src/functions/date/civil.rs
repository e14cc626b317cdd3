//! The proleptic Gregorian calendar, without time zones: fields of a wall clock and milliseconds.

use crate::value::{civil_from_days, days_from_civil};

/// Milliseconds of a day.
pub(crate) const DAY: i64 = 86_400_000;

/// Milliseconds from 1970 to the last instant that a date can hold, either way: 100 million days, as in JavaScript.
pub(crate) const LIMIT: i64 = 100_000_000 * DAY;

/// What a wall clock and a calendar show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Civil {
    /// Year; 0 is 1 BC.
    pub(crate) year: i64,
    /// Month, from 1.
    pub(crate) month: i64,
    /// Day of the month, from 1.
    pub(crate) day: i64,
    /// Hour, from 0.
    pub(crate) hour: i64,
    /// Minute.
    pub(crate) minute: i64,
    /// Second.
    pub(crate) second: i64,
    /// Millisecond.
    pub(crate) millis: i64,
}

impl Civil {
    /// The fields of a wall clock that stands at `millis` after 1970-01-01 00:00 by its own reckoning.
    pub(crate) fn from_millis(millis: i64) -> Self {
        let (year, month, day) = civil_from_days(millis.div_euclid(DAY));
        let time = millis.rem_euclid(DAY);
        Self {
            year,
            month,
            day,
            hour: time / 3_600_000,
            minute: time / 60_000 % 60,
            second: time / 1_000 % 60,
            millis: time % 1_000,
        }
    }

    /// The inverse of [`Civil::from_millis`]. Fields beyond their range roll over into the next larger unit, as
    /// with JavaScript's setters. `None` where the result is beyond what a date can hold.
    pub(crate) fn to_millis(self) -> Option<i64> {
        let months = self.year.checked_mul(12)?.checked_add(self.month.checked_sub(1)?)?;
        let year = months.div_euclid(12);
        if year.abs() > 300_000 {
            return None;
        }
        let days =
            days_from_civil(year, months.rem_euclid(12) + 1, 1).checked_add(self.day.checked_sub(1)?)?;
        let parts = [
            (days, DAY),
            (self.hour, 3_600_000),
            (self.minute, 60_000),
            (self.second, 1_000),
            (self.millis, 1),
        ];
        let sum = parts.iter().map(|(count, unit)| i128::from(*count) * i128::from(*unit)).sum::<i128>();
        // A clock may be a day ahead of or behind UTC: whether the instant fits is decided after its zone is known.
        i64::try_from(sum).ok().filter(|millis| millis.abs() <= LIMIT + DAY)
    }

    /// Days from 1970-01-01 to its date.
    pub(crate) fn days(&self) -> i64 {
        days_from_civil(self.year, self.month, self.day)
    }

    /// Day of the week; 0 is Sunday.
    pub(crate) fn weekday(&self) -> i64 {
        weekday_of(self.days())
    }

    /// Day of the year, from 1.
    pub(crate) fn day_of_year(&self) -> i64 {
        self.days() - days_from_civil(self.year, 1, 1) + 1
    }

    /// Week and the year that it belongs to.
    pub(crate) fn week(&self, weeks: Weeks) -> (i64, i64) {
        let days = self.days();
        let year = if days >= weeks.start_of(self.year + 1) {
            self.year + 1
        } else if days < weeks.start_of(self.year) {
            self.year - 1
        } else {
            self.year
        };
        ((days - weeks.start_of(year)) / 7 + 1, year)
    }
}

/// How weeks are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Weeks {
    /// Day on which weeks start; 0 is Sunday.
    pub(crate) first_weekday: i64,
    /// The day of January that is always in week 1.
    pub(crate) anchor: i64,
}

impl Weeks {
    /// Weeks of the English locale: they start on Sunday, and week 1 contains 1 January.
    pub(crate) const LOCALE: Self = Self { first_weekday: 0, anchor: 1 };
    /// Weeks of ISO 8601: they start on Monday, and week 1 contains 4 January.
    pub(crate) const ISO: Self = Self { first_weekday: 1, anchor: 4 };

    /// The day, counted from 1970-01-01, on which week 1 of `year` starts.
    pub(crate) fn start_of(self, year: i64) -> i64 {
        let anchor = days_from_civil(year, 1, self.anchor);
        anchor - (weekday_of(anchor) - self.first_weekday).rem_euclid(7)
    }

    /// How many weeks `year` has.
    pub(crate) fn count(self, year: i64) -> i64 {
        (self.start_of(year + 1) - self.start_of(year)) / 7
    }
}

/// Day of the week of a day counted from 1970-01-01; 0 is Sunday.
fn weekday_of(days: i64) -> i64 {
    (days + 4).rem_euclid(7)
}

/// Days of a month; `month` is within 1 to 12.
pub(crate) fn days_in_month(year: i64, month: i64) -> i64 {
    let (next_year, next_month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    days_from_civil(next_year, next_month, 1) - days_from_civil(year, month, 1)
}

/// Days of a year.
pub(crate) fn days_in_year(year: i64) -> i64 {
    days_from_civil(year + 1, 1, 1) - days_from_civil(year, 1, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn civil(year: i64, month: i64, day: i64) -> Civil {
        Civil { year, month, day, hour: 0, minute: 0, second: 0, millis: 0 }
    }

    #[test]
    fn millis_and_fields_are_inverse() {
        for millis in (-LIMIT..=LIMIT).step_by(12_345_678_901_237) {
            assert_eq!(Civil::from_millis(millis).to_millis(), Some(millis));
        }
    }

    #[test]
    fn fields_roll_over() {
        let shown = |civil: Civil| civil.to_millis().map(Civil::from_millis);
        assert_eq!(shown(civil(2023, 14, 1)), Some(civil(2024, 2, 1)));
        assert_eq!(shown(civil(2023, 0, 1)), Some(civil(2022, 12, 1)));
        assert_eq!(shown(civil(2023, 3, 0)), Some(civil(2023, 2, 28)));
        assert_eq!(
            shown(Civil { hour: -1, ..civil(2023, 1, 1) }),
            Some(Civil { hour: 23, ..civil(2022, 12, 31) })
        );
        for extreme in [i64::MIN, i64::MAX] {
            assert_eq!(civil(extreme, 1, 1).to_millis(), None);
            assert_eq!(civil(2023, extreme, 1).to_millis(), None);
            assert_eq!(civil(2023, 1, extreme).to_millis(), None);
            assert_eq!(Civil { second: extreme, ..civil(2023, 1, 1) }.to_millis(), None);
        }
    }

    #[test]
    fn iso_weeks_at_the_turn_of_the_year() {
        assert_eq!(civil(2021, 1, 3).week(Weeks::ISO), (53, 2020));
        assert_eq!(civil(2021, 1, 4).week(Weeks::ISO), (1, 2021));
        assert_eq!(civil(2024, 12, 30).week(Weeks::ISO), (1, 2025));
        assert_eq!((Weeks::ISO.count(2020), Weeks::ISO.count(2021)), (53, 52));
    }

    #[test]
    fn locale_weeks_start_on_sunday() {
        assert_eq!(civil(2022, 1, 1).week(Weeks::LOCALE), (1, 2022));
        assert_eq!(civil(2021, 12, 26).week(Weeks::LOCALE), (1, 2022));
        assert_eq!(civil(2022, 1, 2).week(Weeks::LOCALE), (2, 2022));
        assert_eq!(civil(2022, 12, 31).week(Weeks::LOCALE), (53, 2022));
    }

    #[test]
    fn months_and_years_have_their_days() {
        assert_eq!((days_in_month(2024, 2), days_in_month(1900, 2), days_in_month(2023, 12)), (29, 28, 31));
        assert_eq!((days_in_year(2000), days_in_year(2100)), (366, 365));
        assert_eq!(civil(2024, 12, 31).day_of_year(), 366);
        assert_eq!(civil(1970, 1, 1).weekday(), 4);
    }
}
