//! JSON text into values.
//!
//! The lexer is `hifijson`: safe code, no dependencies, and it hands out numbers as written, so that integers of any
//! length stay exact (rulings 2).

use std::fmt;
use std::sync::Arc;

use hifijson::escape::{self, Lex as _};
use hifijson::num::{self, LexWrite as _};
use hifijson::str::{self, LexWrite as _};
use hifijson::token::{Expect, Lex as _};
use hifijson::{Error as LexError, Read as _, SliceLexer};
use smol_str::SmolStr;

use super::scan;
use crate::value::{Builder, Number, Value};

/// JSON nests at most this deep. Nothing real comes near, and it keeps hostile text from exhausting the stack.
const MAX_DEPTH: usize = 512;

/// Text that is not JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseJsonError {
    message: String,
    line: usize,
    column: usize,
}

impl ParseJsonError {
    /// The line of the first character that cannot be, counted from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }

    /// The column of that character, counted in characters from 1.
    #[must_use]
    pub fn column(&self) -> usize {
        self.column
    }

    fn new(text: &[u8], rest: &[u8], error: &LexError) -> Self {
        let read = text.get(..text.len() - rest.len()).unwrap_or(text);
        let line_start = read.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let line = 1 + read.iter().filter(|byte| **byte == b'\n').count();
        let column = 1 + String::from_utf8_lossy(read.get(line_start..).unwrap_or(&[])).chars().count();
        let message = match error {
            LexError::Depth => format!("more than {MAX_DEPTH} levels of nesting"),
            _ if rest.is_empty() => format!("{error}, but the text ends"),
            _ => error.to_string(),
        };
        Self { message, line, column }
    }
}

impl fmt::Display for ParseJsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "invalid JSON at line {}, column {}: {}", self.line, self.column, self.message)
    }
}

impl std::error::Error for ParseJsonError {}

impl Value {
    /// Reads JSON as `JSON.parse` does (iml.md 10): one value, the last of two equal keys counts, integers of any
    /// length stay exact. A byte-order mark is passed over; invalid UTF-8 and lone surrogates become U+FFFD.
    ///
    /// # Errors
    /// The text is not JSON, or nests more than 512 levels deep.
    pub fn parse_json(text: &[u8]) -> Result<Self, ParseJsonError> {
        let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
        match read(text) {
            // Repairing only text that turned out to be broken keeps the usual way short.
            Err((LexError::Str(str::Error::Utf8(_)), _)) => {
                let repaired = String::from_utf8_lossy(text);
                let text = repaired.as_bytes();
                read(text).map_err(|(error, rest)| ParseJsonError::new(text, rest, &error))
            }
            result => result.map_err(|(error, rest)| ParseJsonError::new(text, rest, &error)),
        }
    }
}

/// Reads one value, and gives what was left of the text with an error.
fn read(text: &[u8]) -> Result<Value, (LexError, &[u8])> {
    let mut lexer = SliceLexer::new(text);
    let value = lexer.exactly_one(SliceLexer::ws_peek, |next, lexer| value(next, lexer, MAX_DEPTH, None));
    value.map_err(|error| (error, lexer.as_slice()))
}

/// Reads a value that begins with `next`; it may look like another one.
fn value(
    next: u8,
    lexer: &mut SliceLexer<'_>,
    depth: usize,
    like: Option<&Value>,
) -> Result<Value, LexError> {
    match next {
        b'"' => Ok(Value::Text(text(lexer.discarded())?)),
        b'{' => object(lexer, depth.checked_sub(1).ok_or(LexError::Depth)?, like),
        b'[' => array(lexer, depth.checked_sub(1).ok_or(LexError::Depth)?, like),
        b'0'..=b'9' | b'-' => number(lexer),
        b'n' | b't' | b'f' => literal(lexer),
        _ => Err(Expect::Value.into()),
    }
}

fn literal(lexer: &mut SliceLexer<'_>) -> Result<Value, LexError> {
    let word = lexer.as_slice();
    let Some(literal) = lexer.null_or_bool() else {
        // The place of the error is where the word begins.
        *lexer = SliceLexer::new(word);
        return Err(Expect::Value.into());
    };
    Ok(literal.map_or(Value::Null, Value::Bool))
}

