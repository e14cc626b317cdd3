//! Finds the end of plain text in a JSON string, eight bytes at a time.

const ONES: u64 = u64::from_le_bytes([1; 8]);
const HIGH: u64 = u64::from_le_bytes([0x80; 8]);

/// How many bytes come before the first that cannot stand in a JSON string as it is: `"`, `\` or a control character.
/// `None` when there is none.
pub(super) fn plain_length(text: &[u8]) -> Option<usize> {
    let (words, rest) = text.as_chunks::<8>();
    for (at, word) in words.iter().enumerate() {
        let special = special_bytes(u64::from_le_bytes(*word));
        if special != 0 {
            return Some(at * 8 + special.trailing_zeros() as usize / 8);
        }
    }
    let at = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1F))?;
    Some(words.len() * 8 + at)
}

/// The high bit of each special byte. Bytes above the first special one may be marked wrongly, since the subtraction
/// borrows from them; only the first is looked at.
fn special_bytes(word: u64) -> u64 {
    let below = |word: u64, limit: u8| word.wrapping_sub(ONES * u64::from(limit)) & !word;
    let equal = |byte: u8| below(word ^ (ONES * u64::from(byte)), 1);
    (equal(b'"') | equal(b'\\') | below(word, 0x20)) & HIGH
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_every_special_byte_at_every_place() {
        for byte in 0..=u8::MAX {
            for place in 0..20 {
                let mut text = [b'!'; 20];
                text[place] = byte;
                let is_special = matches!(byte, b'"' | b'\\' | 0..=0x1F);
                assert_eq!(plain_length(&text), is_special.then_some(place), "{byte} at {place}");
                // What stands behind does not matter.
                text[place + 1..].fill(0);
                let first = if is_special { place } else { place + 1 };
                assert_eq!(plain_length(&text), (first < 20).then_some(first), "{byte} at {place}");
            }
        }
        assert_eq!(plain_length(&[0xFF; 17]), None);
        assert_eq!(plain_length(b""), None);
    }
}
