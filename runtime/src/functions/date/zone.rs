//! Time zones (iml.md 11.1): found by IANA name in the database that is compiled in, so that a result does not
//! depend on the machine.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, TimeZone, TimeZoneDatabase};

use super::civil::{Civil, DAY, LIMIT};

/// Milliseconds of 400 years: the calendar, weekdays included, and the yearly rules of zones repeat after them.
const CYCLE: i64 = 146_097 * DAY;

/// Instants within which the zone database is asked directly, in milliseconds: the years -9998 to 9998 and some.
const KNOWN: std::ops::RangeInclusive<i64> = -377_640_000_000_000..=253_360_000_000_000;

/// A time zone.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Zone(Option<TimeZone>);

impl Zone {
    /// Coordinated universal time.
    pub(crate) const UTC: Self = Self(None);

    /// Finds a zone by its IANA name, without regard to case. `None` where the name is unknown or blank.
    pub(crate) fn find(name: &str) -> Option<Self> {
        if name.eq_ignore_ascii_case("utc") {
            return Some(Self::UTC);
        }
        // The database answers for this name with a zone that stands for "not known".
        if name.eq_ignore_ascii_case("etc/unknown") {
            return None;
        }
        database().get(name).ok().map(|zone| Self(Some(zone)))
    }

    /// What clocks in the zone show at an instant.
    pub(crate) fn civil(&self, millis: i64) -> Civil {
        Civil::from_millis(millis.saturating_add(self.offset(millis) * 1_000))
    }

    /// Seconds that clocks in the zone are ahead of UTC at an instant.
    pub(crate) fn offset(&self, millis: i64) -> i64 {
        let Some(zone) = &self.0 else { return 0 };
        timestamp(millis).map_or(0, |instant| i64::from(zone.to_offset(instant).seconds()))
    }

    /// The abbreviation that is in use at an instant, such as `CEST`.
    pub(crate) fn abbreviation(&self, millis: i64) -> String {
        match (&self.0, timestamp(millis)) {
            (Some(zone), Some(instant)) => zone.to_offset_info(instant).abbreviation().to_owned(),
            _ => "UTC".to_owned(),
        }
    }

    /// The instant at which clocks in the zone show `civil`, whose fields may be beyond their range.
    ///
    /// A time that clocks skip moves forward by what they skip, and of two instants the first is meant: both say
    /// that the offset from before the change counts. `None` where no date can hold the instant.
    pub(crate) fn instant(&self, civil: Civil) -> Option<i64> {
        let local = civil.to_millis()?;
        let millis = local - self.offset_of_local(local) * 1_000;
        (-LIMIT..=LIMIT).contains(&millis).then_some(millis)
    }

    fn offset_of_local(&self, local: i64) -> i64 {
        let Some(zone) = &self.0 else { return 0 };
        let Some(clock) = clock(within_known(local)) else { return 0 };
        let offset = match zone.to_ambiguous_timestamp(clock).offset() {
            AmbiguousOffset::Unambiguous { offset } => offset,
            AmbiguousOffset::Gap { before, .. } | AmbiguousOffset::Fold { before, .. } => before,
        };
        i64::from(offset.seconds())
    }
}

fn database() -> &'static TimeZoneDatabase {
    static DATABASE: std::sync::OnceLock<TimeZoneDatabase> = std::sync::OnceLock::new();
    DATABASE.get_or_init(TimeZoneDatabase::bundled)
}

/// The same instant of another 400 years, for which the database has rules.
fn within_known(millis: i64) -> i64 {
    if KNOWN.contains(&millis) {
        millis
    } else if millis > 0 {
        let start = KNOWN.end() - CYCLE;
        start + (millis - start).rem_euclid(CYCLE)
    } else {
        // Before the first change of a zone every instant has the same offset.
        *KNOWN.start()
    }
}

fn timestamp(millis: i64) -> Option<Timestamp> {
    Timestamp::from_millisecond(within_known(millis)).ok()
}

fn clock(local: i64) -> Option<DateTime> {
    let civil = Civil::from_millis(local);
    DateTime::new(
        i16::try_from(civil.year).ok()?,
        i8::try_from(civil.month).ok()?,
        i8::try_from(civil.day).ok()?,
        i8::try_from(civil.hour).ok()?,
        i8::try_from(civil.minute).ok()?,
        i8::try_from(civil.second).ok()?,
        i32::try_from(civil.millis * 1_000_000).ok()?,
    )
    .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(name: &str) -> Zone {
        Zone::find(name).unwrap()
    }

    fn at(year: i64, month: i64, day: i64, hour: i64, minute: i64) -> Civil {
        Civil { year, month, day, hour, minute, second: 0, millis: 0 }
    }

    #[test]
    fn names_are_found_without_regard_to_case() {
        for known in
            ["Europe/Vienna", "europe/vienna", "UTC", "utc", "Etc/UTC", "GMT", "America/Argentina/Ushuaia"]
        {
            assert!(Zone::find(known).is_some(), "{known}");
        }
        for unknown in ["", " ", "Mars/Base", "+02:00", "CEST5", "../UTC", "Etc/Unknown", "Europe"] {
            assert!(Zone::find(unknown).is_none(), "{unknown}");
        }
    }

    #[test]
    fn offsets_follow_the_season() {
        let vienna = zone("Europe/Vienna");
        let winter = Zone::UTC.instant(at(2023, 1, 15, 12, 0)).unwrap();
        let summer = Zone::UTC.instant(at(2023, 7, 15, 12, 0)).unwrap();
        assert_eq!((vienna.offset(winter), vienna.offset(summer)), (3_600, 7_200));
        assert_eq!((vienna.abbreviation(winter), vienna.abbreviation(summer)), ("CET".into(), "CEST".into()));
        assert_eq!(vienna.civil(summer), at(2023, 7, 15, 14, 0));
        assert_eq!((Zone::UTC.offset(summer), Zone::UTC.abbreviation(summer)), (0, "UTC".into()));
    }

    #[test]
    fn a_skipped_time_moves_forward_and_of_two_the_first_counts() {
        let chicago = zone("America/Chicago");
        let skipped = chicago.instant(at(2024, 3, 10, 2, 15)).unwrap();
        assert_eq!(chicago.civil(skipped), at(2024, 3, 10, 3, 15));
        let twice = chicago.instant(at(2024, 11, 3, 1, 30)).unwrap();
        assert_eq!(chicago.offset(twice), -5 * 3_600);
    }

    #[test]
    fn far_years_keep_the_rules_of_their_cycle() {
        let vienna = zone("Europe/Vienna");
        let far = vienna.instant(at(12_023, 7, 15, 12, 0)).unwrap();
        assert_eq!(vienna.offset(far), 7_200);
        assert_eq!(vienna.civil(far), at(12_023, 7, 15, 12, 0));
        for extreme in [-LIMIT, LIMIT, i64::MIN, i64::MAX] {
            let _ = vienna.civil(extreme);
            let _ = vienna.abbreviation(extreme);
        }
        assert_eq!(Zone::UTC.instant(at(275_760, 9, 13, 0, 0)), Some(LIMIT));
        assert_eq!(Zone::UTC.instant(at(275_760, 9, 13, 0, 1)), None);
    }

    #[test]
    fn clock_and_instant_are_inverse() {
        let zone = zone("Australia/Lord_Howe");
        for hour in 0..24 * 365 {
            let instant = 1_700_000_000_000 + hour * 3_600_000;
            let back = zone.instant(zone.civil(instant)).unwrap();
            // The half hour that is shown twice comes back as its first half.
            assert!(back == instant || instant - back == 1_800_000, "{instant}");
        }
    }
}
