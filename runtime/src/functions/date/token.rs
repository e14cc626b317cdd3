//! The tokens of moment.js (iml.md 11.3, 11.4), English locale: one table for writing and for reading.

use smol_str::SmolStr;

/// What a token stands for. Widths are least numbers of digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token {
    /// Year, with a plus sign from the year 10000 on.
    Year,
    /// Last two digits of the year.
    YearShort,
    /// Year with so many digits.
    YearWide(usize),
    /// Year with six digits and a sign.
    YearSigned,
    /// Year counted within its era.
    EraYear(usize),
    /// The same with its ending.
    EraYearOrdinal,
    /// `AD`, `BC`
    Era,
    /// `Anno Domini`, `Before Christ`
    EraLong,
    /// Quarter.
    Quarter,
    /// Quarter with its ending.
    QuarterOrdinal,
    /// Month by number.
    Month(usize),
    /// Month with its ending.
    MonthOrdinal,
    /// `Jan`
    MonthShort,
    /// `January`
    MonthLong,
    /// Day of the month.
    Day(usize),
    /// Day of the month with its ending.
    DayOrdinal,
    /// Day of the year.
    DayOfYear(usize),
    /// Day of the year with its ending.
    DayOfYearOrdinal,
    /// Day of the week from 0, which is Sunday.
    Weekday,
    /// The same with its ending.
    WeekdayOrdinal,
    /// Day of the week by the locale, the same in English.
    WeekdayLocale,
    /// Day of the week from 1, which is Monday.
    WeekdayIso,
    /// `Su`
    WeekdayMin,
    /// `Sun`
    WeekdayShort,
    /// `Sunday`
    WeekdayLong,
    /// Week by the locale.
    Week(usize),
    /// The same with its ending.
    WeekOrdinal,
    /// Week of ISO 8601.
    IsoWeek(usize),
    /// The same with its ending.
    IsoWeekOrdinal,
    /// Last two digits of the year that the locale's week belongs to.
    WeekYearShort,
    /// The year that the locale's week belongs to.
    WeekYear(usize),
    /// Last two digits of the year that the ISO week belongs to.
    IsoWeekYearShort,
    /// The year that the ISO week belongs to.
    IsoWeekYear(usize),
    /// Hour, 0 to 23.
    Hour(usize),
    /// Hour, 1 to 12.
    HalfHour(usize),
    /// Hour, 1 to 24.
    OneHour(usize),
    /// Hour and minute, such as 905.
    HourMinute,
    /// Hour, minute and second.
    HourMinuteSecond,
    /// Hour of half a day, and minute.
    HalfHourMinute,
    /// Hour of half a day, minute and second.
    HalfHourMinuteSecond,
    /// `AM`, `PM`
    MeridiemUpper,
    /// `am`, `pm`
    MeridiemLower,
    /// Minute.
    Minute(usize),
    /// Second.
    Second(usize),
    /// So many digits of the second's fraction.
    Fraction(usize),
    /// `+02:00`
    Offset,
    /// `+0200`
    OffsetCompact,
    /// Seconds since 1970.
    UnixSeconds,
    /// Milliseconds since 1970.
    UnixMillis,
    /// `CEST`
    ZoneName,
}

