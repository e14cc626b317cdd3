//! Parameters, for checks before any request (connector.md 15).

use std::borrow::Cow;

use super::{List, Literal, Name};

/// A parameter, for checks before any request (connector.md 15.4).
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Key in `parameters`.
    pub name: Name,
    /// Its type.
    pub ty: ParameterType,
    /// Must be filled in.
    pub required: bool,
    /// A list of values is taken (`multiple`).
    pub multiple: bool,
    /// Must not be shown.
    pub secret: bool,
    /// Rules for its value.
    pub rules: Rules,
    /// Fields of the same level that appear with it.
    pub nested: List<Nested>,
    /// The text that a date becomes.
    pub convert: Option<Convert>,
}

/// How a date is written before it is used (connector.md 15.1).
#[derive(Debug, Clone)]
pub struct Convert {
    /// The format, with the tokens of `formatDate`.
    pub format: Name,
    /// The time zone; that of the environment if absent.
    pub timezone: Option<Name>,
}

/// Fields of the same level that appear when a boolean or select has a value.
#[derive(Debug, Clone)]
pub struct Nested {
    /// The value; `None` is any value that is not blank.
    pub when: Option<Literal>,
    /// The fields.
    pub parameters: List<Parameter>,
}

/// The type of a parameter.
#[derive(Debug, Clone)]
pub enum ParameterType {
    /// Anything.
    Any,
    /// Text.
    Text,
    /// Number.
    Number,
    /// Whole number.
    Integer,
    /// Whole number, not negative.
    Unsigned,
    /// 0 to 65535.
    Port,
    /// Boolean.
    Boolean,
    /// Date.
    Date,
    /// Bytes.
    Buffer,
    /// List with the type of its items. A list of exactly one parameter, whose name is not used.
    Array(List<Parameter>),
    /// Object with these members.
    Collection(List<Parameter>),
    /// One of these values.
    Select(List<Literal>),
}

/// Rules of `validate` (connector.md 15.4).
#[derive(Debug, Clone)]
pub struct Rules {
    /// Least length or number.
    pub min: Option<f64>,
    /// Greatest length or number.
    pub max: Option<f64>,
    /// JavaScript regular expression, searched unanchored.
    pub pattern: Option<Name>,
    /// Allowed texts.
    pub one_of: List<Name>,
    /// Fewest items.
    pub min_items: Option<u64>,
    /// Most items.
    pub max_items: Option<u64>,
    /// Items must differ.
    pub unique: bool,
}

impl Rules {
    /// No rules.
    pub const NONE: Self = Self {
        min: None,
        max: None,
        pattern: None,
        one_of: Cow::Borrowed(&[]),
        min_items: None,
        max_items: None,
        unique: false,
    };
}
