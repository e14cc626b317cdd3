//! Text as JavaScript counts it: in UTF-16 code units (iml.md 1).
//!
//! Where all text is ASCII, units and bytes are the same, and every function here takes that shorter way.

use std::cmp::Ordering;

use smol_str::SmolStr;

/// The length in code units.
pub(crate) fn length(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().map(char::len_utf16).sum() }
}

/// The units from `start` to `end`. A surrogate whose other half is cut off becomes U+FFFD, since Rust's text cannot
/// hold it (iml.md 18).
pub(crate) fn slice(text: &str, start: usize, end: usize) -> SmolStr {
    if text.is_ascii() {
        return SmolStr::new(text.get(start.min(text.len())..end.min(text.len())).unwrap_or(""));
    }
    let units = text.encode_utf16().skip(start).take(end.saturating_sub(start));
    char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// Position of `needle` in code units, at or after the unit `from`.
pub(crate) fn find(text: &str, needle: &str, from: usize) -> Option<usize> {
    // Nothing is everywhere, also between the halves of a pair.
    if needle.is_empty() {
        return Some(from.min(length(text)));
    }
    let start = byte_offset(text, from);
    let at = start + text.get(start..)?.find(needle)?;
    text.get(..at).map(length)
}

/// The byte at which the unit `units` begins; the end of the text when there are fewer. A position inside a
/// surrogate pair counts as the one behind it.
fn byte_offset(text: &str, units: usize) -> usize {
    if text.is_ascii() {
        return units.min(text.len());
    }
    let mut seen = 0;
    for (at, char) in text.char_indices() {
        if seen >= units {
            return at;
        }
        seen += char.len_utf16();
    }
    text.len()
}

/// The order of JavaScript's `<`: by code units. It differs from the order of bytes only where a character above
/// U+FFFF meets one from U+E000 to U+FFFF.
pub(crate) fn compare(a: &str, b: &str) -> Ordering {
    let differs = a.bytes().zip(b.bytes()).position(|(a, b)| a != b);
    match differs.and_then(|at| Some((*a.as_bytes().get(at)?, *b.as_bytes().get(at)?))) {
        None => a.len().cmp(&b.len()),
        Some((x, y)) if x < 0xEE && y < 0xEE => x.cmp(&y),
        Some(_) => a.encode_utf16().cmp(b.encode_utf16()),
    }
}

/// Whitespace as `trim` and `Number()` of JavaScript see it (iml.md 18).
pub(crate) fn is_space(char: char) -> bool {
    matches!(char, '\t'..='\r' | ' ' | '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}')
        || matches!(char, '\u{2028}' | '\u{2029}' | '\u{202F}' | '\u{205F}' | '\u{3000}' | '\u{FEFF}')
}

/// The text without whitespace at both ends.
pub(crate) fn trim(text: &str) -> &str {
    text.trim_matches(is_space)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_code_units() {
        assert_eq!(length("abc"), 3);
        assert_eq!(length("žlu"), 3);
        assert_eq!(length("a😀"), 3);
    }

    #[test]
    fn slices_by_units_and_marks_a_cut_pair() {
        assert_eq!(slice("hello", 1, 3), "el");
        assert_eq!(slice("hello", 4, 99), "o");
        assert_eq!(slice("hello", 9, 99), "");
        assert_eq!(slice("a😀b", 1, 3), "😀");
        assert_eq!(slice("a😀b", 2, 4), "\u{FFFD}b");
        assert_eq!(slice("a😀b", 0, 2), "a\u{FFFD}");
    }

    #[test]
    fn finds_by_units() {
        assert_eq!(find("a😀bb", "b", 0), Some(3));
        assert_eq!(find("a😀bb", "b", 4), Some(4));
        assert_eq!(find("a😀bb", "b", 5), None);
        assert_eq!(find("abc", "", 2), Some(2));
        assert_eq!(find("abc", "", 9), Some(3));
        assert_eq!(find("a😀", "", 2), Some(2));
        assert_eq!(find("é", "é", 0), Some(0));
    }

    #[test]
    fn orders_by_units_not_by_bytes() {
        assert_eq!(compare("B", "a"), Ordering::Less);
        assert_eq!(compare("a", "ab"), Ordering::Less);
        assert_eq!(compare("10", "9"), Ordering::Less);
        // U+1F600 begins with the unit D83D, which is below E000.
        assert_eq!(compare("😀", "\u{E000}"), Ordering::Less);
        assert_eq!(compare("x\u{E000}", "x😀"), Ordering::Greater);
        assert_eq!(compare("é", "z"), Ordering::Greater);
        assert_eq!(compare("same", "same"), Ordering::Equal);
    }

    #[test]
    fn trims_what_javascript_trims() {
        assert_eq!(trim("\u{FEFF}\u{A0}\u{B} a b \u{2028}\r\n"), "a b");
        assert_eq!(trim("\u{85}a\u{180E}"), "\u{85}a\u{180E}");
    }
}
