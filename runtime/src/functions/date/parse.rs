//! Reading dates by tokens, as moment.js does when it is not strict (iml.md 11.4).
//!
//! Each piece of the format is searched in what is left of the text: what stands before the find is skipped, and a
//! piece that is not found is passed over. Whether the parts that were found make a date is decided at the end.

use super::resolve::{Parts, resolve};
use super::scan::{
    digits, find_ignoring_case, fraction_millis, integer, meridiem, named, offset, offset_minutes, ordinal,
    short_year, timestamp, word,
};
use super::token::{Item, MONTHS, Token, WEEKDAYS};
use super::zone::Zone;

/// The longest text and format that are looked at, in bytes. Dates are short; each piece of the format may walk
/// through all of the text.
const LONGEST: usize = 2_048;

/// The instant that `text` names, in milliseconds since 1970. Clock times are those of `zone`; `now` fills in the
/// day of texts that have a time only. `None` where the text is no date.
pub(crate) fn parse(text: &str, items: &[Item], zone: &Zone, now: i64) -> Option<i64> {
    if text.len() > LONGEST || items.len() > LONGEST {
        return None;
    }
    let mut reader = Reader { rest: text, parts: Parts::default() };
    for item in items {
        match item {
            Item::Literal(literal) => {
                reader.take(|rest| rest.find(literal.as_str()).map(|start| (start, start + literal.len())));
            }
            Item::Token(token) => reader.read(*token)?,
        }
    }
    resolve(reader.parts, zone, now)
}

struct Reader<'a> {
    rest: &'a str,
    parts: Parts,
}

