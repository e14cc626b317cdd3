//! Expressions of IML, ready to run: names are resolved, places are known (iml.md 4 to 6).

mod call;
mod evaluate;
mod prepare;

use std::sync::Arc;

use linchpin::functions::Function;
use linchpin::scope::{Root, Site};
use linchpin::{Error, Value};
use linchpin_spec::iml::ast::Variable;
use smol_str::SmolStr;

pub(crate) use prepare::Expressions;

/// What gives a value. Trees are as deep as the parser and the reader of JSON allow, no deeper.
pub(crate) enum Code {
    /// A constant.
    Value(Value),
    /// A root that has a slot.
    Root(Root),
    /// Any other root.
    Named(SmolStr),
    /// A variable that the engine supplies.
    Variable(Variable),
    /// Steps behind a value.
    Path { base: Box<Code>, steps: Vec<Step> },
    /// A built-in function.
    Call { function: Function, place: Place, args: Vec<Code> },
    /// A function of the connector's own.
    Custom { name: Arc<str>, place: Place, args: Vec<Code> },
    /// `if`, which evaluates one branch.
    If(Box<[Code; 3]>),
    /// `ifempty`, which evaluates the second argument only when the first is blank.
    IfEmpty(Box<[Code; 2]>),
    /// `switch`, which evaluates values up to the one that matches, and one result.
    Switch { matches: Comparison, subject: Box<Code>, arms: Vec<(Code, Code)>, otherwise: Box<Code> },
    /// `!`
    Not(Box<Code>),
    /// `-`
    Negate(Box<Code>),
    /// `|`: the first operand that is truthy, else the second.
    Or(Box<[Code; 2]>),
    /// `&`: the first operand that is not truthy, else the second.
    And(Box<[Code; 2]>),
    /// A comparison.
    Compare { holds: Comparison, sides: Box<[Code; 2]> },
    /// An operator that takes anything.
    Combine { combine: fn(&Value, &Value) -> Value, sides: Box<[Code; 2]> },
    /// An operator that refuses what is no number.
    Calculate { calculate: Calculation, place: Place, sides: Box<[Code; 2]> },
    /// Texts, one behind the other.
    Concat(Vec<Code>),
    /// An array.
    Array(Vec<Code>),
    /// An object, its entries in order.
    Object(Vec<Entry>),
    /// Fails when it runs.
    Fail { place: Place, message: String },
}

/// The place of a template: file, line and column, then the key path.
pub(crate) type Place = Arc<str>;
/// An operator that compares.
pub(crate) type Comparison = fn(&Value, &Value) -> bool;
/// An operator that may fail.
pub(crate) type Calculation = fn(Site<'_>, &Value, &Value) -> Result<Value, Error>;

/// A step of a path (iml.md 5).
pub(crate) enum Step {
    /// To a key.
    Key(SmolStr),
    /// To a header, whatever the case of its name.
    Header(SmolStr),
    /// To the first item.
    First,
    /// To an item by its number, from 1 on.
    Index(i64),
    /// To a key or an item that is known when it runs.
    Computed(Code),
    /// To a header whose name is known when it runs.
    ComputedHeader(Code),
}

/// An entry of an object.
pub(crate) enum Entry {
    /// The entries of a collection.
    Spread(Code),
    /// A literal key.
    Field(SmolStr, Code),
    /// A key that is evaluated, before its value.
    Keyed(Code, Code),
}
