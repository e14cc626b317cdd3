//! What is text without running anything (iml.md 3.3, 6.1).

use super::ast::{BinaryOp, Expr, ExprKind, Keyword};

/// The text of an expression that is literal text. `emptystring` is none: it is not blank.
pub fn literal_text(expr: &Expr) -> Option<String> {
    match &expr.kind {
        ExprKind::Text(text) => Some((**text).to_owned()),
        ExprKind::Brace(brace) => Some(brace.to_string()),
        ExprKind::Keyword(keyword) => space(*keyword).map(str::to_owned),
        ExprKind::Concat(pieces) => pieces.iter().map(literal_text).collect(),
        _ => None,
    }
}

/// Whether an expression is text whatever its operands are, so that `+` joins text forms (iml.md 6.1).
pub fn is_text(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Concat(_) => true,
        ExprKind::Binary { op: BinaryOp::Add, left, right } => is_text(left) || is_text(right),
        _ => literal_text(expr).is_some(),
    }
}

/// The text that a keyword for white space stands for (iml.md 4.3).
pub fn space(keyword: Keyword) -> Option<&'static str> {
    match keyword {
        Keyword::Space => Some(" "),
        Keyword::Nbsp => Some("\u{a0}"),
        Keyword::Tab => Some("\t"),
        Keyword::Newline => Some("\n"),
        Keyword::CarriageReturn => Some("\r"),
        _ => None,
    }
}