/// Every token by its spelling. Where several fit, the longest is meant.
#[rustfmt::skip]
const TOKENS: &[(&str, Token)] = &[
    ("Y", Token::Year), ("YY", Token::YearShort), ("YYYY", Token::YearWide(4)), ("YYYYY", Token::YearWide(5)),
    ("YYYYYY", Token::YearSigned),
    ("y", Token::EraYear(1)), ("yy", Token::EraYear(2)), ("yyy", Token::EraYear(3)), ("yyyy", Token::EraYear(4)),
    ("yo", Token::EraYearOrdinal),
    ("N", Token::Era), ("NN", Token::Era), ("NNN", Token::Era), ("NNNN", Token::EraLong), ("NNNNN", Token::Era),
    ("Q", Token::Quarter), ("Qo", Token::QuarterOrdinal),
    ("M", Token::Month(1)), ("MM", Token::Month(2)), ("Mo", Token::MonthOrdinal),
    ("MMM", Token::MonthShort), ("MMMM", Token::MonthLong),
    ("D", Token::Day(1)), ("DD", Token::Day(2)), ("Do", Token::DayOrdinal),
    ("DDD", Token::DayOfYear(1)), ("DDDD", Token::DayOfYear(3)), ("DDDo", Token::DayOfYearOrdinal),
    ("d", Token::Weekday), ("do", Token::WeekdayOrdinal), ("e", Token::WeekdayLocale), ("E", Token::WeekdayIso),
    ("dd", Token::WeekdayMin), ("ddd", Token::WeekdayShort), ("dddd", Token::WeekdayLong),
    ("w", Token::Week(1)), ("ww", Token::Week(2)), ("wo", Token::WeekOrdinal),
    ("W", Token::IsoWeek(1)), ("WW", Token::IsoWeek(2)), ("Wo", Token::IsoWeekOrdinal),
    ("gg", Token::WeekYearShort), ("gggg", Token::WeekYear(4)), ("ggggg", Token::WeekYear(5)),
    ("GG", Token::IsoWeekYearShort), ("GGGG", Token::IsoWeekYear(4)), ("GGGGG", Token::IsoWeekYear(5)),
    ("H", Token::Hour(1)), ("HH", Token::Hour(2)), ("h", Token::HalfHour(1)), ("hh", Token::HalfHour(2)),
    ("k", Token::OneHour(1)), ("kk", Token::OneHour(2)),
    ("Hmm", Token::HourMinute), ("Hmmss", Token::HourMinuteSecond),
    ("hmm", Token::HalfHourMinute), ("hmmss", Token::HalfHourMinuteSecond),
    ("A", Token::MeridiemUpper), ("a", Token::MeridiemLower),
    ("m", Token::Minute(1)), ("mm", Token::Minute(2)), ("s", Token::Second(1)), ("ss", Token::Second(2)),
    ("S", Token::Fraction(1)), ("SS", Token::Fraction(2)), ("SSS", Token::Fraction(3)), ("SSSS", Token::Fraction(4)),
    ("SSSSS", Token::Fraction(5)), ("SSSSSS", Token::Fraction(6)), ("SSSSSSS", Token::Fraction(7)),
    ("SSSSSSSS", Token::Fraction(8)), ("SSSSSSSSS", Token::Fraction(9)),
    ("Z", Token::Offset), ("ZZ", Token::OffsetCompact), ("z", Token::ZoneName), ("zz", Token::ZoneName),
    ("X", Token::UnixSeconds), ("x", Token::UnixMillis),
];

/// Tokens that stand for other formats.
#[rustfmt::skip]
const LONG_FORMS: &[(&str, &str)] = &[
    ("LT", "h:mm A"), ("LTS", "h:mm:ss A"),
    ("L", "MM/DD/YYYY"), ("LL", "MMMM D, YYYY"), ("LLL", "MMMM D, YYYY h:mm A"), ("LLLL", "dddd, MMMM D, YYYY h:mm A"),
    ("l", "M/D/YYYY"), ("ll", "MMM D, YYYY"), ("lll", "MMM D, YYYY h:mm A"), ("llll", "ddd, MMM D, YYYY h:mm A"),
];

/// A piece of a format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Item {
    /// Stands for itself: one character, or what stood in brackets.
    Literal(SmolStr),
    /// Stands for a part of a date.
    Token(Token),
}

