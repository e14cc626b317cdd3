//! JSON whose strings are templates (iml.md 12).

use crate::iml::ast::Template;
use crate::span::{Span, Spanned};

/// The value of a directive: JSON, walked recursively, every string a template.
#[derive(Debug, Clone, PartialEq)]
pub enum Tree {
    /// `null`
    Null(Span),
    /// `true`, `false`
    Bool(Spanned<bool>),
    /// A number as written.
    Number(Spanned<String>),
    /// A string.
    Template(Template),
    /// An array.
    Array(Spanned<Vec<Tree>>),
    /// An object in the author's order.
    Object(Spanned<Vec<Entry>>),
}

/// One member of an object.
#[derive(Debug, Clone, PartialEq)]
pub enum Entry {
    /// `"key": value`
    Field {
        /// The key.
        key: KeyTemplate,
        /// The value.
        value: Tree,
    },
    /// `"{{...}}": value`: the entries of a collection are merged here.
    Spread(Tree),
}

/// The key of an object: literal, or a template when it has a mustache (rulings 1).
#[derive(Debug, Clone, PartialEq)]
pub enum KeyTemplate {
    /// A literal key.
    Literal(Spanned<String>),
    /// A key that is evaluated.
    Template(Template),
}

impl Tree {
    /// Where it stands.
    pub fn span(&self) -> Span {
        match self {
            Self::Null(span) => *span,
            Self::Bool(value) => value.span,
            Self::Number(value) => value.span,
            Self::Template(template) => template.source.span,
            Self::Array(items) => items.span,
            Self::Object(entries) => entries.span,
        }
    }
}
