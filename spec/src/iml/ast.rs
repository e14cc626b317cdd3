//! The tree of a template (iml.md 2 to 6).
//!
//! Ranges are byte offsets into the decoded template text; [`Template::span_of`] turns them into places in
//! the file. Equality of expressions ignores ranges, so that printing and parsing can be compared.

use std::ops::Range;
use std::sync::Arc;

use crate::span::{Span, Text};

/// A parsed template: what one JSON string of a connector says.
#[derive(Debug, Clone, PartialEq)]
pub struct Template {
    /// The string as the author wrote it.
    pub source: Text,
    /// Literal text and mustaches, in order. Adjacent literals are merged; empty ones do not occur.
    pub pieces: Vec<Piece>,
    /// The message with which this template fails at run time, because an error in it was allowed.
    pub broken: Option<String>,
}

impl Template {
    /// The place in the file of a range of this template.
    pub fn span_of(&self, range: Range<u32>) -> Span {
        self.source.span_of(range)
    }

    /// The only expression, when the template is exactly one mustache and keeps its type (iml.md 2, rule 2).
    pub fn single(&self) -> Option<&Expr> {
        match self.pieces.as_slice() {
            [Piece::Mustache(expr)] => Some(expr),
            _ => None,
        }
    }

    /// The text, when the template has no mustache (iml.md 2, rule 1).
    pub fn literal(&self) -> Option<&str> {
        match self.pieces.as_slice() {
            [] => Some(""),
            [Piece::Literal(text)] => Some(text),
            _ => None,
        }
    }
}

/// A part of a template.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// Text outside mustaches.
    Literal(String),
    /// What stands between `{{` and `}}`. An empty mustache is the keyword `undefined`.
    Mustache(Expr),
}

/// An expression and its place.
#[derive(Debug, Clone)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Byte range in the decoded template.
    pub range: Range<u32>,
}

impl PartialEq for Expr {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

/// The kinds of expressions.
#[derive(Debug, Clone)]
pub enum ExprKind {
    /// A quoted string (iml.md 4.1).
    Text(Arc<str>),
    /// A number literal.
    Number(f64),
    /// A keyword (iml.md 4.3).
    Keyword(Keyword),
    /// A built-in variable (iml.md 4.4).
    Variable(Variable),
    /// A root that is looked up in the scope.
    Name(Arc<str>),
    /// Steps behind a root, a call or a parenthesis (iml.md 5). Never empty.
    Path {
        /// Where the steps start.
        base: Box<Expr>,
        /// The steps, in order.
        steps: Vec<Step>,
    },
    /// A function call (iml.md 3.2).
    Call {
        /// Name as written.
        name: Arc<str>,
        /// Range of the name alone.
        name_range: Range<u32>,
        /// Arguments; `None` is an empty one, which is undefined.
        args: Vec<Option<Expr>>,
    },
    /// A prefix operator.
    Unary {
        /// Which one.
        op: UnaryOp,
        /// Its operand.
        operand: Box<Expr>,
    },
    /// A binary operator.
    Binary {
        /// Which one; aliases are folded (`==` and `===` are `Equal`).
        op: BinaryOp,
        /// Left operand.
        left: Box<Expr>,
        /// Right operand.
        right: Box<Expr>,
    },
    /// Two or more pieces next to each other: text concatenation (iml.md 3.3).
    Concat(Vec<Expr>),
    /// A bracket literal, always null (iml.md 4.2). Keeps its source text for printing.
    Brackets(Arc<str>),
    /// A `{` or `}` that stands as one character of text (iml.md 4.2).
    Brace(char),
}

impl PartialEq for ExprKind {
    // By hand, because a call's `name_range` is a place and does not count.
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text(a), Self::Text(b))
            | (Self::Name(a), Self::Name(b))
            | (Self::Brackets(a), Self::Brackets(b)) => a == b,
            (Self::Number(a), Self::Number(b)) => a == b,
            (Self::Keyword(a), Self::Keyword(b)) => a == b,
            (Self::Variable(a), Self::Variable(b)) => a == b,
            (Self::Brace(a), Self::Brace(b)) => a == b,
            (Self::Concat(a), Self::Concat(b)) => a == b,
            (Self::Path { base, steps }, Self::Path { base: base_b, steps: steps_b }) => {
                base == base_b && steps == steps_b
            }
            (Self::Call { name, args, .. }, Self::Call { name: name_b, args: args_b, .. }) => {
                name == name_b && args == args_b
            }
            (Self::Unary { op, operand }, Self::Unary { op: op_b, operand: operand_b }) => {
                op == op_b && operand == operand_b
            }
            (Self::Binary { op, left, right }, Self::Binary { op: op_b, left: left_b, right: right_b }) => {
                op == op_b && left == left_b && right == right_b
            }
            _ => false,
        }
    }
}

/// One step of a path (iml.md 5).
#[derive(Debug, Clone)]
pub struct Step {
    /// What it does.
    pub kind: StepKind,
    /// Byte range in the decoded template.
    pub range: Range<u32>,
}

impl PartialEq for Step {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

/// The kinds of path steps.
#[derive(Debug, Clone, PartialEq)]
pub enum StepKind {
    /// `.name` or `` .`any key` ``
    Key(Arc<str>),
    /// `[]`: the first item.
    First,
    /// `[3]`, `[-1]`: a literal 1-based index.
    Index(i64),
    /// `[expr]`: a computed key or index.
    Computed(Box<Expr>),
}

/// Keywords (iml.md 4.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keyword {
    /// `true`
    True,
    /// `false`
    False,
    /// `null`
    Null,
    /// `erase`, an alias of `null`
    Erase,
    /// `ignore`: undefined
    Ignore,
    /// `undefined`, also an empty mustache
    Undefined,
    /// `emptystring`
    EmptyString,
    /// `emptyarray`
    EmptyArray,
    /// `space`
    Space,
    /// `nbsp`
    Nbsp,
    /// `tab`
    Tab,
    /// `newline`
    Newline,
    /// `carriagereturn`
    CarriageReturn,
}

/// Variables that the engine supplies (iml.md 4.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variable {
    /// `now`
    Now,
    /// `timestamp`
    Timestamp,
    /// `uuid`
    Uuid,
    /// `pi`
    Pi,
    /// `random`
    Random,
    /// `executionId`
    ExecutionId,
}

/// Prefix operators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnaryOp {
    /// `!`
    Not,
    /// `-`
    Negate,
}

/// Binary operators (iml.md 6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BinaryOp {
    /// `|`, `||`
    Or,
    /// `&`, `&&`
    And,
    /// `=`, `==`, `===`
    Equal,
    /// `!=`, `!==`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterEqual,
    /// `+`
    Add,
    /// `++`
    NumberAdd,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `%`
    Remainder,
}
