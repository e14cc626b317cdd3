//! Plans: the executable form of modules, as plain data with templates as callables (rulings 14, 15).
//!
//! The macro emits them as statics. A loader can build the same values at run time with `Arc`ed closures: the
//! engine does not know which it is given.

mod connector;
mod parameter;
mod request;
mod response;
mod sample;
mod webhook;

use std::borrow::Cow;
use std::ops::Deref;
use std::sync::Arc;

use crate::error::Error;
use crate::scope::Scope;
use crate::value::Value;

pub use connector::*;
pub use parameter::*;
pub use request::*;
pub use response::*;
pub use sample::Sample;
pub use webhook::*;

/// A list that is either compiled in or built at run time.
pub type List<T> = Cow<'static, [T]>;
/// A text that is either compiled in or built at run time.
pub type Name = Cow<'static, str>;
/// A plan that is either compiled in or built at run time.
pub enum Plan<T: 'static> {
    /// Compiled in.
    Static(&'static T),
    /// Built at run time.
    Shared(Arc<T>),
}

impl<T> Clone for Plan<T> {
    fn clone(&self) -> Self {
        match self {
            Self::Static(plan) => Self::Static(plan),
            Self::Shared(plan) => Self::Shared(Arc::clone(plan)),
        }
    }
}

impl<T> Deref for Plan<T> {
    type Target = T;

    fn deref(&self) -> &T {
        match self {
            Self::Static(plan) => plan,
            Self::Shared(plan) => plan,
        }
    }
}

impl<T> From<&'static T> for Plan<T> {
    fn from(plan: &'static T) -> Self {
        Self::Static(plan)
    }
}

impl<T> From<Arc<T>> for Plan<T> {
    fn from(plan: Arc<T>) -> Self {
        Self::Shared(plan)
    }
}

/// Writes text into the caller's buffer.
pub type TextFn = fn(&Scope, &mut String) -> Result<(), Error>;
/// Gives a value.
pub type ValueFn = fn(&Scope) -> Result<Value, Error>;
/// Writes text into the caller's buffer; built at run time.
pub type SharedTextFn = Arc<dyn Fn(&Scope, &mut String) -> Result<(), Error> + Send + Sync>;
/// Gives a value; built at run time.
pub type SharedValueFn = Arc<dyn Fn(&Scope) -> Result<Value, Error> + Send + Sync>;

/// A template whose result is text: url, method, message (rulings 14).
#[derive(Clone)]
pub enum TextTemplate {
    /// Literal text.
    Const(Name),
    /// Compiled in.
    Static(TextFn),
    /// Built at run time.
    Dynamic(SharedTextFn),
}

/// A directive's value, one callable for all templates in it (rulings 14).
#[derive(Clone)]
pub enum ValueTemplate {
    /// A value without templates.
    Const(Literal),
    /// Compiled in.
    Static(ValueFn),
    /// Built at run time.
    Dynamic(SharedValueFn),
    /// An object whose members are evaluated one by one, so that one that fails costs only itself: what connections
    /// keep of an answer.
    Object(List<(Name, ValueTemplate)>),
}

/// A constant piece of JSON.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A number as written, so that large integers stay exact.
    Number(Name),
    /// Text.
    Text(Name),
    /// An array.
    Array(List<Literal>),
    /// An object in the author's order.
    Object(List<(Name, Literal)>),
    /// The text of any of these: what is large is compiled in as text, and read when it is asked for.
    Json(Name),
}
