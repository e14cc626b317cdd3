//! Writing dates by tokens (iml.md 11.3).

use std::fmt::Write;

use super::civil::{Civil, Weeks};
use super::token::{Item, MONTHS, Token, WEEKDAYS, ordinal_ending};
use super::zone::Zone;

/// Writes the instant `millis` after 1970, as clocks in `zone` show it, in a format that was taken apart.
pub(crate) fn write(out: &mut String, items: &[Item], millis: i64, zone: &Zone) {
    let shown = Shown { civil: zone.civil(millis), millis, zone };
    for item in items {
        match item {
            Item::Literal(text) => out.push_str(text),
            Item::Token(token) => shown.write(out, *token),
        }
    }
}

struct Shown<'a> {
    civil: Civil,
    millis: i64,
    zone: &'a Zone,
}

impl Shown<'_> {
    fn write(&self, out: &mut String, token: Token) {
        let civil = &self.civil;
        match token {
            Token::Year if civil.year > 9_999 => plain(out, '+', civil.year),
            Token::Year => padded(out, civil.year, 4),
            Token::YearShort => padded(out, civil.year % 100, 2),
            Token::YearWide(width) => padded(out, civil.year, width),
            Token::YearSigned if civil.year < 0 => padded(out, civil.year, 6),
            Token::YearSigned => {
                out.push('+');
                padded(out, civil.year, 6);
            }
            Token::EraYear(_) | Token::EraYearOrdinal | Token::Era | Token::EraLong => {
                self.write_era(out, token);
            }
            Token::Quarter => padded(out, (civil.month + 2) / 3, 1),
            Token::QuarterOrdinal => ordinal(out, (civil.month + 2) / 3),
            Token::Month(width) => padded(out, civil.month, width),
            Token::MonthOrdinal => ordinal(out, civil.month),
            Token::MonthShort => name(out, &MONTHS, civil.month - 1, 3),
            Token::MonthLong => name(out, &MONTHS, civil.month - 1, usize::MAX),
            Token::Day(width) => padded(out, civil.day, width),
            Token::DayOrdinal => ordinal(out, civil.day),
            Token::DayOfYear(width) => padded(out, civil.day_of_year(), width),
            Token::DayOfYearOrdinal => ordinal(out, civil.day_of_year()),
            Token::Weekday
            | Token::WeekdayOrdinal
            | Token::WeekdayLocale
            | Token::WeekdayIso
            | Token::WeekdayMin
            | Token::WeekdayShort
            | Token::WeekdayLong => self.write_weekday(out, token),
            Token::Week(_)
            | Token::WeekOrdinal
            | Token::IsoWeek(_)
            | Token::IsoWeekOrdinal
            | Token::WeekYearShort
            | Token::WeekYear(_)
            | Token::IsoWeekYearShort
            | Token::IsoWeekYear(_) => self.write_week(out, token),
            _ => self.write_time(out, token),
        }
    }

    /// Years of an era count from 1: the year 0 is 1 BC.
    fn write_era(&self, out: &mut String, token: Token) {
        let is_common = self.civil.year > 0;
        let year = if is_common { self.civil.year } else { 1 - self.civil.year };
        match token {
            Token::EraYear(width) => padded(out, year, width),
            Token::EraYearOrdinal => ordinal(out, year),
            Token::EraLong => out.push_str(if is_common { "Anno Domini" } else { "Before Christ" }),
            _ => out.push_str(if is_common { "AD" } else { "BC" }),
        }
    }

    fn write_weekday(&self, out: &mut String, token: Token) {
        let weekday = self.civil.weekday();
        match token {
            Token::WeekdayOrdinal => ordinal(out, weekday),
            Token::WeekdayIso => padded(out, (weekday + 6) % 7 + 1, 1),
            Token::WeekdayMin => name(out, &WEEKDAYS, weekday, 2),
            Token::WeekdayShort => name(out, &WEEKDAYS, weekday, 3),
            Token::WeekdayLong => name(out, &WEEKDAYS, weekday, usize::MAX),
            _ => padded(out, weekday, 1),
        }
    }

    fn write_week(&self, out: &mut String, token: Token) {
        let (week, year) = self.civil.week(Weeks::LOCALE);
        let (iso_week, iso_year) = self.civil.week(Weeks::ISO);
        match token {
            Token::Week(width) => padded(out, week, width),
            Token::WeekOrdinal => ordinal(out, week),
            Token::IsoWeek(width) => padded(out, iso_week, width),
            Token::IsoWeekOrdinal => ordinal(out, iso_week),
            Token::WeekYearShort => padded(out, year % 100, 2),
            Token::WeekYear(width) => padded(out, year, width),
            Token::IsoWeekYearShort => padded(out, iso_year % 100, 2),
            Token::IsoWeekYear(width) => padded(out, iso_year, width),
            _ => {}
        }
    }

    fn write_time(&self, out: &mut String, token: Token) {
        let civil = &self.civil;
        let half_hour = (civil.hour + 11) % 12 + 1;
        match token {
            Token::Hour(width) => padded(out, civil.hour, width),
            Token::HalfHour(width) => padded(out, half_hour, width),
            Token::OneHour(width) => padded(out, (civil.hour + 23) % 24 + 1, width),
            Token::HourMinute | Token::HourMinuteSecond => padded(out, civil.hour, 1),
            Token::HalfHourMinute | Token::HalfHourMinuteSecond => padded(out, half_hour, 1),
            Token::MeridiemUpper => out.push_str(if civil.hour < 12 { "AM" } else { "PM" }),
            Token::MeridiemLower => out.push_str(if civil.hour < 12 { "am" } else { "pm" }),
            Token::Minute(width) => padded(out, civil.minute, width),
            Token::Second(width) => padded(out, civil.second, width),
            Token::Fraction(width) => {
                let digits = format!("{:03}000000", civil.millis);
                out.push_str(digits.get(..width).unwrap_or_default());
            }
            Token::Offset => self.write_offset(out, ":"),
            Token::OffsetCompact => self.write_offset(out, ""),
            Token::UnixSeconds => padded(out, self.millis.div_euclid(1_000), 1),
            Token::UnixMillis => padded(out, self.millis, 1),
            Token::ZoneName => out.push_str(&self.zone.abbreviation(self.millis)),
            _ => {}
        }
        if matches!(
            token,
            Token::HourMinute | Token::HourMinuteSecond | Token::HalfHourMinute | Token::HalfHourMinuteSecond
        ) {
            padded(out, civil.minute, 2);
        }
        if matches!(token, Token::HourMinuteSecond | Token::HalfHourMinuteSecond) {
            padded(out, civil.second, 2);
        }
    }

    /// Offsets of old local times have seconds, which are cut.
    fn write_offset(&self, out: &mut String, separator: &str) {
        let offset = self.zone.offset(self.millis);
        out.push(if offset < 0 { '-' } else { '+' });
        let minutes = offset.abs() / 60;
        padded(out, minutes / 60, 2);
        out.push_str(separator);
        padded(out, minutes % 60, 2);
    }
}

