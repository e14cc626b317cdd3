//! Builds the JSON tree and goes on behind mistakes, so that one run reports all of them.

use std::collections::HashMap;
use std::sync::Arc;

use super::scan::{Scanner, Token, TokenKind, shorten};
use super::{Kind, Member, Node};
use crate::diagnostic::{Code, Diagnostic};
use crate::span::{FileId, Span, Text};

/// Deepest nesting of arrays and objects.
pub const MAX_DEPTH: usize = 256;

/// Reads a JSON text with comments, trailing commas, a byte-order mark and raw control characters in strings
/// (connector.md 2.1).
///
/// Every mistake is pushed to `sink` ([`Code::JsonSyntax`], [`Code::TooDeep`]; a doubled key is
/// [`Code::DuplicateKey`], a warning, and its last value wins at the place of the first). The tree of a broken text holds what could
/// be made of it; nothing should be generated from it. `None` is a text without any value: an empty file counts as absent.
///
/// ```
/// # use linchpin_spec::{json, span::FileId};
/// let mut found = Vec::new();
/// let node = json::parse(FileId(0), "{ \"url\": \"/tasks\", } // all of them", &mut found);
/// assert!(node.is_some() && found.is_empty());
/// ```
pub fn parse(file: FileId, text: &str, sink: &mut Vec<Diagnostic>) -> Option<Node> {
    if u32::try_from(text.len()).is_err() {
        let message = "the file is larger than 4 GiB";
        sink.push(Diagnostic::new(Code::JsonSyntax, message, Span::new(file, 0, 0)));
        return None;
    }
    let mut parser = Parser::new(Scanner::new(file, text, sink));
    let node = match parser.token.kind {
        TokenKind::End => return None,
        _ => parser.value("a value"),
    };
    if node.is_some() && parser.token.kind != TokenKind::End && !parser.unclosed {
        let found = describe(&parser.token.kind);
        let span = parser.token.span;
        parser.scanner.error(format!("found {found} behind the end of the document"), span);
    }
    node
}

struct Parser<'a> {
    scanner: Scanner<'a>,
    token: Token,
    /// The brackets that are open, with their places.
    open: Vec<(TokenKind, Span)>,
    /// The end of the text was reported already.
    unclosed: bool,
    too_deep: bool,
}

impl<'a> Parser<'a> {
    fn new(mut scanner: Scanner<'a>) -> Self {
        let token = scanner.next();
        Self { scanner, token, open: Vec::new(), unclosed: false, too_deep: false }
    }

    /// Goes on to the next token and gives back the current one.
    fn take(&mut self) -> Token {
        let next = self.scanner.next();
        std::mem::replace(&mut self.token, next)
    }

    fn unexpected(&mut self, expected: &str, help: Option<&str>) {
        if self.token.kind == TokenKind::End {
            return self.end_of_text(expected);
        }
        let message = format!("expected {expected}, found {}", describe(&self.token.kind));
        let mut diagnostic = Diagnostic::new(Code::JsonSyntax, message, self.token.span);
        diagnostic.help = help.map(str::to_owned);
        self.scanner.report(diagnostic);
    }

    /// Reports the end of the text once, at the innermost bracket that is open.
    fn end_of_text(&mut self, expected: &str) {
        if std::mem::replace(&mut self.unclosed, true) {
            return;
        }
        match self.open.last() {
            Some((kind, span)) => {
                let (message, span) = (format!("this {} is never closed", describe(kind)), *span);
                self.scanner.error(message, span);
            }
            None => {
                let span = self.token.span;
                self.scanner.error(format!("unexpected end of the file, expected {expected}"), span);
            }
        }
    }

    /// Reads a value. `None`, with the mistake reported, when none stands here.
    fn value(&mut self, expected: &str) -> Option<Node> {
        let kind = match &self.token.kind {
            TokenKind::OpenBrace | TokenKind::OpenBracket => return Some(self.container()),
            TokenKind::String(_) | TokenKind::Number(_) | TokenKind::Word(_) => self.take(),
            _ => {
                self.unexpected(expected, None);
                return None;
            }
        };
        let span = kind.span;
        let kind = match kind.kind {
            TokenKind::String(text) => Kind::String(text),
            TokenKind::Number(text) => Kind::Number(text),
            TokenKind::Word(word) => self.word(&word, span),
            _ => Kind::Null,
        };
        Some(Node { kind, span })
    }

