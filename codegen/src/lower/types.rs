//! The generated types, as data.

use linchpin_spec::json::Node;

/// The Rust type of a field.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Type {
    /// `Value`
    Value,
    /// `String`
    Text,
    /// `Secret`
    Secret,
    /// `f64`
    Number,
    /// `i64`
    Integer,
    /// `u64`
    Unsigned,
    /// `u16`
    Port,
    /// `bool`
    Boolean,
    /// `Date`
    Date,
    /// `Bytes`
    Buffer,
    /// `Object`
    Object,
    /// `Vec<T>`
    List(Box<Type>),
    /// A generated struct.
    Struct(String),
    /// A generated enum, by its name.
    Enum(String),
}

/// A field of a struct.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    /// Key in the object.
    pub(crate) key: String,
    /// Name in Rust.
    pub(crate) name: String,
    /// Its type, without `Option`.
    pub(crate) ty: Type,
    /// An argument of `new`.
    pub(crate) required: bool,
    /// What `new` fills in.
    pub(crate) default: Option<Default>,
    /// Lines of its doc comment.
    pub(crate) doc: Vec<String>,
}

/// A static default of the spec (rulings 22).
#[derive(Debug, Clone)]
pub(crate) enum Default {
    /// A literal of the field's own type: text, number or boolean.
    Literal(Node),
    /// A variant of the field's enum.
    Variant(String),
    /// Anything else is converted when it runs.
    Converted(Node),
}

/// What a struct is for, which decides what is emitted for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Role {
    /// Parameters of a module.
    Input,
    /// Fields of the connection with this id.
    Credentials(String),
    /// The form of an installation: of the connection with this id, or of the connector.
    Installation(Option<String>),
    /// A collection in parameters.
    InputPart,
    /// A bundle.
    Output,
    /// A collection in a bundle.
    OutputPart,
}

impl Role {
    /// It is read from what a service returns; otherwise it is written by the user.
    pub(crate) fn is_read(&self) -> bool {
        matches!(self, Self::Output | Self::OutputPart)
    }

    /// The role of collections in it.
    pub(crate) fn of_parts(&self) -> Self {
        if self.is_read() { Self::OutputPart } else { Self::InputPart }
    }
}

/// A generated struct.
#[derive(Debug, Clone)]
pub(crate) struct Struct {
    /// Its name.
    pub(crate) name: String,
    /// What it is for.
    pub(crate) role: Role,
    /// Lines of its doc comment.
    pub(crate) doc: Vec<String>,
    /// Its fields; `extra` is not among them.
    pub(crate) fields: Vec<Field>,
    /// Name of the struct that `new` takes when there are more than three required fields (rulings 22).
    pub(crate) required: Option<String>,
}

/// A generated enum: the options of a select.
#[derive(Debug, Clone)]
pub(crate) struct Enum {
    /// Its name.
    pub(crate) name: String,
    /// Lines of its doc comment.
    pub(crate) doc: Vec<String>,
    /// Its variants; `Other` is not among them.
    pub(crate) variants: Vec<Variant>,
}

/// A variant of an enum.
#[derive(Debug, Clone)]
pub(crate) struct Variant {
    /// Its name.
    pub(crate) name: String,
    /// The value that it stands for.
    pub(crate) value: Node,
    /// Lines of its doc comment.
    pub(crate) doc: Vec<String>,
}
