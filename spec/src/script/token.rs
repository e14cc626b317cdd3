//! The tokens of JavaScript, as far as it takes to tell names from comments, texts and patterns.

use std::ops::Range;

/// A token with the bytes that it takes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) range: Range<usize>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum TokenKind {
    /// A name or a keyword.
    Name(String),
    /// A string, or a template without anything to fill in.
    Text(String),
    /// `=>`, `...`, `?.`, `==` and the like as one, anything else as single characters.
    Punct(&'static str),
    /// Numbers, patterns, pieces of templates, characters that mean nothing here.
    Other,
}

impl Token {
    pub(super) fn is(&self, punct: &str) -> bool {
        matches!(&self.kind, TokenKind::Punct(own) if *own == punct)
    }

    pub(super) fn name(&self) -> Option<&str> {
        match &self.kind {
            TokenKind::Name(name) => Some(name),
            _ => None,
        }
    }
}

/// Longest first.
const PUNCTS: &[&str] = &[
    "...", "===", "!==", "=>", "?.", "==", "!=", "<=", ">=", "{", "}", "(", ")", "[", "]", ",", ";", ":",
    ".", "=", "?",
];
/// Behind these words, `/` begins a pattern.
const BEFORE_VALUES: &[&str] = &[
    "return",
    "typeof",
    "case",
    "in",
    "of",
    "delete",
    "void",
    "throw",
    "new",
    "do",
    "else",
    "await",
    "yield",
    "instanceof",
];

/// Reads the tokens of code. What is no JavaScript gives some tokens as well, never an error.
pub(super) fn tokens(code: &str) -> Vec<Token> {
    let mut lexer = Lexer { code, at: 0, tokens: Vec::new(), templates: Vec::new() };
    while lexer.next() {}
    lexer.tokens
}

struct Lexer<'a> {
    code: &'a str,
    at: usize,
    tokens: Vec<Token>,
    /// The braces that are open inside of each `${`.
    templates: Vec<usize>,
}

