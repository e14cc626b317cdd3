//! What everything that is made for one connector shares.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::sync::Arc;

use linchpin_spec::span::Span;

/// Makes plans. Its methods stand with what they make, one file for each concept.
pub(crate) struct Maker<'a> {
    /// `file:line:column` of a span.
    locate: &'a dyn Fn(Span) -> String,
    /// Names of custom functions, which win over built-in ones (iml.md 3.2).
    custom: BTreeSet<&'a str>,
    /// Keys that lead to what is being made.
    keys: RefCell<Vec<String>>,
    /// Texts are compared in constant time.
    secretive: Cell<bool>,
}

impl<'a> Maker<'a> {
    pub(crate) fn new(locate: &'a dyn Fn(Span) -> String, custom: BTreeSet<&'a str>) -> Self {
        Self { locate, custom, keys: RefCell::default(), secretive: Cell::default() }
    }

    /// Whether a function is the connector's own.
    pub(crate) fn is_custom(&self, name: &str) -> bool {
        self.custom.contains(name)
    }

    /// Makes something that stands under `key`.
    pub(crate) fn under<T>(&self, key: &str, make: impl FnOnce() -> T) -> T {
        self.keys.borrow_mut().push(key.to_owned());
        let made = make();
        self.keys.borrow_mut().pop();
        made
    }

    /// Makes something in which equal texts are found in constant time: one may be a signature (rulings 30).
    pub(crate) fn secretly<T>(&self, make: impl FnOnce() -> T) -> T {
        let before = self.secretive.replace(true);
        let made = make();
        self.secretive.set(before);
        made
    }

    /// Whether texts are compared in constant time here.
    pub(crate) fn is_secretive(&self) -> bool {
        self.secretive.get()
    }

    /// The place of a span for error messages: file, line and column, then the key path.
    pub(crate) fn place(&self, span: Span) -> Arc<str> {
        let place = (self.locate)(span);
        let keys = self.keys.borrow();
        if keys.is_empty() { place.into() } else { format!("{place} {}", keys.join(".")).into() }
    }
}