impl<'a> Reader<'a> {
    /// Searches what is left of the text and goes on behind the find.
    fn take(&mut self, find: impl Fn(&str) -> Option<(usize, usize)>) -> Option<&'a str> {
        let (start, end) = find(self.rest)?;
        let found = self.rest.get(start..end)?;
        self.rest = self.rest.get(end..)?;
        Some(found)
    }

    /// Takes up to `most` digits.
    fn digits(&mut self, most: usize) -> Option<&'a str> {
        self.take(|rest| digits(rest, 1, most, false))
    }

    fn number(&mut self, most: usize) -> Option<i64> {
        self.digits(most).map(integer)
    }

    /// Takes what a token stands for. `None` where it is there and cannot be.
    fn read(&mut self, token: Token) -> Option<()> {
        match token {
            Token::Year
            | Token::YearShort
            | Token::YearWide(_)
            | Token::YearSigned
            | Token::EraYear(_)
            | Token::EraYearOrdinal => self.read_year(token),
            Token::Era | Token::EraLong => self.read_era(),
            Token::Quarter => {
                let quarter = self.number(1);
                self.parts.set(|parts| &mut parts.month, quarter.map(|quarter| quarter * 3 - 2));
            }
            Token::Month(_) => {
                let month = self.number(2);
                self.parts.set(|parts| &mut parts.month, month);
            }
            Token::MonthShort | Token::MonthLong => self.read_month_name()?,
            Token::Day(_) => {
                let day = self.number(2);
                self.parts.set(|parts| &mut parts.day, day);
            }
            Token::DayOrdinal => {
                let day =
                    self.take(ordinal).map(|found| integer(found.trim_end_matches(char::is_alphabetic)));
                self.parts.set(|parts| &mut parts.day, day);
            }
            Token::DayOfYear(width) => {
                let least = if width == 3 { 3 } else { 1 };
                let day = self.take(|rest| digits(rest, least, 3, false)).map(integer);
                self.parts.set(|parts| &mut parts.day_of_year, day);
            }
            Token::UnixSeconds => {
                let seconds = self.take(timestamp).and_then(|found| found.parse::<f64>().ok());
                self.parts.set(|parts| &mut parts.instant, seconds.map(|seconds| seconds * 1_000.0));
            }
            Token::UnixMillis => {
                let millis = self.take(|rest| digits(rest, 1, usize::MAX, true));
                let millis = millis.and_then(|found| found.parse::<f64>().ok());
                self.parts.set(|parts| &mut parts.instant, millis);
            }
            Token::Offset | Token::OffsetCompact => {
                let minutes = self.take(offset).map(offset_minutes);
                self.parts.set(|parts| &mut parts.offset, minutes);
            }
            _ => {
                self.read_week(token)?;
                self.read_time(token);
            }
        }
        Some(())
    }

    fn read_year(&mut self, token: Token) {
        let year = match token {
            Token::YearShort => self.digits(2).map(short_year),
            Token::YearWide(4) => {
                self.digits(4).map(|found| if found.len() == 2 { short_year(found) } else { integer(found) })
            }
            Token::YearWide(_) | Token::YearSigned => self.take(|rest| digits(rest, 1, 6, true)).map(integer),
            Token::Year => self.take(|rest| digits(rest, 1, usize::MAX, true)).map(integer),
            _ => self.number(usize::MAX),
        };
        self.parts.set(|parts| &mut parts.year, year);
    }

    fn read_era(&mut self) {
        let names = ["Anno Domini", "AD", "Before Christ", "BC"];
        let era = self.take(|rest| {
            let found = names
                .iter()
                .filter_map(|name| find_ignoring_case(rest, name).map(|at| (at, at + name.len())));
            found.min_by_key(|(start, _)| *start)
        });
        let is_before = era.map(|era| era.get(..1).is_some_and(|first| first.eq_ignore_ascii_case("b")));
        self.parts.set(|parts| &mut parts.before_christ, is_before);
    }

    fn read_month_name(&mut self) -> Option<()> {
        if let Some(word) = self.take(word) {
            let month = named(&MONTHS, &[3], word)?;
            self.parts.set(|parts| &mut parts.month, Some(month + 1));
        }
        Some(())
    }

    fn read_week(&mut self, token: Token) -> Option<()> {
        let week = |parts: fn(&mut Parts) -> &mut Option<i64>| parts;
        let (field, value) = match token {
            Token::WeekdayMin | Token::WeekdayShort | Token::WeekdayLong => {
                let weekday = match self.take(word) {
                    Some(word) => Some(named(&WEEKDAYS, &[3, 2], word)?),
                    None => None,
                };
                (week(|parts| &mut parts.weekday), weekday)
            }
            Token::Weekday => (week(|parts| &mut parts.weekday), self.number(2)),
            Token::WeekdayLocale => (week(|parts| &mut parts.weekday_locale), self.number(2)),
            Token::WeekdayIso => (week(|parts| &mut parts.weekday_iso), self.number(2)),
            Token::Week(_) => (week(|parts| &mut parts.week), self.number(2)),
            Token::IsoWeek(_) => (week(|parts| &mut parts.week_iso), self.number(2)),
            Token::WeekYearShort => (week(|parts| &mut parts.week_year), self.digits(2).map(short_year)),
            Token::IsoWeekYearShort => {
                (week(|parts| &mut parts.week_year_iso), self.digits(2).map(short_year))
            }
            Token::WeekYear(width) => (week(|parts| &mut parts.week_year), self.wide_year(width)),
            Token::IsoWeekYear(width) => (week(|parts| &mut parts.week_year_iso), self.wide_year(width)),
            _ => return Some(()),
        };
        self.parts.set(field, value);
        self.parts.has_week |= value.is_some();
        Some(())
    }

    fn wide_year(&mut self, width: usize) -> Option<i64> {
        let (most, signed) = if width == 4 { (4, false) } else { (6, true) };
        self.take(|rest| digits(rest, 1, most, signed)).map(integer)
    }

    fn read_time(&mut self, token: Token) {
        match token {
            Token::Hour(_) | Token::HalfHour(_) | Token::OneHour(_) => {
                let hour = self.number(2);
                let is_last = matches!(token, Token::OneHour(_)) && hour == Some(24);
                self.parts.set(|parts| &mut parts.hour, if is_last { Some(0) } else { hour });
            }
            Token::HourMinute | Token::HalfHourMinute => {
                let found = self.take(|rest| digits(rest, 3, 4, false));
                self.read_compact(found.map(|found| (found, 1)));
            }
            Token::HourMinuteSecond | Token::HalfHourMinuteSecond => {
                let found = self.take(|rest| digits(rest, 5, 6, false));
                self.read_compact(found.map(|found| (found, 2)));
            }
            Token::MeridiemUpper | Token::MeridiemLower => {
                let found = self.take(meridiem).map(|found| found.starts_with(['p', 'P']));
                self.parts.set(|parts| &mut parts.afternoon, found);
            }
            Token::Minute(_) => {
                let minute = self.number(2);
                self.parts.set(|parts| &mut parts.minute, minute);
            }
            Token::Second(_) => {
                let second = self.number(2);
                self.parts.set(|parts| &mut parts.second, second);
            }
            Token::Fraction(width) => {
                let found = self.digits(if width > 3 { usize::MAX } else { 3 });
                self.parts.set(|parts| &mut parts.millis, found.map(fraction_millis));
            }
            _ => {}
        }
    }

    /// Takes apart hour and minute, and second if `pairs` is 2, which are written without separators.
    fn read_compact(&mut self, found: Option<(&str, usize)>) {
        let Some((text, pairs)) = found else { return };
        let (hour, rest) = text.split_at_checked(text.len() - 2 * pairs).unwrap_or((text, ""));
        self.parts.set(|parts| &mut parts.hour, Some(integer(hour)));
        self.parts.set(|parts| &mut parts.minute, rest.get(..2).map(integer));
        self.parts
            .set(|parts| &mut parts.second, rest.get(2..).filter(|second| !second.is_empty()).map(integer));
    }
}