/// Takes a format apart.
pub(crate) fn items(format: &str) -> Vec<Item> {
    let expanded = expand(format);
    let mut items = Vec::new();
    let mut rest = expanded.as_str();
    while !rest.is_empty() {
        let length = if let Some((length, literal)) = bracketed(rest).or_else(|| escaped(rest)) {
            items.push(Item::Literal(literal.into()));
            length
        } else if let Some((spelling, token)) = longest(TOKENS, rest) {
            items.push(Item::Token(token));
            spelling.len()
        } else {
            let first = rest.chars().next();
            items.extend(first.map(|char| Item::Literal(SmolStr::from_iter([char]))));
            first.map_or(1, char::len_utf8)
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    items
}

/// Puts the formats that long forms stand for in their place.
///
/// This happens to the text, so that what follows a long form may join its last token, as it does in moment.js.
fn expand(format: &str) -> String {
    let mut expanded = String::with_capacity(format.len());
    let mut rest = format;
    while let Some(first) = rest.chars().next() {
        // A backslash protects long forms, and nothing else yet.
        let kept = bracketed(rest).map(|(length, _)| length).or_else(|| {
            longest(LONG_FORMS, rest.strip_prefix('\\')?).map(|(spelling, _)| spelling.len() + 1)
        });
        let length = if let Some(length) = kept {
            expanded.push_str(rest.get(..length).unwrap_or_default());
            length
        } else if let Some((spelling, form)) = longest(LONG_FORMS, rest) {
            expanded.push_str(form);
            spelling.len()
        } else {
            expanded.push(first);
            first.len_utf8()
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    expanded
}

/// The length of a piece in brackets at the start of `rest`, and the text it stands for. Brackets reach to the last
/// closing one before the next opening one.
fn bracketed(rest: &str) -> Option<(usize, &str)> {
    let inside = rest.strip_prefix('[')?;
    let text = inside.get(..inside.find('[').unwrap_or(inside.len()))?;
    let text = text.get(..text.rfind(']')?)?;
    Some((text.len() + 2, text))
}

/// The length of a piece behind a backslash at the start of `rest`, and the text it stands for. A backslash protects
/// a whole token; before another backslash both vanish.
fn escaped(rest: &str) -> Option<(usize, &str)> {
    let escaped = rest.strip_prefix('\\')?;
    // Here moment.js does not know `LTS`.
    let long_form = || longest(LONG_FORMS, escaped).map(|(spelling, _)| spelling.trim_end_matches('S').len());
    let length = longest(TOKENS, escaped)
        .map(|(spelling, _)| spelling.len())
        .or_else(long_form)
        .or_else(|| escaped.chars().next().map(char::len_utf8))
        .unwrap_or(0);
    Some((length + 1, escaped.get(..length)?.trim_start_matches('\\')))
}

fn longest<T: Copy>(table: &[(&'static str, T)], text: &str) -> Option<(&'static str, T)> {
    table
        .iter()
        .filter(|(spelling, _)| text.starts_with(spelling))
        .max_by_key(|(spelling, _)| spelling.len())
        .copied()
}

/// Names of months.
pub(crate) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Names of days, from Sunday.
pub(crate) const WEEKDAYS: [&str; 7] =
    ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/// The ending of an ordinal number.
pub(crate) fn ordinal_ending(number: i64) -> &'static str {
    match (number % 100 / 10, number % 10) {
        (1, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literal(text: &str) -> Item {
        Item::Literal(text.into())
    }

    #[test]
    fn the_longest_token_wins() {
        assert_eq!(items("MMMMM"), [Item::Token(Token::MonthLong), Item::Token(Token::Month(1))]);
        assert_eq!(items("DDDo"), [Item::Token(Token::DayOfYearOrdinal)]);
        assert_eq!(items("DDo"), [Item::Token(Token::Day(2)), literal("o")]);
        assert_eq!(items("YYY"), [Item::Token(Token::YearShort), Item::Token(Token::Year)]);
        assert_eq!(items("HHmm"), [Item::Token(Token::Hour(2)), Item::Token(Token::Minute(2))]);
        assert_eq!(items("Hmm"), [Item::Token(Token::HourMinute)]);
        assert_eq!(items("ggg"), [Item::Token(Token::WeekYearShort), literal("g")]);
        assert_eq!(items("SSSSSSSSSS"), [Item::Token(Token::Fraction(9)), Item::Token(Token::Fraction(1))]);
    }

    #[test]
    fn brackets_and_backslashes_protect() {
        assert_eq!(items("[at] H"), [literal("at"), literal(" "), Item::Token(Token::Hour(1))]);
        assert_eq!(items("[a]b] [c]"), [literal("a]b"), literal(" "), literal("c")]);
        assert_eq!(items("[]"), [literal("")]);
        assert_eq!(
            items("[LT"),
            [
                literal("["),
                Item::Token(Token::HalfHour(1)),
                literal(":"),
                Item::Token(Token::Minute(2)),
                literal(" "),
                Item::Token(Token::MeridiemUpper)
            ]
        );
        assert_eq!(items(r"\MM"), [literal("MM")]);
        assert_eq!(items(r"\LLLL"), [literal("LLLL")]);
        assert_eq!(items(r"\é"), [literal("é")]);
        assert_eq!(items("\\"), [literal("")]);
        assert_eq!(items(r"\\M"), [literal(""), Item::Token(Token::Month(1))]);
        assert_eq!(items(r"\LTS"), [literal("LT"), Item::Token(Token::Fraction(1))]);
        assert_eq!(items(r"\[l]"), [literal("["), literal("l"), literal("]")]);
    }

    #[test]
    fn long_forms_expand() {
        assert_eq!(items("LTS"), items("h:mm:ss A"));
        assert_eq!(items("LLLL"), items("dddd, MMMM D, YYYY h:mm A"));
        assert_eq!(items("[L] l"), items("[L] M/D/YYYY"));
    }

    #[test]
    fn endings_of_ordinals() {
        let all: Vec<_> =
            [0, 1, 2, 3, 4, 10, 11, 12, 13, 21, 22, 53, 111, 112, 121, 365].map(ordinal_ending).into();
        let expected = "th st nd rd th th th th th st nd rd th th st th";
        assert_eq!(all.join(" "), expected);
    }
}
