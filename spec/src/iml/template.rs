//! Splits a string into literal text and mustaches (iml.md 2).

use super::ast::{Expr, ExprKind, Keyword, Piece, Template};
use super::lexer::{Lexed, lex};
use super::parser::{Failure, Parser};
use super::token::TokenKind;
use crate::diagnostic::Diagnostic;
use crate::span::Text;

/// Most mistakes that are reported of one template.
const MAX_ERRORS: usize = 20;

/// Parses a string of a connector as a template.
///
/// What does not parse is pushed to `sink` ([`TemplateSyntax`](crate::diagnostic::Code::TemplateSyntax), or [`TooDeep`](crate::diagnostic::Code::TooDeep)), one mistake for each
/// mustache; the template is then `broken` and its mustache stands for undefined. What parses but is doubtful is pushed
/// as well: [`UnclosedCall`](crate::diagnostic::Code::UnclosedCall), [`BracketLiteral`](crate::diagnostic::Code::BracketLiteral), [`ObjectLiteral`](crate::diagnostic::Code::ObjectLiteral).
///
/// ```
/// # use linchpin_spec::{iml, span::{Span, Text}};
/// let text = Text::detached("/tasks/{{parameters.id}}", Span::default());
/// let mut found = Vec::new();
/// let template = iml::parse_template(&text, &mut found);
/// assert!(found.is_empty());
/// assert_eq!(iml::print_template(&template), "/tasks/{{parameters.id}}");
/// ```
pub fn parse_template(source: &Text, sink: &mut Vec<Diagnostic>) -> Template {
    let mut builder = Builder { source, sink, pieces: Vec::new(), broken: None, errors: 0 };
    let text = &*source.value;
    let mut at = 0;
    while let Some(length) = text.get(at..).and_then(|rest| rest.find("{{")) {
        let open = at + length;
        builder.literal(text.get(at..open).unwrap_or_default());
        let lexed = lex(text, open + 2);
        at = lexed.end + if lexed.closed { 2 } else { 0 };
        builder.mustache(open, &lexed);
    }
    builder.literal(text.get(at..).unwrap_or_default());
    builder.finish()
}

/// Parses a string that is an expression even without `{{ }}`, such as a bare `iterate` (connector.md 7.6).
/// A string with a mustache is a template as anywhere else.
pub fn parse_expression(source: &Text, sink: &mut Vec<Diagnostic>) -> Template {
    if source.value.contains("{{") {
        return parse_template(source, sink);
    }
    let mut builder = Builder { source, sink, pieces: Vec::new(), broken: None, errors: 0 };
    let lexed = lex(&source.value, 0);
    if lexed.closed {
        let end = offset(lexed.end);
        builder.fail(*Failure::new("unexpected `}}` without a `{{`", end..end + 2));
    }
    builder.mustache(0, &Lexed { closed: true, ..lexed });
    builder.finish()
}

struct Builder<'a> {
    source: &'a Text,
    sink: &'a mut Vec<Diagnostic>,
    pieces: Vec<Piece>,
    broken: Option<String>,
    errors: usize,
}

impl Builder<'_> {
    fn literal(&mut self, text: &str) {
        match self.pieces.last_mut() {
            _ if text.is_empty() => {}
            Some(Piece::Literal(last)) => last.push_str(text),
            _ => self.pieces.push(Piece::Literal(text.to_owned())),
        }
    }

    /// Parses the mustache whose braces open at `open`.
    fn mustache(&mut self, open: usize, lexed: &Lexed) {
        let start = offset(open);
        let parsed = match (&lexed.error, lexed.closed) {
            (Some((message, range)), _) => {
                let help = "add the missing quote; what stands in quotes may contain `}}`";
                Err(Failure::new(*message, range.clone()).help(help))
            }
            (None, false) => {
                Err(Failure::new("this `{{` is never closed", start..start + 2).help("add the missing `}}`"))
            }
            // An empty mustache is undefined (iml.md 2, rule 7).
            (None, true) if matches!(lexed.tokens.as_slice(), [only] if only.kind == TokenKind::End) => {
                Ok(Box::new(undefined(start, offset(lexed.end))))
            }
            (None, true) => Parser::parse(self.source, &lexed.tokens, self.sink),
        };
        let expr = parsed.unwrap_or_else(|failure| {
            self.fail(*failure);
            Box::new(undefined(start, offset(lexed.end)))
        });
        self.pieces.push(Piece::Mustache(*expr));
    }

    fn fail(&mut self, failure: Failure) {
        self.errors += 1;
        if self.errors > MAX_ERRORS {
            return;
        }
        let diagnostic = failure.into_diagnostic(self.source);
        self.broken.get_or_insert_with(|| diagnostic.message.clone());
        self.sink.push(diagnostic);
    }

    fn finish(self) -> Template {
        Template { source: self.source.clone(), pieces: self.pieces, broken: self.broken }
    }
}

fn undefined(start: u32, end: u32) -> Expr {
    Expr { kind: ExprKind::Keyword(Keyword::Undefined), range: start..end.max(start) }
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