fn number(lexer: &mut SliceLexer<'_>) -> Result<Value, LexError> {
    let (text, parts) = lexer.num_string().validated()?;
    // The lexer reads `007` as three numbers.
    if lexer.peek_next().is_some_and(|next| next.is_ascii_digit()) {
        return Err(num::Error::ExpectedDigit.into());
    }
    Ok(Value::Number(Number::from_json(text, parts.is_int())))
}

/// Reads an array. Its items are likely to look like each other.
fn array(lexer: &mut SliceLexer<'_>, depth: usize, like: Option<&Value>) -> Result<Value, LexError> {
    let mut items: Vec<Value> = Vec::new();
    let first_like = like.and_then(Value::as_array).and_then(<[Value]>::first);
    lexer.discarded().seq(b']', SliceLexer::ws_peek, |next, lexer| {
        let item = value(next, lexer, depth, items.last().or(first_like))?;
        items.push(item);
        Ok::<_, LexError>(())
    })?;
    Ok(Value::Array(Arc::new(items)))
}

fn object(lexer: &mut SliceLexer<'_>, depth: usize, like: Option<&Value>) -> Result<Value, LexError> {
    let mut object = Builder::new(like.and_then(Value::as_object));
    lexer.discarded().seq(b'}', SliceLexer::ws_peek, |next, lexer| {
        lexer.expect(|_| Some(next), b'"').ok_or(Expect::String)?;
        let key = text(lexer)?;
        lexer.expect(SliceLexer::ws_peek, b':').ok_or(Expect::Colon)?;
        let next = lexer.ws_peek().ok_or(Expect::Value)?;
        let like = object.expect(&key);
        object.put(key, value(next, lexer, depth, like)?, like.is_some());
        Ok::<_, LexError>(())
    })?;
    Ok(Value::Object(object.finish()))
}

/// Text behind its opening quote.
fn text(lexer: &mut SliceLexer<'_>) -> Result<SmolStr, LexError> {
    let rest = lexer.as_slice();
    match scan::plain_length(rest).and_then(|end| rest.split_at_checked(end)) {
        Some((text, [b'"', rest @ ..])) => {
            *lexer = SliceLexer::new(rest);
            let text = std::str::from_utf8(text).map_err(str::Error::Utf8)?;
            Ok(SmolStr::new(text))
        }
        _ => escaped_text(lexer),
    }
}

/// Text with escapes in it, behind its opening quote.
#[cold]
fn escaped_text(lexer: &mut SliceLexer<'_>) -> Result<SmolStr, LexError> {
    let on_plain = |bytes: &mut &[u8], out: &mut String| {
        out.push_str(std::str::from_utf8(bytes).map_err(str::Error::Utf8)?);
        Ok::<_, LexError>(())
    };
    let on_escape = |lexer: &mut SliceLexer<'_>, out: &mut String| {
        out.push(escaped_char(lexer).map_err(str::Error::Escape)?);
        Ok(())
    };
    lexer.str_fold(String::new(), on_plain, on_escape).map(SmolStr::from)
}

