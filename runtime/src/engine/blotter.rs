//! Secrets, removed from texts by their value (rulings 36).

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::value::Value;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What stands in a secret's place.
pub(crate) const BLOT: &str = "***";

/// Values of connections and `common` that are shorter would blot ordinary words.
const LEAST_DATA: usize = 6;
/// What is declared as a password is blotted also when it is short.
const LEAST_SECRET: usize = 3;

const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Knows secrets by their values and removes them from texts, in each form in which they travel.
#[derive(Clone, Default)]
pub(crate) struct Blotter {
    /// The longest first, so that a secret within a secret leaves no rest.
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
        let encoded = utf8_percent_encode(value, UNRESERVED).to_string();
        self.insert(encoded.replace("%20", "+"));
        self.insert(encoded);
        self.insert(escape_json(value));
    }

    fn insert(&mut self, needle: String) {
        if !self.needles.contains(&needle) {
            let at = self.needles.partition_point(|known| known.len() >= needle.len());
            self.needles.insert(at, needle);
        }
    }

    /// Whether `bytes` hold something secret.
    pub(crate) fn finds(&self, bytes: &[u8]) -> bool {
        let text = String::from_utf8_lossy(bytes);
        self.needles.iter().any(|needle| text.contains(needle.as_str()))
    }

    /// `text` without secrets.
    pub(crate) fn blot<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let mut clean = Cow::Borrowed(text);
        for needle in &self.needles {
            if clean.contains(needle.as_str()) {
                clean = Cow::Owned(clean.replace(needle.as_str(), BLOT));
            }
        }
        clean
    }
}

fn escape_json(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for c in value.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c < ' ' => {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_a_secret_goes() {
        let mut blotter = Blotter::default();
        blotter.add_secret("s3 cr\"t+");
        for text in ["s3 cr\"t+", "s3%20cr%22t%2B", "s3+cr%22t%2B", "s3 cr\\\"t+"] {
            assert_eq!(blotter.blot(&format!("a {text} b")), "a *** b", "{text}");
        }
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
}
