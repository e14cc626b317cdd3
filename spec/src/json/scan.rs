//! Splits JSON with comments into tokens.

use super::number;
use crate::diagnostic::{Code, Diagnostic};
use crate::span::{FileId, Span, Text};

/// A token and its place.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) span: Span,
    /// A string that goes over several lines: when something is wrong right behind it, its closing quote may be missing.
    pub(super) multiline: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum TokenKind {
    OpenBrace,
    CloseBrace,
    OpenBracket,
    CloseBracket,
    Colon,
    Comma,
    String(Text),
    Number(String),
    /// `true`, `null`, or any other bare word.
    Word(String),
    /// A character that JSON does not use.
    Other(char),
    End,
}

/// Most errors that are reported of one file; what follows is not looked at.
const MAX_ERRORS: usize = 200;

/// Walks through a text and reports what cannot be a token.
pub(super) struct Scanner<'a> {
    pub(super) file: FileId,
    pub(super) text: &'a str,
    pub(super) at: usize,
    sink: &'a mut Vec<Diagnostic>,
    errors: usize,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(file: FileId, text: &'a str, sink: &'a mut Vec<Diagnostic>) -> Self {
        let at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Self { file, text, at, sink, errors: 0 }
    }

    /// Reports an error, up to a limit.
    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        if diagnostic.code != Code::DuplicateKey {
            self.errors += 1;
            if self.gave_up() {
                return;
            }
        }
        self.sink.push(diagnostic);
    }

    /// True when so much is wrong that the rest is not worth reading.
    pub(super) fn gave_up(&self) -> bool {
        self.errors > MAX_ERRORS
    }

    pub(super) fn error(&mut self, message: impl Into<String>, span: Span) {
        self.report(Diagnostic::new(Code::JsonSyntax, message, span));
    }

    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        // `parse` refuses texts whose offsets do not fit.
        let narrow = |offset| u32::try_from(offset).unwrap_or(u32::MAX);
        Span::new(self.file, narrow(start), narrow(end))
    }

    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// The next token; `End` again and again at the end.
    pub(super) fn next(&mut self) -> Token {
        self.skip_trivia();
        let start = self.at;
        let Some(first) = self.peek().filter(|_| !self.gave_up()) else {
            return self.token(TokenKind::End, start);
        };
        let single = match first {
            '{' => Some(TokenKind::OpenBrace),
            '}' => Some(TokenKind::CloseBrace),
            '[' => Some(TokenKind::OpenBracket),
            ']' => Some(TokenKind::CloseBracket),
            ':' => Some(TokenKind::Colon),
            ',' => Some(TokenKind::Comma),
            _ => None,
        };
        if let Some(kind) = single {
            self.at += 1;
            return self.token(kind, start);
        }
        match first {
            '"' | '\'' | '\u{201c}' | '\u{201d}' => self.string(first),
            '0'..='9' | '-' | '+' | '.' => self.number(),
            _ if is_word(first) => {
                let word = self.word();
                self.token(TokenKind::Word(word.to_owned()), start)
            }
            other => {
                self.at += other.len_utf8();
                self.token(TokenKind::Other(other), start)
            }
        }
    }

    pub(super) fn token(&self, kind: TokenKind, start: usize) -> Token {
        Token { kind, span: self.span(start, self.at), multiline: false }
    }

    fn skip_trivia(&mut self) {
        loop {
            let rest = self.rest();
            let blank = rest.bytes().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')).count();
            self.at += blank;
            let rest = self.rest();
            if rest.starts_with("//") || rest.starts_with('#') {
                let length = rest.find('\n').unwrap_or(rest.len());
                if rest.starts_with('#') {
                    let span = self.span(self.at, self.at + 1);
                    let message = "unexpected `#`";
                    let help = "comments begin with `//` or stand between `/*` and `*/`";
                    self.report(Diagnostic::new(Code::JsonSyntax, message, span).help(help));
                }
                self.at += length;
            } else if let Some(body) = rest.strip_prefix("/*") {
                if let Some(length) = body.find("*/") {
                    self.at += length + 4;
                } else {
                    let span = self.span(self.at, self.at + 2);
                    self.error("this comment is never closed with `*/`", span);
                    self.at = self.text.len();
                }
            } else {
                return;
            }
        }
    }

    fn number(&mut self) -> Token {
        let start = self.at;
        let word = self.word();
        if number::is_number(word) {
            return self.token(TokenKind::Number(word.to_owned()), start);
        }
        let span = self.span(start, self.at);
        let message = format!("`{}` is not a number of JSON", shorten(word));
        self.report(Diagnostic::new(Code::JsonSyntax, message, span).help(number::advice(word)));
        self.token(TokenKind::Number("0".to_owned()), start)
    }

    fn word(&mut self) -> &'a str {
        let rest = self.rest();
        let end = rest.find(|c: char| !is_word(c)).unwrap_or(rest.len());
        self.at += end;
        rest.get(..end).unwrap_or_default()
    }
}

/// Characters of numbers and of bare words.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$' | '-' | '+' | '.')
}

/// The beginning of a text, for messages.
pub(super) fn shorten(text: &str) -> String {
    const LONGEST: usize = 32;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}...", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
