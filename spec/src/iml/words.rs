//! The words and signs that the language itself knows: keywords, variables, operators.

use super::ast::{BinaryOp, Keyword, UnaryOp, Variable};

/// Keywords as they are written (iml.md 4.3).
pub const KEYWORDS: &[(&str, Keyword)] = &[
    ("true", Keyword::True),
    ("false", Keyword::False),
    ("null", Keyword::Null),
    ("erase", Keyword::Erase),
    ("ignore", Keyword::Ignore),
    ("undefined", Keyword::Undefined),
    ("emptystring", Keyword::EmptyString),
    ("emptyarray", Keyword::EmptyArray),
    ("space", Keyword::Space),
    ("nbsp", Keyword::Nbsp),
    ("tab", Keyword::Tab),
    ("newline", Keyword::Newline),
    ("carriagereturn", Keyword::CarriageReturn),
];

/// Variables that the engine supplies, as they are written (iml.md 4.4).
pub const VARIABLES: &[(&str, Variable)] = &[
    ("now", Variable::Now),
    ("timestamp", Variable::Timestamp),
    ("uuid", Variable::Uuid),
    ("pi", Variable::Pi),
    ("random", Variable::Random),
    ("executionId", Variable::ExecutionId),
];

impl Keyword {
    /// The keyword with this name; names are case-sensitive.
    pub fn find(name: &str) -> Option<Self> {
        KEYWORDS.iter().find(|(word, _)| *word == name).map(|(_, keyword)| *keyword)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        KEYWORDS.iter().find(|(_, keyword)| *keyword == self).map_or("undefined", |(word, _)| word)
    }
}

impl Variable {
    /// The variable with this name; names are case-sensitive.
    pub fn find(name: &str) -> Option<Self> {
        VARIABLES.iter().find(|(word, _)| *word == name).map(|(_, variable)| *variable)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        VARIABLES.iter().find(|(_, variable)| *variable == self).map_or("now", |(word, _)| word)
    }
}

/// The precedence of the prefix operators (iml.md 6). Juxtaposition binds tighter.
pub(super) const UNARY_PRECEDENCE: u8 = 16;
/// The precedence of pieces that stand next to each other (iml.md 3.3).
pub(super) const CONCAT_PRECEDENCE: u8 = 17;
/// The precedence of what needs no parentheses anywhere.
pub(super) const PRIMARY_PRECEDENCE: u8 = 18;

/// The binary operators with their signs, aliases first, and their precedence (iml.md 6). All are left-associative.
/// Longer signs stand before their beginnings.
pub(super) const OPERATORS: &[(&str, BinaryOp, u8)] = &[
    ("===", BinaryOp::Equal, 10),
    ("==", BinaryOp::Equal, 10),
    ("=", BinaryOp::Equal, 10),
    ("!==", BinaryOp::NotEqual, 10),
    ("!=", BinaryOp::NotEqual, 10),
    ("<=", BinaryOp::LessEqual, 11),
    ("<", BinaryOp::Less, 11),
    (">=", BinaryOp::GreaterEqual, 11),
    (">", BinaryOp::Greater, 11),
    ("++", BinaryOp::NumberAdd, 13),
    ("+", BinaryOp::Add, 13),
    ("-", BinaryOp::Subtract, 13),
    ("*", BinaryOp::Multiply, 14),
    ("/", BinaryOp::Divide, 14),
    ("%", BinaryOp::Remainder, 14),
    ("&&", BinaryOp::And, 6),
    ("&", BinaryOp::And, 6),
    ("||", BinaryOp::Or, 5),
    ("|", BinaryOp::Or, 5),
];

impl BinaryOp {
    fn row(self) -> Option<&'static (&'static str, Self, u8)> {
        OPERATORS.iter().rfind(|(_, op, _)| *op == self)
    }

    /// Its shortest sign.
    pub fn symbol(self) -> &'static str {
        self.row().map_or("", |(symbol, _, _)| symbol)
    }

    /// How tightly it binds; larger binds tighter (iml.md 6).
    pub fn precedence(self) -> u8 {
        self.row().map_or(0, |(_, _, precedence)| *precedence)
    }
}

impl UnaryOp {
    /// Its sign.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Not => "!",
            Self::Negate => "-",
        }
    }
}

/// Whitespace between tokens (iml.md 2, rule 8); any other blank belongs to names.
pub(super) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n' | '\u{a0}')
}

/// Characters of names (iml.md 3.1), apart from the dash, which depends on what stands behind it.
pub(super) fn is_name(c: char) -> bool {
    !is_space(c)
        && !matches!(
            c,
            '"' | '\''
                | '`'
                | '('
                | ')'
                | '['
                | ']'
                | ','
                | ';'
                | '.'
                | '+'
                | '-'
                | '*'
                | '/'
                | '%'
                | '='
                | '!'
                | '<'
                | '>'
                | '&'
                | '|'
                | '{'
                | '}'
        )
}

/// Length in bytes of the name at the beginning of `text`: name characters, and dashes in front of a letter or
/// an underscore (iml.md 3.1). Zero when no name begins here.
pub(super) fn name_length(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let dash =
            c == '-' && at > 0 && chars.peek().is_some_and(|(_, next)| next.is_alphabetic() || *next == '_');
        if !is_name(c) && !dash {
            return at;
        }
    }
    text.len()
}
