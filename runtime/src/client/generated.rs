//! What generated code implements.

use super::Client;
use crate::connection::GivenConnection;
use crate::convert::{FromBundle, Secrets, ToObject};
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

/// Every generated type can be given: inputs to their own calls, and anything to the calls that fill forms.
impl<T: ToObject> Input for T {
    fn into_object(self) -> Object {
        self.to_object(Secrets::Shown)
    }
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

/// What a call can give for a bundle: a generated type, or the bundle as it is.
pub trait Bundle: Sized {
    /// Reads a bundle. What does not fit a field stays in `extra` (rulings 23).
    fn from_bundle(object: Object) -> Self;

    /// What a call gives that yields nothing; `None` makes that an error of kind `NoBundle` (rulings 19).
    #[must_use]
    fn from_nothing() -> Option<Self> {
        None
    }
}

impl<T: FromBundle> Bundle for T {
    fn from_bundle(object: Object) -> Self {
        T::from_object(object)
    }
}

/// For modules whose every output is literally nothing.
impl Bundle for () {
    fn from_bundle(_: Object) -> Self {}

    fn from_nothing() -> Option<Self> {
        Some(())
    }
}

impl Bundle for Value {
    fn from_bundle(object: Object) -> Self {
        Self::from(object)
    }
}

impl Bundle for Object {
    fn from_bundle(object: Object) -> Self {
        object
    }
}
