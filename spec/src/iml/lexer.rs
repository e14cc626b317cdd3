//! Splits an expression into tokens, and finds where its mustache ends (iml.md 2, rule 4; iml.md 3).

use std::ops::Range;
use std::sync::Arc;

use super::token::{Token, TokenKind};
use super::words::{OPERATORS, is_space, name_length};

/// The tokens of one expression, with an `End` as the last one.
pub(super) struct Lexed {
    pub(super) tokens: Vec<Token>,
    /// Where the expression ends: at its `}}`, or at the end of the text.
    pub(super) end: usize,
    /// A `}}` stands there.
    pub(super) closed: bool,
    /// A string or a backtick name that is not closed, as `(message, place)`.
    pub(super) error: Option<(&'static str, Range<u32>)>,
}

/// Reads the tokens of the expression that begins at byte `start` of `text`, up to its `}}` or the end of the text.
pub(super) fn lex(text: &str, start: usize) -> Lexed {
    let mut lexer = Lexer { text, at: start, tokens: Vec::new() };
    loop {
        lexer.skip_space();
        let rest = lexer.rest();
        if rest.is_empty() || rest.starts_with("}}") {
            let (end, closed) = (lexer.at, !rest.is_empty());
            lexer.push(TokenKind::End, end);
            return Lexed { tokens: lexer.tokens, end, closed, error: None };
        }
        if let Err(message) = lexer.token() {
            return lexer.unclosed(message);
        }
    }
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    tokens: Vec<Token>,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip_space(&mut self) {
        let rest = self.rest();
        self.at += rest.find(|c| !is_space(c)).unwrap_or(rest.len());
    }

    fn push(&mut self, kind: TokenKind, start: usize) {
        self.tokens.push(Token { kind, range: narrow(start)..narrow(self.at) });
    }

    fn token(&mut self) -> Result<(), &'static str> {
        let start = self.at;
        let rest = self.rest();
        let first = rest.chars().next().unwrap_or_default();
        if let quote @ ('"' | '\'') = first {
            let (text, length) = string(rest, quote).ok_or("this string is never closed")?;
            self.at += length;
            self.push(TokenKind::Text(Arc::from(text)), start);
            return Ok(());
        }
        if first == '`' {
            let name = rest.get(1..).unwrap_or_default();
            let length = name.find('`').ok_or("this backtick name is never closed")?;
            self.at += length + 2;
            self.push(TokenKind::Quoted(Arc::from(name.get(..length).unwrap_or_default())), start);
            return Ok(());
        }
        if let Some((kind, length)) = sign(rest) {
            self.at += length;
            self.push(kind, start);
        } else {
            self.word();
        }
        Ok(())
    }

    /// A name or a number. Digits are a number unless a path goes on behind them (iml.md 3.1).
    fn word(&mut self) {
        let start = self.at;
        let rest = self.rest();
        let after_dot = matches!(self.tokens.last(), Some(Token { kind: TokenKind::Dot, .. }));
        let length = match number_length(rest) {
            Some(length) if !after_dot => {
                self.at += length;
                let digits = rest.get(..length).unwrap_or_default();
                return self.push(TokenKind::Number(digits.parse().unwrap_or(f64::INFINITY)), start);
            }
            _ => name_length(rest),
        };
        // Whatever is no other token begins a name, so this goes on by a character at least.
        let least = rest.chars().next().map_or(1, char::len_utf8);
        let length = length.max(least);
        self.at += length;
        self.push(TokenKind::Name(Arc::from(rest.get(..length).unwrap_or_default())), start);
    }

    /// Gives up at a quote that is never closed. The expression then ends at the first `}}` behind it. If an
    /// earlier string holds a `}}`, that one has probably lost its quote.
    fn unclosed(self, message: &'static str) -> Lexed {
        let rest = self.rest();
        let length = rest.find("}}");
        let culprit = self.tokens.iter().find(|token| match &token.kind {
            TokenKind::Text(text) | TokenKind::Quoted(text) => text.contains("}}"),
            _ => false,
        });
        let end = length.map_or(self.text.len(), |length| self.at + length);
        let start = culprit.map_or(narrow(self.at), |token| token.range.start);
        let range = start..culprit.map_or(narrow(end), |token| token.range.end);
        Lexed { tokens: self.tokens, end, closed: length.is_some(), error: Some((message, range)) }
    }
}

/// Decodes the string that begins with `quote`; gives its text and its length with both quotes. A backslash in
/// front of the enclosing quote gives the quote, any other stays with the character behind it (iml.md 4.1).
fn string(rest: &str, quote: char) -> Option<(String, usize)> {
    let mut text = String::new();
    let mut chars = rest.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        if c == quote {
            return Some((text, at + c.len_utf8()));
        }
        if c == '\\' {
            let (_, next) = chars.next()?;
            if next != quote {
                text.push('\\');
            }
            text.push(next);
        } else {
            text.push(c);
        }
    }
    None
}

fn sign(rest: &str) -> Option<(TokenKind, usize)> {
    if let Some((sign, op, _)) = OPERATORS.iter().find(|(sign, _, _)| rest.starts_with(sign)) {
        return Some((TokenKind::Operator(*op, sign), sign.len()));
    }
    let kind = match rest.chars().next()? {
        '!' => TokenKind::Bang,
        ',' | ';' => TokenKind::Separator,
        '.' => TokenKind::Dot,
        '(' => TokenKind::OpenParen,
        ')' => TokenKind::CloseParen,
        '[' => TokenKind::OpenBracket,
        ']' => TokenKind::CloseBracket,
        '{' => TokenKind::OpenBrace,
        '}' => TokenKind::CloseBrace,
        _ => return None,
    };
    Some((kind, 1))
}

/// Length of the number at the beginning of `rest`; `None` when what stands here is a name, such as the head of
/// the path `5.items[1]`.
fn number_length(rest: &str) -> Option<usize> {
    let whole = digits(rest)?;
    let behind = rest.get(whole..)?;
    if let Some(length) = behind.strip_prefix('.').and_then(digits) {
        let end = whole + 1 + length;
        return (!goes_on(rest.get(end..)?)).then_some(end);
    }
    (!goes_on(behind)).then_some(whole)
}

fn goes_on(behind: &str) -> bool {
    behind.starts_with(['.', '['])
}

/// Length of a name that is all digits.
fn digits(text: &str) -> Option<usize> {
    let length = name_length(text);
    let name = text.get(..length)?;
    (length > 0 && name.bytes().all(|byte| byte.is_ascii_digit())).then_some(length)
}

fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}