impl Lexer<'_> {
    fn rest(&self) -> &str {
        self.code.get(self.at..).unwrap_or_default()
    }

    fn push(&mut self, kind: TokenKind, length: usize) {
        let start = self.at;
        self.at = (start + length).min(self.code.len());
        self.tokens.push(Token { kind, range: start..self.at });
    }

    /// Takes the next token, comment or white space; `false` at the end.
    fn next(&mut self) -> bool {
        let rest = self.rest();
        let Some(first) = rest.chars().next() else { return false };
        let length = |end: Option<usize>, past: usize| end.map_or(rest.len(), |end| end + past);
        if first.is_whitespace() {
            self.at += first.len_utf8();
        } else if rest.starts_with("//") || (self.at == 0 && rest.starts_with("#!")) {
            self.at += length(rest.find('\n'), 1);
        } else if rest.starts_with("/*") {
            self.at += length(rest.find("*/"), 2);
        } else if is_name(first) {
            let end = length(rest.find(|char| !is_name(char) && !char.is_numeric()), 0);
            self.push(TokenKind::Name(rest.get(..end).unwrap_or_default().to_owned()), end);
        } else if first.is_ascii_digit() {
            let is_inside = |char: char| char.is_ascii_alphanumeric() || matches!(char, '.' | '_');
            self.push(TokenKind::Other, length(rest.find(|char| !is_inside(char)), 0));
        } else {
            self.mark(first);
        }
        true
    }

    fn mark(&mut self, first: char) {
        match first {
            '"' | '\'' => self.text(first),
            '`' => self.template(1),
            '}' if self.templates.last() == Some(&0) => {
                self.templates.pop();
                self.template(1);
            }
            '/' if self.begins_pattern() && self.pattern().is_some() => {
                let length = self.pattern().unwrap_or(1);
                self.push(TokenKind::Other, length);
            }
            _ => {
                if let Some(open) = self.templates.last_mut() {
                    match first {
                        '{' => *open += 1,
                        '}' => *open -= 1,
                        _ => {}
                    }
                }
                let punct = PUNCTS.iter().find(|punct| self.rest().starts_with(**punct));
                match punct {
                    Some(punct) => self.push(TokenKind::Punct(punct), punct.len()),
                    None => self.push(TokenKind::Other, first.len_utf8()),
                }
            }
        }
    }

    fn text(&mut self, quote: char) {
        let mut value = String::new();
        let mut chars = self.rest().char_indices().skip(1);
        let mut length = self.rest().len();
        while let Some((at, char)) = chars.next() {
            match char {
                _ if char == quote => {
                    length = at + 1;
                    break;
                }
                '\n' => {
                    length = at;
                    break;
                }
                '\\' => value.extend(chars.next().map(|(_, escaped)| escaped)),
                _ => value.push(char),
            }
        }
        self.push(TokenKind::Text(value), length);
    }

    /// Reads a piece of a template behind its first `start` bytes, up to its end or the next `${`.
    fn template(&mut self, start: usize) {
        let rest = self.rest();
        let begins = rest.starts_with('`');
        let mut value = String::new();
        let mut chars = rest.char_indices().skip(start);
        let mut end = (rest.len(), false);
        while let Some((at, char)) = chars.next() {
            match char {
                '`' => {
                    end = (at + 1, false);
                    break;
                }
                '$' if rest.get(at + 1..).is_some_and(|rest| rest.starts_with('{')) => {
                    end = (at + 2, true);
                    break;
                }
                '\\' => value.extend(chars.next().map(|(_, escaped)| escaped)),
                _ => value.push(char),
            }
        }
        let (length, goes_on) = end;
        let is_whole = begins && !goes_on;
        self.push(if is_whole { TokenKind::Text(value) } else { TokenKind::Other }, length);
        if goes_on {
            self.templates.push(0);
        }
    }

    /// Whether a `/` here begins a pattern, by what stands before it.
    fn begins_pattern(&self) -> bool {
        match self.tokens.last().map(|token| &token.kind) {
            None => true,
            Some(TokenKind::Name(name)) => BEFORE_VALUES.contains(&name.as_str()),
            Some(TokenKind::Text(_)) => false,
            Some(TokenKind::Punct(punct)) => !matches!(*punct, ")" | "]" | "}"),
            // Operators such as `+` are other tokens as well as numbers are.
            Some(TokenKind::Other) => {
                let last = self.tokens.last().map_or(0..0, |token| token.range.clone());
                let last = self.code.get(last).unwrap_or_default();
                !last.ends_with(|char: char| char.is_alphanumeric() || matches!(char, '/' | '`' | '.'))
            }
        }
    }

    /// The length of the pattern that begins here; nothing when it is not closed on its line.
    fn pattern(&self) -> Option<usize> {
        let rest = self.rest();
        let mut is_escaped = false;
        let mut in_class = false;
        for (at, char) in rest.char_indices().skip(1) {
            match char {
                '\n' => return None,
                _ if is_escaped => is_escaped = false,
                '\\' => is_escaped = true,
                '[' => in_class = true,
                ']' => in_class = false,
                '/' if !in_class => {
                    let flags = rest.get(at + 1..).unwrap_or_default();
                    let flags = flags.find(|char| !is_name(char)).unwrap_or(flags.len());
                    return Some(at + 1 + flags);
                }
                _ => {}
            }
        }
        None
    }
}

fn is_name(char: char) -> bool {
    char.is_alphabetic() || matches!(char, '_' | '$')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(code: &str) -> String {
        let show = |token: Token| match token.kind {
            TokenKind::Name(name) => name,
            TokenKind::Text(text) => format!("<{text}>"),
            TokenKind::Punct(punct) => punct.to_owned(),
            TokenKind::Other => "#".to_owned(),
        };
        tokens(code).into_iter().map(show).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn names_are_told_from_everything_else() {
        let cases = [
            ("a.b // c\n/* d */ e", "a . b e"),
            ("x = 'it\\'s' + \"y\"", "x = <it's> # <y>"),
            ("`a ${b.c({ d: `e` })} f ${g}`", "# b . c ( { d : <e> } ) # g #"),
            ("a = /b['\"/]c\\//g; d", "a = # ; d"),
            ("a / b / c", "a # b # c"),
            ("(a) / 2 /* x */ / b", "( a ) # # # b"),
            ("return /x/.test(y)", "return # . test ( y )"),
            ("a?.b ?? c => ...d === e", "a ?. b ? ? c => ... d === e"),
            ("1.5e3.toFixed + 0x1F", "# # #"),
            ("'open\nnext", "<open> next"),
            ("`open ${", "#"),
            ("}}}", "} } }"),
            ("žluť $a _b", "žluť $a _b"),
        ];
        for (code, expected) in cases {
            assert_eq!(shown(code), expected, "{code}");
        }
    }
}
