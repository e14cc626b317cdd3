//! The operators of an expression: a Pratt loop over the precedence table, with a bound on depth (iml.md 3, 6; rulings 4).

use std::ops::Range;

use super::ast::{BinaryOp, Expr, ExprKind, UnaryOp};
use super::token::{Token, TokenKind};
use super::words::UNARY_PRECEDENCE;
use crate::diagnostic::{Code, Diagnostic};
use crate::span::Text;

/// Greatest height of an expression's tree: each operator, call, path step and piece of a concatenation counts (rulings 4).
pub const MAX_DEPTH: u32 = 256;

/// Why an expression does not parse.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) code: Code,
    pub(super) message: String,
    pub(super) range: Range<u32>,
    pub(super) help: Option<String>,
}

impl Failure {
    pub(super) fn new(message: impl Into<String>, range: Range<u32>) -> Box<Self> {
        Box::new(Self { code: Code::TemplateSyntax, message: message.into(), range, help: None })
    }

    pub(super) fn help(mut self: Box<Self>, help: impl Into<String>) -> Box<Self> {
        self.help = Some(help.into());
        self
    }

    pub(super) fn into_diagnostic(self, source: &Text) -> Diagnostic {
        let mut diagnostic = Diagnostic::new(self.code, self.message, source.span_of(self.range));
        diagnostic.help = self.help;
        diagnostic
    }
}

/// An expression and the height of its tree. Boxed, because the frames of a parser that runs deep must be small.
pub(super) struct Tall {
    pub(super) expr: Box<Expr>,
    pub(super) height: u32,
}

impl Tall {
    pub(super) fn leaf(kind: ExprKind, range: Range<u32>) -> Self {
        Self::new(kind, range, 1)
    }

    pub(super) fn new(kind: ExprKind, range: Range<u32>, height: u32) -> Self {
        Self { expr: Box::new(Expr { kind, range }), height }
    }
}

pub(super) type Parsed<T = Tall> = Result<T, Box<Failure>>;

pub(super) struct Parser<'a> {
    pub(super) source: &'a Text,
    pub(super) sink: &'a mut Vec<Diagnostic>,
    tokens: &'a [Token],
    at: usize,
    /// Recursion that makes the tree higher.
    depth: u32,
    /// Recursion that does not: parentheses leave no node.
    parens: u32,
    pub(super) braces_reported: bool,
}

static END: Token = Token { kind: TokenKind::End, range: 0..0 };

impl<'a> Parser<'a> {
    /// Parses `tokens`, which end with an `End`, of the template `source`.
    ///
    /// # Errors
    ///
    /// The first thing that is no part of an expression. What is only doubtful is pushed to `sink`.
    pub(super) fn parse(
        source: &'a Text,
        tokens: &'a [Token],
        sink: &'a mut Vec<Diagnostic>,
    ) -> Parsed<Box<Expr>> {
        let mut parser = Self { source, sink, tokens, at: 0, depth: 0, parens: 0, braces_reported: false };
        let parsed = parser.expression(0)?;
        match parser.peek().kind {
            TokenKind::End => Ok(parsed.expr),
            _ => Err(parser.unexpected("an operator or the end of the expression")),
        }
    }