#[cfg(test)]
mod tests {
    use super::super::token::items;
    use super::*;

    /// 2026-05-20T10:30:00Z, a Wednesday.
    const NOW: i64 = 1_779_273_000_000;

    fn read_in(zone: &str, text: &str, format: &str) -> Option<String> {
        let zone = Zone::find(zone).unwrap();
        let mut out = String::new();
        let instant = parse(text, &items(format), &zone, NOW)?;
        super::super::format::write(&mut out, &items("YYYY-MM-DD HH:mm:ss.SSS"), instant, &Zone::UTC);
        Some(out.trim_end_matches(".000").trim_end_matches(" 00:00:00").to_owned())
    }

    fn read(text: &str, format: &str) -> Option<String> {
        read_in("UTC", text, format)
    }

    #[test]
    fn dates_by_number_and_name() {
        let cases = [
            ("2024-02-29", "YYYY-MM-DD", "2024-02-29"),
            ("24/2/9", "YY/M/D", "2024-02-09"),
            ("77-01-01", "YYYY-MM-DD", "1977-01-01"),
            ("0077-01-01", "YYYY-MM-DD", "0077-01-01"),
            ("+2024 3", "Y M", "2024-03-01"),
            ("5 sept 2024", "D MMM YYYY", "2024-09-05"),
            ("JUNE 7th, 2024", "MMMM Do, YYYY", "2024-06-07"),
            ("2024 366", "YYYY DDD", "2024-12-31"),
            ("2024 001", "YYYY DDDD", "2024-01-01"),
            ("2024 4", "YYYY Q", "2024-10-01"),
            ("2024-07-04", "yyyy-MM-DD", "2024-07-04"),
            ("44 BC", "y N", "-0043-01-01"),
            ("Thursday 2024-08-01", "dddd YYYY-MM-DD", "2024-08-01"),
        ];
        for (text, format, expected) in cases {
            assert_eq!(read(text, format).as_deref(), Some(expected), "{text} as {format}");
        }
    }

    #[test]
    fn times_of_both_clocks() {
        let date = "2024-01-02";
        let cases = [
            ("07:08:09", "HH:mm:ss", "07:08:09"),
            ("7:08 pm", "h:mm a", "19:08:00"),
            ("12:08 AM", "h:mm A", "00:08:00"),
            ("12:08 p", "h:mm A", "12:08:00"),
            ("12:08 P.M.", "h:mm A", "12:08:00"),
            ("19:08", "hh:mm", "19:08:00"),
            ("24:08", "kk:mm", "00:08:00"),
            ("708", "Hmm", "07:08:00"),
            ("190809", "Hmmss", "19:08:09"),
            ("708 pm", "hmm a", "19:08:00"),
            ("07:08:09.5", "HH:mm:ss.S", "07:08:09.500"),
            ("07:08:09.123456", "HH:mm:ss.SSSSSS", "07:08:09.123"),
            ("07:08:09.123456", "HH:mm:ss.SSS", "07:08:09.123"),
        ];
        for (text, format, expected) in cases {
            let read = read(&format!("{date} {text}"), &format!("YYYY-MM-DD {format}"));
            let read = read.as_deref().map(|read| read.strip_prefix("2024-01-02 ").unwrap_or(read));
            assert_eq!(read, Some(expected), "{text} as {format}");
        }
        assert_eq!(read("2024-01-02 24:00", "YYYY-MM-DD HH:mm").as_deref(), Some("2024-01-03"));
    }

    #[test]
    fn offsets_and_zones() {
        let format = "YYYY-MM-DD HH:mm Z";
        let vienna = |text| read_in("Europe/Vienna", text, format);
        assert_eq!(vienna("2024-07-01 10:00 +05:30").as_deref(), Some("2024-07-01 04:30:00"));
        assert_eq!(vienna("2024-07-01 10:00 -0330").as_deref(), Some("2024-07-01 13:30:00"));
        assert_eq!(vienna("2024-07-01 10:00 +01").as_deref(), Some("2024-07-01 09:00:00"));
        assert_eq!(vienna("2024-07-01 10:00 +25:30").as_deref(), Some("2024-06-30 08:30:00"));
        assert_eq!(vienna("2024-07-01 10:00 -01:60").as_deref(), Some("2024-07-01 12:00:00"));
        assert_eq!(vienna("2024-07-01 10:00 Z").as_deref(), Some("2024-07-01 10:00:00"));
        assert_eq!(vienna("2024-07-01 10:00").as_deref(), Some("2024-07-01 08:00:00"));
    }

