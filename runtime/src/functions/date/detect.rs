//! Reading dates whose form is not known (iml.md 11.2).
//!
//! The forms that Make names are read, and no others: a text that merely looks like a date is an error rather than
//! a guess.

use super::civil::{Civil, days_in_month};
use super::zone::Zone;
use crate::value::utf16;

/// The instant that `text` names, in milliseconds since 1970. Texts without an offset are times of `zone`. `None`
/// where the text has none of the forms, or names a day or time that does not exist.
pub(crate) fn detect(text: &str, zone: &Zone) -> Option<i64> {
    let mut reader = Reader(utf16::trim(text).as_bytes());
    let (form, date) = reader.date()?;
    let time = if reader.0.is_empty() { Time::default() } else { reader.time(form)? };
    if !reader.0.is_empty() || !is_real(&date, &time) {
        return None;
    }
    let civil =
        Civil { hour: time.hour, minute: time.minute, second: time.second, millis: time.millis, ..date };
    match time.offset {
        Some(minutes) => Zone::UTC.instant(Civil { minute: civil.minute - minutes, ..civil }),
        None => zone.instant(civil),
    }
}

/// How the date is written, which decides what may follow.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// `2016-06-20`
    Dashes,
    /// `2016/06/20`, `06/20/2016`
    Slashes,
    /// `20.6.2016`
    Points,
}

#[derive(Default)]
struct Time {
    hour: i64,
    minute: i64,
    second: i64,
    millis: i64,
    offset: Option<i64>,
}

fn is_real(date: &Civil, time: &Time) -> bool {
    let is_midnight = time.hour == 24 && time.minute == 0 && time.second == 0 && time.millis == 0;
    (1..=12).contains(&date.month)
        && (1..=days_in_month(date.year, date.month)).contains(&date.day)
        && (time.hour < 24 || is_midnight)
        && time.minute < 60
        && time.second < 60
}

struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    /// A number of `least` to `most` digits.
    fn number(&mut self, least: usize, most: usize) -> Option<i64> {
        let count = self.0.iter().take(most).take_while(|byte| byte.is_ascii_digit()).count();
        let (digits, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        let number = digits.iter().fold(0, |number, digit| number * 10 + i64::from(digit - b'0'));
        (count >= least).then_some(number)
    }

    fn skip(&mut self, text: &[u8]) -> Option<()> {
        self.0 = self.0.strip_prefix(text)?;
        Some(())
    }

    fn date(&mut self) -> Option<(Form, Civil)> {
        let digits = self.0.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (form, [year, month, day]) = match (digits, self.0.get(digits)?) {
            (4, b'-') => (Form::Dashes, self.three(b"-", [4, 2, 2])?),
            (4, b'/') => (Form::Slashes, self.three(b"/", [4, 2, 2])?),
            (2, b'/') => {
                let [month, day, year] = self.three(b"/", [2, 2, 4])?;
                (Form::Slashes, [year, month, day])
            }
            (1 | 2, b'.') => {
                let day = self.number(1, 2)?;
                self.skip(b".")?;
                let month = self.number(1, 2)?;
                self.skip(b".")?;
                (Form::Points, [self.number(4, 4)?, month, day])
            }
            _ => return None,
        };
        Some((form, Civil { year, month, day, hour: 0, minute: 0, second: 0, millis: 0 }))
    }

    /// Three numbers of fixed widths with a separator between them.
    fn three(&mut self, separator: &[u8], widths: [usize; 3]) -> Option<[i64; 3]> {
        let [first, second, third] = widths;
        let first = self.number(first, first)?;
        self.skip(separator)?;
        let second = self.number(second, second)?;
        self.skip(separator)?;
        Some([first, second, self.number(third, third)?])
    }

    fn time(&mut self, form: Form) -> Option<Time> {
        if form != Form::Dashes || self.skip(b"T").is_none() {
            self.skip(b" ")?;
        }
        let width = self.0.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let mut time = Time { hour: self.number(1, 2)?, ..Time::default() };
        self.skip(b":")?;
        time.minute = self.number(2, 2)?;
        if form == Form::Slashes && self.meridiem(&mut time)?.is_some() {
            return Some(time);
        }
        if width != 2 {
            return None;
        }
        if self.skip(b":").is_some() {
            time.second = self.number(2, 2)?;
            if form == Form::Dashes && self.skip(b".").is_some() {
                time.millis = self.fraction()?;
            }
        }
        time.offset = self.offset()?;
        Some(time)
    }

    /// `AM` or `PM` at the end. The inner `None` says that there is neither, the outer one that the hour does not
    /// exist.
    fn meridiem(&mut self, time: &mut Time) -> Option<Option<()>> {
        let rest = self.0.trim_ascii_start();
        let afternoon = if rest.eq_ignore_ascii_case(b"am") {
            0
        } else if rest.eq_ignore_ascii_case(b"pm") {
            12
        } else {
            return Some(None);
        };
        self.0 = b"";
        if !(1..=12).contains(&time.hour) {
            return None;
        }
        time.hour = time.hour % 12 + afternoon;
        Some(Some(()))
    }

    /// Digits of a second's fraction, cut to milliseconds.
    fn fraction(&mut self) -> Option<i64> {
        let count = self.0.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (digits, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        let digit = |at: usize| digits.get(at).map_or(0, |digit| i64::from(digit - b'0'));
        (count > 0).then(|| digit(0) * 100 + digit(1) * 10 + digit(2))
    }

    /// An offset at the end, in minutes, if there is one.
    fn offset(&mut self) -> Option<Option<i64>> {
        if self.0.is_empty() {
            return Some(None);
        }
        if self.skip(b"Z").is_some() {
            return Some(Some(0));
        }
        let _ = self.skip(b" GMT");
        let sign = if self.skip(b"-").is_some() {
            -1
        } else {
            self.skip(b"+")?;
            1
        };
        let hours = self.number(2, 2)?;
        let _ = self.skip(b":");
        let minutes = self.number(2, 2)?;
        (hours < 24 && minutes < 60).then_some(Some(sign * (hours * 60 + minutes)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{format, token};
    use super::*;

    fn read_in(zone: &str, text: &str) -> Option<String> {
        let mut out = String::new();
        let instant = detect(text, &Zone::find(zone).unwrap())?;
        format::write(&mut out, &token::items("YYYY-MM-DD HH:mm:ss.SSS"), instant, &Zone::UTC);
        Some(out)
    }

    #[test]
    fn every_form_is_read() {
        let cases = [
            ("2024-02-29", "2024-02-29 00:00:00.000"),
            ("2024-02-29T13:45", "2024-02-29 13:45:00.000"),
            ("2024-02-29 13:45:10", "2024-02-29 13:45:10.000"),
            ("2024-02-29T13:45:10.5", "2024-02-29 13:45:10.500"),
            ("2024-02-29T13:45:10.123987Z", "2024-02-29 13:45:10.123"),
            ("2024-02-29 13:45-01:30", "2024-02-29 15:15:00.000"),
            ("2024-02-29T13:45:10+0530", "2024-02-29 08:15:10.000"),
            ("2024-02-29 13:45:10 GMT-03:00", "2024-02-29 16:45:10.000"),
            ("2024/02/29", "2024-02-29 00:00:00.000"),
            ("2024/02/29 13:45", "2024-02-29 13:45:00.000"),
            ("2024/02/29 13:45:10+02:00", "2024-02-29 11:45:10.000"),
            ("2024/02/29 1:45 PM", "2024-02-29 13:45:00.000"),
            ("02/29/2024", "2024-02-29 00:00:00.000"),
            ("02/29/2024 12:05 am", "2024-02-29 00:05:00.000"),
            ("02/29/2024 12:05 pm", "2024-02-29 12:05:00.000"),
            ("02/29/2024 13:45:10", "2024-02-29 13:45:10.000"),
            ("29.2.2024", "2024-02-29 00:00:00.000"),
            ("09.02.2024 13:45", "2024-02-09 13:45:00.000"),
            ("9.2.2024 13:45:10-02:00", "2024-02-09 15:45:10.000"),
            ("\t2024-02-29 \n", "2024-02-29 00:00:00.000"),
            ("2024-02-29T24:00", "2024-03-01 00:00:00.000"),
        ];
        for (text, expected) in cases {
            assert_eq!(read_in("UTC", text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn without_an_offset_the_zone_counts() {
        assert_eq!(read_in("Asia/Tokyo", "2024-02-29").as_deref(), Some("2024-02-28 15:00:00.000"));
        assert_eq!(read_in("Asia/Tokyo", "02/29/2024 9:00 AM").as_deref(), Some("2024-02-29 00:00:00.000"));
        assert_eq!(read_in("Asia/Tokyo", "2024-02-29T09:00Z").as_deref(), Some("2024-02-29 09:00:00.000"));
    }

    #[test]
    fn anything_else_is_refused() {
        let cases = [
            "",
            " ",
            "soon",
            "2024",
            "2024-02",
            "20240229",
            "1709164800",
            "24-02-29",
            "2024-2-9",
            "2/29/2024",
            "2023-02-29",
            "30.2.2024",
            "13/01/2024",
            "2024/13/01",
            "2024-00-10",
            "2024-01-00",
            "29.2.24",
            "2024-02-29T",
            "2024-02-29T13",
            "2024-02-29T1:45",
            "2024-02-29T25:00",
            "2024-02-29T24:01",
            "2024-02-29T13:60",
            "2024-02-29T13:45:60",
            "2024-02-29T13:45:10.",
            "2024-02-29T13:45+5",
            "2024-02-29T13:45+25:00",
            "2024-02-29T13:45 CET",
            "2024-02-29 1:45 PM",
            "2024/02/29T13:45",
            "2024/02/29 13:45 PM",
            "2024/02/29 0:45 AM",
            "2024/02/29 13:45:10.5",
            "2024-02-29 13:45x",
            "Feb 29, 2024",
            "２024-02-29",
            "2024-02-29  13:45",
        ];
        for text in cases {
            assert_eq!(read_in("UTC", text), None, "{text}");
        }
    }
}