    pub(super) fn peek(&self) -> &'a Token {
        self.tokens.get(self.at).unwrap_or(&END)
    }

    /// Whether the next token stands right behind the one that was taken last.
    pub(super) fn touches(&self) -> bool {
        self.previous().is_some_and(|previous| previous.range.end == self.peek().range.start)
    }

    pub(super) fn previous(&self) -> Option<&'a Token> {
        self.at.checked_sub(1).and_then(|at| self.tokens.get(at))
    }

    /// The tokens from the next one on.
    pub(super) fn rest(&self) -> &'a [Token] {
        self.tokens.get(self.at..).unwrap_or_default()
    }

    /// Takes the next token; the last one, `End`, is never passed.
    pub(super) fn take(&mut self) -> &'a Token {
        let token = self.peek();
        self.skip(1);
        token
    }

    pub(super) fn skip(&mut self, count: usize) {
        self.at = (self.at + count).min(self.tokens.len().saturating_sub(1));
    }

    /// Every message about a token that does not fit comes from here.
    pub(super) fn unexpected(&self, expected: &str) -> Box<Failure> {
        let token = self.peek();
        let message = format!("expected {expected}, found {}", token.kind.describe());
        let failure = Failure::new(message, token.range.clone());
        let operand = expected.starts_with("an expression");
        match token.kind {
            TokenKind::Operator(BinaryOp::Add, _) if operand => {
                failure.help("there is no prefix `+`; leave it out")
            }
            TokenKind::Operator(BinaryOp::Greater, _) if operand => {
                failure.help("the comparisons are `=`, `!=`, `<`, `<=`, `>` and `>=`")
            }
            TokenKind::Operator(BinaryOp::Divide, _) if operand => {
                failure.help("a regular expression is text: write it in quotes")
            }
            TokenKind::Dot if operand => failure.help("a path begins with a name"),
            TokenKind::Dot => failure.help("steps follow a name, a call or a parenthesis"),
            TokenKind::Bang => failure.help("`!` stands in front of its operand; unequal is `!=`"),
            TokenKind::CloseParen | TokenKind::CloseBracket if !operand => {
                failure.help("nothing is open that it could close")
            }
            TokenKind::Separator if !operand => failure.help("`,` and `;` separate the arguments of a call"),
            _ => failure,
        }
    }

    #[cold]
    fn too_deep(&self) -> Box<Failure> {
        let range = self.previous().map_or(0..0, |token| token.range.clone());
        let message = format!("this expression is more than {MAX_DEPTH} levels deep");
        let mut failure =
            Failure::new(message, range).help("split it, for instance into variables of `temp`");
        failure.code = Code::TooDeep;
        failure
    }

    /// Puts a level on top of `height`.
    ///
    /// # Errors
    ///
    /// [`Code::TooDeep`] beyond the limit, so that no higher tree ever exists.
    pub(super) fn grow(&self, height: u32) -> Parsed<u32> {
        if height >= MAX_DEPTH { Err(self.too_deep()) } else { Ok(height + 1) }
    }

    /// Parses something that stands inside a node.
    pub(super) fn deeper<T>(&mut self, parse: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        self.depth = self.grow(self.depth)?;
        let parsed = parse(self);
        self.depth -= 1;
        parsed
    }

    /// Parses what stands in parentheses.
    pub(super) fn in_parens(&mut self) -> Parsed {
        self.parens = self.grow(self.parens)?;
        let parsed = self.expression(0);
        self.parens -= 1;
        parsed
    }

    /// Parses an expression whose operators bind at least as tightly as `least`.
    pub(super) fn expression(&mut self, least: u8) -> Parsed {
        let mut left = self.unary()?;
        while let TokenKind::Operator(op, _) = self.peek().kind {
            let precedence = op.precedence();
            if precedence < least {
                break;
            }
            self.take();
            let right = self.deeper(|parser| parser.expression(precedence + 1))?;
            left = self.binary(op, left, right)?;
        }
        Ok(left)
    }

    fn binary(&self, op: BinaryOp, left: Tall, right: Tall) -> Parsed {
        let height = self.grow(left.height.max(right.height))?;
        let range = left.expr.range.start..right.expr.range.end;
        Ok(Tall::new(ExprKind::Binary { op, left: left.expr, right: right.expr }, range, height))
    }

    fn unary(&mut self) -> Parsed {
        let op = match self.peek().kind {
            TokenKind::Bang => UnaryOp::Not,
            TokenKind::Operator(BinaryOp::Subtract, _) => UnaryOp::Negate,
            _ => return self.juxtaposition(),
        };
        debug_assert!(UNARY_PRECEDENCE > BinaryOp::Multiply.precedence(), "prefixes bind tighter");
        let start = self.take().range.start;
        let operand = self.deeper(Self::unary)?;
        let height = self.grow(operand.height)?;
        let range = start..operand.expr.range.end;
        Ok(Tall::new(ExprKind::Unary { op, operand: operand.expr }, range, height))
    }

    /// Pieces next to each other are one text (iml.md 3.3).
    fn juxtaposition(&mut self) -> Parsed {
        let first = self.operand()?;
        if !self.peek().kind.starts_operand() {
            return Ok(first);
        }
        let start = first.expr.range.start;
        let mut height = first.height;
        let mut pieces = vec![*first.expr];
        while self.peek().kind.starts_operand() {
            let piece = self.operand()?;
            height = self.grow(height.max(piece.height))?;
            pieces.push(*piece.expr);
        }
        let end = pieces.last().map_or(start, |piece| piece.range.end);
        Ok(Tall::new(ExprKind::Concat(pieces), start..end, height))
    }
}
