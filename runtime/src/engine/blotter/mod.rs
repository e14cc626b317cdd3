//! Secrets, removed from texts by their value (rulings 36).

mod view;

use std::borrow::Cow;
use std::ops::Range;

use self::view::{Coding, View};
use crate::value::Value;

/// What stands in a secret's place.
pub(crate) const BLOT: &str = "***";

/// Values of connections and `common` that are shorter would blot ordinary words.
const LEAST_DATA: usize = 6;
/// What is declared as a password is blotted also when it is short.
const LEAST_SECRET: usize = 3;

/// How often a text may have been encoded: JSON within JSON within an address.
const MOST_ENCODINGS: u32 = 3;
/// Large bodies are searched piece by piece; a secret that is encoded fits into what two pieces share.
const PIECE: usize = 1 << 18;
const SHARED: usize = 1 << 14;

/// Knows secrets by their values and removes them from texts, however they are encoded there.
#[derive(Clone, Default)]
pub(crate) struct Blotter {
    needles: Vec<String>,
}

impl Blotter {
    /// Learns a password.
    pub(crate) fn add_secret(&mut self, value: &str) {
        if value.chars().count() >= LEAST_SECRET {
            self.add(value);
        }
    }

    /// Learns a value of a connection or of `common`, which may well be no secret.
    pub(crate) fn add_data(&mut self, value: &str) {
        if value.chars().count() >= LEAST_DATA {
            self.add(value);
        }
    }

