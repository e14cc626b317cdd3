//! `Buffer`: the text encodings, of which the JavaScript part knows only the names.
#![allow(clippy::needless_pass_by_value, reason = "the bindings hand over what they read")]

use base64::Engine as _;
use base64::alphabet::{STANDARD as ALPHABET, URL_SAFE as URL_ALPHABET};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use rquickjs::function::Func;
use rquickjs::{Ctx, Exception, Object, String as JsString, TypedArray, Value as JsValue};

use super::super::convert::read_text;
use super::super::realm::Realm;
use super::{call_piece, load};

const LOOSE: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);
const BASE64: GeneralPurpose = GeneralPurpose::new(&ALPHABET, LOOSE);
const BASE64_URL: GeneralPurpose = GeneralPurpose::new(&URL_ALPHABET, LOOSE.with_encode_padding(false));

/// Makes a `Buffer` of bytes.
pub(in crate::js) fn make<'js>(ctx: &Ctx<'js>, bytes: TypedArray<'js, u8>) -> rquickjs::Result<JsValue<'js>> {
    call_piece(&load(ctx, "buffer")?, "adopt", bytes.into_value())
}

/// The global `Buffer`.
pub(in crate::js) fn class<'js>(ctx: &Ctx<'js>) -> rquickjs::Result<JsValue<'js>> {
    load(ctx, "buffer")?.get::<Object<'js>>()?.get("Buffer")
}

pub(super) fn natives<'js>(_: &Ctx<'js>, natives: &Object<'js>) -> rquickjs::Result<()> {
    natives.set("encode", Func::from(encode))?;
    natives.set("decode", Func::from(decode))
}

/// Text to bytes, as Node's `Buffer.from(text, encoding)`: what cannot be decoded ends or is left out.
fn encode<'js>(
    ctx: Ctx<'js>,
    text: JsString<'js>,
    encoding: String,
) -> rquickjs::Result<TypedArray<'js, u8>> {
    let bytes = if let "latin1" | "utf16le" = encoding.as_str() {
        // Half a surrogate pair does not survive the way through Rust's text, except as U+FFFD.
        let text = read_text(&Realm::of(&ctx)?, &text)?;
        let units = text.encode_utf16();
        if encoding == "latin1" {
            units.map(low_byte).collect()
        } else {
            units.flat_map(u16::to_le_bytes).collect()
        }
    } else {
        let text = read_text(&Realm::of(&ctx)?, &text)?;
        match encoding.as_str() {
            "utf8" => text.into_bytes(),
            "hex" => from_hex(&text),
            "base64" => from_base64(&text),
            _ => return Err(Exception::throw_type(&ctx, &format!("Unknown encoding: {encoding}"))),
        }
    };
    TypedArray::new_copy(ctx, bytes)
}

#[allow(clippy::cast_possible_truncation, reason = "latin1 keeps the low byte")]
fn low_byte(unit: u16) -> u8 {
    unit as u8
}

/// Bytes to text. They come as base64, since the bindings offer no safe view of memory that code can change.
fn decode(ctx: Ctx<'_>, bytes: String, encoding: String, is_fatal: bool) -> rquickjs::Result<String> {
    if encoding == "base64" {
        return Ok(bytes);
    }
    let Ok(bytes) = BASE64.decode(bytes) else {
        return Err(Exception::throw_type(&ctx, "the bytes cannot be read"));
    };
    Ok(match encoding.as_str() {
        "utf8" => match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(_) if is_fatal => return Err(Exception::throw_type(&ctx, "The encoded data was not valid")),
            Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
        },
        "latin1" => bytes.into_iter().map(char::from).collect(),
        "ascii" => bytes.into_iter().map(|byte| char::from(byte & 0x7F)).collect(),
        "hex" => bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            text.extend(
                [byte >> 4, byte & 15].iter().filter_map(|digit| char::from_digit((*digit).into(), 16)),
            );
            text
        }),
        "base64url" => BASE64_URL.encode(bytes),
        "utf16le" => {
            let units = bytes.chunks_exact(2).map(|pair| match pair {
                [low, high] => u16::from_le_bytes([*low, *high]),
                _ => 0,
            });
            char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
        }
        _ => return Err(Exception::throw_type(&ctx, &format!("Unknown encoding: {encoding}"))),
    })
}

fn from_hex(text: &str) -> Vec<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let pairs = text.as_bytes().chunks_exact(2);
    pairs.map_while(|pair| Some(digit(*pair.first()?)? << 4 | digit(*pair.get(1)?)?)).collect()
}

/// Both alphabets are read, other characters are passed over, and `=` ends the text.
fn from_base64(text: &str) -> Vec<u8> {
    let mut kept: Vec<u8> = text
        .bytes()
        .take_while(|byte| *byte != b'=')
        .filter_map(|byte| match byte {
            b'-' => Some(b'+'),
            b'_' => Some(b'/'),
            b'+' | b'/' => Some(byte),
            _ => byte.is_ascii_alphanumeric().then_some(byte),
        })
        .collect();
    if kept.len() % 4 == 1 {
        kept.pop();
    }
    BASE64.decode(kept).unwrap_or_default()
}
