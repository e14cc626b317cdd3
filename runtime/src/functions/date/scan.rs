//! Finding the parts of a date in a text: each function answers with the first find, as start and end in bytes, or
//! reads what was found.

/// Where the first run of `least` to `most` digits is, with the sign before it where signs are taken.
pub(crate) fn digits(text: &str, least: usize, most: usize, signed: bool) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    loop {
        let start = at + bytes.get(at..)?.iter().position(u8::is_ascii_digit)?;
        let length = bytes.get(start..)?.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if length >= least {
            let has_sign = signed && start > 0 && matches!(bytes.get(start - 1), Some(b'+' | b'-'));
            return Some((start - usize::from(has_sign), start + length.min(most)));
        }
        at = start + length;
    }
}

/// The first word, with digits that touch it from before.
pub(crate) fn word(text: &str) -> Option<(usize, usize)> {
    let is_letter = |char: char| {
        let code = u32::from(char);
        char == '\''
            || char.is_ascii_alphabetic()
            || matches!(code, 0xA0..=0x5FF | 0x700..=0xD7FF | 0xF900..=0xFDCF | 0xFDF0..=0xFF07 | 0xFF10..=0xFFEF)
    };
    let first = text.find(is_letter)?;
    let before = text.get(..first)?;
    let start = before.trim_end_matches(|char: char| char.is_ascii_digit()).len();
    let length = text.get(first..)?.find(|char| !is_letter(char)).unwrap_or(text.len() - first);
    Some((start, first + length))
}

/// The first one or two digits, with the ending of an ordinal if there is one.
pub(crate) fn ordinal(text: &str) -> Option<(usize, usize)> {
    let (start, end) = digits(text, 1, 2, false)?;
    let has_ending =
        |end: usize| text.get(end..end + 2).is_some_and(|ending| matches!(ending, "st" | "nd" | "rd" | "th"));
    Some((start, if has_ending(end) { end + 2 } else { end }))
}

/// The first `a` or `p`, with an `m` and points behind it.
pub(crate) fn meridiem(text: &str) -> Option<(usize, usize)> {
    let start = text.find(['a', 'A', 'p', 'P'])?;
    let mut rest = text.get(start + 1..)?;
    for optional in [['.', '.'], ['m', 'M'], ['.', '.']] {
        rest = rest.strip_prefix(optional).unwrap_or(rest);
    }
    Some((start, text.len() - rest.len()))
}

/// The first number with up to three decimals.
pub(crate) fn timestamp(text: &str) -> Option<(usize, usize)> {
    let (start, end) = digits(text, 1, usize::MAX, true)?;
    let decimals = text
        .get(end..)?
        .strip_prefix('.')
        .map(|rest| rest.bytes().take(3).take_while(u8::is_ascii_digit).count());
    Some((start, end + decimals.filter(|count| *count > 0).map_or(0, |count| count + 1)))
}

/// The first `Z`, or sign with two or four digits.
pub(crate) fn offset(text: &str) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let two = |at: usize| bytes.get(at..at + 2).is_some_and(|pair| pair.iter().all(u8::is_ascii_digit));
    bytes.iter().enumerate().find_map(|(at, byte)| match byte {
        b'Z' | b'z' => Some((at, at + 1)),
        b'+' | b'-' if two(at + 1) => {
            let minutes = at + 3 + usize::from(bytes.get(at + 3) == Some(&b':'));
            Some((at, if two(minutes) { minutes + 2 } else { at + 3 }))
        }
        _ => None,
    })
}

/// Minutes of an offset that [`offset`] found. As in moment.js any two digits will do.
pub(crate) fn offset_minutes(found: &str) -> i64 {
    let hours = found.get(1..3).map_or(0, integer);
    let minutes = found.get(3..).map_or(0, |rest| integer(rest.trim_start_matches(':')));
    let sign = if found.starts_with('-') { -1 } else { 1 };
    sign * (hours * 60 + minutes)
}

/// The place of the first name of which `word` is a beginning, or that begins with a short form of it: `word` may
/// go on behind the name.
pub(crate) fn named(names: &[&str], short: &[usize], word: &str) -> Option<i64> {
    let begins =
        |prefix: &str| word.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
    let is_meant =
        |name: &&str| begins(name) || short.iter().any(|length| name.get(..*length).is_some_and(begins));
    names.iter().position(is_meant).and_then(|index| i64::try_from(index).ok())
}

pub(crate) fn find_ignoring_case(text: &str, name: &str) -> Option<usize> {
    text.as_bytes().windows(name.len()).position(|window| window.eq_ignore_ascii_case(name.as_bytes()))
}

/// Digits with an optional sign; beyond the range of any date the limit.
pub(crate) fn integer(text: &str) -> i64 {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let number = digits.bytes().fold(0_i64, |number, digit| {
        number.saturating_mul(10).saturating_add(i64::from(digit.wrapping_sub(b'0')))
    });
    sign * number.min(1_000_000_000_000)
}

/// Two digits of a year: up to 68 they are of this century.
pub(crate) fn short_year(text: &str) -> i64 {
    let year = integer(text);
    year + if year > 68 { 1_900 } else { 2_000 }
}

/// Milliseconds of a fraction's digits, cut. The product is JavaScript's, on doubles.
pub(crate) fn fraction_millis(digits: &str) -> i64 {
    let fraction: f64 = format!("0.{digits}").parse().unwrap_or(0.0);
    (fraction * 1_000.0) as i64
}