    /// Learns all texts and numbers within `value`.
    pub(crate) fn add_leaves(&mut self, value: &Value) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.add_leaves(item)),
            Value::Object(object) => object.values().for_each(|member| self.add_leaves(member)),
            Value::Text(_) | Value::Number(_) => self.add_data(&value.to_text()),
            _ => {}
        }
    }

    /// Learns what is called a token or a secret within `value`: the answer of a login, before anybody keeps it.
    pub(crate) fn add_tokens(&mut self, value: &Value) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.add_tokens(item)),
            Value::Object(object) => {
                for (key, member) in object {
                    let key = key.to_ascii_lowercase();
                    if key.ends_with("token") || key.ends_with("secret") {
                        self.add_leaves(member);
                    } else {
                        self.add_tokens(member);
                    }
                }
            }
            _ => {}
        }
    }

    /// Learns all that `other` knows.
    pub(crate) fn merge(&mut self, other: &Self) {
        for needle in &other.needles {
            self.insert(needle.clone());
        }
    }

    fn add(&mut self, value: &str) {
        self.insert(value.to_owned());
        let trimmed = value.trim();
        if trimmed.len() >= LEAST_SECRET {
            self.insert(trimmed.to_owned());
        }
    }

    fn insert(&mut self, needle: String) {
        if !self.needles.contains(&needle) {
            self.needles.push(needle);
        }
    }

    /// Whether `bytes` hold something secret.
    pub(crate) fn finds(&self, bytes: &[u8]) -> bool {
        (0..=bytes.len() / PIECE).any(|at| {
            let from = at * PIECE;
            let to = bytes.len().min(from + PIECE + SHARED);
            let piece = bytes.get(from..to).unwrap_or_default();
            !self.places(&String::from_utf8_lossy(piece)).is_empty()
        })
    }

    /// `text` without secrets.
    pub(crate) fn blot<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let places = self.places(text);
        if places.is_empty() {
            return Cow::Borrowed(text);
        }
        let mut clean = String::with_capacity(text.len());
        let mut done = 0;
        for place in places {
            clean.push_str(text.get(done..place.start).unwrap_or_default());
            clean.push_str(BLOT);
            done = place.end;
        }
        clean.push_str(text.get(done..).unwrap_or_default());
        Cow::Owned(clean)
    }

    /// Where secrets stand, in order and apart from each other: as they are, and as whoever decodes the text reads them.
    fn places(&self, text: &str) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        for needle in &self.needles {
            found.extend(text.match_indices(needle.as_str()).map(|(at, found)| at..at + found.len()));
        }
        if !self.needles.is_empty() {
            for view in Coding::ALL.iter().filter_map(|coding| View::of(text, *coding)) {
                self.look(&view, MOST_ENCODINGS, &mut found);
            }
        }
        found.sort_unstable_by_key(|place| place.start);
        let mut apart: Vec<Range<usize>> = Vec::with_capacity(found.len());
        for place in found {
            let place = text.floor_char_boundary(place.start)..text.ceil_char_boundary(place.end);
            match apart.last_mut() {
                Some(last) if place.start < last.end => last.end = last.end.max(place.end),
                _ => apart.push(place),
            }
        }
        apart
    }

    /// Looks into a decoded text, and into what decoding it again gives.
    fn look(&self, view: &View, depth: u32, found: &mut Vec<Range<usize>>) {
        for needle in &self.needles {
            found.extend(view.find(needle));
        }
        if depth > 1 {
            for deeper in Coding::ALL.iter().filter_map(|coding| view.decoded(*coding)) {
                self.look(&deeper, depth - 1, found);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_a_secret_goes() {
        let mut blotter = Blotter::default();
        blotter.add_secret("s3 cr\"t+");
        for text in [
            "s3 cr\"t+",
            "s3%20cr%22t%2B",
            "s3+cr%22t%2b",
            "s3 cr\\\"t+",
            "s3%20cr\"t+",
            r"s3\u0020cr\u0022t\u002b",
            r#"s3 cr\\\"t+"#,
            "s3 cr&quot;t&#43;",
            "s3&#x20;cr&#34;t+",
            "s3%2520cr%2522t%252B",
        ] {
            assert_eq!(blotter.blot(&format!("ä\\n {text} b%2")), "ä\\n *** b%2", "{text}");
            assert!(blotter.finds(text.as_bytes()));
        }
        for text in ["s3 cr\"u", "s3%20cr", "%", "\\", "&", "\\u00", "&#99999999999;", "%zz+", ""] {
            assert_eq!(blotter.blot(text), text);
        }
    }

    #[test]
    fn secrets_of_other_letters_and_at_the_seams() {
        let mut blotter = Blotter::default();
        blotter.add_secret("pässwörd€😀");
        for text in ["pässwörd€😀", "p%C3%A4ssw%c3%b6rd%E2%82%ac😀", r"p\u00e4ssw\u00F6rd\u20ac\ud83d\ude00"]
        {
            assert_eq!(blotter.blot(&format!("é{text}é")), "é***é", "{text}");
        }
        for before in [PIECE - 5, PIECE, PIECE + SHARED - 3] {
            assert!(blotter.finds(format!("{}pässwörd€😀", "x".repeat(before)).as_bytes()), "{before}");
        }
        assert!(!blotter.finds(&vec![b'x'; 3 * PIECE]));
        assert!(!blotter.finds(&[0xff, 0xfe]));
    }

    #[test]
    fn a_secret_within_a_secret_leaves_no_rest() {
        let mut blotter = Blotter::default();
        blotter.add_data("abcdef");
        blotter.add_data("abcdef-ghi");
        assert_eq!(blotter.blot("abcdef-ghi abcdef"), "*** ***");
    }

    #[test]
    fn short_values_stay() {
        let mut blotter = Blotter::default();
        blotter.add_data("true");
        blotter.add_secret("x");
        assert_eq!(blotter.blot("true x"), "true x");
    }

    fn encode(text: &str, coding: u8) -> String {
        match coding {
            0 => text.bytes().map(|byte| format!("%{byte:02x}")).collect(),
            1 => text.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect(),
            2 => text.chars().map(|c| format!("&#{};", u32::from(c))).collect(),
            _ => Value::from(text).to_json().unwrap_or_default(),
        }
    }

    proptest::proptest! {
        #[test]
        fn nothing_hides_a_secret(
            secret in "[ -~äé€😀]{3,12}",
            around in "[a-z ]{0,4}",
            codings in proptest::collection::vec(0..4_u8, 0..=3),
        ) {
            let mut blotter = Blotter::default();
            blotter.add_secret(&secret);
            let told = codings.iter().fold(secret.clone(), |text, coding| encode(&text, *coding));
            let text = format!("{around}{told}{around}");
            let clean = blotter.blot(&text);
            proptest::prop_assert!(clean.contains(BLOT) && !clean.contains(&secret), "{text} is shown as {clean}");
            proptest::prop_assert!(blotter.finds(text.as_bytes()));
        }

        #[test]
        fn any_text_can_be_searched(text in "[%&;#xu0-9a-f+\\\\äé😀 ]{0,40}", secret in "[%u0-9a-f\\\\é]{3,5}") {
            let mut blotter = Blotter::default();
            blotter.add_secret(&secret);
            proptest::prop_assert!(!blotter.blot(&text).contains(&secret));
        }
    }
}