fn plain(out: &mut String, sign: char, number: i64) {
    out.push(sign);
    padded(out, number, 1);
}

/// Writes a number with at least `width` digits, after its sign if it is negative.
fn padded(out: &mut String, number: i64, width: usize) {
    if number < 0 {
        out.push('-');
    }
    // Writing to a string cannot fail.
    let _ = write!(out, "{:0width$}", number.unsigned_abs());
}

fn ordinal(out: &mut String, number: i64) {
    padded(out, number, 1);
    out.push_str(ordinal_ending(number));
}

/// Writes the first `length` letters of a name.
fn name(out: &mut String, names: &[&str], index: i64, length: usize) {
    let name = usize::try_from(index).ok().and_then(|index| names.get(index)).copied().unwrap_or_default();
    out.push_str(name.get(..length).unwrap_or(name));
}

#[cfg(test)]
mod tests {
    use super::super::token::items;
    use super::*;

    fn show(year: i64, rest: [i64; 6], zone: &str, format: &str) -> String {
        let [month, day, hour, minute, second, millis] = rest;
        let zone = Zone::find(zone).unwrap();
        let instant = Zone::UTC.instant(Civil { year, month, day, hour, minute, second, millis }).unwrap();
        let mut out = String::new();
        write(&mut out, &items(format), instant, &zone);
        out
    }

    /// Tuesday, 3 March 2026, 14:07:09.045 UTC.
    const DATE: [i64; 6] = [3, 3, 14, 7, 9, 45];