    fn word(&mut self, word: &str, span: Span) -> Kind {
        match word {
            "true" => return Kind::Bool(true),
            "false" => return Kind::Bool(false),
            "null" => return Kind::Null,
            _ => {}
        }
        let message = format!("`{}` is not a value of JSON", shorten(word));
        let help = match word.to_ascii_lowercase().as_str() {
            "true" => "write `true`",
            "false" => "write `false`",
            "null" | "none" | "nil" | "undefined" | "nan" => "write `null`",
            _ => "put it in double quotes if it is text",
        };
        self.scanner.report(Diagnostic::new(Code::JsonSyntax, message, span).help(help));
        Kind::Null
    }

    /// Reads the array or object that begins here.
    fn container(&mut self) -> Node {
        let open = self.take();
        if self.open.len() >= MAX_DEPTH {
            return self.skip_container(open.span);
        }
        let is_object = open.kind == TokenKind::OpenBrace;
        self.open.push((open.kind, open.span));
        let (kind, end) = if is_object {
            let (members, end) = self.members();
            (Kind::Object(self.unique(members)), end)
        } else {
            let (items, end) = self.items();
            (Kind::Array(items), end)
        };
        self.open.pop();
        Node { kind, span: Span::new(open.span.file, open.span.start, end) }
    }

    /// Passes over a container that stands too deep, without recursion.
    fn skip_container(&mut self, start: Span) -> Node {
        if !std::mem::replace(&mut self.too_deep, true) {
            let message = format!("nested more than {MAX_DEPTH} levels deep");
            self.scanner.report(Diagnostic::new(Code::TooDeep, message, start));
        }
        let mut depth = 1_usize;
        let mut end = start.end;
        while depth > 0 && self.token.kind != TokenKind::End {
            let token = self.take();
            end = token.span.end;
            match token.kind {
                TokenKind::OpenBrace | TokenKind::OpenBracket => depth += 1,
                TokenKind::CloseBrace | TokenKind::CloseBracket => depth -= 1,
                _ => {}
            }
        }
        Node { kind: Kind::Null, span: Span::new(start.file, start.start, end) }
    }

    fn items(&mut self) -> (Vec<Node>, u32) {
        let mut items = Vec::new();
        loop {
            if let Some(end) = self.closes(&TokenKind::CloseBracket, "a value or `]`") {
                return (items, end);
            }
            match self.value("a value or `]`") {
                Some(item) => {
                    items.push(item);
                    self.separator("`,` or `]`", &TokenKind::CloseBracket);
                }
                None => {
                    self.take();
                }
            }
        }
    }

    fn members(&mut self) -> (Vec<Member>, u32) {
        let mut members = Vec::new();
        loop {
            if let Some(end) = self.closes(&TokenKind::CloseBrace, "a key or `}`") {
                return (members, end);
            }
            let Some(key) = self.key() else {
                self.take();
                continue;
            };
            if let Some(value) = self.member_value() {
                members.push(Member { key, value });
            }
            self.separator("`,` or `}`", &TokenKind::CloseBrace);
        }
    }

    /// The end of the container when it ends here: at its own bracket, at that of the container around it
    /// (then its own is missing), or at the end of the text.
    fn closes(&mut self, own: &TokenKind, expected: &str) -> Option<u32> {
        match &self.token.kind {
            kind if kind == own => Some(self.take().span.end),
            TokenKind::End => {
                self.unexpected(expected, None);
                Some(self.token.span.start)
            }
            TokenKind::CloseBrace | TokenKind::CloseBracket => {
                let opening = match self.token.kind {
                    TokenKind::CloseBrace => TokenKind::OpenBrace,
                    _ => TokenKind::OpenBracket,
                };
                self.unexpected(expected, None);
                let outer = self.open.iter().any(|(kind, _)| *kind == opening);
                if outer {
                    return Some(self.token.span.start);
                }
                self.take();
                // Nothing around this container has such a bracket: it was meant to close this one.
                Some(self.token.span.start)
            }
            _ => None,
        }
    }

