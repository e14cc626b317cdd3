//! Text, bytes and the encodings between them (iml.md 9.2).

use base64::Engine as _;
use base64::alphabet;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD};
use bytes::Bytes;
use unicode_normalization::UnicodeNormalization as _;

use super::args::Call;
use crate::error::Error;
use crate::scope::Site;
use crate::value::{Buffer, Value};

/// How bytes stand in text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// UTF-8.
    Utf8,
    /// Base64 with the standard alphabet.
    Base64,
    /// Two hexadecimal digits a byte.
    Hex,
    /// One character a byte.
    Latin1,
    /// One character a byte, of which seven bits count when bytes become text.
    Ascii,
}

impl Encoding {
    /// Finds an encoding by its name, in any case.
    pub(crate) fn find(name: &str) -> Option<Self> {
        let names = [
            ("utf8", Self::Utf8),
            ("utf-8", Self::Utf8),
            ("base64", Self::Base64),
            ("hex", Self::Hex),
            ("latin1", Self::Latin1),
            ("binary", Self::Latin1),
            ("ascii", Self::Ascii),
        ];
        names.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, encoding)| encoding)
    }

    /// The text that stands for bytes.
    pub(crate) fn decode(self, bytes: &[u8]) -> String {
        match self {
            Self::Utf8 => String::from_utf8_lossy(bytes).into_owned(),
            Self::Base64 => STANDARD.encode(bytes),
            Self::Hex => {
                bytes.iter().flat_map(|byte| [byte >> 4, byte & 0xF]).filter_map(hex_digit).collect()
            }
            Self::Latin1 => bytes.iter().copied().map(char::from).collect(),
            Self::Ascii => bytes.iter().map(|byte| char::from(byte & 0x7F)).collect(),
        }
    }

    /// The bytes that text stands for. What does not fit the encoding is passed over, as Node does.
    pub(crate) fn encode(self, text: &str) -> Vec<u8> {
        match self {
            Self::Utf8 => text.as_bytes().to_vec(),
            Self::Base64 => bytes_of_base64(text),
            Self::Hex => bytes_of_hex(text),
            Self::Latin1 | Self::Ascii => text.encode_utf16().map(|unit| unit.to_le_bytes()[0]).collect(),
        }
    }
}

fn hex_digit(nibble: u8) -> Option<char> {
    char::from_digit(u32::from(nibble), 16)
}

/// Pairs of digits up to the first that is none.
fn bytes_of_hex(text: &str) -> Vec<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let (pairs, _) = text.as_bytes().as_chunks::<2>();
    pairs.iter().map_while(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?)).collect()
}

/// Base64 with either alphabet, with or without padding; other characters are passed over.
fn bytes_of_base64(text: &str) -> Vec<u8> {
    const LENIENT: GeneralPurpose = GeneralPurpose::new(
        &alphabet::STANDARD,
        GeneralPurposeConfig::new()
            .with_decode_allow_trailing_bits(true)
            .with_decode_padding_mode(base64::engine::DecodePaddingMode::RequireNone),
    );
    let symbol = |byte: u8| match byte {
        b'-' => Some(b'+'),
        b'_' => Some(b'/'),
        b'+' | b'/' => Some(byte),
        _ => byte.is_ascii_alphanumeric().then_some(byte),
    };
    let mut symbols: Vec<u8> = text.bytes().take_while(|byte| *byte != b'=').filter_map(symbol).collect();
    // One symbol alone holds less than a byte.
    if symbols.len() % 4 == 1 {
        symbols.pop();
    }
    LENIENT.decode(symbols).unwrap_or_default()
}

impl Call<'_> {
    /// An encoding by name; UTF-8 when the argument is blank.
    pub(crate) fn encoding(&self, at: usize) -> Result<Encoding, Error> {
        if self.value(at).is_blank() {
            return Ok(Encoding::Utf8);
        }
        let known = Encoding::find(&self.value(at).text_form());
        known.ok_or_else(|| {
            self.invalid(at, "not a known encoding (utf8, base64, hex, latin1, binary, ascii)")
        })
    }

    /// The bytes of an argument: of a buffer its own, of anything else its text in UTF-8. `None` when it is nullish.
    pub(crate) fn bytes(&self, at: usize) -> Option<Bytes> {
        match self.value(at) {
            Value::Undefined | Value::Null => None,
            Value::Buffer(buffer) => Some(buffer.bytes()),
            other => Some(Bytes::from(other.text_form().into_owned())),
        }
    }
}

/// `base64(text | buffer) → text`: base64 with padding, of the bytes or of the text in UTF-8. Nullish gives null
/// (iml.md 9.2).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// assert_eq!(functions::base64(scope.at("doc"), &[&Value::from("key:")])?, Value::from("a2V5Og=="));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// None.
pub fn base64(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    let bytes = Call::new(site, "base64", args).bytes(0);
    Ok(bytes.map_or(Value::Null, |bytes| Value::from(STANDARD.encode(bytes))))
}

/// `ascii(text, [removeDiacritics]) → text`: without every character above U+007F. With a truthy second argument
/// letters with accents keep their base letter. Nullish gives null (iml.md 9.2).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let text = Value::from("Łódź 2");
/// assert_eq!(functions::ascii(scope.at("doc"), &[&text])?, Value::from("d 2"));
/// assert_eq!(functions::ascii(scope.at("doc"), &[&text, &Value::TRUE])?, Value::from("odz 2"));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// None.
pub fn ascii(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    let call = Call::new(site, "ascii", args);
    let Some(text) = call.text(0) else { return Ok(Value::Null) };
    // Decomposed, the marks are characters of their own, and go with the rest.
    let kept: String = if call.value(1).is_truthy() {
        text.nfd().filter(char::is_ascii).collect()
    } else {
        text.chars().filter(char::is_ascii).collect()
    };
    Ok(Value::from(kept))
}

