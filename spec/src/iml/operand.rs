//! Operands: literals, calls, paths, parentheses (iml.md 3.2, 4, 5).

use std::ops::Range;
use std::sync::Arc;

use super::ast::{BinaryOp, ExprKind, Keyword, Step, StepKind, Variable};
use super::parser::{Failure, Parsed, Parser, Tall};
use super::token::{Token, TokenKind, shorten};
use crate::diagnostic::{Code, Diagnostic};

impl TokenKind {
    /// Whether an operand can begin with this token.
    pub(super) fn starts_operand(&self) -> bool {
        matches!(
            self,
            Self::Text(_)
                | Self::Number(_)
                | Self::Name(_)
                | Self::Quoted(_)
                | Self::OpenParen
                | Self::OpenBracket
                | Self::OpenBrace
                | Self::CloseBrace
        )
    }
}

impl Parser<'_> {
    pub(super) fn operand(&mut self) -> Parsed {
        let token = self.peek();
        let range = token.range.clone();
        match &token.kind {
            TokenKind::Text(text) => self.leaf(ExprKind::Text(text.clone())),
            TokenKind::Number(number) => self.leaf(ExprKind::Number(*number)),
            TokenKind::Name(name) => self.name(name, range),
            TokenKind::Quoted(name) => {
                self.take();
                self.tail(Tall::leaf(ExprKind::Name(name.clone()), range.clone()), range.start)
            }
            TokenKind::OpenParen => self.parenthesis(),
            TokenKind::OpenBracket => self.brackets(),
            TokenKind::OpenBrace => {
                self.report_braces();
                self.leaf(ExprKind::Brace('{'))
            }
            TokenKind::CloseBrace => {
                self.report_braces();
                self.leaf(ExprKind::Brace('}'))
            }
            _ => Err(self.unexpected("an expression")),
        }
    }

    fn leaf(&mut self, kind: ExprKind) -> Parsed {
        let range = self.take().range.clone();
        Ok(Tall::leaf(kind, range))
    }

    fn name(&mut self, name: &Arc<str>, range: Range<u32>) -> Parsed {
        self.take();
        let start = range.start;
        if self.peek().kind == TokenKind::OpenParen {
            let call = self.call(name, range)?;
            return self.tail(call, start);
        }
        if !self.step_follows() {
            // Keywords and variables are complete names of one segment (iml.md 4.3, 4.4).
            if let Some(keyword) = Keyword::find(name) {
                return Ok(Tall::leaf(ExprKind::Keyword(keyword), range));
            }
            if let Some(variable) = Variable::find(name) {
                return Ok(Tall::leaf(ExprKind::Variable(variable), range));
            }
        }
        self.tail(Tall::leaf(ExprKind::Name(name.clone()), range), start)
    }

    /// A call whose name was just taken (iml.md 3.2).
    fn call(&mut self, name: &Arc<str>, name_range: Range<u32>) -> Parsed {
        self.take();
        let mut args = Vec::new();
        let mut height = 0;
        // A separator was taken, so that one more argument follows, an empty one at least.
        let mut pending = false;
        loop {
            match self.peek().kind {
                TokenKind::CloseParen | TokenKind::End => break,
                TokenKind::Separator => args.push(None),
                _ => {
                    let arg = self.deeper(|parser| parser.expression(0))?;
                    height = height.max(arg.height);
                    args.push(Some(*arg.expr));
                }
            }
            pending = self.peek().kind == TokenKind::Separator;
            match self.peek().kind {
                TokenKind::Separator => {
                    self.take();
                }
                TokenKind::CloseParen | TokenKind::End => break,
                _ => return Err(self.unexpected("`,` or `)`")),
            }
        }
        if pending {
            args.push(None);
        }
        let end =
            self.close_paren(&name_range, || format!("the call of `{}` is never closed", shorten(name)));
        let range = name_range.start..end;
        let kind = ExprKind::Call { name: name.clone(), name_range, args };
        Ok(Tall::new(kind, range, self.grow(height)?))
    }

    /// Takes a `)`; at the end of the expression a missing one is only reported (iml.md 3.2). Gives the end.
    fn close_paren(&mut self, place: &Range<u32>, message: impl FnOnce() -> String) -> u32 {
        if self.peek().kind == TokenKind::CloseParen {
            return self.take().range.end;
        }
        let span = self.source.span_of(place.clone());
        let help = "it is closed at the end of the expression; add the missing `)`";
        self.sink.push(Diagnostic::new(Code::UnclosedCall, message(), span).help(help));
        self.previous().map_or(place.end, |token| token.range.end)
    }

    fn parenthesis(&mut self) -> Parsed {
        let open = self.take().range.clone();
        if self.peek().kind == TokenKind::CloseParen {
            let help = "only a function has empty parentheses, and IML has no methods: write `upper(value)`";
            return Err(self.unexpected("an expression").help(help));
        }
        let inner = self.in_parens()?;
        if !matches!(self.peek().kind, TokenKind::CloseParen | TokenKind::End) {
            return Err(self.unexpected("an operator or `)`"));
        }
        self.close_paren(&open, || "this `(` is never closed".to_owned());
        self.tail(inner, open.start)
    }

    /// Whether a path goes on: a dot, or a bracket that touches what stands in front of it (iml.md 5).
    fn step_follows(&self) -> bool {
        match self.peek().kind {
            TokenKind::Dot => true,
            TokenKind::OpenBracket => self.touches(),
            _ => false,
        }
    }

    /// The steps behind `base`, if there are any.
    fn tail(&mut self, base: Tall, start: u32) -> Parsed {
        let mut steps = Vec::new();
        let mut height = base.height;
        while self.step_follows() {
            let (step, inner) =
                if self.peek().kind == TokenKind::Dot { (self.key_step()?, 0) } else { self.bracket_step()? };
            height = self.grow(height.max(inner))?;
            steps.push(step);
        }
        let Some(end) = steps.last().map(|step: &Step| step.range.end) else {
            return Ok(base);
        };
        Ok(Tall::new(ExprKind::Path { base: base.expr, steps }, start..end, height))
    }

    fn key_step(&mut self) -> Parsed<Step> {
        let start = self.take().range.start;
        let key = match &self.peek().kind {
            TokenKind::Name(name) | TokenKind::Quoted(name) => name.clone(),
            _ => {
                let failure = self.unexpected("a name behind the `.`");
                return Err(failure.help("write names with special characters in backticks"));
            }
        };
        let end = self.take().range.end;
        Ok(Step { kind: StepKind::Key(key), range: start..end })
    }

    /// `[]`, `[3]`, `[-1]` or `[expression]`, and the height of the expression.
    fn bracket_step(&mut self) -> Parsed<(Step, u32)> {
        let open = self.take().range.clone();
        let (kind, height) = match self.index_literal() {
            Some((kind, tokens)) => {
                self.skip(tokens);
                (kind, 0)
            }
            None => {
                let index = self.deeper(|parser| parser.expression(0))?;
                (StepKind::Computed(index.expr), index.height)
            }
        };
        match self.peek().kind {
            TokenKind::CloseBracket => {
                let end = self.take().range.end;
                Ok((Step { kind, range: open.start..end }, height))
            }
            TokenKind::End => Err(Failure::new("this `[` is never closed", open)),
            _ => Err(self.unexpected("an operator or `]`")),
        }
    }

    /// The index that stands here when it is empty or a literal, and how many tokens it takes.
    fn index_literal(&self) -> Option<(StepKind, usize)> {
        let (digits, tokens, negative) = match self.rest() {
            [Token { kind: TokenKind::CloseBracket, .. }, ..] => return Some((StepKind::First, 0)),
            [digits, Token { kind: TokenKind::CloseBracket, .. }, ..] => (digits, 1, false),
            [
                Token { kind: TokenKind::Operator(BinaryOp::Subtract, _), .. },
                digits,
                Token { kind: TokenKind::CloseBracket, .. },
                ..,
            ] => (digits, 2, true),
            _ => return None,
        };
        let range = digits.range.start as usize..digits.range.end as usize;
        let digits = self.source.value.get(range).filter(|_| matches!(digits.kind, TokenKind::Number(_)))?;
        // A fraction, or a number too large to index anything, is an expression like any other.
        let index: i64 = digits.parse().ok()?;
        Some((StepKind::Index(if negative { -index } else { index }), tokens))
    }

    /// `[..]` as a value is null, whatever it contains (iml.md 4.2).
    fn brackets(&mut self) -> Parsed {
        let open = self.peek().range.clone();
        let length = matching(self.rest(), &TokenKind::OpenBracket, &TokenKind::CloseBracket)
            .ok_or_else(|| Failure::new("this `[` is never closed", open.clone()))?;
        self.skip(length);
        let end = self.previous().map_or(open.end, |token| token.range.end);
        let range = open.start..end;
        let help =
            "IML has no array literals; build one with `split(..)`, `merge(..)` or `add(emptyarray, ..)`";
        let span = self.source.span_of(range.clone());
        self.sink
            .push(Diagnostic::new(Code::BracketLiteral, "`[..]` as a value is always null", span).help(help));
        let text = self.source.value.get(range.start as usize..range.end as usize).unwrap_or_default();
        Ok(Tall::leaf(ExprKind::Brackets(Arc::from(text)), range))
    }

    /// Reports braces once for each expression (iml.md 4.2).
    fn report_braces(&mut self) {
        if std::mem::replace(&mut self.braces_reported, true) {
            return;
        }
        let open = self.peek().range.clone();
        let length = matching(self.rest(), &TokenKind::OpenBrace, &TokenKind::CloseBrace).unwrap_or(1);
        let last = length.checked_sub(1).and_then(|at| self.rest().get(at));
        let range = open.start..last.map_or(open.end, |token| token.range.end);
        let help = "IML has no object literals; write the object as JSON, for instance in `temp`, or use `parseJSON('..')`";
        let span = self.source.span_of(range);
        self.sink
            .push(Diagnostic::new(Code::ObjectLiteral, "braces are text, not an object", span).help(help));
    }
}

/// How many tokens there are up to the one that closes the first one, itself included.
fn matching(tokens: &[Token], open: &TokenKind, close: &TokenKind) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate() {
        if token.kind == *open {
            depth += 1;
        } else if token.kind == *close {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return Some(at + 1);
            }
        }
    }
    None
}
