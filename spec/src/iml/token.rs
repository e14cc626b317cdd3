//! Tokens of an expression.

use std::ops::Range;
use std::sync::Arc;

use super::ast::BinaryOp;

/// A token and its bytes in the template.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) range: Range<u32>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum TokenKind {
    /// A quoted string, decoded.
    Text(Arc<str>),
    /// A number literal.
    Number(f64),
    /// A bare name.
    Name(Arc<str>),
    /// A name in backticks, without them.
    Quoted(Arc<str>),
    /// A binary operator; a minus may turn out to be a prefix.
    Operator(BinaryOp, &'static str),
    Bang,
    /// `,` or `;`
    Separator,
    Dot,
    OpenParen,
    CloseParen,
    OpenBracket,
    CloseBracket,
    OpenBrace,
    CloseBrace,
    End,
}

impl TokenKind {
    /// The token as messages name it.
    pub(super) fn describe(&self) -> String {
        let sign = match self {
            Self::Text(_) => return "a string".to_owned(),
            Self::Number(number) => return format!("the number `{number}`"),
            Self::Name(name) => return format!("`{}`", shorten(name)),
            Self::Quoted(name) => return format!("the name `` `{}` ``", shorten(name)),
            Self::End => return "the end of the expression".to_owned(),
            Self::Operator(_, sign) => sign,
            Self::Bang => "!",
            Self::Separator => ",",
            Self::Dot => ".",
            Self::OpenParen => "(",
            Self::CloseParen => ")",
            Self::OpenBracket => "[",
            Self::CloseBracket => "]",
            Self::OpenBrace => "{",
            Self::CloseBrace => "}",
        };
        format!("`{sign}`")
    }
}

/// The beginning of a text, for messages.
pub(super) fn shorten(text: &str) -> String {
    const LONGEST: usize = 40;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}...", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
