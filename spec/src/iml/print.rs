//! Writes expressions back as IML. What is written parses to an equal tree.

use std::fmt::{self, Display, Formatter, Write};

use super::ast::{Expr, ExprKind, Keyword, Piece, Step, StepKind, Template, UnaryOp, Variable};
use super::words::{CONCAT_PRECEDENCE, PRIMARY_PRECEDENCE, UNARY_PRECEDENCE, name_length};

/// The template as IML. A template that did not parse is given as it was written.
pub fn print_template(template: &Template) -> String {
    if template.broken.is_some() {
        return template.source.value.to_string();
    }
    let mut out = String::new();
    for piece in &template.pieces {
        match piece {
            Piece::Literal(text) => out.push_str(text),
            Piece::Mustache(expr) => {
                let text = expr.to_string();
                // A brace right beside the mustache's own would be read as a part of it.
                let space = if text.starts_with(['{', '}']) || text.ends_with(['{', '}']) { " " } else { "" };
                out.push_str("{{");
                out.push_str(space);
                out.push_str(&text);
                out.push_str(space);
                out.push_str("}}");
            }
        }
    }
    out
}

impl Display for Expr {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ExprKind::Text(text) => f.write_str(&quoted(text)),
            ExprKind::Number(number) => f.write_str(&digits(*number)),
            ExprKind::Keyword(keyword) => f.write_str(keyword.name()),
            ExprKind::Variable(variable) => f.write_str(variable.name()),
            ExprKind::Name(name) if is_root(name) => f.write_str(name),
            ExprKind::Name(name) => write!(f, "`{name}`"),
            ExprKind::Path { base, steps } => {
                write_inside(f, base, is_path_base(base))?;
                steps.iter().try_for_each(|step| write!(f, "{step}"))
            }
            ExprKind::Call { name, args, .. } => write_call(f, name, args),
            ExprKind::Unary { op, operand } => {
                f.write_str(op.symbol())?;
                write_inside(f, operand, precedence(operand) >= UNARY_PRECEDENCE)
            }
            ExprKind::Binary { op, left, right } => {
                write_inside(f, left, precedence(left) >= op.precedence())?;
                write!(f, " {} ", op.symbol())?;
                write_inside(f, right, precedence(right) > op.precedence())
            }
            ExprKind::Concat(pieces) => write_pieces(f, pieces),
            ExprKind::Brackets(text) => f.write_str(text),
            ExprKind::Brace(brace) => f.write_char(*brace),
        }
    }
}

impl Display for Step {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.kind {
            StepKind::Key(key) if is_bare(key) => write!(f, ".{key}"),
            StepKind::Key(key) => write!(f, ".`{key}`"),
            StepKind::First => f.write_str("[]"),
            StepKind::Index(index) => write!(f, "[{index}]"),
            // In parentheses a number is a computed index, without them a literal one.
            StepKind::Computed(expr) if is_whole_number(expr) => write!(f, "[({expr})]"),
            StepKind::Computed(expr) => write!(f, "[{expr}]"),
        }
    }
}

fn precedence(expr: &Expr) -> u8 {
    match &expr.kind {
        ExprKind::Binary { op, .. } => op.precedence(),
        ExprKind::Unary { .. } => UNARY_PRECEDENCE,
        ExprKind::Concat(_) => CONCAT_PRECEDENCE,
        _ => PRIMARY_PRECEDENCE,
    }
}

fn write_inside(f: &mut Formatter<'_>, expr: &Expr, bare: bool) -> fmt::Result {
    if bare { write!(f, "{expr}") } else { write!(f, "({expr})") }
}

fn write_call(f: &mut Formatter<'_>, name: &str, args: &[Option<Expr>]) -> fmt::Result {
    write!(f, "{name}(")?;
    for (at, arg) in args.iter().enumerate() {
        if at > 0 {
            f.write_str(", ")?;
        }
        if let Some(arg) = arg {
            write!(f, "{arg}")?;
        }
    }
    f.write_char(')')
}

/// Pieces stand apart by a space, so that none runs into the next. A bare word in front of a parenthesis would be
/// a call, so it gets parentheses of its own; therefore the pieces are looked at from the last to the first.
fn write_pieces(f: &mut Formatter<'_>, pieces: &[Expr]) -> fmt::Result {
    let mut texts = Vec::with_capacity(pieces.len());
    let mut next_opens = false;
    for piece in pieces.iter().rev() {
        let word = matches!(piece.kind, ExprKind::Name(_) | ExprKind::Keyword(_) | ExprKind::Variable(_));
        let bare = precedence(piece) > CONCAT_PRECEDENCE && !(word && next_opens);
        let text = if bare { piece.to_string() } else { format!("({piece})") };
        next_opens = text.starts_with('(');
        texts.push(text);
    }
    for (at, text) in texts.iter().rev().enumerate() {
        f.write_str(if at > 0 { " " } else { "" })?;
        f.write_str(text)?;
    }
    Ok(())
}

fn is_path_base(base: &Expr) -> bool {
    matches!(base.kind, ExprKind::Name(_) | ExprKind::Call { .. })
}

fn is_whole_number(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Number(number) => number.fract() == 0.0,
        ExprKind::Unary { op: UnaryOp::Negate, operand } => matches!(operand.kind, ExprKind::Number(_)),
        _ => false,
    }
}

fn is_bare(name: &str) -> bool {
    !name.is_empty() && name_length(name) == name.len()
}

/// Whether a root can be written without backticks.
fn is_root(name: &str) -> bool {
    is_bare(name)
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && Keyword::find(name).is_none()
        && Variable::find(name).is_none()
}

/// Numbers have no exponent (iml.md 3.1); one that is too large for a double was read as infinite.
fn digits(number: f64) -> String {
    if number.is_finite() { number.to_string() } else { "9".repeat(400) }
}

/// The text in quotes of the kind that it allows (iml.md 4.1).
fn quoted(text: &str) -> String {
    let single = encode(text, '\'');
    single.or_else(|| encode(text, '"')).unwrap_or_else(|| format!("'{text}'"))
}

/// `None` where a backslash stands in front of this quote, which nothing can express.
fn encode(text: &str, quote: char) -> Option<String> {
    let mut out = String::with_capacity(text.len() + 2);
    out.push(quote);
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                let next = chars.next().filter(|next| *next != quote)?;
                out.push(c);
                out.push(next);
            }
            c if c == quote => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out.push(quote);
    Some(out)
}
