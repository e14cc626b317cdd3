//! A text as whoever decodes it reads it: percent-encoding, escapes of JSON and of XML undone.

use std::ops::Range;

/// The longest reference to a character in XML that is looked for.
const LONGEST_REFERENCE: usize = 10;

const NAMED: [(&[u8], char); 5] =
    [(b"amp", '&'), (b"lt", '<'), (b"gt", '>'), (b"quot", '"'), (b"apos", '\'')];

/// How a text may have been encoded. Each is undone by itself: what the others would take for a sequence may be a part
/// of the secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Coding {
    /// Of addresses and forms.
    Percent,
    Json,
    Xml,
}

impl Coding {
    pub(super) const ALL: [Self; 3] = [Self::Percent, Self::Json, Self::Xml];

    /// What a sequence that begins with `first` stands for, and its length behind that.
    fn read(self, first: u8, rest: &[u8]) -> Sequence {
        match (self, first) {
            (Self::Percent, b'%') => percent(rest),
            (Self::Percent, b'+') => Some((Unit::Byte(b' '), 0)),
            (Self::Json, b'\\') => escape(rest),
            (Self::Xml, b'&') => reference(rest),
            _ => None,
        }
    }
}

/// A decoded text. A plus and a space are one, since in forms they are.
pub(super) struct View {
    bytes: Vec<u8>,
    /// Where in the text each byte comes from; at the end, the length of the text.
    from: Vec<usize>,
}

impl View {
    /// The text, decoded once; `None` where there is nothing to decode.
    pub(super) fn of(text: &str, coding: Coding) -> Option<Self> {
        decode(text.as_bytes(), coding, |at| at)
    }

    /// Decoded once more.
    pub(super) fn decoded(&self, coding: Coding) -> Option<Self> {
        decode(&self.bytes, coding, |at| self.from.get(at).copied().unwrap_or_default())
    }

    /// Where `needle` stands, as ranges of the text.
    pub(super) fn find<'a>(&'a self, needle: &str) -> impl Iterator<Item = Range<usize>> + 'a {
        let needle: Vec<u8> = needle.bytes().map(as_space).collect();
        let length = needle.len().max(1);
        let windows = self.bytes.windows(length).enumerate();
        let found = windows.filter(move |(_, window)| *window == needle).map(|(at, _)| at);
        found.filter_map(move |at| {
            let (start, last) = (*self.from.get(at)?, *self.from.get(at + length - 1)?);
            // One sequence may stand for several bytes: it goes as a whole.
            let end = self.from.get(at + length..)?.iter().find(|from| **from > last)?;
            Some(start..*end)
        })
    }
}

fn as_space(byte: u8) -> u8 {
    if byte == b'+' { b' ' } else { byte }
}

fn decode(bytes: &[u8], coding: Coding, from: impl Fn(usize) -> usize) -> Option<View> {
    let starts = |at: usize| Some(coding.read(*bytes.get(at)?, bytes.get(at + 1..)?)).flatten();
    if !(0..bytes.len()).any(|at| starts(at).is_some()) {
        return None;
    }
    let mut view = View { bytes: Vec::with_capacity(bytes.len()), from: Vec::with_capacity(bytes.len() + 1) };
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let mut buffer = [0; 4];
        let (decoded, length): (&[u8], usize) = match starts(at) {
            Some((Unit::Byte(byte), length)) => {
                buffer[0] = byte;
                (&buffer[..1], length)
            }
            Some((Unit::Char(c), length)) => (c.encode_utf8(&mut buffer).as_bytes(), length),
            None => (std::slice::from_ref(byte), 0),
        };
        for byte in decoded {
            view.bytes.push(as_space(*byte));
            view.from.push(from(at));
        }
        at += 1 + length;
    }
    view.from.push(from(bytes.len()));
    Some(view)
}

enum Unit {
    Byte(u8),
    Char(char),
}

/// What a sequence stands for, and its length without its first byte.
type Sequence = Option<(Unit, usize)>;

fn percent(rest: &[u8]) -> Sequence {
    let byte = number(rest.get(..2)?, 16)?;
    Some((Unit::Byte(u8::try_from(byte).ok()?), 2))
}

fn escape(rest: &[u8]) -> Sequence {
    let simple = |c: char| Some((Unit::Char(c), 1));
    match rest.first()? {
        b'u' => unicode(rest),
        b'n' => simple('\n'),
        b't' => simple('\t'),
        b'r' => simple('\r'),
        b'b' => simple('\u{8}'),
        b'f' => simple('\u{c}'),
        c @ (b'"' | b'\\' | b'/' | b'\'') => simple(char::from(*c)),
        _ => None,
    }
}

fn unicode(rest: &[u8]) -> Sequence {
    let unit = |from: usize| number(rest.get(from..from + 4)?, 16);
    let first = unit(1)?;
    if let Some(c) = char::from_u32(first) {
        return Some((Unit::Char(c), 5));
    }
    let second = rest.get(5..7).filter(|start| *start == b"\\u").and_then(|_| unit(7))?;
    let pair = [u16::try_from(first).ok()?, u16::try_from(second).ok()?];
    let c = char::decode_utf16(pair).next()?.ok()?;
    Some((Unit::Char(c), 11))
}

fn reference(rest: &[u8]) -> Sequence {
    let end = rest.iter().take(LONGEST_REFERENCE).position(|byte| *byte == b';')?;
    let name = rest.get(..end)?;
    let c = match name {
        [b'#', b'x' | b'X', digits @ ..] => char::from_u32(number(digits, 16)?)?,
        [b'#', digits @ ..] => char::from_u32(number(digits, 10)?)?,
        name => NAMED.iter().find(|(known, _)| *known == name)?.1,
    };
    Some((Unit::Char(c), end + 1))
}

fn number(digits: &[u8], radix: u32) -> Option<u32> {
    if !digits.iter().all(|digit| char::from(*digit).is_digit(radix)) {
        return None;
    }
    u32::from_str_radix(std::str::from_utf8(digits).ok()?, radix).ok()
}