    /// Takes the comma behind a member or an item.
    fn separator(&mut self, expected: &str, own: &TokenKind) {
        match &self.token.kind {
            TokenKind::Comma => {
                self.take();
            }
            TokenKind::End | TokenKind::CloseBrace | TokenKind::CloseBracket => {}
            kind if kind == own => {}
            TokenKind::Other(_) | TokenKind::Colon => {
                self.unexpected(expected, None);
                self.take();
            }
            _ => self.unexpected(expected, Some("add the missing comma")),
        }
    }

    fn key(&mut self) -> Option<Text> {
        match &self.token.kind {
            TokenKind::String(_) => {}
            TokenKind::Word(word) | TokenKind::Number(word) => {
                let (word, span) = (word.clone(), self.token.span);
                let message = format!("the key `{}` is not in quotes", shorten(&word));
                let help = format!("write `\"{}\"`", shorten(&word));
                self.scanner.report(Diagnostic::new(Code::JsonSyntax, message, span).help(help));
                self.take();
                return Some(Text { value: Arc::from(word), span, marks: Arc::new([(0, span.start)]) });
            }
            _ => {
                self.unexpected("a key or `}`", None);
                return None;
            }
        }
        match self.take() {
            Token { kind: TokenKind::String(text), multiline, .. } => {
                let has_colon = self.token.kind == TokenKind::Colon;
                self.colon(multiline && !has_colon);
                Some(text)
            }
            _ => None,
        }
    }

    fn colon(&mut self, multiline: bool) {
        match &self.token.kind {
            TokenKind::Colon => {}
            TokenKind::Other(_) => {
                self.unexpected("`:`", None);
                self.take();
            }
            TokenKind::End => {}
            _ => {
                let help = "the key goes over several lines: is a closing quote missing?";
                self.unexpected("`:` behind the key", multiline.then_some(help));
            }
        }
    }

    /// The value behind a key and its colon.
    fn member_value(&mut self) -> Option<Node> {
        if self.token.kind == TokenKind::Colon {
            self.take();
        } else if !matches!(
            self.token.kind,
            TokenKind::OpenBrace | TokenKind::OpenBracket | TokenKind::Number(_) | TokenKind::Word(_)
        ) {
            // The missing colon is reported; what follows is the next key, or the end.
            return None;
        }
        match self.token.kind {
            TokenKind::Other(_) => {
                self.unexpected("a value", None);
                self.take();
                None
            }
            _ => self.value("a value"),
        }
    }

    /// Drops all but the last value of each key (connector.md 2.1); the place in the order is the first one's, as in JavaScript.
    fn unique(&mut self, members: Vec<Member>) -> Vec<Member> {
        let mut kept: Vec<Member> = Vec::with_capacity(members.len());
        let mut places: HashMap<Arc<str>, usize> = HashMap::with_capacity(members.len());
        for member in members {
            match places.get(&member.key.value).and_then(|at| kept.get_mut(*at)) {
                Some(earlier) => {
                    let message =
                        format!("the key `{}` stands twice in this object", shorten(&member.key.value));
                    let diagnostic = Diagnostic::new(Code::DuplicateKey, message, earlier.key.span)
                        .label("this value is ignored")
                        .help("the last one wins; remove one of them");
                    self.scanner.report(diagnostic);
                    *earlier = member;
                }
                None => {
                    places.insert(member.key.value.clone(), kept.len());
                    kept.push(member);
                }
            }
        }
        kept
    }
}

fn describe(kind: &TokenKind) -> String {
    match kind {
        TokenKind::OpenBrace => "`{`".to_owned(),
        TokenKind::CloseBrace => "`}`".to_owned(),
        TokenKind::OpenBracket => "`[`".to_owned(),
        TokenKind::CloseBracket => "`]`".to_owned(),
        TokenKind::Colon => "`:`".to_owned(),
        TokenKind::Comma => "`,`".to_owned(),
        TokenKind::String(_) => "a string".to_owned(),
        TokenKind::Number(_) => "a number".to_owned(),
        TokenKind::Word(word) => format!("`{}`", shorten(word)),
        TokenKind::Other(c) if c.is_whitespace() || c.is_control() => {
            format!("the character U+{:04X}", u32::from(*c))
        }
        TokenKind::Other(c) => format!("`{c}`"),
        TokenKind::End => "end of the file".to_owned(),
    }
}
