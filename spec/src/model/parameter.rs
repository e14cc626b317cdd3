//! Parameters and interfaces (connector.md 15).

use crate::json::Node;
use crate::span::{Span, Spanned};

/// One element of a list of parameters.
#[derive(Debug, Clone)]
pub enum Field {
    /// A field that is known at build time.
    Parameter(Box<Parameter>),
    /// `"rpc://.."`: fields that an RPC supplies at run time.
    Rpc(RpcReference),
}

/// One field of a form or of an output.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Key in `parameters`, or in the bundle.
    pub name: Spanned<String>,
    /// Its type.
    pub ty: ParameterType,
    /// Name for people.
    pub label: Option<String>,
    /// Explanation for people.
    pub help: Option<String>,
    /// Must be filled in.
    pub required: bool,
    /// Value when the user leaves it untouched.
    pub default: Option<Node>,
    /// `multiple: true` of a select: a list of values.
    pub multiple: bool,
    /// Rules for its value.
    pub validate: Validation,
    /// Arrays of simple items: what `spec` says of each besides its type.
    pub item: Item,
    /// Fields of the same level that appear with it: of a boolean when true, of a select for any choice.
    pub nested: Vec<Field>,
    /// Fields that appear when a boolean is false.
    pub nested_false: Vec<Field>,
    /// What fills it in at a press.
    pub button: Option<Button>,
    /// Dates: the text that a date becomes before it is used.
    pub convert: Option<Convert>,
    /// What a `file`, a `folder` or a `filter` offers: `options` where the type is no select.
    pub offers: Option<RpcReference>,
    /// The whole definition.
    pub span: Span,
}

/// A button beside a field: an RPC gives the field's value (connector.md 14.2).
#[derive(Debug, Clone)]
pub struct Button {
    /// The RPC.
    pub rpc: RpcReference,
    /// What it asks for besides.
    pub form: Vec<Field>,
}

/// `convert` of a date: how it is written (connector.md 15.1).
#[derive(Debug, Clone)]
pub struct Convert {
    /// The format, with the tokens of `formatDate`.
    pub format: String,
    /// The time zone; that of the environment if absent.
    pub timezone: Option<String>,
}

/// What is asked of each simple item of an array.
#[derive(Debug, Clone, Default)]
pub struct Item {
    /// Must be filled in.
    pub required: bool,
    /// Rules for its value.
    pub validate: Validation,
}

/// The types of connector.md 15.3, with what belongs to each.
#[derive(Debug, Clone)]
pub enum ParameterType {
    /// `any`, `json`, `hidden`, absent or unknown types.
    Any,
    /// `text`, `email`, `url`, `path`, `filename`, `color`, `timezone`, `uuid`, `html`, `time`, `file`,
    /// `folder`, `editor`, `code`, `cert`, `aiagent`, `scenario`.
    Text,
    /// `password`, `pkey`: text that must not be shown.
    Secret,
    /// `number`
    Number,
    /// `integer`, `timestamp`
    Integer,
    /// `uinteger` and ids of platform objects.
    Unsigned,
    /// `port`
    Port,
    /// `boolean`, `checkbox`
    Boolean,
    /// `date`
    Date,
    /// `buffer`
    Buffer,
    /// `array` with the type of its items; a list spec makes each item a collection. `upload` and `filestorage` are
    /// lists of anything, `filter` one of lists of terms.
    Array(Box<ParameterType>),
    /// `collection`; without fields it is an open object.
    Collection(Vec<Field>),
    /// `select`, `list`, `radio`
    Select(Options),
    /// `banner`, `markdown`, `separator`: shows something, has no value.
    Visual,
}

/// Where the options of a select come from.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Options that are known at build time, groups flattened.
    pub choices: Vec<Choice>,
    /// The RPC that lists them at run time.
    pub rpc: Option<RpcReference>,
    /// `dynamic: true`, or options from an RPC: other values are allowed.
    pub open: bool,
    /// `options.nested`: fields that appear with any choice.
    pub nested: Vec<Field>,
    /// `options.placeholder.nested`: fields that appear while nothing is chosen.
    pub placeholder_nested: Vec<Field>,
}

/// One option of a select.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Name for people.
    pub label: Option<String>,
    /// Its value.
    pub value: Node,
    /// Fields that appear when it is chosen.
    pub nested: Vec<Field>,
}

/// A reference `rpc://name@1?key=value` (connector.md 14.1).
#[derive(Debug, Clone)]
pub struct RpcReference {
    /// Name of the RPC.
    pub name: String,
    /// Query parameters, percent-decoded; values may hold templates.
    pub query: Vec<(String, crate::iml::ast::Template)>,
    /// Where the reference stands.
    pub span: Span,
}

/// Rules of `validate` (connector.md 15.4).
#[derive(Debug, Clone, Default)]
pub struct Validation {
    /// Least length of a text, or least number.
    pub min: Option<f64>,
    /// Greatest length of a text, or greatest number.
    pub max: Option<f64>,
    /// JavaScript regular expression, searched unanchored.
    pub pattern: Option<Spanned<String>>,
    /// Allowed texts.
    pub one_of: Vec<String>,
    /// Fewest items.
    pub min_items: Option<u64>,
    /// Most items.
    pub max_items: Option<u64>,
    /// Items must differ.
    pub unique: bool,
    /// `validate: false`: nothing is checked.
    pub off: bool,
}
