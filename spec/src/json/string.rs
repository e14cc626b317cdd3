//! Decodes JSON strings and remembers where each of their characters stands.

use std::sync::Arc;

use super::scan::{Scanner, Token, TokenKind};
use crate::diagnostic::{Code, Diagnostic};
use crate::span::Text;

/// A string while it is read.
struct Decoded {
    value: String,
    marks: Vec<(u32, u32)>,
}

impl Decoded {
    fn mark(&mut self, file_offset: u32) {
        self.marks.push((u32::try_from(self.value.len()).unwrap_or(u32::MAX), file_offset));
    }
}

impl Scanner<'_> {
    /// Reads a string that begins with `quote`, which may be a wrong one.
    pub(super) fn string(&mut self, quote: char) -> Token {
        let start = self.at;
        self.at += quote.len_utf8();
        let closing = match quote {
            '\u{201c}' => '\u{201d}',
            other => other,
        };
        let end = self.closing_quote(closing);
        let content_end = end.unwrap_or_else(|| self.unclosed_end(start));
        let text = self.decode(content_end);
        self.at = content_end + if end.is_some() { closing.len_utf8() } else { 0 };
        let span = self.span(start, self.at);
        if end.is_none() {
            let message = "this string is never closed";
            self.report(Diagnostic::new(Code::JsonSyntax, message, span).help("add the missing `\"`"));
        } else if quote != '"' {
            let message = format!("strings take double quotes, not `{quote}`");
            self.report(Diagnostic::new(Code::JsonSyntax, message, span).help("write `\"..\"`"));
        }
        let multiline = end.is_some() && self.text.get(start..self.at).is_some_and(|raw| raw.contains('\n'));
        let text = Text { value: Arc::from(text.value), span, marks: Arc::from(text.marks) };
        Token { kind: TokenKind::String(text), span, multiline }
    }

    /// Where the string that begins here is closed. `None` when it is not: at the end of the file, or where a
    /// string of several lines ends in a way that no string ends, because a later string's quote was taken for its own.
    fn closing_quote(&self, closing: char) -> Option<usize> {
        let rest = self.rest();
        let mut skip = false;
        let mut lines = false;
        for (at, c) in rest.char_indices() {
            match c {
                _ if skip => skip = false,
                '\\' => skip = true,
                '\n' => lines = true,
                c if c == closing => {
                    let behind = rest.get(at + c.len_utf8()..).unwrap_or_default();
                    let plausible = behind.trim_start().starts_with([',', ':', ']', '}', '/', '#'])
                        || behind.trim_start().is_empty()
                        || behind.starts_with(['\n', '\r']);
                    return (!lines || plausible).then_some(self.at + at);
                }
                _ => {}
            }
        }
        None
    }

    /// Where to go on behind a string that is not closed: at the end of its first line, in front of the comma
    /// or bracket with which that line ends.
    fn unclosed_end(&self, start: usize) -> usize {
        let rest = self.rest();
        let line = rest.split(['\n', '\r']).next().unwrap_or_default();
        let kept = line.trim_end().trim_end_matches([',', '}', ']']).trim_end();
        let end = self.at + kept.len();
        end.max(start + 1).min(self.text.len())
    }

    fn decode(&mut self, end: usize) -> Decoded {
        let mut out = Decoded { value: String::new(), marks: Vec::new() };
        out.mark(self.span(self.at, end).start);
        while self.at < end {
            let raw = self.text.get(self.at..end).unwrap_or_default();
            let plain = raw.find('\\').unwrap_or(raw.len());
            out.value.push_str(raw.get(..plain).unwrap_or_default());
            self.at += plain;
            if self.at < end {
                self.escape(&mut out, end);
                out.mark(self.span(self.at, end).start);
            }
        }
        out
    }

    fn escape(&mut self, out: &mut Decoded, end: usize) {
        let start = self.at;
        let raw = self.text.get(start + 1..end).unwrap_or_default();
        let Some(kind) = raw.chars().next() else {
            self.at = end;
            return;
        };
        self.at = start + 1 + kind.len_utf8();
        let plain = match kind {
            '"' | '\\' | '/' => kind,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => return self.unicode_escape(out, start, end),
            _ => return self.bad_escape(out, start, kind),
        };
        out.value.push(plain);
    }

    fn unicode_escape(&mut self, out: &mut Decoded, start: usize, end: usize) {
        let raw = self.text.get(self.at..end).unwrap_or_default();
        let Some(unit) = code_unit(raw) else {
            return self.bad_escape(out, start, 'u');
        };
        self.at += 4;
        let second = raw.get(4..).and_then(|rest| rest.strip_prefix("\\u")).and_then(code_unit);
        let pair = second.and_then(|second| char::decode_utf16([unit, second]).next()?.ok());
        let character = match (char::from_u32(u32::from(unit)), pair) {
            (Some(character), _) => character,
            (None, Some(character)) => {
                self.at += 6;
                character
            }
            // Half a surrogate pair: Rust text cannot hold it (iml.md 18).
            (None, None) => char::REPLACEMENT_CHARACTER,
        };
        out.value.push(character);
    }

    fn bad_escape(&mut self, out: &mut Decoded, start: usize, kind: char) {
        let span = self.span(start, self.at);
        let message = format!("`\\{}` is not an escape of JSON", kind.escape_default());
        let help = match kind {
            'u' => "`\\u` takes four hexadecimal digits, such as `\\u00e9`".to_owned(),
            '\'' => "write `'` without a backslash".to_owned(),
            _ => format!("write `\\\\{kind}` for a backslash"),
        };
        self.report(Diagnostic::new(Code::JsonSyntax, message, span).help(help));
        out.value.push('\\');
        out.value.push(kind);
    }
}

fn code_unit(text: &str) -> Option<u16> {
    let digits = text.get(..4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    u16::from_str_radix(digits, 16).ok()
}
