//! What generated code implements.

use super::Client;
use crate::connection::GivenConnection;
use crate::plan::Connector;
use crate::value::{Object, Value};

/// A generated client: a name of its own around [`Client`].
pub trait Generated: Sized {
    /// The connections that the connector has.
    type Connection: Into<GivenConnection>;
    /// The connector.
    const CONNECTOR: &'static Connector;

    /// Gives a client its name.
    fn from_client(client: Client) -> Self;
}

/// The input of a module.
pub trait Input {
    /// The values of the parameters that are set, by name.
    fn into_object(self) -> Object;
}

/// The output of a module.
pub trait FromBundle: Sized {
    /// Reads a bundle. What does not fit a field stays in `extra` (rulings 23).
    fn from_object(object: Object) -> Self;

    /// What a call gives that yields nothing; `None` makes that an error of kind `NoBundle` (rulings 19).
    #[must_use]
    fn from_nothing() -> Option<Self> {
        None
    }
}

/// A generated type as the collection that it came from.
pub trait ToObject {
    /// All fields that are set, by the names that the connector gives them.
    fn to_object(&self) -> Object;
}

impl Input for Object {
    fn into_object(self) -> Object {
        self
    }
}

impl Input for () {
    fn into_object(self) -> Object {
        Object::new()
    }
}

/// For modules whose every output is literally nothing.
impl FromBundle for () {
    fn from_object(_: Object) -> Self {}

    fn from_nothing() -> Option<Self> {
        Some(())
    }
}

impl FromBundle for Value {
    fn from_object(object: Object) -> Self {
        Self::from(object)
    }
}

impl FromBundle for Object {
    fn from_object(object: Object) -> Self {
        object
    }
}