/// `toString(value, [encoding]) → text`: the text of a value; of a buffer in an encoding (`utf8`, `base64`, `hex`,
/// `latin1`, `binary`, `ascii`). Nullish gives `''` (iml.md 9.2).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let bytes = Value::from(vec![0xCA_u8, 0xFE]);
/// assert_eq!(functions::to_string(scope.at("doc"), &[&bytes, &Value::from("hex")])?, Value::from("cafe"));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// The value is a buffer and the encoding is not known.
pub fn to_string(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    let call = Call::new(site, "toString", args);
    match call.value(0) {
        Value::Buffer(buffer) => Ok(Value::from(call.encoding(1)?.decode(buffer))),
        other => Ok(Value::Text(other.to_text())),
    }
}

/// `toBinary(value, [encoding]) → buffer`: the bytes that the text of a value stands for (`utf8`, `base64`, `hex`,
/// `latin1`, `binary`, `ascii`). A buffer stays as it is; nullish gives null (iml.md 9.2).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let buffer = functions::to_binary(scope.at("doc"), &[&Value::from("cafe"), &Value::from("hex")])?;
/// assert_eq!(buffer, Value::from(vec![0xCA_u8, 0xFE]));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// The value is an array or a collection, or the encoding is not known.
pub fn to_binary(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    let call = Call::new(site, "toBinary", args);
    match call.value(0) {
        Value::Undefined | Value::Null => Ok(Value::Null),
        Value::Buffer(buffer) => Ok(Value::Buffer(Buffer::clone(buffer))),
        wrong @ (Value::Array(_) | Value::Object(_)) => {
            Err(call.invalid(0, format_args!("{} cannot become a buffer", wrong.type_name())))
        }
        other => Ok(Value::from(call.encoding(1)?.encode(&other.text_form()))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::functions::args::{run, run_json};

    #[test]
    fn bytes_become_text() {
        let bytes = Value::from(vec![0x48_u8, 0xE9, 0x00]);
        let text = |encoding: &str| run(to_string, &[bytes.clone(), Value::from(encoding)]).unwrap();
        assert_eq!(text("hex"), Value::from("48e900"));
        assert_eq!(text("BASE64"), Value::from("SOkA"));
        assert_eq!(text("latin1"), Value::from("Hé\0"));
        assert_eq!(text("binary"), Value::from("Hé\0"));
        assert_eq!(text("ascii"), Value::from("Hi\0"));
        assert_eq!(text("utf8"), Value::from("H\u{FFFD}\0"));
        assert_eq!(text(""), Value::from("H\u{FFFD}\0"));
        assert!(run(to_string, &[bytes.clone(), Value::from("utf7")]).is_err());
        assert_eq!(run_json(to_string, "[null]"), Value::from(""));
        assert_eq!(run_json(to_string, "[[1, [true, null]]]"), Value::from("1,true,"));
    }

    #[test]
    fn text_becomes_bytes() {
        let bytes =
            |text: &str, encoding: &str| match run(to_binary, &[Value::from(text), Value::from(encoding)]) {
                Ok(Value::Buffer(buffer)) => buffer.to_vec(),
                other => panic!("{other:?}"),
            };
        assert_eq!(bytes("é", ""), [0xC3, 0xA9]);
        assert_eq!(bytes("é€", "latin1"), [0xE9, 0xAC]);
        assert_eq!(bytes("DEADbe", "hex"), [0xDE, 0xAD, 0xBE]);
        assert_eq!(bytes("dead1", "hex"), [0xDE, 0xAD]);
        assert_eq!(bytes("adxxad", "hex"), [0xAD]);
        assert_eq!(bytes("-_-_", "base64"), bytes("+/+/", "base64"));
        assert_eq!(bytes("SGk", "base64"), b"Hi");
        assert_eq!(bytes("S G\nk=", "base64"), b"Hi");
        assert_eq!(bytes("SGlh!A", "base64"), b"Hia");
        assert_eq!(bytes("=", "base64"), b"");
        assert_eq!(run_json(to_binary, "[12.5]"), Value::from(b"12.5".to_vec()));
        assert_eq!(run_json(to_binary, "[null]"), Value::Null);
        assert!(run(to_binary, &[Value::empty_array()]).is_err());
        assert!(run(to_binary, &[Value::from("a"), Value::from("rot13")]).is_err());
    }

    #[test]
    fn base64_takes_text_and_bytes() {
        assert_eq!(run_json(base64, r#"["é"]"#), Value::from("w6k="));
        assert_eq!(run(base64, &[Value::from(vec![0xFF_u8])]).unwrap(), Value::from("/w=="));
        assert_eq!(run_json(base64, "[null]"), Value::Null);
        assert_eq!(run_json(base64, "[7]"), Value::from("Nw=="));
    }

    #[test]
    fn ascii_drops_or_unwraps() {
        assert_eq!(run_json(ascii, r#"["São 1€"]"#), Value::from("So 1"));
        assert_eq!(run_json(ascii, r#"["São 1€", true]"#), Value::from("Sao 1"));
        assert_eq!(run_json(ascii, "[null]"), Value::Null);
    }
}