/// The character of an escape, behind its backslash. Half of a surrogate pair becomes U+FFFD: JavaScript accepts it,
/// so a service may send it, but Rust's text cannot hold it.
fn escaped_char(lexer: &mut SliceLexer<'_>) -> Result<char, escape::Error> {
    let kind = lexer.take_next().ok_or(escape::Error::Eof)?;
    if kind != b'u' {
        return lexer.escape(kind);
    }
    let unit: u16 = lexer.hex()?;
    let mut ahead = SliceLexer::new(lexer.as_slice());
    let is_high = (0xD800..0xDC00).contains(&unit);
    if let Some(pair) = is_high.then(|| ahead.low_surrogate(unit).ok()).flatten() {
        *lexer = ahead;
        return Ok(char::from_u32(pair).unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    Ok(char::from_u32(u32::from(unit)).unwrap_or(char::REPLACEMENT_CHARACTER))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Object;

    fn parse(text: &str) -> Value {
        Value::parse_json(text.as_bytes()).unwrap()
    }

    fn error(text: &str) -> String {
        Value::parse_json(text.as_bytes()).unwrap_err().to_string()
    }

    #[test]
    fn reads_every_kind() {
        let value = parse(" {\"a\": [1, -2.5e1, true, false, null, \"x\"], \"b\": {}, \"c\": []}\r\n\t");
        assert_eq!(value.key("a").index(2), &Value::number(-25.0));
        assert_eq!(value.key("a").as_array().map(<[Value]>::len), Some(6));
        assert_eq!(value.key("b"), &Value::from(Object::new()));
        assert_eq!(value.key("c"), &Value::empty_array());
    }

    #[test]
    fn the_last_of_two_equal_keys_counts_at_the_place_of_the_first() {
        let value = parse(r#"{"a": 1, "b": 2, "a": 3}"#);
        assert_eq!(format!("{value:?}"), r#"{"a": 3, "b": 2}"#);
    }

    #[test]
    fn lists_of_collections_need_not_look_alike() {
        for text in [
            r#"[{"a":1,"b":{"x":1}},{"a":2,"b":{"x":2}},{"a":3}]"#,
            r#"[{"a":1,"b":2},{"b":3,"a":4},{"a":5,"c":6,"b":7}]"#,
            r#"[{"a":[{"x":1}]},{"a":[{"x":2,"y":3}]},{},{"a":4}]"#,
            r#"[{"a":1},[{"a":2}],5,{"a":3,"z":4}]"#,
        ] {
            assert_eq!(parse(text).to_json().as_deref(), Some(text));
        }
        let repeated = parse(r#"[{"a": 1, "b": 2}, {"a": 1, "a": 3, "b": 4}, {"a": 1, "b": 2, "a": 5}]"#);
        assert_eq!(format!("{repeated:?}"), r#"[{"a": 1, "b": 2}, {"a": 3, "b": 4}, {"a": 5, "b": 2}]"#);
    }

    #[test]
    fn integers_of_any_length_stay_exact() {
        let digits = "98765432109876543210987654321098765432109";
        assert_eq!(parse(digits).to_text(), digits);
        assert_eq!(parse("9007199254740993").to_text(), "9007199254740993");
        assert_eq!(parse("-0").to_text(), "0");
        assert_eq!(parse("1e400").to_text(), "Infinity");
        assert_eq!(parse("10000000000000000000000.0").to_text(), "1e+22");
    }

    #[test]
    fn escapes_become_characters() {
        assert_eq!(parse(r#""a\n\"\/\\\u00e9\b\f\r\t""#), Value::from("a\n\"/\\é\u{8}\u{c}\r\t"));
        assert_eq!(parse(r#""\ud83d\ude00!""#), Value::from("😀!"));
        assert_eq!(parse(r#"{"\u0041": 1}"#).key("A"), &Value::from(1));
    }

    #[test]
    fn half_surrogates_and_broken_utf_8_are_replaced() {
        assert_eq!(parse(r#""a\ud800b""#), Value::from("a\u{FFFD}b"));
        assert_eq!(parse(r#""\ude00""#), Value::from("\u{FFFD}"));
        assert_eq!(parse(r#""\ud83d\u0041""#), Value::from("\u{FFFD}A"));
        assert_eq!(parse(r#""\ud83d\ud83d\ude00""#), Value::from("\u{FFFD}😀"));
        assert_eq!(Value::parse_json(b"\"\xFFx\"").unwrap(), Value::from("\u{FFFD}x"));
        assert_eq!(Value::parse_json(b"\xEF\xBB\xBF1").unwrap(), Value::from(1));
    }

    #[test]
    fn what_is_no_json_is_refused_with_its_place() {
        for text in [
            "",
            "  ",
            "{",
            "[1,]",
            "{\"a\":1,}",
            "{a:1}",
            "'a'",
            "01",
            "-",
            "1.",
            ".5",
            "+1",
            "1e",
            "tru",
            "nul",
            "NaN",
            "\"a",
            "\"\\x\"",
            "\"\\u12\"",
            "\"\n\"",
            "1 2",
            "{\"a\" 1}",
            "[1 2]",
            "\u{A0}1",
            "undefined",
        ] {
            assert!(Value::parse_json(text.as_bytes()).is_err(), "{text:?}");
        }
        let place = Value::parse_json("{\n  \"é\": 1,\n  \"b\": x\n}".as_bytes()).unwrap_err();
        assert_eq!((place.line(), place.column()), (3, 8));
        assert!(error("[1,").contains("but the text ends"), "{}", error("[1,"));
    }

    #[test]
    fn nesting_is_bounded() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert!(Value::parse_json(nested(MAX_DEPTH).as_bytes()).is_ok());
        assert!(error(&nested(MAX_DEPTH + 1)).contains("nesting"));
        assert!(Value::parse_json("[".repeat(1_000_000).as_bytes()).is_err());
        assert!(Value::parse_json(r#"{"a":"#.repeat(1_000_000).as_bytes()).is_err());
    }
}