    #[test]
    fn timestamps_are_instants_in_every_zone() {
        let tokyo = |text, format| read_in("Asia/Tokyo", text, format);
        assert_eq!(tokyo("86400", "X").as_deref(), Some("1970-01-02"));
        assert_eq!(tokyo("86400.250", "X").as_deref(), Some("1970-01-02 00:00:00.250"));
        assert_eq!(tokyo("-1500", "x").as_deref(), Some("1969-12-31 23:59:58.500"));
        assert_eq!(tokyo("9e99", "X").as_deref(), Some("1970-01-01 00:00:09"));
        assert_eq!(tokyo("99999999999999999999", "x"), None);
    }

    #[test]
    fn weeks_name_days() {
        let cases = [
            ("2024-W10-2", "GGGG-[W]WW-E", "2024-03-05"),
            ("2024 W1", "GGGG [W]W", "2024-01-01"),
            ("2026 53", "GGGG W", "2026-12-28"),
            ("2024 10 3", "gggg ww d", "2024-03-06"),
            ("Wednesday July", "dddd MMMM", "2026-07-01"),
            ("2024 10 3", "gggg ww e", "2024-03-06"),
            ("24 1", "gg w", "2023-12-31"),
            ("Friday", "dddd", "2026-05-22"),
            ("sa", "dd", "2026-05-23"),
        ];
        for (text, format, expected) in cases {
            assert_eq!(read(text, format).as_deref(), Some(expected), "{text} as {format}");
        }
        for (text, format) in
            [("2025 53", "GGGG W"), ("2024 0", "GGGG W"), ("2024 1 8", "GGGG W E"), ("2024 1 7", "gggg w d")]
        {
            assert_eq!(read(text, format), None, "{text} as {format}");
        }
    }

    #[test]
    fn missing_parts_come_from_today_or_are_the_first() {
        assert_eq!(read("08:15", "HH:mm").as_deref(), Some("2026-05-20 08:15:00"));
        assert_eq!(read("17", "D").as_deref(), Some("2026-05-17"));
        assert_eq!(read("3", "M").as_deref(), Some("2026-03-01"));
        assert_eq!(read("2020", "YYYY").as_deref(), Some("2020-01-01"));
        assert_eq!(read("2020 9", "YYYY D").as_deref(), Some("2020-01-09"));
        assert_eq!(read_in("Pacific/Kiritimati", "23:00", "HH:mm").as_deref(), Some("2026-05-21 09:00:00"));
    }

    #[test]
    fn separators_and_leftovers_do_not_matter() {
        assert_eq!(read("20240229", "YYYY-MM-DD").as_deref(), Some("2024-02-29"));
        assert_eq!(read("2024/2/9 and more", "YYYY-MM-DD").as_deref(), Some("2024-02-09"));
        assert_eq!(read("due: 2024-02-09", "YYYY-MM-DD").as_deref(), Some("2024-02-09"));
        assert_eq!(read("week of 9.2.2024", "[week of] D.M.YYYY").as_deref(), Some("2024-02-09"));
        assert_eq!(read("2024-02", "YYYY-MM-DD").as_deref(), Some("2024-02-01"));
    }

    #[test]
    fn what_cannot_be_is_no_date() {
        let cases = [
            ("2023-02-29", "YYYY-MM-DD"),
            ("2023-00-10", "YYYY-MM-DD"),
            ("2023-13-10", "YYYY-MM-DD"),
            ("2023-01-32", "YYYY-MM-DD"),
            ("2023-01-02 25:00", "YYYY-MM-DD HH:mm"),
            ("2023-01-02 24:01", "YYYY-MM-DD HH:mm"),
            ("2023-01-02 10:60", "YYYY-MM-DD HH:mm"),
            ("2023-01-02 10:10:60", "YYYY-MM-DD HH:mm:ss"),
            ("2023 366", "YYYY DDD"),
            ("2023 0", "YYYY DDD"),
            ("2023 5", "YYYY Q"),
            ("Smarch 1 2023", "MMMM D YYYY"),
            ("Someday 2023-01-02", "dddd YYYY-MM-DD"),
            ("Friday 2024-08-01", "dddd YYYY-MM-DD"),
            ("no digits", "YYYY-MM-DD"),
            ("", "YYYY"),
            ("2023", "[only text]"),
            ("2023", ""),
            ("pm", "A"),
            ("Monday July", "dddd MMMM"),
            ("Thu 2024 8", "ddd YYYY D"),
            ("99999999999", "Y"),
        ];
        for (text, format) in cases {
            assert_eq!(read(text, format), None, "{text} as {format}");
        }
        assert_eq!(read(&"1".repeat(LONGEST + 1), "YYYY"), None);
    }
}
