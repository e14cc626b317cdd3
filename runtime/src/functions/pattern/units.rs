//! Text as code units, in the form of text.
//!
//! Without the flags `u` and `v` JavaScript matches code units of UTF-16: `.` takes half of an emoji. The engines
//! here know code points only. So where it matters, each half of a surrogate pair becomes a code point of its own,
//! from a private plane that no such text can contain otherwise, since all code points beyond U+FFFF are split.

use std::borrow::Cow;

/// Stands before the number of a surrogate.
const PLANE: u32 = 0x0010_0000;

/// Splits what lies beyond U+FFFF into code units.
pub(crate) fn split(text: &str) -> Cow<'_, str> {
    // Only those take four bytes in UTF-8.
    if !text.bytes().any(|byte| byte >= 0xF0) {
        return Cow::Borrowed(text);
    }
    let mut buffer = [0; 2];
    let mut units = String::with_capacity(text.len() * 2);
    for char in text.chars() {
        for unit in char.encode_utf16(&mut buffer) {
            units.extend(unit_to_char(u32::from(*unit)));
        }
    }
    Cow::Owned(units)
}

/// The inverse of [`split`]. Half of a pair whose other half is gone becomes U+FFFD.
pub(crate) fn join(units: &str) -> String {
    let units = units.chars().map(|char| u16::try_from(char_to_unit(char)).unwrap_or(0xFFFD));
    char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// The code point that stands for a code unit.
pub(crate) fn unit_to_char(unit: u32) -> Option<char> {
    char::from_u32(unit).or_else(|| char::from_u32(PLANE + unit))
}

/// The inverse of [`unit_to_char`].
pub(crate) fn char_to_unit(char: char) -> u32 {
    let code = u32::from(char);
    code.checked_sub(PLANE).unwrap_or(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splitting_and_joining_are_inverse() {
        for text in ["", "plain", "Grüße €", "a😀b🏴\u{10FFFF}\u{10D83D}"] {
            assert_eq!(join(&split(text)), text);
        }
        assert!(matches!(split("Grüße"), Cow::Borrowed(_)));
        assert_eq!(split("😀").chars().count(), 2);
    }

    #[test]
    fn halves_become_the_mark_of_a_loss() {
        let split = split("😀").into_owned();
        let (first, second) = split.split_at(4);
        assert_eq!(join(first), "\u{FFFD}");
        assert_eq!(join(&format!("{second}{first}")), "\u{FFFD}\u{FFFD}");
    }
}