    #[test]
    fn every_token_has_its_form() {
        let cases = [
            ("Y YY YYYY YYYYY YYYYYY", "2026 26 2026 02026 +002026"),
            ("y yy yyyy yo N NNNN NNNNN", "2026 2026 2026 2026th AD Anno Domini AD"),
            ("Q Qo M MM Mo MMM MMMM", "1 1st 3 03 3rd Mar March"),
            ("D DD Do DDD DDDD DDDo", "3 03 3rd 62 062 62nd"),
            ("d do dd ddd dddd e E", "2 2nd Tu Tue Tuesday 2 2"),
            ("w ww wo W WW Wo", "10 10 10th 10 10 10th"),
            ("gg gggg ggggg GG GGGG GGGGG", "26 2026 02026 26 2026 02026"),
            ("H HH h hh k kk A a", "14 14 2 02 14 14 PM pm"),
            ("Hmm Hmmss hmm hmmss", "1407 140709 207 20709"),
            ("m mm s ss", "7 07 9 09"),
            ("S SS SSS SSSS SSSSSSSSS", "0 04 045 0450 045000000"),
            ("Z ZZ z zz", "+00:00 +0000 UTC UTC"),
            ("X x", "1772546829 1772546829045"),
            ("L LL LLL", "03/03/2026 March 3, 2026 March 3, 2026 2:07 PM"),
            ("l ll lll llll", "3/3/2026 Mar 3, 2026 Mar 3, 2026 2:07 PM Tue, Mar 3, 2026 2:07 PM"),
            ("LT LTS LLLL", "2:07 PM 2:07:09 PM Tuesday, March 3, 2026 2:07 PM"),
            ("[on] D. [of] MMMM, ž", "on 3. of March, ž"),
            ("", ""),
        ];
        for (format, expected) in cases {
            assert_eq!(show(2026, DATE, "UTC", format), expected, "{format}");
        }
    }

    #[test]
    fn the_zone_decides_what_clocks_show() {
        let format = "YYYY-MM-DD HH:mm Z ZZ z";
        assert_eq!(show(2026, DATE, "Asia/Kathmandu", format), "2026-03-03 19:52 +05:45 +0545 +0545");
        assert_eq!(show(2026, DATE, "Pacific/Honolulu", format), "2026-03-03 04:07 -10:00 -1000 HST");
        assert_eq!(
            show(2026, [7, 1, 23, 30, 0, 0], "Europe/Vienna", format),
            "2026-07-02 01:30 +02:00 +0200 CEST"
        );
        assert_eq!(show(1850, [1, 1, 12, 0, 0, 0], "Europe/Vienna", "HH:mm:ss Z"), "13:05:21 +01:05");
    }

    #[test]
    fn hours_at_noon_and_midnight() {
        assert_eq!(show(2026, [1, 1, 0, 5, 0, 0], "UTC", "H h hh k kk A Hmm"), "0 12 12 24 24 AM 005");
        assert_eq!(show(2026, [1, 1, 12, 5, 0, 0], "UTC", "H h hh k kk a hmm"), "12 12 12 12 12 pm 1205");
    }

    #[test]
    fn years_beyond_four_digits_and_before_christ() {
        assert_eq!(show(12_026, DATE, "UTC", "Y YYYY YY gggg YYYYYY"), "+12026 12026 26 12026 +012026");
        assert_eq!(show(0, DATE, "UTC", "Y YYYY y N NNNN"), "0000 0000 1 BC Before Christ");
        assert_eq!(show(-43, DATE, "UTC", "Y YYYY YY YYYYYY y N"), "-0043 -0043 -43 -000043 44 BC");
        assert_eq!(show(87, DATE, "UTC", "Y YYYY YY y"), "0087 0087 87 87");
    }

    #[test]
    fn weeks_belong_to_years_of_their_own() {
        let format = "gggg-ww GGGG-[W]WW-E";
        assert_eq!(show(2021, [1, 1, 0, 0, 0, 0], "UTC", format), "2021-01 2020-W53-5");
        assert_eq!(show(2024, [12, 31, 0, 0, 0, 0], "UTC", format), "2025-01 2025-W01-2");
    }

    #[test]
    fn instants_before_1970_round_down_to_seconds() {
        assert_eq!(show(1969, [12, 31, 23, 59, 59, 500], "UTC", "X x SSS"), "-1 -500 500");
    }
}
