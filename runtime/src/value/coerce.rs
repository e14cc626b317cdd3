//! Coercions to text and number (iml.md 7.1, 7.2).

use std::borrow::Cow;
use std::fmt::{self, Write as _};

use smol_str::SmolStr;

use super::{Value, utf16};

impl Value {
    /// Appends the value's text (iml.md 7.1).
    #[inline]
    pub fn write_text(&self, out: &mut String) {
        match self {
            Self::Text(text) => out.push_str(text),
            other => other.write_other_text(out),
        }
    }

    fn write_other_text(&self, out: &mut String) {
        match self {
            Self::Undefined | Self::Null | Self::EmptyText => {}
            Self::Bool(bool) => out.push_str(if *bool { "true" } else { "false" }),
            Self::Number(number) => number.write(out),
            Self::Text(text) => out.push_str(text),
            // Writing to a String cannot fail.
            Self::Date(date) => drop(write!(out, "{date}")),
            Self::Buffer(buffer) => out.push_str(&String::from_utf8_lossy(buffer)),
            Self::Array(items) => write_joined(items, ",", out),
            Self::Object(_) => out.push_str("{object}"),
        }
    }

    /// The value's text (iml.md 7.1).
    ///
    /// ```
    /// use linchpin::value::Value;
    ///
    /// assert_eq!(Value::from(1.5).to_text(), "1.5");
    /// assert_eq!(Value::Null.to_text(), "");
    /// assert_eq!(Value::array(vec![Value::from("a"), Value::Null, Value::TRUE]).to_text(), "a,,true");
    /// ```
    #[must_use]
    pub fn to_text(&self) -> SmolStr {
        match self {
            Self::Text(text) => text.clone(),
            Self::Undefined | Self::Null | Self::EmptyText => SmolStr::new_static(""),
            Self::Bool(bool) => SmolStr::new_static(if *bool { "true" } else { "false" }),
            Self::Object(_) => SmolStr::new_static("{object}"),
            other => {
                let mut text = String::new();
                other.write_other_text(&mut text);
                SmolStr::from(text)
            }
        }
    }

    /// The value's text, borrowed where it is text already.
    #[must_use]
    pub fn text_form(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::Undefined | Self::Null | Self::EmptyText => Cow::Borrowed(""),
            other => {
                let mut text = String::new();
                other.write_other_text(&mut text);
                Cow::Owned(text)
            }
        }
    }

    /// What JavaScript's `String()` gives: as the text, but nullish values have names, and a collection is
    /// `[object Object]`. Used where IML compares by `String()` (iml.md 9.1 `switch`, 9.5 `distinct`).
    pub(crate) fn string_form(&self) -> Cow<'_, str> {
        match self {
            Self::Undefined => Cow::Borrowed("undefined"),
            Self::Null => Cow::Borrowed("null"),
            Self::Object(_) => Cow::Borrowed("[object Object]"),
            other => other.text_form(),
        }
    }

    /// What JavaScript's `Number()` gives (iml.md 7.2). NaN where there is no number in the value.
    ///
    /// ```
    /// use linchpin::value::Value;
    ///
    /// assert_eq!(Value::from(" 0x10 ").to_number(), 16.0);
    /// assert_eq!(Value::Null.to_number(), 0.0);
    /// assert!(Value::Undefined.to_number().is_nan());
    /// ```
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "IML computes with doubles")]
    pub fn to_number(&self) -> f64 {
        match self {
            Self::Number(number) => number.as_f64(),
            Self::Text(text) => text_to_number(text),
            Self::Null | Self::EmptyText => 0.0,
            Self::Bool(bool) => f64::from(u8::from(*bool)),
            Self::Date(date) => date.as_millis() as f64,
            Self::Array(_) | Self::Buffer(_) => text_to_number(&self.text_form()),
            Self::Undefined | Self::Object(_) => f64::NAN,
        }
    }
}

impl fmt::Display for Value {
    /// The value's text (iml.md 7.1).
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text_form())
    }
}

/// Appends the texts of the items with `separator` between them.
pub(crate) fn write_joined(items: &[Value], separator: &str, out: &mut String) {
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            out.push_str(separator);
        }
        item.write_text(out);
    }
}

