//! Parts of JavaScript by their tokens: brackets, parameters, patterns of destructuring.

use std::ops::Range;

use super::token::{Token, TokenKind};

/// The token behind the bracket that closes the one at `open`.
pub(super) fn behind(tokens: &[Token], open: usize) -> usize {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        match token.kind {
            TokenKind::Punct("(" | "[" | "{") => depth += 1,
            TokenKind::Punct(")" | "]" | "}") => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at + 1;
                }
            }
            _ => {}
        }
    }
    tokens.len()
}

/// The bracket that the one at `close` closes.
pub(super) fn opening(tokens: &[Token], close: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().take(close + 1).rev() {
        match token.kind {
            TokenKind::Punct(")" | "]" | "}") => depth += 1,
            TokenKind::Punct("(" | "[" | "{") => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

/// The parts between commas inside of the brackets at `open`.
pub(super) fn parts(tokens: &[Token], open: usize) -> Vec<Range<usize>> {
    let end = behind(tokens, open).saturating_sub(1);
    let mut parts = Vec::new();
    let (mut start, mut at) = (open + 1, open + 1);
    while at < end {
        let Some(token) = tokens.get(at) else { break };
        match token.kind {
            TokenKind::Punct(",") => {
                parts.push(start..at);
                at += 1;
                start = at;
            }
            TokenKind::Punct("(" | "[" | "{") => at = behind(tokens, at),
            _ => at += 1,
        }
    }
    if start < end {
        parts.push(start..end);
    }
    parts
}

/// One member of a pattern such as `{ a, b: c = 1, "d e": f, ...g }`.
pub(super) enum Entry {
    /// The place of the key, and what it is bound to.
    Member { key: usize, target: Range<usize> },
    /// `...rest`
    Rest { target: Range<usize> },
    /// A key that is computed.
    Unknown,
}

/// The members of the pattern at `open`.
pub(super) fn entries(tokens: &[Token], open: usize) -> Vec<Entry> {
    parts(tokens, open).into_iter().map(|part| entry(tokens, part)).collect()
}

fn entry(tokens: &[Token], part: Range<usize>) -> Entry {
    let (first, second) = (tokens.get(part.start), tokens.get(part.start + 1));
    let is_named = first.is_some_and(|token| matches!(token.kind, TokenKind::Name(_) | TokenKind::Text(_)));
    match (first, second) {
        (Some(token), _) if token.is("...") => Entry::Rest { target: part.start + 1..part.end },
        (Some(_), Some(colon)) if is_named && colon.is(":") => {
            Entry::Member { key: part.start, target: part.start + 2..part.end }
        }
        (Some(_), _) if is_named => Entry::Member { key: part.start, target: part },
        _ => Entry::Unknown,
    }
}

/// The parameters of the function that a module exports, each as the place of its pattern.
pub(super) fn exported(tokens: &[Token]) -> Option<Vec<Range<usize>>> {
    let name = |at: usize| tokens.get(at).and_then(Token::name);
    let is = |at: usize, punct: &str| tokens.get(at).is_some_and(|token| token.is(punct));
    (0..tokens.len()).find_map(|at| {
        let starts_member = at.checked_sub(1).is_none_or(|before| !is(before, "."));
        let export = match (name(at), name(at + 2)) {
            (Some("module"), Some("exports")) if is(at + 1, ".") && is(at + 3, "=") => at + 4,
            (Some("exports"), Some("default")) if is(at + 1, ".") && is(at + 3, "=") => at + 4,
            _ => return None,
        };
        if starts_member { function(tokens, export, 0) } else { None }
    })
}

/// The parameters of the function at `at`, or of the one that is named there.
fn function(tokens: &[Token], mut at: usize, turn: usize) -> Option<Vec<Range<usize>>> {
    let is = |at: usize, punct: &str| tokens.get(at).is_some_and(|token| token.is(punct));
    if tokens.get(at).and_then(Token::name) == Some("async") && !is(at + 1, "=>") {
        at += 1;
    }
    if is(at, "(") {
        let behind = behind(tokens, at);
        return if is(behind, "=>") { Some(parts(tokens, at)) } else { function(tokens, at + 1, turn) };
    }
    match tokens.get(at).and_then(Token::name)? {
        "function" => {
            let open = (at + 1..at + 4).find(|at| is(*at, "("))?;
            Some(parts(tokens, open))
        }
        _ if is(at + 1, "=>") => Some(std::iter::once(at..at + 1).collect()),
        name if turn == 0 => (0..tokens.len()).find_map(|at| {
            let own = tokens.get(at).and_then(Token::name) == Some(name);
            let before = at.checked_sub(1).and_then(|before| tokens.get(before)).and_then(Token::name);
            match before {
                Some("function") if own => function(tokens, at - 1, 1),
                Some("const" | "let" | "var") if own && is(at + 1, "=") => function(tokens, at + 2, 1),
                _ => None,
            }
        }),
        _ => None,
    }
}