/// `Number()` of text: blank is zero, what is no number is NaN.
fn text_to_number(text: &str) -> f64 {
    if utf16::trim(text).is_empty() { 0.0 } else { parse_number(text).unwrap_or(f64::NAN) }
}

/// A numeric literal of JavaScript with whitespace around it; `None` for blank text and anything else.
#[allow(clippy::cast_precision_loss, reason = "IML computes with doubles")]
pub(crate) fn parse_number(text: &str) -> Option<f64> {
    let text = utf16::trim(text);
    let (radix, digits) = match text.as_bytes() {
        [b'0', b'x' | b'X', ..] => (16, text.get(2..)?),
        [b'0', b'o' | b'O', ..] => (8, text.get(2..)?),
        [b'0', b'b' | b'B', ..] => (2, text.get(2..)?),
        _ => return parse_decimal(text),
    };
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(radix)) {
        return None;
    }
    // One rounding where the digits fit; beyond that each step rounds, which is near enough.
    let step = |number: f64, digit: char| {
        number.mul_add(f64::from(radix), f64::from(digit.to_digit(radix).unwrap_or(0)))
    };
    let exact = u128::from_str_radix(digits, radix).map(|exact| exact as f64);
    Some(exact.unwrap_or_else(|_| digits.chars().fold(0.0, step)))
}

fn parse_decimal(text: &str) -> Option<f64> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if unsigned == "Infinity" {
        return Some(if text.starts_with('-') { f64::NEG_INFINITY } else { f64::INFINITY });
    }
    // Rust also reads `inf` and `nan`, which JavaScript does not.
    let is_literal = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'+' | b'-');
    if text.bytes().all(is_literal) { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{Date, Object};

    #[test]
    fn text_of_every_kind() {
        let nested = Value::array(vec![Value::from(2), Value::Undefined, Value::from("c")]);
        let cases = [
            (Value::Undefined, ""),
            (Value::Null, ""),
            (Value::EmptyText, ""),
            (Value::TRUE, "true"),
            (Value::number(-0.0), "0"),
            (Value::number(1e-7), "1e-7"),
            (Value::from("x"), "x"),
            (Value::from(Date::from_millis(0)), "1970-01-01T00:00:00.000Z"),
            (Value::from(vec![0x61_u8, 0xFF]), "a\u{FFFD}"),
            (Value::array(vec![Value::from(1), nested, Value::Null]), "1,2,,c,"),
            (Value::from(Object::new()), "{object}"),
        ];
        for (value, text) in cases {
            assert_eq!(value.to_text(), text);
            assert_eq!(value.to_string(), text);
            let mut buffer = String::from("<");
            value.write_text(&mut buffer);
            assert_eq!(buffer, format!("<{text}"));
        }
    }

    #[test]
    fn number_of_text_follows_javascript() {
        let cases = [
            ("", 0.0),
            (" \n\t", 0.0),
            ("12", 12.0),
            (" 1.5e3 ", 1500.0),
            ("+.5", 0.5),
            ("5.", 5.0),
            ("-0x10", f64::NAN),
            ("0x1F", 31.0),
            ("0b101", 5.0),
            ("0o17", 15.0),
            ("0x", f64::NAN),
            ("0x+5", f64::NAN),
            ("0x200000000000011", 144_115_188_075_855_904.0),
            ("1_000", f64::NAN),
            ("inf", f64::NAN),
            ("nan", f64::NAN),
            ("-Infinity", f64::NEG_INFINITY),
            ("12px", f64::NAN),
            (".", f64::NAN),
            ("e5", f64::NAN),
            ("--1", f64::NAN),
        ];
        for (text, number) in cases {
            let got = Value::from(text).to_number();
            assert!(got == number || (got.is_nan() && number.is_nan()), "{text:?} gave {got}");
        }
    }

    #[test]
    fn number_of_other_kinds() {
        assert_eq!(Value::empty_array().to_number(), 0.0);
        assert_eq!(Value::array(vec![Value::from("5")]).to_number(), 5.0);
        assert!(Value::array(vec![Value::from(1), Value::from(2)]).to_number().is_nan());
        assert_eq!(Value::TRUE.to_number(), 1.0);
        assert_eq!(Value::EmptyText.to_number(), 0.0);
        assert_eq!(Value::from(Date::from_millis(5)).to_number(), 5.0);
        assert!(Value::from(Object::new()).to_number().is_nan());
    }
}
